// A state file as backends hold it (version 4) → the values representation that `show -json` prints of it.
// Format: terraform's internal/states/statefile/version4.go; Terraform calls it internal, and has kept it since 0.12.

import { isObject, type Json, type JsonObject, own, ownArray, ownObject, ownString } from './json.js';

/** True for a document that looks like `terraform.tfstate`. */
export function isStateFile(document: unknown): boolean {
  return (
    own(document, 'version') === 4 &&
    own(document, 'serial') !== undefined &&
    Array.isArray(own(document, 'resources'))
  );
}

/** The same state as `terraform show -json` would print it, as far as it is read here. */
export function stateJsonOf(document: JsonObject): JsonObject {
  const modules = new Map<string, JsonObject[]>();
  for (const resource of ownArray(document, 'resources')) {
    const module = ownString(resource, 'module') ?? '';
    const instances = modules.get(module) ?? [];
    modules.set(module, instances);
    instances.push(...instancesOf(resource, module));
  }
  const { '': own = [], ...called } = Object.fromEntries(modules);
  return {
    format_version: '1.0',
    terraform_version: ownString(document, 'terraform_version') ?? null,
    values: {
      root_module: {
        resources: own,
        child_modules: Object.entries(called).map(([address, resources]) => ({ address, resources })),
      },
    },
  };
}

function instancesOf(resource: Json, module: string): JsonObject[] {
  const type = ownString(resource, 'type') ?? '';
  const name = ownString(resource, 'name') ?? '';
  const mode = ownString(resource, 'mode') === 'data' ? 'data' : 'managed';
  const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const base = module === '' ? local : `${module}.${local}`;
  // `module.a.provider["registry.terraform.io/hashicorp/aws"].alias`
  const [, provider = ''] = /provider\["([^"]*)"\]/.exec(ownString(resource, 'provider') ?? '') ?? [];
  return ownArray(resource, 'instances').flatMap((instance) => {
    // What a replacement left to be destroyed is not what stands.
    if (!isObject(instance) || own(instance, 'deposed') !== undefined) return [];
    const key = own(instance, 'index_key');
    const index = typeof key === 'string' || typeof key === 'number' ? key : undefined;
    return [
      {
        address: index === undefined ? base : `${base}[${JSON.stringify(index)}]`,
        mode,
        type,
        name,
        ...(index !== undefined && { index }),
        provider_name: provider,
        values: ownObject(instance, 'attributes') ?? {},
        sensitive_values: sensitiveIn(instance),
      },
    ];
  });
}

/** Attributes that hold anything sensitive, as a whole. */
function sensitiveIn(instance: JsonObject): JsonObject {
  const names = ownArray(instance, 'sensitive_attributes').flatMap((path) =>
    Array.isArray(path) ? (ownString(path[0], 'value') ?? []) : [],
  );
  return Object.fromEntries(names.map((name) => [name, true]));
}
