// How much of an identity's access its package covers, and what two packages give at once.

import { expect, it } from 'vitest';
import { lintPlan, type Planned, policy, resource, role, told } from '../plans.js';

const IAM = 'arn:aws:iam::123456789012';
const tags = (name: string): object => ({ tags_all: { 'leasehold:package': name } });
const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const BATCH = role(
  'batch',
  {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'lambda.amazonaws.com' },
  },
  {
    tags_all: {
      owner: 'team-shop',
      purpose: 'Serves the shop',
      expires: '2027-03-31',
      'leasehold:package': 'shop',
    },
  },
);
const INLINE = resource('aws_iam_role_policy.batch', {
  role: 'batch',
  policy: policy([allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::shop/*')]),
});
const attached = (of: string, statement: object): Planned[] => [
  resource('aws_iam_policy.more', {
    name: 'more',
    arn: `${IAM}:policy/more`,
    policy: policy([statement]),
    ...tags(of),
  }),
  resource('aws_iam_role_policy_attachment.more', { role: 'batch', policy_arn: `${IAM}:policy/more` }),
];
const shadows = (...resources: readonly Planned[]): string[] =>
  told(lintPlan([BATCH, INLINE, ...resources]), 'shadow-entitlement');
const OUTSIDE =
  'aws_iam_role_policy_attachment.more: Access is given by till outside of its package shop, which names 1 of 2 entitlements (50 %)';

it('a second package that gives more is told as what it is', () =>
  expect(shadows(...attached('till', allow('s3:Get*', 'arn:aws:s3:::shop/*')))).toEqual([OUTSIDE]));

it.each<[string, object]>([
  ['the same', allow('s3:GetObject', 'arn:aws:s3:::shop/*')],
  ['a part', allow('s3:GetObject', 'arn:aws:s3:::shop/public/*')],
])('a second package that gives %s is told so', (_, statement) =>
  expect(shadows(...attached('till', statement))).toEqual([
    `${OUTSIDE}; shop gives all of that too, so revoking one of them does not take it away`,
  ]),
);

it('a policy of the package itself is inside', () => {
  const report = lintPlan([BATCH, INLINE, ...attached('shop', allow('sqs:SendMessage', '*'))]);
  expect(told(report, 'shadow-entitlement')).toEqual([]);
  expect(report.identities[0]?.coverage).toEqual({ total: 2, inside: 2, percent: 100, outside: [] });
});
