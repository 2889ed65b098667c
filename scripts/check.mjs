// Everything that must hold before a change is merged; CI runs the same.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const STEPS = [
  ['format and lint', 'biome ci --colors=off .'],
  ['types', 'tsc --noEmit'],
  ['generated files', 'node scripts/generate.mjs --check'],
  ['build', 'node scripts/build.mjs'],
  ['tests', 'vitest run --reporter=default --reporter=json --outputFile.json=tmp/vitest.json'],
];

mkdirSync(join(root, 'tmp'), { recursive: true });
const env = { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH };

for (const [name, command] of STEPS) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: root,
    env,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(18)}${seconds.padStart(6)} s`);
  if (status !== 0) {
    console.log(`\n$ ${command}\n${stdout}${stderr}`);
    process.exit(1);
  }
}

const { numPendingTests } = JSON.parse(readFileSync(join(root, 'tmp/vitest.json'), 'utf8'));
if (numPendingTests > 0)
  console.log(
    `${numPendingTests} tests skipped: what they need is not here (a browser, or what \`node scripts/fetch-validators.mjs\` fetches)`,
  );
