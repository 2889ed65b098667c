// The examples, synthesised under both frameworks as a project would, give the same JSON.

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
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Synthesised } from './synth.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const STACKS = readdirSync(join(ROOT, 'examples/stacks'))
  .filter((name) => name !== 'main.ts')
  .map((name) => name.replace(/\.ts$/, ''));
const folders: string[] = [];

/** An app that its governance stops; an aspect of `Aspects.of(app)` would never have run. */
const GOVERNED = `
import { App, TerraformStack } from 'cdktf';
import { Governance, Provider, Resource } from './constructs/index.js';
const app = new App();
Governance.of(app).enforce({ config: false, now: new Date('2026-11-23T00:00:00Z') });
const stack = new TerraformStack(app, 'legacy');
new Provider(stack, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
new Resource(stack, 'user', 'aws_iam_user', { name: 'billing' });
app.synth();
`;

/** A copy of the sources beside `node_modules`, with the framework's name rewritten as the build does. */
function stage(framework: string): string {
  mkdirSync(join(ROOT, 'tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'tmp', `${framework}-`));
  folders.push(folder);
  for (const source of ['constructs', 'examples/stacks', 'src/access', 'package.json'])
    cpSync(join(ROOT, source), join(folder, source), { recursive: true });
  symlinkSync(join(ROOT, 'dist'), join(folder, 'dist'), 'junction');
  writeFileSync(join(folder, 'governed.ts'), GOVERNED);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.startsWith('dist')) continue;
    const source = readFileSync(join(folder, path), 'utf8');
    writeFileSync(join(folder, path), source.replaceAll("from 'cdktf'", `from '${framework}'`));
  }
  return folder;
}

function synthesise(framework: string): Map<string, Synthesised> {
  const folder = stage(framework);
  // As `cdktf.json` runs it; the language of a locale or a proxy of the machine changes nothing.
  execFileSync(process.execPath, ['--import', TSX, 'examples/stacks/main.ts'], {
    cwd: folder,
    stdio: 'pipe',
  });
  return new Map(
    STACKS.map((name) => {
      const json = JSON.parse(readFileSync(join(folder, 'cdktf.out/stacks', name, 'cdk.tf.json'), 'utf8'));
      // The framework's own version, and its state file, which it names by an absolute path.
      delete json['//'].metadata.version;
      delete json.terraform.backend;
      return [name, json];
    }),
  );
}

describe('cdktf and cdktn', () => {
  let results: Map<string, Map<string, Synthesised>>;
  beforeAll(() => {
    results = new Map(['cdktf', 'cdktn'].map((framework) => [framework, synthesise(framework)]));
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it.each(STACKS)('write the same %s', (name) => {
    const [cdktf, cdktn] = ['cdktf', 'cdktn'].map((framework) => results.get(framework)?.get(name));
    expect(cdktn).toEqual(cdktf);
    expect(Object.keys(cdktf.resource).length).toBeGreaterThan(3);
  });

  it('name the lines of the example, relative to the project', () => {
    const sources = [...(results.get('cdktn')?.values() ?? [])].flatMap((json) =>
      [...JSON.stringify(json).matchAll(/"source":"([^"]+\.ts:\d+)"/g)].map((match) => match[1]),
    );
    expect(new Set(sources.map((source) => source?.replace(/:\d+$/, '')))).toEqual(
      new Set(STACKS.map((name) => `examples/stacks/${name}.ts`)),
    );
  });

  it.each(['cdktf', 'cdktn'])('stop at the rules of the linter, as %s', (framework) => {
    const folder = folders[['cdktf', 'cdktn'].indexOf(framework)] as string;
    const { status, stderr } = spawnSync(process.execPath, ['--import', TSX, 'governed.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/\[legacy\] governed\.ts:8: owner-missing: /);
    expect(existsSync(join(folder, 'cdktf.out/stacks/legacy/cdk.tf.json'))).toBe(false);
  });

  it('leave no trace of this machine in what a block says about itself', () => {
    for (const stacks of results.values())
      for (const json of stacks.values()) expect(JSON.stringify(json)).not.toContain(ROOT);
  });
});
