// The contract's JSON: what machines read. Names here are public; keys are added, never renamed.

import type { Finding, Waived } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { showSymbols } from '../plan/symbol.js';
import type { JudgedIdentity } from '../verdict/model.js';

export const REPORT_SCHEMA = 'urn:leasehold:schema:report:1';

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** One report as one object; several as one object that holds them. */
export function renderJson(reports: readonly LintReport[], tool: Tool): string {
  const [only, ...more] = reports;
  const document = only && more.length === 0 ? single(only, tool) : several(reports, tool);
  return `${JSON.stringify(document, null, 2)}\n`;
}

function several(reports: readonly LintReport[], tool: Tool): object {
  const sum = (key: keyof LintReport['summary']): number =>
    reports.reduce((total, { summary }) => total + (summary[key] ?? 0), 0);
  return {
    schema: REPORT_SCHEMA,
    version: 1,
    tool,
    decision: reports.every((report) => report.decision === 'pass') ? 'pass' : 'fail',
    summary: {
      identities: sum('identities'),
      errors: sum('errors'),
      warnings: sum('warnings'),
      notes: sum('notes'),
      waived: sum('waived'),
      ...(reports.some(({ summary }) => summary.baseline !== undefined) && { baseline: sum('baseline') }),
    },
    reports: reports.map((report) => single(report, tool)),
  };
}

function single(report: LintReport, tool: Tool): object {
  return {
    schema: REPORT_SCHEMA,
    version: 1,
    tool,
    input: report.input,
    profile: report.profile,
    now: moment(report.now),
    decision: report.decision,
    summary: report.summary,
    identities: report.identities.map(identity),
    findings: report.findings.map(finding),
    waived: report.waived.map(waived),
    ...(report.controls && { controls: report.controls }),
    notCovered: report.notCovered,
  };
}

function identity({ identity: one, package: name, coverage, owner, expiry, scope }: JudgedIdentity): object {
  return {
    address: one.address,
    kind: one.kind,
    name: showSymbols(one.name),
    action: one.resource.action,
    package: name,
    ...(coverage
      ? { coverage: { entitlements: coverage.total, inPackage: coverage.inside, percent: coverage.percent } }
      : {}),
    owner: { verdict: owner.verdict, value: owner.value, evidence: owner.evidence },
    expiry: {
      verdict: expiry.verdict,
      at: expiry.at === null ? null : moment(expiry.at),
      ttlSeconds: expiry.ttlSeconds,
      evidence: expiry.evidence,
    },
    scope: { verdict: scope.verdict, evidence: scope.evidence },
    credentials: addresses(one.credentials),
    grants: addresses(one.grants),
  };
}

function addresses(items: readonly { readonly address: string }[]): string[] {
  return [...new Set(items.map(({ address }) => address))].sort();
}

function finding(one: Finding): object {
  const {
    rule,
    category,
    severity,
    address,
    message,
    help,
    evidence,
    location,
    construct,
    frameworks,
    fingerprint,
  } = one;
  return {
    rule,
    category,
    severity,
    identity: one.identity,
    address,
    message,
    help,
    evidence,
    location,
    construct,
    frameworks,
    fingerprint,
  };
}

function waived(one: Waived): object {
  return { ...finding(one), waiver: one.waiver };
}

/** RFC 3339 in UTC, whole seconds. */
function moment(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
