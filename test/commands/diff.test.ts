// What a plan changes about access, as people and machines get it.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { readPlan } from '../../src/input/read-plan.js';
import { planBefore } from '../../src/plan/before.js';
import { changesBetween, grows } from '../../src/verdict/change.js';
import { judge } from '../../src/verdict/judge.js';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.js');
const stacks = join(root, 'test', 'fixtures', 'stacks');

function diff(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'diff', ...args], {
    encoding: 'utf8',
    cwd: stacks,
  });
  return { status, stdout, stderr };
}

function changesOf(change: (plan: { resource_changes: Record<string, never>[] }) => void) {
  const document = JSON.parse(readFileSync(join(stacks, 'lifecycle', 'plan.json'), 'utf8'));
  change(document);
  const now = new Date('2026-11-23');
  const { plan } = readPlan('plan.json', Buffer.from(JSON.stringify(document)));
  const judged = (one: typeof plan) => {
    const graph = buildGraph(one, { now, knownAccounts: [] });
    return {
      graph,
      identities: judge(graph, { now, keys: {}, directory: undefined, packages: [] }),
    };
  };
  return changesBetween(judged(planBefore(plan)), judged(plan), plan).identities;
}

describe('a second version of a stack', () => {
  it('is told as people read it', () => expect(diff('lifecycle/plan.json').stdout).toMatchSnapshot());

  it('is the same from the plan file', () => {
    const { identities } = JSON.parse(diff('lifecycle/tfplan', '--format', 'json').stdout);
    expect(identities).toEqual(JSON.parse(diff('lifecycle/plan.json', '--format', 'json').stdout).identities);
  });

  it('is told in Markdown', () =>
    expect(diff('lifecycle/plan.json', '--format', 'markdown').stdout).toMatchSnapshot());

  it('ends with 1 only where it is asked to', () => {
    expect(diff('lifecycle/plan.json').status).toBe(0);
    expect(diff('lifecycle/plan.json', '--exit-code').status).toBe(1);
    expect(diff('nowhere.json')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('a first version', () => {
  it('creates everything', () => {
    const { identities } = JSON.parse(diff('payments-batch/plan.json', '--format', 'json').stdout);
    expect(identities.map((one: { action: string }) => one.action)).toEqual(['created']);
  });
});

describe('a policy', () => {
  const policyOf = (text: object) => (plan: { resource_changes: Record<string, never>[] }) => {
    const found = plan.resource_changes.find(
      ({ address }) => address === 'aws_iam_policy.reporting',
    ) as unknown as {
      change: { after: { policy: string } };
    };
    found.change.after.policy = JSON.stringify({ Version: '2012-10-17', Statement: [text] });
  };
  const reporting = (text: object) =>
    changesOf(policyOf(text)).find(({ address }) => address === 'aws_iam_role.reporting');

  it('that loses a condition widens', () => {
    const before = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    const found = reporting(before);
    expect(found && grows(found)).toBe(true);
  });

  it('that only denies more does not', () => {
    const found = reporting({ Effect: 'Deny', Action: '*', Resource: '*' });
    expect(found?.changes.some(({ direction }) => direction === 'more')).toBe(false);
  });
});

it('nothing that a plan holds becomes markup', () => {
  const document = JSON.parse(readFileSync(join(stacks, 'payments-batch', 'plan.json'), 'utf8'));
  const text = JSON.stringify(document).replaceAll('settlement', '<img src=x>**@all**```\\u001b[31m');
  const { stdout } = spawnSync(process.execPath, [cli, 'diff', '-', '--format', 'markdown'], {
    encoding: 'utf8',
    input: text,
  });
  const outside = stdout
    .split('```')
    .filter((_, index) => index % 2 === 0)
    .join('');
  expect(outside).not.toMatch(/<img|[^\\]\*\*@|@all/);
  expect(stdout).not.toContain('\u001b');
});
