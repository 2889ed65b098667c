// The report as the result of a run task: one outcome for each identity or resource that something is wrong with.
// Form: https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration#request-body-1

import type { Finding } from '../lint/finding.js';
import { SEVERITIES } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { byAddress } from '../plan/plan-json.js';
import { showSymbols } from '../plan/symbol.js';
import { escapeMarkdown } from './markdown.js';
import { clean } from './text.js';
import { ends, nobody, reach } from './words.js';

export type TaskStatus = 'running' | 'passed' | 'failed';

const MOST_OUTCOMES = 200;
/** The platform advises less than a megabyte for each; all of them stay below two. */
const LONGEST_BODY = 8000;

/** The body of the callback. */
export function taskResult(status: TaskStatus, message: string, outcomes: readonly object[] = []): string {
  const relationships = outcomes.length > 0 ? { relationships: { outcomes: { data: outcomes } } } : {};
  return JSON.stringify({
    data: { type: 'task-results', attributes: { status, message }, ...relationships },
  });
}

/** The final callback for a report. */
export function renderTaskResult(report: LintReport, withOutcomes: boolean): string {
  const { errors, warnings, waived } = report.summary;
  const counts = [
    plural(report.identities.length, 'machine identity', 'machine identities'),
    plural(errors, 'error', 'errors'),
    plural(warnings, 'warning', 'warnings'),
    ...(waived > 0 ? [`${waived} waived`] : []),
  ].join(', ');
  const all = withOutcomes ? outcomesOf(report) : [];
  const shown = all.slice(0, MOST_OUTCOMES);
  const more = all.length > shown.length ? [rest(all.length - shown.length)] : [];
  return taskResult(report.decision === 'pass' ? 'passed' : 'failed', counts, [...shown, ...more]);
}

function outcomesOf(report: LintReport): object[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const address = finding.identity ?? finding.address;
    const group = groups.get(address);
    if (group) group.push(finding);
    else groups.set(address, [finding]);
  }
  const weight = (own: readonly Finding[]): number =>
    Math.min(...own.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return [...groups]
    .sort(([a, one], [b, other]) => weight(one) - weight(other) || byAddress({ address: a }, { address: b }))
    .map(([address, own]) => outcome(report, address, own));
}

function outcome(report: LintReport, address: string, own: readonly Finding[]): object {
  const judged = report.identities.find(({ identity }) => identity.address === address);
  const worst = SEVERITIES.find((severity) => own.some((one) => one.severity === severity)) ?? 'note';
  const facts = judged
    ? [
        `Owner: ${escapeMarkdown(nobody(judged))}`,
        `Ends: ${escapeMarkdown(ends(judged))}`,
        `Reach: ${escapeMarkdown(reach(judged))}`,
      ].map((line) => `- ${line}`)
    : [];
  const told = own.map(
    ({ severity, message, help, rule, location }) =>
      `**${severity}** ${escapeMarkdown(showSymbols(message))} (${escapeMarkdown(rule)})${
        location === null ? '' : ` at ${escapeMarkdown(`${location.file}:${location.line}`)}`
      }\n\n> ${escapeMarkdown(help)}`,
  );
  const count = own.length === 1 ? '' : ` and ${own.length - 1} more`;
  return {
    type: 'task-result-outcomes',
    attributes: {
      'outcome-id': clean(address).slice(0, 250),
      description: short(`${clean(address)}: ${clean(showSymbols(own[0]?.message ?? ''))}${count}`, 250),
      body: short([...(facts.length > 0 ? [facts.join('\n')] : []), ...told].join('\n\n'), LONGEST_BODY),
      tags: {
        Status: [
          worst === 'error' ? { label: 'Rejected', level: 'error' } : { label: 'Noted', level: 'info' },
        ],
        Severity: [{ label: worst, level: { error: 'error', warning: 'warning', note: 'info' }[worst] }],
        Category: [...new Set(own.map(({ category }) => category))].map((label) => ({ label })),
      },
    },
  };
}

function rest(count: number): object {
  return {
    type: 'task-result-outcomes',
    attributes: {
      'outcome-id': 'more',
      description: `${count} more identities and resources: run leasehold lint on the plan to see them all`,
      tags: { Status: [{ label: 'Left out', level: 'info' }] },
    },
  };
}

function short(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function plural(count: number, singular: string, many: string): string {
  return `${count} ${count === 1 ? singular : many}`;
}
