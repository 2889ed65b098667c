// Owner directories: every format knows the same people, and nobody who left.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/lint/csv.js';
import { listedOwner, ownerDirectory, ownerFileReader } from '../../src/lint/owner-directory.js';

function directory(path: string, text: string, offboarded: string[] = []) {
  return ownerDirectory(ownerFileReader(path)?.(text) ?? [], offboarded);
}
const list = (...owners: Parameters<typeof listedOwner>[0][]) => owners.map(listedOwner);

describe('names', () => {
  const known = ownerDirectory(
    list('Payments', '@acme/Platform-Team', '@kim', 'ops@acme.example', {
      name: 'Ada',
      team: 'research',
      aliases: ['al'],
    }),
    [],
  );

  test.each([
    'payments',
    ' PAYMENTS ',
    '@payments',
    '@acme/platform-team',
    'acme/platform-team',
    'platform-team',
    'kim',
    '@Kim',
    'OPS@acme.example',
    'ada',
    'AL',
    'research',
  ])('%j is known', (owner) => {
    expect(known.has(owner)).toBe(true);
  });

  test.each([
    '',
    '@',
    'pay',
    'acme',
    '@other/payments',
    'ops',
    'ops@acme.example.evil.example',
    'x@ops@acme.example',
    '__proto__',
    'constructor',
  ])('%j is not known', (owner) => {
    expect(known.has(owner)).toBe(false);
  });
});

describe('the offboarded', () => {
  test('are out under every name they had', () => {
    const entry = { name: 'Ada Byron', email: 'ada@acme.example', aliases: ['abyron'], team: 'research' };
    const known = ownerDirectory(list(entry, 'kim'), ['ADA@acme.example']);
    for (const owner of ['Ada Byron', 'ada@acme.example', 'abyron', 'research'])
      expect(known.has(owner)).toBe(false);
    expect(known.has('kim')).toBe(true);
  });

  test('leave their team standing as long as somebody else is in it', () => {
    const known = ownerDirectory(list({ name: 'ada', team: 'research' }, { name: 'kim', team: 'research' }), [
      'ada',
    ]);
    expect([known.has('ada'), known.has('kim'), known.has('research')]).toEqual([false, true, true]);
  });

  test('may be teams, whoever is in them', () => {
    const known = ownerDirectory(list({ name: 'ada', team: 'research' }, '@acme/legacy'), [
      'research',
      '@acme/legacy',
    ]);
    expect([known.has('ada'), known.has('research'), known.has('legacy')]).toEqual([true, false, false]);
  });
});

describe('a YAML or JSON list', () => {
  test('holds names and objects', () => {
    const known = directory(
      'owners.yaml',
      '- payments\n- name: Ada\n  email: ada@acme.example\n  aliases: [ab]\n',
    );
    for (const owner of ['payments', 'ada', 'ada@acme.example', 'ab']) expect(known.has(owner)).toBe(true);
    expect(directory('team/owners.json', '["a", {"team": "b"}]').has('b')).toBe(true);
  });

  test.each([
    ['- name: Ada\n  emial: a@b.example\n', 'owners.yaml:2:3: unknown key "emial"; did you mean "email"?'],
    ['owners: []\n', 'owners.yaml:1:1: the file must be a list'],
    ['[]\n', 'owners.yaml:1:1: the file is empty'],
    ['', 'owners.yaml:1:1: the file must be a list'],
    ['- a\n- 42\n', 'owners.yaml:2:3: [1] must be text: put the number in quotes'],
    ['- "', 'owners.yaml:1:4: a bracket, quote, comma or colon is missing'],
  ])('%j is refused', (text, message) => {
    expect(() => ownerFileReader('owners.yaml')?.(text)).toThrow(message);
  });
});

describe('a CSV file', () => {
  test('is read by the names of its columns', () => {
    const text =
      'Email,Name,Team,Cost centre,Alias\r\nada@acme.example,"Byron, Ada",research,42,ab; countess\r\n\r\n,"The ""A"" team",,,\r\n';
    const known = directory('people.CSV', text);
    for (const owner of ['ada@acme.example', 'byron, ada', 'research', 'ab', 'countess', 'the "a" team'])
      expect(known.has(owner)).toBe(true);
    expect(known.has('42')).toBe(false);
  });

  test.each([
    ['', 'o.csv:1:1: the header names no column owner, name, email, team or alias'],
    ['a;b\n1;2\n', 'o.csv:1:1: the header names no column owner, name, email, team or alias'],
    ['name,team\n"two\nlines",x\nDoe, Jane,y\n', 'o.csv:4:1: 3 fields, but the header has 2'],
  ])('%j is refused', (text, message) => {
    expect(() => ownerFileReader('o.csv')?.(text)).toThrow(message);
  });

  test('comes back as it was written', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => row.map(quote).join(',') + end).join('');
        expect(readCsv(text).map(({ fields }) => fields)).toEqual(rows);
      }),
    );
  });
});

describe('CODEOWNERS', () => {
  const text = [
    '# @commented/out',
    '*       @acme/platform   # the rest @not/this',
    '/docs/  docs@acme.example @kim',
    'my\\ folder/ @acme/with-space',
    '[Infrastructure][2] @group/sub/infra',
    '/none/',
    '@types/ @acme/types',
  ].join('\r\n');

  test('gives everybody who owns something', () => {
    const known = directory('.github/CODEOWNERS', text);
    for (const owner of [
      '@acme/platform',
      'platform',
      'docs@acme.example',
      'kim',
      'with-space',
      '@group/sub/infra',
      'types',
    ])
      expect(known.has(owner)).toBe(true);
  });

  test('gives neither comments nor patterns', () => {
    const known = directory('CODEOWNERS', text);
    for (const owner of ['out', 'this', '*', '/docs/', 'folder/', '/none/', '@types/'])
      expect(known.has(owner)).toBe(false);
  });
});

test('other files are left to the caller', () => {
  expect(ownerFileReader('owners.txt')).toBeUndefined();
});
