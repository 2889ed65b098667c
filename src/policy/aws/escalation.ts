// Can a principal give itself or others more rights than it was given? Judged over its effective access, so that
// a path split over several policies counts and a denied or bounded one does not.

import { hasOpenSymbol, showSymbols } from '../../plan/symbol.js';
import { actionOf } from './actions.js';
import { assumableAdministrator, passableAdministrator } from './administrators.js';
import { isEveryObjectOf, isEveryResourceOfAnAccount, mayBeObjectOf } from './arn.js';
import { binds, boundTo, pinsResource } from './conditions.js';
import { type Access, type Allowed, allowedOn, type Permission } from './effective.js';
import { CATALOGUE } from './escalation-catalogue.js';
import {
  ASSUME_ROLE,
  type EscalationPath,
  PASS_ROLE_PATHS,
  type PassRolePath,
  RIGHTS_PATHS,
  type RightsPath,
  TAKEOVER_PATHS,
  type TakeoverPath,
} from './escalation-paths.js';
import { covers, matches } from './pattern.js';
import type { Origin } from './statement.js';

/** The principal whose access is judged. */
export interface Self {
  /** May hold or be a symbol. */
  readonly arn?: string;
  readonly name?: string;
  readonly kind: 'role' | 'user';
  /** ARNs of the policies attached to it, or their ends: `policy/deploy`. */
  readonly attachedPolicyArns: readonly string[];
  /** Names of the roles of the plan: what they may do is known, whatever they are called. */
  readonly rolesOfPlan?: ReadonlySet<string>;
}

/** A way to more rights. */
export interface Escalation {
  /** Of the path, or `pass-any-role`. */
  readonly id: string;
  /** Its ids in the public catalogue, of those whose every action is allowed: `lambda-001`. */
  readonly catalogue: readonly string[];
  /** `rights`: writes rights or hands out credentials; `pass-role`; `takeover`: of what runs as some role. */
  readonly kind: 'rights' | 'pass-role' | 'takeover';
  /** For a reviewer: `can write policies into itself (iam:PutRolePolicy)`. */
  readonly text: string;
  /** Where the permissions stand that make up the path. */
  readonly origins: readonly Origin[];
}

const ROLE = 'iam::$:role/$';

/** Policies that give everything; whoever may attach one of them may attach the worst. */
const ADMIN_POLICIES = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'].map(
  (name) => `arn:aws:iam::aws:policy/${name}`,
);

/** All known ways, in the order of the tables. Access that is `unbounded` needs none of them. */
export function judgeEscalation(access: Access, self: Self): Escalation[] {
  return [
    ...RIGHTS_PATHS.flatMap((path) => byWritingRights(path, access, self)),
    ...byPassingRoles(access),
    ...byBecomingAdministrator(access, self),
    ...byPassingAdministrator(access, self),
    ...TAKEOVER_PATHS.flatMap((path) => byTakingOver(path, access)),
  ];
}

function byWritingRights(path: RightsPath, access: Access, self: Self): Escalation[] {
  const harmful = allowedOn(access, path.action).filter((allowed) => raisesRights(path, allowed, self));
  if (harmful.length === 0) return [];
  const targets = new Set(harmful.map(({ resource }) => targetWords(resource, path, self)));
  const text = `${path.does} ${[...targets].sort().join(', ')} (${path.action})`;
  return [toldOf(path, text, harmful, access)];
}

function raisesRights(path: RightsPath, { resource, permission }: Allowed, self: Self): boolean {
  if (!actionOf(path.action).formats.some((format) => mayBeObjectOf(format, resource))) return false;
  if (LINKED_ROLE.test(resource)) return false;
  // A role session has no user name, so the pattern fits nobody.
  if (self.kind === 'role' && USER_NAME.test(resource)) return false;
  if (path.gives === 'credentials' && isSelf(resource, self)) return false;
  // Only what carries the agreed boundary can be touched, and cannot get beyond it unless the boundary itself goes.
  if (!path.liftsBoundary && boundTo(permission.conditions, 'iam:PermissionsBoundary')) return false;
  const policies = path.action.startsWith('iam:Attach')
    ? boundTo(permission.conditions, 'iam:PolicyARN')
    : undefined;
  return (
    policies === undefined || policies.some((value) => ADMIN_POLICIES.some((admin) => covers(value, admin)))
  );
}

function byPassingRoles(access: Access): Escalation[] {
  const passes = allowedOn(access, 'iam:PassRole').filter(passesAny);
  const used =
    passes.length > 0 ? PASS_ROLE_PATHS.flatMap((path) => byPassingTo(path, passes, access, 'any role')) : [];
  const unlimited = passes.filter(({ permission }) => receiversOf(permission.conditions) === undefined);
  if (used.length > 0 || unlimited.length === 0) return used;
  return [
    toldOf(
      { id: 'pass-any-role', kind: 'pass-role', catalogue: [] },
      'can pass any role to any service (iam:PassRole)',
      unlimited,
      access,
    ),
  ];
}

/** True where any role of an account may be passed. */
export function passesAny({ resource, permission }: Allowed): boolean {
  return isEvery(ROLE, resource) && !pinsResource(permission.conditions);
}

function byBecomingAdministrator(access: Access, { rolesOfPlan }: Self): Escalation[] {
  const found = allowedOn(access, ASSUME_ROLE.action).flatMap((allowed) => {
    const name = assumableAdministrator(allowed.resource);
    return name === undefined || rolesOfPlan?.has(name) || asksMore(allowed) ? [] : [{ name, allowed }];
  });
  return grouped(found).map(({ name, by }) =>
    toldOf(
      { id: 'become-administrator', kind: 'takeover', catalogue: ASSUME_ROLE.catalogue },
      `can become the administrator ${name} (${ASSUME_ROLE.action})`,
      by,
      access,
    ),
  );
}

function byPassingAdministrator(access: Access, { rolesOfPlan }: Self): Escalation[] {
  const passes = allowedOn(access, 'iam:PassRole').filter(
    ({ permission }) => !pinsResource(permission.conditions),
  );
  if (passes.length === 0) return [];
  return PASS_ROLE_PATHS.flatMap((path) => {
    const fitting = passes.flatMap((allowed) => {
      const name = passableAdministrator(allowed.resource, path.services);
      return name === undefined || rolesOfPlan?.has(name) ? [] : [{ name, allowed }];
    });
    return grouped(fitting).flatMap(({ name, by }) =>
      byPassingTo(path, by, access, `the administrator ${name}`),
    );
  });
}

/** A second factor, or labels that the role must carry: nothing follows for a machine. */
function asksMore({ permission: { conditions } }: Allowed): boolean {
  return (
    pinsResource(conditions) || conditions.some((one) => /^aws:multifactorauth/i.test(one.key) && binds(one))
  );
}

function grouped(
  found: readonly { readonly name: string; readonly allowed: Allowed }[],
): { readonly name: string; readonly by: readonly Allowed[] }[] {
  const names = [...new Set(found.map(({ name }) => name))].sort();
  return names.map((name) => ({
    name,
    by: found.filter((one) => one.name === name).map(({ allowed }) => allowed),
  }));
}

function byPassingTo(
  path: PassRolePath,
  passes: readonly Allowed[],
  access: Access,
  whom: string,
): Escalation[] {
  const fitting = passes.filter(({ permission }) => {
    const receivers = receiversOf(permission.conditions);
    return receivers?.some((receiver) => path.services.some((service) => matches(receiver, service))) ?? true;
  });
  if (fitting.length === 0) return [];
  const steps = path.needs.map((either) => either.map((action) => ({ action, on: usable(access, action) })));
  const taken = steps.map((either) => either.find(({ on }) => on.length > 0));
  if (!taken.every((step) => step !== undefined)) return [];
  const actions = ['iam:PassRole', ...taken.map(({ action }) => action)];
  const text = `can ${path.does} as ${whom} (${actions.join(', ')})`;
  return [toldOf(path, text, [...fitting, ...taken.flatMap(({ on }) => on)], access)];
}

/** The services that a role may be passed to; `…IfExists` limits too, as a passed role always goes to some service. */
export function receiversOf(conditions: Allowed['permission']['conditions']): readonly string[] | undefined {
  const certain = conditions.map((one) => ({ ...one, operator: one.operator.replace(/IfExists$/i, '') }));
  return boundTo(certain, 'iam:PassedToService');
}

/** All of a service is told as broad; taking over what runs there is told where somebody chose the action. */
function isNamed(action: string, { actions: [own = []] }: Permission): boolean {
  const name = action.toLowerCase();
  const service = `${name.split(':')[0]}:*`;
  return own
    .map((pattern) => pattern.toLowerCase())
    .some((pattern) => matches(pattern, name) && !covers(pattern, service));
}

function byTakingOver(path: TakeoverPath, access: Access): Escalation[] {
  const steps = path.needs.map((action) => {
    const named = usable(access, action).filter(({ permission }) => isNamed(action, permission));
    if (named.length === 0) return named;
    const onTarget = actionOf(action).formats.includes(path.of);
    return named.filter(
      ({ resource, permission }) =>
        !onTarget || (isEvery(path.of, resource) && !pinsResource(permission.conditions)),
    );
  });
  if (steps.some((step) => step.length === 0)) return [];
  return [toldOf(path, `can ${path.does} (${path.needs.join(', ')})`, steps.flat(), access)];
}

/** Where an action is allowed on resources that it works on. */
export function usable(access: Access, action: string): Allowed[] {
  const allowed = allowedOn(access, action);
  // The table of a service is only read where one of its actions is allowed.
  if (allowed.length === 0) return allowed;
  const { formats } = actionOf(action);
  return allowed.filter(
    ({ resource }) => formats.length === 0 || formats.some((format) => mayBeObjectOf(format, resource)),
  );
}

function isEvery(format: string, resource: string): boolean {
  return isEveryResourceOfAnAccount(resource) || isEveryObjectOf(format, resource);
}

/** A user that is named by the variable is whoever asks. */
const USER_NAME = /\$\{aws:username[^}]*\}/i;
const OWN_USER = /:user\/(?:[^?]*\/)?\$\{aws:username\}$/i;
/** AWS alone changes the roles that it links to its services: https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
const LINKED_ROLE = /:role\/aws-service-role\//;

function isSelf(resource: string, self: Self): boolean {
  if (self.kind === 'user' && OWN_USER.test(resource)) return true;
  if (self.arn !== undefined && resource === self.arn) return true;
  if (self.name === undefined || /[*?]/.test(resource)) return false;
  const [, path = ''] = resource.split(`:${self.kind}/`);
  return path === self.name || path.endsWith(`/${self.name}`);
}

function targetWords(resource: string, path: RightsPath, self: Self): string {
  if (isSelf(resource, self)) return 'itself';
  if (
    path.noun === 'policy' &&
    self.attachedPolicyArns.some((arn) => resource === arn || resource.endsWith(`:${arn}`))
  )
    return 'a policy attached to itself';
  const { formats } = actionOf(path.action);
  if (formats.some((format) => isEvery(format, resource))) return `any ${path.noun}`;
  return hasOpenSymbol(resource) ? `${showSymbols(resource)}, known only after apply` : showSymbols(resource);
}

function toldOf(
  path: Pick<EscalationPath, 'id' | 'kind' | 'catalogue'>,
  text: string,
  by: readonly Allowed[],
  access: Access,
): Escalation {
  const origins = new Map<string, Origin>();
  for (const { permission } of by)
    origins.set(`${permission.origin.address} ${permission.origin.path}`, permission.origin);
  return {
    id: path.id,
    catalogue: catalogued(path.catalogue, access),
    kind: path.kind,
    text,
    origins: [...origins.values()],
  };
}

/** Those of the catalogue's ids whose every action is allowed on something. */
export function catalogued(ids: readonly string[], access: Access): string[] {
  return ids.filter((id) => CATALOGUE[id]?.every((action) => usable(access, action).length > 0));
}
