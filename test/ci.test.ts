// The recipes for pipelines: each is parsed as what reads it would, and every command line in them is one that runs.

import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'cli.js');
const text = (name: string): string => readFileSync(join(root, name), 'utf8');
const page = text('docs/ci.md');
const scratch = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A folder with the plan under all the names that the recipes give it. */
function workplace(): string {
  const folder = mkdtempSync(join(scratch, 'in-'));
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
    runs: {
      using: string;
      steps: { if?: string; env?: Record<string, string>; with?: Record<string, string>; run?: string }[];
    };
  };
  const [step, comment] = action.runs.steps;

  it('uses the inputs that it declares, and in scripts only through the environment', () => {
    const used = new Set([...text('action.yml').matchAll(/\binputs\.([\w-]+)/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
  });

  it('is given in the recipe what it declares', () => {
    const [, recipe = ''] = /^```yaml\n(jobs:[\s\S]*?)^```/m.exec(page) ?? [];
    const steps: { uses?: string; with?: object }[] = parse(recipe).jobs.plan.steps;
    const given = steps.find(({ uses }) => uses?.startsWith('leasehold/'))?.with ?? {};
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(given).toMatchObject({ comment: true, 'upload-sarif': true });
    expect(action.runs.steps.slice(1).map((one) => one.if)).toEqual([
      expect.stringContaining("inputs.comment == 'true'"),
      expect.stringContaining("inputs.upload-sarif == 'true'"),
    ]);
  });

  it.each([
    ['writes a comment where there is none', '', '--method POST repos/o/r/issues/7/comments'],
    ['writes its comment anew', '41\n42\n', '--method PATCH repos/o/r/issues/comments/41'],
  ])('%s', (_, listed, wanted) => {
    const folder = mkdtempSync(join(scratch, 'in-'));
    writeFileSync(join(folder, 'leasehold.md'), '## Report\n');
    writeFileSync(join(folder, 'listed'), listed);
    const gh = `#!/bin/sh
echo "$*" >>calls
case "$*" in *--paginate*) cat listed; printf %s "$MARKER" >marker ;; *) cat >body ;; esac
`;
    writeFileSync(join(folder, 'gh'), gh, { mode: 0o755 });
    const { status, stderr } = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', comment?.run ?? ''], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${folder}${delimiter}${process.env.PATH}`,
        PLAN: '$(touch taken) tfplan',
        FOLDER: '.',
        MARKDOWN: 'leasehold.md',
        COMMENTS: 'repos/o/r/issues',
        NUMBER: '7',
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toContain(wanted);
    const marker = readFileSync(join(folder, 'marker'), 'utf8');
    expect(marker).toMatch(/^<!-- leasehold [0-9a-f]{16} -->$/);
    expect(readFileSync(join(folder, 'body'), 'utf8')).toBe(`${marker}\n## Report\n`);
    expect(existsSync(join(folder, 'taken'))).toBe(false);
  });

  it.each([
    ['mixed-clean', 0],
    ['privesc', 1],
  ])('runs, and ends for %s with %i', (stack, code) => {
    const folder = mkdtempSync(join(scratch, 'in-'));
    copyFileSync(join(root, 'test/fixtures/stacks', stack, 'tfplan'), join(folder, 'tfplan'));
    const defaults = Object.fromEntries(
      Object.entries(step?.env ?? {}).map(([name, value]) => {
        const input = /inputs\.([\w-]+)/.exec(value)?.[1];
        return [name, input === undefined ? '' : (action.inputs[input]?.default ?? '')];
      }),
    );
    const { status, stdout } = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
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

describe('the image', () => {
  const file = text('Dockerfile');
  const instructions = file
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^([A-Z]+)\s+(.*)$/.exec(line)?.slice(1, 3) as [string, string]);
  const last = instructions.slice(instructions.findLastIndex(([name]) => name === 'FROM'));
  const of = (name: string): string => last.find(([one]) => one === name)?.[1] ?? '';

  it('runs as an ordinary user, and copies nothing that it does not need', () => {
    expect(of('USER')).toBe('node');
    expect(of('COPY')).toMatch(/^--from=build /);
    expect(text('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['node_modules', '.git']));
  });

  it('starts a file that the package holds, with a Node that it supports', () => {
    const manifest = JSON.parse(text('package.json'));
    const [program, script = ''] = JSON.parse(of('ENTRYPOINT')) as string[];
    const [source = '', target = ''] = of('COPY').split(' ').slice(1);
    expect(program).toBe('node');
    expect(source).toBe(`/app/node_modules/${manifest.name}`);
    expect(script.startsWith(`${target}/`)).toBe(true);
    expect(existsSync(join(root, script.slice(target.length)))).toBe(true);
    expect(manifest.files).toContain(script.slice(target.length + 1).split('/')[0]);
    const tarball = /\S+\.tgz/.exec(file)?.[0] ?? '';
    expect(tarball).toBe(`/tmp/${manifest.name}-*.tgz`);
    for (const [, major] of file.matchAll(/^FROM node:(\d+)/gm))
      expect([20, 22, 24].map(String)).toContain(major);
  });

  it('is built as the page and the file say', () => {
    const [, commands = ''] = /## Docker\n\n```console\n([\s\S]*?)^```/m.exec(page) ?? [];
    const said = (file.match(/^#\s+(docker build .*)$/m)?.[1] ?? '').split(' && ');
    expect(commands.trim().split('\n')).toEqual(said);
  });
});
