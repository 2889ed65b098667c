// Which things of the plan does the resource pattern of a policy take in? By the reference it is made of, by name, or
// by wildcard.

import { factsOf } from '../catalog/index.js';
import { own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasOpenSymbol, hasSymbol, symbol, symbolsIn } from '../plan/symbol.js';
import { pathOf, readString } from '../plan/value.js';
import { type ObjectName, takesIn } from '../policy/aws/arn.js';
import type { Origin } from '../policy/aws/statement.js';
import type { Context } from './context.js';

/** A thing of the plan, as policies name it. */
export interface Thing {
  readonly resource: Resource;
  readonly service: string;
  /** What follows the account in its ARN, `$` for its name: `role/machines/$`. */
  readonly form: string;
  /** Undefined where it is known only after apply. */
  readonly name: string | undefined;
}

/** The identity as `iam:…:role/PATH/NAME`; undefined for what IAM does not know. */
export function identityThing(resource: Resource, name: string): Thing | undefined {
  const type = /^aws_iam_(role|user)$/.exec(resource.type)?.[1];
  if (type === undefined) return undefined;
  const path = own(resource.values, 'path');
  const known = typeof own(resource.values, 'name') === 'string' && !hasSymbol(name);
  return {
    resource,
    service: 'iam',
    form: `${type}${typeof path === 'string' && path.startsWith('/') ? path : '/'}$`,
    name: known ? name : undefined,
  };
}

/** A workload by the ARN format of its type; undefined for what policies cannot name. */
export function workloadThing(
  resource: Resource,
  context: Context,
): (Thing & { format: string }) | undefined {
  const arn = factsOf(resource).find(({ workload }) => workload?.arn)?.workload?.arn;
  if (!arn) return undefined;
  const [service = '', , , ...rest] = arn.format.split(':');
  const name = arn.name === undefined ? undefined : readString(resource, pathOf(arn.name), context.resolver);
  return {
    resource,
    service,
    form: rest.join(':'),
    name: name !== undefined && !hasSymbol(name) ? name : undefined,
    format: arn.format,
  };
}

/** Comparisons beyond this are left out, so that a hostile plan stays cheap: a way may go unseen then. */
const MOST_COMPARISONS = 2_000_000;
/** Stands for a name, an id or an account that is known only after apply. */
const SOME = symbol('known after apply', true);

/** Neither wildcards, nor variables, nor symbols. */
const PLAIN = /^[^*?$\uE000-\uE002]*$/;

/** Answers for one plan; remembers what references lead to. */
export class Naming {
  readonly #resources = new Map<string, readonly Resource[]>();
  #left = MOST_COMPARISONS;

  constructor(private readonly context: Context) {}

  /** @param origin where the pattern stands, since references count from there */
  takesIn(pattern: string, origin: Origin, thing: Thing): boolean {
    // Most patterns name one thing, and it is another one.
    if (thing.name !== undefined && PLAIN.test(pattern) && !pattern.includes(thing.name)) return false;
    if (--this.#left < 0) return false;
    if (hasSymbol(pattern)) {
      const [start = '', ...others] = symbolsIn(pattern);
      for (const reference of [start, ...others]) {
        if (!this.#resourcesOf(reference, origin).includes(thing.resource)) continue;
        const text = [true, false]
          .map((concrete) => symbol(reference, concrete))
          .find((one) => pattern.includes(one));
        if (text === undefined) continue;
        // The whole ARN, or the name in it.
        if (/^:?\*?$/.test(pattern.replace(text, ''))) return true;
        if (this.#fits(pattern, thing, text)) return true;
      }
      // What may turn out to be anything is told as undecided elsewhere.
      if (hasOpenSymbol(pattern)) return false;
    }
    return this.#fits(pattern, thing, thing.name ?? SOME);
  }

  #fits(pattern: string, { service, form }: Thing, name: string): boolean {
    const [first, ...others] = form.split('$');
    const object: ObjectName = { service, rest: `${first}${name}${others.join(SOME)}` };
    return takesIn(pattern, object, (account) => this.isOurs(account));
  }

  /** True for an account of this plan, or for one that is nobody's yet; for any where the plan does not show its own. */
  isOurs(account: string): boolean {
    if (hasSymbol(account)) return !hasOpenSymbol(account);
    const { ownAccounts } = this.context;
    return ownAccounts.length === 0 || ownAccounts.includes(account);
  }

  #resourcesOf(reference: string, { address }: Origin): readonly Resource[] {
    const id = `${address} ${reference}`;
    let found = this.#resources.get(id);
    if (!found) {
      const { resolver } = this.context;
      const exact = resolver.absolute(reference)?.resource;
      const place = resolver.resource(address);
      const targets = place ? resolver.targets({ references: [reference] }, resolver.placeOf(place)) : [];
      found = exact
        ? [exact]
        : targets.filter((target) => !target.vague).flatMap((target) => target.resources);
      this.#resources.set(id, found);
    }
    return found;
  }
}
