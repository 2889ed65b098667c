// Who can act as whom inside of the plan: by becoming a role, by passing it to a service, or by changing what runs as
// it. Chains of such steps lead from harmless identities to administrators.

import { isObject, own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasOpenSymbol } from '../plan/symbol.js';
import { actionOf } from '../policy/aws/actions.js';
import { opposite } from '../policy/aws/conditions.js';
import { isMessenger } from '../policy/aws/deputies.js';
import { type Access, type Allowed, allowedOn, effectiveAccess } from '../policy/aws/effective.js';
import { catalogued, passesAny, receiversOf, usable } from '../policy/aws/escalation.js';
import { ASSUME_ROLE, PASS_ROLE_PATHS, TAKEOVER_PATHS } from '../policy/aws/escalation-paths.js';
import { matches } from '../policy/aws/pattern.js';
import { mayMeet, type Party, type Request } from '../policy/aws/request.js';
import type { Condition, Statement } from '../policy/aws/statement.js';
import type { TrustWay } from '../policy/aws/trust.js';
import type { Context, Trust } from './context.js';
import type { Draft } from './draft.js';
import { accessOf, statementsOf } from './effective.js';
import { namedIn } from './iam.js';
import type { Evidence, Route } from './model.js';
import { identityThing, Naming, type Thing, workloadThing } from './naming.js';

/** More than this many are not told; a plan that has them has other worries. */
const MOST_ROUTES = 20_000;

/** Every step from one identity of the plan to another one, sorted. */
export function routesIn(context: Context): Route[] {
  const naming = new Naming(context);
  const drafts = [...new Set(context.drafts.values())].filter((one) => !one.person);
  const actors = drafts.flatMap((draft) => {
    const thing = identityThing(draft.resource, draft.name);
    return thing ? [new Actor(draft, thing, naming)] : [];
  });
  const roles = new Map(actors.map((actor) => [actor.draft, actor]));
  const trusts = context.trusts.flatMap((trust) => {
    const role = roles.get(trust.into);
    const named = namedBy(trust, context);
    const services = trust.ways.flatMap((way) => (way.kind === 'service' ? [way.principal] : []));
    const admitted = new Set([...named.values()].flat());
    return role ? [{ ...trust, role, named, admitted, services, doors: doorsOf(trust) }] : [];
  });
  const runners = context.runners.flatMap(({ resource, identity }) => {
    const thing = workloadThing(resource, context);
    const role = roles.get(identity);
    return thing && role ? [{ thing, role, party: partyOf(resource) }] : [];
  });
  const messengers = new Set(
    trusts.flatMap(({ into, ways }) =>
      ways.length > 0 && ways.every(({ kind, principal }) => kind === 'service' && isMessenger(principal))
        ? [into]
        : [],
    ),
  );
  const routes = new Map<string, Route>(
    context.declaredRoutes
      .slice(0, MOST_ROUTES)
      .map((route) => [JSON.stringify([route.from, route.to, route.how]), route]),
  );
  // Most roles let in services only, and most identities may assume nothing: neither is compared with all the others.
  const open = trusts.filter(({ doors }) => doors.length > 0);
  const admitting = new Map<Draft, ReadTrust[]>();
  for (const trust of open)
    for (const draft of trust.admitted) admitting.set(draft, [...(admitting.get(draft) ?? []), trust]);
  for (const actor of actors) {
    if (routes.size >= MOST_ROUTES) break;
    const may = actor.usable(ASSUME_ROLE.action).length > 0;
    for (const route of [
      ...byAssuming(actor, may ? open : (admitting.get(actor.draft) ?? []), naming),
      ...byPassing(actor, trusts),
      ...byTakingOver(actor, runners, messengers.has(actor.draft)),
    ])
      if (route.from !== route.to) routes.set(JSON.stringify([route.from, route.to, route.how]), route);
  }
  return [...routes.values()].sort(
    (a, b) => compare(a.from, b.from) || compare(a.to, b.to) || compare(a.how, b.how),
  );
}

interface ReadTrust extends Trust {
  readonly role: Actor;
  /** Per principal of a way: the identities of the plan that it names. */
  readonly named: ReadonlyMap<string, readonly Draft[]>;
  readonly admitted: ReadonlySet<Draft>;
  readonly services: readonly string[];
  readonly doors: readonly Door[];
}

/** A principal that may take the role up by itself, and the statement that says so. */
interface Door {
  readonly way: TrustWay;
  readonly statement: Statement;
}

/** A trust that AWS accepts names fewer. */
const MOST_DOORS = 500;

function doorsOf({ ways, statements }: Trust): Door[] {
  const allowing = new Map(
    statements.flatMap((one) =>
      one.effect === 'Allow' && mayAssume(one) ? [[one.index, one] as const] : [],
    ),
  );
  const doors = ways.flatMap((way) => {
    const statement = allowing.get(way.statement);
    return statement && OF_CALLERS.has(way.kind) ? [{ way, statement }] : [];
  });
  return doors.slice(0, MOST_DOORS);
}

const OF_CALLERS: ReadonlySet<string> = new Set(['principal', 'account', 'anyone']);

interface Runner {
  readonly thing: Thing & { readonly format: string };
  readonly role: Actor;
  readonly party: Party;
}

/** An identity of the plan that may take a step. */
class Actor {
  readonly address: string;
  readonly party: Party;
  readonly #usable = new Map<string, readonly Allowed[]>();
  #access: Access | undefined;

  constructor(
    readonly draft: Draft,
    readonly thing: Thing,
    private readonly naming: Naming,
  ) {
    this.address = draft.resource.address;
    this.party = {
      tags: new Map(draft.labels.map(({ key, value }) => [key, value])),
      ...(draft.kind === 'aws.iam.user' ? { userName: draft.name } : {}),
    };
  }

  get access(): Access {
    this.#access ??= accessOf(this.draft);
    return this.#access;
  }

  /** Where the action is allowed on what it works on. */
  usable(action: string): readonly Allowed[] {
    let found = this.#usable.get(action);
    if (!found) {
      found = usable(this.access, action);
      this.#usable.set(action, found);
    }
    return found;
  }

  /** Where the action is allowed on the thing, under conditions that the plan does not contradict. */
  allowed(action: string, on: Thing, target: Party): Allowed[] {
    return this.usable(action).filter(
      ({ resource, permission: { origin, conditions } }) =>
        this.naming.takesIn(resource, origin, on) && mayMeet(conditions, this.request(origin, target)),
    );
  }

  request(origin: { address: string; path: string }, target: Party): Request {
    return {
      caller: this.party,
      target,
      isCaller: (arn) => this.naming.takesIn(arn, origin, this.thing),
    };
  }
}

function byAssuming(actor: Actor, trusts: readonly ReadTrust[], naming: Naming): Route[] {
  const { action: how, catalogue } = ASSUME_ROLE;
  return trusts.flatMap((trust) => {
    const { role, into } = trust;
    const allowed = actor.allowed(how, role.thing, role.party);
    if (allowed.length === 0 && !trust.admitted.has(actor.draft)) return [];
    const way = wayIn(actor, trust, naming);
    // A role that names somebody of its own account needs no policy of theirs; a denial of theirs still counts.
    if (!way || (allowed.length === 0 && !(way.byName && isFree(actor, trust)))) return [];
    const evidence = [
      ...evidenceOf(allowed),
      { address: into.resource.address, path: `${trust.path}, statement ${way.statement}` },
    ];
    return [{ from: actor.address, to: role.address, how, catalogue, evidence }];
  });
}

/** No denial and no boundary keeps the actor from becoming the role. */
function isFree({ draft }: Actor, { into }: Trust): boolean {
  const consent: Statement = {
    effect: 'Allow',
    actions: [ASSUME_ROLE.action],
    resources: [`arn:aws:iam::*:role/${into.name}`],
    conditions: [],
    origin: { address: into.resource.address, path: '' },
    index: 1,
  };
  const access = effectiveAccess(
    [consent, ...statementsOf(draft).filter((one) => one.effect === 'Deny')],
    draft.boundary,
  );
  return allowedOn(access, ASSUME_ROLE.action).length > 0;
}

/** The first statement of the trust that lets the actor in. */
function wayIn(
  actor: Actor,
  { doors, statements, named, role, into }: ReadTrust,
  naming: Naming,
): { readonly byName: boolean; readonly statement: number } | undefined {
  const at = (conditions: readonly Condition[]): boolean =>
    mayMeet(conditions, actor.request({ address: into.resource.address, path: '' }, role.party));
  const isMeant = (principal: string): boolean => named.get(principal)?.includes(actor.draft) ?? false;
  for (const { way, statement } of doors) {
    if (!at(statement.conditions)) continue;
    const byName = way.kind === 'principal' && isMeant(way.principal);
    const byAccount =
      way.kind === 'anyone' || (way.kind === 'account' && naming.isOurs(accountIn(way.principal)));
    if (!byName && !byAccount) continue;
    const kept = statements.some((one) => {
      if (one.effect !== 'Deny' || !mayAssume(one)) return false;
      const principals = one.principals?.AWS ?? [];
      if (
        one.notPrincipals
          ? isMeantBy(one.notPrincipals.AWS, isMeant)
          : !principals.includes('*') && !isMeantBy(principals, isMeant)
      )
        return false;
      const [condition, ...others] = one.conditions;
      if (!condition) return true;
      const unless = others.length === 0 ? opposite(condition) : undefined;
      return unless !== undefined && !at([unless]);
    });
    if (!kept) return { byName, statement: way.statement };
  }
  return undefined;
}

function isMeantBy(principals: readonly string[] | undefined, isMeant: (one: string) => boolean): boolean {
  return principals?.some(isMeant) ?? false;
}

function mayAssume({ actions, notActions }: Statement): boolean {
  const fits = (pattern: string): boolean => matches(pattern.toLowerCase(), 'sts:assumerole');
  return actions ? actions.some(fits) : !(notActions ?? []).some(fits);
}

/** The account of `arn:aws:iam::123456789012:root`, or what stands for it. */
function accountIn(principal: string): string {
  return /\b(\d{12})\b/.exec(principal)?.[1] ?? principal;
}

function namedBy({ into, statements }: Trust, context: Context): Map<string, readonly Draft[]> {
  const principals = statements.flatMap((one) => [
    ...(one.principals?.AWS ?? []),
    ...(one.notPrincipals?.AWS ?? []),
  ]);
  return new Map(principals.map((one) => [one, namedIn(one, into.resource, context)]));
}

function byPassing(actor: Actor, trusts: readonly ReadTrust[]): Route[] {
  // Whoever may pass any role needs none of these: that is told of itself.
  const some = actor.usable('iam:PassRole').filter((one) => !passesAny(one));
  if (some.length === 0) return [];
  const paths = PASS_ROLE_PATHS.flatMap((path) => {
    const steps = path.needs.map((either) => either.find((one) => actor.usable(one).length > 0));
    if (!steps.every((step) => step !== undefined)) return [];
    const how = ['iam:PassRole', ...steps].join(', ');
    const uses = steps.flatMap((step) => actor.usable(step));
    return [{ path, how, uses, catalogue: catalogued(path.catalogue, actor.access) }];
  });
  if (paths.length === 0) return [];
  return trusts.flatMap((trust) => {
    const { services, role } = trust;
    if (services.length === 0) return [];
    const passes = actor.allowed('iam:PassRole', role.thing, role.party).filter((one) => some.includes(one));
    if (passes.length === 0) return [];
    return paths.flatMap(({ path, how, uses, catalogue }) => {
      const receiving = path.services.filter((one) => services.includes(one));
      const fitting = passes.filter(({ permission }) => {
        const receivers = receiversOf(permission.conditions);
        return receiving.some((one) => receivers?.some((pattern) => matches(pattern, one)) ?? true);
      });
      if (fitting.length === 0) return [];
      const evidence = evidenceOf([...fitting, ...uses]);
      return [{ from: actor.address, to: role.address, how, catalogue, evidence }];
    });
  });
}

function byTakingOver(actor: Actor, runners: readonly Runner[], carriesMessages: boolean): Route[] {
  return TAKEOVER_PATHS.filter(({ starts }) => !(starts && carriesMessages)).flatMap((path) => {
    if (path.needs.some((one) => actor.usable(one).length === 0)) return [];
    const targets = runners.filter(({ thing }) => thing.format === path.of);
    const catalogue = targets.length > 0 ? catalogued(path.catalogue, actor.access) : [];
    return targets.flatMap(({ thing, role, party }) => {
      const steps = path.needs.map((one) =>
        actionOf(one).formats.includes(path.of) ? actor.allowed(one, thing, party) : actor.usable(one),
      );
      if (steps.some((step) => step.length === 0)) return [];
      const how = `${path.needs.join(', ')} on ${thing.resource.address}`;
      return [{ from: actor.address, to: role.address, how, catalogue, evidence: evidenceOf(steps.flat()) }];
    });
  });
}

function evidenceOf(allowed: readonly Allowed[]): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const { permission } of allowed) {
    const { address, path } = permission.origin;
    found.set(`${address} ${path}`, { address, path });
  }
  return [...found.values()];
}

/** The tags of a workload, as far as they are known. */
function partyOf(resource: Resource): Party {
  const tags = own(resource.values, 'tags_all') ?? own(resource.values, 'tags');
  const known = isObject(tags) ? Object.entries(tags) : [];
  return {
    tags: new Map(
      known.flatMap(([key, value]): [string, string][] =>
        typeof value === 'string' && !hasOpenSymbol(value) ? [[key, value]] : [],
      ),
    ),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
