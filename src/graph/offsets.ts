// An end that counts from the first apply is known after it only; but how far away it is stands in the plan, and from
// which moment it is judged is known as well.

import { parseDate } from '../access/end.js';
import { isObject } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import type { Resolver, Target } from '../plan/resolve.js';
import { filledIn } from '../plan/symbol.js';
import { readString } from '../plan/value.js';

const DAY = 86_400_000;
const UNITS = {
  offset_years: 365 * DAY,
  offset_months: 30 * DAY,
  offset_days: DAY,
  offset_hours: 3_600_000,
  offset_minutes: 60_000,
  offset_seconds: 1000,
};

/** The resource with the moment that a `time_offset` will hold, as if applied `now`; any other as it is. */
export function withMoment(resource: Resource, now: Date): Resource {
  const { type, values, unknown } = resource;
  if (type !== 'time_offset' || typeof values.rfc3339 === 'string') return resource;
  const lengths = Object.entries(UNITS).flatMap(([unit, milliseconds]) => {
    const count = values[unit];
    return typeof count === 'number' ? [count * milliseconds] : [];
  });
  const base = values.base_rfc3339;
  const from = typeof base === 'string' ? parseDate(base) : now;
  if (lengths.length === 0 || !from) return resource;
  const at = new Date(lengths.reduce((sum, one) => sum + one, from.getTime()));
  if (Number.isNaN(at.getTime())) return resource;
  const hidden = isObject(unknown) ? { ...unknown, rfc3339: false } : unknown;
  return { ...resource, values: { ...values, rfc3339: at.toISOString() }, unknown: hidden };
}

/** The text with the moment of a `time_offset` in place of each symbol that stands for one. */
export function withMoments(text: string, resource: Resource, resolver: Resolver): string {
  return filledIn(text, (reference) => {
    const [target, ...others] = resolver.targets({ references: [reference] }, resolver.placeOf(resource));
    return target && others.length === 0 ? momentOf(target, resolver) : undefined;
  });
}

/** What a reference to a `time_offset` comes to; undefined for any other. */
export function momentOf({ resources, attribute }: Target, resolver: Resolver): string | undefined {
  const [source] = resources;
  if (source?.type !== 'time_offset' || resources.length !== 1) return undefined;
  return readString(source, attribute, resolver);
}
