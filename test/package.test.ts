// What users get: the tarball that would be published, installed into an empty folder and run there.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const stacks = join(root, 'test/fixtures/stacks');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Packed {
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

let packed: Packed;
let folder: string;

beforeAll(() => {
  if (!existsSync(join(root, 'dist/cli.js'))) throw new Error('nothing to pack: run `npm run build` first');
  folder = mkdtempSync(join(tmpdir(), 'leasehold-package-'));
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  packed = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }))[0];
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const install = [
    'install',
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    join(folder, packed.filename),
  ];
  execFileSync('npm', install, { cwd: folder, stdio: 'pipe' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const leasehold = (...args: string[]) =>
  spawnSync(join(folder, 'node_modules/.bin/leasehold'), args, { cwd: folder, encoding: 'utf8' });

test('the tarball stays under 5 MB', () => {
  expect(packed.size).toBeLessThan(5_000_000);
});

test('it starts with what was compiled when it was built', () => {
  const tell = join(folder, 'tell.cjs');
  writeFileSync(
    tell,
    `const vm = require('node:vm');
    vm.Script = class extends vm.Script {
      constructor(...given) {
        super(...given);
        console.error('rejected: ' + this.cachedDataRejected);
      }
    };`,
  );
  const cli = join(folder, 'node_modules/leasehold/dist/cli.js');
  const { stderr } = spawnSync(process.execPath, ['--require', tell, cli, '--version'], { encoding: 'utf8' });
  expect(stderr).toBe('rejected: false\n');
});

test('it holds what runs, and neither tests nor sources', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'dist/cli.js', 'dist/THIRD-PARTY-LICENSES.txt']),
  );
  expect(
    paths.filter((path) => !/^(dist\/|(LICENSE|NOTICE|README\.md|CHANGELOG\.md|package\.json)$)/.test(path)),
  ).toEqual([]);
  expect(
    paths.filter((path) => /(^|\/)(test|fixtures|examples)\/|\.test\.|\.map$|(?<!\.d)\.ts$/.test(path)),
  ).toEqual([]);
});

test('every file that package.json names is in it', () => {
  const targets = leaves([manifest.bin, manifest.exports]).map((path) => path.replace('./', ''));
  expect(packed.files.map(({ path }) => path)).toEqual(expect.arrayContaining(targets));
});

test('installing brings one package', () => {
  expect(manifest.dependencies).toBeUndefined();
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'leasehold',
  ]);
});

test('the command says its version', () => {
  const { status, stdout } = leasehold('--version');
  expect([status, stdout.trim()]).toEqual([0, manifest.version]);
});

test.each([
  ['mixed-clean', 0, 'pass'],
  ['privesc', 1, 'fail'],
])('it lints the recorded plan of %s: exit %i', (stack, code, decision) => {
  const { now } = JSON.parse(readFileSync(join(stacks, stack, 'labels.json'), 'utf8'));
  const plan = join(stacks, stack, 'plan.json');
  const { status, stdout, stderr } = leasehold('lint', plan, '--now', now, '--format', 'json');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout).decision).toBe(decision);
  expect(status).toBe(code);
});

test('what cannot be read ends with one line and exit 2', () => {
  const { status, stdout, stderr } = leasehold('lint', 'no-such-plan.json');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^[^\n]*no-such-plan\.json[^\n]*\n$/);
});

test('the library entry is typed for strict users', { timeout: 60_000 }, () => {
  writeFileSync(
    join(folder, 'user.ts'),
    "import { lint } from 'leasehold';\nexport const call: (...args: never[]) => unknown = lint;\n",
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, 'user.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test.each(['cdktf', 'cdktn'])('the constructs load with %s', (framework) => {
  const app = join(folder, `app-${framework}`);
  mkdirSync(join(app, 'node_modules'), { recursive: true });
  cpSync(join(folder, 'node_modules/leasehold'), join(app, 'node_modules/leasehold'), { recursive: true });
  for (const peer of [framework, 'constructs']) {
    symlinkSync(join(root, 'node_modules', peer), join(app, 'node_modules', peer), 'junction');
  }
  const code = `console.log(Object.keys(await import('leasehold/${framework}')).length > 0)`;
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: app, encoding: 'utf8' }),
  ).toBe('true\n');
});

function leaves(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves);
}
