// Whom a resource lets in from outside: by its policy, or by attributes that come to the same. What keeps everybody
// out all the same (a public access block, a network of one's own) is found here too.

import { factsOf } from '../catalog/index.js';
import type { ResourceFacts } from '../catalog/types.js';
import { own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { symbol } from '../plan/symbol.js';
import { pathOf, read } from '../plan/value.js';
import type { Condition, Statement } from '../policy/aws/statement.js';
import { readCallers, readResourcePolicy, type TrustOpening } from '../policy/aws/trust.js';
import { anyToken, noAuthorizer } from '../policy/aws/trust-flaws.js';
import { flawOfEnded, vendorOf } from '../policy/vendors.js';
import { type Context, namedBy, trustContext } from './context.js';
import type { Document } from './policy-document.js';

/** Tells of outsiders that the policy on the resource lets in. */
export function addOutsiders(
  resource: Resource,
  policy: NonNullable<ResourceFacts['resourcePolicy']>,
  { statements, unknown }: Document,
  context: Context,
): void {
  const { openings, undecided } = readResourcePolicy(statements, trustContext(context));
  if (undecided.length + unknown.length > 0)
    context.hiddenCallers.push({
      evidence: { address: resource.address, path: policy.document },
      references: undecided.length > 0 ? undecided : unknown,
      named: undecided.length > 0,
    });
  if (openings.length === 0) return;
  const kept = keepsEverybodyOut(resource, policy, context);
  for (const opening of openings) {
    if (kept && FOR_EVERYBODY.has(opening.id)) continue;
    tell(opening, resource, `${policy.document}, statement ${opening.statement}`, context);
  }
}

const FOR_EVERYBODY = new Set(['anyone', 'not-principal']);

/** The resource that a policy protects: the one it stands on, or the one it names. */
function protectedBy(resource: Resource, of: string | undefined, context: Context): Resource[] {
  if (of === undefined) return [resource];
  const named = namedBy(resource, [of], context);
  if (named.length > 0) return named;
  const value = read(resource, pathOf(of), context.resolver);
  if (value.state !== 'known' || typeof value.value !== 'string') return [];
  return context.plan.resources.filter(
    (one) =>
      one.action !== 'delete' &&
      one.mode === 'managed' &&
      ['id', 'bucket', 'name'].some((id) => own(one.values, id) === value.value) &&
      factsOf(one).some((facts) => facts.resourcePolicy),
  );
}

function keepsEverybodyOut(
  resource: Resource,
  { of, everybodyIsFine = [] }: NonNullable<ResourceFacts['resourcePolicy']>,
  context: Context,
): boolean {
  const guarded = protectedBy(resource, of, context);
  const isFine = everybodyIsFine.some(({ path, unless, here }) =>
    (here ? [resource] : guarded).some((one) => {
      const value = read(one, pathOf(path), context.resolver);
      if (unless === undefined) return value.state !== 'absent';
      return value.state !== 'known' || ![value.value].flat().map(String).includes(unless);
    }),
  );
  return isFine || context.plan.resources.some((fence) => isFenceOf(fence, resource, guarded, context));
}

/** True for a public access block of one of the guarded resources, or of the account. */
function isFenceOf(
  fence: Resource,
  policy: Resource,
  guarded: readonly Resource[],
  context: Context,
): boolean {
  if (fence.mode !== 'managed' || fence.action === 'delete') return false;
  return factsOf(fence).some(({ fence: facts }) => {
    if (!facts?.types.includes(policy.type)) return false;
    // What refuses a policy must stand before it; what overrules it may come later.
    const paths = [...facts.overrules, ...(fence.action === 'create' ? [] : facts.refuses)];
    if (!paths.some((path) => own(fence.values, path) === true)) return false;
    if (facts.of === undefined) return true;
    return (
      namedBy(fence, [facts.of], context).some((one) => guarded.includes(one)) ||
      guarded.some((one) => own(one.values, 'bucket') === own(fence.values, facts.of as string)) ||
      (own(policy.values, 'bucket') !== undefined &&
        own(policy.values, 'bucket') === own(fence.values, facts.of))
    );
  });
}

/** Lets principals in by attributes instead of a policy: `aws_lambda_permission`. */
export function addCallers(resource: Resource, facts: ResourceFacts, context: Context): void {
  const { callers } = facts;
  if (!callers) return;
  const path = callers.principals.find(
    (one) => read(resource, pathOf(one), context.resolver).state !== 'absent',
  );
  if (path === undefined) return;
  const names = callers.principals.flatMap((one) => textsAt(resource, one, context));
  const inside = (callers.inside ?? []).some(({ through, path: attribute }) =>
    namedBy(resource, [through], context).some((one) => own(one.values, attribute) === false),
  );
  if (inside) return;
  const statement: Statement = {
    effect: 'Allow',
    principals: principalsOf(names.filter((name) => !isOrganisation(name))),
    actions: ['*'],
    resources: ['*'],
    conditions: Object.entries(callers.conditions ?? {}).flatMap(([key, attribute]): Condition[] => {
      const values = textsAt(resource, attribute, context);
      return values.length > 0 ? [{ operator: 'ArnLike', key, values }] : [];
    }),
    origin: { address: resource.address, path },
    index: 1,
  };
  const { openings } = readCallers([statement], trustContext(context));
  for (const opening of openings)
    if (opening.id !== 'anyone' || !isToldAtEndpoint(resource, callers.endpoint, context))
      tell(opening, resource, path, context);
}

function isToldAtEndpoint(
  resource: Resource,
  endpoint: NonNullable<ResourceFacts['callers']>['endpoint'],
  context: Context,
): boolean {
  if (!endpoint) return false;
  const { type, path } = endpoint;
  const named = namedBy(resource, [path], context);
  const texts = textsAt(resource, path, context);
  return context.plan.resources.some(
    (one) =>
      one.type === type &&
      one.action !== 'delete' &&
      factsOf(one).some(({ endpoint: facts }) => facts && isForEverybody(one, facts, context)) &&
      (textsAt(one, path, context).some((text) => texts.includes(text)) ||
        namedBy(one, [path], context).some((other) => named.includes(other))),
  );
}

function isForEverybody(
  resource: Resource,
  { authorizer }: NonNullable<ResourceFacts['endpoint']>,
  context: Context,
): boolean {
  return authorizer !== undefined && textsAt(resource, authorizer, context).includes('NONE');
}

/** Lets in whoever calls over the network. */
export function addEndpoint(resource: Resource, { endpoint }: ResourceFacts, context: Context): void {
  if (!endpoint) return;
  const { authorizer, tokens } = endpoint;
  if (authorizer !== undefined && isForEverybody(resource, endpoint, context)) {
    const evidence = { address: resource.address, path: authorizer };
    context.openings.push({ ...noAuthorizer(authorizer), identity: null, evidence });
    return;
  }
  const [issuer] = tokens ? textsAt(resource, tokens.issuer, context) : [];
  if (!tokens || issuer === undefined) return;
  if (tokens.asked.some((path) => read(resource, pathOf(path), context.resolver).state !== 'absent')) return;
  const path = tokens.issuer;
  context.openings.push({
    ...anyToken(issuer),
    identity: null,
    evidence: { address: resource.address, path },
  });
}

/** An organisation, or a part of it. */
function isOrganisation(name: string): boolean {
  return /^arn:[\w-]+:organizations:/.test(name);
}

/** `all` is how some attributes write everybody. */
function principalsOf(names: readonly string[]): Record<string, string[]> {
  const isService = (name: string): boolean => /\.amazonaws\.com(?:\.cn)?$|\.amazon\.com$/i.test(name);
  return {
    AWS: names.filter((name) => !isService(name)).map((name) => (name === 'all' ? '*' : name)),
    Service: names.filter(isService),
  };
}

function textsAt(resource: Resource, path: string, context: Context): string[] {
  const value = read(resource, pathOf(path), context.resolver);
  if (value.state === 'absent') return [];
  if (value.state === 'unknown') return [symbol(value.references[0] ?? `${resource.address} ${path}`, true)];
  return strings(value.value);
}

/** Tells of a vendor that is let in by its tenant or application after its contract is over. */
export function addThirdParty(resource: Resource, facts: ResourceFacts, context: Context): void {
  for (const path of facts.thirdParty ?? []) {
    const [id = ''] = textsAt(resource, path, context);
    const vendor = vendorOf(id, context.vendors ?? []);
    const flaw = vendor && flawOfEnded(vendor, context.now, 'come in');
    if (!flaw) continue;
    const identity = context.drafts.get(resource.address)?.resource.address ?? null;
    context.openings.push({ ...flaw, identity, evidence: { address: resource.address, path } });
    return;
  }
}

function tell(opening: TrustOpening, resource: Resource, path: string, context: Context): void {
  const { id, text, help } = opening;
  context.openings.push({ id, text, help, identity: null, evidence: { address: resource.address, path } });
}
