// When a block will be left out because time has passed: what `count` and `for_each` come to once the clock of the plan,
// `plantimestamp()`, has gone by a moment that the sources name. Only what then holds for ever counts. What hangs on time
// in any other way, or on what is known only after apply, is not told.

import type { InstanceKey } from '../plan/address.js';
import { hasSymbol } from '../plan/symbol.js';
import { type Budget, type Evaluation, entriesOf } from './evaluate.js';
import {
  EvaluationError,
  isEqual,
  isMap,
  isWhole,
  type PartialValue,
  toText,
  Unknown,
} from './partial-value.js';
import type { Block, Expression } from './syntax.js';
import { toBool, toNumber } from './value-type.js';

/** What the names in an expression mean where it stands. */
export interface Place {
  readonly evaluation: Evaluation;
  /** The block, where it is one instance of it: for `each`. */
  readonly block: Block | undefined;
  /** Names that a `for` around it binds; their values do not hang on time. */
  readonly bound: ReadonlySet<string>;
  /** The same where the same names mean the same. */
  readonly id: string;
  /** Undefined where there is no such local. */
  local(name: string): Written | undefined;
  /** What the call of the module gives; undefined where a default or whoever plans decides. */
  argument(name: string): Written | undefined;
  /** The `for_each` of a resource of the module; undefined where it has none. */
  forEachOf(type: string, name: string): Written | undefined;
}

/** An expression, and where it stands. */
export interface Written {
  readonly expression: Expression;
  readonly place: Place;
}

/** From `from` on, in milliseconds, the value is always this; `-Infinity` where it never was another. */
interface Settled {
  readonly from: number;
  readonly value: PartialValue;
}

const ALWAYS = Number.NEGATIVE_INFINITY;
const DEEPEST = 60;
/** Functions whose result hangs on when they are called. */
const MOVING = new Set(['plantimestamp', 'timestamp', 'uuid', 'bcrypt']);
/** Functions that keep the keys or elements of what they are given. */
const KEEPING = new Set(['toset', 'tomap', 'tolist', 'keys', 'merge', 'concat', 'setunion']);

export class Clock {
  /** Locals and arguments → whether time leaves them alone; false while that is being found out. */
  readonly #still = new Map<string, boolean>();
  /** `for` → place → key → from when on it is left out. */
  readonly #filters = new WeakMap<Expression, Map<string, ReadonlyMap<string, number | undefined>>>();

  constructor(private readonly budget: Budget) {}

  /**
   * From when on, in milliseconds, the instance with this key will not be there; undefined where that is not certain,
   * or where it has nothing to do with time.
   */
  goneFrom(block: Block, key: InstanceKey | undefined, place: Place): number | undefined {
    const { attributes } = block.body;
    const count = attributes.get('count')?.expression;
    const forEach = attributes.get('for_each')?.expression;
    if ((!count && !forEach) || key === undefined) return undefined;
    try {
      const from =
        typeof key === 'number'
          ? count && this.#belowFrom(count, place, key)
          : forEach && this.#withoutFrom(forEach, place, key, 0);
      return from === ALWAYS ? undefined : from;
    } catch (error) {
      if (error instanceof EvaluationError || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** From when on a number is at most `index`. */
  #belowFrom(expression: Expression, place: Place, index: number): number | undefined {
    const found = this.#settled(expression, place, 0);
    const number = found && toNumber(found.value);
    return typeof number === 'number' && number <= index ? found?.from : undefined;
  }

  /** From when on a collection does not hold the key. */
  #withoutFrom(expression: Expression, place: Place, key: string, depth: number): number | undefined {
    if (depth > DEEPEST) return undefined;
    const found = this.#followed(expression, place, depth);
    const { expression: one, place: here } = found;
    const inner = (next: Expression): number | undefined => this.#withoutFrom(next, here, key, depth + 1);
    if (one.kind === 'conditional') {
      const condition = this.#settled(one.condition, here, depth + 1);
      const chosen = condition && branchOf(one, condition.value);
      if (condition) return chosen && later(condition.from, inner(chosen));
      return later(inner(one.yes), inner(one.no));
    }
    if (one.kind === 'call' && KEEPING.has(one.name) && !one.spread)
      return one.arguments.map(inner).reduce(later, ALWAYS);
    if (one.kind === 'for' && this.#isStill(one.collection, here, depth)) {
      const filter = this.#filter(one, here, depth);
      return filter.has(key) ? filter.get(key) : ALWAYS;
    }
    // The instances of another resource have the keys that it was made with.
    const other =
      one.kind === 'attribute' && one.of.kind === 'variable' && !here.bound.has(one.of.name)
        ? here.forEachOf(one.of.name, one.name)
        : undefined;
    if (other) return this.#withoutFrom(other.expression, other.place, key, depth + 1);
    const settled = this.#settled(one, here, depth);
    return settled && lacks(settled.value, key) ? settled.from : undefined;
  }

  /** `{ for name, one in var.users : name => one if … }`: key → when its last entry is left out. @throws EvaluationError */
  #filter(
    one: Expression & { kind: 'for' },
    place: Place,
    depth: number,
  ): ReadonlyMap<string, number | undefined> {
    const found = this.#filters.get(one) ?? new Map<string, ReadonlyMap<string, number | undefined>>();
    this.#filters.set(one, found);
    const known = found.get(place.id);
    if (known) return known;
    const result = new Map<string, number | undefined>();
    for (const [name, item] of entriesOf(place.evaluation.value(one.collection))) {
      const inner = bind(place, [
        [one.keyName, name],
        [one.valueName, item],
      ]);
      const given = one.key ?? one.value;
      const text = this.#isStill(given, inner, depth) ? inner.evaluation.value(given) : undefined;
      if (text === undefined || text instanceof Unknown || !isWhole(text))
        throw new EvaluationError('a key is not known');
      const key = toText(text);
      const kept = one.condition && this.#settled(one.condition, inner, depth + 1);
      const from = kept && truth(kept.value) === false ? kept.from : undefined;
      result.set(key, result.has(key) ? later(result.get(key), from) : from);
    }
    found.set(place.id, result);
    return result;
  }

  /** What the expression comes to in the end; undefined where that cannot be told. */
  #settled(expression: Expression, place: Place, depth: number): Settled | undefined {
    this.budget.spend();
    if (depth > DEEPEST) return undefined;
    if (this.#isStill(expression, place, depth)) {
      const value = place.evaluation.value(expression);
      return isWhole(value) ? { from: ALWAYS, value } : undefined;
    }
    const { expression: one, place: here } = this.#followed(expression, place, depth);
    const inner = (next: Expression): Settled | undefined => this.#settled(next, here, depth + 1);
    switch (one.kind) {
      case 'unary':
        return this.#combined([one.of], ([of]) => ({ ...one, of: of as Expression }), here, depth);
      case 'binary': {
        if (one.operator !== '&&' && one.operator !== '||')
          return this.#combined(
            [one.left, one.right],
            ([left, right]) => ({ ...one, left: left as Expression, right: right as Expression }),
            here,
            depth,
          );
        // One side may decide alone.
        const deciding = one.operator === '||';
        const sides = [inner(one.left), inner(one.right)];
        const alone = sides.flatMap((side) => (side && truth(side.value) === deciding ? [side.from] : []));
        if (alone.length > 0) return { from: Math.min(...alone), value: deciding };
        const [left, right] = sides;
        if (!left || !right || truth(left.value) === undefined || truth(right.value) === undefined)
          return undefined;
        return { from: Math.max(left.from, right.from), value: !deciding };
      }
      case 'conditional': {
        const condition = inner(one.condition);
        if (condition) {
          const branch = branchOf(one, condition.value);
          const chosen = branch && inner(branch);
          return chosen && { from: Math.max(condition.from, chosen.from), value: chosen.value };
        }
        const [yes, no] = [inner(one.yes), inner(one.no)];
        if (!yes || !no || isEqual(yes.value, no.value) !== true) return undefined;
        return { from: Math.max(yes.from, no.from), value: yes.value };
      }
      case 'call':
        if (one.name === 'timecmp') return this.#compared(one.arguments, here, depth);
        if (MOVING.has(one.name) || one.name === 'try' || one.name === 'can') return undefined;
        return this.#combined(one.arguments, (args) => ({ ...one, arguments: args }), here, depth);
      case 'tuple':
        return this.#combined(one.items, (items) => ({ ...one, items }), here, depth);
      default:
        return undefined;
    }
  }

  /** All parts are settled, and so is what is made of them. */
  #combined(
    parts: readonly Expression[],
    make: (parts: readonly Expression[]) => Expression,
    place: Place,
    depth: number,
  ): Settled | undefined {
    const settled: Settled[] = [];
    for (const part of parts) {
      const found = this.#settled(part, place, depth + 1);
      if (!found) return undefined;
      settled.push(found);
    }
    const names = settled.map((_, index): Expression => ({ kind: 'variable', name: `part ${index}` }));
    const evaluation = place.evaluation.with(settled.map(({ value }, index) => [`part ${index}`, value]));
    const value = evaluation.value(make(names));
    return isWhole(value) ? { from: Math.max(ALWAYS, ...settled.map(({ from }) => from)), value } : undefined;
  }

  /** `timecmp(plantimestamp(), "2027-01-31T00:00:00Z")`, either way round: once that moment is past, it stays past. */
  #compared([left, right]: readonly Expression[], place: Place, depth: number): Settled | undefined {
    if (!left || !right) return undefined;
    const isFirst = this.#isNow(left, place, depth);
    const other = isFirst ? right : left;
    if ((!isFirst && !this.#isNow(right, place, depth)) || !this.#isStill(other, place, depth))
      return undefined;
    const end = place.evaluation.value(other);
    if (typeof end !== 'string' || hasSymbol(end)) return undefined;
    const literal: Expression = { kind: 'literal', value: end };
    // Terraform takes fewer texts for a moment than JavaScript does.
    const isMoment = { kind: 'call', name: 'timecmp', arguments: [literal, literal], spread: false } as const;
    if (place.evaluation.value(isMoment) !== 0) return undefined;
    const from = Date.parse(end);
    return Number.isNaN(from) ? undefined : { from, value: isFirst ? 1 : -1 };
  }

  #isNow(expression: Expression, place: Place, depth: number): boolean {
    const { expression: one } = this.#followed(expression, place, depth);
    return one.kind === 'call' && one.name === 'plantimestamp' && one.arguments.length === 0;
  }

  /** True where nothing in the expression hangs on when it is planned, or on anything outside of the configuration. */
  #isStill(expression: Expression, place: Place, depth: number): boolean {
    this.budget.spend();
    if (depth > DEEPEST) return false;
    const all = (parts: readonly (Expression | undefined)[], where = place): boolean =>
      parts.every((part) => part === undefined || this.#isStill(part, where, depth + 1));
    switch (expression.kind) {
      case 'literal':
        return true;
      case 'unreadable':
        return false;
      case 'template':
        return expression.parts.every(
          (part) => part.kind === 'text' || (part.kind === 'interpolation' && all([part.of])),
        );
      case 'unary':
        return all([expression.of]);
      case 'binary':
        return all([expression.left, expression.right]);
      case 'conditional':
        return all([expression.condition, expression.yes, expression.no]);
      case 'call':
        return !MOVING.has(expression.name) && all(expression.arguments);
      case 'tuple':
        return all(expression.items);
      case 'object':
        return expression.entries.every(({ key, value }) => all([key, value]));
      case 'for': {
        const bound = new Set(place.bound);
        for (const name of [expression.keyName, expression.valueName])
          if (name !== undefined) bound.add(name);
        const { key, value, condition, collection } = expression;
        return all([collection]) && all([key, value, condition], { ...place, bound });
      }
      case 'index':
        return all([expression.of, expression.key]);
      case 'splat':
        return (
          all([expression.of]) && all(expression.each.map((step) => ('key' in step ? step.key : undefined)))
        );
      case 'variable':
        return place.bound.has(expression.name);
      case 'attribute': {
        if (expression.of.kind !== 'variable' || place.bound.has(expression.of.name))
          return all([expression.of]);
        return this.#isStillName(expression.of.name, expression.name, place, depth);
      }
    }
  }

  #isStillName(kind: string, name: string, place: Place, depth: number): boolean {
    if (kind === 'count' || kind === 'path') return true;
    if (kind === 'each') {
      const forEach = place.block?.body.attributes.get('for_each')?.expression;
      return forEach !== undefined && this.#isStill(forEach, { ...place, bound: new Set() }, depth + 1);
    }
    if (kind !== 'local' && kind !== 'var') return false;
    const id = `${place.id} ${kind} ${name}`;
    const known = this.#still.get(id);
    if (known !== undefined) return known;
    this.#still.set(id, false);
    const meant = kind === 'local' ? place.local(name) : place.argument(name);
    // A default and what whoever plans gives stand still; a local that is not there is none.
    const still = meant ? this.#isStill(meant.expression, meant.place, depth + 1) : kind === 'var';
    this.#still.set(id, still);
    return still;
  }

  /** Through locals, arguments of modules, attributes of written objects, and templates that hold nothing else. */
  #followed(expression: Expression, place: Place, depth: number): Written {
    this.budget.spend();
    const here: Written = { expression, place };
    if (depth > DEEPEST) return here;
    if (expression.kind === 'template') {
      const [only] = expression.parts;
      return expression.parts.length === 1 && only?.kind === 'interpolation'
        ? this.#followed(only.of, place, depth + 1)
        : here;
    }
    if (expression.kind !== 'attribute') return here;
    const { of, name } = expression;
    if (of.kind === 'variable') {
      if (place.bound.has(of.name)) return here;
      const meant =
        of.name === 'local' ? place.local(name) : of.name === 'var' ? place.argument(name) : undefined;
      return meant ? this.#followed(meant.expression, meant.place, depth + 1) : here;
    }
    const outer = this.#followed(of, place, depth + 1);
    if (outer.expression.kind !== 'object') return here;
    const entry = outer.expression.entries.find(({ key }) => key.kind === 'literal' && key.value === name);
    return entry ? this.#followed(entry.value, outer.place, depth + 1) : here;
  }
}

function bind(place: Place, names: readonly (readonly [string | undefined, PartialValue])[]): Place {
  return {
    ...place,
    evaluation: place.evaluation.with(names),
    bound: new Set([...place.bound, ...names.flatMap(([name]) => name ?? [])]),
  };
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : Math.max(one, other);
}

/** Undefined for null, which a default may stand in for. */
function truth(value: PartialValue): boolean | undefined {
  return toBool(value) ?? undefined;
}

function branchOf(
  { yes, no }: Expression & { kind: 'conditional' },
  condition: PartialValue,
): Expression | undefined {
  const chosen = truth(condition);
  return chosen === undefined ? undefined : chosen ? yes : no;
}

function lacks(value: PartialValue, key: string): boolean {
  if (isMap(value)) return !value.has(key);
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' && toText(one) !== key);
}
