// A thread that judges one plan after the other, so that the one that answers requests is never busy.

import { parentPort, workerData } from 'node:worker_threads';
import { type ConfigOptions, loadBaseline, loadConfig } from '../../commands/load-config.js';
import { readBytes } from '../../commands/read-plans.js';
import { InputError } from '../../input/read-plan.js';
import type { Profile, Severity } from '../../lint/finding.js';
import { run } from '../../lint/run.js';
import { planTime } from '../../plan/time.js';
import { renderTaskResult } from '../../reporters/run-task.js';
import { world } from '../machine.js';

/** What every plan is judged by. */
export interface JudgeSettings extends ConfigOptions {
  readonly profile: Profile | undefined;
  readonly failOn: Severity | 'never' | undefined;
}

export interface Question {
  readonly plan: Uint8Array;
  /** Shown where the plan cannot be read. */
  readonly name: string;
  readonly outcomes: boolean;
}

export type Answer =
  | {
      /** The callback's body. */
      readonly body: string;
      readonly decision: 'pass' | 'fail';
      readonly identities: number;
      readonly errors: number;
    }
  /** One line; `ours` for a bug of this program. */
  | { readonly problem: string; readonly ours: boolean };

const here = world();
const settings = workerData as JudgeSettings;
const ready = prepare();
// Told with the first plan.
ready.catch(() => undefined);

async function prepare() {
  const loaded = await loadConfig(settings, here);
  return { ...loaded, baseline: await loadBaseline(undefined, loaded, here) };
}

async function answer({ plan, name, outcomes }: Question): Promise<Answer> {
  try {
    const { config, rules, baseline } = await ready;
    const read = readBytes(name, plan);
    const [report] = run([{ ...read, now: planTime(read.plan) ?? here.clock() }], {
      profile: settings.profile ?? config.profile ?? 'recommended',
      config,
      baseline,
      rules,
      only: [],
      skip: [],
      failOn: settings.failOn ?? config.failOn ?? 'error',
      onlyChanged: false,
    });
    if (!report) throw new InputError(`${name}: there is no plan in it`);
    const { decision, summary } = report;
    return {
      body: renderTaskResult(report, outcomes),
      decision,
      identities: summary.identities,
      errors: summary.errors,
    };
  } catch (error) {
    const told = error instanceof Error && ['InputError', 'ConfigError'].includes(error.name);
    const message = error instanceof Error ? error.message : 'unknown error';
    return { problem: message.replace(/\s*\n\s*/g, ' '), ours: !told };
  }
}

parentPort?.on('message', async (question: Question) => parentPort?.postMessage(await answer(question)));
