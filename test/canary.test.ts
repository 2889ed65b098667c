// No value of a secret ever comes out: every place of every recorded stack that holds one gets a canary, every command
// that takes a plan runs in every format, and no canary may be seen. New commands and formats are found by themselves.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SINKS, SOURCES, STORES } from '../src/catalog/secrets.js';
import { tellsSecret } from '../src/policy/secrets/names.js';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'cli.js');
const stacks = join(root, 'test', 'fixtures', 'stacks');
const folder = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CANARY = /kanarie-[0-9]+-[a-z]+/i;

function run(args: readonly string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    input: '',
    cwd: folder,
    maxBuffer: 2 ** 28,
  });
  return { status, text: stdout + stderr };
}

/** Commands that take a plan, with each of their formats. */
function invocations(): string[][] {
  const names = [...run(['--help']).text.matchAll(/^ {2}([a-z-]+) .*<plan/gm)].map(
    (match) => match[1] as string,
  );
  return names.flatMap((name) => {
    const help = run([name, '--help']).text.replace(/\s+/g, ' ');
    const choices = /--format <format> [^(]*\(choices: ([^)]*?), default/.exec(help)?.[1] ?? '';
    const formats = [...choices.matchAll(/"([a-z-]+)"/g)].map((match) => match[1] as string);
    const needs = help.includes('<package>') ? ['reporting'] : [];
    return formats.length === 0
      ? [[name, ...needs]]
      : formats.map((format) => [name, '--format', format, ...needs]);
  });
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

let planted = 0;
const HIDDEN = new Set(
  [...Object.values(SOURCES), ...Object.values(STORES)]
    .flat()
    .filter((name) => name !== 'value' && name !== 'data'),
);

function canary(): string {
  return `kanarie-${++planted}-zangvogel`;
}

/** Puts canaries where secrets stand: sensitive values, telling names, what the catalog lists. */
function plant(value: Json, key: string, sensitive: Json | undefined, type: string): Json {
  if (typeof value === 'string') return plantText(value, key, sensitive === true, type);
  if (Array.isArray(value))
    return value.map((item, index) =>
      plant(item, key, sensitive === true || (Array.isArray(sensitive) ? sensitive[index] : undefined), type),
    );
  if (typeof value !== 'object' || value === null) return value;
  const own = typeof value.type === 'string' ? value.type : type;
  const marks = (value.after_sensitive ?? value.before_sensitive) as Json | undefined;
  if (typeof value.name === 'string' && typeof value.value === 'string' && tellsSecret(value.name))
    return { ...value, value: canary() };
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const inner =
        typeof sensitive === 'object' && sensitive !== null
          ? (sensitive as Record<string, Json>)[name]
          : sensitive;
      const mark = name === 'after' || name === 'before' ? marks : inner;
      const hint = name === 'constant_value' ? key : name;
      return [name, plant(item, hint, mark ?? undefined, own)];
    }),
  );
}

function plantText(value: string, key: string, sensitive: boolean, type: string): string {
  const isStore = (STORES[type] ?? []).includes(key) || (SOURCES[type] ?? []).includes(key);
  if (/^\s*[[{]"/.test(value) && !isStore && !sensitive) {
    try {
      return JSON.stringify(plant(JSON.parse(value) as Json, key, undefined, type));
    } catch {
      return value;
    }
  }
  if (/user_data|custom_data|startup_script/.test(key))
    return Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${canary()}\n`).toString('base64');
  return sensitive || isStore || tellsSecret(key) || HIDDEN.has(key) ? canary() : value;
}

const all = invocations();

it('finds the commands that take a plan', () => {
  expect(all.map(([name]) => name)).toContain('lint');
  expect(Object.keys(SINKS).length).toBeGreaterThan(20);
});

describe.each(readdirSync(stacks))('%s', (stack) => {
  const path = join(folder, `${stack}.json`);
  const before = planted;
  const document = plant(
    JSON.parse(readFileSync(join(stacks, stack, 'plan.json'), 'utf8')) as Json,
    '',
    undefined,
    '',
  );
  writeFileSync(path, JSON.stringify(document));
  const count = planted - before;

  it.each(all.map((args) => [args.join(' '), args] as const))('%s', (_name, args) => {
    const { status, text } = run([...args, path, '--now', '2026-11-23T00:00:00Z']);
    // A stack without the package ends in a line of its own, and that may hold no canary either.
    if (args[0] !== 'revoke') expect(status, text.slice(0, 300)).toBeLessThan(2);
    expect(CANARY.exec(text)?.[0], `${count} canaries`).toBeUndefined();
  });
});

it('plants canaries that the linter takes for secrets', () => {
  expect(planted).toBeGreaterThan(30);
  const { text } = run(['lint', join(folder, 'lambda-estate.json'), '--now', '2026-11-23T00:00:00Z']);
  expect(text).toContain('secret-exposed');
});
