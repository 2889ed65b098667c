import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { type Assignment, judgeAccessPolicy, judgeAssignment } from '../../../src/policy/azure/judge.js';
import type { Permission } from '../../../src/policy/azure/powers.js';
import { builtInRole, type CustomRole, type Role } from '../../../src/policy/azure/roles.js';
import { levelOfScope, type ScopeLevel } from '../../../src/policy/azure/scope-id.js';

function role(name: string): Role {
  const found = builtInRole(name);
  if (!found) throw new Error(`no role ${name}`);
  return found;
}

function custom(permission: Partial<Permission>, ...others: Partial<Permission>[]): CustomRole {
  const none: Permission = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
  return {
    kind: 'custom',
    name: 'Custom',
    permissions: [permission, ...others].map((one) => ({ ...none, ...one })),
  };
}

function verdict(assignment: Assignment): string {
  const { level, escalates } = judgeAssignment(assignment);
  return escalates === undefined ? level : `${level}, escalates`;
}

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-00000000bbbb';
const GROUP = symbol('azurerm_resource_group.partner_api.id', true);

describe('assignments of a partner landing zone', () => {
  test.each<[identity: string, role: Role, scope: string, verdict: string, vaults?: boolean]>([
    ['gha_partner_api', role('Contributor'), GROUP, 'broad'],
    [
      'statement_reader',
      role('Storage Blob Data Reader'),
      symbol('azurerm_storage_container.statements.id', true),
      'bounded',
    ],
    ['landing_zone', role('Owner'), SUBSCRIPTION, 'unbounded'],
    ['api_operator', role('Contributor'), GROUP, 'broad'],
    ['inventory', role('Reader'), SUBSCRIPTION, 'bounded'],
    ['secret_auditor', role('Key Vault Secrets User'), SUBSCRIPTION, 'broad'],
    [
      'access_migration',
      role('/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'),
      '/providers/Microsoft.Management/managementGroups/northgate-corp',
      'unbounded, escalates',
    ],
    [
      'platform_engineer',
      custom({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete'] }),
      SUBSCRIPTION,
      'unbounded',
    ],
    [
      'queue_peeker',
      custom({
        actions: ['Microsoft.ServiceBus/namespaces/queues/read'],
        dataActions: ['Microsoft.ServiceBus/namespaces/messages/receive/action'],
      }),
      symbol('azurerm_servicebus_namespace.notifications.id', true),
      'bounded',
    ],
    [
      'vault_janitor',
      role('Key Vault Contributor'),
      symbol('azurerm_key_vault.partner.id', true),
      'bounded, escalates',
      true,
    ],
    [
      'vault_janitor_rbac',
      role('Key Vault Contributor'),
      symbol('azurerm_key_vault.partner_rbac.id', true),
      'bounded',
      false,
    ],
    [
      'payout_worker',
      role('Azure Service Bus Data Sender'),
      symbol('azurerm_servicebus_namespace.notifications.id', true),
      'bounded',
    ],
    [
      'sftp_host',
      role('Storage Blob Data Contributor'),
      symbol('azurerm_storage_container.statements.id', true),
      'bounded',
    ],
    [
      'partner_api',
      role('Key Vault Secrets User'),
      symbol('azurerm_key_vault.partner_rbac.id', true),
      'bounded',
    ],
    [
      'report_writer',
      role('Storage Blob Data Contributor'),
      symbol('azurerm_storage_container.reports.id', true),
      'bounded',
    ],
    ['portal', role('Key Vault Secrets User'), symbol('azurerm_key_vault.portal.id', true), 'bounded'],
  ])('%s', (_identity, given, scope, expected, vaultsInAccessPolicyMode = false) => {
    expect(verdict({ role: given, level: levelOfScope(scope), vaultsInAccessPolicyMode })).toBe(expected);
  });
});

describe('built-in roles', () => {
  test.each<[name: string, level: ScopeLevel, verdict: string]>([
    ['Owner', 'tenant', 'unbounded'],
    ['Owner', 'resource-group', 'broad, escalates'],
    ['Owner', 'resource', 'bounded, escalates'],
    ['Owner', 'unknown', 'undecided, escalates'],
    ['Contributor', 'management-group', 'unbounded'],
    ['Contributor', 'resource', 'bounded'],
    ['contributor', 'unknown', 'undecided'],
    ['Role Based Access Control Administrator', 'subscription', 'unbounded, escalates'],
    ['User Access Administrator', 'resource-group', 'bounded, escalates'],
    ['Reader', 'tenant', 'bounded'],
    ['Reader', 'unknown', 'bounded'],
    ['Monitoring Reader', 'subscription', 'bounded'],
    ['Security Reader', 'subscription', 'bounded'],
    ['Key Vault Reader', 'subscription', 'bounded'],
    ['Backup Reader', 'management-group', 'bounded'],
    ['Cost Management Reader', 'subscription', 'bounded'],
    ['AcrPull', 'subscription', 'bounded'],
    ['Reader and Data Access', 'subscription', 'broad'],
    ['Storage Account Key Operator Service Role', 'subscription', 'broad'],
    ['Storage Blob Data Reader', 'subscription', 'broad'],
    ['Storage Blob Data Owner', 'resource-group', 'bounded'],
    ['Azure Kubernetes Service Cluster Admin Role', 'subscription', 'broad'],
    ['Azure Event Hubs Data Receiver', 'subscription', 'broad'],
    ['Virtual Machine Contributor', 'subscription', 'broad'],
    ['Network Contributor', 'management-group', 'broad'],
    ['Virtual Machine Contributor', 'resource-group', 'bounded'],
    ['Monitoring Metrics Publisher', 'resource', 'bounded'],
    ['Managed Identity Operator', 'subscription', 'broad, escalates'],
    ['Managed Identity Operator', 'resource-group', 'bounded'],
    ['Managed Identity Contributor', 'subscription', 'broad, escalates'],
    ['Key Vault Data Access Administrator', 'resource', 'bounded'],
  ])('%s at %s', (name, level, expected) => {
    expect(verdict({ role: role(name), level })).toBe(expected);
  });

  test('are known by name, by id and by definition id, whatever the case', () => {
    const id = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
    for (const text of [
      'Reader',
      ' reader ',
      id,
      id.toUpperCase(),
      `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
    ])
      expect(builtInRole(text)?.name).toBe('Reader');
    for (const text of ['', 'Acme Reader', '__proto__', 'constructor', id.slice(1), '/roleDefinitions/'])
      expect(builtInRole(text)).toBeUndefined();
  });

  test('of the same vault only raise rights where it takes access policies', () => {
    const vaultsInAccessPolicyMode = true;
    expect(verdict({ role: role('Contributor'), level: 'resource-group', vaultsInAccessPolicyMode })).toBe(
      'broad, escalates',
    );
    expect(verdict({ role: role('Contributor'), level: 'subscription', vaultsInAccessPolicyMode })).toBe(
      'unbounded',
    );
    expect(
      verdict({ role: role('Key Vault Secrets User'), level: 'resource', vaultsInAccessPolicyMode }),
    ).toBe('bounded');
  });

  test('that hand out rights say so', () => {
    expect(judgeAssignment({ role: role('User Access Administrator'), level: 'subscription' })).toEqual({
      level: 'unbounded',
      text: 'User Access Administrator at a subscription: hands out any role',
      escalates: 'User Access Administrator may assign roles to itself and others at a subscription',
      handsOutRights: true,
    });
    expect(judgeAssignment({ role: role('Owner'), level: 'resource-group' }).handsOutRights).toBe(false);
  });
});

describe('custom roles', () => {
  test.each<[what: string, role: CustomRole, level: ScopeLevel, verdict: string]>([
    ['everything', custom({ actions: ['*'] }), 'subscription', 'unbounded'],
    ['everything in a group', custom({ actions: ['*'] }), 'resource-group', 'broad, escalates'],
    [
      'everything but writes',
      custom({ actions: ['*'], notActions: ['*/write'] }),
      'subscription',
      'broad, escalates',
    ],
    ['all reads', custom({ actions: ['*/read'] }), 'subscription', 'bounded'],
    [
      'all that is left after writes are taken back is read',
      custom({ actions: ['*'], notActions: ['*/write', '*/delete', '*/action'] }),
      'subscription',
      'bounded',
    ],
    ['reads and tickets', custom({ actions: ['*/read', 'Microsoft.Support/*'] }), 'subscription', 'bounded'],
    [
      'restarts',
      custom({ actions: ['Microsoft.Compute/virtualMachines/restart/action'] }),
      'subscription',
      'broad',
    ],
    [
      'restarts in a group',
      custom({ actions: ['Microsoft.Compute/virtualMachines/restart/action'] }),
      'resource-group',
      'bounded',
    ],
    [
      'account keys',
      custom({ actions: ['microsoft.storage/storageaccounts/LISTKEYS/action'] }),
      'subscription',
      'broad',
    ],
    ['every action of every provider', custom({ actions: ['*/action'] }), 'subscription', 'broad, escalates'],
    [
      'secret values',
      custom({ dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] }),
      'subscription',
      'broad',
    ],
    [
      'secret metadata',
      custom({ dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action'] }),
      'subscription',
      'bounded',
    ],
    [
      'data that is taken back',
      custom({
        actions: ['*/read'],
        dataActions: ['Microsoft.Storage/*'],
        notDataActions: ['Microsoft.Storage/*'],
      }),
      'subscription',
      'bounded',
    ],
    [
      'role assignments',
      custom({ actions: ['Microsoft.Authorization/roleAssignments/write'] }),
      'resource',
      'bounded, escalates',
    ],
    [
      'all of authorization',
      custom({ actions: ['Microsoft.Authorization/*'] }),
      'subscription',
      'broad, escalates',
    ],
    [
      'role assignments taken back',
      custom({
        actions: ['Microsoft.Authorization/*'],
        notActions: ['Microsoft.Authorization/*/write', 'Microsoft.Authorization/elevateAccess/action'],
      }),
      'resource-group',
      'bounded',
    ],
    [
      'identities',
      custom({ actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action'] }),
      'subscription',
      'broad, escalates',
    ],
    [
      'an action known after apply',
      custom({ actions: [symbol('var.action', false)] }),
      'resource-group',
      'undecided',
    ],
    [
      'everything, and an action known after apply',
      custom({ actions: ['*', symbol('var.action', false)] }),
      'subscription',
      'unbounded',
    ],
    ['nothing', custom({}), 'subscription', 'bounded'],
  ])('%s', (_what, given, level, expected) => {
    expect(verdict({ role: given, level })).toBe(expected);
  });

  test('subtract the exclusions of one block from that block alone', () => {
    const twice = custom(
      { actions: ['*'] },
      { actions: ['*/read'], notActions: ['*/write', '*/delete', '*/action'] },
    );
    expect(verdict({ role: twice, level: 'subscription' })).toBe('unbounded');
  });

  test('write access policies through any pattern that covers them', () => {
    for (const action of [
      'Microsoft.KeyVault/*',
      'Microsoft.KeyVault/vaults/accessPolicies/write',
      '*/write',
    ])
      expect(
        judgeAssignment({
          role: custom({ actions: [action], notActions: ['Microsoft.Authorization/*'] }),
          level: 'resource',
          vaultsInAccessPolicyMode: true,
        }).escalates,
      ).toContain('Key Vault');
  });
});

describe('roles known by name only', () => {
  test.each<[name: string, level: ScopeLevel, verdict: string]>([
    ['Acme Reader', 'subscription', 'bounded'],
    ['Acme Data Reader', 'subscription', 'broad'],
    ['Acme Secrets Officer', 'subscription', 'broad'],
    ['Acme Operator', 'subscription', 'broad'],
    ['Acme Operator', 'resource-group', 'bounded'],
    ['Acme Thing', 'subscription', 'undecided'],
    ['Acme Thing', 'resource-group', 'undecided'],
    ['Acme Thing', 'resource', 'bounded'],
  ])('%s at %s', (name, level, expected) => {
    const judged = judgeAssignment({ role: { kind: 'named', name }, level });
    expect(judged.level).toBe(expected);
    expect(judged.text).toContain('judged by its name');
  });
});

describe('conditions', () => {
  const only = (ids: string): string =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}))`;

  test('that name the roles to hand out make handing out harmless', () => {
    const condition = only('4633458b-17de-408a-b874-0445c86b69e6');
    const administrator = role('Role Based Access Control Administrator');
    expect(verdict({ role: administrator, level: 'resource', condition })).toBe('bounded');
    expect(verdict({ role: administrator, level: 'subscription', condition })).toBe('broad');
  });

  test('that let Owner through do not', () => {
    const condition = only('8e3af657-a8ff-443c-a75c-2fe8c4bcb635');
    expect(verdict({ role: role('User Access Administrator'), level: 'resource', condition })).toBe(
      'bounded, escalates',
    );
  });

  test('that cannot be read do not', () => {
    expect(
      verdict({ role: role('User Access Administrator'), level: 'resource', condition: 'never mind (' }),
    ).toBe('bounded, escalates');
  });

  test('that name the data bound a data role, but not one that changes resources', () => {
    const condition =
      "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'statements'))";
    expect(verdict({ role: role('Storage Blob Data Reader'), level: 'subscription', condition })).toBe(
      'bounded',
    );
    expect(verdict({ role: role('Virtual Machine Contributor'), level: 'subscription', condition })).toBe(
      'broad',
    );
  });
});

test('an access policy reaches one vault', () => {
  const none = { keyPermissions: [], certificatePermissions: [], storagePermissions: [] };
  expect(judgeAccessPolicy({ ...none, secretPermissions: ['Get', 'List'] })).toEqual({
    level: 'bounded',
    text: 'access policy of one Key Vault: get, list on secrets',
  });
  expect(judgeAccessPolicy({ ...none, secretPermissions: [] }).text).toBe(
    'access policy of one Key Vault: no permission',
  );
});
