// What our evaluation makes of an expression, in the form in which OpenTofu's answers are recorded.

import fc from 'fast-check';
import { Evaluator } from '../../src/source/evaluator.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { parseHcl } from '../../src/source/hcl.js';
import { ExpressionWriter } from './expressions.js';

const parser = await loadGrammar();

/** Expressions at random, always the same ones for a seed. */
export function written(seed: number, count: number): string[] {
  const arbitrary = fc.gen().map((draw) => {
    const pick = (below: number): number => draw(fc.nat, { max: below - 1 });
    return new ExpressionWriter(pick).any(1 + pick(4));
  });
  return fc.sample(arbitrary, { seed, numRuns: count });
}

/** JSON of a list that holds the value; `refused`, or `undecided` and what it hangs on. */
export function ourAnswer(expression: string): string {
  const { body } = parseHcl('main.tf', `resource "t" "r" {\ne = jsonencode([${expression}])\n}\n`, parser);
  const evaluator = new Evaluator({ files: [], children: new Map() });
  evaluator.learn({ resources: [], variables: new Map(), timestamp: undefined, unplanned: true });
  const [block] = body.blocks;
  const answer = block && evaluator.attribute(block, ['e'], { module: [], key: undefined });
  if (answer === undefined) return 'refused';
  return answer.references.length > 0 ? `undecided: ${answer.references.join(', ')}` : String(answer.value);
}

export function verdictOn(ours: string, theirs: string): string {
  if (ours === theirs) return ours === 'refused' ? 'both refuse' : 'same';
  if (ours.startsWith('undecided')) return 'undecided';
  if (ours === 'refused') return 'we refuse';
  return theirs === 'refused' ? 'they refuse' : 'different';
}
