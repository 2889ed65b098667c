// A plan that is read in parts: what is left out takes part in nothing, so that the report is the same to the byte; and
// whatever is handed in, a plan or one line that says what is wrong.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { interest } from '../../src/catalog/interest.js';
import { JsonError, parseJson } from '../../src/input/json.js';
import { type ByteSource, inMemory, JsonScanner } from '../../src/input/json-scanner.js';
import { InputError, readInParts, readPlan } from '../../src/input/read-plan.js';
import { run } from '../../src/lint/run.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';

const root = join(import.meta.dirname, '..', '..');
const now = new Date('2026-11-23T00:00:00Z');

/** As a pipe gives it: a few bytes at a time. */
function inDrops(bytes: Uint8Array, drop: number): ByteSource {
  return { read: (into, position) => inMemory(bytes).read(into.subarray(0, drop), position) };
}

function reported(read: ReturnType<typeof readPlan>): unknown {
  const options = {
    config: EMPTY_CONFIG,
    rules,
    only: [],
    skip: [],
    failOn: 'error',
    onlyChanged: false,
  } as const;
  return run([{ ...read, now }], { ...options, profile: 'strict' });
}

const plans = ['test/fixtures/stacks', 'examples/rules']
  .flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) =>
      ['plan.json', 'bad.plan.json', 'good.plan.json'].map((file) => join(folder, name, file)),
    ),
  )
  .filter((path) => existsSync(join(root, path)))
  // Some examples are what a synth writes.
  .filter((path) => readFileSync(join(root, path), 'utf8').includes('"resource_changes"'));

describe('a recorded plan gives the same report', () => {
  it.each(plans)('%s', (path) => {
    const bytes = readFileSync(join(root, path));
    const inParts = readInParts(path, inMemory(bytes), interest);
    expect(inParts && reported(inParts)).toEqual(reported(readPlan(path, bytes)));
    // Bytes that are written in another way are another input, and the same plan.
    const spaced = Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), null, 1));
    const inPartsSpaced = readInParts(path, inMemory(spaced), interest);
    expect(inPartsSpaced && reported(inPartsSpaced)).toEqual(reported(readPlan(path, spaced)));
  });
});

describe('a secret in the configuration of what takes no part in access', () => {
  const SECRET = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
  const constant = (value: unknown) => ({ constant_value: value });
  const queue = (name: string) => ({
    address: `aws_sqs_queue.${name}`,
    mode: 'managed',
    type: 'aws_sqs_queue',
    name,
  });
  const change = { actions: ['no-op'], before: { name: 'a' }, after: { name: 'a' }, after_unknown: {} };
  const provider_name = 'registry.terraform.io/hashicorp/aws';
  const names = { expressions: { name: constant('a') }, provider_config_key: 'aws', schema_version: 0 };
  /** Of each type the first is read whatever it is. */
  const planWith = (block: object): Buffer =>
    Buffer.from(
      JSON.stringify({
        format_version: '1.2',
        terraform_version: '1.9.0',
        resource_changes: ['first', 'jobs'].map((name) => ({ ...queue(name), provider_name, change })),
        configuration: {
          root_module: {
            resources: [
              { ...queue('first'), ...names },
              { ...queue('jobs'), ...names, ...block },
            ],
          },
        },
      }),
    );
  const command = { command: constant(`curl -H 'Authorization: Bearer ${SECRET}' https://example.com`) };

  it.each<[string, object, boolean]>([
    ['a text', { expressions: { policy: constant(`token=${SECRET}`) } }, true],
    ['a map', { expressions: { tags: constant({ team: 'a', login: SECRET }) } }, true],
    ['a block', { expressions: { redrive: [{ name: constant('a') }, { note: constant(SECRET) }] } }, true],
    [
      'what a block refers to',
      { expressions: { redrive: [{ references: ['var.a'] }, constant(SECRET)] } },
      true,
    ],
    ['for_each', { for_each_expression: constant({ a: SECRET }) }, true],
    ['a command', { provisioners: [{ type: 'local-exec', expressions: command }] }, true],
    ['a name that tells', { expressions: { master_password: constant('x') } }, true],
    [
      'nothing',
      { expressions: { name: constant('jobs'), count: constant(7), of: { references: ['var.a'] } } },
      false,
    ],
  ])('in %s keeps the block, and the report is the same', (_, block, isKept) => {
    const bytes = planWith(block);
    const inParts = readInParts('plan.json', inMemory(bytes), interest);
    expect(inParts && reported(inParts)).toEqual(reported(readPlan('plan.json', bytes)));
    expect(inParts?.plan.root.resources.size).toBe(isKept ? 2 : 1);
  });
});

describe('a generated plan of an estate that stands already', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leasehold-large-'));
  const path = join(folder, 'plan.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the same report', () => {
    execFileSync(process.execPath, [join(root, 'bench/generate-plan.mjs'), '3MB', path], { stdio: 'pipe' });
    const bytes = readFileSync(path);
    const inParts = readInParts(path, inMemory(bytes), interest);
    expect(inParts && reported(inParts)).toEqual(reported(readPlan(path, bytes)));
    expect(inParts?.plan.resources.length).toBeLessThan(200);
  });
});

describe('any JSON', () => {
  const text = fc.oneof(
    fc.json({ maxDepth: 6 }),
    fc
      .json({ maxDepth: 4 })
      .map((json) => JSON.stringify({ inner: json, again: JSON.stringify(json) }, null, 2)),
  );

  it('is read as JSON.parse reads it, however the bytes come', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (json, drop) => {
        const scanner = new JsonScanner(inDrops(Buffer.from(json), drop));
        expect(scanner.value()).toEqual(JSON.parse(json));
        scanner.end();
      }),
    );
  });

  it('is passed over to its last byte', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (json, drop) => {
        const [first, second] = [json, '"behind"'];
        const scanner = new JsonScanner(inDrops(Buffer.from(`[ ${first} ,${second}]`), drop));
        const seen: unknown[] = [];
        scanner.list(() => {
          if (seen.length > 0) seen.push(scanner.value());
          else {
            scanner.skip();
            seen.push('');
          }
        });
        scanner.end();
        expect(seen).toEqual(['', 'behind']);
      }),
    );
  });

  it('is walked key by key', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.integer({ min: 1, max: 99 }),
        (object, drop) => {
          const json = JSON.stringify(object);
          const scanner = new JsonScanner(inDrops(Buffer.from(json), drop));
          const seen = new Map<string, unknown>();
          scanner.object((key) => seen.set(key, scanner.value()));
          // Both leave out the characters that symbols are told by.
          expect(seen).toEqual(new Map(Object.entries(parseJson(json) as object)));
        },
      ),
    );
  });
});

describe('what is damaged', () => {
  const recorded = readFileSync(join(root, 'test/fixtures/stacks/lifecycle/plan.json'));
  const read = (bytes: Uint8Array): string => {
    try {
      const found = readInParts('plan.json', inMemory(bytes), interest);
      return found === undefined ? 'no plan' : 'a plan';
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
  };

  it('is refused where it is cut short, with the place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: recorded.length - 3 }), (length) => {
        expect(read(recorded.subarray(0, length))).toMatch(/^plan\.json:1:\d+: /);
      }),
    );
  });

  it('never ends in anything but a plan or one line', () => {
    fc.assert(
      fc.property(fc.nat(recorded.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Buffer.from(recorded);
        bytes[at] = byte;
        expect(read(bytes)).not.toContain('\n');
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a key that stands twice', '{"format_version":"1.2","resource_changes":[],"resource_changes":[]}'],
    ['nesting without end', `{"planned_values":${'['.repeat(100_000)}`],
    ['nesting without end inside of a change', `{"resource_changes":[{"change":${'{"a":'.repeat(100_000)}`],
    [
      'modules without end',
      `{"configuration":{"root_module":${'{"module_calls":{"a":{"module":'.repeat(2_000)}`,
    ],
    ['two documents', '{"format_version":"1.2","resource_changes":[]} {}'],
    ['a change that is none', '{"format_version":"1.2","resource_changes":[7]}'],
    ['a missing comma', '{"format_version":"1.2" "resource_changes":[]}'],
  ])('%s is refused', (_, text) => expect(read(Buffer.from(text))).toMatch(/^plan\.json(:\d+:\d+)?: ./));

  it('is told by the line that it stands in', () => {
    const text =
      '{\n  "format_version": "1.2",\n  "planned_values": {},\n  "resource_changes": [ { "type" 7 } ]\n}';
    expect(read(Buffer.from(text))).toBe('plan.json:4:34: expected a colon');
    expect(() => parseJson(text)).toThrow(JsonError);
  });

  it.each([
    ['a state', '{"format_version":"1.0","values":{"root_module":{}}}'],
    ['a list', '[1]'],
    ['UTF-16', Buffer.from('\ufeff{"format_version":"1.2","resource_changes":[]}', 'utf16le')],
  ])('%s is left to who reads it whole', (_, content) => expect(read(Buffer.from(content))).toBe('no plan'));
});
