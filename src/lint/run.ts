// The run: plan → graph → verdicts → rules → waivers → report. Pure: time and configuration arrive as values.

import { createHash } from 'node:crypto';
import { buildGraph } from '../graph/build.js';
import type { Input } from '../input/read-plan.js';
import type { Plan, Resource } from '../plan/model.js';
import { byAddress } from '../plan/plan-json.js';
import { showSymbols } from '../plan/symbol.js';
import { judge } from '../verdict/judge.js';
import type { JudgedIdentity } from '../verdict/model.js';
import type { Config } from './config.js';
import { type Finding, type Profile, SEVERITIES, type Severity, type Waived } from './finding.js';
import type { LintReport } from './report.js';
import { DEFAULT_LIMITS, type Report, type Rule, type Subject } from './rule.js';
import { applyWaivers } from './waiver.js';

export interface RunOptions {
  readonly profile: Profile;
  readonly now: Date;
  readonly config: Config;
  readonly rules: readonly Rule[];
  /** Only these rules or categories, where it is not empty. */
  readonly only: readonly string[];
  /** Not these rules or categories. */
  readonly skip: readonly string[];
  /** Findings at or over this make the decision `fail`. */
  readonly failOn: Severity | 'never';
  /** Leaves out what the plan keeps as it is. */
  readonly onlyChanged: boolean;
}

export function run(input: Input, plan: Plan, options: RunOptions): LintReport {
  const { config, now, profile } = options;
  const graph = buildGraph(plan, { now, knownAccounts: config.knownAccounts });
  const identities = judge(graph, {
    now,
    keys: config.keys,
    directory: config.directory,
    packages: config.packages,
  });
  const subject: Subject = {
    plan,
    graph,
    identities,
    now,
    limits: { ...DEFAULT_LIMITS, ...config.limits },
    profile,
  };

  const resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
  const found: Finding[] = [];
  for (const rule of options.rules) {
    const severity = severityOf(rule, options);
    if (severity === 'off') continue;
    for (const report of checked(rule, subject)) found.push(toFinding(rule, severity, report, resources));
  }
  const { findings, waived, problems } = applyWaivers(
    found,
    config.waivers,
    now,
    (id) => options.rules.find((rule) => rule.id === id)?.waivable !== false,
  );
  const waiverRule = options.rules.find((rule) => rule.id === 'waiver-invalid');
  const waiverSeverity = waiverRule ? severityOf(waiverRule, options) : 'off';
  if (waiverRule && waiverSeverity !== 'off')
    for (const { waiver, message, location } of problems)
      findings.push({
        ...toFinding(
          waiverRule,
          waiverSeverity,
          { identity: null, address: waiver.address, message },
          resources,
        ),
        location,
      });

  const unchanged = options.onlyChanged ? unchangedIn(identities, resources) : new Set<string>();
  const kept = findings
    .filter((finding) => !(finding.identity !== null && unchanged.has(finding.identity)))
    .sort(byWeight);
  const shown = identities.filter(({ identity }) => !unchanged.has(identity.address));
  return {
    input,
    profile,
    now,
    decision: fails(kept, options.failOn) || !isWhole(plan) ? 'fail' : 'pass',
    summary: {
      identities: shown.length,
      errors: count(kept, 'error'),
      warnings: count(kept, 'warning'),
      notes: count(kept, 'note'),
      waived: waived.length,
    },
    identities: shown,
    findings: kept,
    waived: [...waived].sort(byWeight) as Waived[],
    notCovered: graph.uncovered,
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

function severityOf(rule: Rule, options: RunOptions): Severity | 'off' {
  const named = (names: readonly string[]): boolean =>
    names.includes(rule.id) || names.includes(rule.category);
  if (options.only.length > 0 && !named(options.only)) return 'off';
  if (named(options.skip)) return 'off';
  return options.config.severities.get(rule.id) ?? rule.severity[options.profile];
}

/** A rule that breaks is a bug of ours: it is named, and the run does not end green. */
function checked(rule: Rule, subject: Subject): Report[] {
  try {
    return [...rule.check(subject)];
  } catch (cause) {
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
    location: file !== undefined && line !== undefined ? { file, line: Number(line), column: 1 } : null,
    construct: resource?.construct?.path ?? null,
    frameworks: rule.frameworks,
    fingerprint: fingerprint(rule.id, report),
  };
}

/** Rule, address and identity: the same defect at the same place keeps its fingerprint when its words change. */
function fingerprint(rule: string, { address, identity }: Report): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, identity, address]))
    .digest('hex')
    .slice(0, 32);
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
