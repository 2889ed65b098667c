// An identity while the graph is being built: the same as `Identity`, with lists that still grow.

import type { PrincipalFacts } from '../catalog/types.js';
import { blocks, isObject, type Json, type JsonObject, own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import type { Resolver } from '../plan/resolve.js';
import { referencesIn } from '../plan/resolve.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import type { Statement } from '../policy/aws/statement.js';
import { agentOf } from './agents.js';
import type { Credential, Grant, Identity, Label, Placement, Way } from './model.js';
import { withMoments } from './offsets.js';

export interface Draft {
  readonly facts: PrincipalFacts;
  readonly resource: Resource;
  readonly kind: string;
  readonly name: string;
  readonly aliases: string[];
  readonly labels: Label[];
  readonly labelsUnknown: string[];
  readonly descriptions: Label[];
  readonly owners: Label[];
  readonly ownersUnknown: string[];
  readonly credentials: Credential[];
  readonly ways: Way[];
  readonly waysUnknown: string[];
  readonly callersUnknown: string[];
  readonly grants: Grant[];
  boundary: Statement[] | undefined;
  readonly boundaryUnknown: string[];
  readonly attachedPolicyArns: string[];
  readonly workloads: string[];
  readonly agents: string[];
  readonly unguarded: string[];
  /** A person uses it: it gets no verdict. */
  person: boolean;
}

export function draft(
  resource: Resource,
  facts: PrincipalFacts,
  resolver: Resolver,
  providers: ProviderTags,
): Draft {
  const result: Draft = {
    facts,
    resource,
    kind: facts.kind,
    name: nameOf(resource, facts, resolver),
    aliases: [],
    labels: [],
    labelsUnknown: [],
    descriptions: [],
    owners: [],
    ownersUnknown: [],
    credentials: [],
    ways: [],
    waysUnknown: [],
    callersUnknown: [],
    grants: [],
    boundary: undefined,
    boundaryUnknown: [],
    attachedPolicyArns: [],
    workloads: [],
    agents: [],
    unguarded: [],
    person: false,
  };
  readTerms(result, resource, facts, resolver, providers);
  return result;
}

export function finished(one: Draft, environments: readonly Placement[]): Identity {
  const sorted = <T extends { address: string }>(items: readonly T[]): T[] =>
    [...items].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  return {
    address: one.resource.address,
    aliases: [...one.aliases].sort(),
    kind: one.kind,
    name: one.name,
    resource: one.resource,
    labels: one.labels,
    labelsUnknown: one.labelsUnknown,
    descriptions: one.descriptions,
    owners: one.owners,
    ownersUnknown: one.ownersUnknown,
    credentials: sorted(one.credentials),
    ways: one.ways,
    waysUnknown: one.waysUnknown,
    callersUnknown: one.callersUnknown,
    grants: sorted(one.grants),
    boundary: one.boundary,
    boundaryUnknown: one.boundaryUnknown,
    attachedPolicyArns: one.attachedPolicyArns,
    workloads: [...new Set(one.workloads)].sort(),
    agents: [...new Set(one.agents)].sort(),
    unguarded: [...new Set(one.unguarded)].sort(),
    agent: agentOf(one),
    environments,
  };
}

function nameOf(resource: Resource, facts: PrincipalFacts, resolver: Resolver): string {
  for (const path of facts.name) {
    const value = read(resource, pathOf(path), resolver);
    if (value.state === 'known' && typeof value.value === 'string' && value.value !== '') return value.value;
  }
  return resource.name;
}

/** The tags that a provider adds to its resources: key in `provider_config` → expression of `default_tags`. */
export type ProviderTags = ReadonlyMap<string, Json>;

/** Reads labels, descriptions and owners of one resource into the identity. */
export function readTerms(
  into: Draft,
  resource: Resource,
  facts: PrincipalFacts,
  resolver: Resolver,
  providers: ProviderTags,
): void {
  readLabels(into, resource, facts.labels ?? [], resolver, providers);
  for (const path of facts.notes ?? []) readNotes(into, resource, path, resolver);
  for (const path of facts.description ?? []) {
    const value = read(resource, pathOf(path), resolver);
    if (value.state === 'known' && typeof value.value === 'string' && value.value.trim() !== '')
      into.descriptions.push({
        key: path,
        value: value.value.trim(),
        evidence: { address: resource.address, path },
      });
  }
  if (facts.owners !== undefined) readOwners(into, resource, facts.owners, resolver);
}

function readLabels(
  into: Draft,
  resource: Resource,
  paths: readonly string[],
  resolver: Resolver,
  providers: ProviderTags,
): void {
  const seen = new Set<string>();
  for (const path of paths) {
    const value = read(resource, pathOf(path), resolver);
    if (value.state === 'unknown') {
      // `tags_all` is unknown as a whole as soon as one tag is; what is written as a constant is still readable.
      if (path === 'tags_all') readWrittenTags(into, resource, providers);
      else into.labelsUnknown.push(...value.references);
      return;
    }
    if (value.state === 'absent') continue;
    for (const [key, item] of pairsOf(value.value)) {
      // Sources write numbers where the plan will hold their text.
      const text = typeof item === 'number' ? String(item) : item;
      if (typeof text !== 'string' || seen.has(key)) continue;
      seen.add(key);
      into.labels.push({
        key,
        value: withMoments(text, resource, resolver),
        evidence: { address: resource.address, path: `${path}.${key}` },
      });
    }
    // `tags_all` holds `tags`.
    if (path === 'tags_all') return;
  }
}

/** A map of labels, its JSON, or blocks of `key` and `value`. */
function pairsOf(value: Json): [string, Json][] {
  if (typeof value === 'string') return Object.entries(parsedObject(value));
  if (isObject(value)) return Object.entries(value);
  return blocks(value).flatMap((block): [string, Json][] => {
    const key = own(block, 'key');
    return typeof key === 'string' ? [[key, own(block, 'value') ?? null]] : [];
  });
}

function parsedObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Tags as the configuration writes them, where the plan has only "known after apply" for the whole map. */
function readWrittenTags(into: Draft, resource: Resource, providers: ProviderTags): void {
  const tags = expressionAt(resource, ['tags']);
  const constant = own(tags, 'constant_value');
  const defaults = providers.get(resource.config?.provider ?? '');
  if (tags !== undefined && !isObject(constant)) {
    const references = referencesIn(tags);
    into.labelsUnknown.push(...(references.length > 0 ? references : [`${resource.address} tags`]));
    return;
  }
  const add = (source: Json | undefined, path: string): void => {
    if (!isObject(source)) return;
    for (const [key, value] of Object.entries(source))
      if (typeof value === 'string' && !into.labels.some((label) => label.key === key))
        into.labels.push({ key, value, evidence: { address: resource.address, path: `${path}.${key}` } });
  };
  add(constant, 'tags');
  const defaultTags = own(blocks(defaults)[0], 'tags') ?? null;
  add(own(defaultTags, 'constant_value'), 'default_tags');
  if (own(defaultTags, 'constant_value') === undefined) {
    const references = referencesIn(defaultTags);
    into.labelsUnknown.push(...(references.length > 0 ? references : [`${resource.address} tags_all`]));
  }
}

/** Where one pair of a text ends and the next begins: a separator, the end of a sentence, a word with `=` or `:`. */
const NEXT_PAIR = /[\n;,|]|\.\s|\s(?=[A-Za-z][\w.-]{0,60}[:=](?!\/\/)\s?\S)/;

/** `owner:team-a` and `owner=team-a` in a list of strings or a text are labels. */
function readNotes(into: Draft, resource: Resource, path: string, resolver: Resolver): void {
  const value = read(resource, pathOf(path), resolver);
  if (value.state === 'unknown') {
    into.labelsUnknown.push(...value.references);
    return;
  }
  if (value.state === 'absent') return;
  for (const text of strings(value.value))
    for (const line of text.split(NEXT_PAIR)) {
      const pair = /^\s*([\w.:/-]{1,100}?)\s*[:=]\s*(\S.*)$/.exec(line.slice(0, 1000));
      if (pair)
        into.labels.push({
          key: pair[1] as string,
          value: (pair[2] as string).trim(),
          evidence: { address: resource.address, path },
        });
    }
}

function readOwners(into: Draft, resource: Resource, path: string, resolver: Resolver): void {
  const value = read(resource, pathOf(path), resolver);
  if (value.state === 'unknown') into.ownersUnknown.push(...value.references);
  if (value.state !== 'known') return;
  for (const text of strings(value.value)) {
    if (hasSymbol(text)) into.ownersUnknown.push(...symbolsIn(text));
    else into.owners.push({ key: path, value: text, evidence: { address: resource.address, path } });
  }
}
