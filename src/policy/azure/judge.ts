// How far an Azure role assignment or Key Vault access policy reaches, and whether it can raise rights.

import type { ScopeVerdict } from '../scope-verdict.js';
import { forbidsAssigning, pinsResource } from './condition.js';
import type { Power } from './powers.js';
import { PRIVILEGED_ROLE_IDS, powersOfRole, type Role } from './roles.js';
import type { ScopeLevel } from './scope-id.js';

export type { Role } from './roles.js';

export interface AzureVerdict {
  readonly level: ScopeVerdict;
  /** `Key Vault Secrets User at a subscription: reads or writes data and secrets` */
  readonly text: string;
  /** How it can raise rights; undefined where it cannot. */
  readonly escalates: string | undefined;
  /** True where handing out rights is what the role is for: told beside `unbounded` too. */
  readonly handsOutRights: boolean;
}

export interface Assignment {
  readonly role: Role;
  readonly level: ScopeLevel;
  /** The condition as written (ABAC). */
  readonly condition?: string;
  /** A Key Vault that takes access policies stands at or below the scope. */
  readonly vaultsInAccessPolicyMode?: boolean;
}

const PLACES: Readonly<Record<ScopeLevel, string>> = {
  tenant: 'the whole tenant',
  'management-group': 'a management group',
  subscription: 'a subscription',
  'resource-group': 'a resource group',
  resource: 'one resource',
  unknown: 'a scope known only after apply',
};

/** Scopes at which a role reaches whatever is there now and will be. */
const WIDE: readonly ScopeLevel[] = ['tenant', 'management-group', 'subscription'];

/** Roles that administer access as a whole: User Access Administrator, Role Based Access Control Administrator. */
const ACCESS_ADMINISTRATORS = PRIVILEGED_ROLE_IDS.slice(1);

/** The verdict on one role assignment, active or through PIM. */
export function judgeAssignment(assignment: Assignment): AzureVerdict {
  const { role, level, condition } = assignment;
  const powers = powersOfRole(role);
  const place = `${role.name} at ${PLACES[level]}`;
  const reach = reachOf(role, powers);
  const limited = condition !== undefined && forbidsAssigning(condition, PRIVILEGED_ROLE_IDS);
  const pinned = condition !== undefined && reach.kind === 'data' && pinsResource(condition);
  const verdict = levelOf(
    reach.kind === 'admin' && reach.access && limited ? 'writes' : reach.kind,
    level,
    pinned,
  );
  const handsOutRights = powers?.has('assignsRoles') === true && !powers.has('everything');
  return {
    level: verdict,
    text: `${place}${verdict === 'bounded' ? '' : `: ${reach.text}`}${role.kind === 'named' ? ', judged by its name' : ''}`,
    escalates:
      verdict === 'unbounded' && !handsOutRights ? undefined : escalation(assignment, powers, limited),
    handsOutRights,
  };
}

interface Reach {
  readonly kind: 'admin' | 'writes' | 'data' | 'reads' | 'unknown';
  /** Administers access only. */
  readonly access: boolean;
  readonly text: string;
}

function reachOf(role: Role, powers: ReadonlySet<Power> | undefined): Reach {
  const access = role.kind === 'built-in' && ACCESS_ADMINISTRATORS.includes(role.id);
  const as = (kind: Reach['kind'], text: string): Reach => ({ kind, access, text });
  if (!powers) return as('unknown', 'what the role may do is not known');
  if (powers.has('everything')) return as('admin', 'every action on every resource');
  if (access) return as('admin', 'hands out any role');
  if (powers.has('readsSecrets') || powers.has('writes'))
    return as('writes', powers.has('writes') ? 'changes resources' : 'reads keys or secrets');
  return powers.has('touchesData')
    ? as('data', 'reads or writes data or secrets')
    : as('reads', 'reads settings');
}

function levelOf(kind: Reach['kind'], level: ScopeLevel, pinned: boolean): ScopeVerdict {
  if (kind === 'reads' || level === 'resource') return 'bounded';
  if (level === 'resource-group') return kind === 'admin' ? 'broad' : 'bounded';
  if (pinned) return 'bounded';
  if (level === 'unknown' || kind === 'unknown') return 'undecided';
  return kind === 'admin' ? 'unbounded' : 'broad';
}

function escalation(
  { role, level, vaultsInAccessPolicyMode }: Assignment,
  powers: ReadonlySet<Power> | undefined,
  limited: boolean,
): string | undefined {
  if (!powers) return undefined;
  const place = PLACES[level];
  if (powers.has('assignsRoles') && !limited)
    return `${role.name} may assign roles to itself and others at ${place}`;
  if (powers.has('writesVaultPolicies') && vaultsInAccessPolicyMode === true)
    return `${role.name} may give itself the keys and secrets of a Key Vault in access-policy mode at ${place}`;
  if (powers.has('usesIdentities') && WIDE.includes(level))
    return `${role.name} may act as every managed identity at ${place}`;
  return undefined;
}

export interface AccessPolicy {
  readonly secretPermissions: readonly string[];
  readonly keyPermissions: readonly string[];
  readonly certificatePermissions: readonly string[];
  readonly storagePermissions: readonly string[];
}

/** The verdict on a Key Vault access policy: it never reaches beyond its vault. */
export function judgeAccessPolicy(policy: AccessPolicy): { level: ScopeVerdict; text: string } {
  const parts = [
    ['secrets', policy.secretPermissions],
    ['keys', policy.keyPermissions],
    ['certificates', policy.certificatePermissions],
    ['storage accounts', policy.storagePermissions],
  ] as const;
  const given = parts.filter(([, permissions]) => permissions.length > 0);
  const text = given
    .map(([noun, permissions]) => `${permissions.join(', ').toLowerCase()} on ${noun}`)
    .join('; ');
  return {
    level: 'bounded',
    text: `access policy of one Key Vault: ${text === '' ? 'no permission' : text}`,
  };
}
