// A service in AKS that reads invoices on Azure: one storage container and one secret, without a secret of its own.

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
// In your own project: from 'leasehold/cdktf', or 'leasehold/cdktn'.
import { AzureAccessPackage, Provider, Resource } from '../../constructs/index.js';

const RESOURCE_GROUP = '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/resourceGroups/billing';
const VAULT = `${RESOURCE_GROUP}/providers/Microsoft.KeyVault/vaults/kv-billing`;

export class InvoiceReaderStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'azurerm', 'hashicorp/azurerm', { features: [{}] }, '>= 4.0');

    const container = new Resource(this, 'container', 'azurerm_storage_container', {
      name: 'invoices',
      storage_account_id: `${RESOURCE_GROUP}/providers/Microsoft.Storage/storageAccounts/stbilling`,
    });

    const access = new AzureAccessPackage(this, 'invoices', {
      owner: 'team-billing@example.com',
      purpose: 'Prints and mails the invoices of the day',
      expires: '2027-01-31',
      reviewers: ['billing-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [
        { role: 'Storage Blob Data Reader', scope: container.getStringAttribute('id') },
        { role: 'Key Vault Secrets User', scope: `${VAULT}/secrets/smtp-password` },
      ],
    });

    access.workload('reader', {
      resourceGroupName: 'billing',
      location: 'westeurope',
      federation: {
        aks: {
          issuer:
            'https://westeurope.oic.prod-aks.azure.com/3f0c6f7b-2a52-4d5c-8c4e-1d6b7a90e1f2/b54c2f60-9d0e-4f42-a6a1-6f1c0d9c7e35/',
          subject: 'system:serviceaccount:billing:invoice-reader',
        },
      },
    });
  }
}
