// Platforms without a policy language of their own: GitLab and the services that hand out keys. For each a plan with
// flaws and one without.

import { describe, expect, it } from 'vitest';
import { lintPlan, type Planned, resource } from '../plans.js';

const ref = (address: string, attribute = 'id') => [`${address}.${attribute}`, address];
const errors = (...resources: Planned[]) =>
  lintPlan(resources)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ category, address }) => `${category} ${address}`)
    .sort();
const identities = (...resources: Planned[]) =>
  lintPlan(resources).identities.map(({ identity }) => identity.address);
const scopes = (...resources: Planned[]) =>
  Object.fromEntries(
    lintPlan(resources).identities.map(({ identity, scope }) => [identity.address, scope.verdict]),
  );

/** A block whose only unknown is the id of another resource. */
const linked = (block: string, attribute: string, to: string) => ({
  unknown: { [block]: [{ [attribute]: true }] },
  expressions: { [block]: [{ [attribute]: { references: ref(to) } }] },
});

describe('GitLab', () => {
  const token = (values: Planned['values']) =>
    resource('gitlab_project_access_token.release', {
      name: 'release; owner=team-shop',
      project: '42',
      description: 'Publishes releases of the shop',
      scopes: ['write_repository'],
      access_level: 'developer',
      expires_at: '2027-01-31',
      ...values,
    });

  it('is fine with tokens that end', () => {
    expect(errors(token({}))).toEqual([]);
    const rotated = {
      expires_at: null,
      rotation_configuration: { expiration_days: 30, rotate_before_days: 7 },
    };
    expect(errors(token(rotated))).toEqual([]);
    expect(errors(token({ scopes: ['api'] }))).toEqual([]);
  });

  it('tells tokens that do not, or that may do everything', () => {
    const at = 'gitlab_project_access_token.release';
    expect(errors(token({ expires_at: null }))).toEqual([`expiry-missing ${at}`]);
    expect(errors(token({ expires_at: '2027-11-01' }))).toEqual([`expiry-too-long ${at}`]);
    expect(errors(token({ name: 'release' }))).toEqual([`owner-missing ${at}`]);
    expect(errors(token({ scopes: ['api'], access_level: 'owner' }))).toEqual([`scope-broad ${at}`]);
  });

  it('reads a token of a service account as its credential', () => {
    const plan = [
      resource('gitlab_group_service_account.bot', {
        name: 'bot: owner=team-shop',
        username: 'bot',
        group: '7',
      }),
      resource(
        'gitlab_group_service_account_access_token.bot',
        { name: 'owner=team-shop', group: '7', scopes: ['api'], expires_at: '2027-01-31' },
        { user_id: ref('gitlab_group_service_account.bot', 'service_account_id') },
      ),
      resource(
        'gitlab_group_membership.bot',
        { group_id: '7', access_level: 'owner' },
        { user_id: ref('gitlab_group_service_account.bot', 'service_account_id') },
      ),
    ];
    expect(identities(...plan)).toEqual(['gitlab_group_service_account.bot']);
    expect(errors(...plan)).toEqual(['scope-broad gitlab_group_service_account.bot']);
  });

  it('tells what never ends by itself', () => {
    const names = { name: 'owner=team-shop', title: 'owner=team-shop', description: 'owner=team-shop' };
    expect(
      errors(
        resource('gitlab_deploy_token.pull', { ...names, scopes: ['read_registry'], project: '42' }),
        resource('gitlab_deploy_key.pull', { ...names, project: '42', key: 'ssh-ed25519 AAAA' }),
        resource('gitlab_pipeline_trigger.nightly', { ...names, project: '42' }),
        resource('gitlab_user_runner.linux', { ...names, runner_type: 'project_type' }),
        resource('gitlab_cluster_agent.shop', { ...names, project: '42' }),
        resource(
          'gitlab_cluster_agent_token.shop',
          { name: 'shop', project: '42' },
          { agent_id: ref('gitlab_cluster_agent.shop', 'agent_id') },
        ),
      ),
    ).toEqual([
      'expiry-missing gitlab_cluster_agent.shop',
      'expiry-missing gitlab_deploy_key.pull',
      'expiry-missing gitlab_deploy_token.pull',
      'expiry-missing gitlab_pipeline_trigger.nightly',
      'expiry-missing gitlab_user_runner.linux',
    ]);
  });
});

describe('Datadog', () => {
  const account = (roles: string) => [
    resource(`data.datadog_role.it`, {
      id: '6d9d0f5e-1111-4222-8333-944445555666',
      filter: roles,
      name: roles,
    }),
    resource(
      'datadog_service_account.ci',
      { name: 'owner=team-shop', email: 'ci@acme.example', roles: ['6d9d0f5e-1111-4222-8333-944445555666'] },
      { roles: ref('data.datadog_role.it') },
    ),
    resource(
      'datadog_service_access_token.ci',
      { name: 'ci', scopes: ['dashboards_read'], expires_at: '2027-01-31T00:00:00Z' },
      { service_account_id: ref('datadog_service_account.ci') },
    ),
  ];
  it('knows roles by the name behind their id', () => {
    expect(errors(...account('Datadog Read Only Role'))).toEqual([]);
    expect(errors(...account('Datadog Admin Role'))).toEqual([
      'expiry-too-long datadog_service_account.ci',
      'scope-unbounded datadog_service_account.ci',
    ]);
  });
  it('tells keys that never end, and keys without scopes', () => {
    expect(
      errors(
        resource('datadog_api_key.agent', { name: 'agent; owner=team-shop' }),
        resource('datadog_application_key.ci', { name: 'ci; owner=team-shop', scopes: null }),
      ),
    ).toEqual([
      'expiry-missing datadog_api_key.agent',
      'expiry-missing datadog_application_key.ci',
      'scope-broad datadog_application_key.ci',
    ]);
  });
});

describe('MongoDB Atlas', () => {
  it('is fine with users that need no password', () => {
    const user = resource('mongodbatlas_database_user.shop', {
      username: 'arn:aws:iam::408215637904:role/shop',
      aws_iam_type: 'ROLE',
      roles: [{ role_name: 'readWrite', database_name: 'shop' }],
      labels: [
        { key: 'owner', value: 'team-shop' },
        { key: 'expires', value: '2027-03-31' },
      ],
    });
    expect(errors(user)).toEqual([]);
    expect(lintPlan([user]).findings.filter(({ category }) => category === 'static-credential')).toEqual([]);
  });
  it('tells passwords, and roles in every database', () => {
    const user = resource(
      'mongodbatlas_database_user.etl',
      {
        username: 'etl',
        roles: [{ role_name: 'readWriteAnyDatabase', database_name: 'admin' }],
        labels: [{ key: 'owner', value: 'team-data' }],
      },
      { password: ref('random_password.etl', 'result') },
    );
    expect(errors(user)).toEqual([
      'expiry-missing mongodbatlas_database_user.etl',
      'scope-broad mongodbatlas_database_user.etl',
    ]);
    const key = resource('mongodbatlas_project_api_key.ci', {
      description: 'owner: team-data',
      project_assignment: [{ project_id: '1', role_names: ['GROUP_READ_ONLY', 'GROUP_OWNER'] }],
    });
    expect(errors(key)).toEqual([
      'expiry-missing mongodbatlas_project_api_key.ci',
      'scope-broad mongodbatlas_project_api_key.ci',
    ]);
  });
});

describe('Snowflake', () => {
  const grant = (role: string) =>
    resource(
      'snowflake_grant_account_role.etl',
      { role_name: role },
      { user_name: ref('snowflake_service_user.etl', 'name') },
    );
  const user = (values: Planned['values'] = {}) =>
    resource('snowflake_service_user.etl', {
      name: 'ETL',
      comment: 'owner=team-data; purpose=Loads orders',
      rsa_public_key: 'MIIB',
      days_to_expiry: 60,
      ...values,
    });
  it('is fine with users that end and have one role', () => {
    expect(errors(user(), grant('LOADER'))).toEqual([]);
  });
  it('tells administrators, and passwords that stay', () => {
    expect(errors(user({ days_to_expiry: 20 }), grant('ACCOUNTADMIN'))).toEqual([
      'scope-unbounded snowflake_service_user.etl',
    ]);
    const legacy = resource('snowflake_legacy_service_user.bi', { name: 'BI', comment: 'owner=team-data' });
    const report = lintPlan([legacy]);
    expect(report.findings.map(({ category }) => category)).toContain('static-credential');
    expect(errors(legacy)).toEqual(['expiry-missing snowflake_legacy_service_user.bi']);
  });
  it('ends access tokens', () => {
    const token = (values: Planned['values']) => [
      user({ rsa_public_key: null }),
      resource(
        'snowflake_user_programmatic_access_token.etl',
        { name: 'ETL', ...values },
        { user: ref('snowflake_service_user.etl', 'name') },
      ),
    ];
    expect(errors(...token({ days_to_expiry: 30 }))).toEqual([]);
    expect(errors(...token({}))).toEqual(['expiry-missing snowflake_service_user.etl']);
  });
});

describe('Cloudflare', () => {
  const token = (values: Planned['values'], nested?: Planned['nested']): Planned => ({
    ...resource('cloudflare_api_token.dns', {
      name: 'dns; owner=team-web',
      expires_on: '2027-01-31T00:00:00Z',
      ...values,
    }),
    ...(nested ? { nested } : {}),
  });
  const zone = { 'com.cloudflare.api.account.zone.eb78d65290b24279ba6f44721b3ea3c4': '*' };
  const policies = (resources: object) => ({
    policies: [
      { effect: 'allow', permission_groups: [{ id: '4755a26eedb94da69e1066d98aa820be' }], resources },
    ],
  });
  const every = { 'com.cloudflare.api.account.zone.*': '*' };

  it('is fine with named zones', () => {
    expect(errors(token(policies(zone)))).toEqual([]);
  });
  it('knows permissions by the key that they are looked up with', () => {
    const looked = (name: string) => {
      const list = [`data.cloudflare_api_token_permission_groups.all.zone["${name}"]`];
      return token(policies(every), {
        unknown: {},
        expressions: { policies: { references: list } },
      });
    };
    expect(scopes(looked('DNS Read'))).toEqual({ 'cloudflare_api_token.dns': 'bounded' });
    expect(scopes(looked('DNS Write'))).toEqual({ 'cloudflare_api_token.dns': 'broad' });
    expect(scopes(token(policies(every)))).toEqual({ 'cloudflare_api_token.dns': 'undecided' });
  });
  it('tells tokens that stay', () => {
    expect(errors(token({ ...policies(zone), expires_on: null }))).toEqual([
      'expiry-missing cloudflare_api_token.dns',
    ]);
    const service = resource('cloudflare_zero_trust_access_service_token.ci', {
      name: 'ci; owner=team-web',
      duration: '8760h',
    });
    expect(errors(service)).toEqual(['expiry-too-long cloudflare_zero_trust_access_service_token.ci']);
  });
});

describe('Okta', () => {
  const app = (values: Planned['values'] = {}) =>
    resource('okta_app_oauth.sync', {
      label: 'sync',
      type: 'service',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'private_key_jwt',
      admin_note: 'owner=team-it\nexpires=2027-06-30',
      ...values,
    });
  const scope = (...scopes: string[]) =>
    resource('okta_app_oauth_api_scope.sync', { scopes }, { app_id: ref('okta_app_oauth.sync') });
  it('is fine with a key of its own and scopes that read', () => {
    expect(errors(app(), scope('okta.users.read'))).toEqual([]);
  });
  it('leaves apps that people sign in to alone', () => {
    expect(identities(app({ type: 'web', grant_types: ['authorization_code'] }))).toEqual([]);
  });
  it('tells client secrets, and who manages everything', () => {
    const secret = app({ token_endpoint_auth_method: 'client_secret_basic' });
    expect(errors(secret, scope('okta.users.manage'))).toEqual([
      'expiry-not-enforced okta_app_oauth.sync',
      'scope-broad okta_app_oauth.sync',
    ]);
    const admin = resource(
      'okta_app_oauth_role_assignment.sync',
      { type: 'SUPER_ADMIN' },
      { client_id: ref('okta_app_oauth.sync', 'client_id') },
    );
    expect(scopes(app(), admin)).toEqual({ 'okta_app_oauth.sync': 'unbounded' });
  });
});

describe('Grafana', () => {
  const account = (role: string) =>
    resource('grafana_service_account.ci', { name: 'ci; owner=team-sre', role, is_disabled: false });
  const token = (seconds: number | null) =>
    resource(
      'grafana_service_account_token.ci',
      { name: 'ci', seconds_to_live: seconds },
      { service_account_id: ref('grafana_service_account.ci') },
    );
  it('is fine with a viewer whose token ends', () => {
    expect(errors(account('Viewer'), token(604800))).toEqual([]);
  });
  it('tells administrators and tokens that stay', () => {
    expect(errors(account('Admin'), token(null))).toEqual([
      'expiry-missing grafana_service_account.ci',
      'scope-unbounded grafana_service_account.ci',
    ]);
    expect(
      errors(
        resource('aws_grafana_workspace_api_key.ci', {
          key_name: 'ci; owner=team-sre',
          key_role: 'EDITOR',
          seconds_to_live: 86400,
          workspace_id: 'g-1',
        }),
      ),
    ).toEqual(['scope-broad aws_grafana_workspace_api_key.ci']);
  });
  it('ends tokens of an access policy', () => {
    const policy = (scopes: string[]) =>
      resource('grafana_cloud_access_policy.push', { name: 'push', display_name: 'owner=team-sre', scopes });
    const rotating = resource(
      'grafana_cloud_access_policy_rotating_token.push',
      { name_prefix: 'push', expire_after: '30d', early_rotation_window: '24h' },
      { access_policy_id: ref('grafana_cloud_access_policy.push', 'policy_id') },
    );
    expect(errors(policy(['metrics:write']), rotating)).toEqual([]);
    expect(errors(policy(['accesspolicies:write']), rotating)).toEqual([
      'privilege-escalation grafana_cloud_access_policy.push',
      'scope-broad grafana_cloud_access_policy.push',
    ]);
  });
});

describe('Confluent', () => {
  const account = resource('confluent_service_account.orders', {
    display_name: 'orders',
    description: 'owner=team-orders',
  });
  const key = (values: Planned['values'] = {}): Planned => ({
    ...resource('confluent_api_key.orders', {
      display_name: 'orders',
      owner: [{ api_version: 'iam/v2', kind: 'ServiceAccount' }],
      ...values,
    }),
    nested: linked('owner', 'id', 'confluent_service_account.orders'),
  });
  const binding = (role: string, pattern = 'crn://confluent.cloud/organization=1/topic=orders') =>
    resource(
      'confluent_role_binding.orders',
      { role_name: role, crn_pattern: pattern },
      { principal: ref('confluent_service_account.orders') },
    );
  it('is fine with a key that ends and one topic', () => {
    expect(identities(account, key())).toEqual(['confluent_service_account.orders']);
    expect(errors(account, key({ expires_at: '2027-01-31' }), binding('DeveloperWrite'))).toEqual([]);
  });
  it('tells keys that stay, and wide roles', () => {
    expect(errors(account, key(), binding('EnvironmentAdmin'))).toEqual([
      'expiry-missing confluent_service_account.orders',
      'scope-broad confluent_service_account.orders',
    ]);
    expect(scopes(account, binding('OrganizationAdmin'))).toEqual({
      'confluent_service_account.orders': 'unbounded',
    });
    expect(scopes(account, binding('DeveloperRead', 'crn://confluent.cloud/kafka=1/topic=*'))).toEqual({
      'confluent_service_account.orders': 'broad',
    });
  });
});
