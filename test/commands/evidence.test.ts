// A decision, written down, signed, and worked out again: no part of it can be changed unnoticed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.js');
const fixture = (name: string): string => join(root, 'test', 'fixtures', 'stacks', name, 'plan.json');
const schema = JSON.parse(readFileSync(join(root, 'src', 'lint', 'evidence.schema.json'), 'utf8'));
const fits = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

const folder = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A checkout with a configuration of several files. */
function checkout(name: string): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  cpSync(fixture('legacy-users'), join(cwd, 'plan.json'));
  writeFileSync(join(cwd, 'owners.csv'), 'owner\nplatform-core\n');
  writeFileSync(
    join(cwd, 'own.mjs'),
    "export default { id: 'own-rule', category: 'owner-invalid', title: 'Own', check: () => [] };\n",
  );
  writeFileSync(
    join(cwd, 'leasehold.yaml'),
    `profile: recommended
owners: {file: owners.csv}
customRules: {modules: [own.mjs]}
waivers:
  - rule: expiry-missing
    address: aws_iam_user.ledger_sync
    reason: Replaced in the first quarter
    owner: team-ledger@northgate.example
    expires: 2027-03-31
`,
  );
  return cwd;
}

function leasehold(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    cwd,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
  });
  return { status, stdout, stderr };
}

const NOW = ['--now', '2026-11-23T00:00:00Z'];
const here = checkout('here');
const text = leasehold(
  here,
  'evidence',
  'plan.json',
  ...NOW,
  '--approver',
  'b.okafor@northgate.example',
  '--approver',
  'a.lindqvist@northgate.example',
  '--decided-at',
  '2026-11-23T09:00:00Z',
).stdout;
const statement = JSON.parse(text);

function verify(cwd: string, content: string, ...more: string[]) {
  writeFileSync(join(cwd, 'statement.json'), content);
  return leasehold(cwd, 'evidence', 'verify', '--plan', 'plan.json', ...NOW, ...more, 'statement.json');
}

describe('a statement', () => {
  it('fits the published schema, and names plan, files, waivers and approvers', () => {
    fits(statement);
    expect(fits.errors ?? []).toEqual([]);
    const sha256 = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(join(here, file)))
        .digest('hex');
    expect(statement.subject).toEqual([{ name: 'plan.json', digest: { sha256: sha256('plan.json') } }]);
    expect(statement.predicate.configuration).toEqual(
      ['leasehold.yaml', 'own.mjs', 'owners.csv'].map((name) => ({
        name,
        digest: { sha256: sha256(name) },
      })),
    );
    expect(statement.predicate).toMatchObject({
      decision: 'fail',
      decidedAt: '2026-11-23T09:00:00Z',
      approvers: ['a.lindqvist@northgate.example', 'b.okafor@northgate.example'],
      waivers: [{ address: 'aws_iam_user.ledger_sync', owner: 'team-ledger@northgate.example' }],
    });
  });

  it('exits as the decision says, and goes into a file', () => {
    cpSync(fixture('mixed-clean'), join(here, 'clean.json'));
    const to = ['-o', 'evidence/clean.json'];
    const clean = leasehold(here, 'evidence', 'clean.json', '--no-config', ...NOW, ...to);
    expect(clean).toEqual({ status: 0, stdout: '', stderr: '' });
    const verified = leasehold(
      here,
      'evidence',
      'verify',
      '--plan',
      'clean.json',
      '--no-config',
      ...NOW,
      'evidence/clean.json',
    );
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    expect(verified.stdout).toContain('evidence/clean.json is what clean.json comes to: pass (8 identities');
    expect(leasehold(here, 'evidence', 'plan.json', ...NOW).status).toBe(1);
  });
});

describe('verifying', () => {
  it('works in another checkout, and exits 1 where the decision was fail', () => {
    const { status, stdout } = verify(checkout('there'), text, '--approver', 'b.okafor@northgate.example');
    expect(stdout).toContain(
      'comes to: fail (7 identities, decided 2026-11-23T09:00:00Z, approved by a.lindqvist',
    );
    expect(status).toBe(1);
  });

  // What cannot be worked out again is what a signature is for.
  const vouched = ['predicate.decidedAt', 'predicate.approvers[0]', 'predicate.approvers[1]'];
  const leaves: { path: string; set: (value: unknown) => void; value: unknown }[] = [];
  const collect = (node: Record<string, unknown>, path: string): void => {
    for (const [key, value] of Object.entries(node)) {
      const at = Array.isArray(node) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      if (typeof value === 'object' && value !== null) collect(value as Record<string, unknown>, at);
      else leaves.push({ path: at, value, set: (other) => Object.assign(node, { [key]: other }) });
    }
  };
  collect(statement, '');

  it('detects the change of any part, one by one', async () => {
    const { differences } = await import('../../src/lint/evidence.js');
    expect(leaves.length).toBeGreaterThan(80);
    const truth = JSON.parse(text);
    for (const { path, value, set } of leaves) {
      set(typeof value === 'number' ? value + 1 : `${value}x`);
      expect(differences(statement, truth).map((one) => one.path)).toEqual([path]);
      set(value);
    }
  });

  const changed = (edit: (copy: typeof statement) => void): string => {
    const copy = JSON.parse(text);
    edit(copy);
    return `${JSON.stringify(copy, null, 2)}\n`;
  };
  it.each<[string, string, string]>([
    [
      'another plan',
      text.replace(/(?<="sha256": ")./, (digit) => (digit === '0' ? '1' : '0')),
      'subject[0].digest.sha256 says',
    ],
    [
      'another verdict',
      changed(({ predicate }) => (predicate.decision = 'pass')),
      'predicate.decision says "pass"',
    ],
    [
      'a milder threshold',
      changed(({ predicate }) => (predicate.failOn = 'never')),
      'predicate.failOn says "never"',
    ],
    [
      'another time',
      changed(({ predicate }) => (predicate.now = '2020-01-01T00:00:00Z')),
      'predicate.now says',
    ],
    [
      'an identity less',
      changed(({ predicate }) => predicate.identities.pop()),
      'predicate.identities[6] is left out',
    ],
    [
      'a waiver more',
      changed(({ predicate }) => predicate.waivers.push({})),
      'predicate.waivers[1] says {}; the plan gives nothing',
    ],
    [
      'a part more',
      changed(({ predicate }) => (predicate.note = 'reviewed')),
      'predicate.note says "reviewed"',
    ],
    [
      'a part named __proto__',
      text.replace('"decision"', '"__proto__": {}, "decision"'),
      'predicate.__proto__ says {}',
    ],
    ['other white space', text.replace('\n', '\n '), 'its text was changed'],
    [
      'a part twice',
      text.replace('"decision": "fail"', '"decision": "pass", "decision": "fail"'),
      'its text was changed',
    ],
    [
      'a moment that is none',
      changed(({ predicate }) => (predicate.decidedAt = 'noon')),
      'predicate.decidedAt is no moment',
    ],
    [
      'a decision to come',
      changed(({ predicate }) => (predicate.decidedAt = '2999-01-01T00:00:00Z')),
      'lies in the future',
    ],
  ])('tells %s', (_, content, message) => {
    const { status, stdout, stderr } = verify(here, content);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('statement.json is not what this plan comes to');
    expect(stdout).toContain(message);
  });

  it.each<[string, (cwd: string) => void, string]>([
    [
      'the plan',
      (cwd) => cpSync(fixture('mixed-clean'), join(cwd, 'plan.json')),
      'subject[0].digest.sha256 says',
    ],
    [
      'a file of owners',
      (cwd) => writeFileSync(join(cwd, 'owners.csv'), 'owner\nsomebody\n'),
      'predicate.configuration[2].digest.sha256 says',
    ],
    [
      'a rule',
      (cwd) => writeFileSync(join(cwd, 'own.mjs'), `${readFileSync(join(cwd, 'own.mjs'), 'utf8')}//\n`),
      'predicate.configuration[1].digest.sha256 says',
    ],
  ])('tells that %s has changed since', (what, edit, message) => {
    const cwd = checkout(what.replaceAll(' ', '-'));
    edit(cwd);
    expect(verify(cwd, text).stdout).toContain(message);
  });

  it('asks for approvers and for freshness', () => {
    const { stdout, status } = verify(here, text, '--approver', 'c@northgate.example', '--max-age', '1s');
    expect(stdout).toContain('c@northgate.example has not approved');
    expect(stdout.includes('too old') || stdout.includes('in the future')).toBe(true);
    expect(status).toBe(1);
  });

  it.each([
    ['no JSON', '{', 'statement.json:1:2: the JSON ends too early'],
    ['another statement', '{"_type": "https://in-toto.io/Statement/v1"}', 'this is no statement of'],
    ['an envelope', '{"payloadType": "application/vnd.in-toto+json"}', 'pass the statement inside of it'],
  ])('cannot be done on %s', (_, content, message) => {
    const { status, stdout, stderr } = verify(here, content);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('cannot be done on a folder of configuration', () => {
    writeFileSync(join(here, 'main.tf'), '');
    expect(leasehold(here, 'evidence', '.').stderr).toContain('evidence is about one plan file');
    writeFileSync(join(here, 'cdk.tf.json'), '{"terraform": {}}');
    expect(leasehold(here, 'evidence', '.').stderr).toContain('evidence is about one plan file');
  });

  it('leaves to the signature only when and by whom', () =>
    expect(leaves.filter(({ path }) => /decidedAt|approvers/.test(path)).map(({ path }) => path)).toEqual(
      vouched,
    ));
});

const ssh = (...args: string[]) => spawnSync('ssh-keygen', args, { cwd: here, encoding: 'utf8' });
const hasSsh = spawnSync('ssh-keygen', ['-?'], { encoding: 'utf8' }).error === undefined;

describe.skipIf(!hasSsh)('a signature by ssh-keygen', () => {
  // The commands of the page, with a key that was just made.
  const page = readFileSync(join(root, 'docs/evidence.md'), 'utf8');
  const check = (content: string) =>
    spawnSync(
      'ssh-keygen',
      [
        '-Y',
        'verify',
        '-f',
        'approvers',
        '-I',
        'b.okafor@northgate.example',
        '-n',
        'leasehold',
        '-s',
        'signed.json.sig',
      ],
      { cwd: here, encoding: 'utf8', input: content },
    );

  it('vouches for who and when, too', () => {
    expect(page).toContain('ssh-keygen -Y sign -f ~/.ssh/id_ed25519 -n leasehold statement.json');
    expect(page).toContain('ssh-keygen -Y verify -f approvers -I b.okafor@northgate.example -n leasehold');
    ssh('-t', 'ed25519', '-N', '', '-q', '-f', 'key');
    const key = readFileSync(join(here, 'key.pub'), 'utf8');
    writeFileSync(join(here, 'approvers'), `b.okafor@northgate.example namespaces="leasehold" ${key}`);
    writeFileSync(join(here, 'signed.json'), text);
    expect(ssh('-Y', 'sign', '-f', 'key', '-n', 'leasehold', 'signed.json').status).toBe(0);
    expect(check(text).status).toBe(0);
    expect(check(text.replace('a.lindqvist', 'c.lindqvist')).status).not.toBe(0);
    expect(check(text.replace('T09:00:00Z', 'T08:00:00Z')).status).not.toBe(0);
  });
});
