// What an expression refers to, in the words of plan JSON: `aws_iam_role.a["x"].arn`, `var.tags`, `each.value`.
// Locals, which plan JSON does not show, are opened up: what stands behind them is named instead.

import { keySuffix } from '../plan/address.js';
import type { Expression, TemplatePart } from './syntax.js';

/** The locals of a module: name → expression. */
export type Locals = ReadonlyMap<string, Expression>;

const DEEPEST = 100;

/** In the order they are written, each once. `bound` are names that mean something only inside: of `for`, of a dynamic block. */
export function referencesOf(
  expression: Expression,
  locals: Locals,
  bound: ReadonlyMap<string, readonly string[]> = new Map(),
): string[] {
  const found = new Set<string>();
  new Collector(found, locals).visit(expression, bound, 0);
  return [...found];
}

class Collector {
  readonly #opened = new Set<string>();

  constructor(
    private readonly found: Set<string>,
    private readonly locals: Locals,
  ) {}

  visit(expression: Expression, bound: ReadonlyMap<string, readonly string[]>, depth: number): void {
    if (depth > DEEPEST) return;
    const inner = (one: Expression, names = bound): void => this.visit(one, names, depth + 1);
    switch (expression.kind) {
      case 'literal':
      case 'unreadable':
        return;
      case 'variable':
      case 'attribute':
      case 'index':
      case 'splat':
        this.#traversal(expression, bound, depth);
        return;
      case 'template':
        this.#template(expression.parts, bound, depth);
        return;
      case 'unary':
        inner(expression.of);
        return;
      case 'binary':
        inner(expression.left);
        inner(expression.right);
        return;
      case 'conditional':
        inner(expression.condition);
        inner(expression.yes);
        inner(expression.no);
        return;
      case 'call':
        for (const one of expression.arguments) inner(one);
        return;
      case 'tuple':
        for (const one of expression.items) inner(one);
        return;
      case 'object':
        for (const { key, value } of expression.entries) {
          inner(key);
          inner(value);
        }
        return;
      case 'for': {
        inner(expression.collection);
        const names = withNames(bound, [expression.keyName, expression.valueName]);
        if (expression.key) inner(expression.key, names);
        inner(expression.value, names);
        if (expression.condition) inner(expression.condition, names);
        return;
      }
    }
  }

  #template(
    parts: readonly TemplatePart[],
    bound: ReadonlyMap<string, readonly string[]>,
    depth: number,
  ): void {
    for (const part of parts) {
      if (part.kind === 'interpolation') this.visit(part.of, bound, depth + 1);
      else if (part.kind === 'if') {
        this.visit(part.condition, bound, depth + 1);
        this.#template(part.yes, bound, depth + 1);
        this.#template(part.no, bound, depth + 1);
      } else if (part.kind === 'for') {
        this.visit(part.collection, bound, depth + 1);
        this.#template(part.body, withNames(bound, [part.keyName, part.valueName]), depth + 1);
      }
    }
  }

  #traversal(expression: Expression, bound: ReadonlyMap<string, readonly string[]>, depth: number): void {
    const steps: (string | { readonly key: string | number })[] = [];
    let base = expression;
    for (;;) {
      if (base.kind === 'attribute') {
        steps.push(base.name);
        base = base.of;
      } else if (base.kind === 'index') {
        const { key } = base;
        if (key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'number'))
          steps.push({ key: key.value });
        else {
          // What is behind a computed index is not spelled out by any reference.
          this.visit(key, bound, depth + 1);
          steps.length = 0;
        }
        base = base.of;
      } else if (base.kind === 'splat') {
        for (const step of base.each) if ('key' in step) this.visit(step.key, bound, depth + 1);
        steps.length = 0;
        base = base.of;
      } else break;
    }
    if (base.kind !== 'variable') {
      this.visit(base, bound, depth + 1);
      return;
    }
    steps.reverse();
    const meant = bound.get(base.name);
    if (meant) {
      for (const text of meant) this.found.add(text);
      return;
    }
    if (base.name === 'local' && typeof steps[0] === 'string') this.#local(steps[0], steps.slice(1), depth);
    else if (steps.length > 0)
      this.found.add(
        base.name +
          steps.map((step) => (typeof step === 'string' ? `.${step}` : keySuffix(step.key))).join(''),
      );
  }

  #local(name: string, steps: readonly (string | { readonly key: string | number })[], depth: number): void {
    const expression = this.locals.get(name);
    if (!expression) {
      this.found.add(`local.${name}`);
      return;
    }
    const { part, path } = descend(expression, steps, name);
    if (this.#opened.has(path)) return;
    this.#opened.add(path);
    const before = this.found.size;
    this.visit(part, new Map(), depth + 1);
    // A local that refers to nothing is still what hides the value.
    if (this.found.size === before && !isPlain(part)) this.found.add(`local.${name}`);
  }
}

/** Follows `local.tags.owner` into the object that is written there. */
function descend(
  expression: Expression,
  steps: readonly (string | { readonly key: string | number })[],
  name: string,
): { part: Expression; path: string } {
  let part = expression;
  let path = name;
  for (const step of steps) {
    if (part.kind !== 'object') break;
    const wanted = typeof step === 'string' ? step : step.key;
    const entry = part.entries.find(({ key }) => key.kind === 'literal' && key.value === wanted);
    if (!entry) break;
    part = entry.value;
    path += `.${String(wanted)}`;
  }
  return { part, path };
}

function isPlain(expression: Expression): boolean {
  if (expression.kind === 'tuple') return expression.items.every(isPlain);
  if (expression.kind === 'object') return expression.entries.every(({ value }) => isPlain(value));
  return expression.kind === 'literal';
}

function withNames(
  bound: ReadonlyMap<string, readonly string[]>,
  names: readonly (string | undefined)[],
): ReadonlyMap<string, readonly string[]> {
  const result = new Map(bound);
  for (const name of names) if (name !== undefined) result.set(name, []);
  return result;
}
