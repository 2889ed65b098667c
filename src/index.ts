// The library: lint one plan from memory. Nothing here touches files, clock or network.

import { rules } from '../rules/index.js';
import { InputError, type PlanFileReader, readPlan } from './input/read-plan.js';
import type { Profile, Severity } from './lint/finding.js';
import { type Control, selectControls } from './lint/frameworks.js';
import { type OwnRule, toRule } from './lint/own-rule.js';
import type { LintReport } from './lint/report.js';
import type { Rule } from './lint/rule.js';
import { run } from './lint/run.js';
import { type Config, EMPTY_CONFIG } from './lint/settings.js';
import { planTime } from './plan/time.js';

export type { Category, Finding, Location, Profile, Severity, Waived } from './lint/finding.js';
export { defineRule, type OwnRule } from './lint/own-rule.js';
export type { LintReport } from './lint/report.js';
export type { Report, Rule, Subject } from './lint/rule.js';
export type { Config } from './lint/settings.js';
export type { JudgedIdentity } from './verdict/model.js';
export { InputError, type PlanFileReader };

/** What `lint` needs for binary plans: the grammar of the sources inside of them, which takes a moment to load. */
export async function loadPlanFileReader(): Promise<PlanFileReader> {
  return (await import('./input/plan-file.js')).loadPlanFileReader();
}

export interface LintOptions {
  /** Shown in the report; default `plan.json`. */
  readonly path?: string;
  /** Default `recommended`. */
  readonly profile?: Profile;
  /** Ends lie before or after this moment; default is the plan's own timestamp. */
  readonly now?: Date;
  readonly config?: Config;
  /** Default `error`. */
  readonly failOn?: Severity | 'never';
  /** Only these rules or categories. */
  readonly rules?: readonly string[];
  readonly skipRules?: readonly string[];
  /** Only rules that answer to these frameworks or controls; official ids or older names. */
  readonly frameworks?: readonly string[];
  readonly onlyChanged?: boolean;
  /** Also works out what the plan changes about access, and who can act as whom. */
  readonly withAccess?: boolean;
  /** Rules of your own, run beside the built-in ones. */
  readonly customRules?: readonly OwnRule[];
  /** Reads binary plans; `await loadPlanFileReader()` gives it. */
  readonly planFile?: PlanFileReader;
}

/**
 * Lints a plan: the bytes or text of plan JSON or of a `cdk.tf.json`, or with `planFile` the bytes of a binary plan.
 * @throws InputError where it cannot be read, or where neither `now` nor the plan says what time it is.
 */
export function lint(plan: Uint8Array | string, options: LintOptions = {}): LintReport {
  const bytes = typeof plan === 'string' ? Buffer.from(plan) : plan;
  const read = readPlan(options.path ?? 'plan.json', bytes, options.planFile);
  const now = options.now ?? planTime(read.plan);
  const [report] = run([{ ...read, now: required(now, read.input.path) }], {
    profile: options.profile ?? options.config?.profile ?? 'recommended',
    config: options.config ?? EMPTY_CONFIG,
    rules: [...rules, ...ownRules(options.customRules ?? [])],
    only: options.rules ?? [],
    skip: options.skipRules ?? [],
    controls: options.frameworks && controlsOf(options.frameworks),
    failOn: options.failOn ?? options.config?.failOn ?? 'error',
    onlyChanged: options.onlyChanged ?? false,
    withAccess: options.withAccess ?? false,
  });
  return report as LintReport;
}

function ownRules(given: readonly OwnRule[]): Rule[] {
  const own: Rule[] = [];
  for (const [index, rule] of given.entries())
    own.push(toRule(rule, `customRules[${index}]`, new Set([...rules, ...own].map(({ id }) => id))));
  return own;
}

function controlsOf(names: readonly string[]): readonly Control[] {
  const selection = selectControls(names);
  if ('problem' in selection) throw new InputError(selection.problem);
  return selection.controls;
}

function required(now: Date | undefined, path: string): Date {
  if (now) return now;
  throw new InputError(`${path}: the plan has no timestamp; pass \`now\``);
}
