// Which identities reach a privileged one through others, step by step, although none of their own rights says so.

import { type Route, showEvidence } from '../graph/model.js';
import type { Escalation } from './model.js';

/** What makes an identity privileged, for the end of the sentence: `any action on any resource`. */
export type Privileges = ReadonlyMap<string, string>;

/** How many steps of a way are told: the first ones and the last. */
const MOST_STEPS = 8;

/**
 * The shortest way of each identity that is not privileged itself to one that is; the first by address where several
 * are as short.
 */
export function waysToPrivilege(routes: readonly Route[], privileges: Privileges): Map<string, Escalation> {
  const into = new Map<string, Route[]>();
  for (const route of routes) {
    const known = into.get(route.to);
    if (known) known.push(route);
    else into.set(route.to, [route]);
  }
  // From the privileged ones backwards, all of the same distance at once.
  const next = new Map<string, Route>();
  let reached = [...privileges.keys()].sort();
  while (reached.length > 0) {
    const found = new Set<string>();
    for (const address of reached)
      for (const route of into.get(address) ?? []) {
        if (privileges.has(route.from) || next.has(route.from)) continue;
        next.set(route.from, route);
        found.add(route.from);
      }
    reached = [...found].sort();
  }
  return new Map([...next.keys()].sort().map((from) => [from, toldFrom(from, next, privileges)]));
}

function toldFrom(from: string, next: ReadonlyMap<string, Route>, privileges: Privileges): Escalation {
  const steps: Route[] = [];
  let at = from;
  for (let step = next.get(at); step; step = next.get(at)) {
    steps.push(step);
    at = step.to;
  }
  const told = steps.map(({ how, to }) => `→ (${how}) ${to}`);
  const left = told.length - MOST_STEPS;
  if (left > 0) told.splice(MOST_STEPS - 1, left, `→ ${left} more steps`);
  const way = told.join(' ');
  return {
    text: `can act as ${at}: ${from} ${way}, which ${privileges.get(at)}`,
    catalogue: [...new Set(steps.flatMap(({ catalogue }) => catalogue))],
    evidence: [
      ...new Set(steps.slice(0, MOST_STEPS).flatMap(({ evidence }) => evidence.map(showEvidence))),
    ].join(' + '),
    handsOutRights: false,
  };
}
