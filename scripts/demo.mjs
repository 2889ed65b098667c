// What leasehold does, on two inputs: the example stacks, synthesised here, which pass, and the recorded plan of some
// machine users, which does not.

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'dist/cli.js');
const recorded = 'test/fixtures/stacks/legacy-users/plan.json';
// The verdicts hang on the day, and the examples are written for this one.
const NOW = '2026-11-23T00:00:00Z';

if (!existsSync(cli)) {
  say('Building leasehold …');
  node('the build', ['scripts/build.mjs']);
}

say('1. The stacks in examples/stacks: CDKTF in, Terraform JSON out');
// A stack that no longer exists would stay in the folder, and be linted.
rmSync(join(root, 'cdktf.out'), { recursive: true, force: true });
node('the synth', ['--import', 'tsx', 'examples/stacks/main.ts']);
lint('cdktf.out', 0);

say('2. A recorded plan: machine users with access keys, some without an owner, most without an end');
lint(recorded, 1);

const here = relative(process.cwd(), root) || '.';
say(`The first passes, the second is rejected before apply: that is how it should be.

Look at   ${join(here, 'examples/stacks')}   the stacks, and cdktf.out/stacks/*/cdk.tf.json what they become
          ${join(here, recorded)}   the plan, as \`terraform show -json\` prints it
Try       take the \`owner\` out of examples/stacks/payments-worker.ts and run the demo again
          node ${join(here, 'dist/cli.js')} lint plan.json   on a plan of your own:
          terraform plan -out plan.bin && terraform show -json plan.bin > plan.json`);

/** Lints and shows the report; the demo goes on only where the decision is the expected one. */
function lint(path, expected) {
  const args = ['dist/cli.js', 'lint', path, '--now', NOW];
  console.log(`$ leasehold ${args.slice(1).join(' ')}\n`);
  node(`leasehold lint ${path}`, args, expected);
}

function node(what, args, expected = 0) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status === expected) return;
  console.error(`${what} ended with ${error?.message ?? `exit code ${status}`}, not ${expected}`);
  process.exit(1);
}

function say(text) {
  console.log(`\n${text}\n`);
}
