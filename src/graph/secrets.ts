// Secrets whose value stands where it should not. Values are looked at and never kept: what leaves this file are
// addresses, names and nouns.

import { type Condition, SINKS, type Sink, STORES, STORES_WHERE } from '../catalog/secrets.js';
import { inModule } from '../plan/address.js';
import { isObject, type Json, type JsonObject, own, strings } from '../plan/json.js';
import type { Expression, ModuleConfig, Output, Resource } from '../plan/model.js';
import { type Place, referencesIn } from '../plan/resolve.js';
import { hasSymbol } from '../plan/symbol.js';
import { expressionAt, type Path, pathOf, read, showPath } from '../plan/value.js';
import { marker } from '../policy/secrets/marks.js';
import { isBeside, tellsSecret } from '../policy/secrets/names.js';
import {
  type Known,
  literal,
  parsed,
  type Sighting,
  secretsInSettings,
  secretsInText,
} from '../policy/secrets/script.js';
import { shapeOf } from '../policy/secrets/shapes.js';
import { isReal, isSecret } from '../policy/secrets/values.js';
import type { Context } from './context.js';
import type { Exposure } from './model.js';
import { secretsInProvisioners } from './provisioners.js';
import { type Marked, withOthers } from './repeated-secrets.js';
import { flowInto } from './secret-flow.js';
import { Origins } from './secret-origins.js';

/** What reading one resource hangs on. */
interface Reading {
  readonly context: Context;
  readonly origins: Origins;
  /** Marks what it finds, and knows where copies come from. */
  readonly known: Known;
  /** Marks what it finds: for what the configuration writes itself. */
  readonly marking: Known;
  /** Address of what runs → identity that it runs as. */
  readonly runsAs: ReadonlyMap<string, string>;
  /** Address of a credential → identity that it proves. */
  readonly proves: ReadonlyMap<string, string>;
}

const ROOT: Place = { module: [], key: undefined, forEach: undefined };
const CONFIGURATION = 'the configuration';
const OUTPUT = 'an output that is not sensitive';

/** Secrets in the open, sorted by nothing yet. */
export function readExposures(context: Context): Exposure[] {
  const origins = new Origins(context);
  const mark = marker();
  const marking: Known = { mark };
  const reading: Reading = {
    context,
    origins,
    known: { of: origins.of, mark },
    marking,
    // An ECS task names its own role before that of the agent.
    runsAs: new Map([
      ...[...context.drafts.values()].flatMap(({ workloads, resource }) =>
        workloads.map((workload) => [workload, resource.address] as const),
      ),
      ...context.runners
        .map(({ resource, identity }) => [resource.address, identity.resource.address] as const)
        .reverse(),
    ]),
    proves: new Map(
      [...context.drafts.values()].flatMap((one) =>
        one.credentials.map(({ address }) => [address, one.resource.address] as const),
      ),
    ),
  };
  return withOthers([
    ...context.plan.resources
      .filter(({ mode, action }) => mode === 'managed' && action !== 'delete')
      .flatMap((resource) => [
        ...inSinks(resource, reading),
        ...inConfiguration(resource, reading),
        ...secretsInProvisioners(resource, marking, context).map(({ path, where, seen }) =>
          exposure(resource.address, path, where, seen, reading),
        ),
      ]),
    ...context.plan.outputs.flatMap((output) => inOutput(output, reading)),
    ...inVariables(context.plan.root, '', {}, marking),
    ...inProviders(reading),
  ]);
}

function inSinks(resource: Resource, reading: Reading): Marked[] {
  const { context, known } = reading;
  return sinksOf(resource.type).flatMap((sink): Marked[] => {
    const { path, noun } = sink;
    const isClosed = sink.closed === true || (sink.closed !== undefined && holds(resource, sink.closed));
    const expression = expressionsAt(resource, path);
    const value = standing(resource, path, context);
    const seen = value === undefined ? [] : sightings(value, sink, resource, known);
    const where = isClosed ? CONFIGURATION : noun;
    const found = isClosed ? seen.filter(({ from }) => from === undefined) : seen;
    if (found.length > 0) return [exposure(resource.address, path, where, found, reading)];
    if (isClosed || (value !== undefined && everyGapIsBeside(value))) return [];
    const isReadable = value !== undefined && !holdsSymbol(value);
    const flow = flowInto(expression, context.resolver.placeOf(resource), context, isReadable);
    return flow ? [exposure(resource.address, path, where, [flow], reading)] : [];
  });
}

const TAGS: readonly Sink[] = [
  { path: 'tags', form: 'settings', noun: 'a tag' },
  { path: 'labels', form: 'settings', noun: 'a label' },
];

function sinksOf(type: string): readonly Sink[] {
  return Object.hasOwn(SINKS, type) ? [...(SINKS[type] ?? []), ...TAGS] : TAGS;
}

function sightings(value: Json, { form, named }: Sink, resource: Resource, known: Known): Sighting[] {
  if (form === 'script') return secretsInText(strings(value).map(throughBase64).join('\n'), known);
  if (named === undefined || typeof value !== 'string') return secretsInSettings(value, known);
  const name = own(resource.values, named);
  const last = typeof name === 'string' ? (name.split('/').at(-1) ?? '') : resource.name;
  return secretsInSettings({ [last]: value }, known);
}

function throughBase64(text: string): string {
  const plain = text.trim();
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(plain) || plain.length > 1024 * 1024) return text;
  const decoded = Buffer.from(plain, 'base64').toString('utf8');
  // Compressed or other binary data is no script.
  return decoded.includes('\uFFFD') ? '' : decoded;
}

/** True where something is known only after apply, and by its name all of that only speaks of a secret: a hash of it. */
function everyGapIsBeside(value: Json): boolean {
  const names: string[] = [];
  const visit = (item: Json, name: string): void => {
    if (typeof item === 'string' && hasSymbol(item)) names.push(name);
    else if (Array.isArray(item)) for (const one of item) visit(one, name);
    else if (isObject(item)) for (const [key, one] of Object.entries(item)) visit(one, key);
  };
  visit(value, '');
  return names.length > 0 && names.every(isBeside);
}

function holdsSymbol(value: Json): boolean {
  if (typeof value === 'string') return hasSymbol(value);
  return (Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []).some(holdsSymbol);
}

/** Literals anywhere else: under a telling name, in what is made to hold a secret, or of a telling shape. */
function inConfiguration(resource: Resource, reading: Reading): Marked[] {
  const sinks = new Set(sinksOf(resource.type).map(({ path }) => path.split('.')[0]));
  const stores = storesOf(resource);
  const found: { path: (string | number)[]; sighting: Sighting }[] = [];
  const visit = (expression: Expression | undefined, path: (string | number)[]): void => {
    const name = path.filter((part) => typeof part === 'string').join('.');
    if (Array.isArray(expression)) {
      expression.forEach((item, index) => {
        visit(item, [...path, index]);
      });
      return;
    }
    if (!isObject(expression)) return;
    const isLeaf = Object.keys(expression).length === 0 || Object.hasOwn(expression, 'references');
    const constant = own(expression, 'constant_value');
    if (constant === undefined && !isLeaf) {
      // A resource of its own that has a name and a value is a sink or a store.
      const pair =
        path.length > 0 && !sinks.has(String(path[0])) ? pairIn(expression, reading.marking) : undefined;
      if (pair) found.push(...pair.map((sighting) => ({ path, sighting })));
      else for (const [key, item] of Object.entries(expression)) visit(item, [...path, key]);
      return;
    }
    const isStore = stores.includes(name);
    if (sinks.has(String(path[0])) && !isStore) return;
    if (constant !== undefined) {
      const [sighting] = inLiteral(constant, name, isStore, reading.marking);
      if (sighting) found.push({ path, sighting });
    } else if ((isStore || tellsSecret(nameIn(path))) && isLiteral(expression, resource, reading)) {
      const value = written(resource, path, reading.context);
      const [sighting] = value === undefined ? [] : inLiteral(value, name, isStore, reading.marking);
      if (sighting && !isCarried(value, reading)) found.push({ path, sighting });
    }
  };
  visit(resource.config?.expressions, []);
  const [first] = found;
  if (!first) return [];
  const all = found.map(({ sighting }) => sighting);
  return [exposure(resource.address, showPath(first.path), CONFIGURATION, all, reading)];
}

/** `{ name = "X-Origin-Secret", value = "…" }` */
function pairIn(block: Json, known: Known): Sighting[] | undefined {
  const name = own(own(block, 'name') ?? own(block, 'key'), 'constant_value');
  const value = own(own(block, 'value'), 'constant_value');
  return typeof name === 'string' && typeof value === 'string'
    ? secretsInSettings({ [name]: value }, known)
    : undefined;
}

function nameIn(path: readonly (string | number)[]): string {
  return String(path.filter((part) => typeof part === 'string').at(-1) ?? '');
}

function storesOf({ type, values }: Resource): readonly string[] {
  const where = Object.hasOwn(STORES_WHERE, type) ? STORES_WHERE[type] : undefined;
  if (where !== undefined && own(values, where.path) !== where.equals) return [];
  return Object.hasOwn(STORES, type) ? (STORES[type] ?? []) : [];
}

/** What of a written value is a secret; of an object or JSON what stands under telling names. */
function inLiteral(value: Json, path: string, isStore: boolean, known: Known): Sighting[] {
  const name = path.split('.').at(-1) ?? '';
  if (typeof value !== 'string') return secretsInSettings(value, known);
  const inner = parsed(value);
  // Policies and other documents are full of names; of those only the well-formed secrets count.
  if (inner !== undefined && isStore) return secretsInSettings(inner, known);
  if (isStore ? isReal(value) : name !== 'secret' && isSecret(name, value))
    return [literal(name, value, known)];
  const shape = shapeOf(value);
  if (shape === undefined) return [];
  return [literal(isStore || tellsSecret(name) ? name : `${shape} in ${name}`, value, known)];
}

/** True for a value that was read or given when planning: the configuration does not hold it. */
function isCarried(value: Json | undefined, { origins }: Reading): boolean {
  if (typeof value !== 'string') return false;
  const inner = parsed(value);
  if (inner === undefined) return origins.carried(value) !== undefined;
  return secretsInSettings(inner, { of: (text) => origins.carried(text) }).every(
    ({ from }) => from !== undefined,
  );
}

/**
 * True where the value comes from nothing but the configuration itself; the default of a variable is told at the
 * variable, not here.
 */
function isLiteral(expression: Expression, resource: Resource, { context }: Reading): boolean {
  const visit = (one: Expression | undefined, place: Place): boolean => {
    if (context.resolver.targets(one, place).length > 0) return false;
    return referencesIn(one).every((text) => {
      if (!text.startsWith('var.')) return /^(?:local|each|count|path|self)\./.test(text);
      const module = place.module.at(-1);
      if (!module) return false;
      const outer = place.module.slice(0, -1);
      const call = context.resolver.moduleConfig(outer)?.calls.get(module.name);
      const given = own(call?.expressions, text.split(/[.[]/)[1] ?? '');
      return given !== undefined && visit(given, { module: outer, key: module.key, forEach: call?.forEach });
    });
  };
  return visit(expression, context.resolver.placeOf(resource));
}

function inOutput(output: Output, reading: Reading): Marked[] {
  if (output.sensitive || isBeside(output.name)) return [];
  const { context, known } = reading;
  const address = `output.${output.name}`;
  const value = output.unknown ? undefined : output.value;
  const seen = value == null ? [] : secretsInSettings({ [output.name]: value }, known);
  if (seen.length > 0) return [exposure(address, 'value', OUTPUT, seen, reading)];
  const flow = flowInto(output.expression, ROOT, context, value !== undefined);
  return flow ? [exposure(address, 'value', OUTPUT, [flow], reading)] : [];
}

/** Literal defaults of variables: `variable "token" { default = "…" }`. */
function inVariables(module: ModuleConfig, address: string, given: JsonObject, known: Known): Marked[] {
  const own = [...module.variables].flatMap(([name, value]) => {
    const [seen] =
      value == null || Object.hasOwn(given, name) ? [] : secretsInSettings({ [name]: value }, known);
    return seen
      ? [alone(inModule(address, `var.${name}`), 'default', seen, 'the default of a variable')]
      : [];
  });
  const called = [...module.calls].flatMap(([name, call]) =>
    inVariables(call.module, inModule(address, `module.${name}`), call.expressions, known),
  );
  return [...own, ...called];
}

/** Keys in a `provider` block. */
function inProviders({ context, marking }: Reading): Marked[] {
  return [...context.plan.providers].flatMap(([key, expressions]) =>
    Object.entries(expressions).flatMap(([name, expression]) => {
      const value = own(expression, 'constant_value');
      const [seen] = value === undefined ? [] : inLiteral(value, name, false, marking);
      return seen ? [alone(`provider.${key}`, name, seen, 'the provider block')] : [];
    }),
  );
}

function alone(address: string, path: string, { what, mark }: Sighting, where: string): Marked {
  const marks = mark === undefined ? [] : [mark];
  return { address, path, identity: null, what: [what], where, from: undefined, marks };
}

function exposure(
  address: string,
  path: string,
  where: string,
  seen: readonly Sighting[],
  { runsAs, proves, context }: Reading,
): Marked {
  const literals = seen.filter((one) => one.from === undefined);
  const [from] = literals.length > 0 ? [] : seen.flatMap((one) => one.from ?? []);
  const told = (literals.length > 0 ? literals : seen).map((one) =>
    one.from === undefined || one.from.startsWith(one.what) || one.what.startsWith(one.from)
      ? one.what
      : `${one.from} (${one.what})`,
  );
  return {
    address,
    path,
    identity:
      runsAs.get(address) ??
      context.drafts.get(address)?.resource.address ??
      [...proves].find(([credential]) => from === credential || from?.startsWith(`${credential}.`))?.[1] ??
      null,
    what: [...new Set(told)],
    where,
    from,
    marks: literals.flatMap(({ mark }) => mark ?? []),
  };
}

function holds(resource: Resource, { path, equals }: Condition): boolean {
  return own(resource.values, path) === equals;
}

/** What stands at a path, of repeated blocks in each; undefined where none of it can be read. */
function standing(resource: Resource, path: string, context: Context): Json | undefined {
  const found = instancesOf(resource.values, pathOf(path))
    .map((one) => written(resource, one, context))
    .filter((value) => value !== undefined);
  return found.length > 1 ? found : found[0];
}

/** What is written at a path, of repeated blocks in each. */
function expressionsAt(resource: Resource, path: string): Expression | undefined {
  const found = instancesOf(resource.config?.expressions, pathOf(path))
    .map((one) => expressionAt(resource, one))
    .filter((expression) => expression !== undefined);
  return found.length > 1 ? found : found[0];
}

/** `container.command` → `container[0].command`, `container[1].command`. */
function instancesOf(value: Json | undefined, [part, ...rest]: Path): Path[] {
  if (part === undefined) return [[]];
  const here = own(value, String(part));
  if (!Array.isArray(here) || rest.length === 0 || here.length < 2)
    return instancesOf(Array.isArray(here) ? here[0] : here, rest).map((inner) => [part, ...inner]);
  return here.flatMap((item, index) => instancesOf(item, rest).map((inner) => [part, index, ...inner]));
}

/** What the sources write, or what the plan says will stand there. */
function written(resource: Resource, parts: Path, context: Context): Json | undefined {
  // The provider keeps only a hash of user data.
  const constant = own(expressionAt(resource, parts), 'constant_value');
  if (constant !== undefined) return constant;
  const value = read(resource, parts, context.resolver);
  if (value.state !== 'known') return undefined;
  const text = typeof value.value === 'string' ? value.value : '';
  if (/^[0-9a-f]{40}$/.test(text)) return resource.config?.evaluate?.(parts, resource)?.value;
  // A text pieced together of this much is no setting.
  return text.length > 1024 * 1024 && hasSymbol(text) ? undefined : value.value;
}
