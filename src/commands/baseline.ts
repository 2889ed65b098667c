// `leasehold baseline`: what stands today, as a file that `lint --baseline` takes for known.

import { renderBaseline } from '../lint/baseline.js';
import type { Profile } from '../lint/finding.js';
import { baselineOf } from '../lint/run.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

export interface BaselineCommand extends ConfigOptions {
  readonly paths: readonly string[];
  readonly profile: Profile | undefined;
  readonly now: Date | undefined;
}

/**
 * The text of the file, and how many findings it lists. What a waiver accepts is left out.
 * @throws InputError, ConfigError
 */
export async function baselineCommand(
  command: BaselineCommand,
  world: World,
): Promise<{ text: string; count: number }> {
  const { config, rules } = await loadConfig(command, world);
  const plans = await readPlans(command.paths, command.now, world);
  const entries = baselineOf(plans, {
    profile: command.profile ?? config.profile ?? 'recommended',
    config,
    rules,
    only: [],
    skip: [],
    failOn: 'never',
    onlyChanged: false,
  });
  return { text: renderBaseline(entries), count: entries.length };
}
