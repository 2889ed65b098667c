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

/** A plain array is a tuple, and so is what `map` and the like make of these. */
abstract class Items extends Array<PartialValue> {
  /** What the items are, where it is known; of an empty one nothing else tells. */
  declare item?: ValueType | undefined;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** All items are of one type. */
export class ListValue extends Items {
  get kind(): 'list' {
    return 'list';
  }

  static holding(items: readonly PartialValue[], item?: ValueType): ListValue {
    const result = new ListValue();
    if (item !== undefined) Object.defineProperty(result, 'item', { value: item });
    for (const item of items) result.push(item);
    return result;
  }
}

/** All items are of one type, in the order in which Terraform goes through sets. */
export class SetValue extends Items {
  get kind(): 'set' {
    return 'set';
  }

  static holding(items: readonly PartialValue[], item?: ValueType): SetValue {
    const result = new SetValue();
    if (item !== undefined) Object.defineProperty(result, 'item', { value: item });
    for (const item of items) result.push(item);
    return result;
  }
}

/** All values are of one type; a plain map is an object. */
export class MapValue extends Map<string, PartialValue> {
  constructor(
    entries: readonly (readonly [string, PartialValue])[],
    readonly item?: ValueType,
  ) {
    super(entries);
  }
}

/** A resource that no plan shows: what its block does not write is known only after apply. */
export class WrittenResource extends Map<string, PartialValue> {
  constructor(
    readonly reference: string,
    readonly concrete: boolean,
  ) {
    super();
  }
}

/** `any` is the type of null, and of what is unknown. */
export type ValueType =
  | 'any'
  | 'string'
  | 'number'
  | 'bool'
  | { readonly kind: 'list' | 'set' | 'map'; readonly item: ValueType }
  | { readonly kind: 'tuple'; readonly items: readonly ValueType[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, ValueType> };

/** Terraform itself would refuse the expression. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

export function isMap(value: PartialValue): value is PartialMap {
  return value instanceof Map;
}

const weights = new WeakMap<object, number>();

/** How many values stand in a value, shared ones counted as often as they stand there. */
export function weightOf(value: PartialValue): number {
  if (value === null || typeof value !== 'object' || value instanceof Unknown) return 1;
  const known = weights.get(value);
  if (known !== undefined) return known;
  let weight = 1;
  for (const item of value.values()) weight += weightOf(item);
  weights.set(value, weight);
  return weight;
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
  if (typeof value === 'string') return value.normalize('NFC');
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
  const [mantissa = '', exponent] = (Object.is(value, -0) ? '-0' : String(value)).split('e');
  if (exponent === undefined) return mantissa;
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const sign = value < 0 ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? `${sign}${digits}${'0'.repeat(point - digits.length)}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** As `==` has it: values of different types are never equal. Undefined where it cannot be told. */
export function isEqual(a: PartialValue, b: PartialValue): boolean | undefined {
  if (a instanceof Unknown || b instanceof Unknown) return undefined;
  if (typeof a === 'string' && typeof b === 'string') {
    if (a === b) return true;
    return hasSymbol(a) || hasSymbol(b) ? undefined : false;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (kindOf(a) !== kindOf(b) || a.length !== b.length) return false;
    if (a.length === 0) return kindOf(a) === 'tuple' || sameItems(a, b) ? true : undefined;
    return every(a.map((item, index) => isEqual(item, b[index] ?? null)));
  }
  if (a !== null && b !== null && isMap(a) && isMap(b)) {
    if (a instanceof MapValue !== b instanceof MapValue || a.size !== b.size) return false;
    if (a.size === 0) return !(a instanceof MapValue) || sameItems(a, b) ? true : undefined;
    return every([...a].map(([key, item]) => (b.has(key) ? isEqual(item, b.get(key) ?? null) : false)));
  }
  return a === b;
}

/** Empty collections are equal where they are of one type. */
function sameItems(a: PartialValue, b: PartialValue): boolean {
  const item = (one: PartialValue): string | undefined =>
    one instanceof ListValue || one instanceof SetValue || one instanceof MapValue
      ? JSON.stringify(one.item, (_, inner) => (inner instanceof Map ? [...inner] : inner))
      : undefined;
  return item(a) !== undefined && item(a) === item(b);
}

function kindOf(value: PartialValue[]): 'list' | 'set' | 'tuple' {
  return value instanceof ListValue ? 'list' : value instanceof SetValue ? 'set' : 'tuple';
}

function every(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
