// The configuration of a plan, ready to be evaluated: what `var`, `local`, `each`, `module` and resources mean in
// each module instance. Values of resources come from the plan; those that it does not know yet are rebuilt from
// their own blocks, or stay symbols.

import { type InstanceKey, inModule, keySuffix, type ModuleStep, moduleAddress } from '../plan/address.js';
import { type Json, type JsonObject, own } from '../plan/json.js';
import type { Evaluated, Removal, Resource } from '../plan/model.js';
import { hasSymbol } from '../plan/symbol.js';
import { isAssigned } from '../plan/value.js';
import { Clock, type Place } from './clock.js';
import { META_ARGUMENTS, META_BLOCKS, type ModuleSource } from './configuration.js';
import { Budget, Evaluation, entriesOf, type Scope, type Step } from './evaluate.js';
import {
  EvaluationError,
  fromJson,
  isMap,
  type PartialMap,
  type PartialValue,
  sortedKeys,
  toJson,
  Unknown,
  unknownsIn,
  WrittenResource,
} from './partial-value.js';
import type { Block, Body, Expression, SourceFile } from './syntax.js';
import { convert } from './type-constraint.js';

/** Expressions that all questions about one plan may cost together. */
const WORK = 20_000_000;
/** The same for all questions about what time removes. */
const CLOCK_WORK = 2_000_000;
/** Values that lead from one block to the next. */
const DEEPEST_CHAIN = 60;

const MOST_INSTANCES = 10_000;

/** Files that expressions may read; paths are relative to the root module. Undefined for what may not be read. */
export interface SourceFiles {
  bytes(path: string): Uint8Array | undefined;
  text(path: string): string | undefined;
  template(path: string): Expression | undefined;
}

/** What the plan knows: filled in once its resources are read. */
export interface Known {
  readonly resources: readonly Resource[];
  /** Of the root module. */
  readonly variables: ReadonlyMap<string, Json>;
  readonly timestamp: string | undefined;
  /** True where there is no plan: the blocks tell what there will be. */
  readonly unplanned?: boolean;
}

/** An instance that a block will have. */
export interface WrittenInstance {
  readonly module: readonly ModuleStep[];
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | undefined;
  readonly block: Block;
  /** What the number of instances hangs on, where it is known only after apply; then this one stands for all. */
  readonly uncounted: string | undefined;
}

/** The values of a file of variables, which refers to nothing. What cannot be read is left out. */
export function valuesOf({ body }: SourceFile): JsonObject {
  const evaluation = new ModuleScope(
    new Evaluator({ files: [], children: new Map() }),
    NOTHING,
    [],
    undefined,
    new Budget(WORK),
  ).plain(0);
  return Object.fromEntries(
    [...body.attributes.values()].flatMap(({ name, expression }): [string, Json][] => {
      const value = tried(() => evaluation.value(expression));
      return value === undefined || value instanceof Unknown ? [] : [[name, toJson(value)]];
    }),
  );
}

const NOTHING: ModuleSource = { files: [], children: new Map() };

/** Undefined where Terraform would refuse it, or where it costs too much. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof RangeError) return undefined;
    throw error;
  }
}

export class Evaluator {
  readonly #budget = new Budget(WORK);
  readonly #clockBudget = new Budget(CLOCK_WORK);
  readonly #clock = new Clock(this.#clockBudget);
  readonly #modules = new Map<string, ModuleScope>();
  readonly #instances = new Map<string, Resource[]>();
  #known: Known = { resources: [], variables: new Map(), timestamp: undefined };

  /** @param files that expressions may read */
  constructor(
    private readonly root: ModuleSource,
    readonly files?: SourceFiles,
  ) {}

  /** To be called once, before anything is evaluated. */
  learn(known: Known): void {
    this.#known = known;
    for (const resource of known.resources) {
      if (resource.action === 'delete' || resource.action === 'forget') continue;
      const block = blockAddress(moduleAddress(resource.module), resource.mode, resource.type, resource.name);
      const found = this.#instances.get(block);
      if (found) found.push(resource);
      else this.#instances.set(block, [resource]);
    }
  }

  get known(): Known {
    return this.#known;
  }

  instances(module: string, mode: 'managed' | 'data', type: string, name: string): readonly Resource[] {
    return this.#instances.get(blockAddress(module, mode, type, name)) ?? [];
  }

  /** The value that an attribute of one instance will have; undefined where the sources do not say. */
  attribute(
    block: Block,
    path: readonly (string | number)[],
    instance: { readonly module: readonly ModuleStep[]; readonly key: InstanceKey | undefined },
  ): Evaluated | undefined {
    const [name, ...rest] = path;
    if (typeof name !== 'string') return undefined;
    return tried(() => {
      const scope = this.module(instance.module);
      if (!scope) return undefined;
      const evaluation = scope.forInstance(block, instance.key, 0);
      let value = argumentOf(block.body, name, evaluation);
      for (const step of rest) value = value === undefined ? undefined : childOf(value, step);
      if (value === undefined) return undefined;
      return {
        value: toJson(value),
        unknown: value instanceof Unknown,
        references: [...unknownsIn(value)],
      };
    });
  }

  /** When time will take one instance of a block away, by its own `count` or that of a module around it. */
  removal(
    block: Block,
    instance: { readonly module: readonly ModuleStep[]; readonly key: InstanceKey | undefined },
  ): Removal | undefined {
    let first: Removal | undefined;
    let [inner, key]: [Block | undefined, InstanceKey | undefined] = [block, instance.key];
    let around = '';
    for (let path = instance.module; ; path = path.slice(0, -1)) {
      const scope = this.module(path);
      if (!scope || !inner) return first;
      const from = this.#clock.goneFrom(inner, key, scope.place(this.#clockBudget));
      if (from !== undefined && (first === undefined || from < first.at.getTime()))
        first = {
          at: new Date(from),
          path: `${inner.body.attributes.has('count') ? 'count' : 'for_each'}${around}`,
        };
      const step = path.at(-1);
      if (!step) return first;
      inner = this.module(path.slice(0, -1))?.call(step.name);
      key = step.key;
      around = ` of ${moduleAddress(path)}`;
    }
  }

  /** Every instance of every resource and data block, modules included. */
  *written(path: readonly ModuleStep[] = []): Iterable<WrittenInstance> {
    const scope = this.module(path);
    if (!scope || path.length > DEEPEST_CHAIN) return;
    yield* scope.instances();
    for (const name of scope.source.children.keys())
      for (const key of scope.keysOfModule(name)) yield* this.written([...path, { name, key }]);
  }

  /** Values of a block of configuration, as a plan would show them; `unknown` names the arguments that hang on apply. */
  valuesOf(
    block: Block,
    instance: Pick<WrittenInstance, 'module' | 'key'>,
  ): { values: JsonObject; unknown: JsonObject } {
    const [values, unknown]: JsonObject[] = [{}, {}];
    const scope = this.module(instance.module);
    const evaluation = scope?.forInstance(block, instance.key, 0);
    for (const name of evaluation ? argumentNames(block.body) : []) {
      const value = tried(() => evaluation && argumentOf(block.body, name, evaluation));
      if (value === undefined || value instanceof Unknown) define(unknown as JsonObject, name, true);
      else define(values as JsonObject, name, toJson(value));
    }
    return { values: values as JsonObject, unknown: unknown as JsonObject };
  }

  /** The value of an output of the root module. */
  output(name: string): Evaluated | undefined {
    const value = tried(() => this.module([])?.output(name, 0));
    if (value === undefined) return undefined;
    return { value: toJson(value), unknown: value instanceof Unknown, references: [...unknownsIn(value)] };
  }

  module(path: readonly ModuleStep[]): ModuleScope | undefined {
    const address = moduleAddress(path);
    const found = this.#modules.get(address);
    if (found) return found;
    const step = path.at(-1);
    const parent = step && this.module(path.slice(0, -1));
    if (step && !parent) return undefined;
    const source = parent ? parent.source.children.get(step?.name ?? '') : this.root;
    if (!source) return undefined;
    const scope = new ModuleScope(this, source, path, parent, this.#budget);
    this.#modules.set(address, scope);
    return scope;
  }
}

function blockAddress(module: string, mode: 'managed' | 'data', type: string, name: string): string {
  return `${module}|${mode}|${type}.${name}`;
}

/** Like plan JSON: a block is a list, and its first entry needs no index. */
function childOf(value: PartialValue, step: string | number): PartialValue | undefined {
  if (value instanceof Unknown) return value;
  if (Array.isArray(value)) {
    if (typeof step === 'number') return value[step];
    const [first] = value;
    return first === undefined ? undefined : childOf(first, step);
  }
  if (isMap(value)) return typeof step === 'number' ? (step === 0 ? value : undefined) : value.get(step);
  return undefined;
}

/** An attribute, or the blocks of that name with dynamic ones made out; undefined where nothing of it is written. */
function argumentOf(body: Body, name: string, evaluation: Evaluation): PartialValue | undefined {
  const attribute = body.attributes.get(name);
  if (attribute) return evaluation.value(attribute.expression);
  const result: PartialValue[] = [];
  let written = false;
  for (const block of body.blocks) {
    if (block.type === name) {
      written = true;
      result.push(blockOf(block.body, evaluation));
    } else if (block.type === 'dynamic' && block.labels[0] === name) {
      written = true;
      const made = dynamicBlocks(block, evaluation);
      if (made instanceof Unknown) return made;
      result.push(...made);
    }
  }
  return written ? result : undefined;
}

/** The arguments of a block and the names of its blocks, without those that Terraform itself reads. */
function argumentNames(body: Body): Set<string> {
  return new Set([
    ...[...body.attributes.keys()].filter((name) => !META_ARGUMENTS.has(name)),
    ...body.blocks
      .filter(({ type }) => type === 'dynamic' || !META_BLOCKS.has(type))
      .map((block) => (block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type)),
  ]);
}

function define(into: JsonObject, key: string, value: Json): void {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}

function blockOf(body: Body, evaluation: Evaluation): PartialMap {
  const names = new Set([
    ...body.attributes.keys(),
    ...body.blocks.map((block) => (block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type)),
  ]);
  const result: PartialMap = new Map();
  for (const name of names) {
    const value = argumentOf(body, name, evaluation);
    if (value !== undefined) result.set(name, value);
  }
  return result;
}

function dynamicBlocks(block: Block, evaluation: Evaluation): PartialValue[] | Unknown {
  const { attributes, blocks } = block.body;
  const forEach = attributes.get('for_each')?.expression;
  const content = blocks.find((inner) => inner.type === 'content');
  if (!forEach || !content) return [];
  const iterator = attributes.get('iterator')?.expression;
  const name = iterator?.kind === 'variable' ? iterator.name : block.labels[0];
  const collection = evaluation.value(forEach);
  if (collection instanceof Unknown) return new Unknown(collection.reference, false);
  return entriesOf(collection).map(([key, value]) => {
    const each: PartialMap = new Map([
      ['key', key],
      ['value', value],
    ]);
    return blockOf(content.body, evaluation.with([[name, each]]));
  });
}

/** One module instance. */
class ModuleScope {
  readonly #blocks = new Map<string, Block>();
  readonly #locals = new Map<string, Expression>();
  /** Values that are being worked out hold undefined: a circle is no value. */
  readonly #values = new Map<string, PartialValue | undefined>();

  constructor(
    private readonly evaluator: Evaluator,
    readonly source: ModuleSource,
    private readonly path: readonly ModuleStep[],
    private readonly parent: ModuleScope | undefined,
    private readonly budget: Budget,
  ) {
    for (const { body } of source.files)
      for (const block of body.blocks) {
        if (block.type === 'locals')
          for (const { name, expression } of block.body.attributes.values())
            this.#locals.set(name, expression);
        else this.#blocks.set([block.type, ...block.labels].join('.'), block);
      }
  }

  /** Names as they are inside of one instance of a block with `count` or `for_each`. */
  forInstance(block: Block, key: InstanceKey | undefined, depth: number): Evaluation {
    return new Evaluation(new InstanceScope(this, block, key, depth), this.budget);
  }

  call(name: string): Block | undefined {
    return this.#blocks.get(`module.${name}`);
  }

  /** Where `count` and `for_each` stand; with a block, where the arguments of its instance do. */
  place(budget: Budget, block?: Block, key?: InstanceKey): Place {
    return {
      evaluation: new Evaluation(new InstanceScope(this, block, key, 0), budget),
      block,
      bound: new Set(),
      id: `${moduleAddress(this.path)}${block ? ` ${block.labels.join('.')} ${JSON.stringify(key)}` : ''}`,
      local: (name) => {
        const expression = this.#locals.get(name);
        return expression && { expression, place: this.place(budget) };
      },
      forEachOf: (type, name) => {
        const forEach = this.#blocks.get(`resource.${type}.${name}`)?.body.attributes.get('for_each');
        return forEach && { expression: forEach.expression, place: this.place(budget) };
      },
      argument: (name) => {
        const step = this.path.at(-1);
        const call = step && this.parent?.call(step.name);
        const given = call?.body.attributes.get(name);
        if (!step || !this.parent || !given) return undefined;
        return { expression: given.expression, place: this.parent.place(budget, call, step.key) };
      },
    };
  }

  plain(depth: number): Evaluation {
    return new Evaluation(new InstanceScope(this, undefined, undefined, depth), this.budget);
  }

  get timestamp(): string | undefined {
    return this.evaluator.known.timestamp;
  }

  /** @throws EvaluationError */
  local(name: string, depth: number): PartialValue {
    const expression = this.#locals.get(name);
    if (!expression) throw new EvaluationError(`there is no local.${name}`);
    return this.#once(`local.${name}`, depth, () => this.plain(depth + 1).value(expression));
  }

  /** @throws EvaluationError */
  variable(name: string, depth: number): PartialValue {
    return this.#once(`var.${name}`, depth, () => {
      const declared = this.#blocks.get(`variable.${name}`);
      const evaluate = (expression: Expression): PartialValue => this.plain(depth + 1).value(expression);
      const given = this.#given(name, depth);
      const fallback = declared?.body.attributes.get('default')?.expression;
      const nullable = declared?.body.attributes.get('nullable')?.expression;
      const refusesNull = nullable?.kind === 'literal' && nullable.value === false;
      const value =
        given === undefined || (given === null && refusesNull && fallback)
          ? fallback && evaluate(fallback)
          : given;
      // A variable without a value in the plan: whoever planned gave it at the prompt.
      if (value === undefined) return new Unknown(this.#absolute(`var.${name}`), false);
      const type = declared?.body.attributes.get('type')?.expression;
      return type ? convert(value, type, evaluate) : value;
    });
  }

  #given(name: string, depth: number): PartialValue | undefined {
    const step = this.path.at(-1);
    if (!this.parent || !step) {
      const value = this.evaluator.known.variables.get(name);
      return value === undefined ? undefined : fromJson(value);
    }
    const call = this.parent.call(step.name);
    const argument = call?.body.attributes.get(name);
    return call && argument && this.parent.forInstance(call, step.key, depth + 1).value(argument.expression);
  }

  /** @throws EvaluationError */
  resource(mode: 'managed' | 'data', type: string, name: string, depth: number): PartialValue {
    const local = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
    return this.#once(local, depth, () => {
      const block = this.#blocks.get(mode === 'data' ? local : `resource.${local}`);
      if (block && this.evaluator.known.unplanned) return this.#written(block, local, type, depth);
      const instances = this.evaluator.instances(moduleAddress(this.path), mode, type, name);
      const values = (one: Resource): PartialValue => this.#valuesOf(one, block, depth + 1);
      if (block?.body.attributes.has('count')) {
        const sorted = [...instances].sort((a, b) => Number(a.key) - Number(b.key));
        return sorted.map(values);
      }
      if (block?.body.attributes.has('for_each'))
        return new Map(instances.map((one) => [String(one.key), values(one)]));
      const [only] = instances;
      if (only && instances.length === 1) return values(only);
      return new Unknown(this.#absolute(local), isAssigned(type));
    });
  }

  /** A resource that no plan shows, as its block writes it. */
  #written(block: Block, local: string, type: string, depth: number): PartialValue {
    const one = (key: InstanceKey | undefined): PartialValue => {
      const reference = `${this.#absolute(local)}${keySuffix(key)}`;
      const result = new WrittenResource(reference, isAssigned(type));
      const evaluation = this.forInstance(block, key, depth + 1);
      for (const name of argumentNames(block.body))
        result.set(
          name,
          tried(() => argumentOf(block.body, name, evaluation)) ?? new Unknown(`${reference}.${name}`, false),
        );
      return result;
    };
    const keys = this.#keysOf(block, depth);
    if (keys === 'single') return one(undefined);
    if (keys instanceof Unknown) return new Unknown(this.#absolute(local), isAssigned(type));
    return block.body.attributes.has('count')
      ? keys.map(one)
      : new Map(keys.map((key) => [String(key), one(key)]));
  }

  *instances(): Iterable<WrittenInstance> {
    for (const block of this.#blocks.values()) {
      const [type, name] = block.labels;
      if ((block.type !== 'resource' && block.type !== 'data') || type === undefined || name === undefined)
        continue;
      const found = tried(() => this.#keysOf(block, 0)) ?? new Unknown('count or for_each', false);
      const uncounted = found instanceof Unknown ? found.reference : undefined;
      const keys = found === 'single' || found instanceof Unknown ? [undefined] : found;
      const mode = block.type === 'data' ? 'data' : 'managed';
      for (const key of keys) yield { module: this.path, mode, type, name, key, block, uncounted };
    }
  }

  /** As many as can be told; one without a key where it cannot. */
  keysOfModule(name: string): (InstanceKey | undefined)[] {
    const keys = tried(() => this.keysOfCall(name, 0));
    return keys === undefined || keys === 'single' || keys instanceof Unknown ? [undefined] : keys;
  }

  #valuesOf(resource: Resource, block: Block | undefined, depth: number): PartialValue {
    const concrete = isAssigned(resource.type);
    const result: PartialMap = new Map();
    const unknownAt = (value: Json | undefined, unknown: Json | undefined, path: string): PartialValue => {
      if (unknown === true) return new Unknown(path, concrete);
      if (Array.isArray(unknown)) {
        const items = Array.isArray(value) ? value : [];
        return unknown.map((flag, index) => unknownAt(items[index], flag, `${path}[${index}]`));
      }
      if (unknown === undefined || unknown === false || unknown === null || typeof unknown !== 'object')
        return fromJson(value ?? null);
      const inner = fromJson(value ?? {});
      const filled: PartialMap = isMap(inner) ? inner : new Map();
      for (const [key, flag] of Object.entries(unknown))
        filled.set(key, unknownAt(own(value, key), flag, `${path}.${key}`));
      return filled;
    };
    for (const [name, value] of Object.entries(resource.values))
      result.set(name, unknownAt(value, own(resource.unknown, name), `${resource.address}.${name}`));
    for (const [name, flag] of typeof resource.unknown === 'object' && resource.unknown !== null
      ? Object.entries(resource.unknown)
      : []) {
      if (result.has(name)) continue;
      const written = flag === true && block ? this.#rebuilt(block, name, resource.key, depth) : undefined;
      result.set(name, written ?? unknownAt(undefined, flag, `${resource.address}.${name}`));
    }
    return result;
  }

  /** An attribute that the plan does not know, as its own block writes it, where that tells more. */
  #rebuilt(
    block: Block,
    name: string,
    key: InstanceKey | undefined,
    depth: number,
  ): PartialValue | undefined {
    if (depth > DEEPEST_CHAIN || !block.body.attributes.has(name)) return undefined;
    try {
      const value = argumentOf(block.body, name, this.forInstance(block, key, depth + 1));
      return value instanceof Unknown ? undefined : value;
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
  }

  /** The outputs of a called module; with `output`, only that one. @throws EvaluationError */
  child(name: string, key: InstanceKey | undefined, output: string | undefined, depth: number): PartialValue {
    const scope = this.evaluator.module([...this.path, { name, key }]);
    if (!scope) throw new EvaluationError(`there is no module.${name}`);
    if (output !== undefined) return scope.output(output, depth);
    const result: PartialMap = new Map();
    for (const block of scope.#blocks.values())
      if (block.type === 'output' && block.labels[0] !== undefined)
        result.set(block.labels[0], scope.output(block.labels[0], depth));
    return result;
  }

  output(name: string, depth: number): PartialValue {
    const expression = this.#blocks.get(`output.${name}`)?.body.attributes.get('value')?.expression;
    if (!expression) throw new EvaluationError(`there is no output ${name}`);
    return this.#once(`output.${name}`, depth, () => this.plain(depth + 1).value(expression));
  }

  /** Keys of the instances of a module call. @throws EvaluationError */
  keysOfCall(name: string, depth: number): InstanceKey[] | 'single' | Unknown {
    const call = this.call(name);
    return call ? this.#keysOf(call, depth) : 'single';
  }

  /** `single` for a block without `count` and `for_each`. @throws EvaluationError */
  #keysOf({ body }: Block, depth: number): InstanceKey[] | 'single' | Unknown {
    const count = body.attributes.get('count')?.expression;
    const forEach = body.attributes.get('for_each')?.expression;
    if (!count && !forEach) return 'single';
    const value = this.plain(depth + 1).value((count ?? forEach) as Expression);
    if (value instanceof Unknown) return value;
    if (count) {
      const number = typeof value === 'string' && !hasSymbol(value) ? Number(value) : value;
      return typeof number === 'number' && number <= MOST_INSTANCES
        ? [...Array(Math.max(0, number)).keys()]
        : new Unknown('count', false);
    }
    if (isMap(value)) return sortedKeys(value);
    const keys = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    const hidden = keys.find(hasSymbol);
    return hidden === undefined ? keys : new Unknown([...unknownsIn(hidden)][0] ?? 'for_each', false);
  }

  get folder(): string | undefined {
    return this.source.folder;
  }

  get files(): SourceFiles | undefined {
    return this.evaluator.files;
  }

  /** What `each.value` is for one key. @throws EvaluationError */
  eachValue(block: Block, key: InstanceKey, depth: number): PartialValue {
    const forEach = block.body.attributes.get('for_each')?.expression;
    if (!forEach) throw new EvaluationError('each is used without for_each');
    const collection = this.#once(`each ${[block.type, ...block.labels].join('.')}`, depth, () =>
      this.plain(depth + 1).value(forEach),
    );
    if (collection instanceof Unknown) return new Unknown(collection.reference, false);
    if (isMap(collection)) return collection.get(String(key)) ?? null;
    return String(key);
  }

  #absolute(local: string): string {
    return inModule(moduleAddress(this.path), local);
  }

  #once(name: string, depth: number, work: () => PartialValue): PartialValue {
    if (depth > DEEPEST_CHAIN) throw new EvaluationError('values lead too far');
    if (this.#values.has(name)) {
      const found = this.#values.get(name);
      if (found === undefined) throw new EvaluationError(`${name} leads back to itself`);
      return found;
    }
    this.#values.set(name, undefined);
    try {
      const value = work();
      this.#values.set(name, value);
      return value;
    } catch (error) {
      this.#values.delete(name);
      throw error;
    }
  }
}

/** The names inside of one instance of a block. */
class InstanceScope implements Scope {
  constructor(
    private readonly module: ModuleScope,
    private readonly block: Block | undefined,
    private readonly key: InstanceKey | undefined,
    private readonly depth: number,
  ) {}

  start(
    name: string,
    steps: readonly Step[],
    keyOf: (expression: Expression) => PartialValue,
  ): { value: PartialValue; used: number } {
    const nameAt = (index: number): string => {
      const step = steps[index];
      if (step && 'name' in step) return step.name;
      throw new EvaluationError(`${name} is no value`);
    };
    const { depth } = this;
    switch (name) {
      case 'var':
        return { value: this.module.variable(nameAt(0), depth), used: 1 };
      case 'local':
        return { value: this.module.local(nameAt(0), depth), used: 1 };
      case 'each':
        return { value: this.#each(nameAt(0)), used: 1 };
      case 'count':
        if (this.key === undefined && this.block?.body.attributes.has('count'))
          return { value: new Unknown('count.index', false), used: 1 };
        if (typeof this.key !== 'number') throw new EvaluationError('count is used without count');
        return { value: this.key, used: 1 };
      case 'module':
        return this.#module(nameAt(0), steps, keyOf);
      case 'data':
        return { value: this.module.resource('data', nameAt(0), nameAt(1), depth), used: 2 };
      case 'path':
        return { value: this.#path(nameAt(0)), used: 1 };
      case 'terraform':
      case 'tofu':
      case 'self':
      case 'ephemeral':
        return { value: new Unknown(`${name}.${nameAt(0)}`, false), used: 1 };
      default:
        return { value: this.module.resource('managed', name, nameAt(0), depth), used: 1 };
    }
  }

  #path(name: string): PartialValue {
    const known =
      name === 'module'
        ? this.module.folder
        : name === 'root' && this.module.folder !== undefined
          ? '.'
          : undefined;
    return known ?? new Unknown(`path.${name}`, false);
  }

  call(...[name, args, render]: Parameters<Scope['call']>): PartialValue | undefined {
    if (name === 'plantimestamp') return this.module.timestamp;
    const { files } = this.module;
    const [first, names] = args;
    if (!files || typeof first !== 'string' || hasSymbol(first)) return undefined;
    switch (name) {
      case 'file':
        return files.text(first);
      case 'filebase64': {
        const bytes = files.bytes(first);
        return bytes && Buffer.from(bytes).toString('base64');
      }
      case 'templatefile': {
        const template = files.template(first);
        return template && names !== undefined && isMap(names) ? render(template, names) : undefined;
      }
      default:
        return undefined;
    }
  }

  #each(name: string): PartialValue {
    // One instance stands for a number that is not known.
    if (this.key === undefined && this.block?.body.attributes.has('for_each'))
      return new Unknown(`each.${name}`, false);
    if (this.key === undefined || !this.block) throw new EvaluationError('each is used without for_each');
    return name === 'key' ? String(this.key) : this.module.eachValue(this.block, this.key, this.depth);
  }

  #module(
    name: string,
    steps: readonly Step[],
    keyOf: (expression: Expression) => PartialValue,
  ): { value: PartialValue; used: number } {
    const { depth } = this;
    const keys = this.module.keysOfCall(name, depth);
    const [, second, third] = steps;
    if (keys === 'single') {
      const output = second && 'name' in second ? second.name : undefined;
      return { value: this.module.child(name, undefined, output, depth), used: output === undefined ? 1 : 2 };
    }
    if (second && 'key' in second) {
      const key = keyOf(second.key);
      const output = third && 'name' in third ? third.name : undefined;
      if (typeof key === 'string' || typeof key === 'number')
        return { value: this.module.child(name, key, output, depth), used: output === undefined ? 2 : 3 };
    }
    if (keys instanceof Unknown) return { value: new Unknown(`module.${name}`, false), used: steps.length };
    const all = (key: InstanceKey): PartialValue => this.module.child(name, key, undefined, depth);
    const value = keys.every((key) => typeof key === 'number')
      ? keys.map(all)
      : new Map(keys.map((key) => [String(key), all(key)]));
    return { value, used: 1 };
  }
}
