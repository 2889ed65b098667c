// Kubernetes: role bindings, service account tokens.
// RBAC: https://kubernetes.io/docs/reference/access-authn-authz/rbac/

import type { ResourceFacts } from '../catalog/types.js';
import { blocks, type JsonObject, own, ownString, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import { clusterRole } from '../policy/kubernetes/cluster-roles.js';
import { judgeRules, type Rule } from '../policy/kubernetes/rbac.js';
import type { Context, Part } from './context.js';
import type { Draft } from './draft.js';
import type { Claim } from './model.js';

const TOKEN_ACCOUNT = 'kubernetes.io/service-account.name';

/** Bindings and pods name roles and accounts by name, so they are joined when all of these are known. */
export function addKubernetesBindings(parts: readonly Part[], context: Context): void {
  const accounts = new Map<string, Draft>();
  const roles = new Map<string, Resource>();
  for (const { resource, facts } of parts) {
    const { name, namespace } = metadata(resource);
    const identity = context.drafts.get(resource.address);
    if (identity && facts.principal?.kind === 'kubernetes.service_account' && name !== undefined)
      accounts.set(`${namespace}/${name}`, identity);
    if (facts.kubernetesRole && name !== undefined)
      roles.set(facts.kubernetesRole.cluster ? `ClusterRole/${name}` : `Role/${namespace}/${name}`, resource);
  }
  for (const { resource, facts } of parts) {
    if (facts.kubernetesPods) {
      const account = read(resource, pathOf(facts.kubernetesPods.account), context.resolver);
      const found =
        account.state === 'known' && accounts.get(`${metadata(resource).namespace}/${String(account.value)}`);
      if (found) found.workloads.push(resource.address);
    }
    if (!facts.kubernetesBinding) continue;
    const { namespace } = metadata(resource);
    const claim = claimOf(resource, facts.kubernetesBinding.cluster, namespace, roles, context);
    for (const identity of subjectsOf(resource, namespace, accounts, context))
      identity.grants.push({
        address: resource.address,
        evidence: { address: resource.address, path: 'role_ref' },
        claim,
        end: { kind: 'none' },
        bearers: [resource],
      });
  }
}

function metadata(resource: Resource): { name: string | undefined; namespace: string } {
  const block = blocks(own(resource.values, 'metadata'))[0];
  return { name: ownString(block, 'name'), namespace: ownString(block, 'namespace') ?? 'default' };
}

function claimOf(
  resource: Resource,
  cluster: boolean,
  namespace: string,
  roles: ReadonlyMap<string, Resource>,
  context: Context,
): Claim {
  const reference = blocks(own(resource.values, 'role_ref'))[0];
  const kind = ownString(reference, 'kind') ?? 'Role';
  const name = ownString(reference, 'name');
  const target =
    (name === undefined
      ? undefined
      : roles.get(kind === 'ClusterRole' ? `ClusterRole/${name}` : `Role/${namespace}/${name}`)) ??
    referenced(resource, ['role_ref', 0, 'name'], context).find((one) => [...roles.values()].includes(one));
  const where = cluster ? 'cluster' : 'namespace';
  if (target) {
    const rules: Rule[] = [];
    for (const one of aggregated(target, roles)) {
      const written = read(one, ['rule'], context.resolver);
      if (written.state === 'unknown') return { language: 'unknown', references: written.references };
      if (written.state === 'known') rules.push(...blocks(written.value).map(toRule));
    }
    if (rules.length === 0 && selectorsOf(target).length > 0)
      return { language: 'unknown', references: [`${target.address} aggregation_rule`] };
    const judged = judgeRules(rules, where);
    return {
      language: 'judged',
      level: judged.level,
      text: judged.text,
      escalates: judged.escalates[0]?.text,
      handsOutRights: false,
    };
  }
  const known = name === undefined || kind !== 'ClusterRole' ? undefined : clusterRole(name, where);
  if (known)
    return {
      language: 'judged',
      level: known.level,
      text: known.text,
      escalates: known.escalates[0]?.text,
      handsOutRights: false,
    };
  return {
    language: 'unknown',
    references: [name === undefined ? `${resource.address} role_ref` : `${kind} ${name}`],
  };
}

/** The role, or the roles of the plan whose labels it collects: the cluster writes their rules into it. */
function aggregated(role: Resource, roles: ReadonlyMap<string, Resource>): Resource[] {
  const selectors = selectorsOf(role);
  if (selectors.length === 0) return [role];
  return [...roles].flatMap(([name, one]) => {
    if (!name.startsWith('ClusterRole/')) return [];
    const labels = own(blocks(own(one.values, 'metadata'))[0], 'labels');
    const isWanted = selectors.some((selector) => {
      const wanted = Object.entries(own(selector, 'match_labels') ?? {});
      return wanted.length > 0 && wanted.every(([key, value]) => own(labels, key) === value);
    });
    return isWanted ? [one] : [];
  });
}

function selectorsOf(role: Resource): readonly JsonObject[] {
  return blocks(own(role.values, 'aggregation_rule')).flatMap((rule) =>
    blocks(own(rule, 'cluster_role_selectors')),
  );
}

function toRule(block: JsonObject): Rule {
  const list = (name: string): string[] => strings(own(block, name));
  return {
    apiGroups: list('api_groups'),
    resources: list('resources'),
    resourceNames: list('resource_names'),
    verbs: list('verbs'),
    nonResourceUrls: list('non_resource_urls'),
  };
}

function subjectsOf(
  resource: Resource,
  namespace: string,
  accounts: ReadonlyMap<string, Draft>,
  context: Context,
): Draft[] {
  const subjects = read(resource, ['subject'], context.resolver);
  if (subjects.state !== 'known') return [];
  const found = blocks(subjects.value).flatMap((subject, index) => {
    if (ownString(subject, 'kind') !== 'ServiceAccount') return [];
    const name = ownString(subject, 'name') ?? '';
    const place = ownString(subject, 'namespace') ?? namespace;
    const byName = accounts.get(`${place}/${name}`);
    if (byName) return [byName];
    if (!hasSymbol(name) && !hasSymbol(place)) return [];
    return referenced(resource, ['subject', index, 'name'], context, symbolsIn(name))
      .map((one) => context.drafts.get(one.address))
      .filter((one) => one !== undefined);
  });
  return [...new Set(found)];
}

function referenced(
  resource: Resource,
  path: readonly (string | number)[],
  context: Context,
  texts?: readonly string[],
): Resource[] {
  const expression = texts && texts.length > 0 ? { references: [...texts] } : expressionAt(resource, path);
  return context.resolver
    .targets(expression, context.resolver.placeOf(resource))
    .flatMap((target) => (target.vague ? [] : target.resources));
}

/** A secret of type `kubernetes.io/service-account-token`: a token that never ends. */
export function addKubernetesToken(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.kubernetesToken || ownString(resource.values, 'type') !== 'kubernetes.io/service-account-token')
    return;
  const block = blocks(own(resource.values, 'metadata'))[0];
  const namespace = ownString(block, 'namespace') ?? 'default';
  const account = ownString(own(block, 'annotations'), TOKEN_ACCOUNT);
  for (const identity of new Set(context.drafts.values())) {
    const own = metadata(identity.resource);
    if (identity.kind !== 'kubernetes.service_account' || own.name !== account || own.namespace !== namespace)
      continue;
    identity.credentials.push({
      address: resource.address,
      form: 'static',
      noun: 'long-lived token',
      end: { kind: 'none' },
      replaceable: true,
      idleRotation: undefined,
    });
  }
}
