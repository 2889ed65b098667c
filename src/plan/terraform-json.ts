// Terraform JSON syntax (`cdk.tf.json` of a synth, any `*.tf.json`) → Plan, with everything to be created.
// Syntax: https://developer.hashicorp.com/terraform/language/syntax/json

import { distinctReferences, parseReference } from './address.js';
import { constructNoteOf } from './construct-note.js';
import { blocks, isObject, type Json, type JsonObject, own, ownObject, ownString, strings } from './json.js';
import {
  type Lifecycle,
  type ModuleConfig,
  type Output,
  type Plan,
  PlanError,
  type Resource,
  type ResourceConfig,
} from './model.js';
import { byAddress } from './plan-json.js';
import { symbol } from './symbol.js';
import { isAssigned } from './value.js';

const TOP_LEVEL = new Set([
  '//',
  'terraform',
  'provider',
  'resource',
  'data',
  'output',
  'variable',
  'locals',
  'module',
  'import',
  'moved',
  'removed',
  'check',
]);
const META = new Set([
  '//',
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
  'dynamic',
]);
const DEEPEST_VALUE = 200;

/** True for a document that holds nothing but Terraform blocks, and at least one that makes something. */
export function isTerraformJson(document: unknown): boolean {
  if (!isObject(document)) return false;
  const keys = Object.keys(document);
  return (
    keys.some((key) => key === 'resource' || key === 'data' || key === 'terraform') &&
    keys.every((key) => TOP_LEVEL.has(key))
  );
}

/** @throws PlanError where a block has a shape that Terraform would not take either. */
export function readTerraformJson(document: JsonObject): Plan {
  const locals = ownObject(document, 'locals') ?? {};
  const providers = readProviders(document, locals);
  const configs = new Map<string, ResourceConfig>();
  const resources: Resource[] = [];
  for (const mode of ['managed', 'data'] as const) {
    const section = own(document, mode === 'data' ? 'data' : 'resource');
    for (const [type, named] of mergedEntries(section)) {
      for (const [name, body] of mergedEntries(named)) {
        const block = blocks(body)[0];
        if (!block)
          throw new PlanError(`${mode === 'data' ? 'data' : 'resource'}.${type}.${name} is not an object`);
        const resource = readBlock(mode, type, name, block, locals, providers);
        resources.push(resource);
        configs.set(
          mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`,
          resource.config as ResourceConfig,
        );
      }
    }
  }
  const outputs = readOutputs(document, locals);
  const root: ModuleConfig = {
    resources: configs,
    calls: new Map(),
    outputs: new Map(
      outputs.map(({ name, expression, sensitive }) => [name, { expression: expression ?? null, sensitive }]),
    ),
    variables: new Map(
      mergedEntries(own(document, 'variable')).map(([name, body]) => [name, own(blocks(body)[0], 'default')]),
    ),
  };
  return {
    kind: 'terraform-json',
    formatVersion: undefined,
    terraformVersion: undefined,
    producer: undefined,
    timestamp: undefined,
    errored: false,
    complete: true,
    deferredChanges: 0,
    resources: resources.sort(byAddress),
    drift: [],
    root,
    providers: new Map([...providers].map(([key, block]) => [key, block.expressions])),
    outputs,
    variables: new Map(),
  };
}

/** Entries of an object, or of a list of objects that Terraform merges. */
function mergedEntries(value: Json | undefined): [string, Json][] {
  return blocks(value).flatMap((block) => Object.entries(block).filter(([key]) => key !== '//'));
}

interface Provider {
  readonly expressions: JsonObject;
  readonly defaultTags: JsonObject;
}

function readProviders(document: JsonObject, locals: JsonObject): Map<string, Provider> {
  const result = new Map<string, Provider>();
  for (const [name, body] of mergedEntries(own(document, 'provider'))) {
    for (const block of blocks(body)) {
      const alias = ownString(block, 'alias');
      const parsed = parse(block, locals);
      const tags = own(blocks(own(block, 'default_tags'))[0], 'tags');
      result.set(alias === undefined ? name : `${name}.${alias}`, {
        expressions: isObject(parsed.expression) ? parsed.expression : {},
        defaultTags: isObject(tags) ? tags : {},
      });
    }
  }
  return result;
}

function readBlock(
  mode: 'managed' | 'data',
  type: string,
  name: string,
  block: JsonObject,
  locals: JsonObject,
  providers: ReadonlyMap<string, Provider>,
): Resource {
  const written = Object.fromEntries(Object.entries(block).filter(([key]) => !META.has(key)));
  const provider = ownString(block, 'provider') ?? type.split('_')[0] ?? type;
  const defaultTags = providers.get(provider)?.defaultTags;
  const tags = own(written, 'tags');
  if (defaultTags && Object.keys(defaultTags).length > 0 && (tags === undefined || isObject(tags)))
    written.tags_all = { ...defaultTags, ...tags };
  const parsed = parse(written, locals);
  const unknown = isObject(parsed.unknown) ? { ...parsed.unknown } : {};
  // A dynamic block makes blocks that only a plan shows.
  for (const [label] of mergedEntries(own(block, 'dynamic'))) unknown[label] = true;
  return {
    address: mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`,
    module: [],
    mode,
    type,
    name,
    key: undefined,
    provider: provider.split('.')[0] ?? provider,
    action: mode === 'data' ? 'read' : 'create',
    values: isObject(parsed.value) ? parsed.value : {},
    unknown,
    sensitive: {},
    before: null,
    config: {
      expressions: isObject(parsed.expression) ? parsed.expression : {},
      provider,
      forEach: parse(own(block, 'for_each') ?? null, locals).expression,
      count: parse(own(block, 'count') ?? null, locals).expression,
      ...readLifecycle(own(block, 'lifecycle')),
    },
    previousAddress: undefined,
    construct: constructNoteOf(ownObject(block, '//')),
  };
}

function readLifecycle(value: Json | undefined): { lifecycle: Lifecycle } | undefined {
  const block = blocks(value)[0];
  if (!block) return undefined;
  const ignored = own(block, 'ignore_changes');
  return {
    lifecycle: {
      preventDestroy: own(block, 'prevent_destroy') === true,
      ignoreChanges:
        ignored === 'all' ? 'all' : strings(ignored).map((path) => path.split(/[.[]/)[0] as string),
      replaceTriggeredBy: strings(own(block, 'replace_triggered_by')),
    },
  };
}

function readOutputs(document: JsonObject, locals: JsonObject): Output[] {
  return mergedEntries(own(document, 'output'))
    .map(([name, body]) => {
      const block = blocks(body)[0];
      const parsed = parse(own(block, 'value') ?? null, locals);
      return {
        name,
        expression: parsed.expression,
        value: parsed.value,
        unknown: parsed.unknown === true,
        sensitive: own(block, 'sensitive') === true,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A value in the three shapes that a plan has: what is known, what is not, and what it was written from. */
interface Parsed {
  readonly value: Json;
  readonly unknown: Json;
  readonly expression: Json;
}

function parse(value: Json, locals: JsonObject, depth = 0): Parsed {
  if (depth > DEEPEST_VALUE) throw new PlanError(`values are nested deeper than ${DEEPEST_VALUE} levels`);
  if (typeof value === 'string') return parseTemplate(value, locals, depth);
  if (Array.isArray(value)) {
    const items = value.map((item) => parse(item, locals, depth + 1));
    const references = value.every((item) => !isObject(item))
      ? items.flatMap((item) => listed(item.expression))
      : [];
    return {
      value: items.map((item) => item.value),
      unknown: items.map((item) => item.unknown),
      expression: value.some(isObject)
        ? items.map((item) => item.expression)
        : references.length > 0
          ? { references: distinctReferences(references) }
          : { constant_value: value },
    };
  }
  if (!isObject(value)) return { value, unknown: false, expression: { constant_value: value } };
  const entries = Object.entries(value).map(([key, item]) => [key, parse(item, locals, depth + 1)] as const);
  return {
    value: Object.fromEntries(
      entries.filter(([, item]) => item.unknown !== true).map(([key, item]) => [key, item.value]),
    ),
    unknown: Object.fromEntries(entries.map(([key, item]) => [key, item.unknown])),
    expression: Object.fromEntries(entries.map(([key, item]) => [key, item.expression])),
  };
}

function listed(expression: Json): string[] {
  const references = own(expression, 'references');
  return Array.isArray(references) ? references.filter((item) => typeof item === 'string') : [];
}

/** A string with `${…}` inside: parts that are only known later become symbols, so that the rest stays readable. */
function parseTemplate(text: string, locals: JsonObject, depth: number): Parsed {
  if (!text.includes('${') && !text.includes('%{'))
    return { value: text, unknown: false, expression: { constant_value: text } };
  const parts = splitTemplate(text);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only?.code !== undefined) {
    const local = /^local\.([\w-]+)$/.exec(only.code.trim())?.[1];
    const inner = local === undefined ? undefined : own(locals, local);
    if (inner !== undefined && depth < 20) return parse(inner, locals, depth + 1);
    return { value: null, unknown: true, expression: { references: referencesInCode(only.code) } };
  }
  const references = parts.flatMap((part) => (part.code === undefined ? [] : referencesInCode(part.code)));
  const value = parts
    .map((part) => {
      if (part.code === undefined) return part.text;
      const local = /^local\.([\w-]+)$/.exec(part.code.trim())?.[1];
      const inner = local === undefined || depth > 20 ? undefined : own(locals, local);
      if (typeof inner === 'string') {
        const parsed = parseTemplate(inner, locals, depth + 1);
        if (typeof parsed.value === 'string') return parsed.value;
      }
      return symbolOf(part.code);
    })
    .join('');
  return {
    value,
    unknown: false,
    expression: references.length > 0 ? { references } : { constant_value: value },
  };
}

function symbolOf(code: string): string {
  const references = referencesInCode(code);
  const concrete = references.some((text) => {
    const reference = parseReference(text);
    return reference.kind === 'resource' && isAssigned(reference.type);
  });
  return symbol(references[0] ?? 'expression', concrete);
}

interface TemplatePart {
  readonly text: string;
  /** The code between `${` and `}`; undefined for literal text. */
  readonly code: string | undefined;
}

function splitTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = '';
  let position = 0;
  while (position < text.length) {
    const two = text.slice(position, position + 2);
    const three = text.slice(position, position + 3);
    if (three === '$${' || three === '%%{') {
      literal += three.slice(1);
      position += 3;
    } else if (two === '${' || two === '%{') {
      const end = endOfCode(text, position + 2);
      if (literal !== '') parts.push({ text: literal, code: undefined });
      literal = '';
      parts.push({ text: '', code: text.slice(position + 2, end) });
      position = end + 1;
    } else {
      literal += text[position];
      position++;
    }
  }
  if (literal !== '') parts.push({ text: literal, code: undefined });
  return parts;
}

/** The index of the brace that closes an interpolation; strings inside are skipped. */
function endOfCode(text: string, start: number): number {
  let depth = 1;
  let quoted = false;
  for (let position = start; position < text.length; position++) {
    const character = text[position];
    if (quoted) {
      if (character === '\\') position++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return position;
  }
  return text.length;
}

/** The traversals inside an expression: `aws_iam_role.a["x"].arn`. Function names and literals are left out. */
function referencesInCode(code: string): string[] {
  const found = code.matchAll(/[A-Za-z_][\w-]*(?:\.[\w*-]+|\[(?:"[^"\\]*"|\d+|\*)\])+/g);
  return distinctReferences([...found].map((match) => match[0]));
}
