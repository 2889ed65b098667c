// What the page on exceptions and own rules shows works as it stands there.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { rules } from '../rules/index.js';
import { openConfig } from '../src/lint/config.js';
import { expressionRule } from '../src/lint/expression-rule.js';
import { selectControls } from '../src/lint/frameworks.js';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const page = readFileSync(join(root, 'docs/rules-and-exceptions.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text as string,
  );

describe('every configuration', () => {
  it.each(blocks('yaml').map((text, index) => [index + 1, text] as const))(
    'of block %i is one',
    (_, text) => {
      const { customRules, read } = openConfig('leasehold.yaml', text);
      for (const rule of customRules.expressions) expressionRule(rule);
      read({ knownRules: rules.map(({ id }) => id), readFile: () => '' });
    },
  );
});

test('the table of fields names only what an expression knows', () => {
  const rows = [...page.matchAll(/^\| (`\w+`|) ?\| (.*?) \| (.*) \|$/gm)].map(
    ([, name = '', , fields = '']) => ({
      name: name.replaceAll('`', ''),
      fields: [...fields.replace(/\(.*?\)/g, '').matchAll(/`([\w.]+)`/g)].map(([, field]) => field as string),
    }),
  );
  const subjects = {
    identity: 'identities',
    credential: 'credentials',
    way: 'ways',
    grant: 'grants',
  } as const;
  const place = { file: 'leasehold.yaml', line: 1, column: 1 };
  const known = (subject: (typeof subjects)[keyof typeof subjects], deny: string) => () =>
    expressionRule({
      id: 'own-rule',
      title: 'Own',
      category: 'undecided',
      for: subject,
      deny,
      message: 'a',
      location: place,
    });
  let asked = 0;
  for (const { name, fields } of rows) {
    if (!(name in subjects)) continue;
    const subject = subjects[name as keyof typeof subjects];
    for (const field of fields) expect(known(subject, `has(${name}.${field})`), field).not.toThrow();
    asked += fields.length;
  }
  expect(asked).toBeGreaterThan(25);
});

test('every framework it names is known', () => {
  const named = [...page.matchAll(/--framework ([\w.,-]+)/g)].flatMap(([, names = '']) => names.split(','));
  expect(named.length).toBeGreaterThan(3);
  expect(selectControls([...named, 'PR.AC-4', 'NHI-01'])).toHaveProperty('controls');
});

test('the module runs, beside an installed leasehold', () => {
  const cwd = mkdtempSync(join(scratch, 'in-'));
  mkdirSync(join(cwd, 'rules'));
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(root, join(cwd, 'node_modules/leasehold'), 'junction');
  const [code = ''] = blocks('js');
  const configuration = blocks('yaml').find((text) => text.includes('modules:')) as string;
  writeFileSync(join(cwd, 'rules/role-name-has-team.mjs'), code);
  writeFileSync(join(cwd, 'leasehold.yaml'), configuration);
  const plan = join(root, 'test/fixtures/stacks/ci-oidc/plan.json');
  const command = [
    join(root, 'dist/cli.js'),
    'lint',
    plan,
    '--rule',
    'role-name-has-team',
    '--format',
    'json',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout).findings[0]).toMatchObject({ rule: 'role-name-has-team', severity: 'warning' });
});
