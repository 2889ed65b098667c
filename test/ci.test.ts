// The recipes for pipelines: each is parsed as what reads it would, and every command line in them is one that runs.

import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'cli.js');
const text = (name: string): string => readFileSync(join(root, name), 'utf8');
const page = text('docs/ci.md');

/** A folder with the plan under all the names that the recipes give it. */
function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leasehold-'));
  const stack = join(root, 'test/fixtures/stacks/mixed-clean');
  cpSync(stack, folder, { recursive: true });
  copyFileSync(join(stack, 'plan.json'), join(folder, 'spacelift.plan.json'));
  return folder;
}

function commandsIn(source: string): string[] {
  const joined = source
    .replace(/\\\n\s*/g, ' ')
    .replace(
      /\$\[\[ inputs\.(\S+) \]\]/g,
      (_, name) => ({ plan: 'tfplan', 'fail-on': 'error' })[name as string] ?? 'x',
    );
  return [...joined.matchAll(/leasehold(?:@\S+)? ((?:lint|baseline|diff|graph|revoke) [^\n"'`#]*)/g)].map(
    (match) => (match[1] as string).replaceAll('$PLANFILE', 'tfplan').trim(),
  );
}

describe('every command line of docs/ci.md', () => {
  const folder = workplace();
  it.each(commandsIn(page))('%s', (line) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...line.split(/\s+/)], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect([0, 1]).toContain(status);
  });

  it('is found', () => expect(commandsIn(page).length).toBeGreaterThan(7));
});

describe('every block of YAML in docs/ci.md', () => {
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block]) => block as string);
  it.each(blocks.map((block, index) => [index + 1, block] as const))('%i parses', (_, block) => {
    expect(typeof parse(block)).toBe('object');
  });
});

describe('the GitHub action', () => {
  const action = parse(text('action.yml')) as {
    inputs: Record<string, { default?: string; required?: boolean }>;
    outputs: Record<string, { value: string }>;
    runs: { using: string; steps: { id: string; env: Record<string, string>; run: string }[] };
  };
  const [step] = action.runs.steps;

  it('reads each input once, and only through the environment', () => {
    const used = Object.values(step?.env ?? {}).flatMap((value) => /inputs\.([\w-]+)/.exec(value)?.[1] ?? []);
    expect([...used, 'working-directory'].sort()).toEqual(Object.keys(action.inputs).sort());
    expect(step?.run).not.toContain('${{');
  });

  it.each([
    ['mixed-clean', 0],
    ['privesc', 1],
  ])('runs, and ends for %s with %i', (stack, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'leasehold-'));
    copyFileSync(join(root, 'test/fixtures/stacks', stack, 'tfplan'), join(folder, 'tfplan'));
    const defaults = Object.fromEntries(
      Object.entries(step?.env ?? {}).map(([name, value]) => {
        const input = /inputs\.([\w-]+)/.exec(value)?.[1];
        return [name, input === undefined ? '' : (action.inputs[input]?.default ?? '')];
      }),
    );
    const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', step?.run ?? ''], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        ...defaults,
        PLAN: 'tfplan',
        LEASEHOLD: `${process.execPath} ${cli}`,
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      },
    });
    expect(status, stdout).toBe(code);
    expect(readFileSync(join(folder, 'output'), 'utf8')).toBe(
      'sarif=leasehold.sarif\nmarkdown=leasehold.md\n',
    );
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('Machine access');
    expect(JSON.parse(readFileSync(join(folder, 'leasehold.sarif'), 'utf8')).version).toBe('2.1.0');
  });
});

describe('the GitLab component', () => {
  const [spec, jobs] = parseAllDocuments(text('templates/leasehold.yml')).map((document) => document.toJS());

  it('uses the inputs that it declares', () => {
    const used = new Set(
      [...text('templates/leasehold.yml').matchAll(/\$\[\[ inputs\.(\S+) \]\]/g)].map((match) => match[1]),
    );
    expect([...used].sort()).toEqual(Object.keys(spec.spec.inputs).sort());
  });

  it('runs a command that is one, and hands over what it writes', () => {
    const folder = workplace();
    const [line = ''] = commandsIn(jobs.leasehold.script.join('\n'));
    expect(spawnSync(process.execPath, [cli, ...line.split(/\s+/)], { cwd: folder }).status).toBe(0);
    for (const path of Object.values(jobs.leasehold.artifacts.reports as Record<string, string>))
      expect(existsSync(join(folder, path)), path).toBe(true);
  });
});

it('the pre-commit hook runs a command that is one', () => {
  const [hook] = parse(text('.pre-commit-hooks.yaml')) as {
    entry: string;
    files: string;
    pass_filenames: boolean;
  }[];
  const [program, ...args] = hook?.entry.split(' ') ?? [];
  expect(program).toBe('leasehold');
  expect(spawnSync(process.execPath, [cli, ...args], { cwd: workplace() }).status).not.toBe(2);
  for (const file of ['main.tf', 'cdk.tf.json', 'a.tofu'])
    expect(new RegExp(hook?.files ?? '').test(file)).toBe(true);
});

it('the image runs as an ordinary user, and copies nothing that it does not need', () => {
  const lines = text('Dockerfile').split('\n');
  const last = lines.lastIndexOf(lines.filter((line) => line.startsWith('FROM')).at(-1) ?? '');
  expect(lines.slice(last).join('\n')).toContain('USER node');
  expect(text('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['node_modules', '.git']));
});
