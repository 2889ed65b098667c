// Which identity a name leads to: names that are known only in part, and names that several bear.

import { expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { readConfigurationPlan } from '../../src/input/configuration-plan.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { folderOf } from '../folder.js';
import { lintPlan, type Planned, policy, resource, role, told } from '../plans.js';

const parser = await loadGrammar();
const now = new Date('2026-11-23T00:00:00Z');
const QUEUE = policy([
  { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:418293047715:orders' },
]);
const LAMBDA = [
  { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
];

/** Address of each identity → its grants. */
function grantsOf(text: string): Record<string, string[]> {
  const read = readConfigurationPlan(folderOf({ 'main.tf': text }), parser, (path) => path, now);
  const { identities } = buildGraph(read.plan, { now, knownAccounts: [] });
  return Object.fromEntries(
    identities.map(({ address, grants }) => [address, grants.map((grant) => grant.address)]),
  );
}

/** Address → the resources that give it something, and those that prove it. */
function heldBy(...resources: readonly Planned[]): Record<string, string[]> {
  return Object.fromEntries(
    lintPlan(resources).identities.map(({ identity: { address, grants, credentials } }) => [
      address,
      [...grants, ...credentials].map((one) => one.address),
    ]),
  );
}

it.each([
  ['a suffix that a resource makes', 'name = "${random_pet.this.id}-app"', 'aws_iam_role.app.name'],
  ['a local with it', 'name = local.name', 'local.name'],
  ['a variable without a default', 'name = var.name', 'aws_iam_role.app.name'],
  [
    'what is known only in part, in a call',
    'name = substr("${random_pet.this.id}-app", 0, 60)',
    'aws_iam_role.app.id',
  ],
])('a role under a name with %s has its grants', (_, name, reference) => {
  const text = `
    variable "name" { type = string }
    locals { name = "app-\${random_pet.this.id}" }
    resource "random_pet" "this" {}
    resource "aws_iam_role" "app" {
      ${name}
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }
      ] })
    }
    resource "aws_iam_role_policy" "app" {
      role   = ${reference}
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:418293047715:orders" }
      ] })
    }`;
  expect(grantsOf(text)).toEqual({ 'aws_iam_role.app': ['aws_iam_role_policy.app'] });
});

it('a role and a user of one name have each their own grants', () => {
  expect(
    heldBy(
      role('deploy', LAMBDA),
      resource('aws_iam_user.deploy', { name: 'deploy', path: '/' }),
      resource('aws_iam_role_policy.queue', { role: 'deploy', policy: QUEUE }),
      resource('aws_iam_user_policy.queue', { user: 'deploy', policy: QUEUE }),
      resource('aws_iam_access_key.deploy', { user: 'deploy' }),
    ),
  ).toEqual({
    'aws_iam_role.deploy': ['aws_iam_role_policy.queue'],
    'aws_iam_user.deploy': ['aws_iam_user_policy.queue', 'aws_iam_access_key.deploy'],
  });
});

it('of two roles of one name in two accounts the one that is referred to is meant', () => {
  expect(
    heldBy(
      role('live', LAMBDA, { name: 'deploy' }),
      role('trial', LAMBDA, { name: 'deploy' }),
      resource(
        'aws_iam_role_policy.trial',
        { role: 'deploy', policy: QUEUE },
        { role: ['aws_iam_role.trial.name', 'aws_iam_role.trial'] },
      ),
    ),
  ).toEqual({ 'aws_iam_role.live': [], 'aws_iam_role.trial': ['aws_iam_role_policy.trial'] });
});

it('an attachment that a condition gives one of two policies has neither for certain', () => {
  const all = policy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  const report = lintPlan([
    role('app', LAMBDA),
    resource('aws_iam_policy.all', { policy: all }),
    resource('aws_iam_policy.queue', { policy: QUEUE }),
    resource(
      'aws_iam_role_policy_attachment.one',
      { role: 'app' },
      {
        policy_arn: [
          'var.admin',
          'aws_iam_policy.all.arn',
          'aws_iam_policy.all',
          'aws_iam_policy.queue.arn',
          'aws_iam_policy.queue',
        ],
      },
    ),
  ]);
  expect(report.identities.map(({ scope }) => scope.verdict)).toEqual(['undecided']);
});

it.each(['create', 'no-op'] as const)(
  'inline policies without a trace in the configuration count: %s',
  (action) => {
    const all = policy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const app = role('app', LAMBDA, { inline_policy: [{ name: 'all', policy: all }] });
    const dynamic = { unknown: {}, expressions: { inline_policy: undefined } };
    const report = lintPlan([{ ...app, action, nested: dynamic }]);
    expect(report.identities.map((one) => one.scope.verdict)).toEqual(['unbounded']);
    expect(told(report, 'drift-widened')).toEqual([]);
  },
);
