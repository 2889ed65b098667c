// A folder of configuration → Plan, with everything to be created. What only a plan would tell stays unknown.

import type { Parser } from 'web-tree-sitter';
import { inModule, keySuffix, moduleAddress, moduleSteps } from '../plan/address.js';
import { blocks, isObject, type JsonObject, own } from '../plan/json.js';
import { type Gap, type Plan, PlanError, type Resource } from '../plan/model.js';
import { byAddress, configOf } from '../plan/plan-json.js';
import { type ModuleSource, readConfiguration } from '../source/configuration.js';
import { constantOf } from '../source/constant.js';
import { Evaluator, type WrittenInstance } from '../source/evaluator.js';
import type { Block, SourceFile } from '../source/syntax.js';
import type { Folder } from './folder.js';
import { readSources } from './source-folder.js';

const MOST_RESOURCES = 50_000;

/**
 * @param shown the path of a file as a report names it
 * @param now what `plantimestamp()` is
 * @throws PlanError where there is more than any configuration holds
 */
export function readConfigurationPlan(
  folder: Folder,
  parser: Parser,
  shown: (path: string) => string,
  now: Date,
): { readonly plan: Plan; readonly sha256: string } {
  const { root: source, variables, files, missing, sha256 } = readSources(folder, parser, shown);
  const evaluator = new Evaluator(source, files);
  const { root, providers } = readConfiguration(source, evaluator);
  const timestamp = now.toISOString().replace(/\.\d+Z$/, 'Z');
  evaluator.learn({ resources: [], variables, timestamp, unplanned: true });
  const resources: Resource[] = [];
  const gaps: Gap[] = [...brokenIn(source), ...missing.map((address): Gap => ({ kind: 'module', address }))];
  for (const instance of evaluator.written()) {
    const resource = toResource(
      instance,
      evaluator,
      source,
      configOf(root, instance.module, instance.mode, instance.type, instance.name),
    );
    resources.push(resource);
    if (resources.length > MOST_RESOURCES)
      throw new PlanError(`the configuration makes more than ${MOST_RESOURCES} resources`);
    if (instance.uncounted !== undefined)
      gaps.push({ kind: 'count', address: resource.address, reference: instance.uncounted });
  }
  return {
    sha256,
    plan: {
      kind: 'configuration',
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
      providers,
      outputs: [...root.outputs].sort().map(([name, { expression, sensitive }]) => {
        const value = evaluator.output(name);
        const unknown = value?.unknown !== false;
        return { name, expression, value: unknown ? undefined : value?.value, unknown, sensitive };
      }),
      variables,
      gaps,
    },
  };
}

function toResource(
  instance: WrittenInstance,
  evaluator: Evaluator,
  source: ModuleSource,
  config: Resource['config'],
): Resource {
  const { module, mode, type, name, key, block } = instance;
  const { values, unknown } = evaluator.valuesOf(block, instance);
  if (mode === 'managed')
    addProviderTags(values, unknown, providerBlock(config?.provider, source), instance, evaluator);
  const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}${keySuffix(key)}`;
  return {
    address: inModule(moduleAddress(module), local),
    module,
    mode,
    type,
    name,
    key,
    provider: config?.provider?.split(':').at(-1)?.split('.')[0] ?? type.split('_')[0] ?? type,
    action: mode === 'data' ? 'read' : 'create',
    values,
    unknown,
    sensitive: {},
    before: null,
    config,
    previousAddress: undefined,
    construct: config?.construct,
  };
}

/** A plan shows the tags of the provider in `tags_all`. */
function addProviderTags(
  values: JsonObject,
  unknown: JsonObject,
  provider: { readonly block: Block; readonly at: string } | undefined,
  instance: WrittenInstance,
  evaluator: Evaluator,
): void {
  if (!provider || own(unknown, 'tags') === true) return;
  const module = provider.at === '' ? [] : instance.module.slice(0, moduleSteps(provider.at).length);
  const defaults = own(evaluator.valuesOf(provider.block, { module, key: undefined }).values, 'default_tags');
  const tags = own(blocks(defaults)[0], 'tags');
  const written = own(values, 'tags');
  if (isObject(tags)) values.tags_all = { ...tags, ...(isObject(written) ? written : {}) };
}

/** @param key as plan JSON keys providers: `aws`, `aws.payments`, `module.team:aws` */
function providerBlock(
  key: string | undefined,
  root: ModuleSource,
): { readonly block: Block; readonly at: string } | undefined {
  const [last = '', at = ''] = (key ?? '').split(':').reverse();
  const [type, alias] = last.split('.');
  let source: ModuleSource | undefined = root;
  for (const step of moduleSteps(at)) source = source?.children.get(step.name);
  for (const { body } of source?.files ?? [])
    for (const block of body.blocks) {
      if (block.type !== 'provider' || block.labels[0] !== type) continue;
      const written = block.body.attributes.get('alias');
      if ((written && constantOf(written.expression)?.value) === alias) return { block, at };
    }
  return undefined;
}

/** Files that cannot be read to their end. */
function brokenIn(source: ModuleSource, seen: Set<SourceFile> = new Set()): Gap[] {
  const own = source.files.flatMap((file): Gap[] => {
    if (!file.broken || seen.has(file)) return [];
    seen.add(file);
    return [{ kind: 'file', address: file.path, location: { file: file.path, ...file.broken } }];
  });
  return [...own, ...[...source.children.values()].flatMap((child) => brokenIn(child, seen))];
}
