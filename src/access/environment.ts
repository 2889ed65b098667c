// Which environment something belongs to, by the words that teams use for them, or by a map of the configuration.
// Words that may mean something else are left alone: a shared identity is told only where two environments are sure.

import { normalisedKey } from './labels.js';

/** One environment of the configuration. */
export interface EnvironmentTerms {
  readonly name: string;
  /** AWS accounts, Azure subscriptions and Google projects, in lower case. */
  readonly places: readonly string[];
  /** Kubernetes namespaces. */
  readonly namespaces: readonly string[];
  /** Values of tags and labels, and names in the subjects of tokens; in lower case. */
  readonly values: readonly string[];
  /** True for names of resources that belong to it. */
  readonly matches: (name: string) => boolean;
}

/** Finds the environment of what a plan shows; undefined where it belongs to none that is sure. */
export interface EnvironmentMap {
  ofLabel(key: string, value: string): string | undefined;
  /** Of a name in a subject: an environment, a workspace, a stack. */
  ofWord(value: string): string | undefined;
  ofNamespace(name: string): string | undefined;
  /** Of an account, subscription or project; only the configuration knows. */
  ofPlace(id: string): string | undefined;
  /** Of a resource by its name; only the configuration knows. */
  ofName(name: string): string | undefined;
}

const KEYS = new Set(['environment', 'environmentname', 'env', 'envname', 'stage', 'deploymentenvironment']);

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    production: ['production', 'prod', 'prd', 'live'],
    staging: ['staging', 'stage', 'stg', 'preproduction', 'preprod', 'preprd', 'uat', 'acceptance'],
    test: ['test', 'testing', 'tst', 'qa'],
    development: ['development', 'develop', 'dev'],
    'non-production': ['nonproduction', 'nonprod', 'nonprd', 'notprod'],
  }).flatMap(([name, words]) => words.map((word): [string, string] => [word, name])),
);

export function environmentMap(declared: readonly EnvironmentTerms[] = []): EnvironmentMap {
  const find = (has: (one: EnvironmentTerms) => boolean): string | undefined => declared.find(has)?.name;
  const named = (value: string): string | undefined => {
    const plain = value.trim().toLowerCase();
    return (
      find(({ name, values }) => name.toLowerCase() === plain || values.includes(plain)) ?? wordIn(plain)
    );
  };
  return {
    ofLabel: (key, value) => (KEYS.has(normalisedKey(key)) ? named(value) : undefined),
    ofWord: (value) => named(value) ?? find(({ matches }) => matches(value)),
    ofNamespace: (name) => find(({ namespaces }) => namespaces.includes(name)) ?? named(name),
    ofPlace: (id) => find(({ places }) => places.includes(id.toLowerCase())),
    ofName: (name) => find(({ matches }) => matches(name)),
  };
}

/** `prod`, `Production-2`, `shop-prod`, `prod-eu-west-1`; not `dev-portal`, which is a portal for developers. */
function wordIn(plain: string): string | undefined {
  if (plain.length > 200) return undefined;
  const parts = plain
    .replace(/\b(non|not|pre)[-_ ](?=pro?d)/g, '$1')
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .map((part) => part.replace(/\d+$/, ''));
  const local = parts.filter((part) => !REGION.has(part));
  const last = WORDS.get(local.at(-1) ?? '');
  const first = local.length === 1 ? WORDS.get(local[0] ?? '') : undefined;
  const all = new Set(local.map((part) => WORDS.get(part)).filter((name) => name !== undefined));
  return all.size === 1 ? (first ?? last) : undefined;
}

/** Parts of the names of regions, which stand before or behind the environment. */
const REGION = new Set(
  'eu us ap ca sa me af uk cn gov west east north south central northeast southeast northwest southwest westeurope northeurope eastus westus euw use usw'.split(
    ' ',
  ),
);
