// Secrets that the state keeps in plain text, each told once: where it is made, together with the arguments that it is
// given to, or else where it is given.

import { KEPT_IN_STATE, LEFT_IN_FILES, STORES_WHERE, WRITE_ONLY } from '../catalog/secrets.js';
import { own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import type { Context } from './context.js';
import type { Copy, Kept } from './model.js';
import { givesSecret } from './secret-origins.js';

/** Sorted by nothing yet. */
export function readKept(context: Context): Kept[] {
  const standing = context.plan.resources.filter(
    ({ mode, action }) => mode === 'managed' && action !== 'delete',
  );
  const made = new Map<string, { address: string; noun: string; copies: Copy[] }>();
  for (const { address, type, values } of standing) {
    const kept = Object.hasOwn(KEPT_IN_STATE, type) ? KEPT_IN_STATE[type] : undefined;
    if (kept && (kept.unless === undefined || (own(values, kept.unless) ?? null) === null))
      made.set(address, { address, noun: kept.noun, copies: [] });
  }
  const given: Kept[] = [];
  for (const resource of standing) {
    if (made.has(resource.address)) continue;
    for (const copy of copiesIn(resource, context)) {
      const sources = context.resolver
        .targets(expressionAt(resource, pathOf(copy.path)), context.resolver.placeOf(resource))
        .flatMap(({ resources, attribute }) =>
          resources
            .filter((source) => givesSecret(source, attribute))
            .map(({ address }) => made.get(address)),
        )
        .filter((source) => source !== undefined);
      for (const source of new Set(sources)) source.copies.push(copy);
      if (sources.length === 0 && copy.writeOnly !== undefined)
        given.push({ address: resource.address, noun: undefined, copies: [copy] });
    }
  }
  return [...made.values(), ...given];
}

function* copiesIn(resource: Resource, { resolver }: Context): Generator<Copy> {
  const { address, type, values, config } = resource;
  const where = Object.hasOwn(STORES_WHERE, type) ? STORES_WHERE[type] : undefined;
  if (where !== undefined && own(values, where.path) !== where.equals) return;
  const offered = Object.hasOwn(WRITE_ONLY, type) ? (WRITE_ONLY[type] ?? {}) : {};
  for (const [path, writeOnly] of Object.entries(offered))
    if (own(config?.expressions, path) !== undefined && read(resource, [path], resolver).state !== 'absent')
      yield { address, path, writeOnly };
  for (const path of Object.hasOwn(LEFT_IN_FILES, type) ? (LEFT_IN_FILES[type] ?? []) : [])
    yield { address, path, writeOnly: undefined };
}
