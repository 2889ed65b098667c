// Types of values, as the language compares and converts them: a list is no tuple, and what stands in one list is of one
// type.
// Conversion and unification: https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion

import { hasSymbol } from '../plan/symbol.js';
import {
  byCodePoint,
  EvaluationError,
  isEqual,
  isMap,
  ListValue,
  MapValue,
  type PartialValue,
  SetValue,
  toText,
  Unknown,
  type ValueType,
} from './partial-value.js';

const DEEPEST = 60;

export function typeOf(value: PartialValue, depth = 0): ValueType {
  if (value === null || value instanceof Unknown || depth > DEEPEST) return 'any';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  const inner = (one: PartialValue): ValueType => typeOf(one, depth + 1);
  if (Array.isArray(value)) {
    if (value instanceof ListValue || value instanceof SetValue)
      return { kind: value.kind, item: value.item ?? unify(value.map(inner)) ?? 'any' };
    return { kind: 'tuple', items: value.map(inner) };
  }
  if (value instanceof MapValue)
    return { kind: 'map', item: value.item ?? unify([...value.values()].map(inner)) ?? 'any' };
  return { kind: 'object', attributes: new Map([...value].map(([key, item]) => [key, inner(item)])) };
}

/** The one type that all can be converted to; undefined where there is none. */
export function unify(types: readonly ValueType[]): ValueType | undefined {
  const known = types.filter((type) => type !== 'any');
  const [first] = known;
  if (first === undefined) return 'any';
  if (known.every((type) => typeof type === 'string')) {
    if (known.every((type) => type === first)) return first;
    return known.includes('string') ? 'string' : undefined;
  }
  const kinds = new Set(known.map((type) => (typeof type === 'string' ? type : type.kind)));
  const only = (...allowed: string[]): boolean => [...kinds].every((kind) => allowed.includes(kind));
  if (only('map', 'object') && (kinds.has('map') || !sameAttributes(known)))
    return of('map', known.flatMap(itemsOf));
  if (only('object')) {
    const attributes = new Map<string, ValueType>();
    for (const name of attributesOf(first).keys()) {
      const type = unify(known.map((one) => attributesOf(one).get(name) ?? 'any'));
      if (type === undefined) return undefined;
      attributes.set(name, type);
    }
    return { kind: 'object', attributes };
  }
  const lengths = new Set(known.map((type) => itemsOf(type).length));
  if (only('list', 'tuple') && (kinds.has('list') || lengths.size > 1))
    return of('list', known.flatMap(itemsOf));
  if (only('tuple')) {
    const items = itemsOf(first).map((_, index) => unify(known.map((one) => itemsOf(one)[index] ?? 'any')));
    return items.every((item) => item !== undefined)
      ? { kind: 'tuple', items: items as ValueType[] }
      : undefined;
  }
  if (only('set', 'list', 'tuple')) return of(kinds.has('list') ? 'list' : 'set', known.flatMap(itemsOf));
  return undefined;
}

function of(kind: 'list' | 'set' | 'map', items: readonly ValueType[]): ValueType | undefined {
  const item = unify(items);
  return item === undefined ? undefined : { kind, item };
}

function itemsOf(type: ValueType): readonly ValueType[] {
  if (typeof type === 'string') return [];
  if (type.kind === 'tuple') return type.items;
  return type.kind === 'object' ? [...type.attributes.values()] : [type.item];
}

function attributesOf(type: ValueType): ReadonlyMap<string, ValueType> {
  return typeof type !== 'string' && type.kind === 'object' ? type.attributes : new Map();
}

function sameAttributes(types: readonly ValueType[]): boolean {
  const names = (type: ValueType | undefined): string =>
    JSON.stringify([...attributesOf(type ?? 'any').keys()].sort());
  return types.every((type) => names(type) === names(types[0]));
}

/** @throws EvaluationError where Terraform would refuse it */
export function convertTo(value: PartialValue, type: ValueType): PartialValue {
  if (value === null || value instanceof Unknown || type === 'any') return value;
  switch (type) {
    case 'string':
      return toText(value);
    case 'number':
      return typeof value === 'string' && hasSymbol(value) ? value : toNumber(value);
    case 'bool':
      return typeof value === 'string' && hasSymbol(value) ? value : toBool(value);
  }
  switch (type.kind) {
    case 'list':
    case 'set': {
      if (!Array.isArray(value)) throw new EvaluationError('a list is wanted');
      const items = value.map((item) => convertTo(item, type.item));
      return type.kind === 'set' ? setOf(items, type.item) : ListValue.holding(items, type.item);
    }
    case 'map':
      if (!isMap(value)) throw new EvaluationError('a map is wanted');
      return new MapValue(
        [...value].map(([key, item]) => [key, convertTo(item, type.item)]),
        type.item,
      );
    case 'tuple':
      if (!Array.isArray(value) || 'kind' in value || value.length !== type.items.length)
        throw new EvaluationError('a tuple is wanted');
      return Array.from(value, (item, index) => convertTo(item, type.items[index] as ValueType));
    case 'object': {
      if (!isMap(value)) throw new EvaluationError('an object is wanted');
      return new Map(
        [...type.attributes].map(([name, wanted]) => {
          const item = value.get(name);
          if (item === undefined) throw new EvaluationError(`there is no ${name}`);
          return [name, convertTo(item, wanted)];
        }),
      );
    }
  }
}

/** @throws EvaluationError where there is none */
function commonType(values: readonly PartialValue[]): ValueType {
  const type = unify(values.map((value) => typeOf(value)));
  if (type === undefined) throw new EvaluationError('values of one type are wanted');
  return type;
}

/** All as values of one type. @throws EvaluationError where there is none */
export function unified(values: readonly PartialValue[]): PartialValue[] {
  const type = commonType(values);
  return values.map((value) => convertTo(value, type));
}

/** @throws EvaluationError where the items are of several types */
export function toList(value: PartialValue): ListValue {
  if (!Array.isArray(value)) throw new EvaluationError('a list is wanted');
  if (value instanceof ListValue) return value;
  const item = (value instanceof SetValue ? value.item : undefined) ?? commonType(Array.from(value));
  return convertTo(value, { kind: 'list', item }) as ListValue;
}

/** @throws EvaluationError where the items are of several types */
export function toSet(value: PartialValue): SetValue {
  if (!Array.isArray(value)) throw new EvaluationError('a list is wanted');
  if (value instanceof SetValue) return value;
  const item = (value instanceof ListValue ? value.item : undefined) ?? commonType(Array.from(value));
  return convertTo(value, { kind: 'set', item }) as SetValue;
}

/** @throws EvaluationError where the values are of several types */
export function toMap(value: PartialValue): MapValue {
  if (!isMap(value)) throw new EvaluationError('a map is wanted');
  if (value instanceof MapValue) return value;
  return convertTo(value, { kind: 'map', item: commonType([...value.values()]) }) as MapValue;
}

/** Equal ones once, in the order of sets; symbols may turn out equal, and stay. */
function setOf(items: readonly PartialValue[], item: ValueType): SetValue {
  return SetValue.holding([...distinctOf(items)].sort(inSets), item);
}

function inSets(a: PartialValue, b: PartialValue): number {
  if (typeof a === 'string' && typeof b === 'string') return byCodePoint(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return typeof a === 'boolean' && typeof b === 'boolean' ? Number(a) - Number(b) : 0;
}

export function distinctOf(items: readonly PartialValue[]): PartialValue[] {
  if (items.every((item) => typeof item === 'string')) return [...new Set(items)];
  const result: PartialValue[] = [];
  for (const item of items) if (!result.some((other) => isEqual(other, item) === true)) result.push(item);
  return result;
}

/** @throws EvaluationError where Terraform would refuse the value */
export function toNumber(value: PartialValue): number | null {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value))
    return Number(value);
  throw new EvaluationError('a number is wanted');
}

/** @throws EvaluationError where Terraform would refuse the value */
export function toBool(value: PartialValue): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new EvaluationError('true or false is wanted');
}
