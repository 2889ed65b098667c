// Finds the resource that an attribute points to: by the configuration's references first, and by a known
// id (a role's name, an ARN) where the value says which one it is.

import { own, strings } from '../plan/json.js';
import type { Expression, Resource } from '../plan/model.js';
import { type Resolver, referencesIn, type Target } from '../plan/resolve.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, type Path, pathOf, read } from '../plan/value.js';
import { isManagedPolicy } from '../policy/aws/managed.js';

/** What an attribute points to among the resources asked for. */
export interface Link {
  readonly resources: readonly Resource[];
  /** Known values that lead to none of them: `arn:aws:iam::aws:policy/…`. */
  readonly literals: readonly string[];
  /** References that are known only after apply and lead to none of them, or to one of several. */
  readonly unknown: readonly string[];
  /** The several that a vague reference may mean: `var.arns[each.key]`. */
  readonly candidates: readonly Resource[];
}

/** Finds resources by the values of their id attributes. */
export class IdIndex {
  readonly #byId = new Map<string, Resource[]>();
  readonly #members = new Set<string>();

  add(resource: Resource, ids: readonly string[], resolver: Resolver): void {
    this.#members.add(resource.address);
    for (const path of ids) {
      const value = read(resource, pathOf(path), resolver);
      if (value.state !== 'known' || typeof value.value !== 'string' || value.value === '') continue;
      const found = this.#byId.get(value.value);
      if (!found) this.#byId.set(value.value, [resource]);
      else if (!found.includes(resource)) found.push(resource);
    }
  }

  has(resource: Resource): boolean {
    return this.#members.has(resource.address);
  }

  /** The resources of that id; of an IAM ARN also those of its last part, which is the name in its account. */
  find(id: string): readonly Resource[] {
    const exact = this.#byId.get(id);
    if (exact) return exact;
    const iam = /^arn:[\w-]+:iam::\d{12}:(role|user|group|policy)\/(?:.*\/)?([^/]+)$/.exec(id);
    if (!iam) return [];
    return (this.#byId.get(iam[2] as string) ?? []).filter(
      (resource) => resource.type === `aws_iam_${iam[1]}`,
    );
  }
}

/** Where the attribute at `path` leads, among the resources of the index. */
export function link(resource: Resource, path: string, index: IdIndex, resolver: Resolver): Link {
  const parts = pathOf(path);
  const value = read(resource, parts, resolver);
  if (value.state === 'absent') return { resources: [], literals: [], unknown: [], candidates: [] };
  const expression = expressionAt(resource, parts);
  const targets = targetsIn(index, resource, expression, resolver);

  const found = new Map<string, Resource>();
  const add = (resources: readonly Resource[]): void => {
    for (const one of resources) found.set(one.address, one);
  };
  const literals: string[] = [];
  const unknown: string[] = [];
  const candidates: Resource[] = [];
  const take = (some: readonly Target[]): void => {
    for (const target of some) {
      if (target.vague && target.resources.length > 1) {
        unknown.push(target.text);
        candidates.push(...target.resources);
      } else add(target.resources);
    }
  };
  if (value.state === 'known') {
    for (const text of strings(value.value)) {
      // Two texts that hold the same symbols are the same text.
      const known = named(index.find(text), parts, targets);
      const references = symbolsIn(text);
      const referenced = targets.filter((target) => references.includes(target.text));
      if (known.length > 0) add(known);
      else if (!hasSymbol(text) || isManagedPolicy(text)) literals.push(text);
      else if (referenced.length > 0) take(referenced);
      else unknown.push(...references);
    }
    // A name that another resource carries only after apply, while the attribute is known: the reference tells. Of
    // `each.value` it tells what the other instances get as well.
    if (found.size === 0 && !referencesIn(expression).some((text) => /^(?:each|count)\./.test(text))) {
      const exact = targets.filter((target) => !target.vague);
      if (exact.length > 0) {
        take(exact);
        literals.length = 0;
      }
    }
  } else {
    take(targets);
    if (targets.length === 0) unknown.push(...value.references);
  }
  return { resources: [...found.values()], literals, unknown, candidates };
}

/** What the expression leads to in the index: as far as its values go, else as it is written. */
function targetsIn(
  index: IdIndex,
  resource: Resource,
  expression: Expression | undefined,
  resolver: Resolver,
): Target[] {
  const reached = (from: Expression | undefined): Target[] =>
    resolver
      .targets(from, resolver.placeOf(resource))
      .map((target) => ({ ...target, resources: target.resources.filter((one) => index.has(one)) }))
      .filter((target) => target.resources.length > 0);
  const found = reached(expression);
  const written = own(expression, 'references');
  // The name of a role may come down to a `random_pet`, which is no role.
  return found.length > 0 || written === undefined ? found : reached({ references: written });
}

/**
 * Those of several bearers of one name that are meant. A role and a user may share it, and the attribute says which it
 * names; so may two roles in two accounts, and the reference says which.
 */
function named(found: readonly Resource[], path: Path, targets: readonly Target[]): readonly Resource[] {
  const kind = KIND_OF_NAME.exec(path.findLast((part) => typeof part === 'string') ?? '')?.[0];
  const fitting = found.filter(({ type }) => {
    const word = KIND_OF_TYPE.exec(type)?.[1];
    return kind === undefined || word === undefined || word === kind;
  });
  if (fitting.length < 2) return fitting;
  const referenced = fitting.filter((one) =>
    targets.some(({ vague, resources }) => !vague && resources.includes(one)),
  );
  return referenced.length > 0 ? referenced : fitting;
}

/** `role`, `roles`, `role_name`; and what `aws_iam_role` is one of. */
const KIND_OF_NAME = /^(?:role|user|group)/;
const KIND_OF_TYPE = /^aws_iam_(role|user|group)$/;
