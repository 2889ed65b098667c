// Whatever stands in a source, reading it ends: with what could be read, and the place of what could not.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConfigurationPlan } from '../../src/input/configuration-plan.js';
import { PlanError } from '../../src/plan/model.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { folderOf } from '../folder.js';

const stacks = join(import.meta.dirname, '..', 'fixtures', 'stacks');
const parser = await loadGrammar();
const sources = readdirSync(stacks)
  .flatMap((stack) => readdirSync(join(stacks, stack)).map((name) => join(stacks, stack, name)))
  .filter((path) => path.endsWith('.tf'))
  .map((path) => readFileSync(path, 'utf8').slice(0, 20_000));

function read(files: Readonly<Record<string, string>>): number {
  try {
    return readConfigurationPlan(folderOf(files), parser, (path) => path, new Date(0)).plan.resources.length;
  } catch (error) {
    if (error instanceof PlanError) return 0;
    throw error;
  }
}

const PIECES = [
  '"',
  '{',
  '}',
  '[',
  '(',
  '${',
  '%{ for x in ',
  '<<-EOT\n',
  '\nEOT\n',
  '~}',
  '\\',
  '\u0000',
  '\ud800',
  '/*',
  'for_each = ',
  'local.a',
  '1e999',
  '-',
];

it('survives random edits', () => {
  const edit = fc.record({
    at: fc.nat(20_000),
    cut: fc.nat(200),
    put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 20 })),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      (source, edits) => {
        const edited = edits.reduce(
          (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
          source,
        );
        expect(read({ 'main.tf': edited })).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 60 },
  );
});

it.each([
  ['deep brackets', `x = ${'['.repeat(5_000)}`],
  ['deep blocks', 'a {\n'.repeat(5_000)],
  ['deep templates', `locals { x = ${'"${'.repeat(2_000)} }`],
  ['locals in a circle', 'locals {\n a = local.b\n b = local.a\n}\nresource "t" "r" { x = local.a }'],
  [
    'locals that double',
    `locals {\n a0 = ["x", "x"]\n${Array.from({ length: 60 }, (_, i) => ` a${i + 1} = concat(local.a${i}, local.a${i})`).join('\n')}\n}\nresource "t" "r" { x = local.a60 }`,
  ],
  [
    'texts that double',
    `locals {\n a0 = "xx"\n${Array.from({ length: 60 }, (_, i) => ` a${i + 1} = "\${local.a${i}}\${local.a${i}}"`).join('\n')}\n}\nresource "t" "r" { x = local.a60 }`,
  ],
  ['a count without end', 'resource "t" "r" { count = 999999999 }'],
  ['modules that multiply', 'module "a" {\n count = 9999\n source = "./"\n}\nresource "t" "r" {}'],
])('ends with %s', (_name, text) => {
  expect(read({ 'main.tf': text })).toBeGreaterThanOrEqual(0);
});
