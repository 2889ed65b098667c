// Vault: roles that tokens come from, the policies they carry, and who may sign in to them.

import type { VaultRoleFacts } from '../catalog/types.js';
import { blocks, isObject, own, ownString, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';

import { pathOf, read } from '../plan/value.js';
import { type PathRule, readVaultPolicy } from '../policy/vault/document.js';
import { judgeVaultPolicy } from '../policy/vault/judge.js';
import {
  type JwtBindings,
  type LoginReading,
  readBound,
  readClusterLogin,
  readJwtLogin,
  readRoleId,
} from '../policy/vault/login.js';
import { type Context, namedBy, type Part } from './context.js';
import type { Draft } from './draft.js';
import { endOf } from './ends.js';
import { IdIndex, link } from './links.js';
import type { Claim, End } from './model.js';

/** Policies and ways in of every role and token. */
export function addVaultRoles(parts: readonly Part[], context: Context): void {
  const roles = parts.filter(({ facts }) => facts.vaultRole);
  if (roles.length === 0) return;
  const policies = new IdIndex();
  const documents = new Map<string, string>();
  for (const { resource, facts } of parts)
    if (facts.vaultAcl) {
      policies.add(resource, [facts.vaultAcl.name], context.resolver);
      documents.set(resource.address, facts.vaultAcl.document);
    }
  for (const { resource, facts } of roles) {
    const identity = context.drafts.get(resource.address);
    if (!identity || !facts.vaultRole) continue;
    addPolicies(resource, facts.vaultRole, identity, { policies, documents }, context);
    addLogin(resource, facts.vaultRole, identity, context);
  }
}

function addPolicies(
  resource: Resource,
  { policies: paths }: VaultRoleFacts,
  identity: Draft,
  known: { readonly policies: IdIndex; readonly documents: ReadonlyMap<string, string> },
  context: Context,
): void {
  for (const path of paths) {
    const found = link(resource, path, known.policies, context.resolver);
    for (const policy of found.resources)
      identity.grants.push({
        address: policy.address,
        evidence: { address: policy.address, path: known.documents.get(policy.address) ?? '' },
        claim: claimOf(policy, known.documents.get(policy.address) ?? '', context),
        end: { kind: 'none' },
        bearers: [policy],
      });
    const evidence = { address: resource.address, path };
    const add = (claim: Claim): void => {
      identity.grants.push({
        address: resource.address,
        evidence,
        claim,
        end: { kind: 'none' },
        bearers: [resource],
      });
    };
    for (const name of found.literals) {
      // Every token has it, and it lets a token look after itself.
      if (name === 'default') continue;
      add(
        name === 'root'
          ? judged('unbounded', 'everything, by the policy root')
          : { language: 'unknown', references: [`the Vault policy ${name}`] },
      );
    }
    if (found.unknown.length > 0) add({ language: 'unknown', references: found.unknown });
  }
}

function claimOf(policy: Resource, path: string, context: Context): Claim {
  const value = read(policy, pathOf(path), context.resolver);
  const written =
    value.state === 'known' && typeof value.value === 'string'
      ? readVaultPolicy(value.value)
      : deferredRules(policy, path, context);
  if (!written)
    return {
      language: 'unknown',
      references: value.state === 'unknown' ? value.references : [`${policy.address} ${path}`],
    };
  const { level, text, escalates } = judgeVaultPolicy(written);
  return judged(level, text, escalates);
}

/** The rules of a policy document that is read during apply only, since it names what does not exist yet. */
function deferredRules(policy: Resource, path: string, context: Context): PathRule[] | undefined {
  const [document] = namedBy(policy, [path], context).filter(({ type }) => type === 'vault_policy_document');
  const rules = document && read(document, ['rule'], context.resolver);
  if (rules?.state !== 'known') return undefined;
  return blocks(rules.value).map((rule) => ({
    path: ownString(rule, 'path') ?? '',
    capabilities: strings(own(rule, 'capabilities')),
  }));
}

function judged(
  level: Extract<Claim, { language: 'judged' }>['level'],
  text: string,
  escalates?: string,
): Claim {
  return { language: 'judged', level, text, escalates, handsOutRights: false };
}

function addLogin(resource: Resource, { login }: VaultRoleFacts, identity: Draft, context: Context): void {
  if (login === 'token') {
    addHolder(resource, identity, context);
    return;
  }
  const unknown: string[] = [];
  const texts = (path: string): string[] => {
    const value = read(resource, pathOf(path), context.resolver);
    if (value.state === 'unknown') unknown.push(...value.references);
    return value.state === 'known' ? strings(value.value) : [];
  };
  const [reading, path] = loginOf(resource, login, texts, context);
  const evidence = { address: resource.address, path };
  if (reading.who !== '')
    identity.ways.push({
      who: reading.who,
      end: sessionEnd(resource, 'token_', context),
      evidence,
      by: 'workload',
      subjects: reading.subjects,
    });
  identity.callersUnknown.push(...unknown);
  if (unknown.length > 0) return;
  for (const opening of reading.openings)
    context.openings.push({ ...opening, identity: identity.resource.address, evidence });
}

function loginOf(
  resource: Resource,
  login: Exclude<VaultRoleFacts['login'], 'token'>,
  texts: (path: string) => string[],
  context: Context,
): [LoginReading, string] {
  if (login === 'jwt') return [readJwtLogin(bindingsOf(resource, texts, context)), 'bound_claims'];
  const [namespaces, names] = ['bound_service_account_namespaces', 'bound_service_account_names'];
  if (login === 'kubernetes')
    return [readClusterLogin({ namespaces: texts(namespaces), names: texts(names) }), namespaces];
  if (login === 'secret-id') {
    const needed = own(resource.values, 'bind_secret_id') !== false;
    const cidrs = [...texts('secret_id_bound_cidrs'), ...texts('token_bound_cidrs')];
    return [readRoleId(needed, cidrs), 'bind_secret_id'];
  }
  return [readBound(login.who, login.bound.flatMap(texts)), login.bound[0] ?? ''];
}

/** The token itself is in the state: whoever holds it is the identity. */
function addHolder(resource: Resource, identity: Draft, context: Context): void {
  identity.credentials.push({
    address: resource.address,
    form: 'static',
    noun: 'token',
    end: sessionEnd(resource, '', context),
    replaceable: true,
    idleRotation: undefined,
  });
}

function bindingsOf(resource: Resource, texts: (path: string) => string[], context: Context): JwtBindings {
  const claims = read(resource, ['bound_claims'], context.resolver);
  const pairs = claims.state === 'known' && isObject(claims.value) ? Object.entries(claims.value) : [];
  if (claims.state === 'unknown') texts('bound_claims');
  const [backend] = namedBy(resource, ['backend'], context).filter(
    ({ type }) => type === 'vault_jwt_auth_backend',
  );
  const named = context.plan.resources.find(
    ({ type, values }) =>
      type === 'vault_jwt_auth_backend' && own(values, 'path') === own(resource.values, 'backend'),
  );
  const issuer = backend ?? named;
  return {
    issuer: ['bound_issuer', 'oidc_discovery_url', 'jwks_url'].flatMap(
      (name) => ownString(issuer?.values, name) || [],
    )[0],
    subject: texts('bound_subject')[0],
    claims: pairs.flatMap(([claim, value]) =>
      typeof value === 'string' ? [{ claim, values: value.split(',').map((one) => one.trim()) }] : [],
    ),
    wildcards: texts('bound_claims_type')[0] === 'glob',
  };
}

/** How long a token can live at most; one that is renewed for ever never ends, whatever its first term. */
function sessionEnd(resource: Resource, prefix: 'token_' | '', context: Context): End {
  const period = read(resource, [`${prefix}period`], context.resolver);
  const renewed = period.state === 'known' && !/^0?$/.test(String(period.value));
  const names = renewed
    ? ['explicit_max_ttl']
    : ['explicit_max_ttl', ...(prefix === '' ? [] : ['max_ttl']), 'ttl'];
  const lifetime = names.map((name) => ({ path: `${prefix}${name}`, unit: 'seconds' as const }));
  return endOf(resource, { lifetime }, context.now, context.resolver).end;
}
