// Ends as people write them: an RFC 3339 moment, a day (its end, UTC), or a duration from now.

import { parseDuration } from './duration.js';

export interface ParsedEnd {
  readonly at: Date;
  readonly form: 'date' | 'duration';
}

/** Undefined where the text is no end that exists: `2027-02-29`, `31/12/2026`, `never`, `0`. */
export function parseEnd(text: string, from: Date): ParsedEnd | undefined {
  const at = parseDate(text);
  if (at) return { at, form: 'date' };
  const length = parseDuration(text);
  return length === undefined ? undefined : { at: new Date(from.getTime() + length), form: 'duration' };
}

/** RFC 3339 date-time, or full-date as the end of that day in UTC. */
export function parseDate(text: string): Date | undefined {
  const parts =
    /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(
      text.trim(),
    );
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const start = new Date(Date.UTC(year, month - 1, day));
  // Platforms write the last year there is for `never`.
  if (year < 1970 || year === 9999 || start.getUTCMonth() !== month - 1 || start.getUTCDate() !== day)
    return undefined;
  if (parts[4] === undefined) return new Date(Date.UTC(year, month - 1, day, 23, 59, 59));
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offset(parts[7] ?? 'Z'));
}

/** Milliseconds east of UTC. */
function offset(zone: string): number {
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * 60_000;
}
