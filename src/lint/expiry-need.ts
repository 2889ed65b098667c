// Which end is enough depends on what the identity has: the table of the contract's section on expiry.

import type { JudgedIdentity } from '../verdict/model.js';
import type { Profile } from './finding.js';
import type { Limits } from './rule.js';

export type ExpiryDefect = 'expiry-expired' | 'expiry-missing' | 'expiry-not-enforced' | 'expiry-too-long';

export interface ExpiryNeed {
  readonly least: 'enforced' | 'scheduled' | 'declared';
  /** Longest term in days. */
  readonly days: number;
  /** What makes it so: `A static credential`. */
  readonly because: string;
}

export function expiryNeed(judged: JudgedIdentity, limits: Limits, profile: Profile): ExpiryNeed {
  if (judged.privileged) {
    const days = judged.staticCredentials
      ? Math.min(limits.privileged, limits.staticCredential)
      : limits.privileged;
    return { least: 'enforced', days, because: 'Privileged access' };
  }
  const strict = profile === 'strict';
  if (judged.staticCredentials)
    return {
      least: strict ? 'enforced' : 'scheduled',
      days: limits.staticCredential,
      because: 'A static credential',
    };
  return {
    least: strict ? 'enforced' : 'declared',
    days: limits.session,
    because: strict ? 'Every access' : 'This access',
  };
}

const RANK = { declared: 1, scheduled: 2, enforced: 3 } as const;

/** The first defect that holds; undefined where the end is enough, or known only after apply. */
export function expiryDefect(
  judged: JudgedIdentity,
  limits: Limits,
  profile: Profile,
): ExpiryDefect | undefined {
  const { verdict, ttlSeconds } = judged.expiry;
  if (verdict === 'expired') return 'expiry-expired';
  if (verdict === 'missing') return 'expiry-missing';
  if (verdict === 'undecided') return undefined;
  const need = expiryNeed(judged, limits, profile);
  if (RANK[verdict] < RANK[need.least]) return 'expiry-not-enforced';
  // A date is the end of its day, so whole days are compared.
  return ttlSeconds !== null && Math.floor(ttlSeconds / 86_400) > need.days ? 'expiry-too-long' : undefined;
}

/** The first few of a list, in words: `access key a and 2 more`. */
export function what(items: readonly string[]): string {
  const [first, ...rest] = items;
  return rest.length === 0 ? (first ?? '') : `${first} and ${rest.length} more`;
}
