// JUnit XML: each identity is a test case that passes or fails, as every CI shows it.
// Shape: https://github.com/testmoapp/junitxml, which GitLab, Jenkins, Azure DevOps and Buildkite read.

import type { Finding } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { showSymbols } from '../plan/symbol.js';
import { escapeXml } from './xml.js';

export function renderJunit(reports: readonly LintReport[]): string {
  const suites = reports.map(suite);
  const sum = (key: 'tests' | 'failures' | 'skipped'): number =>
    suites.reduce((total, one) => total + one[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="leasehold" tests="${sum('tests')}" failures="${sum('failures')}" errors="0" skipped="${sum('skipped')}" time="0">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(report: LintReport): { tests: number; failures: number; skipped: number; xml: string } {
  const groups = new Map<string, Finding[]>(report.identities.map(({ identity }) => [identity.address, []]));
  for (const finding of report.findings) {
    const key = finding.identity ?? finding.address;
    const found = groups.get(key);
    if (found) found.push(finding);
    else groups.set(key, [finding]);
  }
  const waived = new Set(report.waived.map((one) => one.identity ?? one.address));
  let failures = 0;
  let skipped = 0;
  const cases = [...groups].map(([address, findings]) => {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const others = findings.filter(({ severity }) => severity !== 'error');
    const head = `    <testcase name="${escapeXml(address)}" classname="${escapeXml(report.input.path)}" time="0"${placeOf(findings)}`;
    const body = [
      ...(errors.length > 0 ? [failure(errors)] : []),
      ...(errors.length === 0 && waived.has(address) ? ['      <skipped message="waived"/>'] : []),
      ...(others.length > 0
        ? [`      <system-out>${escapeXml(others.map(line).join('\n'))}</system-out>`]
        : []),
    ];
    if (errors.length > 0) failures++;
    else if (waived.has(address)) skipped++;
    return body.length === 0 ? `${head}/>` : `${head}>\n${body.join('\n')}\n    </testcase>`;
  });
  const xml = [
    `  <testsuite name="${escapeXml(report.input.path)}" tests="${groups.size}" failures="${failures}" errors="0" skipped="${skipped}" time="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
  return { tests: groups.size, failures, skipped, xml };
}

function placeOf(findings: readonly Finding[]): string {
  const location = findings.find((finding) => finding.location !== null)?.location;
  return location ? ` file="${escapeXml(location.file)}" line="${location.line}"` : '';
}

function failure(errors: readonly Finding[]): string {
  const [first] = errors;
  const message =
    errors.length === 1
      ? showSymbols(first?.message ?? '')
      : `${errors.length} errors: ${errors.map(({ rule }) => rule).join(', ')}`;
  return `      <failure message="${escapeXml(message)}" type="${escapeXml(first?.category ?? '')}">${escapeXml(errors.map(line).join('\n\n'))}</failure>`;
}

function line({ severity, rule, address, message, help, location, construct }: Finding): string {
  const at = location === null ? [] : [`${location.file}:${location.line}`];
  const places = [...at, ...(construct === null ? [] : [`construct ${construct}`])];
  const place = places.length === 0 ? '' : ` (${places.join(', ')})`;
  return `${severity} ${rule} at ${address}${place}: ${showSymbols(message)}\n${help}`;
}
