// What a reviewer asks beyond the verdicts: what the plan changes about access, and who can act as whom. Worked out only
// where a report shows it, since the plan is judged a second time, as it was before.

import type { Route } from '../graph/model.js';
import { planBefore } from '../plan/before.js';
import type { Plan } from '../plan/model.js';
import { type AccessChange, changesBetween } from '../verdict/change.js';
import { type JudgedPlan, judgePlan } from './judge-plan.js';
import type { Config } from './settings.js';

export interface PlanAccess {
  readonly change: AccessChange & {
    /** False where the plan does not tell everything that will change. */
    readonly complete: boolean;
  };
  readonly routes: readonly Route[];
}

/** @param after the plan as it is judged already */
export function planAccess(plan: Plan, after: JudgedPlan, now: Date, config: Config): PlanAccess {
  const before = judgePlan(planBefore(plan), now, config);
  const complete = plan.complete && !plan.errored && plan.deferredChanges === 0 && !plan.gaps?.length;
  return { change: { complete, ...changesBetween(before, after, plan) }, routes: after.graph.routes };
}
