// Who can be held accountable: the people, teams and mailboxes of a list, a CSV file or a CODEOWNERS file.

import type { OwnerDirectory } from '../verdict/model.js';
import { ConfigError, readConfigFile } from './config-file.js';
import { checkSchema } from './config-problem.js';
import { readCsv } from './csv.js';

/** One person, team or mailbox with everything it is called. */
export interface OwnerEntry {
  readonly names: readonly string[];
  /** The team a person is in: an owner of its own. */
  readonly team: string | undefined;
}

/** An owner as a list holds it: a name, or an object with all names. Checked against the schema. */
export type ListedOwner =
  | string
  | {
      readonly name?: string;
      readonly email?: string;
      readonly team?: string;
      readonly aliases?: readonly string[];
    };

/**
 * Names are compared without case and without a leading `@`; of `@org/team` the plain `team` is known too.
 * An entry with a name among the offboarded is left out as a whole, so that no alias of somebody who left stays known.
 */
export function ownerDirectory(
  entries: readonly OwnerEntry[],
  offboarded: readonly string[],
): OwnerDirectory {
  const gone = new Set(offboarded.flatMap(spellings));
  const known = new Set<string>();
  for (const { names, team } of entries) {
    const all = names.flatMap(spellings);
    if (all.some((name) => gone.has(name))) continue;
    for (const name of [...all, ...(team === undefined ? [] : spellings(team))])
      if (!gone.has(name)) known.add(name);
  }
  known.delete('');
  return { has: (owner) => known.has(plain(owner)) };
}

function plain(name: string): string {
  return name.trim().toLowerCase().replace(/^@/, '');
}

function spellings(name: string): string[] {
  const full = plain(name);
  return name.trim().startsWith('@') ? [full, full.slice(full.lastIndexOf('/') + 1)] : [full];
}

export function listedOwner(owner: ListedOwner): OwnerEntry {
  if (typeof owner === 'string') return { names: [owner], team: undefined };
  const { name, email, team, aliases = [] } = owner;
  return { names: [name, email, ...aliases].filter((one) => one !== undefined), team };
}

/**
 * How to read a directory file, by its name: `CODEOWNERS`, `.csv`, `.yaml`, `.yml` or `.json`; undefined for others.
 * The reader throws a ConfigError for text that is not of that kind.
 */
export function ownerFileReader(path: string): ((text: string) => OwnerEntry[]) | undefined {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (file === 'codeowners') return fromCodeowners;
  if (file.endsWith('.csv')) return (text) => fromCsv(path, text);
  return /\.(ya?ml|json)$/.test(file) ? (text) => fromList(path, text) : undefined;
}

function fromList(path: string, text: string): OwnerEntry[] {
  const file = readConfigFile(path, text);
  checkSchema(file, ['owners', 'list']);
  return (file.value as ListedOwner[]).map(listedOwner);
}

const COLUMNS = ['owner', 'name', 'email', 'team', 'alias', 'aliases'];

function fromCsv(path: string, text: string): OwnerEntry[] {
  const [header, ...records] = readCsv(text);
  const columns = header?.fields.map((field) => field.trim().toLowerCase()) ?? [];
  const place = (line: number): { file: string; line: number; column: number } => ({
    file: path,
    line,
    column: 1,
  });
  if (!columns.some((column) => COLUMNS.includes(column)))
    throw new ConfigError(place(1), 'the header names no column owner, name, email, team or alias');
  return records.map(({ line, fields }) => {
    if (fields.length !== columns.length)
      throw new ConfigError(place(line), `${fields.length} fields, but the header has ${columns.length}`);
    const values = (...wanted: string[]): string[] =>
      fields.filter((field, index) => wanted.includes(columns[index] ?? '') && field.trim() !== '');
    const aliases = values('alias', 'aliases').flatMap((field) => field.split(';'));
    return { names: [...values('owner', 'name', 'email'), ...aliases], team: values('team')[0] };
  });
}

/** `@user`, `@org/team`, `@group/subgroup/team` or a mail address. */
const CODEOWNER = /^(?:@[\w.-]+(?:\/[\w.-]+)*|[^@\s]+@[\w.-]+)$/;

/** https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
function fromCodeowners(text: string): OwnerEntry[] {
  return text.split('\n').flatMap((line) => {
    const [, ...owners] = line
      .replace(/(?:^|\s)#.*/, '')
      .trim()
      .split(/\s+/);
    return owners.filter((owner) => CODEOWNER.test(owner)).map(listedOwner);
  });
}
