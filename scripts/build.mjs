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
import Module from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildConstructs } from './build-constructs.mjs';
import { thirdPartyLicenses } from './third-party.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.9',
  minify: true,
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
};
const library = await build({
  ...shared,
  entryPoints: { index: 'src/index.ts', judge: 'src/cli/serve/judge.ts' },
  outdir: dist,
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // Bundled CommonJS packages ask for Node's own modules with `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
  },
}).catch(() => process.exit(1)); // esbuild has printed what is wrong

// One file that CommonJS loads: every file and every ES module is felt at the start of a command this short. The same
// for what the constructs call in the middle of a synth.
const command = await build({
  ...shared,
  entryPoints: { command: 'src/cli.ts', synth: 'src/cli/synth.ts' },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // Of Node's own modules only; those of users are run by import-module.cjs.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '$url' },
  banner: { js: "const $url=require('node:url').pathToFileURL(__filename).href;" },
  // Its ES module makes a `require` of its own, which hides the one of CommonJS.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
  plugins: [withoutChildProcesses()],
}).catch(() => process.exit(1));

// It is read as Latin-1, which is fastest; what esbuild leaves of other letters, in regular expressions, is escaped.
const program = join(dist, 'command.cjs');
const escaped = readFileSync(program, 'utf8').replace(
  /[^\0-\x7f]/g,
  (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
writeFileSync(program, Module.wrap(escaped));

copyFileSync(join(root, 'src/cli/import-module.cjs'), join(dist, 'import-module.cjs'));

const start = readFileSync(join(root, 'src/cli/start.cjs'), 'utf8');
writeFileSync(join(dist, 'cli.js'), `#!/usr/bin/env node\n${start}`);
chmodSync(join(dist, 'cli.js'), 0o755);

copyData();
for (const grammar of [
  'web-tree-sitter/web-tree-sitter.wasm',
  '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
])
  copyFileSync(join(root, 'node_modules', grammar), join(dist, 'data', basename(grammar)));
for (const schema of readdirSync(join(root, 'src/lint')).filter((name) => name.endsWith('.schema.json'))) {
  copyFileSync(join(root, 'src/lint', schema), join(dist, schema));
}
writeFileSync(
  join(dist, 'THIRD-PARTY-LICENSES.txt'),
  thirdPartyLicenses(root, {
    inputs: { ...library.metafile.inputs, ...command.metafile.inputs },
  }),
);

// What these need is compiled ahead: with more plans, loading it would take longer than it saves.
const PLANS = ['packages/plan.json', 'packages/tfplan', 'mixed-clean/plan.json', 'lifecycle/plan.json'];
const compile = [
  'scripts/compile-command.cjs',
  'dist/command.cjs',
  ...PLANS.map((path) => `test/fixtures/stacks/${path}`),
];
if (spawnSync(process.execPath, compile, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
  process.exit(1);

const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
if (spawnSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
if (existsSync(join(root, 'constructs/index.ts'))) await buildConstructs(root, dist);

// Node starts `cli.js` sooner where it need not set up ES modules for it.
for (const [folder, type] of Object.entries({
  '.': 'commonjs',
  types: 'module',
  cdktf: 'module',
  cdktn: 'module',
}))
  writeFileSync(join(dist, folder, 'package.json'), `${JSON.stringify({ type })}\n`);

/** Commander loads what starts processes for commands in files of their own, of which there are none here. */
function withoutChildProcesses() {
  return {
    name: 'without-child-processes',
    setup(on) {
      on.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        importer.includes('commander') ? { path: 'child_process', namespace: 'none' } : undefined,
      );
      on.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

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
