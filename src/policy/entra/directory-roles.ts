// Directory roles of Entra ID: how far each reaches, and which of them raise rights.

import { DIRECTORY_ROLE_TABLE } from './directory-role-table.js';
import type { EntraVerdict } from './permissions.js';

/** Roles that can make their holder, or an identity it controls, a Global Administrator; how. */
const ESCALATING: Readonly<Record<string, string>> = {
  'Privileged Role Administrator': 'may assign any directory role, to itself too',
  'Privileged Authentication Administrator': 'may reset the sign-in of any account, administrators included',
  'Partner Tier2 Support': 'may reset the sign-in of any account, administrators included',
  'Application Administrator': 'may add credentials to any application and act as it',
  'Cloud Application Administrator': 'may add credentials to any application and act as it',
  'Hybrid Identity Administrator': 'may change federation and sign in as its users',
  'External Identity Provider Administrator': 'may change federation and sign in as its users',
  'Domain Name Administrator': 'may federate a domain and sign in as any of its users',
};

/** Roles that change nothing, beside those whose name ends in Reader. */
const READS = ['Insights Analyst', 'Insights Business Leader', 'User Experience Success Manager'];

export interface DirectoryRole {
  /** Template id, or the id of a built-in role definition: they are the same GUID. */
  readonly id?: string;
  readonly name?: string;
  /** `directory_scope_id` of the assignment: `/`, `/administrativeUnits/…`, or the id of one application. */
  readonly directoryScope?: string;
}

let names: ReadonlyMap<string, string> | undefined;

/**
 * The name of a built-in directory role; undefined where Entra ID has none of that id or name.
 * @param role template id or display name, compared without case
 */
export function directoryRoleName(role: string): string | undefined {
  names ??= new Map(
    DIRECTORY_ROLE_TABLE.trim()
      .split('\n')
      .flatMap((line) => {
        const name = line.slice(37);
        return [[line.slice(0, 36), name] as const, [name.toLowerCase(), name] as const];
      }),
  );
  return names.get(role.trim().toLowerCase());
}

/** The verdict on a directory role that is assigned to an identity. A custom role is `undecided`. */
export function judgeDirectoryRole({ id, name, directoryScope }: DirectoryRole): EntraVerdict {
  const known = directoryRoleName(id ?? '') ?? directoryRoleName(name ?? '');
  const text = `directory role ${known ?? name ?? id ?? ''}`;
  if (known === undefined)
    return { level: 'undecided', text: `${text}: what it may do is not known`, escalates: undefined };
  if (known === 'Global Administrator')
    return { level: 'unbounded', text: `${text}: everything in the tenant`, escalates: undefined };
  if (directoryScope !== undefined && directoryScope !== '/')
    return { level: 'bounded', text: `${text} over a part of the directory`, escalates: undefined };
  const raises = Object.hasOwn(ESCALATING, known) ? ESCALATING[known] : undefined;
  return {
    level: / Readers?$/.test(known) || READS.includes(known) ? 'bounded' : 'broad',
    text,
    escalates: raises === undefined ? undefined : `${known} ${raises}`,
  };
}
