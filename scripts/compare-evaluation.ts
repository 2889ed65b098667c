// Compares our evaluation of expressions with a real OpenTofu's, and records its answers for the tests.
// Needs Go 1.25 or newer and the Go module proxy; builds OpenTofu once (a few minutes) and keeps it under tmp/.
//
//   node --import tsx scripts/compare-evaluation.ts [--count 10000] [--seed 1] [--record]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ourAnswer, verdictOn, written } from '../test/source/comparison.js';
import { tofu } from '../test/tofu/build.js';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false },
  },
});
const BATCH = 500;
const RECORDED = 3000;

/** What OpenTofu makes of expressions: JSON, or `refused`. */
function theirAnswers(binary: string, expressions: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'leasehold-tofu-'));
  const items = expressions.map((one) => `try(jsonencode([${one}]), "refused"),`).join('\n');
  writeFileSync(join(folder, 'main.tf'), `output "o" {\n  value = [\n${items}\n]\n}\n`);
  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(binary, [`-chdir=${folder}`, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: '1' },
      maxBuffer: 2 ** 30,
    });
    if (status !== 0) throw new Error(stderr.slice(0, 4000));
    return stdout;
  };
  run('plan', '-out=plan', '-no-color', '-input=false');
  const plan = JSON.parse(run('show', '-json', 'plan'));
  rmSync(folder, { recursive: true });
  return plan.output_changes.o.after;
}

const binary = tofu();
const tally: Record<string, number> = {};
const recorded: [string, string][] = [];
for (let start = 0; start < Number(values.count); start += BATCH) {
  const expressions = written(Number(values.seed) + start, Math.min(BATCH, Number(values.count) - start));
  const answers = theirAnswers(binary, expressions);
  for (const [index, expression] of expressions.entries()) {
    const theirs = answers[index] as string;
    const ours = ourAnswer(expression);
    const verdict = verdictOn(ours, theirs);
    tally[verdict] = (tally[verdict] ?? 0) + 1;
    if (recorded.length < RECORDED && expression.length < 1000) recorded.push([expression, theirs]);
    if (verdict !== 'same' && verdict !== 'both refuse')
      console.log(`${verdict}: ${expression}\n  ours:   ${ours}\n  theirs: ${theirs}`);
  }
}
console.log(tally);
if (values.record)
  writeFileSync(
    join(root, 'test', 'fixtures', 'expressions.json'),
    `[\n${recorded.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
  );
