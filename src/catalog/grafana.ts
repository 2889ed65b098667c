// What Grafana resources mean for access. Paths: the grafana/grafana provider's schema; Amazon's managed Grafana has
// the same accounts under other names.

import { type AttributePath, defineProvider, type ResourceFacts, type WordedGrantFacts } from './types.js';

const roles = (path: AttributePath): WordedGrantFacts => ({
  judged: [
    {
      level: 'unbounded',
      where: { [path]: /^(?:Grafana ?)?Admin$/i },
      text: 'everything in Grafana, as Admin',
    },
    {
      level: 'broad',
      where: { [path]: /^Editor$/i },
      text: 'the role Editor: it changes every dashboard and alert',
    },
  ],
  reach: 'its role',
});

const account = (ids: readonly AttributePath[], role: AttributePath): ResourceFacts => ({
  principal: { kind: 'grafana.service_account', name: ['name'], ids, notes: ['name'] },
  wordedGrant: roles(role),
});

const token = (name: AttributePath, of: AttributePath, types: readonly string[]): ResourceFacts => ({
  principal: {
    kind: 'grafana.token',
    name: [name],
    ids: ['id'],
    notes: [name],
    sameAs: { paths: [of], types },
  },
  credential: {
    form: 'static',
    noun: 'service account token',
    lifetime: [{ path: 'seconds_to_live', unit: 'seconds' }],
  },
});

const apiKey = (name: AttributePath, role: AttributePath): ResourceFacts => ({
  principal: { kind: 'grafana.api_key', name: [name], ids: ['id'], notes: [name] },
  credential: {
    form: 'static',
    noun: 'API key',
    lifetime: [{ path: 'seconds_to_live', unit: 'seconds' }],
  },
  wordedGrant: roles(role),
});

const SERVICE_ACCOUNT = ['grafana_service_account'];
const STACK_ACCOUNT = ['grafana_cloud_stack_service_account'];
const AMAZON_ACCOUNT = ['aws_grafana_workspace_service_account'];

export const grafana = defineProvider('grafana', () => ({
  types: {
    grafana_service_account: account(['id'], 'role'),
    grafana_service_account_token: token('name', 'service_account_id', SERVICE_ACCOUNT),
    grafana_service_account_rotating_token: token('name_prefix', 'service_account_id', SERVICE_ACCOUNT),
    grafana_cloud_stack_service_account: account(['id'], 'role'),
    grafana_cloud_stack_service_account_token: token('name', 'service_account_id', STACK_ACCOUNT),
    grafana_cloud_stack_service_account_rotating_token: token(
      'name_prefix',
      'service_account_id',
      STACK_ACCOUNT,
    ),
    grafana_api_key: apiKey('name', 'role'),
    grafana_cloud_stack_api_key: apiKey('name', 'role'),
    grafana_cloud_access_policy: {
      principal: {
        kind: 'grafana.access_policy',
        name: ['name'],
        ids: ['policy_id', 'id'],
        notes: ['display_name'],
        description: ['display_name'],
      },
      wordedGrant: {
        judged: [
          {
            level: 'broad',
            where: {
              scopes: /^(?:accesspolicies:write|orgs:write|stacks:write|stack-service-accounts:write)$/,
            },
            text: 'scopes that govern the organisation',
            escalates: 'may make tokens and accounts with other rights',
          },
        ],
        reach: 'its scopes',
      },
    },
    grafana_cloud_access_policy_token: {
      credential: { of: ['access_policy_id'], form: 'static', noun: 'access token', end: ['expires_at'] },
    },
    grafana_cloud_access_policy_rotating_token: {
      credential: {
        of: ['access_policy_id'],
        form: 'static',
        noun: 'access token',
        lifetime: [{ path: 'expire_after' }],
      },
    },
    // An item of a service account's access list: who may manage it.
    grafana_service_account_permission: { known: true },
    grafana_service_account_permission_item: { known: true },
  },
}));

/** Amazon Managed Grafana, part of the AWS provider. */
export const amazonGrafana: Readonly<Record<string, ResourceFacts>> = {
  aws_grafana_workspace_service_account: account(['service_account_id', 'id'], 'grafana_role'),
  aws_grafana_workspace_service_account_token: token('name', 'service_account_id', AMAZON_ACCOUNT),
  aws_grafana_workspace_api_key: apiKey('key_name', 'key_role'),
};
