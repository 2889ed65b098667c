// Grants of platforms that have no policy language: their roles, scopes and access levels are words.

import type { ResourceFacts, WordedGrantFacts, WordJudgement } from '../catalog/types.js';
import { isObject, type Json, ownString } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { referencesIn } from '../plan/resolve.js';
import { hasSymbol } from '../plan/symbol.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import { type Context, granteesOf } from './context.js';
import { endOf } from './ends.js';
import type { Claim } from './model.js';

export function addWordedGrant(resource: Resource, facts: ResourceFacts, context: Context): void {
  const grant = facts.wordedGrant;
  if (!grant) return;
  const own = context.drafts.get(resource.address);
  const holders = grant.to
    ? grant.to.flatMap((path) => granteesOf(resource, path, context).identities)
    : own
      ? [own]
      : [];
  if (holders.length === 0) return;
  const [path = ''] = Object.keys(grant.judged[0]?.where ?? {});
  const given = {
    address: resource.address,
    evidence: { address: resource.address, path },
    claim: claimOf(resource, grant, context),
    end: endOf(resource, { end: grant.end ?? [] }, context.now, context.resolver).end,
    bearers: [resource],
  };
  for (const identity of new Set(holders)) identity.grants.push(given);
}

function claimOf(resource: Resource, { judged, reach }: WordedGrantFacts, context: Context): Claim {
  const read = new Map<string, Words>();
  for (const path of new Set(judged.flatMap(({ where }) => Object.keys(where))))
    read.set(path, wordsAt(resource, path, context));
  const found = judged.find((one) => fits(one, read));
  const hidden = [...read.values()].flatMap(({ unknown }) => unknown);
  if (!found && hidden.length > 0) return { language: 'unknown', references: hidden };
  return {
    language: 'judged',
    level: found?.level ?? 'bounded',
    text: found?.text ?? reach,
    escalates: found?.escalates,
    handsOutRights: false,
  };
}

/** The words that stand in an attribute, and what hides more of them. */
interface Words {
  readonly words: readonly string[];
  readonly unknown: readonly string[];
}

function fits({ where }: WordJudgement, read: ReadonlyMap<string, Words>): boolean {
  return Object.entries(where).every(([path, wanted]) => {
    const { words = [], unknown = [] } = read.get(path) ?? {};
    return wanted === 'unset'
      ? words.length === 0 && unknown.length === 0
      : words.some((word) => wanted.test(word));
  });
}

/** An id that a platform gave says nothing about what it stands for. */
const OPAQUE = /^(?:[0-9a-f]{24,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function wordsAt(resource: Resource, path: string, context: Context): Words {
  const [head = '', ...below] = pathOf(path);
  const value = read(resource, [head], context.resolver);
  if (value.state === 'absent') return { words: [], unknown: [] };
  const texts = value.state === 'known' ? textsIn(value.value, below) : [];
  const words = texts.filter((text) => !hasSymbol(text) && !OPAQUE.test(text));
  if (value.state === 'known' && words.length === texts.length) return { words, unknown: [] };
  // Ids of what does not exist yet, or that say nothing: where they come from may tell.
  const references = referencesIn(expressionAt(resource, pathOf(path)));
  const names = references.flatMap((reference) => namesBehind(reference, resource, context));
  if (names.length > 0) return { words: [...words, ...names], unknown: [] };
  return { words, unknown: references.length > 0 ? references : [`${resource.address} ${path}`] };
}

/** Every text at the path, through lists and blocks; of a map at its end the keys too. */
function textsIn(value: Json, path: readonly (string | number)[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, path));
  const [name, ...rest] = path;
  if (isObject(value))
    return Object.entries(value).flatMap(([key, item]) =>
      name === undefined ? [key, ...textsIn(item, [])] : key === name ? textsIn(item, rest) : [],
    );
  return name === undefined && value !== null ? [String(value)] : [];
}

/** What a referenced role is called: by its own name, or by the key it is looked up with (`permissions["Zone Read"]`). */
function namesBehind(reference: string, resource: Resource, context: Context): string[] {
  const keys = [...reference.slice(0, 1000).matchAll(/\["([^"\]]+)"\]/g)].map(([, key]) => key as string);
  const targets = context.resolver.targets({ references: [reference] }, context.resolver.placeOf(resource));
  const names = targets.flatMap((target) =>
    target.resources.flatMap(({ values }) =>
      ['name', 'role_name', 'label', 'filter'].flatMap((name) => ownString(values, name) ?? []),
    ),
  );
  return [...keys, ...names];
}
