// From sources to what is published: one self-contained command, one typed library entry, the data beside them.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildConstructs } from './build-constructs.mjs';
import { thirdPartyLicenses } from './third-party.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const SHEBANG = '#!/usr/bin/env node\n';

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.9',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
};
const { metafile } = await build({
  ...common,
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts', judge: 'src/cli/serve/judge.ts' },
  splitting: true,
  format: 'esm',
  // Bundled CommonJS packages ask for Node's own modules with `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
  },
  metafile: true,
}).catch(() => process.exit(1)); // esbuild has printed what is wrong

// The same linter for the constructs, which call it in the middle of a synth.
await build({
  ...common,
  entryPoints: { synth: 'src/cli/synth.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '$url' },
  banner: { js: "const $url=require('node:url').pathToFileURL(__filename).href;" },
}).catch(() => process.exit(1));

const cli = join(dist, 'cli.js');
const code = readFileSync(cli, 'utf8');
if (!code.startsWith('#!')) writeFileSync(cli, SHEBANG + code);
chmodSync(cli, 0o755);

copyData();
for (const grammar of [
  'web-tree-sitter/web-tree-sitter.wasm',
  '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
])
  copyFileSync(join(root, 'node_modules', grammar), join(dist, 'data', basename(grammar)));
for (const schema of readdirSync(join(root, 'src/lint')).filter((name) => name.endsWith('.schema.json'))) {
  copyFileSync(join(root, 'src/lint', schema), join(dist, schema));
}
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(root, metafile));

const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
if (spawnSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
if (existsSync(join(root, 'constructs/index.ts'))) await buildConstructs(root, dist);

/** A module finds its tables at `./data/NAME` of its own folder; bundled, all of them share `dist/data`. */
function copyData() {
  const from = new Map();
  for (const path of readdirSync(join(root, 'src'), { recursive: true })) {
    const parts = path.split(sep);
    if (parts.at(-2) !== 'data' || !basename(path).includes('.')) continue;
    const name = basename(path);
    if (from.has(name))
      throw new Error(`two data files share one name: src/${from.get(name)} and src/${path}`);
    from.set(name, path);
    mkdirSync(join(dist, 'data'), { recursive: true });
    copyFileSync(join(root, 'src', path), join(dist, 'data', name));
  }
}
