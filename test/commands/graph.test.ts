// The access graph as other tools and pictures get it.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const stacks = join(root, 'test', 'fixtures', 'stacks');
const schema = JSON.parse(readFileSync(join(root, 'src', 'lint', 'graph.schema.json'), 'utf8'));
const fits = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

function graph(args: readonly string[], input = ''): string {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'graph', ...args, '--now', '2026-11-23T00:00:00Z'],
    { encoding: 'utf8', cwd: stacks, input, maxBuffer: 2 ** 26 },
  );
  expect(status).toBe(0);
  return stdout;
}

describe.each(readdirSync(stacks))('%s', (stack) => {
  it('fits the published schema', () => {
    fits(JSON.parse(graph([`${stack}/plan.json`])));
    expect(fits.errors ?? []).toEqual([]);
  });
});

it('several plans stand in one frame', () => {
  const frame = JSON.parse(graph(['packages/plan.json', 'clusters/plan.json']));
  fits(frame);
  expect(fits.errors ?? []).toEqual([]);
  expect(frame.graphs).toHaveLength(2);
});

describe('a picture', () => {
  it('of packages, for Graphviz', () => expect(graph(['packages/plan.json', '-f', 'dot'])).toMatchSnapshot());
  it('of packages, for Mermaid', () =>
    expect(graph(['packages/plan.json', '-f', 'mermaid'])).toMatchSnapshot());

  it('keeps every name inside of its quotes', () => {
    const plan = readFileSync(join(stacks, 'payments-batch', 'plan.json'), 'utf8').replaceAll(
      'settlement-batch',
      'a\\"];x -> y;\\n<script>|]',
    );
    for (const line of graph(['-', '-f', 'dot'], plan).split('\n').slice(3))
      expect(line).toMatch(/^( {2}\w+( -> \w+)?( \[label="(?:[^"\\]|\\.)*".*\])?;|\}|)$/);
    for (const line of graph(['-', '-f', 'mermaid'], plan).split('\n').slice(1))
      expect(line.replaceAll('<br>', '').match(/"[^"]*"/)?.[0] ?? '').not.toMatch(/[<>|[\]{}\\]/);
  });
});
