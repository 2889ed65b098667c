// The value of an expression that refers to nothing and calls nothing; what plan JSON calls a constant.

import type { Json, JsonObject } from '../plan/json.js';
import type { Expression } from './syntax.js';

const DEEPEST = 100;

/** Undefined where the expression is more than a literal. */
export function constantOf(expression: Expression, depth = 0): { readonly value: Json } | undefined {
  if (depth > DEEPEST) return undefined;
  switch (expression.kind) {
    case 'literal':
      return { value: expression.value };
    case 'template': {
      const texts = expression.parts.map((part) => (part.kind === 'text' ? part.text : undefined));
      return texts.includes(undefined) ? undefined : { value: texts.join('') };
    }
    case 'unary': {
      const of = constantOf(expression.of, depth + 1)?.value;
      if (expression.operator === '-' && typeof of === 'number') return { value: -of };
      return expression.operator === '!' && typeof of === 'boolean' ? { value: !of } : undefined;
    }
    case 'tuple': {
      const items = expression.items.map((item) => constantOf(item, depth + 1));
      return items.includes(undefined) ? undefined : { value: items.map((item) => item?.value ?? null) };
    }
    case 'object': {
      const value: JsonObject = {};
      for (const entry of expression.entries) {
        const key = constantOf(entry.key, depth + 1)?.value;
        const inner = constantOf(entry.value, depth + 1);
        if (!inner || (typeof key !== 'string' && typeof key !== 'number')) return undefined;
        Object.defineProperty(value, String(key), {
          value: inner.value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return { value };
    }
    default:
      return undefined;
  }
}
