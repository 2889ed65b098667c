// What of a plan can matter at all, so that a large one need not be parsed as a whole.

import type { Interest } from '../input/large-plan.js';
import { KEYWORDS, tellsSecret } from '../policy/secrets/names.js';
import { mayHoldShape } from '../policy/secrets/shapes.js';
import { factsOf, isUncovered } from './index.js';
import { KEPT_IN_STATE, SINKS, SOURCES, STORES, WRITE_ONLY } from './secrets.js';
import type { AttributePath, ResourceFacts } from './types.js';

/** Attributes by which a type takes part in access that otherwise does not; undefined where it does anyway. */
function attributesOf(facts: ResourceFacts): readonly AttributePath[] | undefined {
  const { resourcePolicy, callers, endpoint, thirdParty, workload, kubernetesPods, googleAcl, principal } =
    facts;
  const { known: _, ...others } = {
    ...facts,
    resourcePolicy: undefined,
    callers: undefined,
    endpoint: undefined,
    thirdParty: undefined,
    workload: undefined,
    kubernetesPods: undefined,
    googleAcl: undefined,
    principal: principal?.where === undefined ? principal : undefined,
  };
  if (Object.values(others).some((one) => one !== undefined)) return undefined;
  return [
    resourcePolicy?.document,
    ...(callers?.principals ?? []),
    endpoint?.authorizer,
    ...(endpoint?.tokens ? [endpoint.tokens.issuer, ...endpoint.tokens.asked] : []),
    ...(thirdParty ?? []),
    ...(workload?.runsAs ?? []),
    kubernetesPods?.account,
    googleAcl?.role,
    googleAcl?.block,
    ...(googleAcl?.entities ?? []),
    principal?.where?.path,
  ].filter((path) => path !== undefined);
}

/** Types that steps of the graph ask for by name, whatever refers to them. */
const ASKED_FOR = new Set(['azurerm_key_vault', 'azurerm_resource_group', 'vault_jwt_auth_backend']);

function typeInterest(mode: 'managed' | 'data', type: string): 'all' | ReadonlySet<string> {
  if (ASKED_FOR.has(type) || Object.hasOwn(SOURCES, type) || Object.hasOwn(KEPT_IN_STATE, type)) return 'all';
  const resource = { mode, type, provider: type.split('_')[0] ?? type };
  if (mode === 'data' || isUncovered(resource)) return 'all';
  const found = new Set<string>();
  for (const facts of factsOf(resource)) {
    const paths = attributesOf(facts);
    if (paths === undefined) return 'all';
    for (const path of paths) found.add(path.split('.')[0] as string);
  }
  const secrets = [
    ...(Object.hasOwn(SINKS, type) ? (SINKS[type] ?? []).map(({ path }) => path) : []),
    ...(Object.hasOwn(STORES, type) ? (STORES[type] ?? []) : []),
    ...(Object.hasOwn(WRITE_ONLY, type) ? Object.keys(WRITE_ONLY[type] ?? {}) : []),
  ];
  for (const path of secrets) found.add(path.split('.')[0] as string);
  return found;
}

const PERHAPS_TELLING = new RegExp(`"([\\w-]{0,70}?(?:${KEYWORDS})[\\w-]{0,70})"`, 'gi');

/** A shape, or a telling name of a nested block, a header or a setting. */
function mayHoldSecret(json: string): boolean {
  if (mayHoldShape(json)) return true;
  PERHAPS_TELLING.lastIndex = 0;
  for (let found = PERHAPS_TELLING.exec(json); found; found = PERHAPS_TELLING.exec(json))
    if (tellsSecret(found[1] ?? '')) return true;
  return false;
}

export const interest: Interest = { in: typeInterest, tellsSecret, mayHoldSecret };
