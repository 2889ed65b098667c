// From the dates in the code to the moment the access ends. The clock has no say in it: a synth tomorrow must write
// the same bytes as today's.

import { parseDuration } from '../src/access/duration.js';
import { parseDate } from '../src/access/end.js';

/** When the access ends: at a date, or so long after another date. */
export type Lease =
  | {
      /** When the access ends: `2027-01-31` (to the end of that day, UTC) or `2027-01-31T12:00:00Z`. */
      readonly expires: string;
      readonly ttl?: never;
      readonly starts?: never;
    }
  | {
      /** How long the access lasts, counted from `starts`: `90d`, `12h`, `2w`, `P90D`. */
      readonly ttl: string;
      /**
       * What the term counts from: `2026-11-01` or `2026-11-01T08:00:00Z`. It is written down, and not taken from the
       * clock at synth, so that tomorrow's synth does not prolong the access. To renew the access, move it.
       *
       * Or `FIRST_APPLY`: the day of the first apply, which Terraform's state remembers (`time_offset` of
       * `hashicorp/time`). The platform ends the access just the same; but the end is not known before that apply, so
       * nothing removes what is left of the package after it.
       */
      readonly starts: string;
      readonly expires?: never;
    };

/** The lease as a caller without types may have written it. */
export type WrittenLease = { readonly [Field in 'ttl' | 'starts' | 'expires']?: string | undefined };

/** A lease that counts from the first apply. */
export const FIRST_APPLY = 'first-apply';

const DAY = 86_400_000;
/** What `time_offset` counts in, the largest first. */
const UNITS = { offset_days: DAY, offset_hours: 3_600_000, offset_minutes: 60_000, offset_seconds: 1000 };
const NO_START =
  "is missing: a `ttl` counts from a date, so add one such as starts: '2026-11-01', or write `expires`";

/** The arguments of the `time_offset` that keeps a lease from the first apply; undefined for any other lease. */
export function offsetOfLease({ ttl, starts }: WrittenLease): Record<string, number> | undefined {
  const length = starts === FIRST_APPLY ? parseDuration(ttl ?? '') : undefined;
  if (length === undefined) return undefined;
  for (const [unit, milliseconds] of Object.entries(UNITS))
    if (length % milliseconds === 0) return { [unit]: length / milliseconds };
  return undefined;
}

/** The end in RFC 3339, UTC; undefined where the lease does not say one, or says it only at the first apply. */
export function endOfLease(lease: WrittenLease): string | undefined {
  if (problemsOfLease(lease).length > 0) return undefined;
  const { ttl = '', starts = '', expires } = lease;
  const length = parseDuration(ttl);
  const start = startOf(starts);
  const end =
    expires !== undefined ? parseDate(expires) : start && length && new Date(start.getTime() + length);
  return end ? end.toISOString().replace(/\.\d+Z$/, 'Z') : undefined;
}

/** What is wrong with the fields together; what is wrong with `ttl` or `expires` alone, `problemsIn` says. */
export function problemsOfLease({
  ttl,
  starts,
  expires,
}: WrittenLease): { field: string; message: string }[] {
  if (ttl !== undefined && expires !== undefined)
    return [{ field: 'ttl', message: 'stands beside `expires`: write one of them' }];
  if (ttl === undefined) return [];
  if (starts === undefined) return [{ field: 'starts', message: NO_START }];
  if (starts === FIRST_APPLY || startOf(starts) !== undefined) return [];
  return [{ field: 'starts', message: `"${starts}" is no date: write one such as 2026-11-01` }];
}

/** A day begins where a term begins, and ends where a term ends. */
function startOf(text: string): Date | undefined {
  const date = parseDate(text);
  return date && !/[Tt ]/.test(text.trim()) ? new Date(Math.floor(date.getTime() / DAY) * DAY) : date;
}
