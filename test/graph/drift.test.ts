// What was widened by hand: what a refresh found changed, and what a role keeps although nothing declares it.

import { expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import { type Planned, plan, policy, resource, role, told } from '../plans.js';

const LAMBDA = [
  { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
];
const ALL = policy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const QUEUE = policy([
  { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:418293047715:a' },
]);
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** A role that stands already, and shows this of the cloud. */
function standing(computed: Planned['values']): Planned {
  const written = { unknown: {}, expressions: { inline_policy: undefined, managed_policy_arns: undefined } };
  return { ...role('app', LAMBDA, computed), action: 'no-op', nested: written };
}

/** Scope of the role, and where access was widened. */
function judged(resources: readonly Planned[], more: object = {}): string[] {
  const report = lint(JSON.stringify({ ...JSON.parse(plan(...resources)), ...more }));
  return [
    ...report.identities.map(({ scope }) => scope.verdict),
    ...told(report, 'drift-widened').map((one) => one.split(':')[0] ?? ''),
  ];
}

it.each<[string, Planned['values'], Planned[], string[]]>([
  ['an administrator by hand', { managed_policy_arns: [ADMIN] }, [], ['unbounded', 'aws_iam_role.app']],
  [
    'an inline policy, perhaps of a dynamic block',
    { inline_policy: [{ name: 'x', policy: ALL }] },
    [],
    ['unbounded'],
  ],
  ['a narrow policy of another stack', { inline_policy: [{ name: 'x', policy: QUEUE }] }, [], ['bounded']],
  [
    'what an attachment of the plan declares',
    { managed_policy_arns: [ADMIN] },
    [resource('aws_iam_role_policy_attachment.a', { role: 'app', policy_arn: ADMIN }, {}, 'no-op')],
    ['unbounded'],
  ],
  [
    'what the plan takes away',
    { managed_policy_arns: [ADMIN], inline_policy: [{ name: 'x', policy: ALL }] },
    [
      resource('aws_iam_role_policy_attachment.a', { role: 'app', policy_arn: ADMIN }, {}, 'delete'),
      resource('aws_iam_role_policy.x', { role: 'app', name: 'x', policy: ALL }, {}, 'delete'),
    ],
    ['bounded'],
  ],
])('a role keeps %s', (_, computed, others, expected) => {
  expect(judged([standing(computed), ...others])).toEqual(expected);
});

it('a plan that shows only a part of what is declared tells nothing of what is not', () => {
  expect(judged([standing({ managed_policy_arns: [ADMIN] })], { complete: false })).toEqual(['bounded']);
});

it.each<[string, string, object, object, string[]]>([
  [
    'a boundary that is gone',
    'aws_iam_role.app',
    { permissions_boundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { permissions_boundary: null },
    ['aws_iam_role.app'],
  ],
  [
    'an inline policy that is new',
    'aws_iam_role.app',
    { inline_policy: [] },
    { inline_policy: [{ name: 'x', policy: ALL }] },
    ['aws_iam_role.app'],
  ],
  ['a boundary that is new', 'aws_iam_role.app', {}, { permissions_boundary: ADMIN }, []],
  [
    'a bucket policy that lets everybody in',
    'aws_s3_bucket_policy.b',
    {
      policy: policy([
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal: { AWS: '418293047715' } },
      ]),
    },
    { policy: policy([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal: '*' }]) },
    ['aws_s3_bucket_policy.b'],
  ],
  [
    'a bucket that shows the policy of another resource',
    'aws_s3_bucket.b',
    { policy: policy([]) },
    { policy: policy([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal: '*' }]) },
    [],
  ],
])('%s', (_, address, before, after, expected) => {
  const [type = '', name = ''] = address.split('.');
  const drifted = {
    address,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.opentofu.org/hashicorp/aws',
    change: {
      actions: ['update'],
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
  const resources = [
    standing('inline_policy' in after ? after : {}),
    resource('aws_s3_bucket.b', { bucket: 'b' }, {}, 'no-op'),
    resource('aws_s3_bucket_policy.b', { bucket: 'b', policy: policy([]) }, {}, 'no-op'),
  ];
  expect(judged(resources, { resource_drift: [drifted] }).slice(1)).toEqual(expected);
});
