// Who gets in, as a user is told: whole plans through the linter.

import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/lint/config.js';
import { lintPlan, policy, resource, role, told } from '../plans.js';

const OWN = '408215637904';
const STRANGER = '704465093327';
const GITHUB = 'token.actions.githubusercontent.com';

const provider = (issuer: string) => `arn:aws:iam::${OWN}:oidc-provider/${issuer}`;
const service = (Service: string, Condition?: object) => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sts:AssumeRole',
  ...(Condition && { Condition }),
});
const token = (issuer: string, Condition?: object) => ({
  Effect: 'Allow',
  Principal: { Federated: provider(issuer) },
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...(Condition && { Condition }),
});
const audience = { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } };
const subject = (sub: unknown, operator = 'StringLike') =>
  token(GITHUB, { ...audience, [operator]: { [`${GITHUB}:sub`]: sub } });

describe('trust policies that other scanners pass', () => {
  it.each<[string, object[], string | undefined]>([
    ['every repository of an organisation', [subject('repo:my-org/*')], 'Many repositories fit'],
    [
      'a good subject beside *',
      [subject(['repo:my-org/app:ref:refs/heads/main', '*'])],
      'Many organisations',
    ],
    [
      'a token without conditions behind a service',
      [service('lambda.amazonaws.com'), token(GITHUB)],
      'Any token of GitHub will do',
    ],
    [
      'ForAllValues',
      [subject('repo:my-org/app:*', 'ForAllValues:StringLike')],
      'Any token of GitHub will do',
    ],
    ['a negation', [subject('repo:my-org/other:*', 'StringNotEquals')], 'Any token of GitHub will do'],
    [
      'GitLab with an audience only',
      [token('gitlab.com', { StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' } })],
      'Any token of GitLab will do',
    ],
    [
      'HCP Terraform with an audience only',
      [token('app.terraform.io', { StringEquals: { 'app.terraform.io:aud': 'aws.workload.identity' } })],
      'Any token of HCP Terraform will do',
    ],
    ['a bus without a source', [service('events.amazonaws.com')], "somebody else's resource"],
    [
      'pull requests of one repository',
      [
        token(GITHUB, {
          StringEquals: { ...audience.StringEquals, [`${GITHUB}:sub`]: 'repo:my-org/app:pull_request' },
        }),
      ],
      undefined,
    ],
    [
      'one role of a vendor',
      [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${STRANGER}:role/collector` },
          Action: 'sts:AssumeRole',
        },
      ],
      undefined,
    ],
  ])('%s', (_, statements, expected) => {
    const found = told(lintPlan([role('deploy', statements)]), 'trust-open');
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected)]);
  });

  it('raises no alarm where a condition names one repository of an organisation of the same name as another', () => {
    const safe = subject('repo:my-org/my-org:ref:refs/heads/main', 'StringEquals');
    expect(told(lintPlan([role('deploy', [safe])]), 'trust-open')).toEqual([]);
  });
});

describe('Roles Anywhere', () => {
  it.each<[string, object | undefined, boolean]>([
    ['nothing', undefined, true],
    [
      'the anchor',
      { ArnEquals: { 'aws:SourceArn': `arn:aws:rolesanywhere:eu-west-1:${OWN}:trust-anchor/a` } },
      false,
    ],
    [
      'a name in the certificate',
      { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.acme.example' } },
      false,
    ],
    ['any name', { StringLike: { 'aws:PrincipalTag/x509Subject/CN': '*' } }, true],
    ['a condition that does not bind', { StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': 'x' } }, true],
  ])('%s', (_, condition, open) => {
    const found = told(
      lintPlan([role('backup', [service('rolesanywhere.amazonaws.com', condition)])]),
      'trust-open',
    );
    expect(found).toHaveLength(open ? 1 : 0);
  });
});

describe('what lets in by attributes', () => {
  const permission = (values: object, references: Record<string, string[]> = {}) =>
    resource(
      'aws_lambda_permission.x',
      { function_name: 'shop', action: 'lambda:InvokeFunction', ...values },
      references,
    );

  it.each<[string, ReturnType<typeof resource>[], string | undefined]>([
    ['a service for anybody', [permission({ principal: 's3.amazonaws.com' })], "for anybody's resource"],
    [
      'a service for one resource',
      [permission({ principal: 's3.amazonaws.com', source_arn: 'arn:aws:s3:::in' })],
      undefined,
    ],
    [
      'a service for one account',
      [permission({ principal: 'events.amazonaws.com', source_account: OWN })],
      undefined,
    ],
    [
      'a service for what is made in this plan',
      [
        permission(
          { principal: 'sns.amazonaws.com' },
          { source_arn: ['aws_sns_topic.in.arn', 'aws_sns_topic.in'] },
        ),
      ],
      undefined,
    ],
    [
      'a service for every queue of every account',
      [permission({ principal: 'sqs.amazonaws.com', source_arn: 'arn:aws:sqs:eu-west-1:*:in' })],
      "for anybody's resource",
    ],
    [
      'a skill with its id',
      [permission({ principal: 'alexa-appkit.amazon.com', event_source_token: 'amzn1.ask.1' })],
      undefined,
    ],
    ['everybody', [permission({ principal: '*' })], 'Anyone can'],
    [
      'everybody in the organisation',
      [permission({ principal: '*', principal_org_id: 'o-abc123' })],
      undefined,
    ],
    ['a stranger', [permission({ principal: STRANGER })], `account ${STRANGER}`],
    ['one role of a stranger', [permission({ principal: `arn:aws:iam::${STRANGER}:role/x` })], undefined],
    [
      'a URL for everybody',
      [resource('aws_lambda_function_url.x', { function_name: 'shop', authorization_type: 'NONE' })],
      'Anyone on the internet can',
    ],
    [
      'a URL for everybody, and the permission that goes with it',
      [
        resource('aws_lambda_function_url.x', { function_name: 'shop', authorization_type: 'NONE' }),
        permission({ principal: '*', function_url_auth_type: 'NONE' }),
      ],
      'aws_lambda_function_url.x: Anyone on the internet can',
    ],
    [
      'everybody, beside a URL for callers that sign',
      [
        resource('aws_lambda_function_url.x', { function_name: 'shop', authorization_type: 'AWS_IAM' }),
        permission({ principal: '*', function_url_auth_type: 'AWS_IAM' }),
      ],
      'aws_lambda_permission.x: Anyone can',
    ],
    [
      'a URL for callers that sign',
      [resource('aws_lambda_function_url.x', { function_name: 'shop', authorization_type: 'AWS_IAM' })],
      undefined,
    ],
    [
      'a layer for everybody',
      [resource('aws_lambda_layer_version_permission.x', { principal: '*', layer_name: 'l' })],
      'Anyone can',
    ],
    [
      'an image for everybody',
      [resource('aws_ami_launch_permission.x', { image_id: 'ami-1', group: 'all' })],
      'Anyone can',
    ],
    [
      'an image for the organisation',
      [
        resource('aws_ami_launch_permission.x', {
          image_id: 'ami-1',
          organization_arn: 'arn:aws:organizations::1:organization/o-1',
        }),
      ],
      undefined,
    ],
    [
      'a snapshot for everybody',
      [resource('aws_db_snapshot.x', { db_instance_identifier: 'd', shared_accounts: ['all'] })],
      'Anyone can',
    ],
    [
      'a bus for the organisation',
      [
        resource('aws_cloudwatch_event_permission.x', {
          principal: '*',
          condition: [{ key: 'aws:PrincipalOrgID', type: 'StringEquals', value: 'o-abc123' }],
        }),
      ],
      undefined,
    ],
    [
      'a share with a stranger',
      [resource('aws_ram_principal_association.x', { principal: STRANGER, resource_share_arn: 'a' })],
      `account ${STRANGER}`,
    ],
    [
      'a share that stays inside',
      [
        resource('aws_ram_resource_share.s', { name: 's', allow_external_principals: false }),
        resource(
          'aws_ram_principal_association.x',
          { principal: STRANGER },
          { resource_share_arn: ['aws_ram_resource_share.s.arn', 'aws_ram_resource_share.s'] },
        ),
      ],
      undefined,
    ],
    [
      'a share with the organisation',
      [
        resource('aws_ram_principal_association.x', {
          principal: 'arn:aws:organizations::408215637904:organization/o-1',
          resource_share_arn: 'a',
        }),
      ],
      undefined,
    ],
  ])('%s', (_, resources, expected) => {
    const found = told(lintPlan(resources), 'trust-open');
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected)]);
  });
});

describe('policies for everybody that let nobody in', () => {
  const everybody = policy([
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' },
  ]);
  const stranger = policy([
    {
      Effect: 'Allow',
      Principal: { AWS: STRANGER },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::site/*',
    },
  ]);
  const bucket = resource('aws_s3_bucket.site', { bucket: 'site' });
  const onBucket = (text: string) => resource('aws_s3_bucket_policy.site', { bucket: 'site', policy: text });
  const fence = (values: object, action: 'create' | 'no-op' = 'create') =>
    resource(
      'aws_s3_bucket_public_access_block.site',
      { ...values },
      { bucket: ['aws_s3_bucket.site.id', 'aws_s3_bucket.site'] },
      action,
    );
  const open = (resources: ReturnType<typeof resource>[]) =>
    told(lintPlan(resources), 'trust-open').length > 0;

  it.each<[string, ReturnType<typeof resource>[], boolean]>([
    ['a bucket', [bucket, onBucket(everybody)], true],
    ['restricted', [bucket, onBucket(everybody), fence({ restrict_public_buckets: true })], false],
    [
      'restricted by name',
      [
        onBucket(everybody),
        resource('aws_s3_bucket_public_access_block.site', { bucket: 'site', restrict_public_buckets: true }),
      ],
      false,
    ],
    [
      'another one restricted',
      [
        bucket,
        onBucket(everybody),
        resource('aws_s3_bucket_public_access_block.o', { bucket: 'other', restrict_public_buckets: true }),
      ],
      true,
    ],
    [
      'not restricted',
      [bucket, onBucket(everybody), fence({ restrict_public_buckets: false, block_public_acls: true })],
      true,
    ],
    [
      'refused from before',
      [bucket, onBucket(everybody), fence({ block_public_policy: true }, 'no-op')],
      false,
    ],
    ['refused from now on', [bucket, onBucket(everybody), fence({ block_public_policy: true })], true],
    [
      'restricted in the account',
      [
        bucket,
        onBucket(everybody),
        resource('aws_s3_account_public_access_block.a', { restrict_public_buckets: true }),
      ],
      false,
    ],
    ['a stranger, restricted', [bucket, onBucket(stranger), fence({ restrict_public_buckets: true })], true],
    [
      'a search domain',
      [resource('aws_opensearch_domain.x', { domain_name: 'x', access_policies: everybody })],
      true,
    ],
    [
      'a search domain in a network',
      [
        resource('aws_opensearch_domain.x', {
          domain_name: 'x',
          access_policies: everybody,
          vpc_options: [{ subnet_ids: ['subnet-1'] }],
        }),
      ],
      false,
    ],
    [
      'a public API',
      [
        resource('aws_api_gateway_rest_api.x', {
          name: 'x',
          policy: everybody,
          endpoint_configuration: [{ types: ['REGIONAL'] }],
        }),
      ],
      false,
    ],
    [
      'a private API',
      [
        resource('aws_api_gateway_rest_api.x', {
          name: 'x',
          policy: everybody,
          endpoint_configuration: [{ types: ['PRIVATE'] }],
        }),
      ],
      true,
    ],
    [
      'an access point',
      [resource('aws_s3_access_point.x', { name: 'x', bucket: 'site', policy: everybody })],
      false,
    ],
    [
      'an access point that is told to be public',
      [
        resource('aws_s3_access_point.x', {
          name: 'x',
          bucket: 'site',
          policy: everybody,
          public_access_block_configuration: [{ restrict_public_buckets: false }],
        }),
      ],
      true,
    ],
    [
      'the same in a network',
      [
        resource('aws_s3_access_point.x', {
          name: 'x',
          bucket: 'site',
          policy: everybody,
          public_access_block_configuration: [{ restrict_public_buckets: false }],
          vpc_configuration: [{ vpc_id: 'vpc-1' }],
        }),
      ],
      false,
    ],
    [
      'a public API for a stranger',
      [resource('aws_api_gateway_rest_api.x', { name: 'x', policy: stranger })],
      true,
    ],
  ])('%s', (_, resources, expected) => {
    expect(open(resources)).toBe(expected);
  });
});

describe('vendors', () => {
  const config = (ends: string) =>
    parseConfig(
      'leasehold.yaml',
      `vendors: [{ name: Lens, accounts: ['${STRANGER}'], tenants: [T-1], apps: [A-1], issuers: ['https://oidc.lens.example/'], owner: team-observability, ends: ${ends} }]`,
      { knownRules: [], readFile: () => '' },
    );
  const by = (AWS: string, Condition?: object) => [
    { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) },
  ];
  const root = `arn:aws:iam::${STRANGER}:root`;
  const external = { StringEquals: { 'sts:ExternalId': 'northgate-5d1c' } };
  const key = resource('aws_kms_key.k', {
    policy: policy([{ Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:Decrypt', Resource: '*' }]),
  });
  const lens = {
    Effect: 'Allow',
    Principal: { Federated: provider('oidc.lens.example/acme') },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'oidc.lens.example/acme:sub': 'tenant:northgate:agent:1' } },
  };
  const lighthouse = resource('azurerm_lighthouse_definition.l', { name: 'l', managing_tenant_id: 't-1' });
  const federated = [
    resource('azuread_application.app', { display_name: 'app' }),
    resource(
      'azuread_application_federated_identity_credential.f',
      { issuer: 'https://oidc.lens.example/acme', subject: 'agent-1', display_name: 'f' },
      { application_id: ['azuread_application.app.id', 'azuread_application.app'] },
    ),
  ];

  it.each<[string, ReturnType<typeof resource>[], boolean, boolean]>([
    ['with an external id', [role('lens', by(root, external))], false, true],
    ['without one', [role('lens', by(root))], true, true],
    ['by one role', [role('lens', by(`arn:aws:iam::${STRANGER}:role/collector`))], false, true],
    ['at a key', [key], false, true],
    ['with its tokens', [role('lens', [lens])], false, true],
    ['by its tenant', [lighthouse], false, true],
    ['at an application', federated, false, true],
  ])('%s', (_, resources, before, after) => {
    const open = (ends: string) => told(lintPlan(resources, { config: config(ends) }), 'trust-open');
    expect(open('2026-11-23')).toHaveLength(before ? 1 : 0);
    expect(open('2026-11-22')).toEqual(
      after ? [expect.stringContaining('though its contract ended on 2026-11-22')] : [],
    );
  });
});
