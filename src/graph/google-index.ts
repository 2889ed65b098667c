// What the steps for Google Cloud look up: custom roles, pools with their providers, accounts by email. Built once a graph.

import { factsOf } from '../catalog/index.js';
import type { GoogleProviderFacts } from '../catalog/types.js';
import { isObject, own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol } from '../plan/symbol.js';
import { pathOf, read } from '../plan/value.js';
import type { Provider } from '../policy/google/federation.js';
import type { Context } from './context.js';
import type { Draft } from './draft.js';
import { IdIndex, link } from './links.js';

export interface GoogleIndex {
  /** Custom roles of the plan. */
  readonly roles: IdIndex;
  /** Path of the permissions by the type of a custom role. */
  readonly permissions: ReadonlyMap<string, string>;
  readonly pools: IdIndex;
  /** Address of the pool → its providers. */
  readonly providers: ReadonlyMap<string, readonly Provider[]>;
  /** Email → the account; with an email that is known only after apply, as Google will make it. */
  readonly accounts: ReadonlyMap<string, Draft>;
  /** `namespace/name` → service accounts of that name, of any cluster. */
  readonly pods: ReadonlyMap<string, readonly Draft[]>;
}

const made = new WeakMap<Context, GoogleIndex>();

export function googleIndex(context: Context): GoogleIndex {
  const known = made.get(context);
  if (known) return known;
  const { resolver } = context;
  const roles = new IdIndex();
  const permissions = new Map<string, string>();
  const pools = new IdIndex();
  const found: { resource: Resource; facts: GoogleProviderFacts }[] = [];
  for (const resource of context.plan.resources) {
    if (resource.action === 'delete') continue;
    for (const facts of factsOf(resource)) {
      if (facts.googleRole) {
        roles.add(resource, facts.googleRole.ids, resolver);
        permissions.set(resource.type, facts.googleRole.permissions);
      }
      if (facts.googlePool) pools.add(resource, facts.googlePool.ids, resolver);
      if (facts.googleProvider) found.push({ resource, facts: facts.googleProvider });
    }
  }
  const providers = new Map<string, Provider[]>();
  for (const { resource, facts } of found) {
    if (own(resource.values, 'disabled') === true) continue;
    const provider = providerOf(resource, facts, context);
    for (const pool of link(resource, facts.pool, pools, resolver).resources)
      providers.set(pool.address, [...(providers.get(pool.address) ?? []), provider]);
  }
  const index = { roles, permissions, pools, providers, ...identities(context) };
  made.set(context, index);
  return index;
}

/** The provider as the resource describes it. */
export function providerOf(resource: Resource, facts: GoogleProviderFacts, context: Context): Provider {
  const text = (path: string): string | undefined | null => {
    const value = read(resource, pathOf(path), context.resolver);
    if (value.state === 'unknown') return null;
    return value.state === 'known' && typeof value.value === 'string' ? value.value : undefined;
  };
  const account = text(facts.awsAccount);
  const issuer = text(facts.issuer);
  const mapping = read(resource, pathOf(facts.mapping), context.resolver);
  return {
    kind: account !== undefined ? 'aws' : issuer !== undefined ? 'oidc' : 'saml',
    issuer: issuer ?? '',
    condition: text(facts.condition),
    mapping: mapping.state === 'known' ? texts(mapping.value) : {},
    knownAccount:
      typeof account === 'string' && [...context.ownAccounts, ...context.knownAccounts].includes(account),
  };
}

function texts(value: unknown): Record<string, string> {
  if (!isObject(value as never)) return {};
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function identities(context: Context): Pick<GoogleIndex, 'accounts' | 'pods'> {
  const accounts = new Map<string, Draft>();
  const pods = new Map<string, Draft[]>();
  for (const one of new Set(context.drafts.values())) {
    const { values } = one.resource;
    if (one.kind === 'kubernetes.service_account') {
      const block = own(values, 'metadata');
      const metadata = Array.isArray(block) ? block[0] : block;
      const name = own(metadata, 'name');
      const namespace = own(metadata, 'namespace') ?? 'default';
      if (typeof name === 'string' && typeof namespace === 'string')
        pods.set(`${namespace}/${name}`, [...(pods.get(`${namespace}/${name}`) ?? []), one]);
    }
    if (!one.kind.startsWith('google.')) continue;
    const email = own(values, 'email') ?? emailOf(values);
    if (typeof email === 'string') accounts.set(email.toLowerCase(), one);
  }
  return { accounts, pods };
}

/** https://cloud.google.com/iam/docs/service-account-overview#identifiers */
function emailOf(values: Resource['values']): string | undefined {
  const [id, project] = [own(values, 'account_id'), own(values, 'project')];
  if (typeof id !== 'string' || typeof project !== 'string' || hasSymbol(id + project)) return undefined;
  // A project of a domain: `example.com:shop` makes `id@shop.example.com.iam…`.
  const [name, domain] = project.split(':').reverse();
  return `${id}@${name}${domain === undefined ? '' : `.${domain}`}.iam.gserviceaccount.com`;
}
