// Follows references through modules, `count` and `for_each` to the resource instances they name.

import {
  distinctReferences,
  type InstanceKey,
  inModule,
  keySuffix,
  type ModuleStep,
  moduleAddress,
  moduleSteps,
  parseReference,
  type Reference,
  type ResourceReference,
  steps,
} from './address.js';
import { isObject, type Json, own, strings } from './json.js';
import type { Expression, ModuleCall, ModuleConfig, Plan, Resource } from './model.js';

/** What one reference leads to. */
export interface Target {
  /** One instance, or several where the plan does not say which. */
  readonly resources: readonly Resource[];
  /** The attribute of them: `['arn']`; empty for the resource as a whole. */
  readonly attribute: readonly (string | number)[];
  /** True where a value took a way that the plan does not spell out: a map, a list, `each.value`. */
  readonly vague: boolean;
  /** The reference as the configuration writes it. */
  readonly text: string;
}

/** Where an expression stands: the module instance, and the keys that `each` and `count` have there. */
export interface Place {
  readonly module: readonly ModuleStep[];
  readonly key: InstanceKey | undefined;
  readonly forEach: Expression | undefined;
}

const DEEPEST_CHAIN = 100;
/** References that are followed again and again, because they lead back to themselves. */
const MOST_STEPS = 100_000;

export class Resolver {
  readonly #byBlock = new Map<string, Resource[]>();
  readonly #byAddress = new Map<string, Resource>();
  readonly #modules = new Map<string, ModuleStep[][]>();
  readonly #known = new Map<string, readonly Target[]>();
  /** References on the way to the one that is being followed. */
  readonly #followed: string[] = [];
  /** The lowest of them that was met again. */
  #cutAt = Number.POSITIVE_INFINITY;
  #steps = 0;

  constructor(private readonly plan: Plan) {
    const seenModules = new Set<string>();
    for (const resource of plan.resources) {
      this.#byAddress.set(resource.address, resource);
      const block = blockKey(moduleAddress(resource.module), resource.mode, resource.type, resource.name);
      const instances = this.#byBlock.get(block);
      if (instances) instances.push(resource);
      else this.#byBlock.set(block, [resource]);
      this.#rememberModules(resource.module, seenModules);
    }
  }

  #rememberModules(path: readonly ModuleStep[], seen: Set<string>): void {
    for (let length = 1; length <= path.length; length++) {
      const instance = path.slice(0, length);
      const address = moduleAddress(instance);
      if (seen.has(address)) continue;
      seen.add(address);
      const call = `${moduleAddress(instance.slice(0, -1))}|${instance.at(-1)?.name}`;
      const instances = this.#modules.get(call);
      if (instances) instances.push(instance);
      else this.#modules.set(call, [instance]);
    }
  }

  resource(address: string): Resource | undefined {
    return this.#byAddress.get(address);
  }

  placeOf(resource: Resource): Place {
    return { module: resource.module, key: resource.key, forEach: resource.config?.forEach };
  }

  /** The configuration of a module instance. */
  moduleConfig(path: readonly ModuleStep[]): ModuleConfig | undefined {
    let current: ModuleConfig | undefined = this.plan.root;
    for (const step of path) current = current?.calls.get(step.name)?.module;
    return current;
  }

  /** The resource instance that a reference with its module in front names, and the attribute of it. */
  absolute(
    text: string,
  ): { readonly resource: Resource; readonly attribute: readonly (string | number)[] } | undefined {
    const module = moduleSteps(text);
    const rest = steps(text).slice(module.length * 2);
    const start = rest[0]?.name === 'data' ? 1 : 0;
    const [type, named] = rest.slice(start);
    if (!type || !named) return undefined;
    const [key, ...moreKeys] = named.keys;
    const local = `${start === 1 ? 'data.' : ''}${type.name}.${named.name}${keySuffix(key)}`;
    const resource = this.#byAddress.get(inModule(moduleAddress(module), local));
    const attribute = rest.slice(start + 2).flatMap((step) => [step.name, ...step.keys]);
    return resource && { resource, attribute: [...moreKeys, ...attribute] };
  }

  /** All resources that the references inside an expression lead to, in the order they are written. */
  targets(expression: Expression | undefined, place: Place): Target[] {
    const exact = strings(own(expression, 'resolved')).map((text) => ({ text, found: this.absolute(text) }));
    if (exact.length > 0 && exact.every(({ found }) => found !== undefined))
      return exact.flatMap(({ text, found }) =>
        found ? [{ resources: [found.resource], attribute: found.attribute, vague: false, text }] : [],
      );
    return this.#targets(referencesIn(expression), place, 0);
  }

  #targets(references: readonly string[], place: Place, depth: number): Target[] {
    if (depth > DEEPEST_CHAIN) return [];
    const keyed = references.some((text) => /^(each\.|count\.)/.test(text));
    return references.flatMap((text) => this.#remembered(text, place, keyed, depth));
  }

  /**
   * Large configurations hand the same values through many modules, so what a reference leads to is worked out once. What
   * hangs on a reference that is still being followed is not kept, for it lacks what that one will add.
   */
  #remembered(text: string, place: Place, keyed: boolean, depth: number): readonly Target[] {
    const reference = parseReference(text);
    // Of one block alone.
    if (reference.kind === 'each') return this.#ofEach(reference.name, place, depth);
    const id = `${moduleAddress(place.module)}|${text}|${String(place.key)}|${keyed}`;
    const known = this.#known.get(id);
    if (known) return known;
    const round = this.#followed.indexOf(id);
    if (round >= 0) {
      this.#cutAt = Math.min(this.#cutAt, round);
      return [];
    }
    const height = this.#followed.push(id) - 1;
    const found = distinct(this.#reached(reference, text, place, keyed, depth));
    this.#followed.pop();
    this.#steps++;
    if (this.#cutAt >= height || this.#steps > MOST_STEPS) this.#known.set(id, found);
    if (this.#cutAt >= height) this.#cutAt = Number.POSITIVE_INFINITY;
    return found;
  }

  #ofEach(name: string, place: Place, depth: number): Target[] {
    if (name === 'key') return [];
    const inner = this.#targets(referencesIn(place.forEach), { ...place, forEach: undefined }, depth + 1);
    return inner.map((target) => this.#ofSameKey(target, place.key));
  }

  #reached(reference: Reference, text: string, place: Place, keyed: boolean, depth: number): Target[] {
    switch (reference.kind) {
      case 'resource':
        return this.#resourceTarget(reference, text, place, keyed);
      case 'module':
        return this.#children(place, reference.name, reference.key, keyed).flatMap((child) => {
          const config = this.moduleConfig(child);
          const outputs =
            reference.output === undefined ? [...(config?.outputs.keys() ?? [])] : [reference.output];
          const inside = { module: child, key: undefined, forEach: undefined };
          return outputs
            .flatMap((output) =>
              this.#targets(referencesIn(config?.outputs.get(output)?.expression), inside, depth + 1),
            )
            .map((target) => ({ ...target, vague: target.vague || reference.output === undefined }));
        });
      case 'var': {
        const caller = this.#caller(place.module);
        if (!caller) return [];
        const references = referencesIn(own(caller.call.expressions, reference.name));
        // `var.arns[each.key]` picks one of what the variable holds; the plan does not say which.
        return this.#targets(references, caller.place, depth + 1).map((target) => ({
          ...target,
          vague: target.vague || keyed,
        }));
      }
      default:
        return [];
    }
  }

  #resourceTarget(reference: ResourceReference, text: string, place: Place, keyed: boolean): Target[] {
    const block = blockKey(moduleAddress(place.module), reference.mode, reference.type, reference.name);
    const instances = this.#byBlock.get(block) ?? [];
    const { attribute } = reference;
    if (reference.key !== undefined) {
      const exact = instances.filter((one) => one.key === reference.key);
      // Where a source does not say how many there are, one without a key stands for each.
      const resources = exact.length > 0 ? exact : instances.filter((one) => one.key === undefined);
      return [{ resources, attribute, vague: false, text }];
    }
    if (instances.length === 1) return [{ resources: instances, attribute, vague: false, text }];
    const target = { resources: instances, attribute, vague: true, text };
    return [keyed ? this.#ofSameKey(target, place.key) : target];
  }

  /** `aws_iam_role.x[each.key]`: the instance under the same key, where there is one. */
  #ofSameKey(target: Target, key: InstanceKey | undefined): Target {
    if (key === undefined) return target;
    const same = target.resources.filter((one) => one.key === key);
    return same.length === 1 ? { ...target, resources: same, vague: false } : target;
  }

  #children(place: Place, name: string, key: InstanceKey | undefined, keyed: boolean): ModuleStep[][] {
    const all = this.#modules.get(`${moduleAddress(place.module)}|${name}`) ?? [];
    if (all.length === 0)
      return this.moduleConfig(place.module)?.calls.has(name) ? [[...place.module, { name, key }]] : [];
    if (key !== undefined) return all.filter((path) => path.at(-1)?.key === key);
    const same = keyed && place.key !== undefined ? all.filter((path) => path.at(-1)?.key === place.key) : [];
    return same.length > 0 ? same : all;
  }

  #caller(module: readonly ModuleStep[]): { call: ModuleCall; place: Place } | undefined {
    const step = module.at(-1);
    if (!step) return undefined;
    const parent = module.slice(0, -1);
    const call = this.moduleConfig(parent)?.calls.get(step.name);
    return call && { call, place: { module: parent, key: step.key, forEach: call.forEach } };
  }
}

/** Several ways may lead to one place. */
function distinct(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets;
  const idOf = ({ resources, attribute, vague, text }: Target): string =>
    JSON.stringify([text, vague, attribute, resources.map(({ address }) => address)]);
  return [...new Map(targets.map((target) => [idOf(target), target])).values()];
}

function blockKey(module: string, mode: 'managed' | 'data', type: string, name: string): string {
  return `${module}|${mode}|${type}.${name}`;
}

/** Every reference inside an expression, nested blocks included, without the prefixes Terraform adds. */
export function referencesIn(expression: Expression | undefined): string[] {
  const result: string[] = [];
  const visit = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) {
      const references = own(value, 'references');
      if (Array.isArray(references)) result.push(...references.filter((item) => typeof item === 'string'));
      else if (own(value, 'constant_value') === undefined) Object.values(value).forEach(visit);
    }
  };
  visit(expression);
  return distinctReferences(result);
}
