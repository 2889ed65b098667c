// Role assignments in the forms that configuration writes them in, with what is known only after apply.

import { expect, it } from 'vitest';
import type { LintReport } from '../../src/lint/report.js';
import { planOf, reportOn } from '../configurations.js';

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

const reportOf = (text: string): LintReport => reportOn(planOf({ 'main.tf': text }));

function scopeOf(assignment: string): string {
  const report = reportOf(`
data "azurerm_subscription" "current" {}
variable "role" {}
resource "azurerm_resource_group" "shop" {
  name     = "shop"
  location = "westeurope"
}
resource "azurerm_user_assigned_identity" "worker" {
  name                = "worker"
  resource_group_name = azurerm_resource_group.shop.name
  location            = "westeurope"
}
resource "azurerm_role_assignment" "worker" {
  principal_id = azurerm_user_assigned_identity.worker.principal_id
  ${assignment}
}
`);
  const scope = report?.identities[0]?.scope;
  return [scope?.verdict, ...(scope?.reasons.map(({ text }) => text) ?? [])].join(': ');
}

it.each([
  [
    'a built-in role behind a subscription that is not known yet',
    `scope = azurerm_resource_group.shop.id
     role_definition_id = "\${data.azurerm_subscription.current.id}/providers/Microsoft.Authorization/roleDefinitions/${CONTRIBUTOR}"`,
    'broad: Contributor at a resource group',
  ],
  [
    'a role that is not known yet',
    `scope = azurerm_resource_group.shop.id
     role_definition_id = "\${data.azurerm_subscription.current.id}/providers/Microsoft.Authorization/roleDefinitions/\${var.role}"`,
    'undecided',
  ],
  [
    'a group of a subscription that is not known yet',
    `scope = "\${data.azurerm_subscription.current.id}/resourceGroups/billing"
     role_definition_name = "Contributor"`,
    'broad: Contributor at a resource group',
  ],
  [
    'one account in it',
    `scope = "\${azurerm_resource_group.shop.id}/providers/Microsoft.Storage/storageAccounts/orders"
     role_definition_name = "Storage Blob Data Reader"`,
    'bounded',
  ],
  [
    'the subscription',
    `scope = data.azurerm_subscription.current.id
     role_definition_name = "Contributor"`,
    'unbounded: Contributor at a subscription',
  ],
])('%s', (_, assignment, expected) => {
  expect(scopeOf(assignment)).toContain(expected);
});

it('an end that hangs on nothing with a name is undecided, and is not taken for none', () => {
  const report = reportOf(`
resource "azuread_application" "erp" {
  display_name = "erp"
  notes        = "owner: team-erp@contoso.example"
}
resource "azuread_application_password" "erp" {
  application_id = azuread_application.erp.id
  end_date       = timeadd(timestamp(), "2160h")
}
`);
  expect(report?.identities[0]?.expiry).toMatchObject({
    verdict: 'undecided',
    unknown: ['azuread_application_password.erp end_date'],
  });
});
