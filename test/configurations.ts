// Configuration written in a test, judged as `lint FOLDER` judges it.

import { rules } from '../rules/index.js';
import { readConfigurationPlan } from '../src/input/configuration-plan.js';
import type { LintReport } from '../src/lint/report.js';
import { type ReadPlan, type RunOptions, run } from '../src/lint/run.js';
import { EMPTY_CONFIG } from '../src/lint/settings.js';
import type { Plan } from '../src/plan/model.js';
import { loadGrammar } from '../src/source/grammar.js';
import { folderOf } from './folder.js';

/** Path → text. */
export type Files = Readonly<Record<string, string>>;

export const NOW = new Date('2026-11-23T00:00:00Z');

/** All rules in the profile `recommended`, nothing configured. */
export const OPTIONS: RunOptions = {
  profile: 'recommended',
  config: EMPTY_CONFIG,
  rules,
  only: [],
  skip: [],
  failOn: 'error',
  onlyChanged: false,
};

const parser = await loadGrammar();

/** A plan as if it had been read from a file. */
export function asRead(plan: Plan, now = NOW): ReadPlan {
  const input = { path: '', kind: plan.kind, sha256: '', terraformVersion: null, producer: null };
  return { plan, input, now };
}

export function planOf(files: Files): Plan {
  return readConfigurationPlan(folderOf(files), parser, (path) => path, NOW).plan;
}

/** What lint says of the plan, or of the configuration. */
export function reportOn(plan: Plan, options: Partial<RunOptions> = {}): LintReport {
  return run([asRead(plan)], { ...OPTIONS, ...options })[0] as LintReport;
}
