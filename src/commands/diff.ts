// `leasehold diff`: what a plan changes about access, for the one who approves it.

import type { Input } from '../input/read-plan.js';
import { judgePlan } from '../lint/judge-plan.js';
import type { ReadPlan } from '../lint/run.js';
import { planBefore } from '../plan/before.js';
import { diffJson, diffMarkdown, diffPretty } from '../reporters/diff.js';
import { changesBetween, grows, type IdentityChange } from '../verdict/change.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

export interface DiffCommand extends ConfigOptions {
  readonly paths: readonly string[];
  readonly format: 'pretty' | 'markdown' | 'json';
  readonly now: Date | undefined;
  /** Exit 1 where access grows. */
  readonly exitCode: boolean;
}

/** One plan and what it changes. */
export interface AccessDiff {
  readonly input: Input;
  readonly identities: readonly IdentityChange[];
}

/** @throws InputError, ConfigError */
export async function diffCommand(
  command: DiffCommand,
  world: World,
): Promise<{ stdout: string; code: 0 | 1 }> {
  const { config } = await loadConfig(command, world);
  const plans = await readPlans(command.paths, command.now, world);
  const diffs = plans.map(
    ({ input, plan, now }: ReadPlan): AccessDiff => ({
      input,
      identities: changesBetween(
        judgePlan(planBefore(plan), now, config).identities,
        judgePlan(plan, now, config).identities,
      ),
    }),
  );
  const render = { pretty: diffPretty, markdown: diffMarkdown, json: diffJson }[command.format];
  const grown = diffs.some(({ identities }) => identities.some(grows));
  return { stdout: render(diffs, world.display), code: command.exitCode && grown ? 1 : 0 };
}
