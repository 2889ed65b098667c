// What survives when an access package is revoked: members that are not destroyed, and what names them afterwards.

import { RETENTIONS } from '../catalog/retention.js';
import type { Graph } from '../graph/model.js';
import { own } from '../plan/json.js';
import type { Plan, Resource } from '../plan/model.js';
import type { JudgedIdentity, JudgeOptions } from './model.js';
import { markedPackage } from './package.js';

export interface Survivor {
  readonly address: string;
  /** `is kept by this plan` */
  readonly why: string;
}

export interface Revocation {
  readonly package: string;
  /** How it was asked: by a plan that destroys it, or by what a state holds. */
  readonly by: 'destroy-plan' | 'state';
  /** Addresses of what belongs to the package. */
  readonly members: readonly string[];
  /** Sorted by address; empty where the package can be revoked as a whole. */
  readonly survivors: readonly Survivor[];
}

/**
 * @param before graph and verdicts of what stands now, before the plan is applied
 * @returns undefined where nothing belongs to the package
 */
export function revocationOf(
  name: string,
  plan: Plan,
  before: { readonly graph: Graph; readonly identities: readonly JudgedIdentity[] },
  options: JudgeOptions,
): Revocation | undefined {
  const governed = before.identities.filter((one) => one.package === name);
  const members = new Set<string>();
  for (const { identity, coverage } of governed) {
    const outside = new Set((coverage?.outside ?? []).map(({ address }) => address));
    for (const address of [
      identity.address,
      ...identity.aliases,
      ...identity.credentials.map((one) => one.address),
      ...identity.grants.map((one) => one.address).filter((one) => !outside.has(one)),
    ])
      members.add(address);
  }
  const standing = plan.resources.filter(({ mode, before: was }) => mode === 'managed' && was !== null);
  for (const resource of standing)
    if (markedPackage(resource, options) === name) members.add(resource.address);
  if (members.size === 0) return undefined;

  const isState = plan.kind === 'state-json';
  const resources = new Map(standing.map((resource) => [resource.address, resource]));
  const isGone = (address: string): boolean =>
    isState ? members.has(address) : resources.get(address)?.action === 'delete';
  const survivors = new Map<string, string>();
  const survives = (address: string, why: string): void => {
    if (!survivors.has(address)) survivors.set(address, why);
  };
  for (const address of members) {
    const resource = resources.get(address);
    if (!resource) continue;
    const why = keptBecause(resource, isState);
    if (why !== undefined) survives(address, why);
  }
  for (const { identity, coverage } of governed) {
    const gone = isGone(identity.address);
    for (const { address, kind } of coverage?.outside ?? []) {
      if (!isState && isGone(address)) continue;
      const who = identity.address;
      if (kind === 'admission') survives(address, `lets ${who} in, and is not part of the package`);
      else
        survives(
          address,
          gone ? `still names ${who} when it is gone` : `gives ${who} access, and is not part of the package`,
        );
    }
  }
  return {
    package: name,
    by: isState ? 'state' : 'destroy-plan',
    members: [...members].sort(),
    survivors: [...survivors]
      .map(([address, why]) => ({ address, why }))
      .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)),
  };
}

/** Why a member is still there afterwards; undefined where it goes. */
function keptBecause(resource: Resource, isState: boolean): string | undefined {
  const retention = RETENTIONS.find(({ attribute, value }) => own(resource.before, attribute) === value);
  if (retention) return `stays in the cloud when it is destroyed: ${retention.attribute}`;
  if (resource.config?.lifecycle?.preventDestroy) return 'cannot be destroyed: prevent_destroy';
  if (isState) return undefined;
  switch (resource.action) {
    case 'delete':
      return undefined;
    case 'forget':
      return 'leaves the state and stays in the cloud';
    default:
      return 'is kept by this plan';
  }
}
