// `npm run new-rule` writes a rule that runs: its examples pass before anything is filled in.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const SKIPPED = ['.git', 'node_modules', 'dist', 'coverage', 'tmp', 'test'];

function copyOfTheTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'leasehold-new-rule-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  cpSync(root, copy, { recursive: true, filter: (path) => !SKIPPED.includes(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  // The picture is made of a recorded plan.
  cpSync(join(root, 'test/fixtures'), join(copy, 'test/fixtures'), { recursive: true });
  cpSync(join(root, 'test/rules.test.ts'), join(copy, 'test/rules.test.ts'));
  // A script compares with what these tests know.
  for (const folder of ['test/source', 'test/tofu'])
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !path.endsWith('.test.ts'),
    });
  return copy;
}

test('a new rule, and what is no rule', { timeout: 120_000 }, () => {
  const cwd = copyOfTheTree();
  const run = (command: string, ...args: string[]) =>
    spawnSync(process.execPath, [...command.split(' '), ...args], { cwd, encoding: 'utf8' });
  const newRule = (...args: string[]) => run('--import tsx scripts/new-rule.mjs', ...args);

  expect(newRule('Bad Name').stderr).toContain('usage:');
  expect(newRule('agent-unbounded').stderr).toContain('"agent-unbounded" is no category');
  expect(newRule('owner-missing').stderr).toContain('ids are permanent');

  const { status, stderr } = newRule('agent-unbounded', 'scope-broad');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(run('node_modules/typescript/bin/tsc', '--noEmit').stdout).toBe('');
  const tests = run('node_modules/vitest/vitest.mjs', 'run', 'test/rules.test.ts', '-t', 'agent-unbounded');
  expect({ status: tests.status, stdout: tests.stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/3 passed/),
  });
});
