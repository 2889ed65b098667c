import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { judgeScope } from '../../../src/policy/aws/scope.js';
import { access, allow, deny, ORIGIN } from './policies.js';

const bucket = symbol('aws_s3_bucket.raw.arn', true);
const account = symbol('data.aws_caller_identity.current.account_id', true);
const open = symbol('var.resource', false);

type Case = readonly [statements: unknown, verdict: string, texts: readonly string[]];

function judge([statements, verdict, texts]: Case): void {
  const { verdict: found, reasons } = judgeScope(access(statements));
  expect([found, reasons.map(({ text }) => text)]).toEqual([verdict, texts]);
}

describe('unbounded', () => {
  test.each<Case>([
    [allow('*', '*'), 'unbounded', ['any action on any resource']],
    [allow('*:*', 'arn:aws:*'), 'unbounded', ['any action on any resource']],
    [
      allow(['s3:GetObject', '*'], ['arn:aws:s3:::x', '*']),
      'unbounded',
      ['any action on any resource', 'any action on arn:aws:s3:::x', 's3:GetObject on every resource'],
    ],
    [allow('*', 'arn:aws:*:*:123456789012:*'), 'unbounded', ['any action on arn:aws:*:*:123456789012:*']],
    [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' },
      'unbounded',
      ['any action except iam:*, organizations:* on any resource'],
    ],
    [
      { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x' },
      'unbounded',
      ['any action on all but some resources'],
    ],
    [allow('iam:*', '*'), 'unbounded', ['all of iam on every resource']],
    [[allow('*', '*'), deny('iam:*', '*')], 'unbounded', ['any action on any resource']],
    [
      [allow('*', '*'), deny('*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })],
      'unbounded',
      ['any action on any resource'],
    ],
  ])('%j', (...one) => judge(one));
});

describe('broad: whole services', () => {
  test.each<Case>([
    [allow('s3:*', 'arn:aws:s3:::raw'), 'broad', ['all of s3']],
    [allow('S3:**', bucket), 'broad', ['all of s3']],
    [allow('sqs:*', '*'), 'broad', ['all of sqs on every resource']],
    [allow('unheard-of:*', 'arn:aws:unheard-of:::x'), 'broad', ['all of unheard-of']],
    [allow('iam:*', 'arn:aws:iam::123456789012:*'), 'broad', ['all of iam on arn:aws:iam::123456789012:*']],
    [allow('*', 'arn:aws:s3:::raw'), 'broad', ['any action on arn:aws:s3:::raw']],
    [
      { Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: bucket },
      'broad',
      ['any action except s3:DeleteBucket on ⟨aws_s3_bucket.raw.arn⟩'],
    ],
    [
      allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': 'batch' } }),
      'broad',
      ['any action on any resource'],
    ],
    [
      [allow('sqs:*', 'arn:aws:sqs:eu-west-1:1:q'), deny('sqs:DeleteQueue', '*')],
      'broad',
      ['all of sqs but 1 of 20 actions'],
    ],
  ])('%j', (...one) => judge(one));
});

describe('broad: changes and data reads on everything, or on every object of a type', () => {
  test.each<Case>([
    [allow('s3:DeleteObject', '*'), 'broad', ['s3:DeleteObject on every resource']],
    [allow('iam:PassRole', '*'), 'broad', ['iam:PassRole on every resource']],
    [
      allow('sts:AssumeRole', 'arn:aws:iam::123456789012:role/*'),
      'broad',
      ['sts:AssumeRole on arn:aws:iam::123456789012:role/*'],
    ],
    [
      allow('sts:AssumeRole', `arn:aws:iam::${account}:role/*`),
      'broad',
      ['sts:AssumeRole on arn:aws:iam::⟨data.aws_caller_identity.current.account_id⟩:role/*'],
    ],
    [allow('s3:GetObject', 'arn:aws:s3:::*'), 'broad', ['s3:GetObject on arn:aws:s3:::*']],
    [allow('s3:GetObject', 'arn:aws:s3:::*/*'), 'broad', ['s3:GetObject on arn:aws:s3:::*/*']],
    [
      allow('dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:1:table/*'),
      'broad',
      ['dynamodb:Query on arn:aws:dynamodb:eu-west-1:1:table/*'],
    ],
    [
      allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:*'),
      'broad',
      ['secretsmanager:GetSecretValue on arn:aws:secretsmanager:*:*:secret:*'],
    ],
    [
      allow('ssm:GetParameter*', 'arn:aws:ssm:*:*:parameter/*'),
      'broad',
      [
        'ssm:GetParameter, ssm:GetParameterHistory, ssm:GetParameters and 1 more on arn:aws:ssm:*:*:parameter/*',
      ],
    ],
    [allow('kms:Decrypt', '*'), 'broad', ['kms:Decrypt on every resource']],
    [allow('sqs:ReceiveMessage', '*'), 'broad', ['sqs:ReceiveMessage on every resource']],
    [allow('ec2:CreateTags', '*'), 'broad', ['ec2:CreateTags on every resource']],
    [allow('shop:SellThing', '*'), 'broad', ['shop:sellthing on every resource']],
    [allow(['s3:PutObject'], ['arn:aws:s3:::raw/*', '*']), 'broad', ['s3:PutObject on every resource']],
    [
      { Effect: 'Allow', Action: 's3:PutObject', NotResource: 'arn:aws:s3:::raw/*' },
      'broad',
      ['s3:PutObject on all but some resources'],
    ],
    [
      allow('ec2:StopInstances', '*', { StringEqualsIfExists: { 'aws:ResourceTag/team': 'batch' } }),
      'broad',
      ['ec2:StopInstances on every resource'],
    ],
    [
      allow('ec2:StopInstances', '*', { StringLike: { 'aws:ResourceTag/team': '*' } }),
      'broad',
      ['ec2:StopInstances on every resource'],
    ],
    [
      allow('ec2:StopInstances', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
      'broad',
      ['ec2:StopInstances on every resource'],
    ],
    [
      [allow('sqs:*', '*'), deny('sqs:*', 'arn:aws:sqs:eu-west-1:1:q')],
      'broad',
      ['all of sqs on every resource'],
    ],
    [
      [allow('s3:DeleteObject', '*'), deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })],
      'broad',
      ['s3:DeleteObject on every resource'],
    ],
  ])('%j', (...one) => judge(one));
});

describe('bounded', () => {
  test.each<Case>([
    [[], 'bounded', []],
    [allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::raw/*'), 'bounded', []],
    [allow('s3:GetObject', 'arn:aws:s3:::northgate-*'), 'bounded', []],
    [allow(['s3:PutObject', 's3:DeleteObject'], `${bucket}/*`), 'bounded', []],
    [
      allow(['s3:ListBucket', 's3:GetBucketLocation', 'ec2:Describe*', 'iam:Get*', 'iam:List*'], '*'),
      'bounded',
      [],
    ],
    [allow(['iam:SimulatePrincipalPolicy', 'iam:GenerateServiceLastAccessedDetails'], '*'), 'bounded', []],
    [
      allow(
        [
          'ecr:GetAuthorizationToken',
          'cloudwatch:PutMetricData',
          'xray:PutTraceSegments',
          'sts:GetCallerIdentity',
        ],
        '*',
      ),
      'bounded',
      [],
    ],
    [
      allow(['ssmmessages:CreateDataChannel', 'ce:GetCostAndUsage', 'secretsmanager:GetRandomPassword'], '*'),
      'bounded',
      [],
    ],
    [allow('iam:PassRole', 'arn:aws:iam::123456789012:role/service-role/*'), 'bounded', []],
    [allow('logs:PutLogEvents', 'arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/x:*'), 'bounded', []],
    [allow('ec2:StopInstances', '*', { StringEquals: { 'aws:ResourceTag/team': 'batch' } }), 'bounded', []],
    [
      allow('ec2:StopInstances', '*', { StringLike: { 'ec2:ResourceTag/team': '${aws:PrincipalTag/team}' } }),
      'bounded',
      [],
    ],
    [
      allow('ec2:RunInstances', '*', { 'ForAnyValue:StringEquals': { 'aws:RequestTag/team': ['batch'] } }),
      'bounded',
      [],
    ],
    [
      allow('iam:CreateServiceLinkedRole', '*', {
        StringLike: { 'iam:AWSServiceName': ['fsx.amazonaws.com'] },
      }),
      'bounded',
      [],
    ],
    [
      allow('kms:Decrypt', '*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/batch' } }),
      'bounded',
      [],
    ],
    // The action does not work on what the pattern names.
    [allow('s3:DeleteBucket', 'arn:aws:sqs:*:*:*'), 'bounded', []],
    [[allow('s3:DeleteObject', '*'), deny('s3:Delete*', '*')], 'bounded', []],
    [[allow('*', '*'), deny('*', '*')], 'bounded', []],
    [
      [allow('*', '*'), { Effect: 'Deny', NotAction: ['s3:ListBucket', 'ec2:Describe*'], Resource: '*' }],
      'bounded',
      [],
    ],
    [
      [allow('s3:DeleteObject', '*'), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::raw/*' }],
      'bounded',
      [],
    ],
    [
      [
        allow('sqs:*', 'arn:aws:sqs:eu-west-1:1:q'),
        { Effect: 'Deny', NotAction: 'sqs:SendMessage', Resource: '*' },
      ],
      'bounded',
      [],
    ],
  ])('%j', (...one) => judge(one));
});

describe('known after apply', () => {
  test.each<Case>([
    [
      allow('s3:DeleteObject', open),
      'undecided',
      ['s3:DeleteObject on ⟨var.resource⟩, known only after apply'],
    ],
    [
      allow('s3:DeleteObject', `arn:aws:s3:::${open}`),
      'undecided',
      ['s3:DeleteObject on arn:aws:s3:::⟨var.resource⟩, known only after apply'],
    ],
    [
      allow(symbol('var.action', false), bucket),
      'undecided',
      ['an action known only after apply (⟨var.action⟩)'],
    ],
    // However it turns out, it is bounded.
    [allow(['s3:ListBucket', 'ecr:GetAuthorizationToken'], open), 'bounded', []],
    [allow('s3:DeleteObject', `arn:aws:s3:::raw/${open}`), 'bounded', []],
    // It is broad for certain, and may be worse.
    [
      allow('*', open),
      'broad',
      [
        'any action on ⟨var.resource⟩, known only after apply',
        'any action on ⟨var.resource⟩, known only after apply',
      ],
    ],
  ])('%j', (...one) => judge(one));

  test('a denial of something unknown takes nothing away', () => {
    const { verdict } = judgeScope(access([allow('s3:DeleteObject', '*'), deny('s3:*', open)]));
    expect(verdict).toBe('broad');
  });
});

describe('a boundary', () => {
  test.each([
    [allow('*', '*'), allow('s3:GetObject', 'arn:aws:s3:::raw/*'), 'bounded'],
    [allow('s3:*', '*'), allow(['s3:GetObject', 's3:PutObject'], '*'), 'broad'],
    [allow('s3:*', 'arn:aws:s3:::raw'), allow(['s3:GetObject', 's3:PutObject'], '*'), 'bounded'],
    [allow('s3:Delete*', '*'), allow('s3:*', 'arn:aws:s3:::northgate-*'), 'bounded'],
    [allow('s3:GetObject', 'arn:aws:s3:::raw/*'), allow('*', '*'), 'bounded'],
    [allow('*', '*'), allow('*', '*'), 'unbounded'],
    [allow('*', '*'), [allow('*', '*'), deny('iam:*', '*')], 'unbounded'],
    [allow('iam:*', '*'), [allow('*', '*'), deny('iam:*', '*')], 'bounded'],
    [allow('iam:*', '*'), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'bounded'],
    [allow('*', '*'), [], 'bounded'],
    [[], allow('*', '*'), 'bounded'],
    [
      allow('ec2:StopInstances', '*'),
      allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/team': 'x' } }),
      'bounded',
    ],
  ])('%j within %j is %s', (statements, boundary, verdict) => {
    expect(judgeScope(access(statements, boundary)).verdict).toBe(verdict);
  });
});

test('reasons say where they stand, worst first', () => {
  const { reasons } = judgeScope(access([allow('s3:PutObject', open), allow('sqs:*', '*'), allow('*', '*')]));
  expect(reasons).toEqual([
    { level: 'unbounded', text: 'any action on any resource', origin: ORIGIN, index: 3 },
    { level: 'broad', text: 'all of sqs on every resource', origin: ORIGIN, index: 2 },
    {
      level: 'undecided',
      text: 's3:PutObject on ⟨var.resource⟩, known only after apply',
      origin: ORIGIN,
      index: 1,
    },
  ]);
});

describe('hostile policies get a verdict', () => {
  const many = (count: number, one: (place: number) => string) =>
    Array.from({ length: count }, (_, place) => one(place));

  test.each([
    [
      'actions and resources',
      [
        allow(
          many(600, (n) => `s3:*${n}*a*b`),
          many(600, (n) => `arn:*:*${n}*`),
        ),
      ],
    ],
    [
      'wildcards in services',
      [
        allow(
          many(500, (n) => `*${n % 10}*:*a*b*`),
          many(90, (n) => `arn:*:*${n}*`),
        ),
      ],
    ],
    [
      'wildcards in names',
      [
        allow(
          many(600, (n) => `ec2:*${n}*a*b`),
          '*',
        ),
      ],
    ],
    [
      'denials',
      [
        allow(
          many(200, (n) => `ec2:*${n % 10}*a*`),
          many(100, (n) => `*${n}*`),
        ),
        ...many(120, (n) => `*${n}*x`).map((one) => deny('*e*', one)),
      ],
    ],
    ['statements', many(400, (n) => `ec2:*${n}*`).map((one) => allow(one, '*'))],
  ])(
    '%s',
    (_, statements) => {
      expect(judgeScope(access(statements, statements)).verdict).toMatch(/^(bounded|broad|unbounded)$/);
    },
    60_000,
  );
});
