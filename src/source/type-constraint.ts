// Converts a value to the type that a variable declares: `object({ name = string, ttl = optional(string, "30d") })`.
// Types: https://developer.hashicorp.com/terraform/language/expressions/type-constraints

import {
  EvaluationError,
  isMap,
  type PartialMap,
  type PartialValue,
  toText,
  Unknown,
} from './partial-value.js';
import type { Expression } from './syntax.js';
import { toBool, toList, toMap, toNumber, toSet } from './value-type.js';

/**
 * @param evaluate gives the defaults of optional attributes
 * @throws EvaluationError where Terraform would refuse the value
 */
export function convert(
  value: PartialValue,
  type: Expression,
  evaluate: (expression: Expression) => PartialValue,
): PartialValue {
  if (value instanceof Unknown || value === null) return value;
  if (type.kind === 'variable') {
    switch (type.name) {
      case 'string':
        return toText(value);
      case 'number':
        return typeof value === 'string' && /[\uE000\uE001]/.test(value) ? value : toNumber(value);
      case 'bool':
        return typeof value === 'string' && /[\uE000\uE001]/.test(value) ? value : toBool(value);
      default:
        return value;
    }
  }
  if (type.kind !== 'call') return value;
  const [inner] = type.arguments;
  switch (type.name) {
    case 'list':
    case 'set': {
      if (!Array.isArray(value)) throw new EvaluationError('a list is wanted');
      const items = inner ? value.map((item) => convert(item, inner, evaluate)) : Array.from(value);
      return type.name === 'set' ? toSet(items) : toList(items);
    }
    case 'map': {
      if (!isMap(value)) throw new EvaluationError('a map is wanted');
      return toMap(
        new Map([...value].map(([key, item]) => [key, inner ? convert(item, inner, evaluate) : item])),
      );
    }
    case 'tuple':
      if (!Array.isArray(value) || inner?.kind !== 'tuple') return value;
      if (value.length !== inner.items.length)
        throw new EvaluationError('a tuple of another length is wanted');
      return value.map((item, index) => {
        const one = inner.items[index];
        return one ? convert(item, one, evaluate) : item;
      });
    case 'object':
      return inner?.kind === 'object' ? toObject(value, inner, evaluate) : value;
    default:
      return value;
  }
}

/** An object keeps the attributes of its type only, and gets those that it lacks. */
function toObject(
  value: PartialValue,
  type: Expression & { kind: 'object' },
  evaluate: (expression: Expression) => PartialValue,
): PartialValue {
  if (!isMap(value)) throw new EvaluationError('an object is wanted');
  const result: PartialMap = new Map();
  for (const entry of type.entries) {
    if (entry.key.kind !== 'literal') continue;
    const name = String(entry.key.value);
    const optional =
      entry.value.kind === 'call' && entry.value.name === 'optional' ? entry.value.arguments : undefined;
    const wanted = optional?.[0] ?? entry.value;
    const given = value.get(name);
    if (given === undefined && !optional) throw new EvaluationError(`there is no ${name}`);
    const found = given ?? (optional?.[1] ? evaluate(optional[1]) : null);
    result.set(name, convert(found, wanted, evaluate));
  }
  return result;
}
