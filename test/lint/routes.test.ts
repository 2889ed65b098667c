// Ways to more rights that lead through other identities of the plan: told with every step, and only where they end at
// somebody who may do more.

import { describe, expect, test } from 'vitest';
import { deferredDocument, lintPlan, type Planned, policy, resource, role, told } from '../plans.js';

const ACCOUNT = '123456789012';
const arn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`;
const ROOT = { AWS: arn('root') };
const trust = (principal: unknown, condition?: unknown): unknown => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: principal,
  ...(condition === undefined ? {} : { Condition: condition }),
});
const service = (name: string): unknown => trust({ Service: `${name}.amazonaws.com` });
const allow = (action: unknown, on: unknown, condition?: unknown): unknown => ({
  Effect: 'Allow',
  Action: action,
  Resource: on,
  ...(condition === undefined ? {} : { Condition: condition }),
});
const grant = (of: string, ...statements: readonly unknown[]): Planned =>
  resource(`aws_iam_role_policy.${of}`, { role: of, policy: policy(statements) });
const everything = (of: string): Planned => grant(of, allow('*', '*'));
const little = (of: string): Planned => grant(of, allow('s3:GetObject', 'arn:aws:s3:::shop/*'));

const escalations = (...resources: readonly Planned[]): string[] =>
  told(lintPlan(resources), 'privilege-escalation');

describe('becoming another role', () => {
  const may = (condition?: unknown): Planned =>
    grant('ci', allow('sts:AssumeRole', arn('role/admin'), condition));
  const way =
    'aws_iam_role.ci: Can act as aws_iam_role.admin: aws_iam_role.ci → (sts:AssumeRole) aws_iam_role.admin, which has any action on any resource [sts-001]';

  test('with a policy, where the role trusts the account', () => {
    expect(
      escalations(role('ci', service('ec2')), may(), role('admin', trust(ROOT)), everything('admin')),
    ).toEqual([way]);
  });

  test('without a policy, where the role names it', () => {
    const admin = [role('admin', trust({ AWS: arn('role/ci') })), everything('admin')];
    expect(escalations(role('ci', service('ec2')), ...admin)).toEqual([way]);
    expect(escalations(role('ci', service('ec2')), little('ci'), ...admin)).toEqual([way]);
    const denied = grant('ci', { Effect: 'Deny', Action: 'sts:*', Resource: '*' });
    expect(escalations(role('ci', service('ec2')), denied, ...admin)).toEqual([]);
  });

  test.each([
    ['its tag', { StringEquals: { 'aws:PrincipalTag/owner': 'team-shop' } }, true],
    ['another tag', { StringEquals: { 'aws:PrincipalTag/owner': 'team-bank' } }, false],
    ['a tag that it does not have', { StringLike: { 'aws:PrincipalTag/tier': '*' } }, false],
    ['its ARN', { ArnLike: { 'aws:PrincipalArn': arn('role/c*') } }, true],
    ['another ARN', { ArnEquals: { 'aws:PrincipalArn': arn('role/ops') } }, false],
    ['not its ARN', { ArnNotEquals: { 'aws:PrincipalArn': arn('role/ci') } }, false],
    ['a second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
    ['an external id', { StringEquals: { 'sts:ExternalId': 'a1b2c3' } }, true],
    ['where it calls from', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
  ])('the role asks for %s', (_, condition, open) => {
    const admin = [role('admin', trust(ROOT, condition)), everything('admin')];
    expect(escalations(role('ci', service('ec2')), may(), ...admin)).toEqual(open ? [way] : []);
  });

  test.each([
    ['of its tag', { StringEquals: { 'aws:ResourceTag/owner': '${aws:PrincipalTag/owner}' } }, true],
    ['of another tag', { StringEquals: { 'aws:ResourceTag/owner': 'team-bank' } }, false],
  ])('its policy is for roles %s', (_, condition, open) => {
    const admin = [role('admin', trust(ROOT)), everything('admin')];
    expect(escalations(role('ci', service('ec2')), may(condition), ...admin)).toEqual(open ? [way] : []);
  });

  test('a denial in the trust keeps others out', () => {
    const only = {
      Effect: 'Deny',
      Action: 'sts:AssumeRole',
      Principal: '*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': arn('role/ops') } },
    };
    const admin = [role('admin', [trust(ROOT), only]), everything('admin')];
    expect(escalations(role('ci', service('ec2')), may(), ...admin)).toEqual([]);
    const ops = grant('ops', allow('sts:AssumeRole', arn('role/admin')));
    expect(escalations(role('ops', service('ec2')), ops, ...admin)).toHaveLength(1);
  });

  test('by reference, before any ARN is known', () => {
    const resources = [
      role('ci', service('ec2')),
      deferredDocument('ci', { actions: ['sts:AssumeRole'], resources: ['aws_iam_role.admin.arn'] }),
      resource(
        'aws_iam_role_policy.ci',
        { role: 'ci' },
        { policy: ['data.aws_iam_policy_document.ci.json'] },
      ),
      resource(
        'aws_iam_role.admin',
        {
          name: 'admin',
          path: '/',
          tags_all: { owner: 'team-shop', purpose: 'Mends the shop', expires: '2027-03-31' },
        },
        { assume_role_policy: ['data.aws_iam_policy_document.trust.json'] },
      ),
      everything('admin'),
    ];
    expect(escalations(...resources)).toEqual([]);
    const known = resources.map((one) =>
      one.address === 'aws_iam_role.admin' ? role('admin', trust(ROOT)) : one,
    );
    expect(escalations(...known)).toEqual([way]);
    const other = [role('app', trust(ROOT)), little('app')];
    const toOther = known.map((one) =>
      one.address.startsWith('data.')
        ? deferredDocument('ci', { actions: ['sts:AssumeRole'], resources: ['aws_iam_role.app.arn'] })
        : one,
    );
    expect(escalations(...toOther, ...other)).toEqual([]);
  });

  test('users through their groups', () => {
    const resources = [
      resource('aws_iam_user.bot', { name: 'bot', path: '/' }),
      resource('aws_iam_group.bots', { name: 'bots' }),
      resource('aws_iam_user_group_membership.bot', { user: 'bot', groups: ['bots'] }),
      resource('aws_iam_group_policy.bots', {
        group: 'bots',
        policy: policy(allow('sts:AssumeRole', arn('role/a*'))),
      }),
      role('admin', trust(ROOT)),
      everything('admin'),
    ];
    expect(escalations(...resources)).toEqual([
      expect.stringContaining('aws_iam_user.bot → (sts:AssumeRole) aws_iam_role.admin'),
    ]);
  });

  test('a role of another account of the same name is not meant', () => {
    const foreign = grant('ci', allow('sts:AssumeRole', 'arn:aws:iam::210987654321:role/deploy'));
    const deploy = [role('deploy', trust(ROOT)), everything('deploy')];
    const known = resource('aws_sqs_queue.jobs', {
      arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`,
      name: 'jobs',
    });
    expect(escalations(role('ci', service('ec2')), foreign, ...deploy, known)).toEqual([]);
  });
});

describe('several steps', () => {
  const chain = (last: Planned): Planned[] => [
    role('ci', service('ec2')),
    grant(
      'ci',
      allow('sts:AssumeRole', arn('role/deploy')),
      allow('s3:GetObject', `arn:aws:s3:::${ACCOUNT}/*`),
    ),
    role('deploy', trust(ROOT)),
    grant(
      'deploy',
      allow('lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:report`),
      allow('sts:AssumeRole', arn('role/ci')),
    ),
    resource('aws_lambda_function.report', { function_name: 'report', role: arn('role/report') }),
    role('report', service('lambda')),
    last,
  ];

  test('are told one by one, of everybody on the way', () => {
    expect(escalations(...chain(everything('report')))).toEqual([
      'aws_iam_role.ci: Can act as aws_iam_role.report: aws_iam_role.ci → (sts:AssumeRole) aws_iam_role.deploy → (lambda:UpdateFunctionCode on aws_lambda_function.report) aws_iam_role.report, which has any action on any resource [sts-001, lambda-003]',
      'aws_iam_role.deploy: Can act as aws_iam_role.report: aws_iam_role.deploy → (lambda:UpdateFunctionCode on aws_lambda_function.report) aws_iam_role.report, which has any action on any resource [lambda-003]',
    ]);
  });

  test('to somebody who can raise its rights', () => {
    const found = escalations(...chain(grant('report', allow('iam:PutRolePolicy', arn('role/report')))));
    expect(found).toHaveLength(3);
    expect(found[0]).toContain(
      'aws_iam_role.report, which can write policies into itself (iam:PutRolePolicy)',
    );
  });

  test('to somebody who may do little are nothing', () => {
    expect(escalations(...chain(little('report')))).toEqual([]);
  });

  test('the order of the plan is nothing', () => {
    const resources = chain(everything('report'));
    expect(escalations(...resources.toReversed())).toEqual(escalations(...resources));
  });
});

describe('what only starts with input that somebody else wrote', () => {
  const build = [
    resource('aws_codebuild_project.release', { name: 'release', service_role: arn('role/release') }),
    role('release', service('codebuild')),
    everything('release'),
  ];
  const start = allow('codebuild:StartBuild', `arn:aws:codebuild:eu-west-1:${ACCOUNT}:project/release`);

  test('a pipeline starts its build, an instance starts what it likes', () => {
    expect(escalations(role('starter', service('codepipeline')), grant('starter', start), ...build)).toEqual(
      [],
    );
    expect(escalations(role('starter', service('ec2')), grant('starter', start), ...build)).toHaveLength(1);
  });
});

test('where the start of the way is open, that is told with it', () => {
  const open = [
    role('ci', {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: arn('oidc-provider/token.actions.githubusercontent.com') },
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:shop/*' } },
    }),
    grant('ci', allow('sts:AssumeRole', arn('role/admin'))),
    role('admin', trust(ROOT)),
    everything('admin'),
  ];
  expect(escalations(...open)).toEqual([expect.stringMatching(/\[sts-001\]; it is open at that: /)]);
});
