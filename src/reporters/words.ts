// The three verdicts in plain words.

import { showSymbols } from '../plan/symbol.js';
import type { JudgedIdentity } from '../verdict/model.js';
import { reasonsOf } from '../verdict/scope.js';
import { clean } from './text.js';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `31 Jan 2027`, in UTC. */
export function day(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Who answers for it. */
export function nobody({ owner }: Pick<JudgedIdentity, 'owner'>): string {
  const value = clean(owner.value ?? '');
  switch (owner.verdict) {
    case 'verified':
      return `${value} (verified)`;
    case 'declared':
      return value;
    case 'invalid':
      return `nobody ("${value}")`;
    case 'undecided':
      return 'known after apply';
    case 'missing':
      return 'nobody';
  }
}

/** When it ends. */
export function ends({ expiry }: Pick<JudgedIdentity, 'expiry'>): string {
  const on = expiry.at === null ? '' : day(expiry.at);
  switch (expiry.verdict) {
    case 'enforced':
      return `enforced, ${on}`;
    case 'scheduled':
      if (on !== '') return `removed ${on}`;
      return expiry.ttlSeconds === null
        ? 'rotated'
        : `rotated every ${Math.round(expiry.ttlSeconds / 86_400)} days`;
    case 'declared':
      return `label only, ${on}`;
    case 'expired':
      return `expired ${on}`;
    case 'undecided':
      return 'known after apply';
    case 'missing':
      return 'never';
  }
}

/** How far it reaches. */
export function reach({ scope }: Pick<JudgedIdentity, 'scope'>): string {
  switch (scope.verdict) {
    case 'unbounded':
    case 'broad':
      return clean(showSymbols(reasonsOf(scope).text));
    case 'undecided':
      return 'known after apply';
    case 'bounded':
      return 'bounded';
  }
}
