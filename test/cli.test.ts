// The command as users run it: arguments, streams and exit codes of the contract.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const cli = join(root, 'dist', 'cli.js');
const stacks = join(root, 'test', 'fixtures', 'stacks');
const failing = join(stacks, 'legacy-users', 'plan.json');
const clean = join(stacks, 'mixed-clean', 'plan.json');
const NOW = ['--now', '2026-11-23T00:00:00Z'];

function leasehold(
  args: readonly string[],
  options: { input?: Buffer | string; env?: Record<string, string>; cwd?: string } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    cwd: options.cwd ?? mkdtempSync(join(scratch, 'in-')),
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...options.env },
  });
  return { status, stdout, stderr };
}

it('is one file of ASCII, for it is read as Latin-1', () => {
  const text = readFileSync(join(root, 'dist', 'command.cjs'), 'latin1');
  expect(text.match(/[^\0-\x7f].{0,40}/)?.[0]).toBeUndefined();
});

describe('exit codes', () => {
  it('0 for a governed plan', () => expect(leasehold(['lint', clean, ...NOW]).status).toBe(0));
  it('1 for findings', () => expect(leasehold(['lint', failing, ...NOW]).status).toBe(1));
  it('0 for findings with --fail-on never', () =>
    expect(leasehold(['lint', failing, ...NOW, '--fail-on', 'never']).status).toBe(0));
  it('1 for warnings with --fail-on warning', () =>
    expect(leasehold(['lint', clean, ...NOW, '--fail-on', 'warning']).status).toBe(1));
  it('1 for several plans of which one fails', () =>
    expect(leasehold(['lint', clean, failing, ...NOW]).status).toBe(1));
  it('0 for --help and --version', () => {
    expect(leasehold(['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(leasehold(['lint', '--help']).stdout).toContain('Exit codes');
    expect(leasehold(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('what cannot be run is one line on stderr, exit 2, and nothing on stdout', () => {
  const folder = mkdtempSync(join(scratch, 'in-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  mkdirSync(join(folder, 'empty'));
  it.each([
    ['a missing file', ['lint', join(folder, 'nowhere.json')], 'nowhere.json: there is no such file'],
    ['a folder', ['lint', join(folder, 'empty')], 'this folder holds no configuration'],
    ['an empty file', ['lint', file('empty.json', '')], 'empty.json: the file is empty'],
    ['no JSON', ['lint', file('text.json', 'hello')], 'text.json:1:1: this is not JSON'],
    [
      'a truncated plan',
      ['lint', file('cut.json', readFileSync(failing, 'utf8').slice(0, 5000))],
      'cut.json:1:',
    ],
    ['no plan at all', ['lint'], "missing required argument 'plan'"],
    ['an unknown option', ['lint', clean, '--fail-onn', 'error'], "unknown option '--fail-onn'"],
    ['an unknown format', ['lint', clean, '--format', 'yaml'], 'Allowed choices are pretty, json'],
    ['an unknown command', ['lnt', clean], "unknown command 'lnt'"],
    ['an unknown rule', ['lint', clean, '--rule', 'owner-mising'], 'no rule or category has this name'],
    ['an unknown framework', ['lint', clean, '--framework', 'PR.AA-55'], 'did you mean "PR.AA-05"?'],
    ['a bad date', ['lint', clean, '--now', 'tomorrow'], 'expected a date'],
    [
      'a missing configuration',
      ['lint', clean, '--config', join(folder, 'none.yaml')],
      'none.yaml: there is no such file',
    ],
    [
      'a bad configuration',
      ['lint', clean, '--config', file('bad.yaml', 'prfile: strict\n')],
      'bad.yaml:1:1: unknown key "prfile"; did you mean "profile"?',
    ],
    [
      'one bad file among good ones',
      ['lint', clean, file('bad.json', '{')],
      'bad.json:1:2: the JSON ends too early',
    ],
    ['a rule to explain that is none', ['explain', 'owner-mising'], 'owner-missing'],
  ])('%s', (_, args, message) => {
    const { status, stdout, stderr } = leasehold(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^leasehold: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it.skipIf(process.getuid?.() === 0)('an unreadable file', () => {
    const path = file('secret.json', '{}');
    chmodSync(path, 0o000);
    expect(leasehold(['lint', path]).stderr).toContain('the file may not be read');
  });
});

describe('rules of users', () => {
  const folder = (files: Record<string, string>): string => {
    const cwd = mkdtempSync(join(scratch, 'in-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
    return cwd;
  };
  const module = (check: string): string =>
    `export default { id: 'own-rule', category: 'owner-invalid', title: 'Own', check: ${check} };`;
  const MODULE = 'customRules: {modules: [own.mjs]}\n';
  const EXPRESSION = `customRules:
  expressions:
    - {id: own-rule, title: Own, category: scope-broad, for: identities, deny: "DENY", message: Denied}
`;
  const own = (stdout: string): string[] =>
    JSON.parse(stdout)
      .findings.map(({ rule }: { rule: string }) => rule)
      .filter((rule: string) => rule === 'own-rule');

  it('the documented ones run, are listed and are explained', () => {
    const cwd = join(root, 'examples', 'own-rules');
    const { stdout } = leasehold(['lint', failing, ...NOW, '--format', 'json'], { cwd });
    const report = JSON.parse(stdout);
    const used = new Set(report.findings.map(({ rule }: { rule: string }) => rule));
    expect([...used]).toEqual(expect.arrayContaining(['no-new-iam-users', 'production-key-ends']));
    expect(report.waived).toMatchObject([{ waiver: { retires: '2027-12-31', ticket: 'FIN-2231' } }]);
    expect([...used]).not.toContain('waiver-invalid');
    expect(leasehold(['rules'], { cwd }).stdout).toContain('role-name-has-team');
    expect(leasehold(['explain', 'role-name-has-team'], { cwd }).stdout).toContain(
      'your own, rules/role-name-has-team.mjs',
    );
  });

  it('report from modules and expressions; --rule and severities know them', () => {
    const cwd = folder({
      'leasehold.yaml': `${MODULE}rules: {own-rule: warning}\n`,
      'own.mjs': module("() => [{ address: 'a', message: 'b' }]"),
    });
    const args = ['lint', clean, ...NOW, '--format', 'json', '--rule', 'own-rule'];
    expect(own(leasehold(args, { cwd }).stdout)).toEqual(['own-rule']);
    const written = folder({ 'leasehold.yaml': EXPRESSION.replace('DENY', "identity.name != ''") });
    expect(own(leasehold(args, { cwd: written }).stdout).length).toBeGreaterThan(1);
  });

  it('are not loaded with --no-custom-rules or --no-config, nor by a plan beside them', () => {
    const cwd = folder({
      'leasehold.yaml': `${MODULE}rules: {own-rule: warning}\n`,
      'own.mjs': 'throw new Error("was run");',
    });
    for (const option of ['--no-custom-rules', '--no-config'])
      expect(leasehold(['lint', clean, ...NOW, option], { cwd })).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(cwd, 'plan.json'), readFileSync(clean));
    expect(leasehold(['lint', join(cwd, 'plan.json'), ...NOW]).status).toBe(0);
    expect(leasehold(['lint', clean, ...NOW], { cwd }).stderr).toBe(
      'leasehold: own.mjs: cannot be loaded: was run\n',
    );
  });

  it.each<[string, string, Record<string, string>]>([
    ['a missing module', 'own.mjs: there is no such file', { 'leasehold.yaml': MODULE }],
    [
      'a module with a syntax error',
      'own.mjs: cannot be loaded: Unexpected token',
      { 'leasehold.yaml': MODULE, 'own.mjs': '\nexport default {{' },
    ],
    [
      'a module that exports nothing',
      'own.mjs: exports no rule',
      { 'leasehold.yaml': MODULE, 'own.mjs': 'export const rule = 1;' },
    ],
    [
      'a module that needs leasehold where it is not installed',
      'install it, or export the rule as a plain object',
      { 'leasehold.yaml': MODULE, 'own.mjs': "import 'leasehold';" },
    ],
    [
      'a rule that throws',
      'own.mjs: the rule "own-rule" failed, and nothing was judged: no such team',
      { 'leasehold.yaml': MODULE, 'own.mjs': module("() => { throw new Error('no such team'); }") },
    ],
    [
      'no module',
      'leasehold.yaml:1:25: "rules.json" is no module',
      { 'leasehold.yaml': 'customRules: {modules: [rules.json]}' },
    ],
    [
      'an expression that is none',
      'leasehold.yaml:3:80: "deny" of the rule "own-rule": Unexpected token: EOF',
      { 'leasehold.yaml': EXPRESSION.replace('DENY', '1 +') },
    ],
    [
      'an unknown category',
      'unknown category "scope-brod"; did you mean "scope-broad"?',
      { 'leasehold.yaml': EXPRESSION.replace('scope-broad', 'scope-brod') },
    ],
    [
      'an id that is built in',
      'the rule "owner-missing" exists already',
      { 'leasehold.yaml': EXPRESSION.replace('own-rule', 'owner-missing').replace('DENY', 'true') },
    ],
  ])('%s is one line, exit 2', (_, message, files) => {
    const { status, stdout, stderr } = leasehold(['lint', clean, ...NOW], { cwd: folder(files) });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^leasehold: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it('in TypeScript run where Node reads it, and say so elsewhere', () => {
    const cwd = folder({
      'leasehold.yaml': 'customRules: {modules: [own.ts]}',
      'own.ts': `const id: string = 'own-rule';
        export default { id, category: 'owner-invalid', title: 'Own', check: () => [{ address: 'a', message: 'b' }] };`,
    });
    const { stdout, stderr } = leasehold(['lint', clean, ...NOW, '--format', 'json'], { cwd });
    if ('typescript' in process.features && process.features.typescript)
      expect(own(stdout)).toEqual(['own-rule']);
    else
      expect(stderr).toMatch(
        /^leasehold: own\.ts: rules in TypeScript need Node 22\.18 or newer, and this is v/,
      );
  });
});

describe('a baseline', () => {
  it('is written to stdout or a file, and what it lists is known to lint', () => {
    const cwd = mkdtempSync(join(scratch, 'in-'));
    const { status, stdout } = leasehold(['baseline', failing, ...NOW, '-o', 'known.json'], { cwd });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^known\.json: \d+ findings/),
    });
    expect(leasehold(['baseline', failing, ...NOW]).stdout).toBe(
      readFileSync(join(cwd, 'known.json'), 'utf8'),
    );
    expect(leasehold(['lint', failing, ...NOW, '--baseline', 'known.json'], { cwd }).status).toBe(0);
    writeFileSync(join(cwd, 'leasehold.yaml'), 'baseline: known.json\n');
    const configured = leasehold(['lint', failing, ...NOW], { cwd });
    expect(configured.status).toBe(0);
    expect(configured.stdout).toContain('known from the baseline');
    expect(leasehold(['lint', failing, ...NOW, '--no-baseline'], { cwd }).status).toBe(1);
    // A file is no folder.
    expect(leasehold(['baseline', failing, ...NOW, '-o', 'known.json/again.json'], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^leasehold: known\.json\/again\.json: cannot be written \(\w+\)\n$/),
    });
  });
});

describe('input and output', () => {
  it('reads a plan from stdin', () => {
    const fromFile = JSON.parse(leasehold(['lint', failing, '--format', 'json', ...NOW]).stdout);
    const fromStdin = JSON.parse(
      leasehold(['lint', '-', '--format', 'json', ...NOW], { input: readFileSync(failing) }).stdout,
    );
    expect(fromStdin).toEqual({ ...fromFile, input: { ...fromFile.input, path: '-' } });
  });

  it('prints the same bytes for the same input', () => {
    const run = (): string => leasehold(['lint', failing, '--format', 'json']).stdout;
    expect(run()).toBe(run());
  });

  it('prints one object for one plan, and all reports for several', () => {
    const one = JSON.parse(leasehold(['lint', failing, '--format', 'json', ...NOW]).stdout);
    expect(one).toMatchObject({
      version: 1,
      tool: { name: 'leasehold' },
      decision: 'fail',
      profile: 'recommended',
      now: '2026-11-23T00:00:00Z',
    });
    const both = JSON.parse(leasehold(['lint', failing, clean, '--format', 'json', ...NOW]).stdout);
    expect(both).toMatchObject({ version: 1, decision: 'fail' });
    expect(both.reports.map((report: { decision: string }) => report.decision)).toEqual(['fail', 'pass']);
  });

  it('colours only where it is asked to', () => {
    expect(leasehold(['lint', failing, ...NOW]).stdout).not.toContain('\u001b[');
    expect(leasehold(['lint', failing, ...NOW], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
    expect(
      leasehold(['lint', failing, ...NOW], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout,
    ).not.toContain('\u001b[');
  });

  it('keeps to the width', () => {
    const { stdout } = leasehold(['lint', failing, ...NOW], { env: { COLUMNS: '80' } });
    const wide = stdout.split('\n').filter((line) => line.length > 80 && line.trim().split(' ').length > 1);
    expect(wide).toEqual([]);
  });

  it('takes some rules, or all but some', () => {
    const categories = (...args: string[]): string[] => [
      ...new Set<string>(
        JSON.parse(leasehold(['lint', failing, '--format', 'json', ...NOW, ...args]).stdout).findings.map(
          (one: { category: string }) => one.category,
        ),
      ),
    ];
    expect(categories('--rule', 'owner-missing')).toEqual(['owner-missing']);
    expect(categories('--skip-rule', 'owner-missing')).not.toContain('owner-missing');
  });

  it('leaves out what the plan does not change', () => {
    const lifecycle = join(stacks, 'lifecycle', 'plan.json');
    const addresses = JSON.parse(
      leasehold(['lint', lifecycle, '--format', 'json', '--only-changed', ...NOW]).stdout,
    ).identities.map((one: { address: string }) => one.address);
    expect(addresses).toContain('aws_iam_role.screening');
    expect(addresses).not.toContain('aws_iam_role.interim_bridge');
  });

  it('is stricter with --strict', () => {
    const { summary } = JSON.parse(leasehold(['lint', clean, '--format', 'json', '--strict', ...NOW]).stdout);
    expect(summary.errors).toBeGreaterThan(0);
    expect(summary.warnings).toBe(0);
  });

  it('never prints a secret of the plan', () => {
    const secrets = [
      'rumpelstiltskin-42',
      'shibboleth-shibboleth',
      'correct-horse-battery-staple-0',
      'tr0ub4dor-and-three',
      'swordfish-swordfish-swordfish',
      'mellon-speak-friend',
      'abracadabra-abracadabra',
    ];
    for (const stack of ['azure-apps', 'lambda-estate'])
      for (const format of ['pretty', 'json']) {
        const { stdout, stderr } = leasehold([
          'lint',
          join(stacks, stack, 'plan.json'),
          '--format',
          format,
          ...NOW,
        ]);
        expect(secrets.filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
      }
  });
});

describe('a plan that is not whole', () => {
  it.each([
    ['errored', { errored: true }],
    ['incomplete', { complete: false }],
    ['deferred', { deferred_changes: [{}] }],
  ])('%s never passes', (_, change) => {
    const folder = mkdtempSync(join(scratch, 'in-'));
    writeFileSync(
      join(folder, 'plan.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(clean, 'utf8')), ...change }),
    );
    const { status, stdout } = leasehold(['lint', join(folder, 'plan.json'), '--format', 'json', ...NOW]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).decision).toBe('fail');
  });
});

describe('folders of configuration', () => {
  const folder = mkdtempSync(join(scratch, 'in-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const trust =
    'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })';
  const role = (name: string, tags: string): string =>
    `resource "aws_iam_role" "${name}" {\n  assume_role_policy = ${trust}\n  tags = ${tags}\n}\n`;
  const findings = (args: readonly string[]) => {
    const { stdout, stderr } = leasehold(['lint', ...args, ...NOW, '--format', 'json'], { cwd: folder });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as {
      input: { kind: string };
      findings: { rule: string; location: unknown; address: string }[];
    };
  };

  it('are linted without a plan, and a finding stands at the attribute that decided', () => {
    write('infra/main.tf', role('r', '{ owner = "todo", purpose = "x", expires = "2026-12-31" }'));
    const report = findings(['infra']);
    expect(report.input.kind).toBe('configuration');
    expect(report.findings).toMatchObject([
      { rule: 'owner-invalid', location: { file: 'infra/main.tf', line: 3, column: 3 } },
    ]);
  });

  it('give up no file from outside, whatever names it', () => {
    write('secret.json', '{ "owner": "team-secret" }');
    symlinkSync(join(folder, 'secret.json'), join(folder, 'infra', 'link.json'));
    write(
      'outside/main.tf',
      ['../secret.json', join(folder, 'secret.json'), 'link.json', 'in.json']
        .map((path, index) => role(`r${index}`, `jsondecode(file(${JSON.stringify(path)}))`))
        .join(''),
    );
    symlinkSync(join(folder, 'secret.json'), join(folder, 'outside', 'link.json'));
    write('outside/in.json', '{ "owner": "team-inside" }');
    const { stdout } = leasehold(['lint', 'outside', ...NOW, '--format', 'json'], { cwd: folder });
    expect(stdout).not.toContain('team-secret');
    expect(stdout).toContain('team-inside');
  });

  it('of Terragrunt are those in its cache', () => {
    write('live/app/terragrunt.hcl', '');
    write(
      'live/app/.terragrunt-cache/abc/def/main.tf',
      role('r', '{ purpose = "x", expires = "2026-12-31" }'),
    );
    expect(findings(['live']).findings).toMatchObject([
      { rule: 'owner-missing', location: { file: 'live/app/.terragrunt-cache/abc/def/main.tf' } },
    ]);
  });

  it('beside a plan must be its sources', () => {
    const stack = join(stacks, 'privesc');
    expect(findings([join(stack, 'plan.json'), '--source', stack]).findings[0]?.location).toMatchObject({
      file: 'main.tf',
    });
    expect(leasehold(['lint', join(stack, 'plan.json'), '--source', 'infra'], { cwd: folder })).toMatchObject(
      {
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('holds none of the blocks of this plan'),
      },
    );
  });
});
