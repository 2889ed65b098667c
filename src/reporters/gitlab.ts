// GitLab: code quality for the merge request, SAST for the security dashboard.
// Code quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
// SAST: https://gitlab.com/gitlab-org/security-products/security-report-schemas, version 15.2.1

import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import type { Rule } from '../lint/rule.js';
import { showSymbols } from '../plan/symbol.js';
import type { Tool } from './json.js';
import { clean } from './text.js';

const QUALITY: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', note: 'info' };

export function renderCodeQuality(reports: readonly LintReport[]): string {
  const entries = reports.flatMap((report) =>
    report.findings.map((finding) => ({
      type: 'issue',
      check_name: finding.rule,
      categories: ['Security'],
      severity: QUALITY[finding.severity],
      description: clean(
        `${finding.identity ?? finding.address}: ${showSymbols(finding.message)}${made(finding)}`,
      ),
      content: { body: clean(finding.help) },
      fingerprint: lasting(finding, report, reports),
      location: {
        path: finding.location?.file ?? report.input.path,
        lines: { begin: finding.location?.line ?? 1 },
      },
    })),
  );
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** GitLab drops a second entry of the same fingerprint, and the same address may stand in several plans. */
function lasting({ fingerprint }: Finding, { input }: LintReport, reports: readonly LintReport[]): string {
  if (reports.length === 1) return fingerprint;
  return createHash('sha256').update(`${fingerprint} ${input.path}`).digest('hex').slice(0, 32);
}

function made({ construct }: Finding): string {
  return construct === null ? '' : ` (construct ${construct})`;
}

/** What the schema lets a name and a solution hold. */
const LONGEST = { name: 255, solution: 7000 };
const DANGER: Readonly<Record<Severity, string>> = { error: 'High', warning: 'Medium', note: 'Info' };

export function renderGitlabSast(reports: readonly LintReport[], tool: Tool, rules: readonly Rule[]): string {
  const titles = new Map(rules.map((rule) => [rule.id, rule]));
  const time = seconds(reports[0]?.now ?? new Date(0));
  const scanner = {
    id: 'leasehold',
    name: 'leasehold',
    version: tool.version,
    vendor: { name: 'leasehold' },
  };
  const document = {
    version: '15.2.1',
    scan: {
      analyzer: scanner,
      scanner,
      type: 'sast',
      start_time: time,
      end_time: time,
      status: 'success',
    },
    vulnerabilities: reports.flatMap((report) =>
      report.findings.map((finding) =>
        vulnerability(uuid(lasting(finding, report, reports)), finding, report, titles.get(finding.rule)),
      ),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function vulnerability(id: string, finding: Finding, report: LintReport, rule: Rule | undefined): object {
  const links = (rule?.references ?? []).filter((url) => /^https?:/.test(url)).map((url) => ({ url }));
  return {
    id,
    name: clean(`${rule?.title ?? finding.rule}: ${finding.identity ?? finding.address}`).slice(
      0,
      LONGEST.name,
    ),
    description: clean(`${showSymbols(finding.message)}${made(finding)}`),
    severity: DANGER[finding.severity],
    solution: clean(finding.help).slice(0, LONGEST.solution),
    location: {
      file: finding.location?.file ?? report.input.path,
      start_line: finding.location?.line ?? 1,
      class: clean(finding.address),
    },
    identifiers: [
      { type: 'leasehold_rule', name: finding.rule, value: finding.rule },
      ...finding.frameworks.map((id) => ({ type: 'leasehold_control', name: id, value: id })),
    ].slice(0, 20),
    ...(links.length > 0 ? { links } : {}),
  };
}

/** The same finding has the same id in every run. */
function uuid(fingerprint: string): string {
  const hex = createHash('sha256').update(fingerprint).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** RFC 3339 without a zone, as the schema wants it; UTC. */
function seconds(date: Date): string {
  return date.toISOString().slice(0, 19);
}
