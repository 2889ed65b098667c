// Grants of access to what this plan destroys: whoever takes the name next is reached by them.

import { own, ownString } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol } from '../plan/symbol.js';
import type { Context } from './context.js';
import { statementsOf } from './effective.js';
import type { Orphan } from './model.js';

/** Tells only of what is gone from the code for good, and is named in full. */
export function lostTargets(context: Context): Orphan[] {
  const gone = goneTargets(context);
  if (gone.size === 0) return [];
  const found = new Map<string, Orphan>();
  for (const { resource, grants } of new Set(context.drafts.values()))
    for (const { effect, resources = [], origin, index } of statementsOf({ grants })) {
      if (effect !== 'Allow') continue;
      const target = resources.map((text) => gone.get(withoutPart(text))).find((one) => one !== undefined);
      if (target === undefined) continue;
      const evidence = { address: origin.address, path: `${origin.path}, statement ${index}` };
      const key = `${target} ${origin.address}`;
      if (!found.has(key))
        found.set(key, { kind: 'target', gone: target, identity: resource.address, evidence });
    }
  return [...found.values()];
}

/** ARN → address. */
function goneTargets({ plan, resolver }: Context): Map<string, string> {
  const standing = plan.resources.filter(({ action, mode }) => action !== 'delete' && mode === 'managed');
  const kept = new Set(standing.map(({ values }) => own(values, 'arn')));
  // A new one of the type may be the old one under another address.
  const made = new Set(
    standing.filter(({ action }) => action === 'create' || action === 'replace').map(({ type }) => type),
  );
  const isGone = ({ action, mode, module, type, name }: Resource): boolean =>
    action === 'delete' &&
    mode === 'managed' &&
    !made.has(type) &&
    !resolver.moduleConfig(module)?.resources.has(`${type}.${name}`);
  return new Map(
    plan.resources.filter(isGone).flatMap((resource): [string, string][] => {
      const arn = ownString(resource.before, 'arn');
      return arn === undefined || kept.has(arn) ? [] : [[arn, resource.address]];
    }),
  );
}

/** A bucket's objects, a table's indexes, a log group's streams: `arn:aws:s3:::invoices/*` is that of the bucket. */
function withoutPart(text: string): string {
  return hasSymbol(text) ? text : text.replace(/(?:\/index\/\*|[/:]\*)$/, '');
}
