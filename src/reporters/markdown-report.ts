// The report for pull requests and step summaries: what the plan touches first, folded where it gets long, and never
// longer than GitHub takes.

import type { Finding } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { showSymbols } from '../plan/symbol.js';
import type { JudgedIdentity } from '../verdict/model.js';
import { escapeMarkdown } from './markdown.js';
import { ends, nobody, reach } from './words.js';

/** By this a bot finds its own comment again. */
export const STICKY_MARKER = '<!-- leasehold-report -->';
/** A comment on GitHub holds 65,536 characters. */
const LONGEST = 60_000;
const MOST_ROWS = 200;
const SIGNS = { error: '🔴', warning: '🟡', note: '⚪' } as const;

export function renderMarkdown(reports: readonly LintReport[]): string {
  const text = `${STICKY_MARKER}\n${reports.map((report) => one(report)).join('\n\n---\n\n')}\n`;
  if (text.length <= LONGEST) return text;
  const cut = text.lastIndexOf('\n', LONGEST);
  return `${closed(text.slice(0, cut))}\n\n**The report is longer than a comment may be.** The rest stands in the job's log and in the JSON report.\n`;
}

/** Closes what the cut left open. */
function closed(text: string): string {
  const open = (text.match(/<details>/g) ?? []).length - (text.match(/<\/details>/g) ?? []).length;
  return `${text}${'\n\n</details>'.repeat(Math.max(open, 0))}`;
}

function one(report: LintReport): string {
  const { errors, warnings } = report.summary;
  const rejected = new Set(
    report.findings.filter(isError).map((finding) => finding.identity ?? finding.address),
  );
  const title =
    report.decision === 'pass'
      ? '✅ Machine access: nothing to reject'
      : `❌ Machine access: ${rejected.size === 0 ? 'not decided' : `${rejected.size} to reject`}`;
  const changed = new Set(
    report.identities.filter((judged) => isTouched(judged)).map(({ identity }) => identity.address),
  );
  const touched = report.findings.filter(
    (finding) => finding.identity === null || changed.has(finding.identity),
  );
  const still = report.findings.filter((finding) => !touched.includes(finding));
  return [
    `## ${title}`,
    '',
    `${code(report.input.path)}: ${plural(report.identities.length, 'identity', 'identities')}, ${plural(errors, 'error', 'errors')}, ${plural(warnings, 'warning', 'warnings')}${report.summary.waived > 0 ? `, ${report.summary.waived} waived` : ''}.`,
    ...section('What this plan changes', touched, true),
    ...section('What stands already', still, false),
    ...table(report, rejected),
    ...notCovered(report),
  ].join('\n');
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** The plan changes something of it. */
function isTouched({ identity }: JudgedIdentity): boolean {
  return identity.resource.action !== 'no-op' && identity.resource.action !== 'read';
}

function section(title: string, findings: readonly Finding[], open: boolean): string[] {
  if (findings.length === 0) return [];
  const lines = findings.slice(0, MOST_ROWS).flatMap(told);
  const rest = findings.length > MOST_ROWS ? ['', `… and ${findings.length - MOST_ROWS} more.`] : [];
  const head = `${title} (${findings.length})`;
  return open
    ? ['', `### ${head}`, '', ...lines, ...rest]
    : ['', `<details><summary>${head}</summary>`, '', ...lines, ...rest, '', '</details>'];
}

function told({ severity, identity, address, message, help, rule, location, construct }: Finding): string[] {
  const place = [
    ...(location === null ? [] : [code(`${location.file}:${location.line}`)]),
    ...(construct === null ? [] : [`construct ${code(construct)}`]),
  ];
  const at = identity === null || identity === address ? '' : ` at ${code(address)}`;
  return [
    `- ${SIGNS[severity]} ${code(identity ?? address)}${at}: ${prose(showSymbols(message))} (${escapeMarkdown(rule)})${place.length === 0 ? '' : ` — ${place.join(', ')}`}  `,
    `  ${prose(help)}`,
  ];
}

function table(report: LintReport, rejected: ReadonlySet<string>): string[] {
  if (report.identities.length === 0) return [];
  const rows = report.identities.slice(0, MOST_ROWS).map((judged) => {
    const { address } = judged.identity;
    const cells = [code(address), nobody(judged), ends(judged), reach(judged)].map((cell, index) =>
      index === 0 ? cell : escapeMarkdown(cell),
    );
    return `| ${rejected.has(address) ? '❌' : '✅'} | ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const rest =
    report.identities.length > MOST_ROWS ? ['', `… and ${report.identities.length - MOST_ROWS} more.`] : [];
  return [
    '',
    `<details><summary>All identities (${report.identities.length})</summary>`,
    '',
    '| | identity | owner | ends | reach |',
    '|---|---|---|---|---|',
    ...rows,
    ...rest,
    '',
    '</details>',
  ];
}

function notCovered({ notCovered: all }: LintReport): string[] {
  if (all.length === 0) return [];
  const types = [...new Set(all.map(({ type }) => type))].slice(0, 6).map(code).join(', ');
  return ['', `Not covered, so not judged: ${plural(all.length, 'resource', 'resources')} of type ${types}.`];
}

/** Text whose code spans stay code spans. */
function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : escapeMarkdown(part)))
    .join('');
}

/** A code span that its content cannot leave. */
function code(text: string): string {
  return `\`${showSymbols(text)
    .replaceAll('`', "'")
    .replace(/[\r\n]/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')}\``;
}

function plural(count: number, singular: string, many: string): string {
  return `${count} ${count === 1 ? singular : many}`;
}
