// When a statement stops to give access, by the clock of AWS itself.
// Dates in conditions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { parseDate } from '../../access/end.js';
import { hasSymbol } from '../../plan/symbol.js';
import { binds, readOperator } from './conditions.js';
import { covers } from './pattern.js';
import type { Condition, Statement } from './statement.js';

/** A moment; `unknown` where it is known only after apply; undefined where there is none. */
export type Moment = Date | 'unknown' | undefined;

const CLOCKS = new Set(['aws:currenttime', 'aws:epochtime']);
/** The last second of the year 9999: what lies beyond was written in milliseconds. */
const LAST_SECOND = 253_402_300_799;

/** When the statement's conditions stop to hold: before a date, on the clock of AWS. */
export function endOf(statement: Pick<Statement, 'conditions'>): Moment {
  // All conditions must hold, so the first one that fails ends it.
  return earliest(
    statement.conditions
      .filter(
        (one) =>
          isClock(one) && binds(one) && /^(?:date|numeric)lessthan/.test(readOperator(one.operator).base),
      )
      .map((one) => latest(one.values.map(momentOf))),
  );
}

/** From when on one of the statements denies everything: a `Deny` of all actions on all resources after a date. */
export function denyAllAfter(statements: readonly Statement[]): Moment {
  return earliest(statements.filter(deniesEverything).map(deniesFrom));
}

/** From when on a `Deny` holds, where time is its only condition; undefined for any other statement. */
export function deniesFrom({ effect, conditions }: Statement): Moment {
  if (effect !== 'Deny' || conditions.length === 0) return undefined;
  const starts = conditions.map((one) =>
    isClock(one) && /^(?:date|numeric)greaterthan/.test(readOperator(one.operator).base)
      ? earliest(one.values.map(momentOf))
      : undefined,
  );
  return latest(starts);
}

function deniesEverything({ effect, actions, resources }: Statement): boolean {
  return (
    effect === 'Deny' &&
    (actions ?? []).some((action) => covers(action, 'any:Action') && covers(action, 'other:Thing')) &&
    (resources ?? []).includes('*')
  );
}

function isClock({ key }: Condition): boolean {
  return CLOCKS.has(key.toLowerCase());
}

/** AWS takes W3C dates and seconds since 1970; a day without a time begins at midnight, UTC. */
function momentOf(value: string): Moment {
  if (hasSymbol(value)) return 'unknown';
  const text = value.trim();
  if (/^\d{9,12}$/.test(text)) return Number(text) > LAST_SECOND ? undefined : new Date(Number(text) * 1000);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return parseDate(`${text}T00:00:00Z`);
  return parseDate(text.replace(/(T\d{2}:\d{2})(?=Z|[+-]\d{2}:\d{2}$)/i, '$1:00'));
}

/** The earliest known moment, since access ends there at the latest. */
function earliest(moments: readonly Moment[]): Moment {
  const dates = moments.filter((one) => one instanceof Date);
  if (dates.length > 0) return new Date(Math.min(...dates.map(Number)));
  return moments.includes('unknown') ? 'unknown' : undefined;
}

/** The latest moment, if all of them are known; none where one of them is none. */
function latest(moments: readonly Moment[]): Moment {
  if (moments.length === 0 || moments.includes(undefined)) return undefined;
  if (moments.includes('unknown')) return 'unknown';
  return new Date(Math.max(...moments.map(Number)));
}
