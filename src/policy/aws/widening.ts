// What one version of a policy allows that the version before it did not.

import { showSymbols } from '../../plan/symbol.js';
import { covers } from './pattern.js';
import type { Statement } from './statement.js';

/** The first few things that only the later version allows, in words; empty where it allows nothing new. */
export function widenedBy(before: readonly Statement[], after: readonly Statement[]): string[] {
  const earlier = before.filter((statement) => statement.effect === 'Allow');
  const found = new Set<string>();
  for (const statement of after) {
    if (statement.effect !== 'Allow') continue;
    for (const action of actionsOf(statement))
      for (const resource of statement.resources ?? ['*'])
        if (!earlier.some((one) => allows(one, action, resource, statement)))
          found.add(`${action} on ${showSymbols(resource)}`);
  }
  const denied = before.filter((statement) => statement.effect === 'Deny');
  for (const denial of denied)
    if (!after.some((statement) => statement.effect === 'Deny' && sameDenial(statement, denial)))
      found.add('what was denied before');
  return [...found];
}

function actionsOf({ actions, notActions }: Statement): readonly string[] {
  return actions ?? [`all but ${(notActions ?? []).join(', ')}`];
}

/** An exception in either version is only taken as covered where both are alike. */
function allows(earlier: Statement, action: string, resource: string, later: Statement): boolean {
  if (!sameConditions(earlier, later)) return false;
  const actionCovered = earlier.actions
    ? earlier.actions.some((one) => covers(one.toLowerCase(), action.toLowerCase()))
    : JSON.stringify(earlier.notActions) === JSON.stringify(later.notActions);
  const resourceCovered = earlier.notResources
    ? JSON.stringify(earlier.notResources) === JSON.stringify(later.notResources)
    : (earlier.resources ?? ['*']).some((one) => covers(one, resource));
  return actionCovered && resourceCovered;
}

/** The earlier version asked for nothing, or for no more than the later one still asks for. */
function sameConditions(earlier: Statement, later: Statement): boolean {
  const kept = new Set(later.conditions.map((condition) => JSON.stringify(condition)));
  return earlier.conditions.every((condition) => kept.has(JSON.stringify(condition)));
}

function sameDenial(one: Statement, other: Statement): boolean {
  const key = ({ actions, notActions, resources, notResources, conditions }: Statement): string =>
    JSON.stringify([actions, notActions, resources, notResources, conditions]);
  return key(one) === key(other);
}
