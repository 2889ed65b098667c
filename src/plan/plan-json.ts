// Plan JSON (`terraform show -json PLAN`, `tofu show -json PLAN`) → Plan.
// Format: https://developer.hashicorp.com/terraform/internals/json-format, versions 0.1 to 1.x.

import { type InstanceKey, moduleSteps } from './address.js';
import { isObject, type Json, type JsonObject, own, ownArray, ownObject, ownString } from './json.js';
import {
  type Action,
  type ModuleCall,
  type ModuleConfig,
  type Output,
  type Plan,
  PlanError,
  type Resource,
  type ResourceConfig,
} from './model.js';

/** True for a document that looks like the output of `show -json` of a plan. */
export function isPlanJson(document: unknown): boolean {
  return (
    isObject(document) &&
    own(document, 'format_version') !== undefined &&
    (own(document, 'resource_changes') !== undefined || own(document, 'planned_values') !== undefined)
  );
}

/** @throws PlanError where the document is no plan of a format this reader knows. */
export function readPlanJson(document: JsonObject): Plan {
  const formatVersion = ownString(document, 'format_version');
  if (formatVersion === undefined || !/^[01]\.\d+$/.test(formatVersion))
    throw new PlanError('format_version is none of 0.x and 1.x: this is not a plan that can be read');
  const configuration = ownObject(document, 'configuration');
  const root = readModule(ownObject(configuration, 'root_module'), 0);
  const changes = own(document, 'resource_changes') ?? [];
  if (!Array.isArray(changes)) throw new PlanError('resource_changes is not a list');
  const resources = new Map<string, Resource>();
  for (const resource of readDataFromState(document, root)) resources.set(resource.address, resource);
  changes.forEach((change, index) => {
    const resource = readChange(change, root, `resource_changes[${index}]`);
    if (resource) resources.set(resource.address, resource);
  });
  return {
    kind: 'plan-json',
    formatVersion,
    terraformVersion: ownString(document, 'terraform_version'),
    producer: producerOf(changes),
    timestamp: ownString(document, 'timestamp'),
    errored: own(document, 'errored') === true,
    complete: own(document, 'complete') !== false,
    deferredChanges: ownArray(document, 'deferred_changes').length,
    resources: [...resources.values()].sort(byAddress),
    drift: ownArray(document, 'resource_drift')
      // Terraform 1.0 did not say which instance it was, so nothing can be told of it.
      .filter((change) => !isObject(change) || own(change, 'address') !== undefined)
      .map((change, index) => readChange(change, root, `resource_drift[${index}]`))
      .filter((resource) => resource !== undefined)
      .sort(byAddress),
    root,
    providers: readProviders(configuration),
    outputs: readOutputs(document, root),
    variables: readVariables(document, root),
  };
}

export function byAddress(a: { address: string }, b: { address: string }): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}

/** OpenTofu and Terraform name providers by their own registries. */
function producerOf(changes: readonly Json[]): Plan['producer'] {
  const providers = changes.map((change) => ownString(change, 'provider_name') ?? '');
  if (providers.some((name) => name.startsWith('registry.opentofu.org/'))) return 'OpenTofu';
  return providers.some((name) => name.startsWith('registry.terraform.io/')) ? 'Terraform' : undefined;
}

function readChange(change: Json, root: ModuleConfig, place: string): Resource | undefined {
  if (!isObject(change)) throw new PlanError(`${place} is not an object`);
  const address = ownString(change, 'address');
  const type = ownString(change, 'type');
  const name = ownString(change, 'name');
  const body = ownObject(change, 'change');
  if (address === undefined || type === undefined || name === undefined || body === undefined)
    throw new PlanError(`${place} lacks one of address, type, name and change`);
  if (own(change, 'deposed') !== undefined) return undefined;
  const action = readAction(ownArray(body, 'actions'), place);
  const mode = ownString(change, 'mode') === 'data' ? 'data' : 'managed';
  const module = moduleSteps(ownString(change, 'module_address') ?? '');
  const before = ownObject(body, 'before') ?? null;
  const gone = action === 'delete' || action === 'forget';
  return {
    address,
    module,
    mode,
    type,
    name,
    key: own(change, 'index') as InstanceKey | undefined,
    provider: providerName(ownString(change, 'provider_name'), type),
    action,
    values: (gone ? before : ownObject(body, 'after')) ?? {},
    unknown: gone ? {} : (own(body, 'after_unknown') ?? {}),
    sensitive: own(body, gone ? 'before_sensitive' : 'after_sensitive') ?? {},
    before,
    config: gone ? undefined : configOf(root, module, mode, type, name),
    previousAddress: ownString(change, 'previous_address'),
    construct: undefined,
  };
}

function readAction(actions: readonly Json[], place: string): Action {
  const text = actions.join('+');
  switch (text) {
    case 'create':
    case 'read':
    case 'update':
    case 'delete':
    case 'no-op':
    case 'forget':
      return text;
    case 'delete+create':
    case 'create+delete':
    case 'create+forget':
      return 'replace';
    default:
      throw new PlanError(`${place}.change.actions is none that this version knows`);
  }
}

function providerName(full: string | undefined, type: string): string {
  return full?.split('/').at(-1) ?? type.split('_')[0] ?? type;
}

/** The configuration block that declares a resource of a module instance. */
/** The block that declares a resource, in the module that it stands in. */
export function configOf(
  root: ModuleConfig,
  module: readonly { name: string }[],
  mode: 'managed' | 'data',
  type: string,
  name: string,
): ResourceConfig | undefined {
  let current: ModuleConfig | undefined = root;
  for (const step of module) current = current?.calls.get(step.name)?.module;
  return current?.resources.get(mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`);
}

const DEEPEST_MODULE = 64;

function readModule(module: JsonObject | undefined, depth: number): ModuleConfig {
  if (depth > DEEPEST_MODULE) throw new PlanError(`modules are nested deeper than ${DEEPEST_MODULE} levels`);
  const resources = new Map<string, ResourceConfig>();
  for (const block of ownArray(module, 'resources')) {
    const type = ownString(block, 'type');
    const name = ownString(block, 'name');
    if (type === undefined || name === undefined) continue;
    const key = ownString(block, 'mode') === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
    const provisioners = ownArray(block, 'provisioners').map((one) => ({
      type: ownString(one, 'type') ?? '',
      expressions: ownObject(one, 'expressions') ?? {},
    }));
    resources.set(key, {
      expressions: ownObject(block, 'expressions') ?? {},
      ...(provisioners.length > 0 && { provisioners }),
      provider: ownString(block, 'provider_config_key'),
      forEach: own(block, 'for_each_expression'),
      count: own(block, 'count_expression'),
    });
  }
  const calls = new Map<string, ModuleCall>();
  for (const [name, call] of Object.entries(ownObject(module, 'module_calls') ?? {})) {
    calls.set(name, {
      expressions: ownObject(call, 'expressions') ?? {},
      module: readModule(ownObject(call, 'module'), depth + 1),
      forEach: own(call, 'for_each_expression'),
      count: own(call, 'count_expression'),
    });
  }
  const outputs = new Map<string, { expression: Json; sensitive: boolean }>();
  for (const [name, output] of Object.entries(ownObject(module, 'outputs') ?? {}))
    outputs.set(name, {
      expression: own(output, 'expression') ?? {},
      sensitive: own(output, 'sensitive') === true,
    });
  const variables = new Map<string, Json | undefined>();
  for (const [name, variable] of Object.entries(ownObject(module, 'variables') ?? {}))
    variables.set(name, own(variable, 'default'));
  return { resources, calls, outputs, variables };
}

/** Data sources that were read while planning stand in the prior state only. */
function readDataFromState(document: JsonObject, root: ModuleConfig): Resource[] {
  const state = ownObject(ownObject(ownObject(document, 'prior_state'), 'values'), 'root_module');
  return resourcesIn(state, root, ['data']);
}

/** The resources of a values representation: the modules of a state, as they stand. @throws PlanError */
export function resourcesIn(
  rootModule: JsonObject | undefined,
  root: ModuleConfig,
  modes: readonly Resource['mode'][],
): Resource[] {
  const result: Resource[] = [];
  const visit = (module: JsonObject | undefined, depth: number): void => {
    if (!module) return;
    if (depth > DEEPEST_MODULE)
      throw new PlanError(`modules are nested deeper than ${DEEPEST_MODULE} levels`);
    const path = moduleSteps(ownString(module, 'address') ?? '');
    for (const entry of ownArray(module, 'resources')) {
      const mode = ownString(entry, 'mode') === 'data' ? 'data' : 'managed';
      if (!modes.includes(mode)) continue;
      const address = ownString(entry, 'address');
      const type = ownString(entry, 'type');
      const name = ownString(entry, 'name');
      if (address === undefined || type === undefined || name === undefined) continue;
      const values = ownObject(entry, 'values') ?? {};
      result.push({
        address,
        module: path,
        mode,
        type,
        name,
        key: own(entry, 'index') as InstanceKey | undefined,
        provider: providerName(ownString(entry, 'provider_name'), type),
        action: 'no-op',
        values,
        unknown: {},
        sensitive: own(entry, 'sensitive_values') ?? {},
        before: values,
        config: configOf(root, path, mode, type, name),
        previousAddress: undefined,
        construct: undefined,
      });
    }
    for (const child of ownArray(module, 'child_modules')) if (isObject(child)) visit(child, depth + 1);
  };
  visit(rootModule, 0);
  return result;
}

function readProviders(configuration: JsonObject | undefined): Map<string, JsonObject> {
  const result = new Map<string, JsonObject>();
  for (const [key, provider] of Object.entries(ownObject(configuration, 'provider_config') ?? {}))
    result.set(key, ownObject(provider, 'expressions') ?? {});
  return result;
}

/** Plan JSON lists the defaults that were taken as well. */
function readVariables(document: JsonObject, root: ModuleConfig): Map<string, Json> {
  const result = new Map<string, Json>();
  for (const [name, variable] of Object.entries(ownObject(document, 'variables') ?? {})) {
    const value = own(variable, 'value');
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(root.variables.get(name)))
      result.set(name, value);
  }
  return result;
}

function readOutputs(document: JsonObject, root: ModuleConfig): Output[] {
  const changes = ownObject(document, 'output_changes') ?? {};
  const names = new Set([...root.outputs.keys(), ...Object.keys(changes)]);
  return [...names].sort().map((name) => {
    const change = own(changes, name);
    const declared = root.outputs.get(name);
    return {
      name,
      expression: declared?.expression,
      value: own(change, 'after'),
      unknown: own(change, 'after_unknown') === true,
      sensitive: declared?.sensitive ?? own(change, 'after_sensitive') === true,
    };
  });
}
