// The one command for generated files: runs every `scripts/generate-*.ts`, the index of rules first.
// With --check nothing is written: the generators run in a copy of the tree, and files that would change are listed.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Neither sources nor generated files. */
const SKIPPED = ['.git', 'node_modules', 'dist', 'coverage', 'tmp', '.venv', 'cdktf.out'];

/** Other generators import what it writes. */
const INDEX = 'generate-rules-index.ts';

if (process.argv.includes('--check')) check();
else generate(root);

function check() {
  const copy = mkdtempSync(join(tmpdir(), 'leasehold-generate-'));
  try {
    cpSync(root, copy, { recursive: true, filter: (path) => !SKIPPED.includes(basename(path)) });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    const before = contents(copy);
    generate(copy);
    const after = contents(copy);
    const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
      (p) => before.get(p) !== after.get(p),
    );
    if (stale.length === 0) return;
    console.error(`Stale; run \`npm run generate\`:\n${stale.sort().join('\n')}`);
    process.exitCode = 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function generate(tree) {
  const scripts = readdirSync(join(tree, 'scripts')).filter((name) => /^generate-.+\.ts$/.test(name));
  for (const script of [INDEX, ...scripts.filter((name) => name !== INDEX).sort()]) {
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', `scripts/${script}`], {
      cwd: tree,
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(1);
  }
}

/** Text of every file by path. */
function contents(tree) {
  const files = new Map();
  for (const top of readdirSync(tree).filter((name) => !SKIPPED.includes(name))) {
    const path = join(tree, top);
    const below = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true }).map((p) => join(path, p))
      : [path];
    for (const file of below) {
      if (statSync(file).isFile()) files.set(relative(tree, file), readFileSync(file, 'latin1'));
    }
  }
  return files;
}
