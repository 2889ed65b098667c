// Every attribute path of the catalog exists in the recorded schema of its provider. The schemas are cut down to
// names; kubernetes and github have none recorded, so their paths are held by the recorded stack `clusters`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUncovered, providers } from '../../src/catalog/index.js';
import type { ResourceFacts } from '../../src/catalog/types.js';

/** What the recorded versions do not have, by the providers' own documentation: newer, or left out of the recording. */
const NOT_RECORDED = new Set([
  'aws_iam_role_policy_attachments_exclusive',
  'aws_iam_user_policy_attachments_exclusive',
  'aws_iam_group_policy_attachments_exclusive',
  'aws_iam_role_policies_exclusive',
  'aws_iam_user_policies_exclusive',
  'aws_iam_group_policies_exclusive',
  'aws_iam_service_specific_credential.credential_age_days',
  'aws_iam_organizations_features',
  'aws_ecrpublic_repository_policy',
  'aws_backup_vault_policy',
  'aws_elasticsearch_domain',
  'aws_elasticsearch_domain_policy',
  'aws_opensearch_domain',
  'aws_opensearch_domain_policy',
  'aws_codeartifact_domain_permissions_policy',
  'aws_codeartifact_repository_permissions_policy',
  'aws_glacier_vault',
  'aws_media_store_container_policy',
  'aws_schemas_registry_policy',
  'aws_bedrockagent_agent',
  'aws_bedrockagent_flow',
  'aws_bedrockagent_knowledge_base',
  'aws_bedrockagentcore_agent_runtime',
  'aws_bedrockagentcore_gateway',
  'aws_bedrockagentcore_code_interpreter',
  'aws_bedrockagentcore_browser',
  'aws_bedrockagentcore_memory',
  'aws_bedrockagentcore_api_key_credential_provider',
  'aws_bedrockagentcore_oauth2_credential_provider',
  'aws_bedrockagentcore_workload_identity',
  'aws_bedrockagentcore_token_vault_cmk',
  'aws_apprunner_service',
  'aws_bedrockagentcore_code_interpreter',
  'aws_db_cluster_snapshot.shared_accounts',
  'aws_ram_principal_association',
  'azurerm_lighthouse_definition',
  // Older spellings.
  'azuread_application.application_id',
  'azuread_service_principal.application_id',
  'azuread_application_password.application_object_id',
  'azuread_application_certificate.application_object_id',
  'azuread_application_federated_identity_credential.application_object_id',
  'azuread_application_flexible_federated_identity_credential.application_object_id',
  'azurerm_federated_identity_credential.parent_id',
]);

type Names = { [name: string]: 1 | Names };
const RECORDED = ['aws', 'azuread', 'azurerm'];

function schema(provider: string): { resources: Record<string, Names>; data: Record<string, Names> } {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'fixtures', 'schemas', `${provider}.json`), 'utf8'),
  );
}

/** Every string in the facts that is an attribute path. */
function pathsOf(facts: ResourceFacts): string[] {
  const { principal, credential, trust, subjectTrust, way, resourcePolicy, operationGrant, azureGrant } =
    facts;
  return [
    ...(principal
      ? [
          ...principal.name,
          ...principal.ids,
          ...(principal.labels ?? []),
          ...(principal.notes ?? []),
          ...(principal.description ?? []),
        ]
      : []),
    principal?.owners,
    principal?.platform?.path,
    principal?.where?.path,
    ...(principal?.sameAs?.paths ?? []),
    principal?.adopted,
    principal?.permissionsBoundary,
    ...(credential?.of ?? []),
    credential?.where?.path,
    ...(credential?.end ?? []),
    ...(credential?.lifetime ?? []).map(({ path }) => path),
    ...(credential?.rotation ?? []),
    trust?.document,
    ...(subjectTrust?.into ?? []),
    subjectTrust?.issuer,
    subjectTrust?.subject,
    subjectTrust?.expression,
    way?.into,
    ...(facts.iamGrants ?? []).flatMap(({ to, document, blocks, policyArns }) => [
      ...(to ?? []),
      document,
      policyArns,
      ...(blocks ? [`${blocks.path}.${blocks.document}`] : []),
    ]),
    facts.iamPolicy?.document,
    ...(facts.iamPolicy?.ids ?? []),
    resourcePolicy?.document,
    resourcePolicy?.of,
    ...(facts.callers?.principals ?? []),
    ...Object.values(facts.callers?.conditions ?? {}),
    ...(facts.callers?.inside ?? []).map(({ through }) => through),
    facts.endpoint?.authorizer,
    facts.endpoint?.tokens?.issuer,
    ...(facts.endpoint?.tokens?.asked ?? []),
    facts.agentTool?.runsAs,
    facts.agentTool?.network,
    facts.fence?.of,
    ...(facts.thirdParty ?? []),
    ...(facts.fence?.refuses ?? []),
    ...(facts.fence?.overrules ?? []),
    operationGrant?.to,
    operationGrant?.operations,
    operationGrant?.on,
    azureGrant?.to,
    azureGrant?.scope,
    azureGrant?.condition,
    ...(azureGrant?.role ?? []),
    ...(azureGrant?.end ?? []),
    ...(azureGrant?.lifetime ?? []).map(({ path }) => path),
    ...(facts.azureRole?.ids ?? []),
    facts.vaultPolicy?.to,
    facts.vaultPolicy?.vault,
    facts.entraGrant?.to,
    facts.entraGrant?.permission,
    facts.entraGrant?.directoryRole,
    facts.eksAccess?.to,
    facts.eksAccess?.policy,
    ...(facts.group?.ids ?? []),
    facts.group?.members,
    facts.membership?.group,
    facts.membership?.members,
    facts.ownership?.of,
    facts.ownership?.owner,
    facts.person?.of,
    ...(facts.workload?.runsAs ?? []),
    ...(facts.carrier ? [...facts.carrier.ids, facts.carrier.to] : []),
  ].filter((path) => path !== undefined);
}

function has(names: Names | undefined, path: string): boolean {
  let current: 1 | Names | undefined = names;
  for (const part of path.split('.'))
    current = typeof current === 'object' && Object.hasOwn(current, part) ? current[part] : undefined;
  return current !== undefined;
}

describe.each(providers.filter(({ provider }) => RECORDED.includes(provider)))(
  '$provider',
  ({ provider, types, data, everyType }) => {
    const recorded = schema(provider);

    it('names only types and attributes that the provider has', () => {
      const wrong = [
        ...Object.entries(types).map(([type, facts]) => ({ type, facts, names: recorded.resources[type] })),
        ...Object.entries(data ?? {}).map(([type, facts]) => ({ type, facts, names: recorded.data[type] })),
      ].flatMap(({ type, facts, names }) =>
        names === undefined
          ? [type]
          : pathsOf(facts)
              .filter((path) => !has(names, path))
              .map((path) => `${type}.${path}`),
      );
      expect(wrong.filter((name) => !NOT_RECORDED.has(name))).toEqual([]);
    });

    it('names attributes of every type that some type has', () => {
      if (!everyType) return;
      for (const path of pathsOf(everyType))
        expect(
          Object.values(recorded.resources).some((names) => has(names, path)),
          path,
        ).toBe(true);
    });
  },
);

describe('a type that smells of identity', () => {
  it.each([
    'google_service_account',
    'gitlab_deploy_token',
    'datadog_api_key',
    'snowflake_service_user',
    'okta_app_oauth_api_token',
    'cloudflare_api_token',
  ])('%s is told as not covered', (type) => {
    expect(isUncovered({ provider: type.split('_')[0] as string, mode: 'managed', type })).toBe(true);
  });
  it.each([
    'aws_iam_role',
    'aws_s3_bucket',
    'random_password',
    'time_rotating',
    'aws_kms_key',
    'azurerm_key_vault_key',
    'tls_private_key',
  ])('%s is not', (type) => {
    expect(isUncovered({ provider: type.split('_')[0] as string, mode: 'managed', type })).toBe(false);
  });
});
