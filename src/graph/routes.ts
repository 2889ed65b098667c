// Who can act as whom inside of the plan, so that a chain of harmless steps to an administrator is seen.

import type { Context } from './context.js';
import type { Route } from './model.js';

/** Every step from one identity of the plan to another one. */
export function routesIn({ admissions }: Context): Route[] {
  const routes = admissions.map(
    ({ identity, into, evidence }): Route => ({
      from: identity,
      to: into,
      how: 'sts:AssumeRole',
      evidence: [evidence],
    }),
  );
  return routes.sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to) || compare(a.how, b.how));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
