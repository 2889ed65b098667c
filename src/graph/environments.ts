// Which environments an identity serves: those of the workloads that run as it, of the tokens it trusts, and of the
// accounts and subscriptions that the configuration knows.

import { type EnvironmentMap, environmentMap } from '../access/environment.js';
import { isObject, own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol } from '../plan/symbol.js';
import { accountOf } from '../policy/aws/arn.js';
import type { Context } from './context.js';
import type { Draft } from './draft.js';
import type { Placement } from './model.js';

const DEFAULT = environmentMap();

/** Finds where identities are placed: one placement for each environment, sorted by its name. */
export function placementsIn(context: Context): (identity: Draft) => Placement[] {
  const map = context.environments ?? DEFAULT;
  const standing = context.plan.resources.filter(({ action }) => action !== 'delete');
  const resources = new Map(standing.map((resource) => [resource.address, resource]));
  return (identity) => environmentsOf(identity, map, resources);
}

function environmentsOf(
  identity: Draft,
  map: EnvironmentMap,
  resources: ReadonlyMap<string, Resource>,
): Placement[] {
  const found = new Map<string, string>();
  const add = (environment: string | undefined, by: string): void => {
    if (environment !== undefined && !found.has(environment)) found.set(environment, by);
  };
  for (const { who, subjects = [], account } of identity.ways) {
    for (const { text } of subjects) for (const one of ofSubject(text, map)) add(one, text);
    if (account !== undefined) add(map.ofPlace(account), who);
  }
  for (const address of [...identity.workloads].sort()) {
    const resource = resources.get(address);
    if (resource) add(ofResource(resource, map), address);
  }
  for (const place of placesOf(identity, resources)) add(map.ofPlace(place.id), place.address);
  return [...found]
    .map(([environment, by]) => ({ environment, by }))
    .sort((a, b) => (a.environment < b.environment ? -1 : 1));
}

/** Parts of a subject that name an environment, or what is often named after one. */
const NAMED = /(?:^|:)(?:environment|workspace|stack|env|space):([^:]+)/g;

function* ofSubject(text: string, map: EnvironmentMap): Generator<string | undefined> {
  const namespace = /^system:serviceaccount:([^:]+):/.exec(text)?.[1];
  if (namespace !== undefined && isPlain(namespace)) yield map.ofNamespace(namespace);
  for (const [, value = ''] of text.matchAll(NAMED)) if (isPlain(value)) yield map.ofWord(value);
}

function isPlain(value: string): boolean {
  return !hasSymbol(value) && !/[*?]/.test(value);
}

/** By its labels, then by its namespace, then by its name. */
function ofResource({ values }: Resource, map: EnvironmentMap): string | undefined {
  const metadata = own(values, 'metadata');
  const meta = Array.isArray(metadata) ? metadata[0] : metadata;
  for (const labels of [
    own(values, 'tags_all'),
    own(values, 'tags'),
    own(values, 'labels'),
    own(meta, 'labels'),
  ])
    if (isObject(labels))
      for (const [key, value] of Object.entries(labels)) {
        const found = typeof value === 'string' ? map.ofLabel(key, value) : undefined;
        if (found !== undefined) return found;
      }
  const namespace = own(meta, 'namespace') ?? own(values, 'namespace');
  if (typeof namespace === 'string') return map.ofNamespace(namespace);
  return ['name', 'function_name', 'family', 'display_name']
    .map((attribute) => own(values, attribute))
    .map((name) => (typeof name === 'string' ? map.ofName(name) : undefined))
    .find((environment) => environment !== undefined);
}

/** Accounts, subscriptions and projects that the grants reach into. */
function* placesOf(
  { grants }: Draft,
  resources: ReadonlyMap<string, Resource>,
): Generator<{ id: string; address: string }> {
  for (const { address, claim } of grants) {
    if (claim.language === 'aws-iam')
      for (const { resources: arns = [], effect } of claim.statements)
        for (const arn of effect === 'Allow' ? arns : []) {
          const id = accountOf(arn);
          if (id !== undefined) yield { id, address };
        }
    const scope = own(resources.get(address)?.values, 'scope');
    const id = typeof scope === 'string' ? /^\/subscriptions\/([\w-]{1,64})/.exec(scope)?.[1] : undefined;
    if (id !== undefined) yield { id, address };
    const project = own(resources.get(address)?.values, 'project');
    if (typeof project === 'string') yield { id: project.replace(/^projects\//, ''), address };
  }
}
