// Secrets whose value the plan happens to know, and where each came from: a copy of one is told as a flow, not as a
// literal. The values live in a map of this file while the graph is built, and nowhere else.

import { HANDED_OUT, SOURCES, STORES_WHERE } from '../catalog/secrets.js';
import { isObject, type Json, own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol } from '../plan/symbol.js';
import { tellsSecret } from '../policy/secrets/names.js';
import { parsed } from '../policy/secrets/script.js';
import { isReal } from '../policy/secrets/values.js';
import type { Context } from './context.js';

/** Shorter ones may stand in any text by chance. */
const SHORTEST = 8;
/** More known secrets than this are only found where they stand alone. */
const SEARCHED = 1000;

export class Origins {
  /** Value → `var.db_password`, `random_password.db.result`. */
  readonly #secrets = new Map<string, string>();
  /** Values that the configuration does not hold: given when planning, read by data sources, or made by the provider. */
  readonly #carried = new Map<string, string>();

  constructor({ plan }: Context) {
    for (const [name, value] of plan.variables) {
      if (sameJson(value, plan.root.variables.get(name))) continue;
      this.#learn(`var.${name}`, value, tellsSecret(name), this.#carried);
    }
    for (const resource of plan.resources) {
      const { address, values, mode, config } = resource;
      for (const [name, value] of Object.entries(values)) {
        const made = mode === 'data' || own(config?.expressions, name) === undefined;
        const secret = givesSecret(resource, [name]) && (made || isListed(resource, name));
        // What the configuration writes into a secret is a source of copies, and stands in the configuration all the same.
        if (secret || mode === 'data')
          this.#learn(`${address}.${name}`, value, secret, made ? this.#carried : undefined);
      }
    }
  }

  #learn(origin: string, value: Json, secret: boolean, carried: Map<string, string> | undefined): void {
    if (typeof value === 'string') {
      const inner = parsed(value);
      if (inner !== undefined) this.#learn(origin, inner, false, carried);
      if (value.length >= SHORTEST && !hasSymbol(value) && !this.#secrets.has(value)) {
        if (secret && isReal(value) && inner === undefined) this.#secrets.set(value, origin);
      }
      if (value.length >= 6) carried?.set(value, origin);
    } else if (Array.isArray(value)) {
      for (const item of value) this.#learn(origin, item, secret, carried);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value))
        this.#learn(origin, item, secret || tellsSecret(key), carried);
    }
  }

  /** Where a secret that the text holds comes from; undefined where it holds none that is known. */
  readonly of = (text: string): string | undefined => {
    const whole = this.#secrets.get(text);
    if (whole !== undefined || text.length <= SHORTEST || this.#secrets.size > SEARCHED) return whole;
    for (const [secret, origin] of this.#secrets) if (text.includes(secret)) return origin;
    return undefined;
  };

  /** Where the value was read or given, where the configuration does not hold it. */
  carried(value: string): string | undefined {
    return this.#carried.get(value);
  }
}

function sameJson(one: Json, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isListed({ type }: Resource, name: string): boolean {
  return Object.hasOwn(SOURCES, type) && (SOURCES[type] ?? []).includes(name);
}

/** True where the attribute of the resource is a secret: a listed one, or one with a telling name. */
export function givesSecret(source: Resource, attribute: readonly (string | number)[]): boolean {
  const names = attribute.filter((part) => typeof part === 'string');
  const where = Object.hasOwn(STORES_WHERE, source.type) ? STORES_WHERE[source.type] : undefined;
  if (names.some((name) => isListed(source, name)))
    return where === undefined || own(source.values, where.path) === where.equals;
  const last = names.at(-1);
  if (last === undefined || !tellsSecret(last) || /encrypted|^(?:secret|token)$/.test(last)) return false;
  return !(Object.hasOwn(HANDED_OUT, source.type) && HANDED_OUT[source.type]?.includes(last));
}
