// Binary plans: the same as what `show -json` makes of them, or better where only the sources tell; and whatever is
// handed in as one, a plan or one line that says what is wrong.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, lint, loadPlanFileReader } from '../../src/index.js';
import { readPlan } from '../../src/input/read-plan.js';
import { zip } from './zip.js';

const folder = join(import.meta.dirname, '..', 'fixtures', 'stacks');
const planFile = await loadPlanFileReader();
const stacks = readdirSync(folder).filter((stack) => existsSync(join(folder, stack, 'tfplan')));
const file = (stack: string, name: string): Buffer => readFileSync(join(folder, stack, name));
const recorded = file('lifecycle', 'tfplan');

function problem(bytes: Uint8Array): string {
  try {
    lint(bytes, { path: 'tfplan', now: new Date('2026-11-23'), planFile });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe.each(stacks)('%s', (stack) => {
  const [fromJson, fromFile] = [
    readPlan('p', file(stack, 'plan.json')).plan,
    readPlan('p', file(stack, 'tfplan'), planFile).plan,
  ];
  const named = <T extends { address: string }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((one) => [one.address, one]));

  it('holds the resources of its JSON, value by value', () => {
    const other = named(fromJson.resources);
    expect([...named(fromFile.resources).keys()]).toEqual([...other.keys()]);
    for (const resource of fromFile.resources) {
      const { address, action, mode, type, name, key, module, values, before, previousAddress, provider } =
        resource;
      const same = other.get(address);
      expect({ address, action, mode, type, name, key, module, provider, previousAddress }).toEqual({
        address: same?.address,
        action: same?.action,
        mode: same?.mode,
        type: same?.type,
        name: same?.name,
        key: same?.key,
        module: same?.module,
        provider: same?.provider,
        previousAddress: same?.previousAddress,
      });
      expect(withoutNull(values), address).toEqual(withoutNull(same?.values));
      expect(withoutNull(before), address).toEqual(withoutNull(same?.before));
    }
  });

  it('holds the configuration of its JSON', () => {
    for (const resource of fromFile.resources) {
      const same = fromJson.resources.find((one) => one.address === resource.address);
      expect(Object.keys(resource.config?.expressions ?? {}), resource.address).toEqual(
        expect.arrayContaining(Object.keys(same?.config?.expressions ?? {})),
      );
      expect(resource.config?.provider, resource.address).toBe(same?.config?.provider);
    }
    // JSON also names providers that have no block.
    for (const [key, expressions] of fromJson.providers)
      if (Object.keys(expressions).length > 0)
        expect(fromFile.providers.get(key), key).toMatchObject(expressions);
    expect(fromFile.outputs.map((one) => [one.name, one.unknown, one.sensitive])).toEqual(
      fromJson.outputs.map((one) => [one.name, one.unknown, one.sensitive]),
    );
  });

  it('says who made it, when, and whether it is whole', () => {
    const told = ({
      terraformVersion,
      producer,
      timestamp,
      errored,
      complete,
      deferredChanges,
    }: typeof fromFile) => ({
      terraformVersion,
      producer,
      timestamp,
      errored,
      complete,
      deferredChanges,
    });
    expect(told(fromFile)).toEqual(told(fromJson));
    expect(fromFile.drift.map((one) => one.address)).toEqual(fromJson.drift.map((one) => one.address));
  });
});

/** JSON leaves out what is unknown; both hold null for what is unset. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNull(item)]),
  );
}

describe('a finding', () => {
  it('names the line of the block', () => {
    const report = lint(recorded, { now: new Date('2026-11-23'), planFile });
    const source = readFileSync(join(folder, 'lifecycle', 'main.tf'), 'utf8').split('\n');
    const found = report.findings.find((one) => one.address === 'aws_iam_role.orphan');
    expect(found?.location?.file).toBe('main.tf');
    expect(source[(found?.location?.line ?? 0) - 1]).toContain('resource "aws_iam_role" "orphan"');
  });
});

describe('what is no plan file', () => {
  const tfplan = (version: number): Uint8Array => Uint8Array.from([8, version]);
  it.each([
    ['another archive', zip([{ name: 'a.txt', content: 'x' }]), 'this is a zip archive, but no plan'],
    ['a later format', zip([{ name: 'tfplan', content: tfplan(4) }]), 'format version 4'],
    [
      'a name twice',
      zip([
        { name: 'tfplan', content: tfplan(3) },
        { name: 'tfplan', content: '' },
      ]),
      'the same name',
    ],
    ['a name that leads out', zip([{ name: '../tfplan', content: tfplan(3) }]), 'leads out of it'],
    ['an encrypted file', zip([{ name: 'tfplan', content: tfplan(3), encrypted: true }]), 'encrypted'],
    [
      'a bomb',
      zip([{ name: 'tfplan', content: Buffer.alloc(9_000_000), claims: 10 }]),
      'larger than it claims',
    ],
    [
      'a giant',
      zip([
        { name: 'tfplan', content: '', claims: 0xfffffff0 },
        { name: 'x', content: '', claims: 0xffff },
      ]),
      'are larger than 4096 MB together',
    ],
    ['an unknown packing', zip([{ name: 'tfplan', content: tfplan(3), method: 12 }]), 'packed in a way'],
    [
      'a damaged message',
      zip([{ name: 'tfplan', content: Uint8Array.from([8, 3, 0x1a, 50, 1]) }]),
      'the plan file is damaged: cut off',
    ],
  ])('%s', (_what, bytes, words) => {
    expect(problem(bytes)).toContain('tfplan: ');
    expect(problem(bytes)).toContain(words);
  });

  it('a plan that OpenTofu encrypted', () => {
    const bytes = Buffer.from(
      '{"serial":0,"lineage":"","meta":{},"encrypted_data":"eA==","encryption_version":"v0"}',
    );
    expect(problem(bytes)).toBe(
      'tfplan: this plan is encrypted by OpenTofu; convert it where the key is: `tofu show -json PLAN > plan.json`',
    );
  });

  it('is told in one line wherever it is cut off', () => {
    for (let length = 3; length < recorded.length; length += 97) {
      const message = problem(recorded.subarray(0, length));
      expect(message).toMatch(/^tfplan: [^\n]+$/);
    }
  });

  it('is told in one line, or read, whichever byte is another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(recorded.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = Buffer.from(recorded);
          for (const [index, value] of changes) bytes[index] = value;
          bytes[0] = 0x50;
          bytes[1] = 0x4b;
          expect(problem(bytes)).toMatch(/^(tfplan: [^\n]+|no problem)$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
