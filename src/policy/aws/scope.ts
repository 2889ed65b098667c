// Is the access of a principal bounded? Judged action by action on every resource pattern, worst word wins.

import { hasOpenSymbol, hasSymbol, showSymbols } from '../../plan/symbol.js';
import { SCOPE_VERDICTS, type ScopeVerdict, worse } from '../scope-verdict.js';
import { type ActionPattern, actionOf, actionsOfService, changes, readActionPattern } from './actions.js';
import { isEveryObjectOf, isEveryResource, isEveryResourceOfAnAccount } from './arn.js';
import { pinsResource } from './conditions.js';
import { readsData } from './data-reads.js';
import {
  type Access,
  actionPatternsOf,
  isCurtailed,
  isExceptedAction,
  type Permission,
  type Reach,
  resourcesOf,
  underProvisos,
  withoutDenied,
} from './effective.js';
import type { Origin } from './statement.js';

/** Why access is not bounded. */
export interface ScopeReason {
  readonly level: Exclude<ScopeVerdict, 'bounded'>;
  /** For a reviewer: `s3:DeleteObject on every resource`, `all of s3`, `any action on any resource`. */
  readonly text: string;
  readonly origin: Origin;
  /** Place of the statement in its document, from 1. */
  readonly index: number;
}

export interface Scope {
  readonly verdict: ScopeVerdict;
  /** Worst first, then in the order of the statements; empty where the verdict is `bounded`. */
  readonly reasons: readonly ScopeReason[];
}

/** How many actions a reason names before it counts the others. */
const MOST_NAMED = 3;

/** No policy that AWS accepts has as many pairs of an action and a resource and is bounded in any useful sense. */
const MOST_REACHES = 50_000;

/** Judges the access that `effectiveAccess` worked out. */
export function judgeScope(access: Access): Scope {
  const reasons = unique(access.permissions.flatMap((permission) => judgePermission(permission, access)));
  return {
    verdict: reasons.reduce<ScopeVerdict>((worst, { level }) => worse(worst, level), 'bounded'),
    reasons: SCOPE_VERDICTS.toReversed().flatMap((level) =>
      reasons.filter((reason) => reason.level === level),
    ),
  };
}

/** What is said of lists of actions and resources that nothing else limits; managed policies share theirs. */
const judged = new WeakMap<readonly string[], WeakMap<readonly string[], readonly ScopeReason[]>>();

function judgePermission(permission: Permission, access: Access): readonly ScopeReason[] {
  const [[actions, ...otherActions], [resources, ...otherResources]] = [
    permission.actions,
    permission.resources,
  ];
  const limits = [otherActions, otherResources, permission.exceptActions, permission.exceptResources];
  const isPlain = [...limits, permission.conditions, access.denials, access.provisos].every(
    (limit) => limit.length === 0,
  );
  if (!isPlain || !actions || !resources) return reasonsFor(permission, access);
  const known = judged.get(actions)?.get(resources);
  const { origin, index } = permission;
  if (known) return known.map((reason) => ({ ...reason, origin, index }));
  const reasons = reasonsFor(permission, access);
  const byResources = judged.get(actions) ?? new WeakMap();
  judged.set(actions, byResources.set(resources, reasons));
  return reasons;
}

function reasonsFor(permission: Permission, access: Access): readonly ScopeReason[] {
  const patterns = actionPatternsOf(permission);
  const resources = resourcesOf(permission);
  const findings = new Findings(permission);
  if (patterns.length * resources.length > MOST_REACHES) {
    findings.add('broad', `${patterns.length} actions`, `${resources.length} resources`);
    return findings.reasons();
  }
  const reaches = resources.flatMap((resource) => patterns.map((action): Reach => ({ action, resource })));
  const targets = new Map<string, Target>();
  const meanings = new Map<string, readonly ActionPattern[]>();
  for (const reach of withoutDenied(reaches, access.denials)) {
    const { action, resource } = reach;
    const asked = underProvisos(permission, reach, access);
    const key = asked === permission ? resource : `${resource} ${JSON.stringify(asked.conditions)}`;
    const target = targets.get(key) ?? new Target(resource, asked);
    targets.set(key, target);
    if (hasSymbol(action)) {
      findings.add('undecided', `an action known only after apply (${showSymbols(action)})`, '');
      continue;
    }
    const meaning = meanings.get(action) ?? readActionPattern(action);
    meanings.set(action, meaning);
    for (const pattern of meaning) judgePattern(pattern, target, access, findings);
  }
  return findings.reasons();
}

function judgePattern(pattern: ActionPattern, target: Target, access: Access, findings: Findings): void {
  if (pattern.kind === 'everything') judgeEverything(target, findings);
  else if (pattern.kind === 'service') {
    if (target.isNew(`${pattern.service}:*`)) judgeService(pattern.service, target, access, findings);
  } else {
    for (const name of pattern.names) if (target.isNew(name)) judgeAction(name, target, access, findings);
  }
}

function judgeEverything(target: Target, findings: Findings): void {
  const but = findings.permission.exceptActions;
  const what = but.length === 0 ? 'any action' : `any action except ${few(but)}`;
  if (target.isEverythingOfAnAccount) findings.add('unbounded', what, target.words);
  else findings.add('broad', what, target.words);
  if (target.mayBeEverything) findings.add('undecided', what, target.words);
}

function judgeService(service: string, target: Target, access: Access, findings: Findings): void {
  const left = leftOfService(service, target, access, findings.permission);
  if (left.rest !== undefined) {
    for (const name of left.rest) judgeAction(name, target, access, findings);
    return;
  }
  const unbounded = service === 'iam' && target.isEverything;
  findings.add(unbounded ? 'unbounded' : 'broad', left.text, target.isNamed ? '' : target.words);
}

/** A few exceptions leave a service's access what it is; where they take most of it, the rest is judged one by one. */
function leftOfService(
  service: string,
  target: Target,
  access: Access,
  permission: Permission,
): { readonly text: string; readonly rest?: readonly string[] } {
  const whole = `all of ${service}`;
  if (!isCurtailed(permission, `${service}:*`, access.denials)) return { text: whole };
  const all = actionsOfService(service);
  const rest = all.filter((name) => target.isLeft(name, access));
  if (rest.length === all.length) return { text: whole };
  if (rest.length * 2 < all.length) return { text: whole, rest };
  return { text: `${whole} but ${all.length - rest.length} of ${all.length} actions` };
}

function judgeAction(name: string, target: Target, access: Access, findings: Findings): void {
  const action = actionOf(name);
  if (!action.resourceLevel || !(changes(action) || readsData(name))) return;
  const reaches = target.reachesEvery(action.formats);
  const mayReach = !reaches && target.mayReachEvery(action.formats);
  if (!reaches && !mayReach) return;
  for (const left of target.left(name, access)) {
    const reach = { action: name.toLowerCase(), resource: left.resource };
    if (pinsResource(underProvisos(left.permission, reach, access).conditions, action)) continue;
    if (left.reachesEvery(action.formats)) findings.add('broad', action.name, left.words);
    else if (left.mayReachEvery(action.formats)) findings.add('undecided', action.name, left.words);
  }
}

/** One resource pattern of a permission, with its answers remembered. */
class Target {
  readonly isEverything: boolean;
  readonly isEverythingOfAnAccount: boolean;
  /** A part that is known only after apply may turn the pattern into everything. */
  readonly mayBeEverything: boolean;
  /** No wildcard that could reach beyond named resources. */
  readonly isNamed: boolean;
  /** One resource, spelled out. */
  private readonly isOne: boolean;
  private readonly widest: string | undefined;
  private readonly every = new Map<string, boolean>();
  private readonly judged = new Set<string>();

  constructor(
    readonly resource: string,
    readonly permission: Permission,
  ) {
    const pinned = pinsResource(permission.conditions);
    this.isNamed = !resource.includes('*');
    this.isOne = this.isNamed && !hasSymbol(resource);
    this.isEverything = !pinned && isEveryResource(resource);
    this.isEverythingOfAnAccount = !pinned && isEveryResourceOfAnAccount(resource);
    // What is open may be `*`; a pinned resource stays pinned.
    this.widest = hasOpenSymbol(resource) && !pinned ? withOpenAsWildcard(resource) : undefined;
    this.mayBeEverything = this.widest !== undefined && isEveryResourceOfAnAccount(this.widest);
  }

  /** False from the second time on: patterns of one statement may share actions. */
  isNew(what: string): boolean {
    const before = this.judged.size;
    return this.judged.add(what).size > before;
  }

  get words(): string {
    if (hasOpenSymbol(this.resource)) return `${showSymbols(this.resource)}, known only after apply`;
    if (isEveryResource(this.resource))
      return this.permission.exceptResources.length === 0 ? EVERYWHERE : ALMOST_EVERYWHERE;
    return showSymbols(this.resource);
  }

  reachesEvery(formats: readonly string[]): boolean {
    return !this.isOne && this.answer(this.resource, formats);
  }

  mayReachEvery(formats: readonly string[]): boolean {
    return this.widest !== undefined && this.answer(this.widest, formats);
  }

  isLeft(action: string, access: Access): boolean {
    return this.left(action, access).length > 0;
  }

  /** What exceptions and denials leave of this resource for one action. */
  left(action: string, access: Access): Target[] {
    if (isExceptedAction(this.permission, action)) return [];
    const left = withoutDenied([{ action: action.toLowerCase(), resource: this.resource }], access.denials);
    return left.map(({ resource }) =>
      resource === this.resource ? this : new Target(resource, this.permission),
    );
  }

  /** An action that is not in the table has no formats: only everything is everything then. */
  private answer(resource: string, formats: readonly string[]): boolean {
    return this.remember(resource, '') || formats.some((format) => this.remember(resource, format));
  }

  private remember(resource: string, format: string): boolean {
    const key = `${resource === this.resource} ${format}`;
    let answer = this.every.get(key);
    if (answer === undefined) {
      answer = format === '' ? isEveryResourceOfAnAccount(resource) : isEveryObjectOf(format, resource);
      this.every.set(key, answer);
    }
    return answer;
  }
}

const EVERYWHERE = 'every resource';
const ALMOST_EVERYWHERE = 'all but some resources';

/** Reasons of one permission: actions with the same verdict on the same resource are told in one sentence. */
class Findings {
  private readonly groups = new Map<
    string,
    { level: ScopeReason['level']; where: string; what: Set<string> }
  >();

  constructor(readonly permission: Permission) {}

  add(level: ScopeReason['level'], what: string, where: string): void {
    const key = `${level} ${where}`;
    const group = this.groups.get(key) ?? { level, where, what: new Set() };
    group.what.add(what);
    this.groups.set(key, group);
  }

  reasons(): ScopeReason[] {
    const { origin, index } = this.permission;
    return [...this.groups.values()].map(({ level, where, what }) => ({
      level,
      text: sentence([...what], where),
      origin,
      index,
    }));
  }
}

function sentence(what: readonly string[], where: string): string {
  if (where === '') return few(what);
  if (where === EVERYWHERE && what.every((one) => one.startsWith('any action')))
    return `${few(what)} on any resource`;
  return `${few(what)} on ${where}`;
}

function few(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ');
}

function withOpenAsWildcard(resource: string): string {
  return resource.replace(/\uE001[^\uE002]*\uE002/g, '*');
}

/** A boundary can cut one statement in several ways that come to the same. */
function unique(reasons: readonly ScopeReason[]): ScopeReason[] {
  const seen = new Map<string, ScopeReason>();
  for (const reason of reasons) {
    const key = JSON.stringify([
      reason.level,
      reason.text,
      reason.origin.address,
      reason.origin.path,
      reason.index,
    ]);
    if (!seen.has(key)) seen.set(key, reason);
  }
  return [...seen.values()];
}
