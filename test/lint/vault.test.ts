// Vault in a plan: roles with their policies, the ways to sign in, and how long their tokens last.

import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/lint/config.js';
import { lintPlan, type Planned, resource, told } from '../plans.js';

const ref = (address: string, attribute: string) => [`${address}.${attribute}`, address];
const policy = (name: string, text: string) => resource(`vault_policy.${name}`, { name, policy: text });
const GITHUB = resource('vault_jwt_auth_backend.github', {
  path: 'github',
  bound_issuer: 'https://token.actions.githubusercontent.com',
  oidc_discovery_url: 'https://token.actions.githubusercontent.com',
});
const role = (values: Planned['values'], references: Planned['references'] = {}) =>
  resource(
    'vault_jwt_auth_backend_role.deploy',
    { role_name: 'deploy', role_type: 'jwt', token_max_ttl: 3600, bound_claims_type: 'glob', ...values },
    { backend: ref('vault_jwt_auth_backend.github', 'path'), ...references },
  );
/** Roles have no labels of their own, so the package says whose they are. */
const config = parseConfig(
  'leasehold.yaml',
  'packages:\n  - name: vault\n    match: ["vault_*.*"]\n    owner: team-shop\n    purpose: Deploys the shop\n',
  { knownRules: [], readFile: () => '' },
);
const report = (...resources: Planned[]) => lintPlan(resources, { config });
const errors = (...resources: Planned[]) =>
  report(...resources)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ category, address }) => `${category} ${address}`);

describe('a role', () => {
  it('is fine with a bound repository, a short token and a narrow policy', () => {
    const plan = [
      GITHUB,
      policy('deploy', 'path "secret/data/shop/*" {\n  capabilities = ["read"]\n}\n'),
      role({ bound_claims: { repository: 'acme/shop' }, token_policies: ['default', 'deploy'] }),
    ];
    expect(errors(...plan)).toEqual([]);
    const [identity] = report(...plan).identities;
    expect(identity?.identity.kind).toBe('vault.jwt_role');
    expect(identity?.expiry).toMatchObject({ verdict: 'enforced', ttlSeconds: 3600 });
    expect(identity?.scope.verdict).toBe('bounded');
  });

  it('takes its policies along references', () => {
    const plan = [
      GITHUB,
      policy('admin', 'path "*" { capabilities = ["create", "read", "update", "delete", "list", "sudo"] }'),
      role(
        { bound_claims: { repository: 'acme/shop' } },
        { token_policies: ref('vault_policy.admin', 'name') },
      ),
    ];
    expect(errors(...plan)).toEqual(['scope-unbounded vault_jwt_auth_backend_role.deploy']);
  });

  it('takes policy documents that are read during apply', () => {
    const document: Planned = {
      address: 'data.vault_policy_document.deploy',
      values: { rule: [{ capabilities: ['read'] }] },
      nested: {
        unknown: { hcl: true, id: true, rule: [{ path: true, capabilities: [false] }] },
        expressions: {
          rule: [
            {
              path: { references: ['vault_mount.kv.path', 'vault_mount.kv'] },
              capabilities: { constant_value: ['read'] },
            },
          ],
        },
      },
    };
    const plan = [
      GITHUB,
      document,
      resource('vault_mount.kv', { type: 'kv' }, { path: [] }),
      resource(
        'vault_policy.deploy',
        { name: 'deploy' },
        { policy: ref('data.vault_policy_document.deploy', 'hcl') },
      ),
      role(
        { bound_claims: { repository: 'acme/shop' } },
        { token_policies: ref('vault_policy.deploy', 'name') },
      ),
    ];
    expect(report(...plan).identities[0]?.scope.verdict).toBe('bounded');
  });

  it('is open where only the audience binds', () => {
    const plan = [GITHUB, role({ bound_audiences: ['https://github.com/acme'], token_policies: [] })];
    expect(told(report(...plan), 'trust-open')).toEqual([
      'vault_jwt_auth_backend_role.deploy: Any token of GitHub will do: nothing binds its subject',
    ]);
  });

  it('never ends where its tokens are renewed for ever, or nobody says when', () => {
    const bound = { bound_claims: { repository: 'acme/shop' }, token_policies: [] };
    const missing = ['expiry-missing vault_jwt_auth_backend_role.deploy'];
    expect(errors(GITHUB, role({ ...bound, token_period: 3600 }))).toEqual(missing);
    expect(errors(GITHUB, role({ ...bound, token_max_ttl: null }))).toEqual(missing);
    expect(errors(GITHUB, role({ ...bound, token_period: 3600, token_explicit_max_ttl: 86400 }))).toEqual([]);
  });

  it('for people is nobody to judge', () => {
    expect(report(GITHUB, role({ role_type: 'oidc', bound_claims: {} })).identities).toEqual([]);
  });

  it('with a policy that is nowhere in the plan is undecided', () => {
    const plan = [GITHUB, role({ bound_claims: { repository: 'acme/shop' }, token_policies: ['deploy'] })];
    expect(report(...plan).identities[0]?.scope.verdict).toBe('undecided');
  });
});

describe('an AppRole', () => {
  const approle = (values: Planned['values']) =>
    resource('vault_approle_auth_backend_role.ci', {
      role_name: 'ci',
      bind_secret_id: true,
      token_policies: [],
      ...values,
    });

  it('ends with its secret ids', () => {
    expect(errors(approle({ secret_id_ttl: 600, token_max_ttl: 600 }))).toEqual([]);
    expect(errors(approle({ secret_id_ttl: 0, token_max_ttl: 600 }))).toEqual([
      'expiry-missing vault_approle_auth_backend_role.ci',
    ]);
  });

  it('takes the labels of its secret id', () => {
    const secretId = resource(
      'vault_approle_auth_backend_role_secret_id.ci',
      { metadata: '{"team":"team-ci"}', ttl: 600 },
      { role_name: ref('vault_approle_auth_backend_role.ci', 'role_name') },
    );
    const { identities } = lintPlan([approle({ secret_id_ttl: 600 }), secretId]);
    expect(identities).toHaveLength(1);
    expect(identities[0]?.owner).toMatchObject({ verdict: 'declared', value: 'team-ci' });
    expect(identities[0]?.identity.credentials).toHaveLength(2);
  });

  it('is open without a secret id', () => {
    expect(errors(approle({ bind_secret_id: false, token_max_ttl: 600 }))).toEqual([
      'trust-open vault_approle_auth_backend_role.ci',
    ]);
  });
});

describe('other ways', () => {
  it('tell service accounts of every namespace', () => {
    const pod = (namespaces: string[]) =>
      resource('vault_kubernetes_auth_backend_role.shop', {
        role_name: 'shop',
        bound_service_account_names: ['shop'],
        bound_service_account_namespaces: namespaces,
        token_policies: [],
        token_ttl: 900,
      });
    expect(errors(pod(['shop']))).toEqual([]);
    expect(errors(pod(['*']))).toEqual(['trust-open vault_kubernetes_auth_backend_role.shop']);
  });

  it('know tokens by their labels, and that a period is no end', () => {
    const token = (values: Planned['values']) =>
      resource('vault_token.batch', {
        display_name: 'batch',
        policies: ['root'],
        metadata: { owner: 'team-batch' },
        ...values,
      });
    const [identity] = report(token({ ttl: '24h' })).identities;
    expect(identity?.owner).toMatchObject({ verdict: 'declared', value: 'team-batch' });
    expect(identity?.expiry).toMatchObject({ verdict: 'enforced', ttlSeconds: 86400 });
    expect(identity?.scope.verdict).toBe('unbounded');
    expect(report(token({ ttl: '24h', period: '24h' })).identities[0]?.expiry.verdict).toBe('missing');
  });
});
