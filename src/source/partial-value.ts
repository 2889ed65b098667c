// Values while a configuration is evaluated before apply: what is not known yet stays a symbol, and the rest is exact.

import { isObject, type Json, type JsonObject } from '../plan/json.js';
import { hasSymbol, symbol } from '../plan/symbol.js';

/** Known only after apply. */
export class Unknown {
  constructor(
    /** `aws_s3_bucket.raw.arn`, with the module in front. */
    readonly reference: string,
    /** An id, name or ARN that a platform assigns to one object, and not text that could be anything. */
    readonly concrete: boolean,
  ) {}

  get symbol(): string {
    return symbol(this.reference, this.concrete);
  }
}

/** Strings may hold symbols for parts known only after apply. Keys of maps are always known. */
export type PartialValue = null | boolean | number | string | PartialValue[] | PartialMap | Unknown;
export type PartialMap = Map<string, PartialValue>;

/** A resource that no plan shows: what its block does not write is known only after apply. */
export class WrittenResource extends Map<string, PartialValue> {
  constructor(
    readonly reference: string,
    readonly concrete: boolean,
  ) {
    super();
  }
}

/** Terraform itself would refuse the expression. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

export function isMap(value: PartialValue): value is PartialMap {
  return value instanceof Map;
}

/** True where no part of the value is unknown. */
export function isWhole(value: PartialValue): boolean {
  if (value instanceof Unknown) return false;
  if (typeof value === 'string') return !hasSymbol(value);
  if (Array.isArray(value)) return value.every(isWhole);
  return !isMap(value) || [...value.values()].every(isWhole);
}

/** Keys in the order in which Terraform iterates maps and objects. */
export function sortedKeys(map: PartialMap): string[] {
  return [...map.keys()].sort(byCodePoint);
}

export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export function fromJson(value: Json): PartialValue {
  if (Array.isArray(value)) return value.map(fromJson);
  if (!isObject(value)) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
}

/** Symbols in the place of what is unknown. */
export function toJson(value: PartialValue): Json {
  if (value instanceof Unknown) return value.symbol;
  if (Array.isArray(value)) return value.map(toJson);
  if (!isMap(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of value)
    Object.defineProperty(result, key, {
      value: toJson(item),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return result;
}

/** The references of all that is unknown inside, each once. */
export function unknownsIn(value: PartialValue, into: Set<string> = new Set()): Set<string> {
  if (value instanceof Unknown) into.add(value.reference);
  else if (typeof value === 'string')
    for (const match of value.matchAll(/[\uE000\uE001]([^\uE002]*)\uE002/g)) into.add(match[1] ?? '');
  else if (Array.isArray(value)) for (const item of value) unknownsIn(item, into);
  else if (isMap(value)) for (const item of value.values()) unknownsIn(item, into);
  return into;
}

/** As a template shows it. @throws EvaluationError for lists and objects, and for null */
export function toText(value: PartialValue): string {
  if (value instanceof Unknown) return value.symbol;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  throw new EvaluationError('a list, an object or null has no text');
}

/** Decimal digits, never an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
}

export function isEqual(a: PartialValue, b: PartialValue): boolean | undefined {
  if (!isWhole(a) || !isWhole(b)) return a === b && typeof a === 'string' ? true : undefined;
  return sameWhole(a, b);
}

function sameWhole(a: PartialValue, b: PartialValue): boolean {
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => sameWhole(item, b[index] ?? null))
    );
  if (isMap(a))
    return (
      isMap(b) &&
      a.size === b.size &&
      [...a].every(([key, item]) => b.has(key) && sameWhole(item, b.get(key) ?? null))
    );
  return a === b;
}
