import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DataFile, dataHeader, findData } from '../../../src/policy/aws/data.js';

describe.each<[DataFile, string, string]>([
  ['actions.jsonl', 'MIT', 's3'],
  ['managed-policies.jsonl', 'Apache-2.0', 'AdministratorAccess'],
])('%s', (name, licence, known) => {
  const file = new URL(`../../../src/policy/aws/data/${name}`, import.meta.url);
  const [first = '', ...lines] = readFileSync(file, 'latin1').trimEnd().split('\n');
  const header = dataHeader(name);
  const keys = Object.keys(header.places);

  it('says where it comes from', () => {
    expect(header).toEqual(JSON.parse(first));
    expect([header.licence, header.source, header.date]).toEqual([
      licence,
      expect.stringMatching(/\d/),
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    ]);
  });

  it('is sorted, and gives the line of every name', () => {
    expect(keys).toEqual([...new Set(keys)].sort());
    expect(keys).toContain(known);
    expect(keys.map((key) => findData(name, key))).toEqual(lines.map((line) => JSON.parse(line)));
  });

  it.each(['', 'none', '__proto__', 'constructor', known.slice(1), `${known}"`])('has no %j', (key) => {
    expect(findData(name, key)).toBeUndefined();
  });
});
