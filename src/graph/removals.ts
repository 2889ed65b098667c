// What time takes away: a credential, a grant or a whole identity whose `count` or `for_each` hangs on the clock of the
// plan ends with the first apply after that moment.

import type { Resource } from '../plan/model.js';
import type { End, Evidence, Identity } from './model.js';

/** @param resources by address */
export function withRemovals(identity: Identity, resources: ReadonlyMap<string, Resource>): Identity {
  const removalOf = (address: string): End | undefined => {
    const resource = resources.get(address);
    const removal = resource?.config?.removal?.(resource);
    const evidence: Evidence = { address, path: removal?.path ?? '' };
    return removal && { kind: 'removed', at: removal.at, evidence };
  };
  const { address, credentials, ways, grants } = identity;
  // While something else still points to the identity, every apply after that moment fails, and nothing is removed.
  const stays = [...credentials, ...grants].some(
    (one) => one.address !== address && removalOf(one.address) === undefined,
  );
  const ending = <T extends { readonly end: End }>(one: T, at: string): T => {
    if (one.end.kind === 'enforced' || one.end.kind === 'scheduled') return one;
    const end = at === address && stays ? undefined : removalOf(at);
    return end ? { ...one, end } : one;
  };
  return {
    ...identity,
    credentials: credentials.map((one) => ending(one, one.address)),
    ways: ways.map((one) => ending(one, one.evidence.address)),
    grants: grants.map((one) => ending(one, one.address)),
  };
}
