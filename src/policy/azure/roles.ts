// Azure roles: the built-in ones by id or name, custom ones by their permissions, others by the words of their name.

import { hasOpenSymbol } from '../../plan/symbol.js';
import { type Permission, POWERS, type Power, powersOf } from './powers.js';
import { ROLE_TABLE } from './role-table.js';

export interface BuiltInRole {
  readonly kind: 'built-in';
  /** The GUID that is the same in every tenant, in lower case. */
  readonly id: string;
  readonly name: string;
  readonly powers: ReadonlySet<Power>;
}

/** A role definition of the plan. Azure subtracts the exclusions of a block from that block alone. */
export type CustomRole = { readonly kind: 'custom'; readonly name: string } & (
  | Permission
  | { readonly permissions: readonly Permission[] }
);

/** A role of which only the name is known. */
export interface NamedRole {
  readonly kind: 'named';
  readonly name: string;
}

export type Role = BuiltInRole | CustomRole | NamedRole;

/** Roles that can make their holder, or anyone else, an administrator of the scope. */
export const PRIVILEGED_ROLE_IDS = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', // Owner
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', // User Access Administrator
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168', // Role Based Access Control Administrator
];

let table: ReadonlyMap<string, BuiltInRole> | undefined;

/**
 * The built-in role with this name, GUID or role definition id; undefined where it is none of Azure's own.
 * @param role `Reader`, `acdd72a7-…`, or `/subscriptions/…/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-…`
 */
export function builtInRole(role: string): BuiltInRole | undefined {
  table ??= new Map(
    readTable().flatMap((one) => [[one.id, one] as const, [one.name.toLowerCase(), one] as const]),
  );
  const [last = ''] = role.trim().toLowerCase().split('/roledefinitions/').slice(-1);
  return table.get(last);
}

function readTable(): BuiltInRole[] {
  return ROLE_TABLE.trim()
    .split('\n')
    .map((line) => {
      const [id = '', letters = '', ...name] = line.split(' ');
      return { kind: 'built-in', id, name: name.join(' '), powers: powersFrom(letters) };
    });
}

function powersFrom(letters: string): Set<Power> {
  return new Set((Object.keys(POWERS) as Power[]).filter((power) => letters.includes(POWERS[power])));
}

/** First that fits. A word says what a role of that name usually may. */
const WORDS: readonly { readonly word: RegExp; readonly powers: readonly Power[] }[] = [
  { word: /\b(data|secrets?|keys?)\b/i, powers: ['touchesData'] },
  { word: /\b(reader|viewer|auditor)\b|read[- ]?only/i, powers: [] },
  {
    word: /\b(owner|contributor|administrator|admin|writer|operator|manager|officer)\b/i,
    powers: ['writes'],
  },
];

/** An action known only after apply may be a wildcard, or an exclusion of everything. */
function powersOfCustom(permissions: readonly Permission[]): Set<Power> | undefined {
  const powers = powersOf(permissions);
  const hidden = (lists: (one: Permission) => (readonly string[])[]): boolean =>
    permissions.some((one) => lists(one).flat().some(hasOpenSymbol));
  if (hidden((one) => [one.notActions, one.notDataActions])) return undefined;
  return powers.has('everything') || !hidden((one) => [one.actions, one.dataActions]) ? powers : undefined;
}

/** What the role may do; undefined where neither its permissions nor the words of its name tell. */
export function powersOfRole(role: Role): ReadonlySet<Power> | undefined {
  switch (role.kind) {
    case 'built-in':
      return role.powers;
    case 'custom':
      return powersOfCustom('permissions' in role ? role.permissions : [role]);
    case 'named': {
      const known = WORDS.find(({ word }) => word.test(role.name));
      return known && new Set(known.powers);
    }
  }
}
