// State JSON (`terraform show -json` of a state) → Plan in which nothing changes.
// Format: https://developer.hashicorp.com/terraform/internals/json-format#values-representation

import { isObject, type JsonObject, own, ownObject, ownString } from './json.js';
import { type ModuleConfig, type Plan, PlanError } from './model.js';
import { byAddress, resourcesIn } from './plan-json.js';

/** True for a document that looks like the output of `show -json` of a state. */
export function isStateJson(document: unknown): boolean {
  return (
    isObject(document) &&
    own(document, 'format_version') !== undefined &&
    own(document, 'values') !== undefined &&
    own(document, 'resource_changes') === undefined &&
    own(document, 'planned_values') === undefined
  );
}

/** @throws PlanError */
export function readStateJson(document: JsonObject): Plan {
  const formatVersion = ownString(document, 'format_version');
  if (formatVersion === undefined || !/^[01]\.\d+$/.test(formatVersion))
    throw new PlanError('format_version is none of 0.x and 1.x: this is not a state that can be read');
  const root: ModuleConfig = {
    resources: new Map(),
    calls: new Map(),
    outputs: new Map(),
    variables: new Map(),
  };
  return {
    kind: 'state-json',
    formatVersion,
    terraformVersion: ownString(document, 'terraform_version'),
    producer: undefined,
    timestamp: undefined,
    errored: false,
    complete: true,
    deferredChanges: 0,
    resources: resourcesIn(ownObject(ownObject(document, 'values'), 'root_module'), root, [
      'managed',
      'data',
    ]).sort(byAddress),
    drift: [],
    root,
    providers: new Map(),
    outputs: [],
    variables: new Map(),
  };
}
