// Every command line that a page shows is one that the command takes, and every file that a page names is there.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../src/reporters/formats.js';
import { loadGrammar } from '../src/source/grammar.js';
import { parseHcl } from '../src/source/hcl.js';

const root = join(import.meta.dirname, '..');
const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'rules/README.md', 'bench/README.md'].concat(
  docs.map((name) => `docs/${name}`),
);
const text = (page: string): string => readFileSync(join(root, page), 'utf8');

const helps = new Map<string, string>();
function help(command: string): string {
  let page = helps.get(command);
  if (page === undefined) {
    const cli = join(root, 'dist/cli.js');
    page = spawnSync(process.execPath, [cli, ...command.split(' '), '--help'], { encoding: 'utf8' }).stdout;
    helps.set(command, page);
  }
  return page;
}

/** `[command, the rest of its line]` for each `leasehold command …` in code. */
function commandLines(page: string): [string, string][] {
  const fences = /^```(\w*)\n([\s\S]*?)^```/gm;
  const shown = [...text(page).matchAll(fences)].filter(
    ([, language]) => !/^(ts|text)$/.test(language ?? ''),
  );
  const inline = text(page)
    .replace(fences, '')
    .matchAll(/`([^`]+)`/g);
  const code = [...shown.map(([, , part]) => part), ...[...inline].map(([, part]) => part)].join('\n');
  return [
    ...code.matchAll(
      /(?<!-n |install )(?<![/\w.-])leasehold(?:@\S+)? (evidence verify|[a-z]+)\b([^\n|&#`"]*)/g,
    ),
  ].map(([, command = '', rest = '']) => [command, rest]);
}

describe('the commands', () => {
  it.each(pages)('of %s are commands, with options that they have', (page) => {
    for (const [command, rest] of commandLines(page)) {
      expect(help(command), command).toContain(`Usage: leasehold ${command}`);
      for (const [flag] of rest.matchAll(/(?<=\s)--?[a-z][a-z-]*/g))
        expect(help(command), `${command}${rest}`).toMatch(new RegExp(`(^|\\s)${flag}[, \\n]`, 'm'));
      for (const [, format = ''] of rest.matchAll(/--(?:report|format) ([a-z-]+)/g))
        if (command === 'lint') expect(FORMATS, rest).toContain(format);
    }
  });

  it('are found', () => {
    const all = pages.flatMap(commandLines);
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(([command]) => command)).size).toBeGreaterThan(12);
  });

  it('of the table of options in the README are options of lint', () => {
    const rows = [...text('README.md').matchAll(/^\| (`--[^|]*) \|/gm)].map(([, cell = '']) => cell);
    expect(rows.length).toBeGreaterThan(7);
    for (const row of rows)
      for (const [flag] of row.matchAll(/--[a-z-]+/g)) expect(help('lint')).toContain(`${flag} `);
    for (const format of FORMATS) expect(text('README.md')).toContain(`\`${format}\``);
  });
});

it('every file that a page leads to is there', () => {
  const broken = pages.flatMap((page) =>
    [...text(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, dirname(page), path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(broken).toEqual([]);
});

it('the recipe for Terragrunt is a configuration, and its hook runs the command on the plan that is made', async () => {
  const [, recipe = ''] = /^```hcl\n([\s\S]*?)^```/m.exec(text('docs/ci.md')) ?? [];
  const { body, broken } = parseHcl('terragrunt.hcl', recipe, await loadGrammar());
  expect(broken ?? null).toBeNull();
  const [terraform] = body.blocks;
  expect(terraform?.type).toBe('terraform');
  expect(terraform?.body.blocks.map(({ type, labels }) => [type, ...labels])).toEqual([
    ['after_hook', 'leasehold'],
    ['extra_arguments', 'plan_file'],
  ]);
  expect(recipe).toMatch(/execute += \["npx", "--yes", "leasehold", "lint", "tfplan"\]/);
  expect(recipe).toContain('"-out=tfplan"');
});
