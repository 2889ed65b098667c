// Secrets whose value stands where it should not, and secrets that the state keeps. Values are looked at and never
// kept: what leaves this file are addresses, names and nouns.

import { SINKS, SOURCES, STORES } from '../catalog/secrets.js';
import { isObject, type Json, own, strings } from '../plan/json.js';
import type { Expression, Resource } from '../plan/model.js';
import type { Place, Target } from '../plan/resolve.js';
import { referencesIn } from '../plan/resolve.js';
import { hasSymbol } from '../plan/symbol.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import { tellsSecret } from '../policy/secrets/names.js';
import { type Sighting, secretsInSettings, secretsInText } from '../policy/secrets/script.js';
import { isReal, shapeOf } from '../policy/secrets/values.js';
import type { Context } from './context.js';
import type { Exposure } from './model.js';

/** Secrets in the open, sorted by nothing yet. */
export function readExposures(context: Context): Exposure[] {
  const carried = carriedSecrets(context);
  const found: Exposure[] = [];
  for (const resource of context.plan.resources) {
    if (resource.mode !== 'managed' || resource.action === 'delete') continue;
    found.push(...inSinks(resource, carried, context), ...inStores(resource, carried, context));
  }
  for (const output of context.plan.outputs) {
    if (output.sensitive) continue;
    const address = `output.${output.name}`;
    const place: Place = { module: [], key: undefined, forEach: undefined };
    const flow = flowInto(output.expression, place, context);
    if (flow) found.push({ ...flow, address, path: 'value', where: 'an output that is not sensitive' });
    else if (typeof output.value === 'string') {
      const named = tellsSecret(output.name) && isReal(output.value) ? output.name : undefined;
      const what = shapeOf(output.value) ?? named;
      if (what !== undefined && !carried.has(output.value))
        found.push({
          address,
          path: 'value',
          identity: null,
          what,
          where: 'an output that is not sensitive',
          from: undefined,
        });
    }
  }
  found.push(...inVariables(context));
  return found;
}

/** Literal defaults of variables: `variable "token" { default = "…" }`. */
function inVariables(context: Context): Exposure[] {
  return [...context.plan.root.variables].flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    const what = tellsSecret(name) && isReal(value) ? name : shapeOf(value);
    if (what === undefined) return [];
    return [
      {
        address: `var.${name}`,
        path: 'default',
        identity: null,
        what,
        where: 'the default of a variable',
        from: undefined,
      },
    ];
  });
}

function inSinks(resource: Resource, carried: ReadonlySet<string>, context: Context): Exposure[] {
  const identity = identityOf(resource, context);
  const sinks = [...(Object.hasOwn(SINKS, resource.type) ? (SINKS[resource.type] ?? []) : []), ...TAGS];
  return sinks.flatMap(({ path, form, noun }): Exposure[] => {
    const value = written(resource, path, context);
    const seen = value === undefined ? [] : sightings(value, form, resource.name, path, carried);
    if (seen[0])
      return [
        { address: resource.address, path, identity, what: seen[0].what, where: noun, from: undefined },
      ];
    // A pipeline may keep its own credentials; tags never do.
    const flow = flowInto(expressionAt(resource, pathOf(path)), context.resolver.placeOf(resource), context);
    return flow
      ? [{ ...flow, address: resource.address, path, identity: identity ?? flow.identity, where: noun }]
      : [];
  });
}

const TAGS = [
  { path: 'tags', form: 'settings', noun: 'a tag' },
  { path: 'labels', form: 'settings', noun: 'a label' },
] as const;

function sightings(
  value: Json,
  form: 'settings' | 'script',
  name: string,
  path: string,
  carried: ReadonlySet<string>,
): Sighting[] {
  if (form === 'script') {
    const text = strings(value).map(throughBase64).join('\n');
    return secretsInText(text);
  }
  const known = withoutCarried(value, carried);
  // A single value is told by the name of what holds it.
  if (typeof known === 'string' && path === 'value') return secretsInSettings({ [name]: known });
  return secretsInSettings(known);
}

/** What was read from elsewhere while planning is no literal. */
function withoutCarried(value: Json, carried: ReadonlySet<string>): Json {
  if (typeof value === 'string') return carried.has(value) ? '' : value;
  if (Array.isArray(value)) return value.map((item) => withoutCarried(item, carried));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCarried(item, carried)]));
}

function throughBase64(text: string): string {
  const plain = text.trim();
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(plain) || plain.length > 1024 * 1024) return text;
  const decoded = Buffer.from(plain, 'base64').toString('utf8');
  // Compressed or other binary data is no script.
  return decoded.includes('\uFFFD') ? '' : decoded;
}

/** Literal values in attributes whose purpose is to hold a secret. */
function inStores(resource: Resource, carried: ReadonlySet<string>, context: Context): Exposure[] {
  const listed = Object.hasOwn(STORES, resource.type) ? (STORES[resource.type] ?? []) : [];
  const telling = Object.keys(resource.config?.expressions ?? resource.values).filter(
    (name) => !listed.includes(name) && tellsSecret(name) && name !== 'secret' && name !== 'token',
  );
  const parameter = resource.type === 'aws_ssm_parameter' ? ['value'] : [];
  const identity = identityOf(resource, context);
  return [...listed, ...telling, ...parameter].flatMap((path): Exposure[] => {
    const expression = expressionAt(resource, pathOf(path));
    if (resource.config && expression === undefined) return [];
    const isOpen = resource.type === 'aws_ssm_parameter' && own(resource.values, 'type') === 'String';
    if (isOpen) {
      const flow = flowInto(expression, context.resolver.placeOf(resource), context);
      if (flow)
        return [
          {
            ...flow,
            address: resource.address,
            path,
            identity: identity ?? flow.identity,
            where: 'a parameter that is not encrypted',
          },
        ];
      const name = own(resource.values, 'name');
      const value = written(resource, path, context);
      if (typeof value !== 'string' || carried.has(value)) return [];
      const [seen] = secretsInSettings({
        [typeof name === 'string' ? (name.split('/').at(-1) ?? '') : resource.name]: value,
      });
      return seen
        ? [
            {
              address: resource.address,
              path,
              identity,
              what: seen.what,
              where: 'a parameter that is not encrypted',
              from: undefined,
            },
          ]
        : [];
    }
    if (!isLiteral(expression, context.resolver.placeOf(resource), context)) return [];
    const value = written(resource, path, context);
    if (value === undefined || !holdsReal(value, carried)) return [];
    return [
      { address: resource.address, path, identity, what: path, where: 'the configuration', from: undefined },
    ];
  });
}

/** A real value; of an object or JSON, one under a telling name or of a telling shape. */
function holdsReal(value: Json, carried: ReadonlySet<string>): boolean {
  if (typeof value !== 'string') return secretsInSettings(withoutCarried(value, carried)).length > 0;
  if (carried.has(value)) return false;
  if (/^\s*[[{]/.test(value)) {
    try {
      return secretsInSettings(JSON.parse(value) as Json).length > 0;
    } catch {
      return isReal(value);
    }
  }
  return isReal(value) || shapeOf(value) !== undefined;
}

/** True where the value comes from nothing but the configuration itself. */
function isLiteral(expression: Expression | undefined, place: Place, context: Context): boolean {
  if (context.resolver.targets(expression, place).length > 0) return false;
  return referencesIn(expression).every((text) => {
    if (!text.startsWith('var.')) return /^(local|each|count|path|self)\./.test(text);
    const name = text.split(/[.[]/)[1] ?? '';
    const module = place.module.at(-1);
    if (!module) return context.plan.root.variables.get(name) != null && !context.plan.variables.has(name);
    const parent = place.module.slice(0, -1);
    const call = context.resolver.moduleConfig(parent)?.calls.get(module.name);
    const outer = { module: parent, key: module.key, forEach: call?.forEach };
    const given = own(call?.expressions, name);
    return given === undefined || isLiteral(given, outer, context);
  });
}

/** A secret of the plan that an expression leads to. */
function flowInto(
  expression: Expression | undefined,
  place: Place,
  context: Context,
): Pick<Exposure, 'identity' | 'what' | 'from'> | undefined {
  if (expression === undefined) return undefined;
  for (const target of context.resolver.targets(expression, place)) {
    const [source] = target.resources;
    if (!source || !givesSecret(source, target)) continue;
    const attribute = target.attribute.filter((part) => typeof part === 'string').at(-1) ?? '';
    return {
      identity: holderOf(source, context),
      what: `${source.address}.${target.attribute[0] ?? attribute}`,
      from: source.address,
    };
  }
  return undefined;
}

function givesSecret(source: Resource, { attribute }: Target): boolean {
  const names = attribute.filter((part) => typeof part === 'string');
  const listed = Object.hasOwn(SOURCES, source.type) ? (SOURCES[source.type] ?? []) : [];
  if (names.some((name) => listed.includes(name))) return true;
  if (source.type === 'aws_ssm_parameter')
    return names[0] === 'value' && own(source.values, 'type') === 'SecureString';
  const last = names.at(-1);
  return last !== undefined && tellsSecret(last) && !/encrypted|^(secret|token)$/.test(last);
}

/** Known secret values that were read or kept elsewhere: the plan carries them, the configuration does not hold them. */
function carriedSecrets(context: Context): ReadonlySet<string> {
  const result = new Set<string>();
  for (const value of context.plan.variables.values())
    if (typeof value === 'string' && value.length > 5) result.add(value);
  for (const resource of context.plan.resources) {
    const listed = Object.hasOwn(SOURCES, resource.type) ? (SOURCES[resource.type] ?? []) : [];
    // What the configuration itself puts into a store is told there.
    if (resource.mode !== 'data' && (listed.length === 0 || Object.hasOwn(STORES, resource.type))) continue;
    for (const [name, value] of Object.entries(resource.values))
      if (
        typeof value === 'string' &&
        value.length > 5 &&
        (resource.mode === 'data' || listed.includes(name))
      )
        result.add(value);
  }
  return result;
}

/** What the sources write, or what the plan says will stand there. */
function written(resource: Resource, path: string, context: Context): Json | undefined {
  const parts = pathOf(path);
  // The provider keeps only a hash of user data.
  const constant = own(expressionAt(resource, parts), 'constant_value');
  if (constant !== undefined) return constant;
  const value = read(resource, parts, context.resolver);
  if (value.state === 'known') {
    if (typeof value.value === 'string' && /^[0-9a-f]{40}$/.test(value.value))
      return resource.config?.evaluate?.(parts, resource)?.value;
    return typeof value.value === 'string' && hasSymbol(value.value) && value.value.length > 1024 * 1024
      ? undefined
      : value.value;
  }
  return undefined;
}

/** The identity that the workload runs as. */
function identityOf(resource: Resource, context: Context): string | null {
  return (
    runningAs(context).get(resource.address) ?? context.drafts.get(resource.address)?.resource.address ?? null
  );
}

const running = new WeakMap<Context, Map<string, string>>();

/** Address of a workload → address of the first identity that it runs as. */
function runningAs(context: Context): Map<string, string> {
  const found = running.get(context);
  if (found) return found;
  const result = new Map<string, string>();
  for (const draft of context.drafts.values())
    for (const workload of draft.workloads)
      if (!result.has(workload)) result.set(workload, draft.resource.address);
  running.set(context, result);
  return result;
}

/** The identity that the credential proves. */
function holderOf(source: Resource, context: Context): string | null {
  for (const draft of context.drafts.values())
    if (draft.credentials.some(({ address }) => address === source.address)) return draft.resource.address;
  return null;
}
