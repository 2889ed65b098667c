// Lines that tools turn into annotations: workflow commands of GitHub Actions, logging commands of Azure DevOps, and
// the lines of compilers, which editors read.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
// https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands

import type { Finding } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { showSymbols } from '../plan/symbol.js';
import { clean } from './text.js';

export function renderGithub(reports: readonly LintReport[]): string {
  const kinds = { error: 'error', warning: 'warning', note: 'notice' } as const;
  return lines(reports, ({ finding, report }) => {
    const { severity, location, rule } = finding;
    const place = [
      `file=${property(location?.file ?? report.input.path)}`,
      `line=${location?.line ?? 1}`,
      ...(location ? [`col=${location.column}`] : []),
      `title=${property(`${rule}: ${finding.identity ?? finding.address}`)}`,
    ];
    return `::${kinds[severity]} ${place.join(',')}::${data(textOf(finding))}`;
  });
}

export function renderAzureDevops(reports: readonly LintReport[]): string {
  return lines(reports, ({ finding, report }) => {
    const { severity, location, rule } = finding;
    const place = [
      `type=${severity === 'error' ? 'error' : 'warning'}`,
      `sourcepath=${vso(location?.file ?? report.input.path)}`,
      `linenumber=${location?.line ?? 1}`,
      `columnnumber=${location?.column ?? 1}`,
      `code=${vso(rule)}`,
    ];
    return `##vso[task.logissue ${place.join(';')}]${vso(`${finding.identity ?? finding.address}: ${textOf(finding)}`)}`;
  });
}

/** `main.tf:12:1: error: aws_iam_role.batch: … [owner-missing]` */
export function renderUnix(reports: readonly LintReport[]): string {
  return lines(reports, ({ finding, report }) => {
    const { severity, location, rule, identity, address } = finding;
    const { file, line, column } = location ?? { file: report.input.path, line: 1, column: 1 };
    const text = `${identity ?? address}: ${textOf(finding)}`;
    return `${oneLine(file)}:${line}:${column}: ${severity}: ${oneLine(text)} [${rule}]`;
  });
}

function oneLine(text: string): string {
  return clean(text).replace(/[\r\n]+/g, ' ');
}

function lines(
  reports: readonly LintReport[],
  one: (item: { finding: Finding; report: LintReport }) => string,
): string {
  return reports
    .flatMap((report) => report.findings.map((finding) => `${one({ finding, report })}\n`))
    .join('');
}

function textOf({ address, identity, construct, message, help }: Finding): string {
  const places = [
    ...(identity === null || identity === address ? [] : [`at ${address}`]),
    ...(construct === null ? [] : [`construct ${construct}`]),
  ];
  const at = places.length === 0 ? '' : ` (${places.join(', ')})`;
  return `${showSymbols(message)}${at}. ${help}`;
}

/** Escapes the payload of a workflow command. */
function data(text: string): string {
  return clean(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** Escapes a property, which ends at a comma or a colon too. */
function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** Azure DevOps reads `%AZP25` where a percent sign is meant. */
function vso(text: string): string {
  return clean(text)
    .replace(/%/g, '%AZP25')
    .replace(/;/g, '%3B')
    .replace(/\]/g, '%5D')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A');
}
