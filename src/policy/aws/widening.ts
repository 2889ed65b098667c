// What one side of a change allows that the other one does not: policies before and after, the state and the cloud.

import { showSymbols } from '../../plan/symbol.js';
import { readOperator, takesWildcards } from './conditions.js';
import {
  type Access,
  actionPatternsOf,
  effectiveAccess,
  foldAction,
  type Permission,
  type Proviso,
  type Reach,
  resourcesOf,
  underProvisos,
  withoutDenied,
} from './effective.js';
import { covers, meet, overlaps } from './pattern.js';
import type { Condition, Statement } from './statement.js';
import { endOf } from './time.js';

/** One action pattern on one resource pattern that is allowed now and was not before. */
export interface Gain {
  /** The action as it is written where it stands. */
  readonly reach: Reach;
  readonly permission: Permission;
  /** What of it was allowed before: narrower patterns. */
  readonly from: readonly Reach[];
  /** All of it was allowed before, under these conditions beside those of now; empty where it was not. */
  readonly freed: readonly Condition[];
}

/** A permission taken apart. */
interface Held {
  readonly reach: Reach;
  readonly permission: Permission;
}

/** Reaches of one side that are told one by one; of more than these, each permission is told as a whole. */
const MOST_REACHES = 50_000;
/**
 * Comparisons of patterns and values. Beyond them only what is written the same counts as known, so the answer may
 * tell too much, never too little.
 */
const MOST_COMPARISONS = 1_000_000;

interface Budget {
  left: number;
}

/** Everything that only the later access allows. What was allowed by the clock is compared by when it ends. */
export function gainedOver(before: Access, after: Access): Gain[] {
  const budget: Budget = { left: MOST_COMPARISONS };
  const lifted = unlike(before.denials, after.denials, budget);
  const kept = new Set(after.provisos.map(keyOfProviso));
  const asked = before.provisos.every((one) => kept.has(keyOfProviso(one)));
  const written = new Set(before.permissions.map(keyOf));
  const stands = (permission: Permission): boolean => asked && written.has(keyOf(permission));
  const standing = new Set(after.permissions.filter(stands));
  const changed = after.permissions.filter((one) => lifted.length > 0 || !standing.has(one));
  if (reachesOf(changed) > MOST_REACHES)
    return changed
      .filter((one) => !standing.has(one))
      .map((one) => gain({ reach: wholeOf(one), permission: one }));
  const earlier =
    reachesOf(before.permissions) > MOST_REACHES
      ? []
      : before.permissions.flatMap((permission) => heldBy(permission, before));
  return changed
    .flatMap((permission) => heldBy(permission, after))
    .flatMap(({ reach, permission }): Gain[] => {
      const found = standing.has(permission) ? [] : unmetBy({ reach, permission }, before, after, budget);
      if (found?.length === 0)
        return takenFrom(reach, lifted, after, budget).map((one) => gain({ reach: one, permission }));
      if (found) return [gain({ reach, permission }, [], found)];
      const from = earlier
        .filter((one) => budget.left-- > 0 && takesIn(reach, one.reach))
        .map((one) => ({ ...one.reach, action: spelled(one.reach.action, one.permission) }));
      return [gain({ reach, permission }, from)];
    });
}

/** The same in words, each once; empty where nothing new is allowed. */
export function widenedBy(before: readonly Statement[], after: readonly Statement[]): string[] {
  const [earlier, later] = [effectiveAccess(before), effectiveAccess(after)];
  const gained = gainedOver(earlier, later).map(({ reach }) => showReach(reach));
  const lifted = liftedDenials(before, earlier, after).length > 0 ? ['what was denied before'] : [];
  return [...new Set([...gained, ...lifted])];
}

/** Denials under conditions that no longer stand; those that read as a condition of what they spare are told by it. */
export function liftedDenials(
  before: readonly Statement[],
  access: Access,
  after: readonly Statement[],
): Statement[] {
  const read = new Set(access.provisos.map(({ denial }) => denial));
  const denials = before.filter(({ effect, conditions }) => effect === 'Deny' && conditions.length > 0);
  return unlike(
    denials.filter((one) => !read.has(one)),
    after.filter(({ effect }) => effect === 'Deny'),
    { left: MOST_COMPARISONS },
  );
}

/** `s3:GetObject on arn:aws:s3:::reports/*` */
export function showReach({ action, resource }: Reach): string {
  return `${showSymbols(action)} on ${showSymbols(resource)}`;
}

/** Denials that no other one does the work of. */
function unlike(some: readonly Statement[], others: readonly Statement[], budget: Budget): Statement[] {
  const written = new Set(others.map(keyOfDenial));
  return some.filter(
    (one) =>
      !written.has(keyOfDenial(one)) &&
      !others.some((other) => budget.left-- > 0 && deniesAll(other, one, budget)),
  );
}

function gain(
  { reach, permission }: Held,
  from: readonly Reach[] = [],
  freed: readonly Condition[] = [],
): Gain {
  return { reach: { ...reach, action: spelled(reach.action, permission) }, permission, from, freed };
}

/** Patterns are compared in lower case; people know them as they are written. */
function spelled(action: string, permission: Permission): string {
  let spellings = spellingsOf.get(permission);
  if (!spellings) {
    spellings = new Map(permission.actions.flat().map((one) => [one.toLowerCase(), one]));
    spellingsOf.set(permission, spellings);
  }
  const except = permission.exceptActions.length === 0 ? '' : ` but ${permission.exceptActions.join(', ')}`;
  return `${spellings.get(action.toLowerCase()) ?? action}${except}`;
}

const spellingsOf = new WeakMap<Permission, ReadonlyMap<string, string>>();

function reachesOf(permissions: readonly Permission[]): number {
  return permissions.reduce((sum, one) => sum + actionPatternsOf(one).length * resourcesOf(one).length, 0);
}

function wholeOf(permission: Permission): Reach {
  return {
    action: `${actionPatternsOf(permission).length} actions`,
    resource: `${resourcesOf(permission).length} resources`,
  };
}

function heldBy(permission: Permission, { denials }: Access): Held[] {
  const reaches = actionPatternsOf(permission).flatMap((action) =>
    resourcesOf(permission).map((resource) => ({ action, resource })),
  );
  return withoutDenied(reaches, denials).map((reach) => ({ reach, permission }));
}

/** The conditions that stood in the way before; empty where none did, undefined where it was not allowed at all. */
function unmetBy(
  { reach, permission }: Held,
  before: Access,
  after: Access,
  budget: Budget,
): Condition[] | undefined {
  const now = underProvisos(permission, reach, after).conditions;
  let fewest: Condition[] | undefined;
  for (const one of before.permissions) {
    if (budget.left <= 0) break;
    if (!allows(one, reach, permission, budget)) continue;
    budget.left -= before.provisos.length;
    const asked = underProvisos(one, reach, before).conditions;
    const unmet = asked.filter((condition) => !now.some((other) => asksAll(other, condition, budget)));
    if (!fewest || unmet.length < fewest.length) fewest = unmet;
    if (unmet.length === 0) break;
  }
  return fewest;
}

function allows(one: Permission, { action, resource }: Reach, later: Permission, budget: Budget): boolean {
  const within = (unions: readonly (readonly string[])[], pattern: string): boolean =>
    unions.every((union) => union.some((wide) => fits(wide, pattern, budget)));
  const folded = (patterns: readonly string[]): readonly string[] => patterns.map(foldAction);
  return (
    within(one.actions.map(folded), action) &&
    within(one.resources, resource) &&
    excepted(folded(one.exceptActions), action, folded(later.exceptActions), budget) &&
    excepted(one.exceptResources, resource, later.exceptResources, budget)
  );
}

/** Exceptions of then matter only where they touch the pattern, and are none of now. */
function excepted(then: readonly string[], pattern: string, now: readonly string[], budget: Budget): boolean {
  return then.every(
    (one) => (budget.left-- > 0 && !overlaps(one, pattern)) || now.some((other) => fits(other, one, budget)),
  );
}

/** Like `covers`, until the budget is spent: from then on nothing fits that is not the same. */
function fits(wide: string, narrow: string, budget: Budget): boolean {
  return wide === narrow || (budget.left-- > 0 && covers(wide, narrow));
}

/** True where the condition asks for all that the other one asks for: fewer values, an earlier end. */
function asksAll(condition: Condition, other: Condition, budget: Budget): boolean {
  if (condition.key.toLowerCase() !== other.key.toLowerCase()) return false;
  const [until, otherUntil] = [endOf({ conditions: [condition] }), endOf({ conditions: [other] })];
  if (until instanceof Date && otherUntil instanceof Date) return until <= otherUntil;
  if (condition.operator.toLowerCase() !== other.operator.toLowerCase()) return false;
  const { negated, base } = readOperator(condition.operator);
  if (/^(?:date|numeric)/.test(base))
    return JSON.stringify(condition.values) === JSON.stringify(other.values);
  const [narrow, wide] = negated ? [other, condition] : [condition, other];
  const same = new Set(wide.values);
  const wild = takesWildcards(condition) ? wide.values : [];
  return narrow.values.every((value) => same.has(value) || wild.some((one) => fits(one, value, budget)));
}

/** What of a reach denials held back that are lifted now, unless others hold it back. */
function takenFrom(
  reach: Reach,
  lifted: readonly Statement[],
  { denials }: Access,
  budget: Budget,
): readonly Reach[] {
  const taken: Reach[] = [];
  for (const { actions = ['*'], resources = ['*'] } of lifted) {
    budget.left -= actions.length + resources.length;
    if (budget.left <= 0) return [...taken, reach];
    const free = actions.flatMap((one) => meet(reach.action, foldAction(one)) ?? []);
    const where = resources.flatMap((one) => meet(reach.resource, one) ?? []);
    budget.left -= free.length * where.length;
    if (budget.left <= 0) return [...taken, reach];
    for (const action of free) for (const resource of where) taken.push({ action, resource });
  }
  budget.left -= taken.length * denials.length;
  const names = new Map(lifted.flatMap(({ actions = [] }) => actions.map((one) => [foldAction(one), one])));
  return (budget.left > 0 ? withoutDenied(taken, denials) : taken).map(({ action, resource }) => ({
    action: names.get(action) ?? action,
    resource,
  }));
}

function takesIn(wide: Reach, narrow: Reach): boolean {
  return covers(wide.action, narrow.action) && covers(wide.resource, narrow.resource);
}

/** True where a denial takes away all that another one does, whenever that one does. */
function deniesAll(one: Statement, other: Statement, budget: Budget): boolean {
  const folded = (actions: readonly string[] | undefined) => actions?.map(foldAction);
  return (
    one.conditions.every((asked) => other.conditions.some((had) => asksAll(had, asked, budget))) &&
    includes(folded(one.actions), folded(other.actions), [one.notActions, other.notActions], budget) &&
    includes(one.resources, other.resources, [one.notResources, other.notResources], budget)
  );
}

/** Exceptions are only taken as included where both are alike. */
function includes(
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  [wideBut, narrowBut]: readonly [readonly string[] | undefined, readonly string[] | undefined],
  budget: Budget,
): boolean {
  if (!wide || !narrow) return wide === narrow && JSON.stringify(wideBut) === JSON.stringify(narrowBut);
  return narrow.every((pattern) => wide.some((one) => fits(one, pattern, budget)));
}

function keyOf({ origin: _, index: __, ...what }: Permission): string {
  return JSON.stringify(what);
}

function keyOfDenial({ origin: _, index: __, sid: ___, ...what }: Statement): string {
  return JSON.stringify(what);
}

function keyOfProviso({ denial, unless }: Proviso): string {
  return JSON.stringify([keyOfDenial(denial), unless]);
}
