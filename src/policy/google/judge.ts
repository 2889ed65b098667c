// How far a role on a project, a folder, an organisation or one resource reaches, and whether it can raise rights.

import { showSymbols } from '../../plan/symbol.js';
import type { ScopeVerdict } from '../scope-verdict.js';
import type { Condition } from './condition.js';
import type { Power } from './powers.js';
import { isEverything, powersOfRole, type Role } from './roles.js';

/** What a policy stands on. */
export type GoogleLevel =
  | 'organization'
  | 'folder'
  | 'project'
  | 'billing-account'
  | 'service-account'
  | 'resource';

export interface GoogleVerdict {
  readonly level: ScopeVerdict;
  /** `roles/storage.objectViewer on a project: reads data or secrets` */
  readonly text: string;
  /** How it can raise rights; undefined where it cannot. */
  readonly escalates: string | undefined;
  /** True where handing out roles is what the role is for: told beside `unbounded` too. */
  readonly handsOutRights: boolean;
}

const PLACES: Readonly<Record<GoogleLevel, string>> = {
  organization: 'the whole organisation',
  folder: 'a folder of projects',
  project: 'a project',
  'billing-account': 'a billing account',
  'service-account': 'one service account',
  resource: 'one resource',
};

/** Levels at which a role reaches whatever is there now and will be. */
const WIDE: ReadonlySet<GoogleLevel> = new Set(['organization', 'folder', 'project', 'billing-account']);

/** The first that a role has is told. */
const RAISES: readonly { readonly power: Power; readonly how: string }[] = [
  { power: 'ownsServiceAccounts', how: 'may give itself every service account' },
  { power: 'createsKeys', how: 'may create keys for every service account' },
  { power: 'mintsTokens', how: 'may take tokens of every service account' },
  { power: 'actsAs', how: 'may run work as every service account' },
  { power: 'editsRoles', how: 'may add permissions to custom roles, those it holds included' },
  { power: 'deploysAsAgent', how: 'may deploy as the Google APIs service agent, an editor of the project' },
  { power: 'opensPools', how: 'may let outsiders in through the workload identity pools' },
  { power: 'ownsKmsKeys', how: 'may give itself the use of every key' },
];

/** The verdict on one role given to one member. */
export function judgeRole(role: Role, level: GoogleLevel, condition: Condition | undefined): GoogleVerdict {
  const name = showSymbols(role.name);
  const powers = powersOfRole(role);
  const at = `${name} on ${PLACES[level]}`;
  const told = (
    verdict: ScopeVerdict,
    does: string,
    escalates?: string,
    handsOutRights = false,
  ): GoogleVerdict => ({
    level: verdict,
    text: `${at}${verdict === 'bounded' ? '' : `: ${does}`}`,
    escalates,
    handsOutRights,
  });
  if (!WIDE.has(level) || condition?.pinsResource) return told('bounded', '');
  if (isEverything(role)) return told('unbounded', 'every action on every resource');
  if (!powers) return told('undecided', 'permissions known only after apply');
  if (powers.has('grantsRoles')) {
    if (handsOutOnlyHarmless(condition)) return told('broad', 'hands out the roles that its condition names');
    return told(
      'unbounded',
      'hands out any role',
      `may give any role to itself and others on ${PLACES[level]} (${name})`,
      true,
    );
  }
  const raise = RAISES.find(({ power }) => powers.has(power));
  if (raise) return told('broad', raise.how, `${raise.how} on ${PLACES[level]} (${name})`);
  if (powers.has('writes')) return told('broad', 'changes or runs every resource of its kind');
  if (powers.has('readsData')) return told('broad', 'reads data or secrets');
  return told('bounded', '');
}

/** True where the condition names the roles that may be given, and none of them raises rights. */
function handsOutOnlyHarmless(condition: Condition | undefined): boolean {
  return (
    condition?.grantable?.every((name) => {
      // A custom role may hold anything.
      if (!name.startsWith('roles/')) return false;
      const role: Role = { kind: 'predefined', name };
      return judgeRole(role, 'project', undefined).escalates === undefined && !isEverything(role);
    }) ?? false
  );
}

/** Roles on one service account by which their holder becomes it, directly or after a step of its own. */
const BECOMES: ReadonlySet<Power> = new Set(['ownsServiceAccounts', 'createsKeys', 'mintsTokens', 'actsAs']);

/** True where the role on a service account lets its holder become that account. */
export function becomes(role: Role): boolean {
  const powers = powersOfRole(role);
  return isEverything(role) || [...(powers ?? [])].some((power) => BECOMES.has(power));
}
