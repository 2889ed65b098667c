// Azure: role assignments, Key Vault access policies and federated credentials.

import type { AzureGrantFacts, ResourceFacts } from '../catalog/types.js';
import { blocks, own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol, isSymbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, pathOf, read, readString } from '../plan/value.js';
import { conditionEnd } from '../policy/azure/condition.js';
import { judgeAccessPolicy, judgeAssignment, type Role } from '../policy/azure/judge.js';
import { builtInRole } from '../policy/azure/roles.js';
import { levelOfScope, levelOfType, type ScopeLevel } from '../policy/azure/scope-id.js';
import { readSubject } from '../policy/federation.js';
import { flawOfEnded, vendorOfIssuer } from '../policy/vendors.js';
import { type Context, granteesOf, namedBy } from './context.js';
import { endOf } from './ends.js';
import { link } from './links.js';
import type { Claim, End } from './model.js';
import { withMoments } from './offsets.js';

export function addAzureGrant(resource: Resource, facts: ResourceFacts, context: Context): void {
  const grant = facts.azureGrant;
  if (!grant) return;
  const { identities, candidates } = granteesOf(resource, grant.to, context);
  if (identities.length + candidates.length === 0) return;
  const scheduled = endOf(
    resource,
    { end: grant.end ?? [], lifetime: grant.lifetime ?? [] },
    context.now,
    context.resolver,
  ).end;
  const end = scheduled.kind === 'none' ? endByCondition(resource, grant, context) : scheduled;
  const evidence = {
    address: resource.address,
    path: grant.role.find((path) => isWritten(resource, path, context)) ?? 'scope',
  };
  const claim = claimOf(resource, grant, context);
  const bearers = [
    resource,
    ...link(resource, grant.to, context.groups, context.resolver).resources,
    ...namedBy(resource, [grant.scope], context),
  ];
  for (const identity of identities)
    identity.grants.push({ address: resource.address, evidence, claim, end, bearers });
  for (const identity of candidates)
    identity.grants.push({
      address: resource.address,
      evidence,
      claim: unknown(`${resource.address} ${grant.to}`),
      end,
      bearers,
    });
}

/** Roles that may do so much that a condition on some actions leaves the rest of it. */
const MORE_THAN_A_CONDITION_NAMES = /^(?:owner|contributor)$/i;

function endByCondition(resource: Resource, grant: AzureGrantFacts, context: Context): End {
  const path = grant.condition;
  const condition = path === undefined ? undefined : readString(resource, pathOf(path), context.resolver);
  if (path === undefined || condition === undefined) return { kind: 'none' };
  const role = roleOf(resource, grant.role, context);
  const everything = 'unknown' in role || isWide(role.role);
  const at = conditionEnd(withMoments(condition, resource, context.resolver), everything);
  return at ? { kind: 'enforced', at, evidence: { address: resource.address, path } } : { kind: 'none' };
}

function isWide(role: Role): boolean {
  if (role.kind !== 'custom') return MORE_THAN_A_CONDITION_NAMES.test(role.name);
  return !('actions' in role) || role.actions.some((action) => action.includes('*'));
}

function isWritten(resource: Resource, path: string, context: Context): boolean {
  return read(resource, pathOf(path), context.resolver).state !== 'absent';
}

function unknown(...references: string[]): Claim {
  return { language: 'unknown', references };
}

function claimOf(resource: Resource, grant: AzureGrantFacts, context: Context): Claim {
  const role = roleOf(resource, grant.role, context);
  if ('unknown' in role) return unknown(...role.unknown);
  const scope = scopeOf(resource, grant.scope, context);
  const condition =
    grant.condition === undefined
      ? undefined
      : readString(resource, pathOf(grant.condition), context.resolver);
  const judged = judgeAssignment({
    role: role.role,
    level: scope.level,
    ...(condition !== undefined && { condition }),
    vaultsInAccessPolicyMode: vaultsUnder(scope, context),
  });
  return {
    language: 'judged',
    level: judged.level,
    text: judged.text,
    escalates: judged.escalates,
    handsOutRights: judged.handsOutRights ?? false,
  };
}

/** The role by its definition id, by a definition of this plan, or by name. */
function roleOf(
  resource: Resource,
  paths: readonly string[],
  context: Context,
): { role: Role } | { unknown: string[] } {
  const hidden: string[] = [];
  for (const path of paths) {
    const value = read(resource, pathOf(path), context.resolver);
    if (value.state === 'absent') continue;
    const [definition] = link(resource, path, context.azureRoles, context.resolver).resources;
    if (definition) return definitionOf(definition, context);
    // The GUID at its end names a built-in role, whichever subscription stands before it.
    const role = value.state === 'known' ? builtInRole(String(value.value)) : undefined;
    if (role) return { role };
    if (value.state === 'known' && typeof value.value === 'string' && !hasSymbol(value.value)) {
      const [custom] = context.azureRoles.find(value.value);
      if (custom) return definitionOf(custom, context);
      hidden.push(value.value);
    } else hidden.push(...(value.state === 'unknown' ? value.references : symbolsIn(String(value.value))));
  }
  return { unknown: hidden.length > 0 ? hidden : [`${resource.address} role_definition_id`] };
}

/** A custom role of this plan, or a built-in one that a data source looks up by name. */
function definitionOf(definition: Resource, context: Context): { role: Role } | { unknown: string[] } {
  const name = own(definition.values, 'name');
  const builtIn = definition.mode === 'data' && typeof name === 'string' ? builtInRole(name) : undefined;
  if (builtIn) return { role: builtIn };
  const permissions = read(definition, ['permissions'], context.resolver);
  if (permissions.state !== 'known') return { unknown: [`${definition.address} permissions`] };
  const all = blocks(permissions.value);
  const list = (attribute: string): string[] => all.flatMap((block) => strings(own(block, attribute)));
  return {
    role: {
      kind: 'custom',
      name: typeof name === 'string' ? name : definition.name,
      actions: list('actions'),
      notActions: list('not_actions'),
      dataActions: list('data_actions'),
      notDataActions: list('not_data_actions'),
    },
  };
}

interface Scope {
  readonly level: ScopeLevel;
  /** The scope's id where it is known. */
  readonly id: string | undefined;
  /** The resource of the plan that is the scope. */
  readonly resource: Resource | undefined;
}

function scopeOf(resource: Resource, path: string, context: Context): Scope {
  const value = read(resource, pathOf(path), context.resolver);
  const target = context.resolver
    .targets(expressionAt(resource, pathOf(path)), context.resolver.placeOf(resource))
    .find((one) => one.resources.length > 0);
  const referenced = target?.resources[0];
  const id = value.state === 'known' && typeof value.value === 'string' ? value.value : undefined;
  if (id !== undefined && !hasSymbol(id)) return { level: levelOfScope(id), id, resource: referenced };
  const level = id === undefined || isSymbol(id) ? 'unknown' : levelOfScope(id);
  if (level !== 'unknown') return { level, id: undefined, resource: undefined };
  if (referenced) return { level: levelOfType(referenced.type), id: undefined, resource: referenced };
  return { level: 'unknown', id: undefined, resource: undefined };
}

/** True where a Key Vault of this plan that still takes access policies lies at or under the scope. */
function vaultsUnder(scope: Scope, context: Context): boolean {
  return context.plan.resources.some((vault) => {
    if (vault.type !== 'azurerm_key_vault' || vault.mode !== 'managed' || vault.action === 'delete')
      return false;
    const rbac =
      own(vault.values, 'rbac_authorization_enabled') ?? own(vault.values, 'enable_rbac_authorization');
    if (rbac === true) return false;
    if (scope.resource) return scope.resource === vault || isGroupOf(scope.resource, vault, context);
    if (scope.level === 'resource-group')
      return scope.id?.split('/').at(-1) === own(vault.values, 'resource_group_name');
    return scope.level !== 'resource' && scope.level !== 'unknown';
  });
}

function isGroupOf(group: Resource, vault: Resource, context: Context): boolean {
  if (levelOfType(group.type) === 'subscription' || levelOfType(group.type) === 'management-group')
    return true;
  if (group.type !== 'azurerm_resource_group') return false;
  const name = own(vault.values, 'resource_group_name');
  if (typeof name === 'string') return name === own(group.values, 'name');
  const targets = context.resolver.targets(
    expressionAt(vault, ['resource_group_name']),
    context.resolver.placeOf(vault),
  );
  return targets.some((target) => target.resources.includes(group));
}

/** `azurerm_key_vault_access_policy`: keys, secrets and certificates of one vault. */
export function addVaultPolicy(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.vaultPolicy) return;
  const list = (name: string): string[] => strings(own(resource.values, name));
  const judged = judgeAccessPolicy({
    secretPermissions: list('secret_permissions'),
    keyPermissions: list('key_permissions'),
    certificatePermissions: list('certificate_permissions'),
    storagePermissions: list('storage_permissions'),
  });
  for (const identity of granteesOf(resource, facts.vaultPolicy.to, context).identities)
    identity.grants.push({
      address: resource.address,
      evidence: { address: resource.address, path: 'secret_permissions' },
      claim: {
        language: 'judged',
        level: judged.level,
        text: judged.text,
        escalates: undefined,
        handsOutRights: false,
      },
      end: { kind: 'none' },
      bearers: [resource, ...namedBy(resource, ['key_vault_id'], context)],
    });
}

/** A federated credential: the subject of an outside issuer may become the identity. */
export function addSubjectTrust(resource: Resource, facts: ResourceFacts, context: Context): void {
  const trust = facts.subjectTrust;
  if (!trust) return;
  const identities = new Set(trust.into.flatMap((path) => granteesOf(resource, path, context).identities));
  const path = trust.subject ?? trust.expression ?? trust.issuer;
  const text = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : readString(resource, pathOf(name), context.resolver);
  const hidden = read(resource, pathOf(path), context.resolver);
  const subject = text(trust.subject);
  const expression = text(trust.expression);
  const reading = readSubject({
    issuer: text(trust.issuer) ?? '',
    ...(subject === undefined ? {} : { subject }),
    ...(expression === undefined ? {} : { expression }),
  });
  const end: End = { kind: 'none' };
  const evidence = { address: resource.address, path };
  for (const identity of identities) {
    if (hidden.state === 'unknown')
      identity.callersUnknown.push(
        ...(hidden.references.length > 0 ? hidden.references : [`${resource.address} ${path}`]),
      );
    identity.ways.push({ who: reading.who, end, evidence, by: 'workload', subjects: reading.subjects });
    const vendor = vendorOfIssuer(text(trust.issuer) ?? '', context.vendors ?? []);
    const ended = vendor && flawOfEnded(vendor, context.now, 'become this identity');
    for (const opening of ended ? [ended] : hidden.state === 'unknown' ? [] : reading.openings)
      context.openings.push({ ...opening, identity: identity.resource.address, evidence });
  }
}
