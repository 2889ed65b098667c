// The tutorial works as it stands there: its files are written, its commands run, and what they print is what it shows.
// The page for editors too: its patterns read what the command writes.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs');
const stacks = join(root, 'test/fixtures/stacks');
const text = (name: string): string => readFileSync(join(docs, name), 'utf8');
const blocks = (page: string): { language: string; body: string }[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', body = '']) => ({
    language,
    body,
  }));

describe('the tutorial', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'leasehold-tutorial-'));
  const bin = mkdtempSync(join(tmpdir(), 'leasehold-bin-'));
  afterAll(() => {
    for (const folder of [cwd, bin]) rmSync(folder, { recursive: true });
  });
  const program = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program('npx', `shift; exec '${process.execPath}' '${join(root, 'dist/cli.js')}' "$@"`);
  program('terraform', `cp '${join(stacks, 'mixed-clean/tfplan')}' "$3"`);

  interface Step {
    readonly name: string;
    /** What main.tf becomes. */
    readonly file?: string;
    readonly command: string;
    readonly shown: readonly string[];
  }
  const steps: Step[] = blocks(text('tutorial.md')).flatMap(({ language, body }): Step[] =>
    language === 'hcl'
      ? [{ name: 'write main.tf', file: body, command: '', shown: [] }]
      : body
          .split(/^\$ /m)
          .slice(1)
          .map((one) => {
            const [command = '', ...shown] = one.trimEnd().split('\n');
            return { name: command, command, shown };
          }),
  );

  it.each(steps)('$name', ({ file, command, shown }) => {
    if (file !== undefined) return writeFileSync(join(cwd, 'main.tf'), file);
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], {
      cwd,
      encoding: 'utf8',
      env: { PATH: bin + delimiter + process.env.PATH, LANG: 'C.UTF-8' },
    });
    expect(stderr).toBe('');
    let from = 0;
    for (const part of shown
      .join('\n')
      .split(/^…$/m)
      .map((one) => one.trim())
      .filter(Boolean)) {
      expect(stdout.slice(from)).toContain(part);
      from = stdout.indexOf(part, from) + part.length;
    }
  });

  it('has steps, and leaves the page that it promises', () => {
    expect(steps.length).toBeGreaterThan(8);
    expect(existsSync(join(cwd, 'report.html'))).toBe(true);
  });
});

it('every link between pages leads somewhere', () => {
  const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
  const broken = pages.flatMap((name) =>
    [...text(name).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(([, path = '', anchor]) => {
      const target = path === '' ? join(docs, name) : join(docs, dirname(name), path);
      if (!existsSync(target)) return [`${name}: ${path}`];
      if (anchor === undefined) return [];
      const heads = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, head = '']) =>
        head
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      return heads.includes(anchor) ? [] : [`${name}: ${path}#${anchor}`];
    }),
  );
  expect(broken).toEqual([]);
});

describe('editors', () => {
  const lint = (format: string): string =>
    spawnSync(
      process.execPath,
      [join(root, 'dist/cli.js'), 'lint', 'tfplan', '--now', '2026-11-23', '--format', format],
      { cwd: join(stacks, 'packages'), encoding: 'utf8' },
    ).stdout;
  interface Pattern {
    readonly regexp: string;
    readonly file: number;
    readonly line: number;
    readonly severity: number;
    readonly message: number;
    readonly code: number;
  }
  const snippet = blocks(text('editors.md')).find(({ language }) => language === 'json')?.body ?? '';
  const patterns: [string, Pattern][] = [
    ['GitHub', JSON.parse(text('problem-matcher.json')).problemMatcher[0].pattern[0]],
    ['VS Code', JSON.parse(snippet).tasks[0].problemMatcher.pattern],
  ];

  it.each(patterns)('%s finds every finding, with its place', (_, pattern) => {
    const read = lint('unix')
      .trimEnd()
      .split('\n')
      .map((line) => new RegExp(pattern.regexp).exec(line) ?? []);
    const { findings } = JSON.parse(lint('json'));
    expect(findings.length).toBeGreaterThan(2);
    expect(
      read.map((match) => [
        match[pattern.file],
        Number(match[pattern.line]),
        match[pattern.severity],
        match[pattern.code],
      ]),
    ).toEqual(
      findings.map(
        ({
          location,
          severity,
          rule,
        }: {
          location: { file: string; line: number };
          severity: string;
          rule: string;
        }) => [location.file, location.line, severity, rule],
      ),
    );
    for (const [index, match] of read.entries())
      expect(match[pattern.message]).toContain(findings[index].message);
  });
});
