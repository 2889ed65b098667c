// The configuration: what it sets, and the one line that says what is wrong with it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/input/read-plan.js';
import { ConfigError, parseConfig } from '../../src/lint/config.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';

const knownRules = ['owner-missing', 'owner-invalid', 'expiry-missing', 'trust-open'];

function config(text: string, files: Record<string, string> = {}, path = 'leasehold.yaml') {
  return parseConfig(path, text, {
    knownRules,
    readFile: (relative) => {
      const content = files[relative];
      if (content === undefined) throw new InputError(`${relative}: there is no such file`);
      return content;
    },
  });
}

function problem(text: string, files: Record<string, string> = {}): string {
  try {
    config(text, files);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no problem';
}

const WAIVER = `waivers:
  - rule: owner-missing
    address: '**.aws_iam_role.*'
    reason: The team is being named
    owner: platform
    expires: 2027-03-31
`;

describe('a configuration', () => {
  test.each(['', '# nothing yet\n', '---\n', '{}'])('%j sets nothing', (text) => {
    expect(config(text)).toEqual(EMPTY_CONFIG);
  });

  test('sets what it says', () => {
    const { directory, packages, waivers, environments, ...rest } = config(`
$schema: ./node_modules/leasehold/dist/config.schema.json
profile: strict
failOn: warning
rules: { owner-missing: off, trust-open: note }
limits: { staticCredential: 45, privileged: 12h, session: P1Y }
keys: { owner: [Verantwortlich], package: [paket] }
accounts: ['123456789012', { id: '210987654321', name: shared }]
tenants: [3D2F6C1E-8A49-4B7D-9F57-0C5E1A2B3C4D]
vendors: [{ name: Lens, accounts: ['555555555555'], issuers: ['https://OIDC.lens.example/'], owner: team-a, ends: 2027-03-31 }]
environments: { blue: { accounts: ['123456789012'], subscriptions: [S-1], values: [B1], namespaces: [pay], names: ['blue-*'] } }
`);
    expect(rest).toEqual({
      profile: 'strict',
      failOn: 'warning',
      severities: new Map([
        ['owner-missing', 'off'],
        ['trust-open', 'note'],
      ]),
      limits: { staticCredential: 45, privileged: 0.5, session: 365 },
      keys: { owner: ['Verantwortlich'], package: ['paket'] },
      knownAccounts: ['123456789012', '210987654321', '3d2f6c1e-8a49-4b7d-9f57-0c5e1a2b3c4d'],
      vendors: [
        {
          name: 'Lens',
          ids: ['555555555555'],
          issuers: ['oidc.lens.example'],
          owner: 'team-a',
          ends: new Date('2027-03-31T23:59:59Z'),
        },
      ],
    });
    expect([directory, packages, waivers]).toEqual([undefined, [], []]);
    expect(environments).toEqual([
      {
        name: 'blue',
        places: ['123456789012', 's-1'],
        namespaces: ['pay'],
        values: ['b1'],
        matches: expect.any(Function),
      },
    ]);
  });

  test('may be JSON, indented with tabs', () => {
    expect(config('{\n\t"profile": "strict",\n\t"rules": {}\n}\n', {}, 'leasehold.json').profile).toBe(
      'strict',
    );
  });

  test('may repeat itself by anchors', () => {
    const text = 'keys: { owner: &keys [a, b], expiry: *keys }';
    expect(config(text).keys).toEqual({ owner: ['a', 'b'], expiry: ['a', 'b'] });
  });

  test('takes owners from a file beside it, and from itself', () => {
    const text = 'owners: { file: ../CODEOWNERS, list: [ada], offboarded: [kim] }';
    const { directory } = config(text, { '../CODEOWNERS': '* @acme/platform @kim\n' });
    expect(['platform', 'ada', 'kim', 'eve'].map((owner) => directory?.has(owner))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('declares packages by addresses', () => {
    const { packages } = config(`
packages:
  - name: billing
    match:
      - module.billing*.**
      - aws_iam_role.legacy["billing"]
    owner: team-billing
    expires: 90d
    purpose: Charges customers
  - name: marked by tag
`);
    const [billing, marked] = packages;
    expect(billing).toMatchObject({
      name: 'billing',
      owner: 'team-billing',
      expires: '90d',
      purpose: 'Charges customers',
    });
    expect(billing?.matches('module.billing["eu.west"].aws_iam_role.this[0]')).toBe(true);
    expect(billing?.matches('aws_iam_role.legacy["billing"]')).toBe(true);
    expect(billing?.matches('aws_iam_role.legacy["other"]')).toBe(false);
    expect(marked).toMatchObject({
      name: 'marked by tag',
      owner: undefined,
      expires: undefined,
      purpose: undefined,
    });
    expect(marked?.matches('aws_iam_role.any')).toBe(false);
  });

  test('holds waivers that know where they stand', () => {
    expect(config(`# first\n${WAIVER}    controls: [alarm on use]\n    ticket: SEC-7\n`).waivers).toEqual([
      {
        rule: 'owner-missing',
        address: '**.aws_iam_role.*',
        reason: 'The team is being named',
        owner: 'platform',
        expires: '2027-03-31',
        until: new Date('2027-03-31T23:59:59Z'),
        controls: ['alarm on use'],
        ticket: 'SEC-7',
        location: { file: 'leasehold.yaml', line: 3, column: 5 },
      },
    ]);
  });

  test('may waive a category', () => {
    expect(config(WAIVER.replace('owner-missing', 'scope-broad')).waivers[0]?.rule).toBe('scope-broad');
  });
});

const waiver = (from: string, to: string): string => WAIVER.replace(from, to);

describe('one line says what is wrong', () => {
  test.each([
    // Keys and values
    ['prfile: strict', '1:1: unknown key "prfile"; did you mean "profile"?'],
    ['profile: strict\nfailon: error', '2:1: unknown key "failon"; did you mean "failOn"?'],
    ['limits:\n  sesion: 1', '2:3: unknown key "sesion"; did you mean "session"?'],
    ['keys: {colour: [a]}', '1:8: unknown key "colour"; known here: owner, expiry, purpose and package'],
    [
      '__proto__: {profile: strict}',
      '1:1: unknown key "__proto__"; known here: $schema, profile, failOn, rules, limits, keys, owners, accounts, tenants, environments, vendors, packages, customRules, baseline, waiversInCode and waivers',
    ],
    ['profile: recomended', '1:10: profile must be recommended or strict'],
    ['failOn: 1', '1:9: failOn must be error, warning, note or never'],
    ['profile:', '1:9: profile must be recommended or strict'],
    ['- profile', '1:1: the file must be a map of keys'],
    ['strict', '1:1: the file must be a map of keys'],
    ['rules: off', '1:8: rules must be a map of keys'],
    ['rules:\n  owner-mising: off', '2:3: unknown rule "owner-mising"; did you mean "owner-missing"?'],
    ['rules:\n  prefer-tabs: off', '2:3: unknown rule "prefer-tabs"; `leasehold rules` lists them'],
    ['rules: {constructor: off}', '1:9: unknown rule "constructor"; `leasehold rules` lists them'],
    ['rules: {__proto__: off}', '1:9: unknown rule "__proto__"; `leasehold rules` lists them'],
    ['rules:\n  owner-missing: fatal', '2:18: rules.owner-missing must be off, note, warning or error'],
    ['limits: {session: 0}', '1:19: limits.session must be more than 0'],
    ['limits: {session: 99999}', '1:19: limits.session must be at most 36500'],
    ['limits: {session: quarterly}', '1:19: limits.session is not valid; an example: 90d'],
    ['limits: {session: [90]}', '1:19: limits.session must be a number or text'],
    ['keys: {owner: []}', '1:15: keys.owner is empty'],
    ['keys: {owner: ["  "]}', '1:16: keys.owner[0] is empty'],
    ['accounts: [123456789012]', '1:12: accounts[0] must be text: put the number in quotes'],
    ["accounts:\n  - '1234'", "2:5: accounts[0] is not valid; an example: '123456789012'"],
    ['accounts: [{name: shared}]', '1:12: accounts[0] has no "id"'],
    ['accounts: [{name: shared, di: x}]', '1:27: unknown key "di"; did you mean "id"?'],
    // Owners
    ['owners: {}', '1:9: owners needs "file" or "list"'],
    ['owners: {offboarded: [kim]}', '1:9: owners needs "file" or "list"'],
    [
      'owners:\n  file: owners.txt',
      '2:9: owners.file must be a .yaml, .yml, .json or .csv file, or CODEOWNERS',
    ],
    ['owners:\n  file: none.csv', '2:9: none.csv: there is no such file'],
    ['owners: {list: [{nmae: Ada}]}', '1:18: unknown key "nmae"; did you mean "name"?'],
    ['owners: {list: [@acme/team]}', '1:17: a value that starts with this character must stand in quotes'],
    // Packages
    ['packages: [{owner: a}]', '1:12: packages[0] has no "name"'],
    ['packages: [{name: a}, {name: a}]', '1:30: packages[1].name stands here twice'],
    [
      'packages: [{name: a, expires: never}]',
      '1:31: packages[0].expires is not valid; an example: 2027-03-31',
    ],
    // Waivers
    ['waivers:', '1:9: waivers must be a list'],
    ['waivers: [{}]', '1:11: waivers[0] has no "rule"'],
    [waiver('    reason: The team is being named\n', ''), '2:5: waivers[0] has no "reason"'],
    [waiver('expires', 'expire'), '6:5: unknown key "expire"; did you mean "expires"?'],
    [
      waiver('owner-missing', 'owner-misssing'),
      '2:11: unknown rule or category "owner-misssing"; did you mean "owner-missing"?',
    ],
    [waiver('2027-03-31', '2027-02-29'), '6:14: waivers[0].expires is not valid; an example: 2027-03-31'],
    [waiver('2027-03-31', '90d'), '6:14: waivers[0].expires is not valid; an example: 2027-03-31'],
    [waiver('2027-03-31', '2027'), '6:14: waivers[0].expires must be text: put the number in quotes'],
    [
      `${WAIVER}    retires: 2028-06-30\n`,
      '2:5: waivers[0] has "retires", so it needs "controls": what limits the risk until then',
    ],
    [
      `${WAIVER}    retires: 2027-01-31\n    controls: [alarm on use]\n`,
      '2:5: waivers[0] expires after it "retires"',
    ],
    [
      `${WAIVER}    retires: never\n    controls: [alarm on use]\n`,
      '7:14: waivers[0].retires is not valid; an example: 2028-06-30',
    ],
    [waiver('platform', '"  "'), '5:12: waivers[0].owner is empty'],
    [
      waiver("'**.aws_iam_role.*'", `${'a'.repeat(1001)}`),
      '3:14: waivers[0].address is not valid; an example: module.team*.aws_iam_role.*',
    ],
    [
      waiver("'**.aws_iam_role.*'", '**.aws_iam_role.*'),
      '3:14: a value that starts with * must stand in quotes (else it is an alias, and this one has no anchor)',
    ],
    // YAML
    ['profile: strict\nprofile: strict', '2:1: the key "profile" stands here twice'],
    ['profile: strict\n---\nprofile: strict', '2:1: a second document starts here; one is expected'],
    ['rules:\n\towner-missing: off', '2:1: indent with spaces; YAML takes no tabs'],
    ['profile: "strict', '1:17: a bracket, quote, comma or colon is missing'],
    ['{"profile": "strict"', '1:21: a bracket, quote, comma or colon is missing'],
    ['profile: a: b', '1:10: a value that holds a colon and a space must stand in quotes'],
    ['? [profile]\n: strict', '1:3: a key must be text'],
    [
      'rules:\n    owner-missing: off\n  owner-invalid: off',
      '3:1: the indentation is wrong, or a bracket before this is not closed',
    ],
    ['profile: }', '1:10: this is neither YAML nor JSON'],
  ])('%j', (text, message) => {
    expect(problem(text)).toBe(`leasehold.yaml:${message}`);
  });

  test('in the owner file too', () => {
    const files = { 'people.yaml': '- ada\n- {nmae: kim}\n' };
    expect(problem('owners: {file: people.yaml}', files)).toBe(
      'people.yaml:2:4: unknown key "nmae"; did you mean "name"?',
    );
  });

  test('the first of several, in the order of the file', () => {
    expect(problem('rules: {owner-missing: x}\nlimits: {session: -1}\nprofil: strict')).toBe(
      'leasehold.yaml:1:24: rules.owner-missing must be off, note, warning or error',
    );
  });

  test('long or hostile keys are cut and cleaned', () => {
    expect(problem(`"a\\u001b[31m\\n${'x'.repeat(500)}": 1`)).toBe(
      `leasehold.yaml:1:1: unknown key "a?[31m?${'x'.repeat(32)}…"; known here: $schema, profile, failOn, rules, limits, keys, owners, accounts, tenants, environments, vendors, packages, customRules, baseline, waiversInCode and waivers`,
    );
  });
});

describe('hostile files', () => {
  test.each([
    ['too large', `# ${'x'.repeat(1_000_000)}`, '1:1: the file is larger than 250 kB'],
    ['too deep', '['.repeat(20_000), 'the file is nested too deep'],
    ['too deep in blocks', '- '.repeat(20_000), 'the file is nested too deep'],
    [
      'aliases of aliases',
      Array.from(
        { length: 9 },
        (_, n) =>
          `k${n}: &a${n} [${
            n
              ? Array(9)
                  .fill(`*a${n - 1}`)
                  .join(',')
              : 'x'
          }]`,
      ).join('\n'),
      '1:1: aliases of the file expand to too much',
    ],
    ['an alias in itself', 'keys: {owner: &a [*a]}', 'keys.owner[0] must be text'],
  ])('are refused: %s', (_, text, message) => {
    const line = problem(text);
    expect(line).toContain(message);
    expect(line.length).toBeLessThan(200);
  });

  test('with many mistakes are refused in time', () => {
    const text = Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n');
    expect(problem(text)).toMatch(/^leasehold.yaml:1:1: unknown key "k0"/);
  });

  test('end in a configuration or in one line, whatever they hold', () => {
    const words = fc.constantFrom(
      ...'profile rules limits owners list waivers keys : - [ ] { } " \' & * ! | > # % @ ` a 1 null'.split(
        ' ',
      ),
      ' ',
      '\n',
      '\n  ',
      '\t',
      ': ',
      '\u0000',
      '\ud800',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
        expect(problem(parts.join(''))).toMatch(/^(no problem|leasehold\.yaml:\d+:\d+: [^\n]{1,300})$/);
      }),
      { numRuns: 1000 },
    );
  });
});
