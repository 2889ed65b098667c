// Plan → access graph. Deleted resources are left out; forgotten ones live on and stay in.

import { factsOf, isUncovered } from '../catalog/index.js';
import type { PrincipalFacts, ResourceFacts } from '../catalog/types.js';
import { own, strings } from '../plan/json.js';
import type { Plan, Resource } from '../plan/model.js';
import { byAddress } from '../plan/plan-json.js';
import { Resolver } from '../plan/resolve.js';
import { pathOf, read } from '../plan/value.js';
import { ownAccounts } from './accounts.js';
import { agentToolsIn, isUnguarded } from './agents.js';
import { addAzureGrant, addSubjectTrust, addVaultPolicy } from './azure.js';
import { type BuildOptions, type Context, granteesOf, type Part } from './context.js';
import { type Draft, draft, finished, type ProviderTags, readTerms } from './draft.js';
import { readDrift } from './drift.js';
import { addEksAccess } from './eks.js';
import { endOf } from './ends.js';
import { addEntraGrant } from './entra.js';
import { placementsIn } from './environments.js';
import { addGoogle } from './google.js';
import { addBoundary, addIamGrants, addOperationGrant, addResourcePolicy, addTrust } from './iam.js';
import { readKept } from './kept-secrets.js';
import { addKubernetesBindings, addKubernetesToken } from './kubernetes.js';
import { leftBehind } from './left-behind.js';
import { IdIndex, link } from './links.js';
import { lostTargets } from './lost-targets.js';
import { fromManifest } from './manifests.js';
import type { Graph } from './model.js';
import { withMoment } from './offsets.js';
import { readOrphans } from './orphans.js';
import { addCallers, addEndpoint, addThirdParty } from './outsiders.js';
import { withRemovals } from './removals.js';
import { requestTermsIn } from './request-terms.js';
import { routesIn } from './routes.js';
import { readExposures } from './secrets.js';
import { addStoreRotations } from './store-rotation.js';
import { addUndeclared } from './undeclared.js';
import { addVaultRoles } from './vault.js';
import { addWordedGrant } from './worded.js';

export function buildGraph(plan: Plan, options: BuildOptions): Graph {
  const standing = plan.resources
    .filter((resource) => resource.action !== 'delete')
    .map((resource) => withMoment(resource, options.now));
  const resolver = new Resolver({ ...plan, resources: standing });
  const parts: Part[] = standing.flatMap((resource) => partsOf(resource, resolver));
  const context: Context = {
    ...options,
    plan,
    resolver,
    drafts: new Map(),
    principals: new IdIndex(),
    groups: new IdIndex(),
    policies: new IdIndex(),
    azureRoles: new IdIndex(),
    carriers: new IdIndex(),
    members: new Map(),
    openings: [],
    hiddenCallers: [],
    admissions: [],
    declaredRoutes: [],
    trusts: [],
    runners: [],
    ownAccounts: ownAccounts(plan),
  };
  addPrincipals(parts, context);
  for (const { resource, facts } of parts) {
    if (facts.group) context.groups.add(resource, facts.group.ids, resolver);
    if (facts.iamPolicy) context.policies.add(resource, facts.iamPolicy.ids, resolver);
    if (facts.carrier) context.carriers.add(resource, facts.carrier.ids, resolver);
    if (facts.azureRole) context.azureRoles.add(resource, facts.azureRole.ids, resolver);
  }
  for (const part of parts) addMembers(part, context);
  for (const { resource, facts } of parts) {
    addPersons(resource, facts, context);
    addOwners(resource, facts, context);
    addTrust(resource, facts, context);
    addSubjectTrust(resource, facts, context);
    addWays(resource, facts, context);
    addCredentials(resource, facts, context);
    addIamGrants(resource, facts, context);
    addUndeclared(resource, context);
    addResourcePolicy(resource, facts, context);
    addCallers(resource, facts, context);
    addEndpoint(resource, facts, context);
    addThirdParty(resource, facts, context);
    addOperationGrant(resource, facts, context);
    addAzureGrant(resource, facts, context);
    addVaultPolicy(resource, facts, context);
    addEntraGrant(resource, facts, context);
    addEksAccess(resource, facts, context);
    addGoogle(resource, facts, context);
    addKubernetesToken(resource, facts, context);
    addOwnGrant(resource, facts, context);
    addWordedGrant(resource, facts, context);
    addWorkloads(resource, facts, context);
    if (facts.principal?.permissionsBoundary !== undefined)
      addBoundary(resource, facts.principal.permissionsBoundary, context);
  }
  addKubernetesBindings(parts, context);
  addVaultRoles(parts, context);
  addStoreRotations(parts, context);
  const placementsOf = placementsIn(context);
  const byName = new Map(standing.map((resource) => [resource.address, resource]));
  return {
    identities: listed(context)
      .map((one) => withRemovals(finished(one, placementsOf(one)), byName))
      .sort(byAddress),
    openings: [...context.openings].sort((a, b) => byAddress(a.evidence, b.evidence)),
    hiddenCallers: [...context.hiddenCallers].sort((a, b) => byAddress(a.evidence, b.evidence)),
    admissions: [...context.admissions].sort((a, b) =>
      byAddress({ address: a.identity }, { address: b.identity }),
    ),
    routes: routesIn(context),
    agentTools: agentToolsIn(parts, context),
    requestTerms: requestTermsIn(parts, context),
    exposures: readExposures(context).sort(byAddress),
    kept: readKept(context).sort(byAddress),
    orphans: [...readOrphans(context), ...leftBehind(context), ...lostTargets(context)].sort((a, b) =>
      byAddress(a.evidence, b.evidence),
    ),
    widenings: readDrift(context).sort((a, b) => byAddress(a.evidence, b.evidence)),
    uncovered: standing
      .filter((resource) => isUncovered(resource))
      .map(({ address, type }) => ({ address, type }))
      .sort(byAddress),
    ownAccounts: context.ownAccounts,
  };
}

function partsOf(resource: Resource, resolver: Resolver): Part[] {
  return factsOf(resource).flatMap((facts) => {
    const typed = facts.manifest && fromManifest(resource, facts.manifest, resolver);
    return typed ? partsOf(typed, resolver) : [{ resource, facts }];
  });
}

/** The identities that get a verdict: people and adopted service principals without a grant of their own do not. */
function listed(context: Context): Draft[] {
  return [...new Set(context.drafts.values())].filter((one) => {
    if (one.person) return false;
    if (one.facts.found) return one.grants.length > 0;
    if (one.facts.adopted === undefined) return true;
    const adopted = read(one.resource, pathOf(one.facts.adopted), context.resolver);
    return !(adopted.state === 'known' && adopted.value === true) || one.grants.length > 0;
  });
}

function addPrincipals(parts: readonly Part[], context: Context): void {
  const tags: ProviderTags = new Map(
    [...context.plan.providers].map(([key, expressions]) => [key, own(expressions, 'default_tags') ?? null]),
  );
  const faces: { resource: Resource; facts: PrincipalFacts }[] = [];
  for (const { resource, facts } of parts) {
    if (!facts.principal || !isIdentity(resource, facts.principal, context)) continue;
    context.principals.add(resource, facts.principal.ids, context.resolver);
    if (facts.principal.sameAs) faces.push({ resource, facts: facts.principal });
    else context.drafts.set(resource.address, draft(resource, facts.principal, context.resolver, tags));
  }
  for (const { resource, facts } of faces) {
    const found = (facts.sameAs?.paths ?? []).flatMap(
      (path) => link(resource, path, context.principals, context.resolver).resources,
    );
    const original = found.map((one) => context.drafts.get(one.address)).find((one) => one !== undefined);
    if (original && facts.sameAs?.types.includes(original.resource.type)) {
      original.aliases.push(resource.address);
      context.drafts.set(resource.address, original);
      readTerms(original, resource, facts, context.resolver, tags);
    } else context.drafts.set(resource.address, draft(resource, facts, context.resolver, tags));
  }
}

function isIdentity(resource: Resource, facts: PrincipalFacts, context: Context): boolean {
  if (facts.platform) {
    const value = read(resource, pathOf(facts.platform.path), context.resolver);
    if (value.state === 'known' && String(value.value).startsWith(facts.platform.prefix)) return false;
  }
  if (!facts.where) return true;
  const value = read(resource, pathOf(facts.where.path), context.resolver);
  return (
    value.state === 'known' && strings(value.value).some((text) => text.includes(facts.where?.contains ?? ''))
  );
}

function addMembers({ resource, facts }: Part, context: Context): void {
  const join = (group: string, member: Draft): void => {
    const members = context.members.get(group);
    if (members) members.add(member);
    else context.members.set(group, new Set([member]));
  };
  if (facts.group?.members !== undefined)
    for (const member of granteesOf(resource, facts.group.members, context).identities)
      join(resource.address, member);
  if (!facts.membership) return;
  const groups = link(resource, facts.membership.group, context.groups, context.resolver).resources;
  for (const member of granteesOf(resource, facts.membership.members, context).identities)
    for (const group of groups) join(group.address, member);
}

function addPersons(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.person) return;
  for (const identity of granteesOf(resource, facts.person.of, context).identities) identity.person = true;
}

function addOwners(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.ownership) return;
  const { of, owner } = facts.ownership;
  const value = read(resource, pathOf(owner), context.resolver);
  for (const identity of granteesOf(resource, of, context).identities) {
    if (value.state === 'unknown') identity.ownersUnknown.push(...value.references);
    if (value.state === 'known')
      for (const text of strings(value.value))
        identity.owners.push({
          key: owner,
          value: text,
          evidence: { address: resource.address, path: owner },
        });
  }
}

function addWays(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.way) return;
  for (const identity of granteesOf(resource, facts.way.into, context).identities) {
    // The trust document of the role already tells that the service may come; this tells through whom.
    const evidence = { address: resource.address, path: facts.way.into };
    if (identity.ways.length === 0)
      identity.ways.push({ who: facts.way.who, end: { kind: 'none' }, evidence });
  }
}

function addCredentials(resource: Resource, facts: ResourceFacts, context: Context): void {
  const { credential } = facts;
  if (!credential) return;
  if (credential.where) {
    const value = read(resource, pathOf(credential.where.path), context.resolver);
    const { equals } = credential.where;
    const present =
      equals === '*'
        ? value.state !== 'absent'
        : value.state === 'known' &&
          (equals.endsWith('*')
            ? String(value.value).startsWith(equals.slice(0, -1))
            : String(value.value) === equals);
    if (!present) return;
  }
  const own = context.drafts.get(resource.address);
  const holders =
    credential.of === undefined
      ? own
        ? [own]
        : []
      : credential.of.flatMap((path) => granteesOf(resource, path, context).identities);
  const { end, idleRotation } = endOf(resource, credential, context.now, context.resolver);
  for (const identity of new Set(holders))
    identity.credentials.push({
      address: resource.address,
      form: credential.form,
      noun: credential.noun,
      end,
      replaceable: credential.replaceable ?? false,
      idleRotation,
    });
}

function addOwnGrant(resource: Resource, facts: ResourceFacts, context: Context): void {
  const identity = context.drafts.get(resource.address);
  if (!facts.ownGrant || !identity) return;
  identity.grants.push({
    address: resource.address,
    evidence: { address: resource.address, path: '' },
    claim: {
      language: 'judged',
      level: 'bounded',
      text: facts.ownGrant.reach,
      escalates: undefined,
      handsOutRights: false,
    },
    end: { kind: 'none' },
    bearers: [resource],
  });
}

function addWorkloads(resource: Resource, facts: ResourceFacts, context: Context): void {
  for (const path of facts.workload?.runsAs ?? []) {
    const carriers = link(resource, path, context.carriers, context.resolver).resources;
    const carried = carriers.flatMap((carrier) =>
      factsOf(carrier).flatMap((one) =>
        one.carrier ? granteesOf(carrier, one.carrier.to, context).identities : [],
      ),
    );
    for (const identity of [...granteesOf(resource, path, context).identities, ...carried]) {
      if (identity.resource === resource) continue;
      context.runners.push({ resource, identity });
      if (!facts.workload?.onBehalf) identity.workloads.push(resource.address);
      if (!facts.workload?.agent) continue;
      identity.agents.push(resource.address);
      if (isUnguarded(resource, facts.workload, context)) identity.unguarded.push(resource.address);
    }
  }
}
