// One identity for what should have several: environments, workloads, people, agents.

import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/lint/config.js';
import { lintPlan, type Planned, resource, role, told } from '../plans.js';

const GITHUB = 'token.actions.githubusercontent.com';
const OWN = '408215637904';

const subjects = (...values: string[]) => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/${GITHUB}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${GITHUB}:sub`]: values } },
});
const service = (Service: string) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
const runs = (name: string, tags: object = {}, to = 'shared') =>
  resource(
    `aws_lambda_function.${name}`,
    { function_name: name, tags_all: tags },
    { role: [`aws_iam_role.${to}.arn`, `aws_iam_role.${to}`] },
  );
const app = resource('azuread_application.app', { display_name: 'app' });
const federated = (name: string, subject: string) =>
  resource(
    `azuread_application_federated_identity_credential.${name}`,
    { issuer: `https://${GITHUB}`, subject, audiences: ['api://AzureADTokenExchange'], display_name: name },
    { application_id: ['azuread_application.app.id', 'azuread_application.app'] },
  );
const config = (text: string) => parseConfig('leasehold.yaml', text, { knownRules: [], readFile: () => '' });

function shared(resources: readonly Planned[], text = ''): string[] {
  return told(lintPlan(resources, { config: config(text) }), 'shared-identity');
}

const lambda = role('shared', [service('lambda.amazonaws.com')]);

describe('environments', () => {
  it.each<[string, Planned[], string | undefined]>([
    [
      'subjects of two',
      [
        role('shared', [
          subjects('repo:acme/shop:environment:production', 'repo:acme/shop:environment:staging'),
        ]),
      ],
      'Serves production (repo:acme/shop:environment:production) and staging (repo:acme/shop:environment:staging)',
    ],
    [
      'two statements of one trust',
      [
        role('shared', [
          subjects('repo:acme/shop:environment:prod'),
          subjects('repo:acme/shop:environment:dev'),
        ]),
      ],
      'Serves development (',
    ],
    [
      'one under two names',
      [
        role('shared', [
          subjects('repo:acme/shop:environment:production', 'repo:acme/shop:environment:prod-eu-west-1'),
        ]),
      ],
      undefined,
    ],
    [
      'what is no environment',
      [
        role('shared', [
          subjects('repo:acme/shop:environment:production', 'repo:acme/shop:environment:github-pages'),
        ]),
      ],
      undefined,
    ],
    [
      'branches',
      [role('shared', [subjects('repo:acme/shop:ref:refs/heads/main', 'repo:acme/shop:ref:refs/heads/dev')])],
      undefined,
    ],
    [
      'workloads of two',
      [lambda, runs('a', { environment: 'prod' }), runs('b', { env: 'dev' })],
      'Serves development (',
    ],
    [
      'workloads of one',
      [lambda, runs('a', { environment: 'prod' }), runs('b', { env: 'production' })],
      undefined,
    ],
    ['workloads of none', [lambda, runs('a', { team: 'x' }), runs('b')], undefined],
    [
      'a workload and a pipeline',
      [
        role('shared', [service('lambda.amazonaws.com'), subjects('repo:acme/shop:environment:staging')]),
        runs('a', { Environment: 'Production' }),
      ],
      'Serves production (aws_lambda_function.a) and staging (repo:acme/shop:environment:staging)',
    ],
    [
      'federated credentials of one application',
      [
        app,
        federated('p', 'repo:acme/shop:environment:production'),
        federated('s', 'repo:acme/shop:environment:staging'),
      ],
      'azuread_application.app: Serves production (',
    ],
  ])('%s', (_, resources, expected) => {
    const found = shared(resources);
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected)]);
  });

  it('are read from the configuration', () => {
    const map = `
environments:
  blue: { accounts: ['111111111111'], names: ['blue-*'], namespaces: [payments] }
  green: { accounts: ['222222222222'], names: ['green-*'], values: [g1] }
`;
    const reach = (account: string) => ({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: `arn:aws:iam::${account}:role/deploy`,
    });
    const grant = resource(
      'aws_iam_role_policy.p',
      {
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [reach('111111111111'), reach('222222222222')],
        }),
      },
      { role: ['aws_iam_role.shared.id', 'aws_iam_role.shared'] },
    );
    expect(shared([lambda, grant])).toEqual([]);
    expect(shared([lambda, grant], map)).toEqual([
      'aws_iam_role.shared: Serves blue (aws_iam_role_policy.p) and green (aws_iam_role_policy.p)',
    ]);
    expect(shared([lambda, runs('blue-shop'), runs('green-shop')], map)).toHaveLength(1);
    expect(shared([lambda, runs('blue-shop'), runs('b', { env: 'g1' })], map)).toHaveLength(1);
    expect(shared([lambda, runs('blue-shop'), runs('blue-cart')], map)).toEqual([]);
  });
});

describe('workloads', () => {
  it.each<[string, Planned[], number]>([
    ['three functions', [lambda, runs('a'), runs('b'), runs('c')], 1],
    ['two functions', [lambda, runs('a'), runs('b')], 0],
    [
      'three functions of one service',
      [lambda, runs('orders_create'), runs('orders_read'), runs('delete_order')],
      0,
    ],
    [
      'functions that only do the same to different things',
      [lambda, runs('create_invoice'), runs('create_report'), runs('create_order')],
      1,
    ],
    [
      'three repositories',
      [role('shared', [subjects('repo:acme/a:*', 'repo:acme/b:*', 'repo:acme/c:*')])],
      1,
    ],
    [
      'three branches of one',
      [
        role('shared', [
          subjects(
            'repo:acme/a:ref:refs/heads/x',
            'repo:acme/a:ref:refs/heads/y',
            'repo:acme/a:pull_request',
          ),
        ]),
      ],
      0,
    ],
    [
      'credentials for three repositories',
      [
        app,
        federated('a', 'repo:acme/a:pull_request'),
        federated('b', 'repo:acme/b:pull_request'),
        federated('c', 'repo:acme/c:pull_request'),
      ],
      1,
    ],
  ])('%s', (_, resources, count) => {
    expect(shared(resources)).toHaveLength(count);
  });
});

describe('people', () => {
  const saml = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/okta` },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  };
  const signOn = {
    Effect: 'Allow',
    Principal: {
      AWS: `arn:aws:iam::${OWN}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0a1b2c3d4e5f6071`,
    },
    Action: 'sts:AssumeRole',
  };

  it.each<[string, object[], number]>([
    ['and a service', [saml, service('ec2.amazonaws.com')], 1],
    ['and a pipeline', [signOn, subjects('repo:acme/shop:environment:production')], 1],
    ['alone', [saml], 0],
    ['and other people', [saml, signOn], 0],
  ])('%s', (_, statements, count) => {
    expect(shared([role('shared', statements)])).toHaveLength(count);
  });
});

describe('pods', () => {
  const association = (name: string, namespace: string) =>
    resource(
      `aws_eks_pod_identity_association.${name}`,
      { cluster_name: 'c', namespace, service_account: name },
      { role_arn: ['aws_iam_role.shared.arn', 'aws_iam_role.shared'] },
    );
  const pods = role('shared', [service('pods.eks.amazonaws.com')]);

  it.each<[string, Planned[], string | undefined]>([
    [
      'of two environments',
      [pods, association('a', 'shop-dev'), association('b', 'shop-prod')],
      'Serves development',
    ],
    [
      'of three kinds',
      [pods, association('a', 'x'), association('b', 'y'), association('c', 'z')],
      'Used by 3 workloads',
    ],
    ['of one', [pods, association('a', 'shop-prod')], undefined],
  ])('%s', (_, resources, expected) => {
    const found = shared(resources);
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected)]);
  });
});

describe('service accounts', () => {
  const account = resource('kubernetes_service_account_v1.shop', {
    metadata: [{ name: 'shop', namespace: 'shop' }],
  });
  const pods = (name: string, namespace = 'shop', type = 'kubernetes_deployment_v1') =>
    resource(`${type}.${name}`, {
      metadata: [{ name, namespace }],
      spec: [{ template: [{ spec: [{ service_account_name: 'shop' }] }] }],
    });

  it.each<[string, Planned[], number]>([
    ['of three deployments', [account, pods('a'), pods('b'), pods('c', 'shop', 'kubernetes_job_v1')], 1],
    ['of two', [account, pods('a'), pods('b')], 0],
    ['of others in another namespace', [account, pods('a'), pods('b'), pods('c', 'cart')], 0],
  ])('%s', (_, resources, count) => {
    expect(shared(resources)).toHaveLength(count);
  });
});
