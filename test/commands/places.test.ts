// Findings name files from where the command runs, so that a pull request shows them where they are.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const stack = join(root, 'test', 'fixtures', 'stacks', 'privesc');
const folder = mkdtempSync(join(tmpdir(), 'leasehold-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

mkdirSync(join(folder, 'live', 'plans'), { recursive: true });
for (const file of ['main.tf', 'tfplan', 'plan.json'])
  copyFileSync(join(stack, file), join(folder, 'live', file));
copyFileSync(join(stack, 'tfplan'), join(folder, 'live', 'plans', 'tfplan'));

function files(cwd: string, ...args: string[]): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'lint', ...args, '--now', '2026-11-23', '--format', 'json'],
    { cwd: join(folder, cwd), encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const { findings } = JSON.parse(stdout) as { findings: { location: { file: string } | null }[] };
  return [...new Set(findings.flatMap(({ location }) => location?.file ?? []))];
}

describe('a file is named', () => {
  it.each<[string, string, string[], string]>([
    ['by the folder of the plan', '.', ['live/tfplan'], 'live/main.tf'],
    ['by nothing more in that folder', 'live', ['./tfplan'], 'main.tf'],
    ['by the folder of the sources', '.', ['live/plan.json', '--source', 'live'], 'live/main.tf'],
    [
      'by the folder of the sources of a plan file',
      '.',
      ['live/plans/tfplan', '--source', 'live'],
      'live/main.tf',
    ],
    ['as the plan does where it lies elsewhere', '.', ['live/plans/tfplan'], 'main.tf'],
    ['as the plan does outside of where the command runs', 'live/plans', ['../tfplan'], 'main.tf'],
    ['as the plan does for an absolute path', '.', [join(folder, 'live', 'tfplan')], 'main.tf'],
    ['by the folder of configuration', '.', ['live'], 'live/main.tf'],
  ])('%s', (_, cwd, args, expected) => expect(files(cwd, ...args)).toEqual([expected]));
});
