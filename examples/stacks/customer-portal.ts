// A web app on Azure that reads one secret of a Key Vault and puts orders on a queue, and the pipeline that deploys it:
// neither has a secret of its own, and both lose their access on the day it says.

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
// In your own project: from 'leasehold/cdktf', or 'leasehold/cdktn'.
import { AzureAccessPackage, AzureEntitlement, Provider, Resource } from '../../constructs/index.js';

const SUBSCRIPTION = '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11';
const RESOURCE_GROUP = `${SUBSCRIPTION}/resourceGroups/portal`;

export class CustomerPortalStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'azurerm', 'hashicorp/azurerm', { features: [{}] }, '>= 4.0');
    new Provider(this, 'azuread', 'hashicorp/azuread', {}, '>= 3.0');

    const vault = new Resource(this, 'vault', 'azurerm_key_vault', {
      name: 'kv-portal',
      resource_group_name: 'portal',
      location: 'westeurope',
      tenant_id: '3f0c6f7b-2a52-4d5c-8c4e-1d6b7a90e1f2',
      sku_name: 'standard',
      rbac_authorization_enabled: true,
      purge_protection_enabled: true,
    });
    const orders = new Resource(this, 'orders', 'azurerm_storage_queue', {
      name: 'orders',
      storage_account_id: `${RESOURCE_GROUP}/providers/Microsoft.Storage/storageAccounts/stportal`,
    });

    const access = new AzureAccessPackage(this, 'portal', {
      owner: 'team-portal@example.com',
      purpose: 'Takes orders of customers in the portal',
      expires: '2027-01-31',
      reviewers: ['portal-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [
        AzureEntitlement.readSecret(vault.getStringAttribute('id'), 'payment-api-key'),
        AzureEntitlement.addToQueue(orders.getStringAttribute('id')),
      ],
    });
    const identity = access.workload('web', { resourceGroupName: 'portal', location: 'westeurope' });

    const app = new Resource(this, 'app', 'azurerm_linux_web_app', {
      name: 'customer-portal',
      resource_group_name: 'portal',
      location: 'westeurope',
      service_plan_id: `${RESOURCE_GROUP}/providers/Microsoft.Web/serverFarms/portal`,
      https_only: true,
      identity: [{ type: 'UserAssigned', identity_ids: [identity.identityId] }],
      key_vault_reference_identity_id: identity.identityId,
      app_settings: { AZURE_CLIENT_ID: identity.clientId },
      site_config: [{ minimum_tls_version: '1.2' }],
    });

    const deployment = new AzureAccessPackage(this, 'portal-deployment', {
      owner: 'team-portal@example.com',
      purpose: 'Deploys new versions of the customer portal',
      expires: '2026-12-15',
      reviewers: ['portal-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [
        {
          actions: [
            'Microsoft.Web/sites/read',
            'Microsoft.Web/sites/publish/action',
            'Microsoft.Web/sites/restart/action',
          ],
          scope: app.getStringAttribute('id'),
          definedAt: RESOURCE_GROUP,
        },
      ],
    });
    deployment.application('github', {
      federation: {
        'github-production': {
          issuer: 'https://token.actions.githubusercontent.com',
          subject: 'repo:acme/customer-portal:environment:production',
        },
      },
    });
  }
}
