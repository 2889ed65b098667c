import { describe, expect, it } from 'vitest';
import {
  AzureAccessPackage,
  type AzureAccessPackageProps,
  type AzureFederation,
  Resource,
} from '../../constructs/index.js';
import { only, type Synthesised, synthesise } from './synth.js';

const GROUP = '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/resourceGroups/billing';
const SECRET = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv/secrets/smtp`;
const ROLE_ID =
  '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/providers/Microsoft.Authorization/roleDefinitions/b24988ac';
const TERMS = { owner: 'team-billing@example.com', purpose: 'Prints invoices', expires: '2027-01-31' };

function invoices(
  scope: AzureAccessPackageProps['scope'],
  federation: Readonly<Record<string, AzureFederation>> = {},
): Synthesised {
  return synthesise((stack) => {
    const access = new AzureAccessPackage(stack, 'invoices', { ...TERMS, scope });
    access.workload('reader', { resourceGroupName: 'billing', location: 'westeurope', federation });
  });
}

const assignments = (json: Synthesised): Synthesised[] =>
  Object.values(json.resource.azurerm_pim_active_role_assignment ?? {});

describe('a workload on Azure', () => {
  it('is assigned each role at its resource, until the end', () => {
    const json = invoices([{ role: 'Key Vault Secrets User', scope: SECRET }]);
    const [identity] = Object.keys(json.resource.azurerm_user_assigned_identity);
    const [subscription] = Object.keys(json.data.azurerm_subscription);
    const [role] = Object.keys(json.data.azurerm_role_definition);
    expect(only(json.data, 'azurerm_role_definition').name).toBe('Key Vault Secrets User');
    expect(only(json.resource, 'azurerm_pim_active_role_assignment')).toMatchObject({
      principal_id: `\${azurerm_user_assigned_identity.${identity}.principal_id}`,
      role_definition_id: `\${data.azurerm_subscription.${subscription}.id}\${data.azurerm_role_definition.${role}.id}`,
      scope: SECRET,
      schedule: [{ expiration: [{ end_date_time: '2027-01-31T23:59:59Z' }] }],
      justification: 'leasehold:package=invoices, Prints invoices',
      lifecycle: { ignore_changes: ['justification'] },
    });
  });

  it('carries the terms as tags', () => {
    expect(
      only(invoices([{ role: ROLE_ID, scope: SECRET }]).resource, 'azurerm_user_assigned_identity'),
    ).toMatchObject({
      name: 'invoices-reader',
      tags: {
        'leasehold:package': 'invoices',
        owner: 'team-billing@example.com',
        expires: '2027-01-31T23:59:59Z',
        purpose: 'Prints invoices',
      },
    });
  });

  it('takes a role by id, and looks each name up once', () => {
    const json = invoices([
      { role: ROLE_ID, scope: SECRET },
      { role: 'Reader', scope: GROUP },
      { role: 'Reader', scope: `${GROUP}/providers/Microsoft.Storage/storageAccounts/st` },
    ]);
    expect(Object.keys(json.data.azurerm_role_definition)).toHaveLength(1);
    expect(assignments(json).map((one) => one.role_definition_id)).toContain(ROLE_ID);
    expect(assignments(json)).toHaveLength(3);
  });

  it('keeps the address of an assignment when another role comes before it', () => {
    const reader = { role: 'Reader', scope: GROUP };
    const addresses = (json: Synthesised) => Object.keys(json.resource.azurerm_pim_active_role_assignment);
    const more = addresses(invoices([{ role: 'Key Vault Secrets User', scope: SECRET }, reader]));
    expect(more).toEqual(expect.arrayContaining(addresses(invoices([reader]))));
  });

  it('proves itself by federation, without a secret', () => {
    const json = invoices([{ role: ROLE_ID, scope: SECRET }], {
      github: {
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:acme/billing:environment:production',
      },
    });
    expect(only(json.resource, 'azurerm_federated_identity_credential')).toMatchObject({
      name: 'github',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:acme/billing:environment:production',
      audience: ['api://AzureADTokenExchange'],
    });
    expect(JSON.stringify(json)).not.toMatch(/password|client_secret/);
  });

  it('takes the id of a resource that is made beside it', () => {
    const json = synthesise((stack) => {
      const vault = new Resource(stack, 'vault', 'azurerm_key_vault', { name: 'kv' });
      new AzureAccessPackage(stack, 'invoices', {
        ...TERMS,
        scope: [{ role: ROLE_ID, scope: vault.getStringAttribute('id') }],
      }).workload('reader', { resourceGroupName: 'billing', location: 'westeurope' });
    });
    expect(assignments(json)[0].scope).toBe('${azurerm_key_vault.vault.id}');
  });
});
