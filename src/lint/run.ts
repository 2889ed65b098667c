// The run: plan → graph → verdicts → rules → waivers → report. Pure: time and configuration arrive as values.

import { createHash } from 'node:crypto';
import { type Input, InputError } from '../input/read-plan.js';
import type { Plan, Resource } from '../plan/model.js';
import { byAddress } from '../plan/plan-json.js';
import { showSymbols } from '../plan/symbol.js';
import { pathOf } from '../plan/value.js';
import type { JudgedIdentity } from '../verdict/model.js';
import {
  applyBaseline,
  type Baseline,
  type BaselineEntry,
  type BaselineOutcome,
  entryWriter,
  isKnown,
} from './baseline.js';
import { waiversInCode } from './code-waivers.js';
import { sumByControl } from './control-sums.js';
import {
  type Finding,
  type Location,
  type Profile,
  SEVERITIES,
  type Severity,
  type Waived,
} from './finding.js';
import type { Control } from './frameworks.js';
import { judgePlan } from './judge-plan.js';
import { type PlanAccess, planAccess } from './plan-access.js';
import type { LintReport } from './report.js';
import { DEFAULT_LIMITS, type Report, type Rule, type Subject } from './rule.js';
import type { Config } from './settings.js';
import { applyWaivers, unknownRule, type Waiver, type WaiverOutcome, type WaiverProblem } from './waiver.js';

export interface RunOptions {
  readonly profile: Profile;
  readonly config: Config;
  /** Findings that are known and told as accepted. */
  readonly baseline?: Baseline | undefined;
  readonly rules: readonly Rule[];
  /** Only these rules or categories, where it is not empty. */
  readonly only: readonly string[];
  /** Not these rules or categories. */
  readonly skip: readonly string[];
  /** Only rules that answer to one of these controls, where it is given. */
  readonly controls?: readonly Control[] | undefined;
  /** Findings at or over this make the decision `fail`. */
  readonly failOn: Severity | 'never';
  /** Leaves out what the plan keeps as it is. */
  readonly onlyChanged: boolean;
  /** Works out what the plan changes about access, and who can act as whom. */
  readonly withAccess?: boolean;
}

/** One plan and where it was read from. */
export interface ReadPlan {
  readonly input: Input;
  readonly plan: Plan;
  /** Ends of this plan lie before or after this moment. */
  readonly now: Date;
}

/** One plan, judged by the rules; waivers come after all plans are. */
interface Judged extends ReadPlan {
  readonly identities: readonly JudgedIdentity[];
  readonly found: readonly Finding[];
  readonly notCovered: LintReport['notCovered'];
  readonly unchanged: ReadonlySet<string>;
  readonly access: PlanAccess | undefined;
}

/** Lints plans that share one configuration: a waiver is idle only where it silences nothing in any of them. */
export function run(plans: readonly ReadPlan[], options: RunOptions): LintReport[] {
  const waivable = waivableIn(options);
  const settled = plans
    .map((plan) => settle(plan, options))
    .map((one) => ({ ...one, ...known(one, options, waivable) }));
  const idleEverywhere = (problem: WaiverProblem): boolean =>
    problem.why !== 'matches-nothing' ||
    problem.waiver.covers !== undefined ||
    settled.every(({ problems }) =>
      problems.some((one) => one.waiver === problem.waiver && one.why === problem.why),
    );
  const gone = idleEntries(
    settled.map(({ used }) => used),
    options,
  );
  return settled.map((one, index) =>
    toReport(
      one.judged,
      [
        ...one.findings,
        ...waiverFindings(one.problems.filter(idleEverywhere), options),
        ...refusedWaivers(one.refused, options),
        ...(index === 0 ? gone : []),
      ],
      one.waived,
      options,
    ),
  );
}

/** What a baseline of these plans lists: every finding that stands and may be waived. */
export function baselineOf(plans: readonly ReadPlan[], options: RunOptions): BaselineEntry[] {
  const waivable = waivableIn(options);
  return plans.flatMap((plan) => {
    const { judged, findings } = settle(plan, options);
    return findings.filter(({ rule }) => waivable(rule)).map(entryWriter(judged.plan, judged.identities));
  });
}

/** One plan, judged, and its findings sorted by the waivers. */
interface Settled extends WaiverOutcome {
  readonly judged: Judged;
  /** Waivers in code, where the configuration does not accept them. */
  readonly refused: readonly Waiver[];
}

function settle(plan: ReadPlan, options: RunOptions): Settled {
  const judged = judgeOne(plan, options);
  const { config } = options;
  const inCode = waiversInCode(judged.plan);
  const accepted = config.waiversInCode === true ? inCode : [];
  const waivers = [...config.waivers, ...accepted].filter((waiver) => hasRun(waiver.rule, options));
  const longest = config.limits.waiver ?? DEFAULT_LIMITS.waiver;
  const ids = options.rules.map(({ id }) => id);
  const outcome = applyWaivers(judged.found, waivers, judged.now, waivableIn(options), longest);
  return {
    judged,
    refused: accepted.length > 0 ? [] : inCode,
    ...outcome,
    problems: [...outcome.problems, ...accepted.flatMap((waiver) => unknownRule(waiver, ids) ?? [])],
  };
}

function waivableIn({ rules }: RunOptions): (id: string) => boolean {
  return (id) => rules.find((rule) => rule.id === id)?.waivable !== false;
}

function known(
  { judged, findings, waived }: Settled,
  { baseline }: RunOptions,
  waivable: (rule: string) => boolean,
): BaselineOutcome {
  if (!baseline) return { findings, waived, used: new Set() };
  const outcome = applyBaseline(findings, baseline, entryWriter(judged.plan, judged.identities), waivable);
  return { ...outcome, waived: [...waived, ...outcome.waived] };
}

/** Entries that match nothing any more, each as a note. */
function idleEntries(used: readonly BaselineOutcome['used'][], options: RunOptions): Finding[] {
  const { baseline, rules } = options;
  const rule = rules.find((one) => one.id === 'waiver-invalid');
  if (!baseline || !rule || severityOf(rule, options) === 'off') return [];
  return baseline.entries
    .filter((entry) => hasRun(entry.rule, options) || !rules.some(({ id }) => id === entry.rule))
    .filter((entry) => used.every((one) => !one.has(entry)))
    .map(({ rule: id, address, deciding }) => ({
      ...toFinding(rule, 'note', { identity: null, address, message: idleMessage(id, address) }, new Map()),
      help: `Write the baseline anew: leasehold baseline PLAN -o ${baseline.path}`,
      fingerprint: fingerprint([rule.id, id, address, deciding]),
    }));
}

function idleMessage(rule: string, address: string): string {
  return `The baseline knows "${rule}" for ${address}, but no finding matches: it is mended, or what decided it has changed`;
}

function judgeOne({ input, plan, now }: ReadPlan, options: RunOptions): Judged {
  const { config, profile } = options;
  const judged = judgePlan(plan, now, config);
  const { graph, identities } = judged;
  const limits = { ...DEFAULT_LIMITS, ...config.limits };
  const subject: Subject = { plan, graph, identities, now, limits, profile };
  const resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
  const found = options.rules.flatMap((rule) => {
    const severity = severityOf(rule, options);
    if (severity === 'off') return [];
    return checked(rule, subject).map((report) => toFinding(rule, severity, report, resources));
  });
  const unchanged = options.onlyChanged ? unchangedIn(identities, resources) : new Set<string>();
  const access = options.withAccess ? planAccess(plan, judged, now, config) : undefined;
  return { input, plan, now, identities, found, notCovered: graph.uncovered, unchanged, access };
}

/** A waiver of a rule that is switched off is neither used nor idle. */
function hasRun(ruleOrCategory: string, options: RunOptions): boolean {
  return options.rules.some(
    (rule) =>
      (rule.id === ruleOrCategory || rule.category === ruleOrCategory) && severityOf(rule, options) !== 'off',
  );
}

function waiverFindings(problems: readonly WaiverProblem[], options: RunOptions): Finding[] {
  const rule = options.rules.find((one) => one.id === 'waiver-invalid');
  const severity = rule ? severityOf(rule, options) : 'off';
  if (!rule || severity === 'off') return [];
  return problems.map(({ waiver, message, location }) => ({
    ...toFinding(rule, severity, { identity: null, address: waiver.address, message }, new Map()),
    location,
    fingerprint: fingerprint([rule.id, waiver.rule, waiver.address]),
  }));
}

/** Told, so that nobody wonders why a waiver holds at synth and not here. */
function refusedWaivers(refused: readonly Waiver[], options: RunOptions): Finding[] {
  const rule = options.rules.find((one) => one.id === 'waiver-invalid');
  if (!rule || severityOf(rule, options) === 'off') return [];
  return refused.map(({ rule: id, address, location }) => ({
    ...toFinding(rule, 'note', { identity: null, address, message: refusal(id, address) }, new Map()),
    help: 'Write it under `waivers` of leasehold.yaml, or accept those in code there: waiversInCode: true',
    location,
    fingerprint: fingerprint([rule.id, id, address]),
  }));
}

function refusal(id: string, construct: string): string {
  return `The code of ${construct} waives "${id}", and the configuration does not accept waivers in code`;
}

function toReport(
  one: Judged,
  findings: readonly Finding[],
  waived: readonly Waived[],
  options: RunOptions,
): LintReport {
  const { input, plan, now, unchanged } = one;
  const kept = findings
    .filter(({ identity }) => identity === null || !unchanged.has(identity))
    .sort(byWeight);
  const identities = one.identities.filter(({ identity }) => !unchanged.has(identity.address));
  const accepted = waived
    .filter(({ identity }) => identity === null || !unchanged.has(identity))
    .sort(byWeight);
  const ran = options.rules.filter((rule) => severityOf(rule, options) !== 'off');
  return {
    input,
    profile: options.profile,
    now,
    decision: fails(kept, options.failOn) || !isWhole(plan) ? 'fail' : 'pass',
    summary: {
      identities: identities.length,
      errors: count(kept, 'error'),
      warnings: count(kept, 'warning'),
      notes: count(kept, 'note'),
      waived: accepted.length,
      ...(options.baseline && { baseline: accepted.filter(isKnown).length }),
    },
    identities,
    findings: kept,
    waived: accepted,
    ...(options.controls && { controls: sumByControl(options.controls, ran, kept, accepted) }),
    notCovered: one.notCovered,
    ...(one.access && { access: one.access }),
  };
}

/** True where a finding stands at or over the threshold. */
export function fails(findings: readonly Finding[], failOn: Severity | 'never'): boolean {
  if (failOn === 'never') return false;
  return findings.some((finding) => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(failOn));
}

function isWhole(plan: Plan): boolean {
  return !plan.errored && plan.complete && plan.deferredChanges === 0;
}

/** What the rule is worth in this run. */
export function severityOf(rule: Rule, options: RunOptions): Severity | 'off' {
  const named = (names: readonly string[]): boolean =>
    names.includes(rule.id) || names.includes(rule.category);
  if (options.only.length > 0 && !named(options.only)) return 'off';
  if (named(options.skip)) return 'off';
  if (options.controls && !answers(rule, options.controls)) return 'off';
  return options.config.severities.get(rule.id) ?? rule.severity[options.profile];
}

function answers({ frameworks }: Rule, controls: readonly Control[]): boolean {
  return controls.some(({ id }) => frameworks.includes(id));
}

/** A rule that breaks is a bug of ours: it is named, and the run does not end green. */
function checked(rule: Rule, subject: Subject): Report[] {
  try {
    return [...rule.check(subject)];
  } catch (cause) {
    // A rule of a user, which says so itself.
    if (cause instanceof InputError) throw cause;
    throw new Error(`rule ${rule.id} failed`, { cause });
  }
}

function toFinding(
  rule: Rule,
  severity: Severity,
  report: Report,
  resources: ReadonlyMap<string, Resource>,
): Finding {
  const resource = resources.get(report.address);
  const [file, line] = resource?.construct?.source?.split(/:(?=\d+$)/) ?? [];
  return {
    rule: rule.id,
    category: rule.category,
    severity,
    identity: report.identity,
    address: report.address,
    message: showSymbols(report.message),
    help: report.help ?? rule.fix,
    evidence: (report.evidence ?? []).map(showSymbols),
    location:
      file !== undefined && line !== undefined
        ? { file, line: Number(line), column: 1 }
        : ((resource && locationIn(resource, report.evidence ?? [])) ?? null),
    construct: resource?.construct?.path ?? null,
    frameworks: rule.frameworks,
    fingerprint: fingerprint([rule.id, report.identity, report.address]),
  };
}

/** Where the first attribute of the evidence is written, or the block around it. */
function locationIn(resource: Resource, evidence: readonly string[]): Location | undefined {
  const before = `${resource.address} `;
  const deciding = evidence.find((one) => one.startsWith(before))?.slice(before.length) ?? '';
  const path = pathOf(deciding.split(/[ ,]/)[0] as string);
  // `tags_all` is computed from what stands in `tags`.
  return resource.config?.locate?.(path[0] === 'tags_all' ? ['tags', ...path.slice(1)] : path);
}

/** The same defect at the same place keeps its fingerprint when its words change. */
function fingerprint(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Identities of which the plan changes nothing: neither themselves, nor a credential, nor a grant. */
function unchangedIn(
  identities: readonly JudgedIdentity[],
  resources: ReadonlyMap<string, Resource>,
): Set<string> {
  const still = (address: string): boolean => resources.get(address)?.action === 'no-op';
  const unchanged = identities.filter(({ identity }) =>
    [identity, ...identity.credentials, ...identity.grants].every(({ address }) => still(address)),
  );
  return new Set(unchanged.map(({ identity }) => identity.address));
}

function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function byWeight(a: Finding, b: Finding): number {
  return (
    byAddress({ address: a.identity ?? a.address }, { address: b.identity ?? b.address }) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    byAddress(a, b) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}
