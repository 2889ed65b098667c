import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { actionOf, actionsOfService } from '../../../src/policy/aws/actions.js';
import { parsePolicy } from '../../../src/policy/aws/document.js';
import { effectiveAccess } from '../../../src/policy/aws/effective.js';
import { judgeEscalation, type Self } from '../../../src/policy/aws/escalation.js';
import { CATALOGUE } from '../../../src/policy/aws/escalation-catalogue.js';
import {
  ASSUME_ROLE,
  PASS_ROLE_PATHS,
  RIGHTS_PATHS,
  TAKEOVER_PATHS,
} from '../../../src/policy/aws/escalation-paths.js';
import type { Statement } from '../../../src/policy/aws/statement.js';
import { access, allow, deny, ORIGIN } from './policies.js';

const IAM = 'arn:aws:iam::123456789012';
const role: Self = {
  kind: 'role',
  name: 'batch',
  arn: `${IAM}:role/batch`,
  attachedPolicyArns: [`${IAM}:policy/batch`],
};
const user: Self = { kind: 'user', name: 'svc', attachedPolicyArns: [] };

const ways = (statements: unknown, self: Self = role, boundary?: unknown): string[] =>
  judgeEscalation(access(statements, boundary), self).map(({ id }) => id);
const texts = (statements: unknown, self: Self = role): string[] =>
  judgeEscalation(access(statements), self).map(({ text }) => text);

describe('writing rights', () => {
  test.each([
    [allow('iam:CreatePolicyVersion', '*'), 'can rewrite any policy (iam:CreatePolicyVersion)'],
    [
      allow('iam:SetDefaultPolicyVersion', `${IAM}:policy/batch`),
      'can put another version in force for a policy attached to itself (iam:SetDefaultPolicyVersion)',
    ],
    [
      allow('iam:AttachUserPolicy', `${IAM}:user/*`),
      'can attach policies to any user (iam:AttachUserPolicy)',
    ],
    [
      allow('iam:AttachRolePolicy', `${IAM}:role/batch`),
      'can attach policies to itself (iam:AttachRolePolicy)',
    ],
    [allow('iam:Put*Policy', `${IAM}:role/batch`), 'can write policies into itself (iam:PutRolePolicy)'],
    [
      allow('iam:UpdateAssumeRolePolicy', `${IAM}:role/Admin`),
      `can change who may become ${IAM}:role/Admin (iam:UpdateAssumeRolePolicy)`,
    ],
    [
      allow('iam:PutRolePolicy', symbol('aws_iam_role.app.arn', true)),
      'can write policies into ⟨aws_iam_role.app.arn⟩ (iam:PutRolePolicy)',
    ],
    [
      allow('iam:PutRolePolicy', symbol('var.role', false)),
      'can write policies into ⟨var.role⟩, known only after apply (iam:PutRolePolicy)',
    ],
    [
      allow('iam:PutRolePolicy', `${IAM}:role/app-*`),
      `can write policies into ${IAM}:role/app-* (iam:PutRolePolicy)`,
    ],
    [
      allow('iam:AddUserToGroup', `${IAM}:group/administrators`),
      `can add users to ${IAM}:group/administrators (iam:AddUserToGroup)`,
    ],
    [allow('iam:CreateAccessKey', '*'), 'can create access keys for any user (iam:CreateAccessKey)'],
    [
      allow('iam:CreateAccessKey', `${IAM}:user/other`),
      `can create access keys for ${IAM}:user/other (iam:CreateAccessKey)`,
    ],
    [allow('iam:UpdateLoginProfile', '*'), 'can reset the password of any user (iam:UpdateLoginProfile)'],
    [
      allow('sso:CreateAccountAssignment', '*'),
      'can hand out any permission set (sso:CreateAccountAssignment)',
    ],
    [
      allow('iam:PutRolePolicy', '*', {
        StringEqualsIfExists: { 'iam:PermissionsBoundary': `${IAM}:policy/limit` },
      }),
      'can write policies into any role (iam:PutRolePolicy)',
    ],
    [
      allow('iam:AttachRolePolicy', '*', { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/*' } }),
      'can attach policies to any role (iam:AttachRolePolicy)',
    ],
    [
      allow('iam:AttachRolePolicy', '*', { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }),
      'can attach policies to any role (iam:AttachRolePolicy)',
    ],
  ])('%j', (statement, text) => {
    expect(texts(statement)).toEqual([text]);
  });

  test('a name that only ends in the own one is not the own one', () => {
    expect(texts(allow('iam:CreateAccessKey', `${IAM}:user/team-*\${aws:username}`), user)).toHaveLength(1);
  });

  test('a user can rewrite itself, however it is named', () => {
    const itself = ['can write policies into itself (iam:PutUserPolicy)'];
    expect(texts(allow('iam:PutUserPolicy', `${IAM}:user/\${aws:username}`), user)).toEqual(itself);
    expect(texts(allow('iam:PutUserPolicy', `${IAM}:user/machines/svc`), user)).toEqual(itself);
  });

  test.each<[unknown, Self]>([
    // Own keys raise nothing.
    [allow(['iam:CreateAccessKey', 'iam:UpdateLoginProfile'], `${IAM}:user/\${aws:username}`), user],
    [allow('iam:CreateAccessKey', `${IAM}:user/svc`), user],
    [allow('iam:CreateAccessKey', `${IAM}:user/*/\${aws:username}`), user],
    // Nobody but AWS changes these.
    [
      allow(
        ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
        'arn:aws:iam::*:role/aws-service-role/fsx.amazonaws.com/*',
      ),
      role,
    ],
    // A role has no user name.
    [allow(['iam:CreateAccessKey', 'iam:PutUserPolicy'], `${IAM}:user/\${aws:username}`), role],
    // The action does not work on such a resource: nobody is meant.
    [allow('iam:AttachUserPolicy', `${IAM}:role/batch`), role],
    [allow('iam:PutRolePolicy', 'arn:aws:s3:::raw'), role],
    [
      allow(['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy'], `${IAM}:role/*`, {
        StringEquals: { 'iam:PermissionsBoundary': `${IAM}:policy/limit` },
      }),
      role,
    ],
    [allow('iam:AttachRolePolicy', '*', { ArnEquals: { 'iam:PolicyARN': [`${IAM}:policy/reader`] } }), role],
    [[allow('iam:*', '*'), deny('iam:*', '*')], role],
    [[allow('iam:CreatePolicyVersion', `${IAM}:policy/x`), deny('iam:Create*', '*')], role],
    [allow(['iam:Get*', 'iam:List*', 'iam:SimulatePrincipalPolicy'], '*'), role],
    [allow(['iam:CreateUser', 'iam:CreateRole', 'iam:TagRole', 'iam:DeleteRole'], '*'), role],
    [[], role],
  ])('harmless: %j', (statements, self) => {
    expect(ways(statements, self)).toEqual([]);
  });

  test('outside the boundary', () => {
    const write = allow('iam:PutRolePolicy', `${IAM}:role/batch`);
    expect(ways(write, role, allow('s3:*', '*'))).toEqual([]);
    expect(ways(write, role, allow('iam:*', '*'))).toEqual(['put-role-policy']);
  });
});

describe('passing roles', () => {
  const to = (service: string, operator = 'StringEquals') => ({
    [operator]: { 'iam:PassedToService': service },
  });

  test.each([
    [[allow('iam:PassRole', '*'), allow('ec2:RunInstances', '*')], ['pass-role-ec2']],
    [
      [
        allow('iam:PassRole', `${IAM}:role/*`),
        allow('lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:1:function:x'),
      ],
      ['pass-role-lambda'],
    ],
    [
      [
        allow('iam:PassRole', '*', to('cloudformation.amazonaws.com')),
        allow('cloudformation:CreateStack', '*'),
      ],
      ['pass-role-cloudformation'],
    ],
    [
      [
        allow('iam:PassRole', '*', to('cloud*.amazonaws.com', 'StringLike')),
        allow('cloudformation:CreateStack', '*'),
      ],
      ['pass-role-cloudformation'],
    ],
    [
      [allow('iam:PassRole', '*'), allow(['ecs:RegisterTaskDefinition', 'ecs:RunTask'], '*')],
      ['pass-role-ecs'],
    ],
    [[allow('iam:PassRole', '*'), allow(['codebuild:CreateProject'], '*')], ['pass-any-role']],
    [allow('iam:PassRole', '*'), ['pass-any-role']],
    [{ Effect: 'Allow', Action: 'iam:PassRole', NotResource: `${IAM}:role/Admin` }, ['pass-any-role']],
    [[allow('iam:PassRole', '*', to('lambda.amazonaws.com')), allow('ec2:RunInstances', '*')], []],
    [
      [
        allow('iam:PassRole', '*', to('lambda.amazonaws.com', 'StringEqualsIfExists')),
        allow('ec2:RunInstances', '*'),
      ],
      [],
    ],
    [[allow('iam:PassRole', `${IAM}:role/thumbnail`), allow('lambda:CreateFunction', '*')], []],
    [[allow('iam:PassRole', `${IAM}:role/app-*`), allow('ec2:RunInstances', '*')], []],
    [
      [
        allow('iam:PassRole', '*', { StringEquals: { 'iam:ResourceTag/team': 'x' } }),
        allow('ec2:RunInstances', '*'),
      ],
      [],
    ],
    [[allow('iam:PassRole', '*'), allow('ec2:RunInstances', '*'), deny('iam:PassRole', '*')], []],
    [[allow('iam:PassRole', symbol('aws_iam_role.app.arn', true)), allow('ec2:RunInstances', '*')], []],
  ])('%j', (statements, expected) => {
    expect(ways(statements)).toEqual(expected);
  });

  test('the evidence names every policy that has a part in it', () => {
    const at = (address: string) => ({ address, path: 'policy' });
    const permissions = [
      ...access(allow('iam:PassRole', '*')).permissions.map((one) => ({ ...one, origin: at('a') })),
      ...access(allow('ec2:RunInstances', ['*', 'x'])).permissions.map((one) => ({
        ...one,
        origin: at('b'),
      })),
    ];
    expect(judgeEscalation({ permissions, denials: [], provisos: [] }, role)).toEqual([
      {
        id: 'pass-role-ec2',
        catalogue: ['ec2-001'],
        kind: 'pass-role',
        text: 'can run an instance as any role (iam:PassRole, ec2:RunInstances)',
        origins: [at('a'), at('b')],
      },
    ]);
  });
});

describe('administrators outside of the plan', () => {
  const assume = (name: string): unknown => allow('sts:AssumeRole', `${IAM}:role/${name}`);

  test.each([
    'OrganizationAccountAccessRole',
    'AWSControlTowerExecution',
    'Admin',
    'ops/platform/AdministratorAccess',
  ])('become %s', (name) => expect(ways(assume(name))).toEqual(['become-administrator']));

  test.each([
    'cdk-hnb659fds-deploy-role-123456789012-eu-west-1',
    'cdk-*',
    'db-admin',
    'administration-reports',
    'readonly',
  ])('no administrator: %s', (name) => expect(ways(assume(name))).toEqual([]));

  test('a role of the plan is judged by what it may do, whatever its name', () => {
    expect(ways(assume('Admin'), { ...role, rolesOfPlan: new Set(['Admin']) })).toEqual([]);
  });

  test('no machine has a second factor', () => {
    const withFactor = allow('sts:AssumeRole', `${IAM}:role/Admin`, {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    });
    expect(ways(withFactor)).toEqual([]);
  });

  test('pass them to a service that may take them', () => {
    const pass = (name: string, action: string): unknown => [
      allow('iam:PassRole', `${IAM}:role/${name}`),
      allow(action, '*'),
    ];
    const toolkit = 'cdk-hnb659fds-cfn-exec-role-123456789012-eu-west-1';
    expect(texts(pass('Admin', 'lambda:CreateFunction'))).toEqual([
      'can run a function as the administrator Admin (iam:PassRole, lambda:CreateFunction)',
    ]);
    expect(ways(pass(toolkit, 'cloudformation:CreateStack'))).toEqual(['pass-role-cloudformation']);
    expect(ways(pass(toolkit, 'lambda:CreateFunction'))).toEqual([]);
    expect(ways(pass('reader', 'lambda:CreateFunction'))).toEqual([]);
  });
});

test('what cannot be an IAM resource is none, although every action is allowed on it', () => {
  expect(ways(allow('*', 'arn:aws:s3:::raw/*'))).toEqual([]);
  expect(ways({ Effect: 'Allow', NotAction: 's3:Delete*', Resource: 'arn:aws:s3:::raw*' })).toEqual([]);
  expect(ways(allow('*', `${symbol('aws_s3_bucket.raw.arn', true)}/*`))).toEqual([]);
  expect(ways(allow('*', symbol('aws_iam_role.app.arn', true)))).toContain('put-role-policy');
});

describe('a denial that spares an agreed value', () => {
  const unless = (operator: string) =>
    deny('iam:*', '*', { [operator]: { 'iam:PermissionsBoundary': `${IAM}:policy/limit` } });
  const write = allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy'], `${IAM}:role/*`);

  test.each(['StringNotEquals', 'StringNotEqualsIfExists', 'ArnNotLike', 'ForAllValues:StringNotEquals'])(
    '%s binds',
    (operator) => expect(ways([write, unless(operator)])).toEqual([]),
  );
  test.each(['StringEquals', 'ForAnyValue:StringNotEquals', 'Null'])('%s does not', (operator) =>
    expect(ways([write, unless(operator)])).toHaveLength(2),
  );
  test('unless it lets the boundary go', () => {
    const lift = allow('iam:DeleteRolePermissionsBoundary', `${IAM}:role/*`);
    expect(ways([lift, unless('StringNotEquals')])).toEqual(['delete-role-boundary']);
  });
});

describe('taking over what runs as a role', () => {
  test.each([
    [allow('lambda:UpdateFunctionCode', '*'), ['update-function-code']],
    [allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:*'), ['update-function-code']],
    [allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:shop-*'), []],
    [allow('ssm:SendCommand', '*'), ['send-command']],
    [allow('ssm:SendCommand', ['arn:aws:ssm:*:*:document/*', 'arn:aws:ec2:*:*:instance/i-1']), []],
    [
      allow('ssm:SendCommand', ['arn:aws:ssm:*:*:document/AWS-RunShellScript', 'arn:aws:ec2:*:*:instance/*']),
      ['send-command'],
    ],
    [allow('ssm:StartSession', '*', { StringEquals: { 'ssm:resourceTag/team': 'x' } }), []],
    [allow(['ec2:StopInstances', 'ec2:StartInstances'], '*'), []],
    [
      allow(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], '*'),
      ['rewrite-user-data'],
    ],
    [allow('ec2-instance-connect:SendSSHPublicKey', '*'), ['send-ssh-key']],
    [allow('sts:AssumeRole', '*'), []],
  ])('%j', (statements, expected) => {
    expect(ways(statements)).toEqual(expected);
  });
});

describe('the tables', () => {
  const paths = [...RIGHTS_PATHS, ...PASS_ROLE_PATHS, ...TAKEOVER_PATHS];

  test('ids are unique, and every way of the catalogue is there', () => {
    expect(new Set(paths.map(({ id }) => id)).size).toBe(paths.length);
    const known = [...paths, ASSUME_ROLE].flatMap(({ catalogue }): readonly string[] => catalogue);
    expect([...new Set(known)].sort()).toEqual(Object.keys(CATALOGUE).sort());
    expect(Object.keys(CATALOGUE)).toHaveLength(65);
  });

  test('actions exist, and a takeover names a target of its actions', () => {
    const named = [
      ...RIGHTS_PATHS.map(({ action }) => action),
      ...PASS_ROLE_PATHS.flatMap(({ needs }) => needs.flat()),
      ...TAKEOVER_PATHS.flatMap(({ needs }) => needs),
      ...Object.values(CATALOGUE).flat(),
    ];
    expect(named.filter((name) => !actionsOfService(name.split(':')[0] ?? '').includes(name))).toEqual([]);
    const untied = TAKEOVER_PATHS.filter(
      ({ needs, of }) => !needs.some((one) => actionOf(one).formats.includes(of)),
    );
    expect(untied).toEqual([]);
  });
});

describe('the stack of twelve escalations and six look-alikes', () => {
  interface Resource {
    readonly type: string;
    readonly name: string;
    readonly address: string;
    readonly change: { readonly after: { readonly name: string; readonly policy: string } };
  }
  const file = (name: string) => new URL(`../../fixtures/stacks/privesc/${name}`, import.meta.url);
  const plan = JSON.parse(readFileSync(file('plan.json'), 'utf8')) as { resource_changes: Resource[] };
  const labels = JSON.parse(readFileSync(file('labels.json'), 'utf8')) as {
    identities: { address: string; scope: string }[];
    findings: { address: string; category: string }[];
  };
  const statementsAt = (type: RegExp, name: string): Statement[] =>
    plan.resource_changes
      .filter((one) => type.test(one.type) && one.name === name)
      .flatMap((one) => {
        const read = parsePolicy(one.change.after.policy, ORIGIN);
        return 'statements' in read ? read.statements : [];
      });

  test.each(labels.identities)('$address', ({ address }) => {
    const [type, name = ''] = address.split('.');
    const identity = plan.resource_changes.find((one) => one.address === address);
    // The policies of this stack bear the name of their role or user, the boundary its own.
    const statements = statementsAt(/^aws_iam_(role_policy|user_policy|policy)$/, name);
    const boundary = name === 'bucket_mover' ? statementsAt(/^aws_iam_policy$/, 'storage_only') : undefined;
    const found = judgeEscalation(effectiveAccess(statements, boundary), {
      kind: type === 'aws_iam_user' ? 'user' : 'role',
      name: identity?.change.after.name ?? '',
      attachedPolicyArns: [],
    });
    const expected = labels.findings.some(
      (one) => one.address === address && one.category === 'privilege-escalation',
    );
    expect(found.length > 0).toBe(expected);
  });
});
