// What an identity may do after all: policies of its own, of its groups and of resources that name it, minus denials,
// within its boundary. Whole plans through the linter.

import { expect, test } from 'vitest';
import { lintPlan, type Planned, policy, resource, role, told } from '../plans.js';

const IAM = 'arn:aws:iam::123456789012';
const statement = (effect: 'Allow' | 'Deny', action: unknown, on: unknown, more: object = {}): object => ({
  Effect: effect,
  Action: action,
  Resource: on,
  ...more,
});
const app = (...values: object[]): Planned =>
  role(
    'app',
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } },
    Object.assign({}, ...values),
  );
const inline = (...statements: object[]): Planned =>
  resource('aws_iam_role_policy.app', { role: 'app', policy: policy(statements) });
const managed = (name: string, ...statements: object[]): Planned[] => [
  resource(`aws_iam_policy.${name}`, { name, arn: `${IAM}:policy/${name}`, policy: policy(statements) }),
  resource(`aws_iam_role_policy_attachment.${name}`, { role: 'app', policy_arn: `${IAM}:policy/${name}` }),
];
const key = (...statements: object[]): Planned =>
  resource('aws_kms_key.data', { policy: policy(statements.map((one) => ({ ...one, Resource: '*' }))) });
const NAMED = { Principal: { AWS: `${IAM}:role/app` } };

const scopeOf = (address: string, resources: readonly Planned[]): string | undefined =>
  lintPlan(resources).identities.find(({ identity }) => identity.address === address)?.scope.verdict;

test.each<[string, readonly Planned[], string]>([
  [
    'two policies together',
    [
      app(),
      inline(statement('Allow', 'sqs:SendMessage', '*')),
      ...managed('more', statement('Allow', '*', '*')),
    ],
    'unbounded',
  ],
  [
    'a denial in another policy',
    [app(), inline(statement('Allow', 's3:*', '*')), ...managed('never', statement('Deny', 's3:*', '*'))],
    'bounded',
  ],
  [
    'a denial of all but some actions',
    [
      app(),
      inline(statement('Allow', '*', '*')),
      ...managed('only', { Effect: 'Deny', NotAction: ['s3:ListBucket'], Resource: '*' }),
    ],
    'bounded',
  ],
  [
    'a denial of all but some resources',
    [
      app(),
      inline(statement('Allow', 's3:PutObject', '*')),
      ...managed('only', { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::shop/*' }),
    ],
    'bounded',
  ],
  [
    'a denial with labels spared',
    [
      app(),
      inline(
        statement('Allow', 'ec2:TerminateInstances', '*'),
        statement('Deny', 'ec2:*', '*', {
          Condition: { StringNotEquals: { 'aws:ResourceTag/team': 'shop' } },
        }),
      ),
    ],
    'bounded',
  ],
  [
    'a boundary',
    [
      app({ permissions_boundary: `${IAM}:policy/limit` }),
      inline(statement('Allow', '*', '*')),
      resource('aws_iam_policy.limit', {
        name: 'limit',
        arn: `${IAM}:policy/limit`,
        policy: policy([statement('Allow', 's3:GetObject', 'arn:aws:s3:::shop/*')]),
      }),
    ],
    'bounded',
  ],
  [
    'a boundary of another stack',
    [app({ permissions_boundary: `${IAM}:policy/elsewhere` }), inline(statement('Allow', '*', '*'))],
    'unbounded',
  ],
  [
    'a boundary that is hidden',
    [
      app({ permissions_boundary: `${IAM}:policy/limit` }),
      inline(statement('Allow', '*', '*')),
      resource(
        'aws_iam_policy.limit',
        { name: 'limit', arn: `${IAM}:policy/limit` },
        { policy: ['data.http.limit.body'] },
      ),
    ],
    'unbounded',
  ],
  ['a key that names it', [app(), key(statement('Allow', 'kms:*', '*', NAMED))], 'broad'],
  [
    'a key that names it and denies it again',
    [app(), key(statement('Allow', 'kms:*', '*', NAMED), statement('Deny', 'kms:*', '*', NAMED))],
    'bounded',
  ],
  [
    'a key that denies everybody but another',
    [
      app(),
      key(statement('Allow', 'kms:*', '*', NAMED), {
        Effect: 'Deny',
        Action: 'kms:*',
        NotPrincipal: { AWS: `${IAM}:role/other` },
      }),
    ],
    'bounded',
  ],
  [
    'a key that denies everybody but it',
    [
      app(),
      key(statement('Allow', 'kms:*', '*', NAMED), {
        Effect: 'Deny',
        Action: 'kms:*',
        NotPrincipal: NAMED.Principal,
      }),
    ],
    'broad',
  ],
  [
    'a bucket that denies a part',
    [
      app(),
      resource('aws_s3_bucket_policy.shop', {
        bucket: 'shop',
        policy: policy([
          statement('Allow', 's3:*', 'arn:aws:s3:::shop/*', NAMED),
          statement('Deny', 's3:*', 'arn:aws:s3:::shop/private/*', NAMED),
        ]),
      }),
    ],
    'broad',
  ],
])('%s', (_, resources, verdict) => {
  expect(scopeOf('aws_iam_role.app', resources)).toBe(verdict);
});

test('a user has what its groups have', () => {
  const user = [
    resource('aws_iam_user.bot', { name: 'bot', path: '/' }),
    resource('aws_iam_group.bots', { name: 'bots' }),
    resource('aws_iam_group_membership.bots', { name: 'bots', group: 'bots', users: ['bot'] }),
    resource('aws_iam_group_policy.pass', {
      group: 'bots',
      policy: policy([
        statement('Allow', 'iam:PassRole', '*', {
          Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
        }),
      ]),
    }),
  ];
  const own = resource('aws_iam_user_policy.bot', {
    user: 'bot',
    policy: policy([
      statement('Allow', 'lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:123456789012:function:x'),
    ]),
  });
  expect(told(lintPlan(user), 'privilege-escalation')).toEqual([]);
  expect(told(lintPlan([...user, own]), 'privilege-escalation')).toEqual([
    'aws_iam_user.bot: Can run a function as any role (iam:PassRole, lambda:CreateFunction)',
  ]);
});

test.each<[string, string, string]>([
  ['a user', 'aws_iam_user.bot', 'broad'],
  ['a role', 'aws_iam_role.app', 'bounded'],
])("a boundary and a resource's policy that names %s", (_, address, verdict) => {
  const limit = `${IAM}:policy/limit`;
  const limited = [
    app({ permissions_boundary: limit }),
    resource('aws_iam_user.bot', { name: 'bot', path: '/', permissions_boundary: limit }),
    resource('aws_iam_policy.limit', {
      name: 'limit',
      arn: limit,
      policy: policy([statement('Allow', 's3:GetObject', 'arn:aws:s3:::shop/*')]),
    }),
    key(statement('Allow', 'kms:*', '*', { Principal: { AWS: [`${IAM}:user/bot`, `${IAM}:role/app`] } })),
  ];
  expect(scopeOf(address, limited)).toBe(verdict);
});

test('a boundary that is not shown is named where it might have helped', () => {
  const elsewhere = [
    app({ permissions_boundary: `${IAM}:policy/elsewhere` }),
    inline(statement('Allow', '*', '*')),
  ];
  expect(told(lintPlan(elsewhere), 'scope-unbounded')).toEqual([
    `aws_iam_role.app: May do any action on any resource; the plan does not show what its permissions boundary (${IAM}:policy/elsewhere) lets through, so it does not count`,
  ]);
});

test('whom a hidden policy lets in is undecided, once for all that are hidden whole', () => {
  const hidden = (name: string): Planned =>
    resource(`aws_s3_bucket_policy.${name}`, { bucket: name }, { policy: ['aws_s3_bucket.shop.arn'] });
  expect(told(lintPlan([app(), hidden('a'), hidden('b')]), 'undecided')).toEqual([
    'aws_s3_bucket_policy.a: Whom its policy lets in is known only after apply, through aws_s3_bucket.shop.arn; the same holds for aws_s3_bucket_policy.b',
  ]);
});
