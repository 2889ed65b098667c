import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  AwsAccessPackage,
  type AwsAccessPackageProps,
  AwsPrincipal,
  Resource,
} from '../../constructs/index.js';
import { lint } from '../../src/index.js';
import { isAllowed, render } from './iam.js';
import { only, type Synthesised, synthesise } from './synth.js';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:settlements';
const SECRETS = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/worker/*';
const TERMS: AwsAccessPackageProps = {
  owner: 'team-payments@example.com',
  purpose: 'Settles card payments',
  ttl: '90d',
  starts: '2026-11-01',
  scope: [
    { actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], resources: [QUEUE] },
    { actions: ['secretsmanager:GetSecretValue'], resources: [SECRETS] },
  ],
};
const END = '2027-01-30T00:00:00Z';
const NOW = new Date('2026-11-23T00:00:00Z');
const GITLAB = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const HCP = 'arn:aws:iam::123456789012:oidc-provider/app.terraform.io';
const ANCHOR =
  'arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11';

function payments(
  props: Partial<AwsAccessPackageProps> = {},
  assumedBy = AwsPrincipal.lambda(),
): Synthesised {
  return synthesise((stack) => {
    new AwsAccessPackage(stack, 'payments', { ...TERMS, ...props } as AwsAccessPackageProps).workload(
      'worker',
      { assumedBy },
    );
  });
}

/** The document that a reference such as `${data.aws_iam_policy_document.x.json}` points to. */
function documentBehind(json: Synthesised, reference: string) {
  const name = /^\$\{data\.aws_iam_policy_document\.(.+)\[0\]\.json\}$/.exec(reference)?.[1] ?? '';
  return render(json.data.aws_iam_policy_document[name]);
}

const boundaryOf = (json: Synthesised) => documentBehind(json, only(json.resource, 'aws_iam_policy').policy);

describe('a workload on AWS', () => {
  const json = payments();
  const role = only(json.resource, 'aws_iam_role');

  it('has the boundary of its package, and its grant', () => {
    const [boundary] = Object.keys(json.resource.aws_iam_policy);
    expect(role.permissions_boundary).toBe(`\${aws_iam_policy.${boundary}[0].arn}`);
    const grant = only(json.resource, 'aws_iam_role_policy');
    expect(grant.role).toBe(`\${aws_iam_role.${Object.keys(json.resource.aws_iam_role)[0]}[0].name}`);
    expect(documentBehind(json, grant.policy)).toEqual(boundaryOf(json));
  });

  it('ends with every Allow and with its trust', () => {
    const documents = Object.values(json.data.aws_iam_policy_document).flatMap(render);
    const allows = documents.filter((one) => one.Effect === 'Allow');
    expect(allows).toHaveLength(3);
    for (const { Condition } of allows) expect(Condition.DateLessThan).toEqual({ 'aws:CurrentTime': [END] });
    const denies = documents.filter((one) => one.Effect === 'Deny');
    expect(denies).toMatchObject([
      { Action: ['*'], Resource: ['*'], Condition: { DateGreaterThanEquals: { 'aws:CurrentTime': [END] } } },
    ]);
  });

  it('is marked wherever AWS takes tags', () => {
    expect(role.tags).toEqual({
      'leasehold:package': 'payments',
      owner: 'team-payments@example.com',
      expires: END,
      purpose: 'Settles card payments',
    });
    expect(only(json.resource, 'aws_iam_policy').tags).toEqual(role.tags);
  });

  it('says where it was written, without the folders of this machine', () => {
    const { leasehold } = role['//'];
    expect(leasehold).toMatchObject({ package: 'payments', construct: 'stack/payments/worker' });
    expect(leasehold.source).toMatch(/^test\/constructs\/aws\.test\.ts:\d+$/);
  });
});

describe('the boundary', () => {
  const before = '2027-01-29T23:59:59Z';

  it('allows the scope until the end, and not a second longer', () => {
    const boundary = boundaryOf(payments());
    const secret = SECRETS.replace('*', 'db');
    for (const [action, resource] of [
      ['sqs:ReceiveMessage', QUEUE],
      ['sqs:DeleteMessage', QUEUE],
      ['secretsmanager:GetSecretValue', secret],
    ] as const) {
      expect(isAllowed(boundary, { action, resource, at: before })).toBe(true);
      expect(isAllowed(boundary, { action, resource, at: END })).toBe(false);
    }
    expect(isAllowed(boundary, { action: 'sqs:SendMessage', resource: QUEUE, at: before })).toBe(false);
    expect(isAllowed(boundary, { action: 'sqs:ReceiveMessage', resource: `${QUEUE}-dead`, at: before })).toBe(
      false,
    );
    expect(
      isAllowed(boundary, { action: 'secretsmanager:GetSecretValue', resource: QUEUE, at: before }),
    ).toBe(false);
  });

  it('ends what a policy attached later, or the policy of a resource, allows', () => {
    const everything = {
      Sid: 'Later',
      Effect: 'Allow',
      Action: ['*'],
      Resource: ['*'],
      Condition: {},
    } as const;
    const statements = [...boundaryOf(payments()), everything];
    expect(isAllowed(statements, { action: 'sqs:ReceiveMessage', resource: QUEUE, at: END })).toBe(false);
  });

  it('is exactly the scope, whatever the scope and the end', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const entitlement = fc.record({
      actions: fc.array(
        fc.tuple(word, word).map(([service, name]) => `${service}:Get${name}`),
        { minLength: 1, maxLength: 3 },
      ),
      resources: fc.array(
        word.map((name) => `arn:aws:sqs:eu-west-1:123456789012:${name}`),
        { minLength: 1, maxLength: 3 },
      ),
    });
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(entitlement, { minLength: 1, maxLength: 4 }),
        day,
        fc.nat(3e7),
        (scope, day, seconds) => {
          const end = day.toISOString().replace(/\.\d+Z$/, 'Z');
          const boundary = boundaryOf(
            synthesise(
              (stack) =>
                new AwsAccessPackage(stack, 'payments', { owner: 'team-payments', expires: end, scope }),
              true,
            ),
          );
          const earlier = new Date(Date.parse(end) - 1000 * (seconds + 1)).toISOString();
          const later = new Date(Date.parse(end) + 1000 * seconds).toISOString();
          const actions = scope.flatMap((one) => one.actions);
          const resources = scope.flatMap((one) => one.resources);
          for (const action of actions) {
            for (const resource of resources) {
              const inScope = scope.some(
                (one) => one.actions.includes(action) && one.resources.includes(resource),
              );
              expect(isAllowed(boundary, { action, resource, at: earlier })).toBe(inScope);
              expect(isAllowed(boundary, { action, resource, at: later })).toBe(false);
            }
            expect(isAllowed(boundary, { action, resource: `${resources[0]}/other`, at: earlier })).toBe(
              false,
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps further conditions beside the end', () => {
    const boundary = boundaryOf(
      payments({
        scope: [
          {
            actions: ['sqs:ReceiveMessage'],
            resources: [QUEUE],
            conditions: { StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } },
          },
        ],
      }),
    );
    const request = { action: 'sqs:ReceiveMessage', resource: QUEUE, at: before };
    expect(isAllowed(boundary, request)).toBe(false);
    expect(isAllowed(boundary, { ...request, context: { 'aws:sourcevpce': 'vpce-2' } })).toBe(true);
    expect(isAllowed(boundary, { ...request, at: END, context: { 'aws:sourcevpce': 'vpce-2' } })).toBe(false);
  });

  it('takes ARNs of other resources and policy variables', () => {
    const json = synthesise((stack) => {
      const queue = new Resource(stack, 'queue', 'aws_sqs_queue', { name: 'settlements' });
      const home = 'arn:aws:s3:::homes/${aws:PrincipalTag/team}/*';
      const arn = queue.getStringAttribute('arn');
      new AwsAccessPackage(stack, 'payments', {
        ...TERMS,
        scope: [{ actions: ['sqs:ReceiveMessage', 's3:GetObject'], resources: [arn, `${arn}-dead`, home] }],
      });
    });
    expect(boundaryOf(json)[0]?.Resource).toEqual([
      '${aws_sqs_queue.queue.arn}',
      '${aws_sqs_queue.queue.arn}-dead',
      'arn:aws:s3:::homes/&{aws:PrincipalTag/team}/*',
    ]);
  });
});

describe('who may become the workload', () => {
  const providerArn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
  const trustOf = (principal: AwsPrincipal) =>
    documentBehind(
      payments({}, principal),
      only(payments({}, principal).resource, 'aws_iam_role').assume_role_policy,
    );
  const UNTIL = { DateLessThan: { 'aws:CurrentTime': [END] } };

  it.each([
    [
      'a Lambda function',
      AwsPrincipal.lambda(),
      ['sts:AssumeRole'],
      { Service: ['lambda.amazonaws.com'] },
      {},
    ],
    ['an ECS task', AwsPrincipal.ecsTask(), ['sts:AssumeRole'], { Service: ['ecs-tasks.amazonaws.com'] }, {}],
    [
      'a pod',
      AwsPrincipal.eksPod({
        clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/main',
        namespace: 'shop',
        serviceAccount: 'cart',
      }),
      ['sts:AssumeRole', 'sts:TagSession'],
      { Service: ['pods.eks.amazonaws.com'] },
      {
        StringEquals: {
          'aws:RequestTag/eks-cluster-arn': ['arn:aws:eks:eu-west-1:123456789012:cluster/main'],
          'aws:RequestTag/kubernetes-namespace': ['shop'],
          'aws:RequestTag/kubernetes-service-account': ['cart'],
        },
      },
    ],
    [
      'a schedule',
      AwsPrincipal.service('scheduler.amazonaws.com', {
        sourceAccount: '123456789012',
        sourceArn: 'arn:aws:scheduler:*:123456789012:schedule/nightly/*',
      }),
      ['sts:AssumeRole'],
      { Service: ['scheduler.amazonaws.com'] },
      {
        StringEquals: { 'aws:SourceAccount': ['123456789012'] },
        ArnLike: { 'aws:SourceArn': ['arn:aws:scheduler:*:123456789012:schedule/nightly/*'] },
      },
    ],
    [
      'a deployment from GitHub',
      AwsPrincipal.gitHub({ providerArn, repository: 'acme/shop', environment: 'production' }),
      ['sts:AssumeRoleWithWebIdentity'],
      { Federated: [providerArn] },
      {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': ['sts.amazonaws.com'],
          'token.actions.githubusercontent.com:sub': ['repo:acme/shop:environment:production'],
        },
      },
    ],
    [
      'a branch on GitHub',
      AwsPrincipal.gitHub({ providerArn, repository: 'acme/shop', branch: 'main' }),
      ['sts:AssumeRoleWithWebIdentity'],
      { Federated: [providerArn] },
      {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': ['sts.amazonaws.com'],
          'token.actions.githubusercontent.com:sub': ['repo:acme/shop:ref:refs/heads/main'],
        },
      },
    ],
    ['an instance', AwsPrincipal.ec2(), ['sts:AssumeRole'], { Service: ['ec2.amazonaws.com'] }, {}],
    [
      'a service account of a cluster',
      AwsPrincipal.eksServiceAccount({
        providerArn: 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1',
        issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/A1',
        namespace: 'shop',
        serviceAccount: 'cart',
      }),
      ['sts:AssumeRoleWithWebIdentity'],
      { Federated: ['arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1'] },
      {
        StringEquals: {
          'oidc.eks.eu-west-1.amazonaws.com/id/A1:aud': ['sts.amazonaws.com'],
          'oidc.eks.eu-west-1.amazonaws.com/id/A1:sub': ['system:serviceaccount:shop:cart'],
        },
      },
    ],
    [
      'a pipeline on GitLab',
      AwsPrincipal.gitLab({ providerArn: GITLAB, project: 'acme/platform/shop', branch: 'main' }),
      ['sts:AssumeRoleWithWebIdentity'],
      { Federated: [GITLAB] },
      {
        StringEquals: {
          'gitlab.com:aud': ['https://gitlab.com'],
          'gitlab.com:sub': ['project_path:acme/platform/shop:ref_type:branch:ref:main'],
        },
      },
    ],
    [
      'a run on HCP Terraform',
      AwsPrincipal.hcpTerraform({
        providerArn: HCP,
        organization: 'acme',
        project: 'shop',
        workspace: 'prod',
        phase: 'apply',
      }),
      ['sts:AssumeRoleWithWebIdentity'],
      { Federated: [HCP] },
      {
        StringEquals: {
          'app.terraform.io:aud': ['aws.workload.identity'],
          'app.terraform.io:sub': ['organization:acme:project:shop:workspace:prod:run_phase:apply'],
        },
      },
    ],
    [
      'the holder of a certificate',
      AwsPrincipal.certificate({ trustAnchorArn: ANCHOR, spiffeId: 'spiffe://example.com/payments/worker' }),
      ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      { Service: ['rolesanywhere.amazonaws.com'] },
      {
        ArnEquals: { 'aws:SourceArn': [ANCHOR] },
        StringEquals: { 'aws:PrincipalTag/x509SAN/URI': ['spiffe://example.com/payments/worker'] },
      },
    ],
    [
      'an agent',
      AwsPrincipal.bedrockAgent({ account: '123456789012', region: 'eu-west-1' }),
      ['sts:AssumeRole'],
      { Service: ['bedrock.amazonaws.com'] },
      {
        StringEquals: { 'aws:SourceAccount': ['123456789012'] },
        ArnLike: { 'aws:SourceArn': ['arn:aws:bedrock:eu-west-1:123456789012:agent/*'] },
      },
    ],
    [
      'an agent on AgentCore',
      AwsPrincipal.agentCoreRuntime({ account: '123456789012', region: 'eu-west-1', agentId: 'support-A1' }),
      ['sts:AssumeRole'],
      { Service: ['bedrock-agentcore.amazonaws.com'] },
      {
        StringEquals: { 'aws:SourceAccount': ['123456789012'] },
        ArnLike: { 'aws:SourceArn': ['arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/support-A1'] },
      },
    ],
    [
      'a partner',
      AwsPrincipal.partner({ principal: '210987654321', externalId: 'acme-7f3a' }),
      ['sts:AssumeRole'],
      { AWS: ['arn:aws:iam::210987654321:root'] },
      { StringEquals: { 'sts:ExternalId': ['acme-7f3a'] } },
    ],
    [
      'another role',
      AwsPrincipal.role('arn:aws:iam::123456789012:role/orchestrator'),
      ['sts:AssumeRole'],
      { AWS: ['arn:aws:iam::123456789012:role/orchestrator'] },
      {},
    ],
  ])('%s, until the end', (_, principal, Action, Principal, Condition) => {
    expect(trustOf(principal)).toEqual([
      { Sid: 'UntilTheEnd', Effect: 'Allow', Action, Principal, Condition: { ...Condition, ...UNTIL } },
    ]);
    const { findings } = lint(JSON.stringify(payments({}, principal)), { profile: 'strict', now: NOW });
    expect(findings).toEqual([]);
  });
});

describe('what a runner needs beside the role', () => {
  it.each([
    ['aws_iam_instance_profile', AwsPrincipal.ec2()],
    [
      'aws_eks_pod_identity_association',
      AwsPrincipal.eksPod({
        clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/main',
        namespace: 'shop',
        serviceAccount: 'cart',
      }),
    ],
    [
      'aws_rolesanywhere_profile',
      AwsPrincipal.certificate({ trustAnchorArn: ANCHOR, commonName: 'till-7.example.com' }),
    ],
  ])('is made with it: %s', (type, principal) => {
    const json = payments({}, principal);
    const binding = only(json.resource, type);
    expect(JSON.stringify(binding)).toContain(
      `aws_iam_role.${Object.keys(json.resource.aws_iam_role)[0]}[0].`,
    );
    expect(binding.tags['leasehold:package']).toBe('payments');
  });

  it.each([
    ['repository', AwsPrincipal.gitHub({ providerArn: GITLAB, repository: 'acme/*', branch: 'main' })],
    ['externalId', AwsPrincipal.partner({ principal: '210987654321', externalId: '' })],
    ['branch', AwsPrincipal.gitHub({ providerArn: GITLAB, repository: 'acme/shop' } as never)],
  ])('is one that is named in full: no other %s', (_, principal) => {
    expect(() => payments({}, principal)).toThrow(
      /\[stack\/payments\/worker\] test\/constructs\/aws\.test\.ts:\d+: assumedBy: /,
    );
  });
});

describe('two synths', () => {
  afterEach(() => vi.useRealTimers());

  it('a day apart are the same', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T08:00:00Z') });
    const today = JSON.stringify(payments());
    vi.setSystemTime(new Date('2026-11-24T09:30:00Z'));
    expect(JSON.stringify(payments())).toBe(today);
  });
});
