// What Azure resources mean for access. Paths: the schemas of hashicorp/azuread and hashicorp/azurerm.

import { type CredentialFacts, defineProvider, type ResourceFacts } from './types.js';

const ENTRA_CREDENTIAL: Pick<CredentialFacts, 'form' | 'end' | 'lifetime' | 'replaceable'> = {
  form: 'static',
  end: ['end_date'],
  lifetime: [{ path: 'end_date_relative' }],
  replaceable: true,
};

export const azuread = defineProvider('azuread', () => ({
  types: {
    azuread_application: {
      principal: {
        kind: 'azuread.application',
        name: ['display_name'],
        ids: ['id', 'object_id', 'client_id', 'application_id'],
        owners: 'owners',
        notes: ['tags', 'notes'],
        description: ['notes', 'description'],
      },
      // The inline block of newer provider versions.
      credential: {
        form: 'static',
        noun: 'password',
        end: ['password.end_date'],
        where: { path: 'password.display_name', equals: '*' },
        replaceable: true,
      },
    },
    azuread_application_registration: {
      principal: {
        kind: 'azuread.application',
        name: ['display_name'],
        ids: ['id', 'object_id', 'client_id'],
        notes: ['notes'],
        description: ['notes', 'description'],
      },
    },
    azuread_service_principal: {
      principal: {
        kind: 'azuread.service_principal',
        name: ['display_name', 'client_id'],
        ids: ['id', 'object_id', 'client_id', 'application_id'],
        owners: 'owners',
        notes: ['tags', 'notes'],
        description: ['notes', 'description'],
        sameAs: {
          paths: ['client_id', 'application_id'],
          types: ['azuread_application', 'azuread_application_registration'],
        },
        adopted: 'use_existing',
      },
      thirdParty: ['client_id', 'application_tenant_id'],
    },
    azuread_application_password: {
      credential: {
        of: ['application_id', 'application_object_id'],
        noun: 'password',
        rotation: ['rotate_when_changed'],
        ...ENTRA_CREDENTIAL,
      },
    },
    azuread_service_principal_password: {
      credential: {
        of: ['service_principal_id'],
        noun: 'password',
        rotation: ['rotate_when_changed'],
        ...ENTRA_CREDENTIAL,
      },
    },
    azuread_application_certificate: {
      credential: {
        of: ['application_id', 'application_object_id'],
        noun: 'certificate',
        certificate: 'value',
        ...ENTRA_CREDENTIAL,
      },
    },
    azuread_service_principal_certificate: {
      credential: {
        of: ['service_principal_id'],
        noun: 'certificate',
        certificate: 'value',
        ...ENTRA_CREDENTIAL,
      },
    },
    azuread_application_federated_identity_credential: {
      subjectTrust: {
        into: ['application_id', 'application_object_id'],
        issuer: 'issuer',
        subject: 'subject',
      },
    },
    azuread_application_flexible_federated_identity_credential: {
      subjectTrust: {
        into: ['application_id'],
        issuer: 'issuer',
        expression: 'claims_matching_expression',
      },
    },
    azuread_application_owner: { ownership: { of: 'application_id', owner: 'owner_object_id' } },
    azuread_app_role_assignment: { entraGrant: { to: 'principal_object_id', permission: 'app_role_id' } },
    azuread_directory_role_assignment: {
      entraGrant: { to: 'principal_object_id', directoryRole: 'role_id' },
    },
    azuread_directory_role_member: {
      entraGrant: { to: 'member_object_id', directoryRole: 'role_object_id' },
    },
    azuread_directory_role_eligibility_schedule_request: {
      entraGrant: { to: 'principal_id', directoryRole: 'role_definition_id' },
    },
    azuread_directory_role: { known: true },
    azuread_custom_directory_role: { known: true },
    azuread_group: { group: { ids: ['id', 'object_id'], members: 'members' } },
    azuread_group_without_members: { group: { ids: ['id', 'object_id'] } },
    azuread_group_member: { membership: { group: 'group_object_id', members: 'member_object_id' } },
    azuread_user: { known: true },
    azuread_invitation: { known: true },
    azuread_application_api_access: { known: true },
    azuread_application_app_role: { known: true },
    azuread_application_redirect_uris: { known: true },
    azuread_application_permission_scope: { known: true },
    azuread_application_pre_authorized: { known: true },
    azuread_application_identifier_uri: { known: true },
    azuread_application_known_clients: { known: true },
    azuread_application_optional_claims: { known: true },
    azuread_application_fallback_public_client: { known: true },
    azuread_application_from_template: { known: true },
    azuread_service_principal_delegated_permission_grant: { known: true },
    azuread_service_principal_claims_mapping_policy_assignment: { known: true },
    azuread_group_role_management_policy: { known: true },
    azuread_access_package: { known: true },
    azuread_access_package_assignment_policy: {
      requests: {
        approval: 'approval_settings.approval_required',
        askedBy: 'requestor_settings.scope_type',
        end: ['duration_in_days', 'expiration_date'],
        review: {
          enabled: 'assignment_review_settings.enabled',
          by: 'assignment_review_settings.review_type',
          unanswered: 'assignment_review_settings.access_review_timeout_behavior',
        },
      },
    },
    azuread_access_package_catalog: { known: true },
    azuread_access_package_catalog_role_assignment: { known: true },
    azuread_access_package_resource_catalog_association: { known: true },
    azuread_access_package_resource_package_association: { known: true },
  },
}));

const SCHEDULE: Pick<NonNullable<ResourceFacts['azureGrant']>, 'end' | 'lifetime'> = {
  end: ['schedule.expiration.end_date_time'],
  lifetime: [
    { path: 'schedule.expiration.duration_days', unit: 'days' },
    { path: 'schedule.expiration.duration_hours', unit: 'hours' },
  ],
};

/** Where AI agents of Azure live; its identity is theirs. */
const AGENT: ResourceFacts = { workload: { runsAs: ['identity.identity_ids'], agent: true } };

export const azurerm = defineProvider('azurerm', () => ({
  types: {
    azurerm_user_assigned_identity: {
      principal: {
        kind: 'azurerm.user_assigned_identity',
        name: ['name'],
        ids: ['principal_id', 'client_id', 'id'],
        labels: ['tags'],
      },
    },
    azurerm_federated_identity_credential: {
      subjectTrust: {
        into: ['user_assigned_identity_id', 'parent_id'],
        issuer: 'issuer',
        subject: 'subject',
      },
    },
    azurerm_container_registry_token: {
      principal: { kind: 'azurerm.container_registry_token', name: ['name'], ids: ['id'], notes: ['name'] },
    },
    azurerm_container_registry_token_password: {
      credential: {
        of: ['container_registry_token_id'],
        form: 'static',
        noun: 'registry password',
        end: ['password1.expiry'],
        replaceable: true,
      },
    },
    azurerm_role_assignment: {
      azureGrant: {
        to: 'principal_id',
        role: ['role_definition_id', 'role_definition_name'],
        scope: 'scope',
        condition: 'condition',
      },
    },
    azurerm_pim_active_role_assignment: {
      azureGrant: { to: 'principal_id', role: ['role_definition_id'], scope: 'scope', ...SCHEDULE },
    },
    azurerm_pim_eligible_role_assignment: {
      azureGrant: { to: 'principal_id', role: ['role_definition_id'], scope: 'scope', ...SCHEDULE },
    },
    azurerm_marketplace_role_assignment: { known: true },
    azurerm_role_management_policy: {
      requests: { approval: 'activation_rules.require_approval', role: 'role_definition_id' },
    },
    azurerm_role_definition: {
      azureRole: { ids: ['role_definition_resource_id', 'id', 'role_definition_id'] },
    },
    azurerm_ai_foundry: AGENT,
    azurerm_ai_foundry_project: AGENT,
    azurerm_cognitive_account_project: AGENT,
    azurerm_cognitive_account_connection_account_key: { agentTool: { staticKey: 'account key' } },
    azurerm_cognitive_account_connection_api_key: { agentTool: { staticKey: 'API key' } },
    azurerm_cognitive_account_connection_custom_keys: { agentTool: { staticKey: 'keys' } },
    azurerm_cognitive_account_connection_account_managed_identity: { known: true },
    azurerm_cognitive_account_connection_entra_id: { known: true },
    azurerm_lighthouse_definition: { thirdParty: ['managing_tenant_id'] },
    azurerm_key_vault_access_policy: { vaultPolicy: { to: 'object_id', vault: 'key_vault_id' } },
  },
  data: {
    azurerm_role_definition: { azureRole: { ids: ['id', 'role_definition_id'] } },
  },
  everyType: {
    principal: {
      kind: 'azurerm.system_assigned_identity',
      name: ['name'],
      ids: ['identity.principal_id'],
      labels: ['tags'],
      where: { path: 'identity.type', contains: 'SystemAssigned' },
    },
    workload: { runsAs: ['identity.identity_ids'] },
  },
}));
