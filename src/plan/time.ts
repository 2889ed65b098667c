// When a plan was made: the same plan gives the same verdict tomorrow.

import type { Plan } from './model.js';

/** The plan's own timestamp; undefined where it has none (before Terraform 1.5, and at synth). */
export function planTime(plan: Plan): Date | undefined {
  const time = Date.parse(plan.timestamp ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}
