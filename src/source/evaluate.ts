// Evaluates an expression before apply. What is unknown stays a symbol; what cannot be told, or would need more work
// than any configuration does, is unknown as well. It never guesses.
// Semantics: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions

import { calculate } from './decimal.js';
import { FUNCTIONS, TAKES_UNKNOWN } from './functions.js';
import {
  EvaluationError,
  isEqual,
  isMap,
  numberText,
  type PartialMap,
  type PartialValue,
  SetValue,
  sortedKeys,
  toText,
  Unknown,
  WrittenResource,
  weightOf,
} from './partial-value.js';
import type { Expression, SplatStep, TemplatePart } from './syntax.js';
import { convertTo, toBool, toNumber, typeOf, unify } from './value-type.js';

/** One step of a traversal: a name, or a computed key. */
export type Step =
  | { readonly name: string }
  | { readonly key: Expression }
  | { readonly splat: readonly SplatStep[] };

/** What names mean where an expression stands. */
export interface Scope {
  /**
   * The value that a traversal starts with: `var.tags` of `var.tags["owner"]`.
   * `keyOf` evaluates an index on the way. @throws EvaluationError
   */
  start(
    name: string,
    steps: readonly Step[],
    keyOf: (expression: Expression) => PartialValue,
  ): { readonly value: PartialValue; readonly used: number };
  /**
   * Functions that look at where they are called: `plantimestamp`, `file`.
   * `render` evaluates a template that knows nothing but these names.
   */
  call(
    name: string,
    args: readonly PartialValue[],
    render: (template: Expression, names: PartialMap) => PartialValue,
  ): PartialValue | undefined;
}

/** Work that one plan may cost, counted in expressions. */
export class Budget {
  constructor(public left: number) {}

  /** @throws EvaluationError */
  spend(): void {
    if (--this.left < 0) throw new EvaluationError('the configuration is too large to be evaluated');
  }
}

const DEEPEST = 150;
/** Values in one value. */
const HEAVIEST = 200_000;
const LONGEST_TEXT = 4 * 2 ** 20;

export class Evaluation {
  constructor(
    private readonly scope: Scope,
    private readonly budget: Budget,
    private readonly bound: ReadonlyMap<string, PartialValue> = new Map(),
    private readonly depth = 0,
  ) {}

  /** The same with more names: of a `for`, of a dynamic block. */
  with(names: readonly (readonly [string | undefined, PartialValue])[]): Evaluation {
    const bound = new Map(this.bound);
    for (const [name, value] of names) if (name !== undefined) bound.set(name, value);
    return new Evaluation(this.scope, this.budget, bound, this.depth + 1);
  }

  /** @throws EvaluationError where Terraform would refuse the expression */
  value(expression: Expression): PartialValue {
    const value = this.#value(expression);
    // Locals that double each other are small to write, and nobody could go through them.
    if (weightOf(value) > HEAVIEST) throw new EvaluationError('a value is too large');
    return value;
  }

  #value(expression: Expression): PartialValue {
    this.budget.spend();
    if (this.depth > DEEPEST) throw new EvaluationError('the configuration is nested too deep');
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'template':
        return this.#template(expression.parts);
      case 'variable':
      case 'attribute':
      case 'index':
      case 'splat':
        return this.#traversal(expression);
      case 'unary': {
        const of = this.#inner(expression.of);
        if (of instanceof Unknown) return of;
        return expression.operator === '!' ? !required(toBool(of)) : -required(toNumber(of));
      }
      case 'binary':
        return this.#binary(expression);
      case 'conditional':
        return this.#conditional(expression);
      case 'call':
        return this.#call(expression);
      case 'tuple':
        return expression.items.map((item) => this.#inner(item));
      case 'object':
        return this.#object(expression);
      case 'for':
        return this.#for(expression);
      case 'unreadable':
        return new Unknown('an expression', false);
    }
  }

  #inner(expression: Expression): PartialValue {
    return new Evaluation(this.scope, this.budget, this.bound, this.depth + 1).value(expression);
  }

  #object(expression: Expression & { kind: 'object' }): PartialValue {
    const result: PartialMap = new Map();
    for (const entry of expression.entries) {
      const key = this.#inner(entry.key);
      // An object with a key that nobody knows may hold anything.
      if (key instanceof Unknown) return new Unknown(key.reference, false);
      result.set(toText(key), this.#inner(entry.value));
    }
    return result;
  }

  #traversal(expression: Expression): PartialValue {
    const steps: Step[] = [];
    let base = expression;
    for (;;) {
      if (base.kind === 'attribute') steps.push({ name: base.name });
      else if (base.kind === 'index') steps.push({ key: base.key });
      else if (base.kind === 'splat') steps.push({ splat: base.each });
      else break;
      base = base.of;
    }
    steps.reverse();
    let value: PartialValue;
    let used = 0;
    if (base.kind !== 'variable') value = this.#inner(base);
    else {
      const bound = this.bound.get(base.name);
      if (bound !== undefined) value = bound;
      else ({ value, used } = this.scope.start(base.name, steps, (key) => this.#inner(key)));
    }
    for (const step of steps.slice(used)) value = this.#step(value, step);
    return value;
  }

  #step(value: PartialValue, step: Step): PartialValue {
    if ('splat' in step) return this.#splat(value, step.splat);
    if ('name' in step) return attributeOf(value, step.name);
    return elementOf(value, this.#inner(step.key));
  }

  #splat(value: PartialValue, steps: readonly SplatStep[]): PartialValue {
    if (value instanceof Unknown) return value;
    const items = value === null ? [] : Array.isArray(value) ? Array.from(value) : [value];
    return items.map((item) => steps.reduce((inner: PartialValue, step) => this.#step(inner, step), item));
  }

  #binary(expression: Expression & { kind: 'binary' }): PartialValue {
    const { operator } = expression;
    if (operator === '&&' || operator === '||') return this.#logical(expression, operator === '||');
    const left = this.#inner(expression.left);
    const right = this.#inner(expression.right);
    if (operator === '==' || operator === '!=') {
      const same = isEqual(left, right);
      if (same === undefined) return unknownOf([left, right]);
      return operator === '==' ? same : !same;
    }
    if (left instanceof Unknown || right instanceof Unknown) return unknownOf([left, right]);
    if (hasUnknownText(left) || hasUnknownText(right)) return unknownOf([left, right]);
    const [a, b] = [required(toNumber(left)), required(toNumber(right))];
    switch (operator) {
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        if (b === 0 && operator === '%') return new Unknown('a number', false);
        if (b === 0 && operator === '/') throw new EvaluationError('division by zero');
        return calculate(a, operator, b) ?? new Unknown('a number', false);
      case '<':
        return a < b;
      case '<=':
        return a <= b;
      case '>':
        return a > b;
      case '>=':
        return a >= b;
    }
  }

  /** One side may decide alone, whatever the other is. */
  #logical({ left, right }: Expression & { kind: 'binary' }, deciding: boolean): PartialValue {
    const side = (of: Expression): { readonly value?: PartialValue; readonly error?: EvaluationError } => {
      try {
        return { value: this.#inner(of) };
      } catch (error) {
        if (!(error instanceof EvaluationError) || this.budget.left < 0) throw error;
        return { error };
      }
    };
    const sides = [side(left), side(right)];
    const known = sides.map(({ value }) =>
      value === undefined || value instanceof Unknown || hasUnknownText(value) ? undefined : toBool(value),
    );
    if (known.includes(deciding)) return deciding;
    for (const { error } of sides) if (error) throw error;
    // Releases differ in what null is here.
    if (known.includes(undefined) || known.includes(null))
      return unknownOf(sides.map(({ value }) => value ?? null));
    return !deciding;
  }

  #conditional(expression: Expression & { kind: 'conditional' }): PartialValue {
    const condition = this.#inner(expression.condition);
    const decided = !(condition instanceof Unknown) && !hasUnknownText(condition);
    const chosen = decided && required(toBool(condition));
    // The branch that is not taken may fail, but where it does not, both must be of one type.
    const branch = (of: Expression, taken: boolean): PartialValue => {
      try {
        return this.#inner(of);
      } catch (error) {
        if (taken || !(error instanceof EvaluationError) || this.budget.left < 0) throw error;
        return new Unknown('an expression', false);
      }
    };
    const yes = branch(expression.yes, !decided || chosen === true);
    const no = branch(expression.no, !decided || chosen === false);
    const type = unify([typeOf(yes), typeOf(no)]);
    if (type === undefined) throw new EvaluationError('the branches are of different types');
    if (decided) return convertTo(chosen ? yes : no, type);
    return isEqual(yes, no) === true ? convertTo(yes, type) : unknownOf([condition]);
  }

  #call(expression: Expression & { kind: 'call' }): PartialValue {
    const { name } = expression;
    if (name === 'try' || name === 'can') return this.#try(expression);
    const args = expression.arguments.map((one) => this.#inner(one));
    if (expression.spread) {
      const last = args.pop();
      if (last instanceof Unknown) return unknownOf([last]);
      if (!Array.isArray(last)) throw new EvaluationError('a list is wanted before ...');
      args.push(...last);
    }
    const named = this.scope.call(name, args, (template, names) =>
      new Evaluation(new TemplateScope(this.scope), this.budget, names, this.depth + 1).value(template),
    );
    if (named !== undefined) return named;
    const apply = FUNCTIONS.get(name);
    if (!apply) return args.length > 0 ? unknownOf(args, `${name}()`) : new Unknown(`${name}()`, false);
    if (!TAKES_UNKNOWN.has(name) && args.some((one) => one instanceof Unknown)) return unknownOf(args);
    const result = apply(...args);
    return result === undefined ? unknownOf(args, `${name}()`) : result;
  }

  #try(expression: Expression & { kind: 'call' }): PartialValue {
    for (const one of expression.arguments) {
      try {
        const value = this.#inner(one);
        if (value instanceof Unknown)
          return new Unknown(value.reference, expression.name === 'try' && value.concrete);
        return expression.name === 'can' ? true : value;
      } catch (error) {
        if (!(error instanceof EvaluationError) || this.budget.left < 0) throw error;
      }
    }
    if (expression.name === 'can') return false;
    throw new EvaluationError('try finds nothing');
  }

  #for(expression: Expression & { kind: 'for' }): PartialValue {
    const collection = this.#inner(expression.collection);
    if (collection instanceof Unknown) return new Unknown(collection.reference, false);
    if (expression.condition) this.#checkCondition(expression.condition, expression);
    const list: PartialValue[] = [];
    const object: PartialMap = new Map();
    for (const [key, item] of entriesOf(collection)) {
      const inner = this.with([
        [expression.keyName, key],
        [expression.valueName, item],
      ]);
      if (expression.condition) {
        const keep = inner.value(expression.condition);
        if (keep instanceof Unknown || hasUnknownText(keep)) return unknownOf([keep]);
        if (!required(toBool(keep))) continue;
      }
      const value = inner.value(expression.value);
      if (!expression.key) list.push(value);
      else {
        const name = inner.value(expression.key);
        if (name instanceof Unknown || hasUnknownText(name)) return unknownOf([name]);
        const text = toText(name);
        const earlier = object.get(text);
        if (!expression.grouped) {
          if (object.has(text)) throw new EvaluationError('two elements have the same key');
          object.set(text, value);
        } else object.set(text, [...(Array.isArray(earlier) ? earlier : []), value]);
      }
    }
    return expression.key ? object : list;
  }

  /** A condition that is none is refused before anything is gone through. @throws EvaluationError */
  #checkCondition(condition: Expression, names: Expression & { kind: 'for' }): void {
    const anything = new Unknown('an element', false);
    const keep = this.with([
      [names.keyName, anything],
      [names.valueName, anything],
    ]).value(condition);
    if (!(keep instanceof Unknown) && !hasUnknownText(keep)) required(toBool(keep));
  }

  #template(parts: readonly TemplatePart[]): PartialValue {
    const [only] = parts;
    if (parts.length === 1 && only?.kind === 'interpolation') return this.#inner(only.of);
    return this.#text(parts);
  }

  #text(parts: readonly TemplatePart[]): string | Unknown {
    let result = '';
    for (const part of parts) {
      if (part.kind === 'text') result += part.text;
      else if (part.kind === 'interpolation') result += toText(this.#inner(part.of));
      else if (part.kind === 'if') {
        const condition = this.#inner(part.condition);
        if (condition instanceof Unknown || hasUnknownText(condition)) return unknownOf([condition]);
        const inner = this.#text(required(toBool(condition)) ? part.yes : part.no);
        if (inner instanceof Unknown) return inner;
        result += inner;
      } else {
        const collection = this.#inner(part.collection);
        if (collection instanceof Unknown) return unknownOf([collection]);
        for (const [key, item] of entriesOf(collection)) {
          const inner = this.with([
            [part.keyName, key],
            [part.valueName, item],
          ]).#text(part.body);
          if (inner instanceof Unknown) return inner;
          result += inner;
        }
      }
      if (result.length > LONGEST_TEXT) throw new EvaluationError('a text is too long');
    }
    return result.normalize('NFC');
  }
}

/** Inside of `templatefile`: the names that it is given are all. */
class TemplateScope implements Scope {
  constructor(private readonly outer: Scope) {}

  start(name: string): never {
    throw new EvaluationError(`the template is not given ${name}`);
  }

  call(...parts: Parameters<Scope['call']>): PartialValue | undefined {
    return this.outer.call(...parts);
  }
}

/** @throws EvaluationError where there is no such attribute */
export function attributeOf(value: PartialValue, name: string): PartialValue {
  if (value instanceof Unknown) return new Unknown(`${value.reference}.${name}`, value.concrete);
  if (isMap(value)) {
    const found = value.get(name);
    if (found !== undefined) return found;
    if (value instanceof WrittenResource) return new Unknown(`${value.reference}.${name}`, value.concrete);
  }
  // `list.0` is the old way to write `list[0]`.
  if (Array.isArray(value) && !(value instanceof SetValue) && /^\d+$/.test(name))
    return elementOf(value, Number(name));
  throw new EvaluationError(`there is no ${name}`);
}

/** @throws EvaluationError where there is no such element */
export function elementOf(value: PartialValue, key: PartialValue): PartialValue {
  if (value instanceof Unknown) {
    if (typeof key === 'number') return new Unknown(`${value.reference}[${numberText(key)}]`, value.concrete);
    if (typeof key === 'string' && !hasUnknownText(key))
      return new Unknown(`${value.reference}[${JSON.stringify(key)}]`, value.concrete);
    return new Unknown(value.reference, value.concrete);
  }
  if (key instanceof Unknown || hasUnknownText(key)) return unknownOf([key]);
  if (value instanceof SetValue) throw new EvaluationError('a set has no places');
  if (Array.isArray(value)) {
    const found = value[required(toNumber(key))];
    if (found !== undefined) return found;
  } else if (value !== null && isMap(value)) {
    const found = value.get(toText(key));
    if (found !== undefined) return found;
    if (value instanceof WrittenResource)
      return new Unknown(`${value.reference}.${toText(key)}`, value.concrete);
  }
  throw new EvaluationError('there is no such element');
}

/** @throws EvaluationError for what cannot be iterated */
export function entriesOf(collection: PartialValue): [PartialValue, PartialValue][] {
  if (collection instanceof SetValue) return collection.map((item) => [item, item]);
  if (Array.isArray(collection)) return collection.map((item, index) => [index, item]);
  if (collection !== null && isMap(collection))
    return sortedKeys(collection).map((key) => [key, collection.get(key) ?? null]);
  throw new EvaluationError('a list or a map is wanted');
}

function hasUnknownText(value: PartialValue): boolean {
  return typeof value === 'string' && /[\uE000\uE001]/.test(value);
}

/** Something that hangs on these, and may be anything. */
function unknownOf(values: readonly PartialValue[], otherwise = 'an expression'): Unknown {
  for (const value of values) {
    if (value instanceof Unknown) return new Unknown(value.reference, false);
    if (typeof value === 'string') {
      const found = /[\uE000\uE001]([^\uE002]*)\uE002/.exec(value)?.[1];
      if (found !== undefined) return new Unknown(found, false);
    }
  }
  return new Unknown(otherwise, false);
}

function required<T>(value: T | null): T {
  if (value === null) throw new EvaluationError('null is no value here');
  return value;
}
