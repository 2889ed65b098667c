// What Vault resources mean for access. Paths: the hashicorp/vault provider's schema. Roles of the ways to sign in are
// the identities: tokens come from them, with the policies that they carry.

import { type AttributePath, defineProvider, type ResourceFacts, type VaultRoleFacts } from './types.js';

const role = (kind: string, name: AttributePath, login: VaultRoleFacts['login']): ResourceFacts => ({
  principal: { kind, name: [name], ids: ['id'], labels: ['alias_metadata'] },
  vaultRole: { policies: ['token_policies'], login },
});

export const vault = defineProvider('vault', () => ({
  types: {
    vault_policy: { vaultAcl: { name: 'name', document: 'policy' } },
    vault_approle_auth_backend_role: {
      ...role('vault.approle', 'role_name', 'secret-id'),
      credential: {
        form: 'static',
        noun: 'secret id',
        where: { path: 'bind_secret_id', equals: 'true' },
        lifetime: [{ path: 'secret_id_ttl', unit: 'seconds' }],
      },
    },
    vault_approle_auth_backend_role_secret_id: {
      principal: {
        kind: 'vault.approle',
        name: ['role_name'],
        ids: ['id'],
        labels: ['metadata'],
        sameAs: { paths: ['role_name'], types: ['vault_approle_auth_backend_role'] },
      },
      credential: {
        form: 'static',
        noun: 'secret id',
        lifetime: [{ path: 'ttl', unit: 'seconds' }],
      },
    },
    vault_jwt_auth_backend_role: {
      principal: {
        kind: 'vault.jwt_role',
        name: ['role_name'],
        ids: ['id'],
        labels: ['alias_metadata'],
        // People sign in to the others with their browser.
        where: { path: 'role_type', contains: 'jwt' },
      },
      vaultRole: { policies: ['token_policies'], login: 'jwt' },
    },
    vault_kubernetes_auth_backend_role: role('vault.kubernetes_role', 'role_name', 'kubernetes'),
    vault_aws_auth_backend_role: role('vault.aws_role', 'role', {
      who: 'AWS principals',
      bound: [
        'bound_iam_principal_arns',
        'bound_iam_role_arns',
        'bound_iam_instance_profile_arns',
        'bound_account_ids',
        'bound_ec2_instance_ids',
      ],
    }),
    vault_gcp_auth_backend_role: role('vault.gcp_role', 'role', {
      who: 'service accounts of Google',
      bound: ['bound_service_accounts', 'bound_projects'],
    }),
    vault_azure_auth_backend_role: role('vault.azure_role', 'role', {
      who: 'service principals of Azure',
      bound: [
        'bound_service_principal_ids',
        'bound_subscription_ids',
        'bound_resource_groups',
        'bound_group_ids',
      ],
    }),
    vault_cert_auth_backend_role: role('vault.cert_role', 'name', {
      who: 'clients with a certificate',
      bound: ['allowed_common_names', 'allowed_dns_sans', 'allowed_uri_sans', 'allowed_names'],
    }),
    vault_oci_auth_backend_role: role('vault.oci_role', 'name', {
      who: 'principals of Oracle Cloud',
      bound: ['ocid_list'],
    }),
    vault_alicloud_auth_backend_role: role('vault.alicloud_role', 'role', {
      who: 'principals of Alibaba Cloud',
      bound: ['arn'],
    }),
    vault_token: {
      principal: { kind: 'vault.token', name: ['display_name'], ids: ['id'], labels: ['metadata'] },
      vaultRole: { policies: ['policies'], login: 'token' },
    },
    vault_token_auth_backend_role: {
      principal: {
        kind: 'vault.token_role',
        name: ['role_name'],
        ids: ['id'],
        labels: ['alias_metadata'],
      },
      vaultRole: {
        policies: ['allowed_policies', 'token_policies'],
        login: { who: 'tokens made through it', bound: [] },
      },
    },
    vault_pki_secret_backend_cert: {
      certificate: { lifetime: [{ path: 'ttl', unit: 'seconds' }] },
    },
    vault_pki_secret_backend_sign: {
      certificate: { lifetime: [{ path: 'ttl', unit: 'seconds' }] },
    },
    // Holds the token of whatever ran Terraform, or of a role that stands elsewhere.
    vault_approle_auth_backend_login: { known: true },
    vault_kubernetes_secret_backend_role: { known: true },
    vault_identity_oidc_client: { known: true },
  },
}));
