// What a principal may do after all its policies, denials and its permissions boundary are taken together.
// Evaluation: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import { hasSymbol } from '../../plan/symbol.js';
import { opposite } from './conditions.js';
import { covers, matches, meet, overlaps } from './pattern.js';
import type { Condition, Origin, Statement } from './statement.js';

/** An Allow, cut by at most one Allow of the boundary. Each outer list is an intersection of unions of patterns. */
export interface Permission {
  readonly actions: readonly (readonly string[])[];
  readonly exceptActions: readonly string[];
  readonly resources: readonly (readonly string[])[];
  readonly exceptResources: readonly string[];
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  /** Of the statement in the principal's own policy. */
  readonly origin: Origin;
  readonly index: number;
}

/** The effective access of one principal. */
export interface Access {
  readonly permissions: readonly Permission[];
  /** Denials without a condition. */
  readonly denials: readonly Statement[];
  /** Denials that spare requests with certain values. Others with a condition are left out: whether they hold is not known here. */
  readonly provisos: readonly Proviso[];
}

/** What the denial covers is allowed only under the condition. */
export interface Proviso {
  readonly denial: Statement;
  readonly unless: Condition;
}

/** One action pattern on one resource pattern. */
export interface Reach {
  readonly action: string;
  readonly resource: string;
}

/** An action that is allowed on a resource pattern, and by which statement. */
export interface Allowed {
  readonly resource: string;
  readonly permission: Permission;
}

/**
 * Comparisons beyond this are left out, so that hostile policies stay cheap. What is left out would only take
 * access away (a denial, a boundary): the answer may be too strict, never too mild.
 */
const MOST_COMPARISONS = 500_000;
/** The same for pairs of a statement and a statement of the boundary. */
const MOST_PERMISSIONS = 20_000;
/** The same for the patterns of all provisos. */
const MOST_IN_PROVISOS = 500;

/**
 * Takes the statements of all policies of a principal together.
 * @param boundary statements of its permissions boundary; undefined where it has none
 */
export function effectiveAccess(statements: readonly Statement[], boundary?: readonly Statement[]): Access {
  const own = statements.filter((one) => one.effect === 'Allow');
  const limits = boundary?.filter((one) => one.effect === 'Allow').map(permissionOf);
  const all = [...statements, ...(boundary ?? [])].filter((one) => one.effect === 'Deny');
  const denials = all.filter((one) => one.conditions.length === 0);
  const provisos = provisosIn(all);
  const isLimited = limits !== undefined && own.length * limits.length <= MOST_PERMISSIONS;
  const permissions = own.flatMap((one) => {
    const permission = permissionOf(one);
    return isLimited && !one.beyondBoundary ? limits.map((limit) => cut(permission, limit)) : [permission];
  });
  return { permissions, denials, provisos };
}

function provisosIn(denials: readonly Statement[]): Proviso[] {
  const found = denials.flatMap((denial) => {
    const [condition, ...others] = denial.conditions;
    const unless = condition && others.length === 0 ? opposite(condition) : undefined;
    return unless ? [{ denial, unless }] : [];
  });
  return found.reduce((sum, { denial }) => sum + sizeOf(denial), 0) > MOST_IN_PROVISOS ? [] : found;
}

/** The resource patterns on which an action is allowed. The action holds no wildcard: `iam:PassRole`. */
export function allowedOn(access: Access, action: string): Allowed[] {
  const name = action.toLowerCase();
  return access.permissions.flatMap((permission) => {
    if (!allowsAction(permission, name)) return [];
    const reaches = resourcesOf(permission).map((resource) => ({ action: name, resource }));
    return withoutDenied(reaches, access.denials).map((reach) => ({
      resource: reach.resource,
      permission: underProvisos(permission, reach, access),
    }));
  });
}

/** The permission with what the provisos over this reach ask for beside its own conditions. */
export function underProvisos(permission: Permission, reach: Reach, { provisos }: Access): Permission {
  const asked = provisos.filter(({ denial }) => withoutOne(reach, denial).length === 0);
  if (asked.length === 0) return permission;
  return { ...permission, conditions: [...permission.conditions, ...asked.map(({ unless }) => unless)] };
}

/** The action patterns of a permission, in lower case unless they hold symbols, without those that its exceptions (`NotAction`) take out whole. */
export function actionPatternsOf(permission: Permission): string[] {
  const except = permission.exceptActions.map(foldAction);
  return intersection(permission.actions.map((union) => union.map(foldAction))).filter(
    (action) => !except.some((pattern) => covers(pattern, action)),
  );
}

/** True where the permission's exceptions (`NotAction`) take the action out. */
export function isExceptedAction(permission: Permission, action: string): boolean {
  return permission.exceptActions.some((pattern) => matches(foldAction(pattern), action.toLowerCase()));
}

/** The resource patterns of a permission, without those that its exceptions (`NotResource`) take out whole. */
export function resourcesOf(permission: Permission): readonly string[] {
  let resources = resourcesByPermission.get(permission);
  if (!resources) {
    resources = intersection(permission.resources).filter(
      (resource) => !permission.exceptResources.some((pattern) => covers(pattern, resource)),
    );
    resourcesByPermission.set(permission, resources);
  }
  return resources;
}

const resourcesByPermission = new WeakMap<Permission, readonly string[]>();

/** What is left of the reaches. A denial takes away only what it covers for certain. */
export function withoutDenied(reaches: readonly Reach[], denials: readonly Statement[]): readonly Reach[] {
  let left = reaches;
  for (const denial of denials) {
    if (left.length * sizeOf(denial) > MOST_COMPARISONS) continue;
    left = left.flatMap((reach) => withoutOne(reach, denial));
  }
  return left;
}

function sizeOf({ actions, notActions, resources, notResources }: Statement): number {
  return [actions, notActions, resources, notResources].reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

/** True where a denial, or the permission's own exceptions, may take a part out of the action pattern. */
export function isCurtailed(permission: Permission, pattern: string, denials: readonly Statement[]): boolean {
  const meets = (other: string): boolean => overlaps(foldAction(other), pattern);
  return (
    permission.exceptActions.some(meets) || denials.some((denial) => denial.actions?.some(meets) ?? true)
  );
}

function permissionOf(statement: Statement): Permission {
  return {
    actions: [statement.actions ?? ['*']],
    exceptActions: statement.notActions ?? [],
    resources: [statement.resources ?? ['*']],
    exceptResources: statement.notResources ?? [],
    conditions: statement.conditions,
    origin: statement.origin,
    index: statement.index,
  };
}

function cut(one: Permission, limit: Permission): Permission {
  return {
    ...one,
    actions: [...one.actions, ...limit.actions],
    exceptActions: [...one.exceptActions, ...limit.exceptActions],
    resources: [...one.resources, ...limit.resources],
    exceptResources: [...one.exceptResources, ...limit.exceptResources],
    conditions: [...one.conditions, ...limit.conditions],
  };
}

function intersection(unions: readonly (readonly string[])[]): string[] {
  const [first = [], ...rest] = unions;
  let left = [...new Set(first)];
  for (const union of rest) {
    if (left.length * union.length > MOST_COMPARISONS) continue;
    left = [...new Set(left.flatMap((one) => union.flatMap((other) => meet(one, other) ?? [])))];
  }
  return left;
}

/** Action names are compared without case; symbols keep theirs, for the reader. `*:*` is `*`. */
export function foldAction(pattern: string): string {
  if (/^[*?:]+$/.test(pattern) && covers(pattern, '?*:?*')) return '*';
  return hasSymbol(pattern) ? pattern : pattern.toLowerCase();
}

function allowsAction(permission: Permission, name: string): boolean {
  return (
    permission.actions.every((union) => foldedUnion(union).allows(name)) &&
    !isExceptedAction(permission, name)
  );
}

/** The patterns of a union that can fit an action of the same service; hundreds of them are asked about each. */
class FoldedUnion {
  readonly #byService = new Map<string, string[]>();
  readonly #anywhere: string[] = [];

  constructor(union: readonly string[]) {
    for (const pattern of union.map(foldAction)) {
      const service = /^([a-z0-9-]+):/.exec(pattern)?.[1];
      const list = service === undefined ? this.#anywhere : (this.#byService.get(service) ?? []);
      list.push(pattern);
      if (service !== undefined) this.#byService.set(service, list);
    }
  }

  /** @param name an action in lower case */
  allows(name: string): boolean {
    const same = this.#byService.get(name.slice(0, name.indexOf(':'))) ?? [];
    const fits = (pattern: string): boolean => matches(pattern, name);
    return same.some(fits) || this.#anywhere.some(fits);
  }
}

const foldedUnions = new WeakMap<readonly string[], FoldedUnion>();

function foldedUnion(union: readonly string[]): FoldedUnion {
  let folded = foldedUnions.get(union);
  if (!folded) {
    folded = new FoldedUnion(union);
    foldedUnions.set(union, folded);
  }
  return folded;
}

function withoutOne(reach: Reach, denial: Statement): Reach[] {
  const actions = leftOver(reach.action, denial.actions?.map(foldAction), denial.notActions?.map(foldAction));
  if (actions.includes(reach.action)) return [reach];
  const resources = leftOver(reach.resource, denial.resources, denial.notResources);
  if (resources.includes(reach.resource)) return [reach];
  return [
    ...actions.map((action) => ({ action, resource: reach.resource })),
    ...resources.map((resource) => ({ action: reach.action, resource })),
  ];
}

/** What a denial of some patterns, or of all but some, leaves of one pattern. */
function leftOver(
  pattern: string,
  denied: readonly string[] | undefined,
  spared: readonly string[] | undefined,
): string[] {
  if (spared) return spared.flatMap((one) => meet(pattern, one) ?? []);
  if (!denied) return [];
  return denied.some((one) => covers(one, pattern)) ? [] : [pattern];
}
