// How far an Azure role assignment or Key Vault access policy reaches, and whether it can raise rights.

import { showSymbols } from '../../plan/symbol.js';
import type { ScopeVerdict } from '../scope-verdict.js';
import { forbidsAssigning, pinsResource } from './condition.js';
import type { Power } from './powers.js';
import { PRIVILEGED_ROLE_IDS, powersOfRole, type Role } from './roles.js';
import type { ScopeLevel } from './scope-id.js';

export type { Role } from './roles.js';

export interface AzureVerdict {
  readonly level: ScopeVerdict;
  /** `Key Vault Secrets User at a subscription: reads or writes data or secrets` */
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

/** What a role comes to, worst first. At one resource all of it is bounded. */
const REACHES = {
  everything: {
    wide: 'unbounded',
    group: 'broad',
    unknown: 'undecided',
    does: 'every action on every resource',
  },
  access: { wide: 'unbounded', group: 'bounded', unknown: 'undecided', does: 'hands out any role' },
  limitedAccess: { wide: 'broad', group: 'bounded', unknown: 'undecided', does: 'hands out some roles' },
  writes: { wide: 'broad', group: 'bounded', unknown: 'undecided', does: 'changes resources' },
  secrets: { wide: 'broad', group: 'bounded', unknown: 'undecided', does: 'reads keys or secrets' },
  data: { wide: 'broad', group: 'bounded', unknown: 'undecided', does: 'reads or writes data or secrets' },
  pinnedData: {
    wide: 'bounded',
    group: 'bounded',
    unknown: 'bounded',
    does: 'reaches what its condition names',
  },
  hidden: {
    wide: 'undecided',
    group: 'undecided',
    unknown: 'undecided',
    does: 'may do what is not known yet',
  },
  reads: { wide: 'bounded', group: 'bounded', unknown: 'bounded', does: 'reads settings' },
} as const;

/** The verdict on one role assignment, active or through PIM. */
export function judgeAssignment(assignment: Assignment): AzureVerdict {
  const { role, level, condition } = assignment;
  const powers = powersOfRole(role);
  const limited = condition !== undefined && forbidsAssigning(condition, PRIVILEGED_ROLE_IDS);
  const reach = REACHES[reachOf(role, powers, condition, limited)];
  const verdict = verdictAt(level, reach);
  const handsOutRights = powers?.has('assignsRoles') === true && !powers.has('everything');
  return {
    level: verdict,
    text: `${showSymbols(role.name)} at ${PLACES[level]}${verdict === 'bounded' ? '' : `: ${reach.does}`}${role.kind === 'named' ? ', judged by its name' : ''}`,
    escalates:
      verdict === 'unbounded' && !handsOutRights ? undefined : escalation(assignment, powers, limited),
    handsOutRights,
  };
}

function reachOf(
  role: Role,
  powers: ReadonlySet<Power> | undefined,
  condition: string | undefined,
  limited: boolean,
): keyof typeof REACHES {
  if (!powers) return 'hidden';
  if (powers.has('everything')) return 'everything';
  if (role.kind === 'built-in' && ACCESS_ADMINISTRATORS.includes(role.id))
    return limited ? 'limitedAccess' : 'access';
  if (powers.has('writes')) return 'writes';
  if (powers.has('readsSecrets')) return 'secrets';
  if (!powers.has('touchesData')) return 'reads';
  return condition !== undefined && pinsResource(condition) ? 'pinnedData' : 'data';
}

function verdictAt(level: ScopeLevel, reach: (typeof REACHES)[keyof typeof REACHES]): ScopeVerdict {
  if (level === 'resource') return 'bounded';
  if (level === 'unknown') return reach.unknown;
  return WIDE.includes(level) ? reach.wide : reach.group;
}

function escalation(
  { role, level, vaultsInAccessPolicyMode }: Assignment,
  powers: ReadonlySet<Power> | undefined,
  limited: boolean,
): string | undefined {
  if (!powers) return undefined;
  const place = PLACES[level];
  if (powers.has('assignsRoles') && !limited)
    return `${showSymbols(role.name)} may assign roles to itself and others at ${place}`;
  if (powers.has('writesVaultPolicies') && vaultsInAccessPolicyMode === true)
    return `${showSymbols(role.name)} may give itself the keys and secrets of a Key Vault in access-policy mode at ${place}`;
  if (powers.has('usesIdentities') && WIDE.includes(level))
    return `${showSymbols(role.name)} may act as every managed identity at ${place}`;
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
