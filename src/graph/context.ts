// What every step of building the graph shares: the plan, its resolver, the drafts and the id indexes.

import type { EnvironmentMap } from '../access/environment.js';
import type { ResourceFacts } from '../catalog/types.js';
import { ownString, strings } from '../plan/json.js';
import type { Plan, Resource } from '../plan/model.js';
import type { Resolver } from '../plan/resolve.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import type { Statement } from '../policy/aws/statement.js';
import type { TrustContext, TrustWay } from '../policy/aws/trust.js';
import type { Vendor } from '../policy/vendors.js';
import type { Draft } from './draft.js';
import { type IdIndex, type Link, link } from './links.js';
import type { Admission, HiddenCallers, Opening, Route } from './model.js';

export interface BuildOptions {
  /** Relative ends count from here. */
  readonly now: Date;
  /** Account ids that are nobody's surprise: partners, the organisation's other accounts. */
  readonly knownAccounts: readonly string[];
  /** Default: by the words that teams use. */
  readonly environments?: EnvironmentMap;
  /** Third parties that the configuration knows. */
  readonly vendors?: readonly Vendor[];
}

/** A resource, with one of the things it means for access. */
export interface Part {
  readonly resource: Resource;
  readonly facts: ResourceFacts;
}

export interface Context extends BuildOptions {
  readonly plan: Plan;
  readonly resolver: Resolver;
  /** By the address of every resource that is the identity, aliases included. */
  readonly drafts: Map<string, Draft>;
  readonly principals: IdIndex;
  readonly groups: IdIndex;
  readonly policies: IdIndex;
  readonly azureRoles: IdIndex;
  /** Instance profiles. */
  readonly carriers: IdIndex;
  /** Group address → identities in it. */
  readonly members: Map<string, Set<Draft>>;
  readonly openings: Opening[];
  readonly hiddenCallers: HiddenCallers[];
  readonly admissions: Admission[];
  /** Steps from one identity to another one that a resource declares as such; others follow from policies. */
  readonly declaredRoutes: Route[];
  /** The trust documents that were read. */
  readonly trusts: Trust[];
  /** What runs as which identity. */
  readonly runners: { readonly resource: Resource; readonly identity: Draft }[];
  readonly ownAccounts: readonly string[];
}

/** What reading a policy depends on beside it. */
export function trustContext({ ownAccounts, knownAccounts, vendors = [], now }: Context): TrustContext {
  return { accounts: ownAccounts, knownAccounts, vendors, now };
}

/** A trust document, and whom it lets in. */
export interface Trust {
  readonly into: Draft;
  readonly path: string;
  readonly statements: readonly Statement[];
  readonly ways: readonly TrustWay[];
}

/** Who an attribute names: the identities themselves, and those in the groups it names. */
export interface Grantees {
  readonly identities: readonly Draft[];
  /** Identities of which it names one, and the plan does not say which. */
  readonly candidates: readonly Draft[];
  readonly link: Link;
}

/** Reads who the attribute at `path` names. */
export function granteesOf(resource: Resource, path: string, context: Context): Grantees {
  const direct = link(resource, path, context.principals, context.resolver);
  const groups = link(resource, path, context.groups, context.resolver);
  const identities = new Set<Draft>();
  for (const one of direct.resources) {
    const found = context.drafts.get(one.address);
    if (found) identities.add(found);
  }
  for (const group of groups.resources)
    for (const member of context.members.get(group.address) ?? []) identities.add(member);
  return { identities: [...identities], candidates: candidatesOf(direct, context), link: direct };
}

/** The resources that attributes name, by reference or, where they stand already, by their id. */
export function namedBy(resource: Resource, paths: readonly string[], context: Context): Resource[] {
  return paths.flatMap((path) => {
    const targets = context.resolver
      .targets(expressionAt(resource, pathOf(path)), context.resolver.placeOf(resource))
      .flatMap((target) => target.resources);
    if (targets.length > 0) return targets;
    const value = read(resource, pathOf(path), context.resolver);
    return value.state === 'known'
      ? strings(value.value).flatMap((id) => idsOf(context.plan).get(id) ?? [])
      : [];
  });
}

/** Resources by what a platform calls them; built once for each plan, and only where it is asked for. */
const ids = new WeakMap<Plan, Map<string, Resource>>();

function idsOf(plan: Plan): Map<string, Resource> {
  const found = ids.get(plan);
  if (found) return found;
  const result = new Map<string, Resource>();
  for (const resource of plan.resources)
    for (const name of ['id', 'arn', 'key_id', 'url']) {
      const id = ownString(resource.values, name);
      if (id !== undefined && resource.mode === 'managed' && !result.has(id)) result.set(id, resource);
    }
  ids.set(plan, result);
  return result;
}

function candidatesOf(direct: Link, context: Context): Draft[] {
  if (direct.resources.length > 0 || direct.candidates.length === 0) return [];
  return direct.candidates.map((one) => context.drafts.get(one.address)).filter((one) => one !== undefined);
}
