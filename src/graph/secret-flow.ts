// Follows an expression to the secret that it leads to.

import type { Json } from '../plan/json.js';
import { own } from '../plan/json.js';
import type { Expression } from '../plan/model.js';
import { type Place, referencesIn, type Target } from '../plan/resolve.js';
import { tellsSecret } from '../policy/secrets/names.js';
import { isReal } from '../policy/secrets/values.js';
import type { Context } from './context.js';
import { givesSecret } from './secret-origins.js';

export interface Flow {
  /** `random_password.db.result`, `var.db_password` */
  readonly what: string;
  /** The resource or variable that it comes from. */
  readonly from: string;
}

/**
 * A secret that an expression leads to.
 * @param readable the value that came of it is known: then only what is still unknown can have hidden in it
 */
export function flowInto(
  expression: Expression | undefined,
  place: Place,
  context: Context,
  readable: boolean,
): Flow | undefined {
  if (expression === undefined) return undefined;
  for (const target of context.resolver.targets(expression, place)) {
    const [source] = target.resources;
    if (!source || !givesSecret(source, target.attribute)) continue;
    if (readable && typeof known(target) === 'string') continue;
    const attribute = target.attribute.find((part) => typeof part === 'string') ?? '';
    return { what: `${source.address}.${attribute}`, from: source.address };
  }
  if (readable) return undefined;
  const variable = rootVariables(expression, place, context).find((name) => {
    const value = context.plan.variables.get(name) ?? context.plan.root.variables.get(name);
    return tellsSecret(name) && typeof value === 'string' && isReal(value);
  });
  return variable === undefined ? undefined : { what: `var.${variable}`, from: `var.${variable}` };
}

function known({ resources: [source], attribute }: Target): Json | undefined {
  const [name] = attribute;
  return typeof name === 'string' ? own(source?.values, name) : undefined;
}

/** Variables of the root module that an expression leads to, through the calls of modules. */
function rootVariables(
  expression: Expression | undefined,
  place: Place,
  context: Context,
  seen: Set<string> = new Set(),
): string[] {
  const module = place.module.at(-1);
  return referencesIn(expression).flatMap((text) => {
    const id = `${place.module.length}|${text}`;
    if (!text.startsWith('var.') || seen.has(id)) return [];
    seen.add(id);
    const name = text.split(/[.[]/)[1] ?? '';
    if (!module) return [name];
    const outer = place.module.slice(0, -1);
    const call = context.resolver.moduleConfig(outer)?.calls.get(module.name);
    const given = own(call?.expressions, name);
    return rootVariables(given, { module: outer, key: module.key, forEach: call?.forEach }, context, seen);
  });
}
