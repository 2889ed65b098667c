// Dates in IAM conditions: when a statement stops allowing, or starts denying, everything.
// Keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime

import { parseDate } from '../../access/end.js';
import { hasSymbol } from '../../plan/symbol.js';
import type { Condition, Statement } from './statement.js';

const TIME_KEYS = new Set(['aws:currenttime', 'aws:epochtime']);
const BEFORE = /^Date(LessThan|LessThanEquals)$/i;
const AFTER = /^Date(GreaterThan|GreaterThanEquals)$/i;
const BEFORE_NUMBER = /^Numeric(LessThan|LessThanEquals)$/i;
const AFTER_NUMBER = /^Numeric(GreaterThan|GreaterThanEquals)$/i;

export type Moment = Date | 'unknown' | undefined;

/** When the statement stops to allow; `unknown` where the date is known only after apply. */
export function endOf(statement: Statement): Moment {
  // All conditions must hold, so the earliest date ends it.
  return earliest(
    statement.conditions.map((condition) => momentOf(condition, BEFORE, BEFORE_NUMBER, 'latest')),
  );
}

/** When a `Deny` of everything begins; the earliest of several. */
export function denyAllAfter(statements: readonly Statement[]): Moment {
  return earliest(
    statements.filter(deniesEverything).map(({ conditions: [only, ...more] }) => {
      if (!only || more.length > 0) return undefined;
      return momentOf(only, AFTER, AFTER_NUMBER, 'earliest');
    }),
  );
}

function deniesEverything({ effect, actions, resources, principals, notPrincipals }: Statement): boolean {
  const all = (patterns: readonly string[] | undefined): boolean =>
    patterns?.some((pattern) => /^\*+(:\*+)?$/.test(pattern)) ?? false;
  return (
    effect === 'Deny' &&
    all(actions) &&
    all(resources) &&
    principals === undefined &&
    notPrincipals === undefined
  );
}

/** Values of one condition are alternatives: the last date counts for an end, the first for a denial. */
function momentOf(
  { operator, key, values }: Condition,
  dates: RegExp,
  numbers: RegExp,
  pick: 'latest' | 'earliest',
): Moment {
  const lower = key.toLowerCase();
  const fits = dates.test(operator)
    ? TIME_KEYS.has(lower)
    : numbers.test(operator) && lower === 'aws:epochtime';
  if (!fits || values.length === 0) return undefined;
  const moments = values.map(parseMoment);
  const known = moments.filter((moment) => moment instanceof Date);
  // A value that is no date never matches, so it neither ends nor prolongs anything.
  if (moments.includes('unknown')) return 'unknown';
  if (known.length === 0) return undefined;
  const times = known.map((moment) => moment.getTime());
  return new Date(pick === 'latest' ? Math.max(...times) : Math.min(...times));
}

function parseMoment(value: string): Moment {
  if (hasSymbol(value)) return 'unknown';
  if (/^\d{1,12}$/.test(value)) return new Date(Number(value) * 1000);
  // A day without a time is its first moment in a condition, unlike in a label.
  return parseDate(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value);
}

function earliest(moments: readonly Moment[]): Moment {
  const known = moments.filter((moment) => moment instanceof Date).map((moment) => moment.getTime());
  if (known.length > 0) return new Date(Math.min(...known));
  return moments.includes('unknown') ? 'unknown' : undefined;
}
