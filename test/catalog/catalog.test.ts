// Every attribute path of the catalog exists in the recorded schema of its provider, and every provider has one:
// `scripts/record-provider-types.ts` writes it. Grafana and Confluent publish no type package; theirs list what the
// providers' documentation says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUncovered, providers } from '../../src/catalog/index.js';
import { KEPT_IN_STATE, SINKS, SOURCES, STORES, WRITE_ONLY } from '../../src/catalog/secrets.js';
import type { ResourceFacts } from '../../src/catalog/types.js';

type Names = { [name: string]: 1 | Names };

/** Newer than the last type package of its provider. */
const NOT_RECORDED = new Set(['google_vertex_ai_reasoning_engine']);

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
    ...(resourcePolicy?.everybodyIsFine ?? [])
      .filter(({ here }) => here || resourcePolicy?.of === undefined)
      .map(({ path }) => path),
    facts.kubernetesPods?.account,
    facts.manifest?.path,
    facts.storeRotation?.of,
    facts.storeRotation?.days,
    facts.storeRotation?.schedule,
    ...(facts.callers?.principals ?? []),
    ...Object.values(facts.callers?.conditions ?? {}),
    ...(facts.callers?.inside ?? []).map(({ through }) => through),
    facts.endpoint?.authorizer,
    facts.endpoint?.tokens?.issuer,
    ...(facts.endpoint?.tokens?.asked ?? []),
    facts.agentTool?.runsAs,
    facts.agentTool?.network,
    facts.requests?.approval,
    facts.requests?.role,
    facts.requests?.askedBy,
    ...(facts.requests?.end ?? []),
    ...Object.values(facts.requests?.review ?? {}),
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
    facts.googlePolicy?.members,
    facts.googlePolicy?.on,
    ...(facts.googleRole ? [...facts.googleRole.ids, facts.googleRole.permissions] : []),
    ...(facts.googlePool?.ids ?? []),
    ...Object.values(facts.googleProvider ?? {}),
    ...(facts.googleAcl?.entities ?? []).map((path) =>
      facts.googleAcl?.block === undefined ? path : `${facts.googleAcl.block}.${path}`,
    ),
    facts.apiKey?.targets,
    ...(facts.carrier ? [...facts.carrier.ids, facts.carrier.to] : []),
    credential?.certificate,
    ...(facts.certificate?.end ?? []),
    ...(facts.certificate?.lifetime ?? []).map(({ path }) => path),
    ...(facts.wordedGrant?.to ?? []),
    ...(facts.wordedGrant?.judged ?? []).flatMap(({ where }) => Object.keys(where)),
    ...(facts.wordedGrant?.end ?? []),
    ...(facts.vaultRole?.policies ?? []),
    ...(typeof facts.vaultRole?.login === 'object' ? facts.vaultRole.login.bound : []),
    facts.vaultAcl?.name,
    facts.vaultAcl?.document,
  ].filter((path) => path !== undefined);
}

function has(names: Names | undefined, path: string): boolean {
  let current: 1 | Names | undefined = names;
  for (const part of path.split('.'))
    current = typeof current === 'object' && Object.hasOwn(current, part) ? current[part] : undefined;
  return current !== undefined;
}

describe.each(providers)('$provider', ({ provider, tables }) => {
  const recorded = schema(provider);
  const { types, data, everyType } = tables();

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
});

/** Places of secrets, as `type.path`. */
const SECRETS = [
  ...Object.entries(SINKS).flatMap(([type, sinks]) => sinks.map(({ path }) => [type, path] as const)),
  ...[...Object.entries(STORES), ...Object.entries(SOURCES)].flatMap(([type, paths]) =>
    paths.map((path) => [type, path] as const),
  ),
  ...Object.entries(KEPT_IN_STATE).flatMap(([type, { unless }]) => (unless ? [[type, unless] as const] : [])),
  ...Object.entries(WRITE_ONLY).flatMap(([type, pairs]) =>
    Object.entries(pairs).flatMap((pair) => pair.map((path) => [type, path] as const)),
  ),
];

describe.each(providers)('secrets of $provider', ({ provider }) => {
  const recorded = schema(provider);

  it('stand in attributes that the provider has', () => {
    const wrong = SECRETS.filter(
      ([type, path]) =>
        type.startsWith(`${provider}_`) &&
        !has(recorded.resources[type], path) &&
        !has(recorded.data[type], path),
    );
    expect(wrong).toEqual([]);
  });

  it('are made by types that the provider has', () => {
    const types = Object.keys(KEPT_IN_STATE).filter((type) => type.startsWith(`${provider}_`));
    expect(types.filter((type) => !Object.hasOwn(recorded.resources, type))).toEqual([]);
  });
});

/** Write-only for other reasons than that they are secret. */
const NO_SECRETS = new Set(['client_id', 'tenant_id']);

it.each(providers.map(({ provider }) => provider))('write-only arguments of %s are known', (provider) => {
  const offered = Object.entries(schema(provider).resources).flatMap(([type, names]) =>
    Object.keys(names)
      .filter((name) => Object.hasOwn(names, `${name}_wo`) && !NO_SECRETS.has(name))
      .map((name) => [type, name, `${name}_wo`] as const),
  );
  const unknown = offered.filter(([type, name, writeOnly]) => WRITE_ONLY[type]?.[name] !== writeOnly);
  expect(unknown).toEqual([]);
});

describe('a type that smells of identity', () => {
  it.each([
    'google_dialogflow_cx_access_token',
    'buildkite_cluster_agent_token',
    'harness_service_account',
    'newrelic_api_access_key',
    'okta_app_oauth_api_token',
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
    'google_service_account',
    'google_storage_bucket_iam_member',
  ])('%s is not', (type) => {
    expect(isUncovered({ provider: type.split('_')[0] as string, mode: 'managed', type })).toBe(false);
  });
});
