// The sources of a plan, module by module → the same configuration model that plan JSON brings, and more: locals are
// opened up, `lifecycle` and positions are known.

import { inModule } from '../plan/address.js';
import { constructNoteOf } from '../plan/construct-note.js';
import type { Json, JsonObject } from '../plan/json.js';
import type { Lifecycle, Location, ModuleCall, ModuleConfig, ResourceConfig } from '../plan/model.js';
import { constantOf } from './constant.js';
import type { Evaluator } from './evaluator.js';
import { type Locals, referencesOf } from './references.js';
import type { Attribute, Block, Body, Expression, SourceFile } from './syntax.js';
import { type PlacedWaivers, waiversIn } from './waivers.js';

/** The files of one module, and of the modules that it calls. */
export interface ModuleSource {
  readonly files: readonly SourceFile[];
  /** By the name of the call. */
  readonly children: ReadonlyMap<string, ModuleSource>;
  /** `path.module`: from the folder of the root module, which is `.`; undefined where it is not known. */
  readonly folder?: string | undefined;
}

export interface Configuration {
  readonly root: ModuleConfig;
  /** As plan JSON keys them: `aws`, `aws.payments`, `module.team:aws`. */
  readonly providers: ReadonlyMap<string, JsonObject>;
}

/** Arguments of a block that Terraform itself reads. */
export const META_ARGUMENTS = new Set([
  'count',
  'for_each',
  'provider',
  'providers',
  'depends_on',
  'source',
  'version',
]);
export const META_BLOCKS = new Set(['lifecycle', 'provisioner', 'connection', 'dynamic']);
const DEEPEST_MODULE = 100;

/** @param evaluator of the same sources; it is asked only after it has learnt what the plan knows */
export function readConfiguration(source: ModuleSource, evaluator: Evaluator): Configuration {
  const providers = new Map<string, JsonObject>();
  const root = readModule(source, {
    address: '',
    evaluator,
    providers,
    passed: new Map(),
    parent: undefined,
    depth: 0,
  });
  return { root, providers };
}

interface Scope {
  /** Of the module, without instance keys: `module.team.module.service`; empty for the root. */
  readonly address: string;
  readonly evaluator: Evaluator;
  /** Provider configurations of all modules, filled while reading. */
  readonly providers: Map<string, JsonObject>;
  /** What the call passes: name in the module → name where it is called. */
  readonly passed: ReadonlyMap<string, string>;
  readonly parent: Scope | undefined;
  readonly depth: number;
}

function readModule(source: ModuleSource, scope: Scope): ModuleConfig {
  const placed = source.files.flatMap(({ path, body }) =>
    body.blocks.map((block) => ({ block, file: path })),
  );
  const waivers = source.files.map(waiversIn);
  const locals: Locals = new Map(
    placed.flatMap(({ block }) =>
      block.type === 'locals'
        ? [...block.body.attributes.values()].map(({ name, expression }) => [name, expression] as const)
        : [],
    ),
  );
  for (const { block } of placed) {
    const [name] = block.labels;
    if (block.type !== 'provider' || name === undefined) continue;
    const alias = constantAt(block.body, 'alias');
    const key = typeof alias === 'string' ? `${name}.${alias}` : name;
    scope.providers.set(providerKey(scope.address, key), expressionsOf(block.body, locals, new Map()));
  }
  const resources = new Map<string, ResourceConfig>();
  const calls = new Map<string, ModuleCall>();
  const outputs = new Map<string, { expression: Json; sensitive: boolean }>();
  const variables = new Map<string, Json | undefined>();
  for (const { block, file } of placed) {
    const [first, second] = block.labels;
    if (first === undefined) continue;
    const { attributes } = block.body;
    switch (block.type) {
      case 'resource':
      case 'data':
        if (second !== undefined)
          resources.set(block.type === 'data' ? `data.${first}.${second}` : `${first}.${second}`, {
            ...readResource(block, file, first, locals, scope),
            ...waiversAt(block, `${block.type === 'data' ? 'data.' : ''}${first}.${second}`, waivers, scope),
          });
        break;
      case 'module': {
        const child = source.children.get(first);
        calls.set(first, {
          expressions: expressionsOf(block.body, locals, new Map()),
          module:
            child && scope.depth < DEEPEST_MODULE
              ? readModule(child, {
                  address: inModule(scope.address, `module.${first}`),
                  evaluator: scope.evaluator,
                  providers: scope.providers,
                  passed: passedTo(attributes.get('providers')),
                  parent: scope,
                  depth: scope.depth + 1,
                })
              : { resources: new Map(), calls: new Map(), outputs: new Map(), variables: new Map() },
          forEach: expressionAt(attributes.get('for_each'), locals),
          count: expressionAt(attributes.get('count'), locals),
          ...waiversAt(block, `module.${first}`, waivers, scope),
        });
        break;
      }
      case 'output':
        outputs.set(first, {
          expression: expressionAt(attributes.get('value'), locals) ?? {},
          sensitive: constantAt(block.body, 'sensitive') === true,
        });
        break;
      case 'variable':
        variables.set(first, constantAt(block.body, 'default'));
        break;
      default:
        break;
    }
  }
  const stray = source.files.flatMap(({ path }, place) =>
    (waivers[place]?.get(undefined) ?? []).map((one) => ({ ...one, construct: path })),
  );
  return { resources, calls, outputs, variables, ...(stray.length > 0 ? { strayWaivers: stray } : {}) };
}

function waiversAt(
  block: Block,
  name: string,
  waivers: readonly PlacedWaivers[],
  { address }: Scope,
): Pick<ResourceConfig, 'waivers'> {
  const found = waivers.flatMap((one) => one.get(block) ?? []);
  const construct = inModule(address, name);
  return found.length > 0 ? { waivers: found.map((one) => ({ ...one, construct })) } : {};
}

function readResource(
  block: Block,
  file: string,
  type: string,
  locals: Locals,
  scope: Scope,
): ResourceConfig {
  const { attributes, blocks } = block.body;
  const lifecycle = blocks.find((inner) => inner.type === 'lifecycle');
  const construct = constructNoteOf(block.metadata);
  const provisioners = blocks
    .filter((inner) => inner.type === 'provisioner')
    .map(({ labels, body }) => ({
      type: labels[0] ?? '',
      expressions: expressionsOf(body, locals, new Map()),
    }));
  return {
    expressions: expressionsOf(block.body, locals, new Map()),
    ...(provisioners.length > 0 && { provisioners }),
    provider: providerOf(attributes.get('provider')?.expression, type, scope),
    forEach: expressionAt(attributes.get('for_each'), locals),
    count: expressionAt(attributes.get('count'), locals),
    ...(lifecycle ? { lifecycle: readLifecycle(lifecycle.body, locals) } : {}),
    ...(construct ? { construct } : {}),
    locate: (path) => locate(block, file, path),
    evaluate: (path, instance) => scope.evaluator.attribute(block, path, instance),
    removal: (instance) => scope.evaluator.removal(block, instance),
  };
}

function readLifecycle(body: Body, locals: Locals): Lifecycle {
  const ignored = body.attributes.get('ignore_changes')?.expression;
  const triggers = body.attributes.get('replace_triggered_by')?.expression;
  return {
    preventDestroy: constantAt(body, 'prevent_destroy') === true,
    ignoreChanges: ignored?.kind === 'variable' && ignored.name === 'all' ? 'all' : namesIn(ignored),
    replaceTriggeredBy: triggers ? referencesOf(triggers, locals) : [],
  };
}

/** The attributes in a list such as `[tags, tags_all]`; JSON syntax writes them as strings. */
function namesIn(expression: Expression | undefined): string[] {
  if (expression?.kind !== 'tuple') return [];
  return expression.items.flatMap((item) => {
    let base = item;
    while (base.kind === 'attribute' || base.kind === 'index') base = base.of;
    if (base.kind === 'literal' && typeof base.value === 'string') return [base.value];
    return base.kind === 'variable' ? [base.name] : [];
  });
}

/** Attribute → expression, nested blocks as lists of the same: the shape of `expressions` in plan JSON. */
function expressionsOf(
  body: Body,
  locals: Locals,
  bound: ReadonlyMap<string, readonly string[]>,
): JsonObject {
  const result: JsonObject = {};
  for (const [name, attribute] of body.attributes)
    if (!META_ARGUMENTS.has(name)) define(result, name, expressionOf(attribute.expression, locals, bound));
  const add = (name: string, expressions: JsonObject): void => {
    const found = result[name];
    if (Object.hasOwn(result, name) && Array.isArray(found)) found.push(expressions);
    else define(result, name, [expressions]);
  };
  for (const block of body.blocks) {
    if (block.type === 'dynamic') {
      const [label] = block.labels;
      const content = block.body.blocks.find((inner) => inner.type === 'content');
      const forEach = block.body.attributes.get('for_each')?.expression;
      if (label === undefined || !content) continue;
      const iterator = block.body.attributes.get('iterator')?.expression;
      const name = iterator?.kind === 'variable' ? iterator.name : label;
      const meant = forEach ? referencesOf(forEach, locals, bound) : [];
      add(label, expressionsOf(content.body, locals, new Map(bound).set(name, meant)));
    } else if (!META_BLOCKS.has(block.type)) add(block.type, expressionsOf(block.body, locals, bound));
  }
  return result;
}

function expressionOf(
  expression: Expression,
  locals: Locals,
  bound: ReadonlyMap<string, readonly string[]>,
): Json {
  const constant = constantOf(expression);
  if (constant) return { constant_value: constant.value };
  // JSON syntax writes nested blocks as lists of objects.
  if (
    expression.kind === 'tuple' &&
    expression.items.length > 0 &&
    expression.items.every((item) => item.kind === 'object')
  )
    return expression.items.map((item) => {
      const block: JsonObject = {};
      for (const { key, value } of item.kind === 'object' ? item.entries : [])
        if (key.kind === 'literal') define(block, String(key.value), expressionOf(value, locals, bound));
      return block;
    });
  const references = referencesOf(expression, locals, bound);
  return references.length > 0 ? { references } : {};
}

function expressionAt(attribute: Attribute | undefined, locals: Locals): Json | undefined {
  return attribute && expressionOf(attribute.expression, locals, new Map());
}

function constantAt(body: Body, name: string): Json | undefined {
  const attribute = body.attributes.get(name);
  return attribute && constantOf(attribute.expression)?.value;
}

function define(into: JsonObject, key: string, value: Json): void {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}

function providerKey(module: string, name: string): string {
  return module === '' ? name : `${module}:${name}`;
}

/** `aws.payments` of an expression; the type's own prefix where none is written. */
function providerOf(expression: Expression | undefined, type: string, scope: Scope): string {
  const name = providerName(expression) ?? type.split('_')[0] ?? type;
  for (let current: Scope | undefined = scope, wanted = name; current; current = current.parent) {
    const key = providerKey(current.address, wanted);
    if (current.providers.has(key) || !current.parent) return key;
    wanted = current.passed.get(wanted) ?? wanted;
  }
  return name;
}

function providerName(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'variable') return expression.name;
  if (expression?.kind === 'literal' && typeof expression.value === 'string') return expression.value;
  if (expression?.kind === 'attribute' && expression.of.kind === 'variable')
    return `${expression.of.name}.${expression.name}`;
  return undefined;
}

function passedTo(attribute: Attribute | undefined): Map<string, string> {
  const result = new Map<string, string>();
  if (attribute?.expression.kind !== 'object') return result;
  for (const { key, value } of attribute.expression.entries) {
    const [inside, outside] = [providerName(key), providerName(value)];
    if (inside !== undefined && outside !== undefined) result.set(inside, outside);
  }
  return result;
}

/** The innermost block or attribute on the way to `path`; the resource's own block where nothing of it is written. */
function locate(block: Block, file: string, path: readonly (string | number)[]): Location {
  let body = block.body;
  let at = block.at;
  for (let index = 0; index < path.length; index++) {
    const name = path[index];
    if (typeof name !== 'string') continue;
    const attribute = body.attributes.get(name);
    if (attribute) return { file, ...attribute.at };
    const next = path[index + 1];
    const inner = body.blocks.filter((one) => one.type === name)[typeof next === 'number' ? next : 0];
    const dynamic = body.blocks.find((one) => one.type === 'dynamic' && one.labels[0] === name);
    const found = inner ?? dynamic?.body.blocks.find((one) => one.type === 'content');
    if (!found) break;
    at = found.at;
    body = found.body;
  }
  return { file, ...at };
}
