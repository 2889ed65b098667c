// Every known issuer, in every way a trust policy can ask for its subject: what binds is one workload's, what does not
// is open, and one loose value in a list opens it all.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrust } from '../../../src/policy/aws/trust.js';
import { policy } from './policies.js';

const CONTEXT = { accounts: ['408215637904'], knownAccounts: [] };
const UUID = '{f5a5d0c4-3f6a-4c77-9a44-3a1f2b8b9f0e}';
const ORG = '6f0c1d52-6a39-4f6e-9a57-1f0d4a8a7c11';

interface Row {
  readonly issuer: string;
  /** One workload. */
  readonly exact: string;
  /** Everything of one repository, project or namespace: not open. Undefined where the issuer knows no such thing. */
  readonly within?: string;
  /** A pattern for too many, and what it spans. */
  readonly across: string;
  readonly spans: string;
}

const ROWS: readonly Row[] = [
  {
    issuer: 'token.actions.githubusercontent.com',
    exact: 'repo:acme/portal:environment:production',
    within: 'repo:acme/portal:*',
    across: 'repo:acme/*',
    spans: 'repositories',
  },
  {
    issuer: 'token.actions.githubusercontent.com',
    exact: 'repo:acme/portal:pull_request',
    within: 'repo:acme/portal:pull_request*',
    across: 'repo:*/portal:pull_request',
    spans: 'organisations',
  },
  {
    issuer: 'token.actions.githubusercontent.com',
    exact: 'repo:acme@1234/portal@5678:ref:refs/heads/main',
    within: 'repo:acme@1234/portal@5678:*',
    across: 'repo:acme@1234/*',
    spans: 'repositories',
  },
  {
    issuer: 'token.actions.githubusercontent.com/acme',
    exact: 'repo:acme/portal:ref:refs/heads/main',
    within: 'repo:acme/portal:ref:refs/heads/*',
    across: 'repo:acme/portal*:ref:refs/heads/main',
    spans: 'repositories',
  },
  {
    issuer: 'token.actions.githubusercontent.com',
    exact: 'job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@refs/heads/main',
    within: 'job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@*',
    across: 'job_workflow_ref:acme/*/.github/workflows/deploy.yml@refs/heads/main',
    spans: 'repositories',
  },
  {
    issuer: 'github.acme.example/_services/token',
    exact: 'repository_owner:acme:repository:acme/portal:ref:refs/heads/main',
    within: 'repository_owner:acme:repository:acme/portal:*',
    across: 'repository_owner:acme:*',
    spans: 'repositories',
  },
  {
    issuer: 'gitlab.com',
    exact: 'project_path:acme/portal:ref_type:branch:ref:main',
    within: 'project_path:acme/portal:*',
    across: 'project_path:acme/*',
    spans: 'projects',
  },
  {
    issuer: 'gitlab.acme.example',
    exact: 'project_id:42:ref_type:branch:ref:main',
    within: 'project_id:42:*',
    across: 'project_path:*:ref_type:branch:ref:main',
    spans: 'groups',
  },
  {
    issuer: 'app.terraform.io',
    exact: 'organization:acme:project:shop:workspace:shop-production:run_phase:apply',
    within: 'organization:acme:project:shop:workspace:shop-production:run_phase:*',
    across: 'organization:acme:project:*:workspace:*:run_phase:*',
    spans: 'projects',
  },
  {
    issuer: 'tfe.acme.example',
    exact: 'organization:acme:project:shop:workspace:shop-production:run_phase:plan',
    across: 'organization:*:project:shop:workspace:shop:run_phase:*',
    spans: 'organisations',
  },
  {
    issuer: 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
    exact: `${UUID}:${UUID}`,
    within: `${UUID}:*`,
    across: '{*}:*',
    spans: 'repositories',
  },
  {
    issuer: `oidc.circleci.com/org/${ORG}`,
    exact: `org/${ORG}/project/p-1/user/u-1`,
    within: `org/${ORG}/project/p-1/user/*`,
    across: `org/${ORG}/project/*/user/*`,
    spans: 'projects',
  },
  {
    issuer: 'agent.buildkite.com',
    exact: 'organization:acme:pipeline:shop:ref:refs/heads/main:commit:c:step:deploy',
    within: 'organization:acme:pipeline:shop:ref:refs/heads/main:*',
    across: 'organization:acme:pipeline:*',
    spans: 'pipelines',
  },
  {
    issuer: 'oidc.vercel.com/acme',
    exact: 'owner:acme:project:shop:environment:production',
    within: 'owner:acme:project:shop:environment:*',
    across: 'owner:acme:project:*:environment:production',
    spans: 'projects',
  },
  {
    issuer: 'acme.app.spacelift.io',
    exact: 'space:production:stack:shop:run_type:TRACKED:scope:write',
    within: 'space:production:*',
    across: 'space:*:stack:shop:*',
    spans: 'spaces',
  },
  { issuer: 'login.app.env0.com/', exact: 'auth0|org-4711', across: 'auth0|*', spans: 'organisations' },
  {
    issuer: 'scalr.io',
    exact: 'account:acme:environment:production:workspace:shop',
    within: 'account:acme:environment:production:workspace:*',
    across: 'account:acme:environment:*',
    spans: 'environments',
  },
  {
    issuer: 'api.pulumi.com/oidc',
    exact: 'pulumi:deploy:org:acme:project:shop:stack:production:operation:update:scope:write',
    within: 'pulumi:deploy:org:acme:project:shop:*',
    across: 'pulumi:deploy:org:acme:*',
    spans: 'projects',
  },
  {
    issuer: 'api.pulumi.com/oidc',
    exact: 'pulumi:environments:pulumi.organization.login:acme:currentEnvironment.name:shop/production',
    across: 'pulumi:environments:org:*:env:production',
    spans: 'organisations',
  },
  {
    issuer: 'app.harness.io/ng/api/oidc/account/a1',
    exact: 'account/a1:org/acme:project/shop',
    across: 'account/a1:org/acme:project/*',
    spans: 'projects',
  },
  {
    issuer: 'acme.semaphoreci.com',
    exact: 'org:acme:project:p1:repo:shop:ref_type:branch:ref:refs/heads/main',
    within: 'org:acme:project:p1:*',
    across: 'org:acme:project:*',
    spans: 'projects',
  },
  {
    issuer: 'oidc.codefresh.io',
    exact: 'account:a1:pipeline:p1:initiator:user',
    within: 'account:a1:pipeline:p1:*',
    across: 'account:a1:*',
    spans: 'pipelines',
  },
  {
    issuer: 'acme.octopus.app',
    exact: 'space:default:project:shop:environment:production',
    within: 'space:default:*',
    across: 'space:*:project:shop:environment:production',
    spans: 'spaces',
  },
  {
    issuer: 'oidc.fly.io/acme',
    exact: 'acme:shop:m1',
    within: 'acme:shop:*',
    across: 'acme:*',
    spans: 'apps',
  },
  {
    issuer: 'accounts.google.com',
    exact: '104028374650192837465',
    across: '1040*',
    spans: 'service accounts',
  },
  {
    issuer: `sts.windows.net/${ORG}/`,
    exact: '7a1c2a53-0d52-4c8e-8f9b-3f1f6e0f8a11',
    across: '7a1c*',
    spans: 'principals',
  },
  {
    issuer: `login.microsoftonline.com/${ORG}/v2.0`,
    exact: '/eid1/c/pub/t/dGVuYW50/a/YXBw/sc/organisation/connection',
    across: '/eid1/c/pub/t/dGVuYW50/a/YXBw/sc/organisation/*',
    spans: 'principals',
  },
  {
    issuer: `vstoken.dev.azure.com/${ORG}`,
    exact: 'sc://acme/shop/production',
    within: 'sc://acme/shop/*',
    across: 'sc://acme/*',
    spans: 'projects',
  },
  {
    issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B',
    exact: 'system:serviceaccount:shop:checkout',
    within: 'system:serviceaccount:shop:*',
    across: 'system:serviceaccount:*:checkout',
    spans: 'namespaces',
  },
  {
    issuer: 'westeurope.oic.prod-aks.azure.com/t/c/',
    exact: 'system:serviceaccount:shop:checkout',
    within: 'system:serviceaccount:shop:*',
    across: 'system:serviceaccount:*',
    spans: 'namespaces',
  },
  {
    issuer: 'spire.acme.example',
    exact: 'spiffe://acme.example/ns/shop/sa/checkout',
    within: 'spiffe://acme.example/ns/shop/*',
    across: 'spiffe://acme.example/ns/*/sa/checkout',
    spans: 'workloads',
  },
  {
    issuer: 'spire.acme.example',
    exact: 'spiffe://acme.example/checkout',
    across: 'spiffe://*/checkout',
    spans: 'trust domains',
  },
  {
    issuer: 'login.acme.example',
    exact: 'workload-4711',
    within: 'tenant:acme:workload:*',
    across: 'workload-*',
    spans: 'subjects',
  },
];

/** Ids of what is open where the subject is asked for so. */
function openings({ issuer }: Row, condition: object, audience = true): string[] {
  const address = issuer.replace(/\/$/, '');
  const asked = Object.fromEntries(
    Object.entries(condition).map(([operator, value]) => [operator, { [`${address}:sub`]: value }]),
  );
  const binding = audience ? { StringEquals: { [`${address}:aud`]: 'sts.amazonaws.com' } } : {};
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::408215637904:oidc-provider/${issuer}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { ...binding, ...asked, ...merged(binding, asked) },
  };
  const origin = { address: 'aws_iam_role.deploy', path: 'assume_role_policy' };
  return readTrust(policy([statement], origin), CONTEXT).openings.map(({ id }) => id);
}

/** The same operator for the audience and the subject. */
function merged(one: Record<string, object>, other: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.keys(one)
      .filter((operator) => operator in other)
      .map((operator) => [operator, { ...one[operator], ...other[operator] }]),
  );
}

describe.each(ROWS)('$issuer, $exact', (row) => {
  const { exact, within, across, spans } = row;
  const wide = [`oidc-subject-spans-${spans}`];
  const idle = ['oidc-subject-not-binding'];

  it.each<[string, object, string[]]>([
    ['one subject', { StringEquals: exact }, []],
    ['one subject, without case', { StringEqualsIgnoreCase: exact }, []],
    ['one subject as a pattern', { StringLike: exact }, []],
    ['a set with any of them', { 'ForAnyValue:StringEquals': [exact] }, []],
    ['a pattern inside of one', { StringLike: within ?? exact }, []],
    ['a pattern across many', { StringLike: across }, wide],
    ['a list with one loose element', { StringLike: [exact, across] }, wide],
    ['a loose element first', { StringLike: [across, exact] }, wide],
    ['nothing', {}, ['oidc-subject-missing']],
    ['only that there is one', { Null: 'false' }, idle],
    ['IfExists', { StringEqualsIfExists: exact }, idle],
    ['IfExists with a pattern', { StringLikeIfExists: within ?? exact }, idle],
    ['ForAllValues', { 'ForAllValues:StringEquals': [exact] }, idle],
    ['ForAllValues with a pattern', { 'ForAllValues:StringLike': [within ?? exact] }, idle],
    ['a negation', { StringNotLike: across }, idle],
    ['a negation of one', { StringNotEquals: exact }, idle],
    ['what does not bind beside what does', { StringEquals: exact, StringNotLike: across }, []],
  ])('%s', (_, condition, expected) => {
    expect(openings(row, condition)).toEqual(expected);
    // The audience says for whom a token is, not whose it is.
    expect(openings(row, condition, false)).toEqual(expected);
  });
});

describe('lists', () => {
  const [github] = ROWS as [Row];
  const values = fc.uniqueArray(
    fc.constantFrom(
      'repo:acme/portal:*',
      'repo:acme/shop:ref:refs/heads/main',
      'repo:acme/*',
      'repo:*/portal:*',
      'repo:acme/portal*',
      '*',
    ),
    { minLength: 1 },
  );

  it('are as loose as their loosest element, in any order, and whether or not a statement holds them all', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, turn) => {
        const at = turn % list.length;
        const turned = [...list.slice(at), ...list.slice(0, at)];
        const whole = openings(github, { StringLike: list }).length > 0;
        expect(openings(github, { StringLike: turned }).length > 0).toBe(whole);
        expect(list.some((one) => openings(github, { StringLike: one }).length > 0)).toBe(whole);
      }),
    );
  });

  it('are no looser beside another condition', () => {
    fc.assert(
      fc.property(values, (list) => {
        expect(openings(github, { StringLike: list, StringEquals: github.exact })).toEqual([]);
      }),
    );
  });
});
