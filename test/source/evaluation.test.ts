// Expressions mean what they mean to OpenTofu: its answers are recorded, `scripts/compare-evaluation.ts` asks it again.
// What is known only after apply, and how templates are read, is tried by hand.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Evaluator } from '../../src/source/evaluator.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { parseHcl, parseTemplate } from '../../src/source/hcl.js';
import { referencesOf } from '../../src/source/references.js';
import { ourAnswer, verdictOn } from './comparison.js';

const parser = await loadGrammar();
const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'expressions.json'), 'utf8'),
) as [string, string][];

it(`has the value that OpenTofu gives ${recorded.length} expressions`, () => {
  const others = new Map<string, string[]>();
  for (const [expression, theirs] of recorded) {
    const ours = ourAnswer(expression);
    const verdict = verdictOn(ours, theirs);
    others.set(verdict, [...(others.get(verdict) ?? []), `${expression}\n${ours}\n${theirs}`]);
  }
  expect(others.get('different')).toBeUndefined();
  expect(others.get('we refuse')).toBeUndefined();
  // Divisions without end, and remainders of zero.
  expect(others.get('undecided')?.length ?? 0).toBeLessThan(recorded.length / 500);
  // Types of what nobody looks at: of empty collections, of branches that are not taken. No plan holds such a configuration.
  expect(others.get('they refuse')?.length ?? 0).toBeLessThan(recorded.length / 300);
});

function outputOf(text: string): unknown {
  const { body } = parseHcl('main.tf', text, parser);
  const evaluator = new Evaluator({
    files: [{ path: 'main.tf', body, comments: [], broken: undefined }],
    children: new Map(),
  });
  evaluator.learn({ resources: [], variables: new Map(), timestamp: undefined, unplanned: true });
  return evaluator.output('o')?.value;
}

it.each([
  ['string', '5', '5'],
  ['number', '"1.50"', 1.5],
  ['bool', '"true"', true],
  ['list(string)', '[1, true]', ['1', 'true']],
  ['set(string)', '["b", "a", "b"]', ['a', 'b']],
  ['map(number)', '{ b = "2", a = 1 }', { a: 1, b: 2 }],
  ['list(any)', '["a", 1]', ['a', '1']],
  ['tuple([string, number])', '[1, "2"]', ['1', 2]],
  ['object({ a = string, b = optional(number, 7) })', '{ a = 1, c = "dropped" }', { a: '1', b: 7 }],
  [
    'object({ a = optional(string), b = optional(object({ c = optional(bool, true) }), {}) })',
    '{}',
    { a: null, b: { c: true } },
  ],
  ['map(object({ ttl = optional(string, "30d") }))', '{ x = {} }', { x: { ttl: '30d' } }],
])('a variable of type %s', (type, value, expected) => {
  expect(
    outputOf(`variable "v" {\n  type = ${type}\n  default = ${value}\n}\noutput "o" { value = var.v }\n`),
  ).toEqual(expected);
});

it.each([
  ['"a${~ " b " ~} c"', 'a b c'],
  ['"${true}"', true],
  ['"${~ true ~} "', 'true'],
  ['"%{ if true }yes%{ else }no%{ endif }"', 'yes'],
  ['"%{ for k, v in { b = 1, a = 2 } }${k}${v};%{ endfor }"', 'a2;b1;'],
  ['"$${a} %%{b} $ % $$"', '${a} %{b} $ % $$'],
  ['<<EOT\n  a\n    b\nEOT\n', '  a\n    b\n'],
  ['<<-EOT\n  a\n\n    b\n  EOT\n', 'a\n\n  b\n'],
  ['<<-EOT\n  %{ for x in ["p", "q"] ~}\n  - ${x}\n  %{ endfor ~}\n  EOT\n', '  - p\n  - q\n'],
  ['<<EOT\n"q\\n"\nEOT\n', '"q\\n"\n'],
  ['<<EOT\nEOT\n', ''],
])('the template %s', (template, expected) => {
  expect(outputOf(`output "o" {\n  value = ${template}\n}\n`)).toEqual(expected);
});

it('makes blocks of dynamic ones, under their key and value', () => {
  const { body } = parseHcl(
    'main.tf',
    `resource "t" "r" {
      dynamic "rule" {
        for_each = toset(["b", "a"])
        iterator = it
        content {
          key   = it.key
          value = upper(it.value)
        }
      }
      rule { value = "last" }
    }`,
    parser,
  );
  const evaluator = new Evaluator({ files: [], children: new Map() });
  const [block] = body.blocks;
  expect(block && evaluator.attribute(block, ['rule'], { module: [], key: undefined })?.value).toEqual([
    { key: 'a', value: 'A' },
    { key: 'b', value: 'B' },
    { value: 'last' },
  ]);
});

it.each([
  ['aws_iam_role.a["x"].arn', ['aws_iam_role.a["x"].arn']],
  ['"${var.a}-${module.m.out[0]}"', ['var.a', 'module.m.out[0]']],
  ['[for x in var.list : x.arn if x.on]', ['var.list']],
  ['local.tags', ['var.owner', 'local.plain']],
  ['aws_iam_role.all[*].arn', ['aws_iam_role.all']],
  ['data.aws_x.y.z[each.key]', ['each.key', 'data.aws_x.y.z']],
])('%s refers to %j', (text, expected) => {
  const locals = new Map([
    ['tags', parseTemplate('${{ owner = var.owner, team = lower(local.plain) }}', parser)],
    ['plain', parseTemplate('${timestamp()}', parser)],
  ]);
  const { body } = parseHcl('main.tf', `x = ${text}\n`, parser);
  const expression = body.attributes.get('x')?.expression;
  expect(expression && referencesOf(expression, locals)).toEqual(expected);
});
