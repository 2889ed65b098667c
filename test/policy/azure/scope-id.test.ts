import { expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { levelOfScope, levelOfType, type ScopeLevel } from '../../../src/policy/azure/scope-id.js';

const group = symbol('azurerm_resource_group.shop["a.b/c"].id', true);
const subscription = symbol('data.azurerm_subscription.current.id', true);

test.each<[scope: string, level: ScopeLevel]>([
  ['/', 'tenant'],
  ['/providers/Microsoft.Management/managementGroups/corp', 'management-group'],
  ['/PROVIDERS/microsoft.management/managementgroups/corp/', 'management-group'],
  ['/subscriptions/0000', 'subscription'],
  ['/subscriptions/0000/resourceGroups/rg', 'resource-group'],
  ['/subscriptions/0000/resourcegroups/rg/', 'resource-group'],
  ['/subscriptions/0000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv', 'resource'],
  ['/subscriptions/0000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/secrets/db', 'resource'],
  ['/subscriptions/0000/providers/Microsoft.Security/pricings/x', 'resource'],
  ['/providers/Microsoft.Capacity', 'resource'],
  [group, 'resource-group'],
  [`${group}/providers/Microsoft.KeyVault/vaults/kv`, 'resource'],
  [subscription, 'subscription'],
  [`${subscription}/resourceGroups/rg`, 'resource-group'],
  [`/subscriptions/${symbol('var.subscription/x', false)}`, 'subscription'],
  [
    `/subscriptions/${symbol('data.azurerm_client_config.me.subscription_id', true)}/resourceGroups/rg`,
    'resource-group',
  ],
  [symbol('module.landing.azurerm_management_group.corp.id', true), 'management-group'],
  [symbol('azurerm_key_vault.kv.id', true), 'resource'],
  [symbol('azurerm_storage_account.azurerm_resource_group.id', true), 'resource'],
  [symbol('module.landing.scope', true), 'unknown'],
  [symbol('var.scope', false), 'unknown'],
  ['kv', 'unknown'],
  ['', 'unknown'],
])('%s', (scope, level) => {
  expect(levelOfScope(scope)).toBe(level);
});

test.each<[type: string, level: ScopeLevel]>([
  ['azurerm_resource_group', 'resource-group'],
  ['azurerm_key_vault', 'resource'],
  ['azapi_resource', 'unknown'],
  ['constructor', 'unknown'],
])('%s', (type, level) => {
  expect(levelOfType(type)).toBe(level);
});
