// Access that people take up when they need it is as safe as what has to happen before and after: somebody agrees, it ends,
// and somebody looks again.

import type { RequestFacts } from '../catalog/types.js';
import type { Json } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { byAddress } from '../plan/plan-json.js';
import { pathOf, read } from '../plan/value.js';
import { builtInRole, PRIVILEGED_ROLE_IDS } from '../policy/azure/roles.js';
import type { Context, Part } from './context.js';
import type { RequestTerms } from './model.js';

/** What may turn out to be in order is left out. */
export function requestTermsIn(parts: readonly Part[], context: Context): RequestTerms[] {
  return parts
    .flatMap(({ resource, facts }) => (facts.requests ? termsOf(resource, facts.requests, context) : []))
    .sort((a, b) => byAddress(a.evidence, b.evidence));
}

function termsOf(resource: Resource, facts: RequestFacts, context: Context): RequestTerms[] {
  const at = (path: string | undefined): Json | 'unknown' | undefined => {
    const value = path === undefined ? undefined : read(resource, pathOf(path), context.resolver);
    return value?.state === 'known' ? value.value : value?.state === 'unknown' ? 'unknown' : undefined;
  };
  const role = facts.role === undefined ? undefined : builtInRole(String(at(facts.role)));
  if (facts.role !== undefined && !(role && PRIVILEGED_ROLE_IDS.includes(role.id))) return [];
  const askedBy = at(facts.askedBy);
  // https://learn.microsoft.com/graph/api/resources/accesspackageassignmentpolicy
  if (askedBy === 'NoSubjects') return [];
  const approval = at(facts.approval);
  const ends = facts.end === undefined || facts.end.some((path) => isSet(at(path)));
  return [
    {
      evidence: { address: resource.address, path: facts.approval },
      role: role?.name,
      outsiders: typeof askedBy === 'string' && /external|connectedorganization/i.test(askedBy),
      // The policy of a role is there before it is managed: what is not written may be set.
      approved: approval === undefined ? facts.role !== undefined : approval !== false,
      ends,
      idleReview: facts.review && idleReview(resource.address, facts.review, at, ends),
    },
  ];
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0;
}

function idleReview(
  address: string,
  { enabled, by, unanswered }: NonNullable<RequestFacts['review']>,
  at: (path: string) => Json | 'unknown' | undefined,
  ends: boolean,
): RequestTerms['idleReview'] {
  const isEnabled = at(enabled);
  if (isEnabled === 'unknown') return undefined;
  if (isEnabled !== true)
    return ends ? undefined : { address, path: enabled, why: 'It never ends, and nobody looks at it again' };
  if (at(by) === 'Self') return { address, path: by, why: 'Whoever has the access reviews it' };
  return at(unanswered) === 'keepAccess'
    ? { address, path: unanswered, why: 'A review that nobody answers leaves the access as it is' }
    : undefined;
}
