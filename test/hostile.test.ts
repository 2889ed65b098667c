// Plans come from pull requests: whatever stands in one, the run ends with a report or with one line, never with a crash.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, lint } from '../src/index.js';

const folder = join(import.meta.dirname, 'fixtures', 'stacks');
const plans = readdirSync(folder).map((stack) => readFileSync(join(folder, stack, 'plan.json'), 'utf8'));
const NOW = new Date('2026-11-23T00:00:00Z');

type Container = Record<string, unknown> | unknown[];

/** Every place in a document that holds a value. */
function places(value: unknown, found: [Container, string | number][] = []): [Container, string | number][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Container, key]);
    places((value as Record<string, unknown>)[key], found);
  }
  return found;
}

const strange = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    '',
    '*',
    '{',
    '{"Statement":[{}]}',
    '{"Statement":{"Effect":"Allow","Action":{},"Resource":[[]]}}',
    [],
    {},
    [null],
    { references: ['a'] },
    { constant_value: {} },
    '\uE000x\uE002',
    '${',
    'arn:aws:iam::aws:policy/__proto__',
    '__proto__',
    'constructor',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

describe('a recorded plan with strange values in it', () => {
  it('gives a report or one line', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...plans),
        fc.array(fc.tuple(fc.nat(), strange), { minLength: 1, maxLength: 12 }),
        (text, changes) => {
          const plan = JSON.parse(text) as unknown;
          const all = places(plan);
          for (const [index, value] of changes) {
            const [container, key] = all[index % all.length] as [Record<string, unknown>, string];
            container[key] = value;
          }
          try {
            expect(lint(JSON.stringify(plan), { now: NOW }).decision).toMatch(/pass|fail/);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect((error as Error).message).not.toContain('\n');
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it('is judged alike in any order of its resources', () => {
    for (const text of plans) {
      const plan = JSON.parse(text) as {
        resource_changes: unknown[];
        configuration: { root_module: { resources?: unknown[] } };
      };
      const expected = lint(text, { now: NOW });
      plan.resource_changes.reverse();
      plan.configuration.root_module.resources?.reverse();
      const reversed = lint(JSON.stringify(plan), { now: NOW });
      const essence = ({ findings, identities }: typeof expected): unknown => ({
        findings: findings.map(({ rule, address, message }) => [rule, address, message]),
        identities: identities.map(({ identity, owner, expiry, scope }) => [
          identity.address,
          owner.verdict,
          expiry.verdict,
          scope.verdict,
        ]),
      });
      expect(essence(reversed)).toEqual(essence(expected));
    }
  });
});
