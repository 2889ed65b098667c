// Whose accounts a plan works in, where nothing but its policies tells.

import { expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { readConfigurationPlan } from '../../src/input/configuration-plan.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { folderOf } from '../folder.js';

const parser = await loadGrammar();
const now = new Date('2026-11-23T00:00:00Z');
const OURS = '408215637904';
const THEIRS = '730335192746';

const whole = (...accounts: string[]): object => ({
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: '*',
  Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
});

function graphOf(...statements: object[]) {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const text = `resource "aws_kms_key" "orders" {\n  policy = ${JSON.stringify(policy)}\n}\n`;
  const { plan } = readConfigurationPlan(folderOf({ 'main.tf': text }), parser, (path) => path, now);
  return buildGraph(plan, { now, knownAccounts: [] });
}

it('a key is of the account that may do everything with it', () => {
  const graph = graphOf(whole(OURS));
  expect(graph.ownAccounts).toEqual([OURS]);
  expect(graph.openings).toEqual([]);
});

it('whoever may only use it is a stranger', () => {
  const graph = graphOf(whole(OURS), { ...whole(THEIRS), Action: 'kms:Decrypt' });
  expect(graph.ownAccounts).toEqual([OURS]);
  expect(graph.openings.map(({ text }) => text)).toEqual([expect.stringContaining(THEIRS)]);
});

it('of two that may do everything neither is taken for the own one', () => {
  expect(graphOf(whole(OURS, THEIRS)).ownAccounts).toEqual([]);
});
