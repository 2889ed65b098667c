import { TerraformOutput } from 'cdktf';
import { describe, expect, it } from 'vitest';
import {
  AzureAccessPackage,
  type AzureAccessPackageProps,
  AzureEntitlement,
  type AzureFederation,
  type AzurePeopleProps,
  type AzureSecret,
  FIRST_APPLY,
  MICROSOFT_GRAPH,
  Resource,
} from '../../constructs/index.js';
import { only, type Synthesised, synthesise } from './synth.js';

const GROUP = '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/resourceGroups/billing';
const SECRET = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv/secrets/smtp`;
const ROLE_ID =
  '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/providers/Microsoft.Authorization/roleDefinitions/b24988ac';
const GROUP_ID = '00000000-0000-4000-8000-0000000000a1';
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

const UNTIL_THE_END = '${timecmp(plantimestamp(), "2027-01-31T23:59:59Z") < 0 ? 1 : 0}';

describe('what a package may do on Azure', () => {
  it('may be the usual role at one resource', () => {
    const json = invoices([
      AzureEntitlement.readSecret(`${GROUP}/providers/Microsoft.KeyVault/vaults/kv`, 'smtp'),
    ]);
    expect(assignments(json)).toMatchObject([{ scope: SECRET }]);
    expect(only(json.data, 'azurerm_role_definition').name).toBe('Key Vault Secrets User');
  });

  it('may be a role of its own, defined in the resource group and given at the resource', () => {
    const scope = `${GROUP}/providers/Microsoft.Compute/virtualMachines/batch`;
    const json = invoices([{ actions: ['Microsoft.Compute/virtualMachines/start/action'], scope }]);
    const [name] = Object.keys(json.resource.azurerm_role_definition);
    expect(only(json.resource, 'azurerm_role_definition')).toMatchObject({
      name: 'invoices-role',
      scope: GROUP,
      assignable_scopes: [GROUP],
      permissions: [{ actions: ['Microsoft.Compute/virtualMachines/start/action'] }],
    });
    expect(assignments(json)).toMatchObject([
      { scope, role_definition_id: `\${azurerm_role_definition.${name}.role_definition_resource_id}` },
    ]);
  });

  it('may be membership of a group and a permission of an API, until the first apply after the end', () => {
    const json = invoices([{ group: GROUP_ID }, { appRole: 'Sites.Selected', of: MICROSOFT_GRAPH }]);
    const [graph] = Object.keys(json.data.azuread_service_principal);
    expect(only(json.resource, 'azuread_group_member')).toMatchObject({
      group_object_id: GROUP_ID,
      count: UNTIL_THE_END,
    });
    expect(only(json.resource, 'azuread_app_role_assignment')).toMatchObject({
      app_role_id: `\${data.azuread_service_principal.${graph}.app_role_ids["Sites.Selected"]}`,
      resource_object_id: `\${data.azuread_service_principal.${graph}.object_id}`,
      count: UNTIL_THE_END,
    });
  });

  it('may be given without Privileged Identity Management', () => {
    const json = synthesise((stack) => {
      const scope = [{ role: 'Reader', scope: GROUP }];
      const access = new AzureAccessPackage(stack, 'invoices', { ...TERMS, scope, assignment: 'direct' });
      access.workload('reader', { resourceGroupName: 'billing', location: 'westeurope' });
    });
    expect(json.resource.azurerm_pim_active_role_assignment).toBeUndefined();
    expect(only(json.resource, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Reader',
      scope: GROUP,
      count: UNTIL_THE_END,
    });
  });

  it.each<[string, AzureAccessPackageProps['scope'][number]]>([
    ['has an empty role', { role: ' ', scope: GROUP }],
    ['has an empty group', { group: '' }],
    ['has neither actions nor dataActions', { scope: GROUP }],
    ['needs `definedAt`', { actions: ['Microsoft.Web/sites/read'], scope: '${TfToken[TOKEN.7]}' }],
    ['has no bound', { actions: ['*'], scope: GROUP }],
  ])('%s, and synth says so', (message, entry) => {
    expect(() => invoices([entry])).toThrow(message);
  });

  it('needs a date for what Azure does not end', () => {
    const lease = { ttl: '90d', starts: FIRST_APPLY } as const;
    const given = (entry: AzureAccessPackageProps['scope'][number]) => () =>
      synthesise((stack) => {
        const { expires: _expires, ...terms } = TERMS;
        new AzureAccessPackage(stack, 'invoices', { ...terms, ...lease, scope: [entry] });
      });
    expect(given({ group: GROUP_ID })).toThrow('scope[0]: is not ended by Azure');
    expect(given({ role: 'Reader', scope: GROUP })).not.toThrow();
  });
});

describe('an application', () => {
  const application = (secret?: AzureSecret): Synthesised =>
    synthesise((stack) => {
      const access = new AzureAccessPackage(stack, 'erp', {
        ...TERMS,
        scope: [{ role: ROLE_ID, scope: SECRET }],
      });
      const federation = { ci: { issuer: 'https://gitlab.example.com', subject: 'project_path:a/b' } };
      const { secretValue } = access.application('export', secret ? { secret } : { federation });
      if (secretValue !== undefined)
        new TerraformOutput(stack, 'secret', { value: secretValue, sensitive: true });
    });

  it('proves itself by federation, and has no secret', () => {
    const json = application();
    const [name] = Object.keys(json.resource.azuread_application);
    expect(json.resource.azuread_application_password).toBeUndefined();
    expect(only(json.resource, 'azuread_application_federated_identity_credential')).toMatchObject({
      application_id: `\${azuread_application.${name}.id}`,
      audiences: ['api://AzureADTokenExchange'],
      count: UNTIL_THE_END,
    });
    expect(only(json.resource, 'azuread_application').notes).toBe(
      'access-package=erp; owner=team-billing@example.com; expires=2027-01-31T23:59:59Z; purpose=Prints invoices',
    );
    const [principal] = Object.keys(json.resource.azuread_service_principal);
    expect(assignments(json)).toMatchObject([
      { principal_id: `\${azuread_service_principal.${principal}.object_id}` },
    ]);
  });

  it('has a secret for a reason only, one that is replaced and ends by itself', () => {
    const json = application({ reason: 'The ERP knows no federation', rotateEvery: '20d', overlap: '36h' });
    const [rotation] = Object.keys(json.resource.time_rotating);
    const [end] = Object.keys(json.resource.time_offset);
    const [password] = Object.keys(json.resource.azuread_application_password);
    expect(only(json.resource, 'time_rotating').rotation_hours).toBe(480);
    expect(only(json.resource, 'time_offset')).toMatchObject({
      offset_hours: 516,
      triggers: { rotation: `\${time_rotating.${rotation}.id}` },
    });
    expect(only(json.resource, 'azuread_application_password')).toMatchObject({
      display_name: 'The ERP knows no federation',
      end_date: `\${time_offset.${end}.rfc3339}`,
      rotate_when_changed: { rotation: `\${time_rotating.${rotation}.id}` },
      count: UNTIL_THE_END,
    });
    expect(json.output.secret.value).toBe(`\${one(azuread_application_password.${password}[*].value)}`);
  });

  it.each<[string, AzureSecret]>([
    ['secret.reason: is missing', { reason: 'todo' }],
    ['secret.rotateEvery: is no duration', { reason: 'The ERP knows no federation', rotateEvery: 'monthly' }],
    ['secret.rotateEvery: lasts over 90 days', { reason: 'The ERP knows no federation', rotateEvery: '85d' }],
  ])('%s, and synth says so', (message, secret) => {
    expect(() => application(secret)).toThrow(message);
  });
});

describe('people', () => {
  const people = (changes: Partial<AzurePeopleProps> = {}): Synthesised =>
    synthesise((stack) => {
      const access = new AzureAccessPackage(stack, 'invoices', {
        ...TERMS,
        scope: [{ role: 'Reader', scope: GROUP }],
      });
      const groups = { groups: [GROUP_ID], requestors: [GROUP_ID], approvers: [GROUP_ID] };
      access.people('operators', { ...groups, ...changes });
    });

  it('request membership, somebody approves and reviews, and Entra ends it', () => {
    const policy = only(people().resource, 'azuread_access_package_assignment_policy');
    const member = { object_id: GROUP_ID, subject_type: 'groupMembers' };
    expect(policy).toMatchObject({
      expiration_date: '2027-01-31T23:59:59Z',
      extension_enabled: false,
      requestor_settings: [{ scope_type: 'SpecificDirectorySubjects', requestor: [member] }],
      approval_settings: [{ approval_required: true, approval_stage: [{ primary_approver: [member] }] }],
      assignment_review_settings: [{ review_frequency: 'quarterly', reviewer: [member] }],
    });
  });

  it('find it in a catalog that exists', () => {
    const json = people({ catalogId: 'c' });
    expect(json.resource.azuread_access_package_catalog).toBeUndefined();
    expect(only(json.resource, 'azuread_access_package').catalog_id).toBe('c');
  });

  it('need somebody who approves', () => {
    expect(() => people({ approvers: [] })).toThrow('approvers: is missing');
  });
});
