// The kinds of access beside the standing one: what each of them refuses at synth, and what the platform is told.

import { describe, expect, it } from 'vitest';
import {
  AwsAccessPackage,
  AwsAgent,
  type AwsAgentProps,
  type AwsBreakGlassTerms,
  type AwsDeploymentTerms,
  AwsEntitlement,
  type AwsLegacyCredentialTerms,
  AwsPrincipal,
} from '../../constructs/index.js';
import { lint } from '../../src/index.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';
import { isAllowed, render } from './iam.js';
import { only, type Synthesised, synthesise } from './synth.js';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:settlements';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/db-a1b2c3';
const NOW = new Date('2026-11-23T00:00:00Z');
const scope = [AwsEntitlement.receiveMessages(QUEUE)];
const PAYMENTS = {
  owner: 'team-payments@example.com',
  purpose: 'Settles card payments',
  ttl: '90d',
  starts: '2026-11-01',
  approvers: ['payments-leads@example.com'],
  environment: 'production',
  scope,
} as const;

function beside(build: (payments: AwsAccessPackage) => void, skipValidation = false): Synthesised {
  return synthesise((stack) => build(new AwsAccessPackage(stack, 'payments', PAYMENTS)), skipValidation);
}

/** The documents of a package's role or user: its boundary, and who gets in. */
function documentsOf(
  json: Synthesised,
  name: string,
): { boundary: ReturnType<typeof render>; trust: Synthesised } {
  const find = (part: string): Synthesised =>
    Object.entries(json.data.aws_iam_policy_document).find(([id]) =>
      id.startsWith(`payments_${name}_${part}`),
    )?.[1];
  const trust = find('Access_Trust');
  return { boundary: render(find('Scope')), trust: trust && render(trust)[0] };
}

describe('break-glass', () => {
  const TERMS: AwsBreakGlassTerms = {
    users: ['arn:aws:iam::123456789012:user/emergency/anna'],
    approvers: ['incident-managers@example.com'],
    notify: ['soc@example.com'],
    region: 'eu-west-1',
    scope: [{ actions: ['sqs:PurgeQueue'], resources: [QUEUE] }],
  };
  const build = (changes: object = {}, skipValidation = false) =>
    beside((payments) => payments.breakGlass('incident', { ...TERMS, ...changes }), skipValidation);
  const json = build();
  const { boundary, trust } = documentsOf(json, 'incident');

  it('lets in named people with a second factor, who say who agreed and to what', () => {
    expect(trust).toEqual({
      Sid: 'UntilTheEnd',
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { AWS: TERMS.users },
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': ['true'] },
        StringEquals: {
          'aws:RequestedRegion': ['eu-west-1'],
          'aws:RequestTag/approved-by': ['incident-managers@example.com'],
        },
        StringLike: { 'aws:RequestTag/ticket': ['?*'], 'sts:RoleSessionName': ['&{aws:username}'] },
        DateLessThan: { 'aws:CurrentTime': ['2027-01-30T00:00:00Z'] },
      },
    });
    expect(only(json.resource, 'aws_iam_role')).toMatchObject({
      name: 'payments-incident-production',
      max_session_duration: 3600,
      tags: { approvers: 'incident-managers@example.com' },
    });
  });

  it('reads no secret, whatever is attached later', () => {
    const later = { Sid: 'Later', Effect: 'Allow', Action: ['*'], Resource: ['*'], Condition: {} } as const;
    const at = '2026-12-01T00:00:00Z';
    const asked = (resource: string) => ({ action: 'secretsmanager:GetSecretValue', resource, at });
    expect(isAllowed([...boundary, later], asked(SECRET))).toBe(false);
    const secrets = { approvers: ['ciso@example.com'], scope: [AwsEntitlement.readSecret(SECRET)] };
    const authorised = documentsOf(build({ secrets }), 'incident').boundary;
    expect(isAllowed(authorised, asked(SECRET))).toBe(true);
    expect(isAllowed([...authorised, later], asked(`${SECRET}-other`))).toBe(false);
  });

  it('tells of each use', () => {
    const [role] = Object.keys(json.resource.aws_iam_role);
    const pattern = only(json.resource, 'aws_cloudwatch_event_rule').event_pattern;
    expect(pattern).toContain('"eventName":["AssumeRole"]');
    expect(pattern).toContain(`"roleArn":["\${one(aws_iam_role.${role}[*].arn)}"]`);
    expect(only(json.resource, 'aws_cloudwatch_event_target').arn).toContain('aws_sns_topic.');
    expect(only(json.resource, 'aws_sns_topic_subscription')).toMatchObject({
      protocol: 'email',
      endpoint: 'soc@example.com',
    });
  });

  it.each([
    ['users', { users: [] }],
    ['users', { users: ['arn:aws:iam::123456789012:role/admins'] }],
    ['approvers', { approvers: [] }],
    ['approvers', { approvers: ['Payments-Leads@example.com'] }],
    ['approvers', { approvers: ['team-payments@example.com'] }],
    ['notify', { notify: [] }],
    ['region', { region: '' }],
    ['scope[0]', { scope: [AwsEntitlement.readSecret(SECRET)] }],
    ['scope[0]', { scope: [{ actions: ['secretsmanager:Get*'], resources: [SECRET] }] }],
    [
      'secrets.approvers',
      { secrets: { approvers: TERMS.approvers, scope: [AwsEntitlement.readSecret(SECRET)] } },
    ],
    ['secrets.approvers', { secrets: { approvers: [], scope: [AwsEntitlement.readSecret(SECRET)] } }],
    ['expires', { expires: '2027-02-28', ttl: undefined, starts: undefined }],
  ])('is refused with its line: %s', (field, changes) => {
    expect(() => build(changes)).toThrow(
      new RegExp(
        `\\[stack/payments/incident\\] test/constructs/aws-kinds\\.test\\.ts:\\d+: ${escaped(field)}: `,
      ),
    );
  });
});

describe('a deployment', () => {
  const TERMS: AwsDeploymentTerms = {
    opens: '2026-12-01T20:00:00Z',
    closes: '2026-12-01T23:00:00Z',
    assumedBy: AwsPrincipal.role('arn:aws:iam::123456789012:role/pipeline'),
    scope: [AwsEntitlement.deployService('arn:aws:ecs:eu-west-1:123456789012:service/shop/cart')],
  };
  const build = (changes: object = {}, skipValidation = false) =>
    beside((payments) => payments.deployment('release', { ...TERMS, ...changes }), skipValidation);

  it('is let in and may do something in its window only', () => {
    const { boundary, trust } = documentsOf(build(), 'release');
    expect(trust.Condition).toEqual({
      DateGreaterThanEquals: { 'aws:CurrentTime': ['2026-12-01T20:00:00Z'] },
      DateLessThan: { 'aws:CurrentTime': ['2026-12-01T23:00:00Z'] },
    });
    const later = { Sid: 'Later', Effect: 'Allow', Action: ['*'], Resource: ['*'], Condition: {} } as const;
    const request = { action: 'ecs:UpdateService', resource: TERMS.scope[0]?.resources[0] ?? '' };
    for (const at of ['2026-12-01T19:59:59Z', '2026-12-01T23:00:00Z'])
      expect(isAllowed([...boundary, later], { ...request, at })).toBe(false);
    expect(isAllowed(boundary, { ...request, at: '2026-12-01T20:00:00Z' })).toBe(true);
  });

  it('never opens where nobody can read when, even with validation switched off', () => {
    const { trust } = documentsOf(build({ opens: 'tonight' }, true), 'release');
    expect(trust.Condition.DateGreaterThanEquals).toEqual({ 'aws:CurrentTime': ['9998-12-31T23:59:59Z'] });
  });

  it.each([
    ['opens', { opens: 'tonight' }],
    ['closes', { closes: '2026-12-01T19:00:00Z' }],
    ['closes', { closes: '2026-12-24T00:00:00Z' }],
    ['expires', { closes: 'tomorrow' }],
    ['expires', { opens: '2027-02-01T00:00:00Z', closes: '2027-02-02T00:00:00Z' }],
  ])('is refused with its line: %s', (field, changes) => {
    expect(() => build(changes)).toThrow(
      new RegExp(`\\[stack/payments/release\\] test/constructs/aws-kinds\\.test\\.ts:\\d+: ${field}: `),
    );
  });
});

describe('an agent', () => {
  const TERMS: AwsAgentProps = {
    owner: 'team-support@example.com',
    purpose: 'Answers questions about orders',
    ttl: '30d',
    starts: '2026-11-10',
    assumedBy: AwsPrincipal.bedrockAgent({ account: '123456789012', region: 'eu-west-1' }),
    tools: { look: [AwsEntitlement.invokeFunction('arn:aws:lambda:eu-west-1:123456789012:function:look')] },
  };
  const build = (changes: object = {}) =>
    synthesise((stack) => new AwsAgent(stack, 'support', { ...TERMS, ...changes }));

  it('says that it is one, and which tools it has', () => {
    expect(only(build().resource, 'aws_iam_role')).toMatchObject({
      max_session_duration: 3600,
      tags: { 'ai-agent': 'true', tools: 'look', purpose: 'Answers questions about orders' },
    });
    const [agent] = lint(JSON.stringify(build()), { now: NOW }).identities;
    expect(agent?.identity.agent).toBeDefined();
  });

  it('may stand beside other access, under its terms', () => {
    const json = beside((payments) => {
      const { owner: _owner, ttl: _ttl, starts: _starts, ...terms } = TERMS;
      payments.agent('support', terms);
    });
    expect(only(json.resource, 'aws_iam_role').tags).toMatchObject({
      'leasehold:package': 'payments-support',
      owner: 'team-payments@example.com',
    });
  });

  it.each([
    ['purpose', { purpose: undefined }],
    ['ttl', { ttl: '180d' }],
    ['scope', { tools: {} }],
    ['tools.look', { tools: { look: [] } }],
    ['tools.look', { tools: { look: [{ actions: ['s3:Get*'], resources: ['arn:aws:s3:::a/*'] }] } }],
    ['tools.look', { tools: { look: [{ actions: ['s3:GetObject'], resources: ['*'] }] } }],
    ['tools.become', { tools: { become: [AwsEntitlement.assumeRole('arn:aws:iam::123456789012:role/a')] } }],
  ])('is refused with its line: %s', (field, changes) => {
    expect(() => build(changes)).toThrow(
      new RegExp(`\\[stack/support\\] test/constructs/aws-kinds\\.test\\.ts:\\d+: ${field}: `),
    );
  });
});

describe('a legacy credential', () => {
  const TERMS: AwsLegacyCredentialTerms = {
    reason: 'The ERP knows access keys only',
    compensatingControls: ['Works from the data centre only'],
    rotateEvery: '30d',
    retires: '2027-01-15',
    pgpKey: 'keybase:acme_finance',
    scope,
  };
  const build = (changes: object = {}) =>
    beside((payments) => payments.legacyCredential('old', { ...TERMS, ...changes }));
  const json = build();

  it('is replaced when its clock runs out, the new one first', () => {
    const [clock] = Object.keys(json.resource.time_rotating);
    const [turn] = Object.keys(json.resource.terraform_data);
    expect(only(json.resource, 'time_rotating')).toMatchObject({ rotation_days: 30 });
    expect(only(json.resource, 'terraform_data').triggers_replace).toBe(`\${time_rotating.${clock}[0].id}`);
    expect(only(json.resource, 'aws_iam_access_key')).toMatchObject({
      pgp_key: 'keybase:acme_finance',
      lifecycle: { create_before_destroy: true, replace_triggered_by: [`terraform_data.${turn}[0]`] },
    });
  });

  it('ends when it retires, and its waiver with it', () => {
    expect(only(json.resource, 'aws_iam_user')).toMatchObject({
      force_destroy: true,
      tags: { expires: '2027-01-15T23:59:59Z' },
    });
    const config = { ...EMPTY_CONFIG, waiversInCode: true };
    const report = lint(JSON.stringify(json), { profile: 'strict', now: NOW, config });
    expect(report.findings).toEqual([]);
    expect(report.waived).toMatchObject([
      {
        rule: 'static-credential',
        waiver: { reason: TERMS.reason, expires: '2027-01-15', controls: TERMS.compensatingControls },
      },
    ]);
  });

  it('is told without its waiver, and by nothing else', () => {
    const { identities } = lint(JSON.stringify(json), { profile: 'strict', now: NOW });
    expect(identities).toMatchObject([{ expiry: { verdict: 'enforced' }, scope: { verdict: 'bounded' } }]);
  });

  it.each([
    ['waiver reason', { reason: '' }],
    ['compensatingControls', { compensatingControls: [] }],
    ['rotateEvery', { rotateEvery: '180d' }],
    ['rotateEvery', { rotateEvery: 'sometimes' }],
    ['expires', { retires: 'never' }],
    ['expires', { retires: '2027-12-31' }],
    ['pgpKey', { pgpKey: '' }],
  ])('is refused with its line: %s', (field, changes) => {
    expect(() => build(changes)).toThrow(
      new RegExp(`\\[stack/payments/old\\] test/constructs/aws-kinds\\.test\\.ts:\\d+: ${field}: `),
    );
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[[\].]/g, '\\$&');
}
