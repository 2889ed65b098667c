// `leasehold diff`: what a plan changes about access, for the one who approves it.

import { judgePlan } from '../lint/judge-plan.js';
import { planBefore } from '../plan/before.js';
import { type AccessDiff, diffJson, diffMarkdown, diffPretty } from '../reporters/diff.js';
import { changesBetween, grows, mayGrow } from '../verdict/change.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

export interface DiffCommand extends ConfigOptions {
  readonly paths: readonly string[];
  readonly format: 'pretty' | 'markdown' | 'json';
  readonly now: Date | undefined;
  /** The folder with the sources of the plans. */
  readonly source: string | undefined;
  /** Exit 1 where access grows, or where that is known only after apply. */
  readonly exitCode: boolean;
}

/** @throws InputError, ConfigError */
export async function diffCommand(
  command: DiffCommand,
  world: World,
): Promise<{ stdout: string; code: 0 | 1 }> {
  const { config } = await loadConfig(command, world);
  const plans = await readPlans(command.paths, command.now, world, 'plans-only', command.source);
  const diffs = plans.map(({ input, plan, now }): AccessDiff => {
    const [before, after] = [judgePlan(planBefore(plan), now, config), judgePlan(plan, now, config)];
    const complete = plan.complete && !plan.errored && plan.deferredChanges === 0 && !plan.gaps?.length;
    return { input, now, complete, ...changesBetween(before, after, plan) };
  });
  const render = { pretty: diffPretty, markdown: diffMarkdown, json: diffJson }[command.format];
  const grown = diffs.some(
    ({ complete, identities, resources }) =>
      !complete || [...identities, ...resources].some((one) => grows(one) || mayGrow(one)),
  );
  return { stdout: render(diffs, world.display), code: command.exitCode && grown ? 1 : 0 };
}
