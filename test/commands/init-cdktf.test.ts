// The starter that `leasehold init cdktf` writes works as it is: it type-checks, synthesises, and passes the linter.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.js');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A folder below the repository, where the framework is found, and this package as if it were installed. */
function place(): string {
  mkdirSync(join(root, 'tmp'), { recursive: true });
  const folder = mkdtempSync(join(root, 'tmp', 'starter-'));
  made.push(folder);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/leasehold'), 'junction');
  return folder;
}

function node(cwd: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
}

describe.each(['cdktf', 'cdktn'])('leasehold init %s', (framework) => {
  const folder = place();

  it('writes an app that synthesises and passes the strict profile', { timeout: 60_000 }, () => {
    const written = node(folder, cli, 'init', framework, '--owner', 'team-shop@example.com');
    expect(written.stderr).toBe('');
    expect(written.stdout).toContain('written  stacks/orders.ts');
    expect(node(folder, tsc, '-p', '.').stdout).toBe('');
    const synth = node(folder, '--import', tsx, 'main.ts');
    expect(synth.stderr).not.toContain('Error');
    expect(synth.status).toBe(0);
    const lint = node(folder, cli, 'lint', 'cdktf.out', '--strict', '--format', 'json');
    expect(JSON.parse(lint.stdout)).toMatchObject({
      decision: 'pass',
      findings: [],
      identities: [{ package: 'orders', owner: { value: 'team-shop@example.com' } }],
    });
  });

  it('keeps what is there', () => {
    writeFileSync(join(folder, 'main.ts'), '// mine\n');
    const again = node(folder, cli, 'init', framework);
    expect(again.stdout).toContain('kept     main.ts');
    expect(again.stdout).toContain(`npm install ${framework} constructs leasehold`);
    expect(readFileSync(join(folder, 'main.ts'), 'utf8')).toBe('// mine\n');
    node(folder, cli, 'init', framework, '--force');
    expect(readFileSync(join(folder, 'main.ts'), 'utf8')).toContain(`from 'leasehold/${framework}'`);
  });
});
