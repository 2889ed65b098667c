// Identities that stay although the plan takes away, for good, the last workload that ran as them.

import { factsOf } from '../catalog/index.js';
import { own, strings } from '../plan/json.js';
import type { Expression, Resource } from '../plan/model.js';
import type { Place } from '../plan/resolve.js';
import { pathOf, read } from '../plan/value.js';
import { type Context, granteesOf } from './context.js';
import type { Draft } from './draft.js';
import type { Orphan } from './model.js';

const SERVICE = /^[\w.-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * Tells only of identities that nothing else can be: no key of them is out, nobody but services of AWS comes in, and
 * neither a resource nor an output of this plan refers to them.
 */
export function leftBehind(context: Context): Orphan[] {
  // What is only scaled down has a block still.
  const workloads = context.plan.resources.filter(
    ({ action, mode, module, type, name }) =>
      action === 'delete' &&
      mode === 'managed' &&
      !context.resolver.moduleConfig(module)?.resources.has(`${type}.${name}`),
  );
  if (workloads.length === 0) return [];
  const carried = carriedIn(context);
  const found = new Map<Draft, string>();
  for (const workload of workloads) {
    for (const identity of ranAs(workload, carried, context))
      if (!found.has(identity) && isIdle(identity)) found.set(identity, workload.address);
  }
  if (found.size === 0) return [];
  const inUse = namedByOthers(context);
  return [...found].flatMap(([{ resource }, gone]): Orphan[] => {
    const { address } = resource;
    if (inUse.has(resource)) return [];
    return [{ kind: 'unused', gone, identity: address, evidence: { address, path: '' } }];
  });
}

/** Nobody can become it but by being its workload, and there is none. */
function isIdle(identity: Draft): boolean {
  const { resource, workloads, credentials, ways, waysUnknown, callersUnknown, person } = identity;
  return (
    resource.mode === 'managed' &&
    resource.config !== undefined &&
    (resource.action === 'no-op' || resource.action === 'update') &&
    !person &&
    workloads.length + credentials.length + waysUnknown.length + callersUnknown.length === 0 &&
    ways.every(({ who }) => SERVICE.test(who))
  );
}

function ranAs(workload: Resource, carried: ReadonlyMap<string, string[]>, context: Context): Draft[] {
  return factsOf(workload)
    .flatMap(({ workload: facts }) => (facts?.onBehalf ? [] : (facts?.runsAs ?? [])))
    .flatMap((path) => textsBefore(workload, path, context))
    .flatMap((name) => carried.get(name) ?? (/[:/@]/.test(name) ? [name] : []))
    .flatMap((id) => {
      // A name may be a user's and a role's.
      const [only, ...others] = context.principals.find(id);
      return only && others.length === 0 ? (context.drafts.get(only.address) ?? []) : [];
    });
}

/** Names and ids of instance profiles, whether they go or stay → the roles inside. */
function carriedIn(context: Context): Map<string, string[]> {
  const carried = new Map<string, string[]>();
  for (const resource of context.plan.resources)
    for (const { carrier } of factsOf(resource))
      for (const path of carrier?.ids ?? []) {
        const id = own(resource.before, path);
        if (carrier && typeof id === 'string') carried.set(id, textsBefore(resource, carrier.to, context));
      }
  return carried;
}

function textsBefore(resource: Resource, path: string, context: Context): string[] {
  const { before } = resource;
  if (before === null) return [];
  const value = read({ ...resource, values: before, unknown: {} }, pathOf(path), context.resolver);
  return value.state === 'known' ? strings(value.value) : [];
}

/** What resources that may run something, or outputs, refer to. What grants, proves or lets in is no use of it. */
function namedByOthers(context: Context): Set<Resource> {
  const { plan, resolver, drafts } = context;
  const named = new Set<Resource>();
  const add = (expression: Expression | undefined, place: Place): void => {
    for (const { resources } of resolver.targets(expression, place))
      for (const one of resources) named.add(one);
  };
  for (const { expression } of plan.outputs) add(expression, ROOT);
  const standing = plan.resources.filter(({ action, mode }) => action !== 'delete' && mode === 'managed');
  for (const resource of standing) {
    if (drafts.has(resource.address)) continue;
    const facts = factsOf(resource);
    if (facts.some((one) => one.iamGrants ?? one.credential ?? one.resourcePolicy ?? one.azureGrant))
      continue;
    if (!facts.some(({ carrier }) => carrier)) add(resource.config?.expressions, resolver.placeOf(resource));
  }
  for (const resource of standing)
    for (const { carrier } of factsOf(resource))
      if (carrier && named.has(resource))
        for (const one of granteesOf(resource, carrier.to, context).identities) named.add(one.resource);
  return named;
}

const ROOT: Place = { module: [], key: undefined, forEach: undefined };
