// A store of secrets that replaces what it keeps: whoever has its own credential in such a secret has one that ends.
// Schedules: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html

import type { StoreRotationFacts } from '../catalog/types.js';
import type { Resource } from '../plan/model.js';
import { expressionAt, pathOf, read, readString } from '../plan/value.js';
import type { Context, Part } from './context.js';
import type { End } from './model.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Gives the credentials that are kept in a rotated secret the end that the rotation is, unless they have a better one. */
export function addStoreRotations(parts: readonly Part[], context: Context): void {
  const drafts = [...new Set(context.drafts.values())];
  for (const { resource, facts } of parts) {
    if (!facts.storeRotation) continue;
    const end = endBy(resource, facts.storeRotation, context);
    const kept = keptIn(resource, facts.storeRotation, context);
    for (const { credentials } of drafts)
      for (const [index, one] of credentials.entries())
        if (one.end.kind === 'none' && kept.has(one.address)) credentials[index] = { ...one, end };
  }
}

function endBy(resource: Resource, { days, schedule }: StoreRotationFacts, { resolver }: Context): End {
  const number = read(resource, pathOf(days), resolver);
  const every =
    number.state === 'known' && typeof number.value === 'number'
      ? number.value * DAY
      : lengthOf(readString(resource, pathOf(schedule), resolver) ?? '');
  return {
    kind: 'scheduled',
    every,
    evidence: { address: resource.address, path: days.split('.')[0] ?? days },
  };
}

/** `rate(30 days)`; of `cron(…)` only that it comes every month. */
function lengthOf(schedule: string): number | undefined {
  const [, count, unit] = /^rate\((\d{1,4}) (hour|day)s?\)$/.exec(schedule.trim()) ?? [];
  if (count !== undefined) return Number(count) * (unit === 'hour' ? HOUR : DAY);
  return /^cron\(\S+ \S+ \S+ \* \S+ \*\)$/.test(schedule.trim()) ? 31 * DAY : undefined;
}

/** Addresses of what the versions of the secret are written from. */
function keptIn(
  rotation: Resource,
  { of, versions, written }: StoreRotationFacts,
  context: Context,
): Set<string> {
  const { plan, resolver } = context;
  const leads = (resource: Resource, path: string): Resource[] =>
    resolver
      .targets(expressionAt(resource, pathOf(path)), resolver.placeOf(resource))
      .flatMap((target) => (target.vague ? [] : target.resources));
  const secretsOf = (resource: Resource): string[] =>
    leads(resource, of)
      .flatMap((one) => (one.type === versions ? leads(one, of) : [one]))
      .map(({ address }) => address);
  const rotated = new Set(secretsOf(rotation));
  return new Set(
    plan.resources
      .filter((one) => one.type === versions && secretsOf(one).some((address) => rotated.has(address)))
      .flatMap((version) => written.flatMap((path) => leads(version, path)))
      .map(({ address }) => address),
  );
}
