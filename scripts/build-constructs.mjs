// One source of constructs, two frameworks. cdktf and cdktn cannot share a run-time build, so the source is copied
// with the framework's name rewritten and compiled against each, which also checks it against both real APIs.

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FRAMEWORKS = ['cdktf', 'cdktn'];

/**
 * Writes `dist/cdktf` and `dist/cdktn`, JavaScript and declarations.
 * @param {string} root repository folder
 * @param {string} dist output folder
 * @throws with the compiler's messages when the source does not fit a framework
 */
export async function buildConstructs(root, dist) {
  const stages = FRAMEWORKS.map((framework) => stage(root, framework));
  try {
    await Promise.all(stages.map((folder, i) => compile(root, folder, join(dist, FRAMEWORKS[i]))));
  } finally {
    for (const folder of stages) rmSync(folder, { recursive: true, force: true });
  }
}

function stage(root, framework) {
  const folder = mkdtempSync(join(tmpdir(), `leasehold-${framework}-`));
  for (const source of ['constructs', 'src', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, source), join(folder, source), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const path of readdirSync(join(folder, 'constructs'), { recursive: true })) {
    if (!path.endsWith('.ts')) continue;
    const file = join(folder, 'constructs', path);
    const source = readFileSync(file, 'utf8');
    const named = source.replaceAll(/(?<=from ')cdktf(?=['/])/g, framework);
    writeFileSync(file, named.replace("'#synth'", "'../../synth.cjs'"));
  }
  return folder;
}

async function compile(root, folder, outDir) {
  const options = ['--noEmit', 'false', '--declaration', '--rootDir', folder, '--outDir', outDir];
  writeFileSync(
    join(folder, 'tsconfig.stage.json'),
    JSON.stringify({ extends: './tsconfig.json', include: [], files: ['constructs/index.ts'] }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(folder, 'tsconfig.stage.json'), ...options];
  await promisify(execFile)(process.execPath, args).catch((error) => {
    throw new Error(error.stdout || error.message);
  });
}
