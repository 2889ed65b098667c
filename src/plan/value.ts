// Reads one attribute of a resource in three states: known, unknown until apply, absent.
// `after_unknown` alone cannot tell the last two apart: an optional and computed attribute that nobody
// wrote plans as unknown, so the configuration is asked whether it was written.

import { isObject, type Json, type JsonObject, own } from './json.js';
import type { Expression, Resource } from './model.js';
import { type Resolver, referencesIn } from './resolve.js';
import { hasSymbol, symbol } from './symbol.js';

export type Value =
  /** Strings inside may hold symbols for parts known only after apply. */
  | { readonly state: 'known'; readonly value: Json }
  /** What it hangs on, else the attribute itself: never empty. */
  | { readonly state: 'unknown'; readonly references: readonly string[] }
  | { readonly state: 'absent' };

export type Path = readonly (string | number)[];

const ABSENT: Value = { state: 'absent' };

/** The catalogs ask for the same few paths of every resource. */
const paths = new Map<string, Path>();
const MOST_PATHS = 10_000;

/** Splits `identity[0].principal_id` or `identity.0.principal_id` into its parts. */
export function pathOf(text: string): Path {
  const known = paths.get(text);
  if (known) return known;
  const path = text
    .split(/[.[\]]/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (paths.size < MOST_PATHS) paths.set(text, path);
  return path;
}

export function showPath(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index > 0 ? `.${part}` : part))
    .join('');
}

/** Reads the attribute at `path`, e.g. `['assume_role_policy']`. */
export function read(resource: Resource, path: Path, resolver: Resolver): Value {
  let value: Json | undefined = resource.values;
  let unknown: Json | undefined = resource.unknown;
  for (const part of path) {
    value = child(value, part);
    unknown = unknown === true ? true : child(unknown, part);
  }
  if (unknown === true) {
    const expression = expressionAt(resource, path);
    if (expression === undefined && resource.config) return ABSENT;
    const written = resource.config?.evaluate?.(path, resource);
    if (written && !written.unknown)
      return written.value === null ? ABSENT : { state: 'known', value: written.value };
    const exact = written?.references.every((reference) => resolver.absolute(reference) !== undefined);
    const references = (exact && written?.references) || referencesIn(expression);
    // `timestamp()` and `uuid()` hang on nothing that has a name.
    return { state: 'unknown', references: references.length > 0 ? references : [shownAt(resource, path)] };
  }
  if (!holdsUnknown(unknown)) {
    if (value === undefined || value === null) return ABSENT;
    return { state: 'known', value };
  }
  const written = resource.config?.evaluate?.(path, resource)?.value;
  return {
    state: 'known',
    value: filled(value, unknown, expressionAt(resource, path), written, resource, resolver),
  };
}

/** The attribute where it is a text; it may hold symbols. */
export function readString(resource: Resource, path: Path, resolver: Resolver): string | undefined {
  const value = read(resource, path, resolver);
  return value.state === 'known' && typeof value.value === 'string' ? value.value : undefined;
}

function shownAt(resource: Resource, path: Path): string {
  return `${resource.address} ${showPath(path)}`;
}

function child(value: Json | undefined, part: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof part === 'number' ? value[part] : child(value[0], part);
  // Terraform JSON writes a single nested block without its list.
  if (typeof part === 'number') return part === 0 && isObject(value) ? value : undefined;
  return own(value, part);
}

/** The configuration's expression for an attribute, as deep as it goes; with the sources, what it comes down to as well. */
export function expressionAt(resource: Resource, path: Path): Expression | undefined {
  const expression = configuredAt(resource, path);
  const references = own(expression, 'references');
  if (references === undefined || !resource.config?.evaluate) return expression;
  const written = resource.config.evaluate(path, resource);
  return written && written.references.length > 0
    ? { references, resolved: [...written.references] }
    : expression;
}

function configuredAt(resource: Resource, path: Path): Expression | undefined {
  let current: Json | undefined = resource.config?.expressions;
  for (const part of path) {
    if (isObject(current) && (own(current, 'references') ?? own(current, 'constant_value')) !== undefined)
      return current;
    current = child(current, part);
  }
  return current;
}

function holdsUnknown(unknown: Json | undefined): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some(holdsUnknown);
  return isObject(unknown) && Object.values(unknown).some(holdsUnknown);
}

/** The value with a symbol in every place that is known only after apply, or with what the sources write there. */
function filled(
  value: Json | undefined,
  unknown: Json | undefined,
  expression: Expression | undefined,
  written: Json | undefined,
  resource: Resource,
  resolver: Resolver,
): Json {
  if (unknown === true) return written ?? symbolFor(expression, resource, resolver);
  if (Array.isArray(unknown) || Array.isArray(value)) {
    const items = Array.isArray(value) ? value : [];
    const flags = Array.isArray(unknown) ? unknown : [];
    const length = Math.max(items.length, flags.length);
    const inner = alignedBlocks(items, expression);
    return Array.from({ length }, (_, index) =>
      filled(
        items[index],
        flags[index],
        inner(index),
        alignedItem(items, index, written),
        resource,
        resolver,
      ),
    );
  }
  if (isObject(unknown)) {
    const result: JsonObject = {};
    const known = isObject(value) ? value : {};
    for (const key of new Set([...Object.keys(known), ...Object.keys(unknown)])) {
      const inner = isLeaf(expression) ? expression : own(expression, key);
      // A computed attribute that nobody wrote is absent, inside of blocks too.
      if (
        unknown[key] === true &&
        inner === undefined &&
        own(written, key) === undefined &&
        resource.config &&
        own(known, key) === undefined
      )
        continue;
      result[key] = filled(own(known, key), own(unknown, key), inner, own(written, key), resource, resolver);
    }
    return result;
  }
  return value === undefined ? null : value;
}

/** The written item that agrees with what the plan knows of this one; sets come in another order. */
function alignedItem(items: readonly Json[], index: number, written: Json | undefined): Json | undefined {
  if (!Array.isArray(written)) return undefined;
  const item = items[index];
  const same = written[index];
  if (written.length === items.length && same !== undefined && agrees(same, item)) return same;
  const fitting = written.filter((one) => agrees(one, item));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** True where two values contradict each other nowhere; what is a symbol or missing contradicts nothing. */
function agrees(written: Json, value: Json | undefined): boolean {
  if (value === undefined || value === null || written === null) return true;
  if (typeof written === 'string' && hasSymbol(written)) return true;
  if (Array.isArray(written) || Array.isArray(value)) {
    if (!Array.isArray(written) || !Array.isArray(value)) return false;
    return (
      written.length === value.length && written.every((item) => value.some((other) => agrees(item, other)))
    );
  }
  if (isObject(written) || isObject(value)) {
    if (!isObject(written) || !isObject(value)) return false;
    return Object.entries(written).every(([key, item]) => agrees(item, own(value, key)));
  }
  return String(written) === String(value);
}

function isLeaf(expression: Expression | undefined): boolean {
  return isObject(expression) && ('references' in expression || 'constant_value' in expression);
}

/**
 * Which block of the configuration made which block of the plan. A dynamic block has no trace in the
 * configuration, so where the counts differ only a block whose constants agree with exactly one is taken.
 */
function alignedBlocks(
  items: readonly Json[],
  expression: Expression | undefined,
): (index: number) => Expression | undefined {
  if (!Array.isArray(expression)) return () => expression;
  if (expression.length === items.length) return (index) => expression[index];
  return (index) => {
    const item = items[index];
    const fitting = expression.filter((block) => isObject(block) && constantsAgree(block, item));
    return fitting.length === 1 ? fitting[0] : null;
  };
}

function constantsAgree(block: JsonObject, item: Json | undefined): boolean {
  let compared = 0;
  for (const [name, expression] of Object.entries(block)) {
    const constant = own(expression, 'constant_value');
    if (constant === undefined) continue;
    const actual = own(item, name);
    const same = Array.isArray(constant)
      ? Array.isArray(actual) && JSON.stringify([...constant].sort()) === JSON.stringify([...actual].sort())
      : constant === actual;
    if (!same) return false;
    compared++;
  }
  return compared > 0;
}

function symbolFor(expression: Expression | undefined, resource: Resource, resolver: Resolver): string {
  const references = referencesIn(expression);
  const targets = resolver.targets(expression, resolver.placeOf(resource));
  const concrete = targets.some((target) => target.resources.some((one) => isAssigned(one.type)));
  const text =
    references.find((reference) => !/^(each|count|var|local|path)\./.test(reference)) ?? references[0];
  // A dynamic block has no expression in the configuration: the resource is all that can be named.
  return symbol(text ?? resource.address, concrete);
}

/** True where a platform assigns the attributes of such resources: an id or ARN of one object, never a wildcard. */
export function isAssigned(type: string): boolean {
  return !FREE_TEXT_TYPES.has(type);
}

/** Types whose attributes carry text that somebody wrote elsewhere: it may be anything. */
const FREE_TEXT_TYPES: ReadonlySet<string> = new Set([
  'aws_ssm_parameter',
  'aws_secretsmanager_secret_version',
  'aws_s3_object',
  'azurerm_key_vault_secret',
  'azurerm_app_configuration_key',
  'consul_keys',
  'external',
  'http',
  'local_file',
  'null_data_source',
  'terraform_data',
  'terraform_remote_state',
  'template_file',
  'tfe_outputs',
  'vault_generic_secret',
  'vault_kv_secret_v2',
]);
