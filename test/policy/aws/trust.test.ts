// Who gets in, as tables: the trust policies of a recorded stack, those that other scanners pass, and the edges.

import { describe, expect, it } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { grantees, readResourcePolicy, readTrust, type TrustContext } from '../../../src/policy/aws/trust.js';
import { deny, policy } from './policies.js';

const OWN = '408215637904';
const KNOWN = '551122334455';
const VENDOR = '704465093327';
const CONTEXT: TrustContext = { accounts: [OWN], knownAccounts: [KNOWN] };

const GITHUB = 'token.actions.githubusercontent.com';
const GITLAB = 'gitlab.northgate.example';
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';
const ORIGIN = { address: 'aws_iam_role.batch', path: 'assume_role_policy' };

const open = (reference: string) => symbol(reference, false);
const concrete = (reference: string) => symbol(reference, true);
const root = (account: string) => `arn:aws:iam::${account}:root`;
const provider = (issuer: string) => `arn:aws:iam::${OWN}:oidc-provider/${issuer}`;

function statement(Principal: unknown, Action: unknown, Condition?: unknown): object {
  return { Effect: 'Allow', Principal, Action, ...(Condition ? { Condition } : {}) };
}
const aws = (AWS: unknown, condition?: unknown) => statement({ AWS }, 'sts:AssumeRole', condition);
const service = (Service: unknown, condition?: unknown) =>
  statement({ Service }, 'sts:AssumeRole', condition);
const token = (issuer: string, condition?: unknown) =>
  statement({ Federated: provider(issuer) }, 'sts:AssumeRoleWithWebIdentity', condition);
const subject = (issuer: string, sub: unknown, operator = 'StringLike') =>
  token(issuer, {
    StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
    [operator]: { [`${issuer}:sub`]: sub },
  });

const read = (...statements: unknown[]) => readTrust(policy(statements, ORIGIN), CONTEXT);
const openings = (...statements: unknown[]) => read(...statements).openings.map(({ id }) => id);
const equals = (keys: object) => ({ StringEquals: keys });
const like = (keys: object) => ({ StringLike: keys });

describe('the trust policies of the recorded stack', () => {
  it.each<[string, object, string[]]>([
    [
      'one environment',
      subject(GITHUB, 'repo:northgate-pay/payments-api:environment:production', 'StringEquals'),
      [],
    ],
    [
      'release branches of one repository',
      subject(GITHUB, 'repo:northgate-pay/mobile-sdk:ref:refs/heads/release/*'),
      [],
    ],
    [
      'a subject without an audience',
      token(GITHUB, equals({ [`${GITHUB}:sub`]: 'repo:northgate-pay/status-page:ref:refs/heads/main' })),
      [],
    ],
    ['every repository', subject(GITHUB, 'repo:northgate-pay/*'), ['oidc-subject-spans-repositories']],
    [
      'the audience only',
      token(GITHUB, equals({ [`${GITHUB}:aud`]: 'sts.amazonaws.com' })),
      ['oidc-subject-missing'],
    ],
    [
      'every organisation',
      subject(GITHUB, 'repo:*/terminal-firmware:ref:refs/heads/main'),
      ['oidc-subject-spans-organisations'],
    ],
    [
      'the second value',
      subject(GITHUB, [
        'repo:northgate-pay/risk-models:ref:refs/heads/main',
        'repo:northgate-pay/risk-*:ref:refs/heads/main',
      ]),
      ['oidc-subject-spans-repositories'],
    ],
    [
      'one project',
      subject(GITLAB, 'project_path:platform/network-terraform:ref_type:branch:ref:main', 'StringEquals'),
      [],
    ],
    [
      'every project',
      subject(GITLAB, 'project_path:*:ref_type:branch:ref:main'),
      ['oidc-subject-spans-groups'],
    ],
    [
      'a vendor with an external id',
      aws(root(VENDOR), equals({ 'sts:ExternalId': 'northgate-obs-5d1c' })),
      [],
    ],
    ['a vendor without one', aws([root('862039174455')]), ['foreign-account-without-external-id']],
    ['one role of a partner', aws('arn:aws:iam::590182736401:role/clearing-exchange'), []],
    ['the own account', aws(root(OWN)), []],
    ['anyone', statement('*', 'sts:AssumeRole'), ['anyone']],
    [
      'a scheduler with its account',
      service('scheduler.amazonaws.com', equals({ 'aws:SourceAccount': OWN })),
      [],
    ],
    ['a scheduler without', service('scheduler.amazonaws.com'), ['confused-deputy']],
    [
      'flow logs by ARN',
      service('vpc-flow-logs.amazonaws.com', {
        ArnLike: { 'aws:SourceArn': `arn:aws:ec2:eu-west-1:${OWN}:vpc-flow-log/*` },
      }),
      [],
    ],
    ['lambda', service('lambda.amazonaws.com'), []],
    ['one service account', subject(EKS, 'system:serviceaccount:ledger:ledger-writer', 'StringEquals'), []],
    ['every pod', subject(EKS, 'system:serviceaccount:*:*'), ['oidc-subject-spans-namespaces']],
    [
      'pod identity',
      statement({ Service: 'pods.eks.amazonaws.com' }, ['sts:AssumeRole', 'sts:TagSession']),
      [],
    ],
  ])('%s', (_, one, expected) => {
    expect(openings(one)).toEqual(expected);
  });
});

describe('what other scanners pass', () => {
  it.each<[string, object[], string[]]>([
    [
      'every repository of an organisation',
      [subject(GITHUB, 'repo:my-org/*')],
      ['oidc-subject-spans-repositories'],
    ],
    [
      'a good value beside *',
      [subject(GITHUB, ['repo:my-org/app:ref:refs/heads/main', '*'])],
      ['oidc-subject-spans-organisations'],
    ],
    [
      'a bare token behind a service',
      [service('lambda.amazonaws.com'), token(GITHUB)],
      ['oidc-subject-missing'],
    ],
    [
      'ForAllValues',
      [subject(GITHUB, 'repo:my-org/app:*', 'ForAllValues:StringLike')],
      ['oidc-subject-not-binding'],
    ],
    [
      'a negated subject',
      [subject(GITHUB, 'repo:my-org/other:*', 'StringNotEquals')],
      ['oidc-subject-not-binding'],
    ],
    [
      'GitLab with an audience only',
      [token('gitlab.com', equals({ 'gitlab.com:aud': 'https://gitlab.com' }))],
      ['oidc-subject-missing'],
    ],
    [
      'HCP Terraform with an audience only',
      [token('app.terraform.io', equals({ 'app.terraform.io:aud': 'aws.workload.identity' }))],
      ['oidc-subject-missing'],
    ],
    [
      'pull requests of one repository: one repository',
      [subject(GITHUB, 'repo:my-org/app:pull_request', 'StringEquals')],
      [],
    ],
    ['a role of a vendor: one role', [aws(`arn:aws:iam::${VENDOR}:role/collector`)], []],
    ['a bus without a source', [service('events.amazonaws.com')], ['confused-deputy']],
  ])('%s', (_, statements, expected) => {
    expect(openings(...statements)).toEqual(expected);
  });
});

describe('tokens', () => {
  const claims = (keys: object, operator = 'StringEquals') =>
    token(GITHUB, {
      [operator]: Object.fromEntries(
        Object.entries(keys).map(([claim, value]) => [`${GITHUB}:${claim}`, value]),
      ),
    });

  it.each<[string, object, string[]]>([
    ['…IfExists', subject(GITHUB, 'repo:acme/app:*', 'StringLikeIfExists'), ['oidc-subject-not-binding']],
    ['ForAnyValue', subject(GITHUB, 'repo:acme/app:*', 'ForAnyValue:StringLike'), []],
    [
      'a key in another case',
      token(GITHUB, like({ 'TOKEN.actions.githubusercontent.com:SUB': 'repo:acme/*' })),
      ['oidc-subject-spans-repositories'],
    ],
    ['a repository in its own claim', claims({ repository: 'acme/app' }), []],
    ['a repository by id', claims({ repository_id: '5678' }), []],
    ['a workflow', claims({ job_workflow_ref: 'acme/ci/.github/workflows/deploy.yml@refs/heads/main' }), []],
    ['an owner', claims({ repository_owner: 'acme' }), ['oidc-subject-spans-repositories']],
    [
      'an owner and an environment',
      claims({ repository_owner: 'acme', environment: 'production' }),
      ['oidc-subject-spans-repositories'],
    ],
    ['an environment of anybody', claims({ environment: 'production' }), ['oidc-subject-missing']],
    [
      'a wide subject beside a narrow claim',
      token(GITHUB, {
        StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' },
        StringEquals: { [`${GITHUB}:repository`]: 'acme/app' },
      }),
      [],
    ],
    [
      'two conditions on the subject, one narrow',
      token(GITHUB, {
        StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' },
        StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/app:ref:refs/heads/main' },
      }),
      [],
    ],
    ['a self-hosted issuer, pinned', subject('login.acme.example', 'workload-4711', 'StringEquals'), []],
    [
      'a self-hosted issuer, not pinned',
      token('login.acme.example', equals({ 'login.acme.example:aud': 'aws' })),
      ['oidc-subject-missing'],
    ],
    [
      'an issuer with a port',
      subject(`${GITLAB}:8443`, 'project_path:acme/*'),
      ['oidc-subject-spans-projects'],
    ],
    [
      'no subject of a cluster',
      token(EKS, equals({ [`${EKS}:aud`]: 'sts.amazonaws.com' })),
      ['oidc-subject-missing'],
    ],
    ['one namespace', subject(EKS, 'system:serviceaccount:ledger:*'), []],
    [
      'a project of CircleCI in its own claim',
      token(
        'oidc.circleci.com/org/o-1',
        equals({ 'oidc.circleci.com/org/o-1:oidc.circleci.com/project-id': 'p-1' }),
      ),
      [],
    ],
    [
      'Google by subject',
      statement(
        { Federated: 'accounts.google.com' },
        'sts:AssumeRoleWithWebIdentity',
        equals({ 'accounts.google.com:sub': '104028374650192837465' }),
      ),
      [],
    ],
    [
      'Google by service account',
      statement(
        { Federated: 'accounts.google.com' },
        'sts:AssumeRoleWithWebIdentity',
        equals({ 'accounts.google.com:aud': '104028374650192837465' }),
      ),
      [],
    ],
    [
      'Google by app',
      statement(
        { Federated: 'accounts.google.com' },
        'sts:AssumeRoleWithWebIdentity',
        equals({ 'accounts.google.com:aud': 'x.apps.googleusercontent.com' }),
      ),
      ['oidc-subject-missing'],
    ],
    [
      'signed-in users of a pool',
      statement({ Federated: 'cognito-identity.amazonaws.com' }, 'sts:AssumeRoleWithWebIdentity', {
        StringEquals: {
          'cognito-identity.amazonaws.com:aud': 'eu-west-1:12345678-aaaa-bbbb-cccc-123456790ab',
        },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      }),
      [],
    ],
    [
      'all of a pool',
      statement(
        { Federated: 'cognito-identity.amazonaws.com' },
        'sts:AssumeRoleWithWebIdentity',
        equals({ 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1' }),
      ),
      ['cognito-guests'],
    ],
    [
      'any pool',
      statement({ Federated: 'cognito-identity.amazonaws.com' }, 'sts:AssumeRoleWithWebIdentity', {
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      }),
      ['cognito-pool-missing'],
    ],
    ['everybody with a token', statement('*', 'sts:AssumeRoleWithWebIdentity'), ['oidc-subject-missing']],
    ['any action of sts', statement({ Federated: provider(GITHUB) }, 'sts:*'), ['oidc-subject-missing']],
    ['an action that lets nobody in', statement({ Federated: provider(GITHUB) }, 'sts:TagSession'), []],
    [
      'SAML',
      statement(
        { Federated: `arn:aws:iam::${OWN}:saml-provider/okta` },
        'sts:AssumeRoleWithSAML',
        equals({ 'SAML:aud': 'https://signin.aws.amazon.com/saml' }),
      ),
      [],
    ],
  ])('%s', (_, one, expected) => {
    expect(openings(one)).toEqual(expected);
  });
});

describe('accounts and everybody', () => {
  it.each<[string, object, string[]]>([
    ['an account by its number', aws(VENDOR), ['foreign-account-without-external-id']],
    [
      'two foreign accounts',
      aws([root(VENDOR), root('862039174455')]),
      ['foreign-account-without-external-id', 'foreign-account-without-external-id'],
    ],
    [
      'an external id of *',
      aws(root(VENDOR), like({ 'sts:ExternalId': '*' })),
      ['foreign-account-without-external-id'],
    ],
    [
      'an external id of * as it stands',
      aws(root(VENDOR), equals({ 'sts:ExternalId': '*' })),
      ['foreign-account-without-external-id'],
    ],
    [
      'an external id or *',
      aws(root(VENDOR), like({ 'sts:ExternalId': ['a-1', '*'] })),
      ['foreign-account-without-external-id'],
    ],
    [
      'an external id if there is one',
      aws(root(VENDOR), { StringEqualsIfExists: { 'sts:ExternalId': 'a-1' } }),
      ['foreign-account-without-external-id'],
    ],
    [
      'an external id from the plan',
      aws(root(VENDOR), equals({ 'sts:ExternalId': concrete('random_uuid.vendor.result') })),
      [],
    ],
    ['a known account', aws(root(KNOWN)), []],
    ['the own account by number', aws(OWN), []],
    [
      'in another partition',
      aws(`arn:aws-us-gov:iam::${VENDOR}:root`),
      ['foreign-account-without-external-id'],
    ],
    [
      'one role by condition',
      aws(root(VENDOR), { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${VENDOR}:role/collector-*` } }),
      [],
    ],
    [
      'all roles by condition',
      aws(root(VENDOR), { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${VENDOR}:role/*` } }),
      ['foreign-account-without-external-id'],
    ],
    [
      'the account again',
      aws(root(VENDOR), equals({ 'aws:PrincipalAccount': VENDOR })),
      ['foreign-account-without-external-id'],
    ],
    [
      'a foreign account of the organisation',
      aws(root(VENDOR), equals({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })),
      [],
    ],
    [
      'a second factor',
      aws(root(VENDOR), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      ['foreign-account-without-external-id'],
    ],
    ['one user', aws(`arn:aws:iam::${VENDOR}:user/collector`), []],
    ['everybody of the organisation', aws('*', equals({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })), []],
    ['everybody of any organisation', aws('*', like({ 'aws:PrincipalOrgID': 'o-*' })), ['anyone']],
    [
      'everybody, unless they belong elsewhere',
      aws('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } }),
      ['anyone'],
    ],
    ['everybody with a word', aws('*', equals({ 'sts:ExternalId': 'a-1' })), ['anyone']],
    [
      'everybody but one',
      { Effect: 'Allow', NotPrincipal: { AWS: root(VENDOR) }, Action: 'sts:AssumeRole' },
      ['not-principal'],
    ],
    ['any service', service('*'), ['any-service']],
    [
      'a way in by another name',
      statement({ AWS: root(VENDOR) }, 'sts:Assume*'),
      ['foreign-account-without-external-id'],
    ],
    [
      'all actions but some',
      { Effect: 'Allow', Principal: { AWS: root(VENDOR) }, NotAction: 'sts:TagSession' },
      ['foreign-account-without-external-id'],
    ],
    ['no way in', statement({ AWS: root(VENDOR) }, 'sts:TagSession'), []],
    ['a Deny', { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }, []],
  ])('%s', (_, one, expected) => {
    expect(openings(one)).toEqual(expected);
  });

  it('takes any whole account for a stranger where none is known', () => {
    const { openings: found } = readTrust(policy([aws(root(VENDOR))]), { accounts: [], knownAccounts: [] });
    expect(found.map(({ id }) => id)).toEqual(['foreign-account-without-external-id']);
  });

  it('sees a Deny that keeps all others out', () => {
    const fence = (condition: unknown, Action = 'sts:*') => ({
      Effect: 'Deny',
      Principal: '*',
      Action,
      Condition: condition,
    });
    const outsiders = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    expect(openings(aws('*'), fence(outsiders))).toEqual([]);
    expect(
      openings(aws('*'), fence({ ...outsiders, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })),
    ).toEqual([]);
    expect(openings(aws('*'), fence({ ...outsiders, Bool: { 'aws:SecureTransport': 'false' } }))).toEqual([
      'anyone',
    ]);
    expect(openings(aws('*'), fence(outsiders, 'sts:TagSession'))).toEqual(['anyone']);
    expect(openings(aws('*'), fence({ StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } }))).toEqual(['anyone']);
  });
});

describe('services', () => {
  it.each([
    'bedrock',
    'bedrock-agentcore',
    'cloudtrail',
    'config',
    'events',
    'iot',
    'logs',
    'pipes',
    's3',
    'sagemaker',
    'scheduler',
    'sns',
    'transfer',
  ])('%s says for whom it comes, so the role has to ask', (name) => {
    expect(openings(service(`${name}.amazonaws.com`))).toEqual(['confused-deputy']);
    expect(openings(service(`${name}.amazonaws.com`, equals({ 'aws:SourceAccount': OWN })))).toEqual([]);
  });

  it.each([
    'lambda',
    'edgelambda',
    'ec2',
    'ecs-tasks',
    'pods.eks',
    'eks',
    'glue',
    'states',
    'codebuild',
    'apigateway',
    'monitoring.rds',
    'spotfleet',
  ])('nothing is expected of %s', (name) => expect(openings(service(`${name}.amazonaws.com`))).toEqual([]));

  it.each<[string, object, string[]]>([
    ['a region in the name', service('logs.eu-west-1.amazonaws.com'), ['confused-deputy']],
    ['a region of a government', service('logs.us-gov-west-1.amazonaws.com'), ['confused-deputy']],
    ['another partition', service('events.amazonaws.com.cn'), ['confused-deputy']],
    ['one of two', service(['lambda.amazonaws.com', 'events.amazonaws.com']), ['confused-deputy']],
    [
      'an ARN',
      service('events.amazonaws.com', {
        ArnEquals: { 'aws:SourceArn': `arn:aws:events:eu-west-1:${OWN}:rule/x` },
      }),
      [],
    ],
    [
      'an ARN from the plan',
      service('events.amazonaws.com', {
        ArnEquals: { 'aws:SourceArn': concrete('aws_cloudwatch_event_rule.x.arn') },
      }),
      [],
    ],
    [
      'what begins with an ARN from the plan',
      service('logs.amazonaws.com', {
        ArnLike: { 'aws:SourceArn': `${concrete('aws_cloudwatch_log_group.x.arn')}:*` },
      }),
      [],
    ],
    [
      'an ARN of any account',
      service('events.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/x' } }),
      ['confused-deputy'],
    ],
    ['any ARN', service('events.amazonaws.com', { ArnLike: { 'aws:SourceArn': '*' } }), ['confused-deputy']],
    ['a bucket', service('s3.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::invoices' } }), []],
    [
      'any bucket',
      service('s3.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }),
      ['confused-deputy'],
    ],
    ['an organisation', service('events.amazonaws.com', equals({ 'aws:SourceOrgID': 'o-a1b2c3d4e5' })), []],
    [
      'paths of an organisation',
      service('events.amazonaws.com', {
        'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-a1b2c3d4e5/*' },
      }),
      [],
    ],
    [
      'an account if there is one',
      service('events.amazonaws.com', { StringEqualsIfExists: { 'aws:SourceAccount': OWN } }),
      ['confused-deputy'],
    ],
    [
      'another condition',
      service('events.amazonaws.com', { Bool: { 'aws:SecureTransport': 'true' } }),
      ['confused-deputy'],
    ],
  ])('%s', (_, one, expected) => {
    expect(openings(one)).toEqual(expected);
  });

  it('tells what to add', () => {
    const [found] = read(service('events.amazonaws.com')).openings;
    expect(found?.help).toContain(`"aws:SourceAccount": "${OWN}"`);
    expect(found).toMatchObject({ statement: 1, origin: ORIGIN });
  });
});

describe('what is known only after apply', () => {
  it.each<[string, object, string[], string[]]>([
    ['a role of the plan', aws(concrete('aws_iam_role.other.arn')), [], []],
    [
      'the own account',
      aws(`arn:aws:iam::${concrete('data.aws_caller_identity.me.account_id')}:root`),
      [],
      [],
    ],
    ['the own account alone', aws(concrete('data.aws_caller_identity.me.account_id')), [], []],
    ['an account that the plan makes', aws(root(concrete('aws_organizations_account.audit.id'))), [], []],
    ['some account', aws(root(open('var.vendor'))), [], ['var.vendor']],
    [
      'some account with an external id',
      aws(root(open('var.vendor')), equals({ 'sts:ExternalId': 'a-1' })),
      [],
      [],
    ],
    ['some principal', aws(open('var.principal')), [], ['var.principal']],
    ['some service', service(open('var.service')), [], ['var.service']],
    [
      'a provider of the plan',
      statement(
        { Federated: concrete('aws_iam_openid_connect_provider.github.arn') },
        'sts:AssumeRoleWithWebIdentity',
        like({ [`${GITHUB}:sub`]: 'repo:acme/*' }),
      ),
      ['oidc-subject-spans-repositories'],
      [],
    ],
    [
      'an issuer of the plan',
      statement(
        { Federated: concrete('aws_iam_openid_connect_provider.eks.arn') },
        'sts:AssumeRoleWithWebIdentity',
        equals({ [`${concrete('aws_eks_cluster.x.identity')}:sub`]: 'system:serviceaccount:a:b' }),
      ),
      [],
      [],
    ],
    [
      'a key of the plan',
      token(GITHUB, equals({ [open('local.key')]: 'repo:acme/app:*' })),
      [],
      ['local.key'],
    ],
    ['some repository', subject(GITHUB, `repo:acme/${open('var.repository')}:*`), [], ['var.repository']],
    [
      'some repository, as it stands',
      subject(GITHUB, `repo:acme/${open('var.repository')}:ref:refs/heads/main`, 'StringEquals'),
      [],
      [],
    ],
    [
      'some source',
      service('events.amazonaws.com', { ArnLike: { 'aws:SourceArn': open('var.source') } }),
      [],
      ['var.source'],
    ],
    ['some external id', aws(root(VENDOR), equals({ 'sts:ExternalId': open('var.external_id') })), [], []],
    ['some organisation', aws('*', equals({ 'aws:PrincipalOrgID': open('var.organisation') })), [], []],
  ])('%s', (_, one, ids, undecided) => {
    const reading = read(one);
    expect([reading.openings.map(({ id }) => id), reading.undecided]).toEqual([ids, undecided]);
  });
});

describe('ways', () => {
  const END = '2027-01-31T00:00:00Z';
  const until = { DateLessThan: { 'aws:CurrentTime': END } };
  const ways = (...statements: unknown[]) =>
    read(...statements).ways.map(({ who, kind, end, statement: index }) => [
      who,
      kind,
      end instanceof Date ? end.toISOString().replace('.000', '') : end,
      index,
    ]);

  it('names everybody who comes', () => {
    expect(
      ways(
        service(['lambda.amazonaws.com', 'ec2.amazonaws.com']),
        aws([root(OWN), root(KNOWN), `arn:aws:iam::${VENDOR}:role/collector`]),
        aws(root(VENDOR), equals({ 'sts:ExternalId': 'a-1' })),
        subject(GITHUB, ['repo:acme/shop:environment:production', 'repo:acme/shop:ref:refs/heads/main']),
        statement({ Federated: `arn:aws:iam::${OWN}:saml-provider/okta` }, 'sts:AssumeRoleWithSAML'),
        aws('*', equals({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })),
        token('login.acme.example'),
      ),
    ).toEqual([
      ['lambda.amazonaws.com', 'service', undefined, 1],
      ['ec2.amazonaws.com', 'service', undefined, 1],
      [`this account (${OWN})`, 'account', undefined, 2],
      [`account ${KNOWN}`, 'account', undefined, 2],
      [`arn:aws:iam::${VENDOR}:role/collector`, 'principal', undefined, 2],
      [`account ${VENDOR} with external id`, 'account', undefined, 3],
      [
        'repository acme/shop, environment production (GitHub), repository acme/shop, branch main (GitHub)',
        'oidc',
        undefined,
        4,
      ],
      ['users of okta (SAML)', 'saml', undefined, 5],
      ['whom the conditions name', 'anyone', undefined, 6],
      ['any token of login.acme.example', 'oidc', undefined, 7],
    ]);
  });

  it('end with their statement', () => {
    expect(ways(service('lambda.amazonaws.com', until), service('ec2.amazonaws.com'))).toEqual([
      ['lambda.amazonaws.com', 'service', END, 1],
      ['ec2.amazonaws.com', 'service', undefined, 2],
    ]);
  });

  it('end with a Deny for everybody, if that comes sooner', () => {
    const over = (Action: unknown) => ({
      Effect: 'Deny',
      Principal: '*',
      Action,
      Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-12-31T00:00:00Z' } },
    });
    const lambda = service('lambda.amazonaws.com', until);
    expect(ways(lambda, over('sts:AssumeRole'))[0]?.[2]).toBe('2026-12-31T00:00:00Z');
    expect(ways(lambda, over('sts:TagSession'))[0]?.[2]).toBe(END);
    expect(ways(lambda, { ...over('*'), Principal: { AWS: root(VENDOR) } })[0]?.[2]).toBe(END);
  });

  it('have an unknown end where the date is known only after apply', () => {
    const later = { DateLessThan: { 'aws:CurrentTime': open('time_offset.end.rfc3339') } };
    expect(ways(service('lambda.amazonaws.com', later))[0]?.[2]).toBe('unknown');
  });
});

describe('resource policies', () => {
  const BUCKET = 'arn:aws:s3:::receipts/*';
  const grant = (Principal: unknown, Condition?: unknown, Action: unknown = 's3:GetObject') => ({
    Effect: 'Allow',
    Principal,
    Action,
    Resource: BUCKET,
    ...(Condition ? { Condition } : {}),
  });
  const found = (...statements: unknown[]) =>
    readResourcePolicy(policy(statements), CONTEXT).openings.map(({ id }) => id);

  it.each<[string, object, string[]]>([
    ['anyone', grant('*'), ['anyone']],
    ['anyone, spelled out', grant({ AWS: ['*'] }), ['anyone']],
    [
      'everybody but one',
      { Effect: 'Allow', NotPrincipal: { AWS: root(VENDOR) }, Action: 's3:*', Resource: BUCKET },
      ['not-principal'],
    ],
    ['the organisation', grant('*', equals({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })), []],
    ['a topic', grant('*', { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OWN}:receipts` } }), []],
    [
      'a topic of anybody',
      grant('*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:receipts' } }),
      ['anyone'],
    ],
    ['an account', grant('*', equals({ 'aws:SourceAccount': OWN })), []],
    ['an owner', grant('*', equals({ 'AWS:SourceOwner': OWN })), []],
    ['an endpoint', grant('*', equals({ 'aws:SourceVpce': 'vpce-1a2b3c4d' })), []],
    ['any endpoint', grant('*', like({ 'aws:SourceVpce': 'vpce-*' })), ['anyone']],
    ['addresses', grant('*', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } }), []],
    [
      'all addresses',
      grant('*', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/16', '0.0.0.0/0'] } }),
      ['anyone'],
    ],
    ['a role', grant('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } }), []],
    ['transport', grant('*', { Bool: { 'aws:SecureTransport': 'true' } }), ['anyone']],
    ['a referrer', grant('*', like({ 'aws:Referer': 'https://northgate.example/*' })), ['anyone']],
    [
      'if there is one',
      grant('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      ['anyone'],
    ],
    [
      'for all values',
      grant('*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      ['anyone'],
    ],
    [
      'a key of the account',
      grant(
        '*',
        equals({ 'kms:CallerAccount': OWN, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }),
        'kms:*',
      ),
      [],
    ],
    ['a foreign account', grant({ AWS: root(VENDOR) }), ['foreign-account']],
    ['a foreign account by number', grant({ AWS: VENDOR }), ['foreign-account']],
    [
      'an external id, which is no use here',
      grant({ AWS: root(VENDOR) }, equals({ 'sts:ExternalId': 'a-1' })),
      ['foreign-account'],
    ],
    ['a named foreign role', grant({ AWS: `arn:aws:iam::${VENDOR}:role/collector` }), []],
    ['a known account', grant({ AWS: root(KNOWN) }), []],
    ['the load balancers of AWS', grant({ AWS: root('156460612806') }), []],
    ['the own account', grant({ AWS: root(OWN) }, undefined, 'kms:*'), []],
    ['a service', grant({ Service: 'cloudtrail.amazonaws.com' }), []],
    [
      'an identity of CloudFront',
      grant({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }),
      [],
    ],
    ['a Deny', { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: BUCKET }, []],
  ])('%s', (_, one, expected) => {
    expect(found(one)).toEqual(expected);
  });

  it('see a Deny that keeps all others out', () => {
    const outsiders = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    const fence = (Resource: string) => ({
      Principal: '*',
      ...(deny('s3:*', Resource, outsiders) as object),
    });
    expect(found(grant('*'), fence('arn:aws:s3:::receipts/*'))).toEqual([]);
    expect(found(grant('*'), fence('*'))).toEqual([]);
    expect(found(grant('*'), fence('arn:aws:s3:::others/*'))).toEqual(['anyone']);
  });

  it('name those they grant to', () => {
    const role = `arn:aws:iam::${OWN}:role/reporting`;
    const statements = policy([
      grant({ AWS: [role, '*'] }),
      grant({ AWS: concrete('aws_iam_role.batch.arn') }),
      grant('*', { ArnEquals: { 'aws:PrincipalArn': [role, `${role}-*`] } }),
      grant({ Service: 'lambda.amazonaws.com' }),
      { Effect: 'Deny', Principal: { AWS: role }, Action: 's3:*', Resource: BUCKET },
    ]);
    expect(grantees(statements).map(({ principal, statement: { index } }) => [principal, index])).toEqual([
      [role, 1],
      [concrete('aws_iam_role.batch.arn'), 2],
      [role, 3],
    ]);
  });
});
