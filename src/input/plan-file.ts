// The plan file itself (`terraform plan -out`, `tofu plan -out`) → Plan. No provider, schema or network is needed:
// values are keyed by attribute name, and the sources that the plan was made from are in the file.
// Messages: planfile.proto of Terraform and OpenTofu (https://github.com/opentofu/opentofu/tree/main/internal/plans),
// format version 3, which both have written since 2019.

import type { Parser } from 'web-tree-sitter';
import { addressOf, moduleSteps } from '../plan/address.js';
import { isObject, type Json, type JsonObject, own, ownArray, ownString } from '../plan/json.js';
import { type Action, type Output, type Plan, PlanError, type Resource } from '../plan/model.js';
import { byAddress, configOf } from '../plan/plan-json.js';
import { readConfiguration } from '../source/configuration.js';
import { Evaluator } from '../source/evaluator.js';
import { loadGrammar } from '../source/grammar.js';
import type { Folder } from './folder.js';
import { JsonError, parseJson } from './json.js';
import { type Decoded, decodeMsgpack, MsgpackError } from './msgpack.js';
import { readModules } from './plan-sources.js';
import { Message, ProtobufError } from './protobuf.js';
import type { PlanFileReader } from './read-plan.js';
import { readableFiles } from './source-folder.js';
import { decode } from './text.js';
import { readZip, type ZipEntry, ZipError } from './zip.js';

const VERSION = 3;
const LIMITS = { entries: 20_000, total: 4 * 2 ** 30 };

/** How large the sources inside of a plan file say they are; 0 where it cannot be read. */
export function sizeOfSources(bytes: Uint8Array): number {
  try {
    const entries = [...readZip(bytes, LIMITS).values()];
    return entries.reduce((sum, { name, size }) => sum + (name.startsWith('tfconfig/') ? size : 0), 0);
  } catch {
    return 0;
  }
}

/** Loads the grammar for the sources inside of plan files. */
export async function loadPlanFileReader(): Promise<PlanFileReader> {
  const parser = await loadGrammar();
  return (bytes, beside, shown = (path) => path) => {
    try {
      return readPlanFile(bytes, parser, beside, shown);
    } catch (error) {
      if (error instanceof ZipError) throw new PlanError(error.message);
      if (error instanceof ProtobufError || error instanceof MsgpackError || error instanceof JsonError)
        throw new PlanError(`the plan file is damaged: ${error.message}`);
      throw error;
    }
  };
}

function readPlanFile(
  bytes: Uint8Array,
  parser: Parser,
  beside: Folder | undefined,
  shown: (path: string) => string,
): Plan {
  const entries = readZip(bytes, LIMITS);
  const content = entries.get('tfplan');
  if (!content) throw new PlanError('this is a zip archive, but no plan: it holds no file named tfplan');
  const message = new Message(content.read());
  const version = message.number(1);
  if (version !== VERSION)
    throw new PlanError(
      `this plan file has format version ${version}, and only ${VERSION} can be read; convert it with \`terraform show -json\``,
    );
  const sources = readModules(entries, parser, shown);
  const evaluator = new Evaluator(sources, beside && readableFiles(beside, parser));
  const { root, providers } = readConfiguration(sources, evaluator);
  const changes = message.messages(3);
  const resources = new Map<string, Resource>();
  for (const resource of dataInState(entries.get('tfstate'))) resources.set(resource.address, resource);
  for (const change of changes) {
    const resource = readChange(change);
    if (resource) resources.set(resource.address, resource);
  }
  const configured = (resource: Resource): Resource => {
    const { action, module, mode, type, name } = resource;
    const config = isGone(action) ? undefined : configOf(root, module, mode, type, name);
    return { ...resource, config, construct: config?.construct };
  };
  const variables = readVariables(message.messages(2));
  evaluator.learn({
    resources: [...resources.values()],
    variables,
    timestamp: message.text(21) || undefined,
  });
  const producer = producerOf(changes);
  const terraformVersion = message.text(14) || undefined;
  return {
    kind: 'binary-plan',
    formatVersion: String(version),
    terraformVersion,
    producer,
    timestamp: message.text(21) || undefined,
    errored: message.number(20) === 1,
    complete: message.number(26) === 1 || !saysWhetherComplete(message, producer, terraformVersion),
    deferredChanges: message.messages(27).length + message.messages(31).length,
    resources: [...resources.values()].map(configured).sort(byAddress),
    drift: message
      .messages(18)
      .map(readChange)
      // What moved in the state without changing is no drift.
      .filter((resource) => resource !== undefined)
      .filter((resource) => resource.action !== 'no-op')
      .map(configured)
      .sort(byAddress),
    root,
    providers,
    outputs: readOutputs(message.messages(4), root.outputs),
    variables,
  };
}

/** The values that were given when planning. */
function readVariables(entries: readonly Message[]): Map<string, Json> {
  const result = new Map<string, Json>();
  for (const entry of entries) {
    const value = entry.message(2)?.bytes(1);
    if (value) result.set(entry.text(1), decodeMsgpack(value).value);
  }
  return result;
}

/** Terraform has told since 1.8 whether a plan is complete, and leaves the field out of one that is not. */
function saysWhetherComplete(
  message: Message,
  producer: Plan['producer'],
  version: string | undefined,
): boolean {
  if (message.has(25)) return true;
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return producer === 'Terraform' && (major > 1 || (major === 1 && minor >= 8));
}

function producerOf(changes: readonly Message[]): Plan['producer'] {
  const names = changes.map((change) => change.text(8));
  if (names.some((name) => name.includes('"registry.opentofu.org/'))) return 'OpenTofu';
  return names.some((name) => name.includes('"registry.terraform.io/')) ? 'Terraform' : undefined;
}

function isGone(action: Action): boolean {
  return action === 'delete' || action === 'forget';
}

const ACTIONS: Readonly<Record<number, Action>> = {
  0: 'no-op',
  1: 'create',
  2: 'read',
  3: 'update',
  5: 'delete',
  6: 'replace',
  7: 'replace',
  8: 'forget',
  9: 'replace',
};

/** Undefined for deposed objects, and for ephemeral resources, which no state keeps. */
function readChange(change: Message): Resource | undefined {
  const text = change.text(13);
  const address = addressOf(text);
  if (!address) {
    if (text.includes('ephemeral.')) return undefined;
    throw new PlanError('a change of the plan file has an address that cannot be read');
  }
  if (change.has(7)) return undefined;
  const body = change.message(9);
  const action = ACTIONS[body?.number(1) ?? 0];
  if (!body || !action)
    throw new PlanError(`${text}: the plan file holds an action that this version does not know`);
  const values = body.messages(2).map((value) => decodeMsgpack(value.bytes(1) ?? new Uint8Array()));
  const { before, after } = sides(action, values);
  const gone = isGone(action);
  const kept = gone ? before : after;
  return {
    address: text,
    ...address,
    provider: providerName(change.text(8), address.type),
    action,
    values: isObject(kept?.value) ? kept.value : {},
    unknown: gone ? {} : (kept?.unknown ?? {}) || {},
    sensitive: marked(body.messages(gone ? 3 : 4)),
    before: isObject(before?.value) ? before.value : null,
    config: undefined,
    previousAddress: change.text(14) || undefined,
    construct: undefined,
  };
}

/** How many values a change holds depends on its action. */
function sides(
  action: Action,
  values: readonly Decoded[],
): { before: Decoded | undefined; after: Decoded | undefined } {
  const [first, second] = values;
  if (action === 'create') return { before: undefined, after: first };
  if (isGone(action)) return { before: first, after: undefined };
  if (action === 'no-op') return { before: first, after: first };
  return values.length > 1 ? { before: first, after: second } : { before: undefined, after: first };
}

/** `provider["registry.opentofu.org/hashicorp/aws"].payments` is `aws`. */
function providerName(text: string, type: string): string {
  const full = /\["([^"]*)"\]/.exec(text)?.[1];
  return full?.split('/').at(-1) ?? type.split('_')[0] ?? type;
}

/** The paths of sensitive values as the shape that plan JSON has. Elements of a set have no place: all of it counts. */
function marked(paths: readonly Message[]): Json {
  let result: Json = {};
  for (const path of paths) {
    const steps: (string | number)[] = [];
    for (const step of path.messages(1)) {
      const name = step.text(1);
      const key = step.message(2)?.bytes(1);
      const value = name === '' && key ? decodeMsgpack(key).value : name;
      if (typeof value !== 'string' && typeof value !== 'number') break;
      steps.push(value);
    }
    result = withMark(result, steps, 0);
  }
  return result;
}

function withMark(shape: Json | undefined, steps: readonly (string | number)[], depth: number): Json {
  const step = steps[depth];
  if (shape === true || step === undefined || depth > 100) return true;
  if (typeof step === 'number') {
    const list = Array.isArray(shape) ? [...shape] : [];
    if (step > 100_000) return true;
    while (list.length <= step) list.push(false);
    list[step] = withMark(list[step], steps, depth + 1);
    return list;
  }
  const object: JsonObject = isObject(shape) ? { ...shape } : {};
  Object.defineProperty(object, step, {
    value: withMark(own(object, step), steps, depth + 1),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return object;
}

function readOutputs(
  changes: readonly Message[],
  declared: ReadonlyMap<string, { expression: Json; sensitive: boolean }>,
): Output[] {
  const planned = new Map(changes.map((change) => [change.text(1), change]));
  return [...new Set([...declared.keys(), ...planned.keys()])].sort().map((name) => {
    const change = planned.get(name);
    const body = change?.message(2);
    const action = ACTIONS[body?.number(1) ?? 0] ?? 'no-op';
    const values = (body?.messages(2) ?? []).map((value) =>
      decodeMsgpack(value.bytes(1) ?? new Uint8Array()),
    );
    const { after } = sides(action, values);
    return {
      name,
      expression: declared.get(name)?.expression,
      value: after && after.unknown !== true ? after.value : undefined,
      unknown: after?.unknown === true,
      sensitive: declared.get(name)?.sensitive ?? change?.number(3) === 1,
    };
  });
}

/** Data sources that were read while planning stand in the state only (format version 4). */
function dataInState(entry: ZipEntry | undefined): Resource[] {
  if (!entry) return [];
  const state = parseJson(decode(entry.read()));
  return ownArray(state, 'resources').flatMap((block) => {
    const type = ownString(block, 'type');
    const name = ownString(block, 'name');
    if (ownString(block, 'mode') !== 'data' || type === undefined || name === undefined) return [];
    const module = ownString(block, 'module') ?? '';
    const steps = moduleSteps(module);
    return ownArray(block, 'instances').flatMap((instance): Resource[] => {
      const key = own(instance, 'index_key');
      const values = own(instance, 'attributes');
      if (!isObject(values)) return [];
      const suffix =
        typeof key === 'string' ? `[${JSON.stringify(key)}]` : typeof key === 'number' ? `[${key}]` : '';
      return [
        {
          address: `${module === '' ? '' : `${module}.`}data.${type}.${name}${suffix}`,
          module: steps,
          mode: 'data',
          type,
          name,
          key: typeof key === 'string' || typeof key === 'number' ? key : undefined,
          provider: providerName(ownString(block, 'provider') ?? '', type),
          action: 'no-op',
          values,
          unknown: {},
          sensitive: {},
          before: values,
          config: undefined,
          previousAddress: undefined,
          construct: undefined,
        },
      ];
    });
  });
}
