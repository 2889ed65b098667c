// The report for people: one table of identities with their three verdicts, then what is wrong and how to mend it.

import type { Finding, Severity } from '../lint/finding.js';
import { SEVERITIES } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { showSymbols } from '../plan/symbol.js';
import type { JudgedIdentity } from '../verdict/model.js';
import { type Paint, painter } from './color.js';
import { clean, fold, shortenEnd } from './text.js';
import { verdictLines } from './verdict-lines.js';
import { ends, nobody, reach } from './words.js';

export interface PrettyOptions {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  readonly unicode: boolean;
  /** Findings at or over `failOn` only, without the table. */
  readonly quiet: boolean;
  readonly failOn: Severity | 'never';
}

export function renderPretty(reports: readonly LintReport[], options: PrettyOptions): string {
  return `${reports.map((report) => one(report, options)).join('\n\n')}\n`;
}

function one(report: LintReport, options: PrettyOptions): string {
  const paint = painter(options.color);
  const parts = options.quiet
    ? [findings(report, options, paint), closing(report, paint)]
    : [
        header(report, options, paint),
        table(report, options, paint),
        findings(report, options, paint),
        accepted(report, options, paint),
        controlTable(report, options, paint),
        closing(report, paint),
      ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function header(report: LintReport, options: PrettyOptions, paint: Paint): string {
  const dot = options.unicode ? '·' : '-';
  const { terraformVersion, producer, path } = report.input;
  const outcome = outcomeOf(report);
  const facts = [
    ...(terraformVersion === null
      ? []
      : [`${producer ?? 'Terraform or OpenTofu'} ${clean(terraformVersion)}`]),
    plural(report.identities.length, 'machine identity', 'machine identities'),
  ];
  const line = `${[clean(path), ...facts].join(` ${dot} `)} ${dot} `;
  const decided = report.summary.errors === 0 ? paint.good(outcome) : paint.bad(outcome);
  return line.length + outcome.length <= options.width
    ? `${line}${decided}`
    : `${clean(path)}\n${facts.join(` ${dot} `)} ${dot} ${decided}`;
}

/** `9 to reject before apply, and 3 other resources` */
function outcomeOf(report: LintReport): string {
  const listed = new Set(report.identities.map(({ identity }) => identity.address));
  const rejected = new Set(
    report.findings
      .filter((finding) => finding.severity === 'error')
      .map((finding) => finding.identity ?? finding.address),
  );
  const others = [...rejected].filter((address) => !listed.has(address)).length;
  const own = rejected.size - others;
  if (own === 0)
    return others === 0
      ? 'nothing to reject'
      : `${plural(others, 'other resource', 'other resources')} to reject before apply`;
  const more = others === 0 ? '' : `, and ${plural(others, 'other resource', 'other resources')}`;
  return `${own} to reject before apply${more}`;
}

type Mark = 'reject' | 'undecided' | 'accepted' | 'pass';

function markOf(
  judged: JudgedIdentity,
  findingsOf: ReadonlyMap<string, Finding[]>,
  waived: LintReport['waived'],
): Mark {
  const own = findingsOf.get(judged.identity.address) ?? [];
  if (own.some((finding) => finding.severity === 'error')) return 'reject';
  return [judged.owner, judged.expiry, judged.scope].some((one) => one.verdict === 'undecided')
    ? 'undecided'
    : waived.some(({ identity, severity }) => identity === judged.identity.address && severity === 'error')
      ? 'accepted'
      : 'pass';
}

const MARKS = { reject: ['✗', 'x'], undecided: ['?', '?'], accepted: ['~', '~'], pass: ['✓', '+'] } as const;

function table(report: LintReport, options: PrettyOptions, paint: Paint): string {
  if (report.identities.length === 0) return 'No machine identities in this plan.';
  const findingsOf = grouped(report.findings);
  const order: Mark[] = ['reject', 'undecided', 'accepted', 'pass'];
  const rows = report.identities
    .map((judged) => ({ judged, mark: markOf(judged, findingsOf, report.waived) }))
    .sort((a, b) => order.indexOf(a.mark) - order.indexOf(b.mark))
    .map(({ judged, mark }) => ({
      mark,
      cells: [clean(judged.identity.address), nobody(judged), ends(judged), reach(judged)],
    }));
  const head = ['identity', 'owner', 'ends', 'reach'];
  const [title = '', ...lines] = verdictLines([head, ...rows.map((row) => row.cells)], {
    ...options,
    width: options.width - 3,
  });
  const tints = { reject: paint.bad, undecided: paint.warn, accepted: paint.dim, pass: paint.good };
  return [
    paint.dim(`   ${title}`),
    ...rows.map(
      ({ mark }, index) => `${tints[mark](` ${MARKS[mark][options.unicode ? 0 : 1]}`)} ${lines[index]}`,
    ),
  ].join('\n');
}

function grouped(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.identity ?? finding.address;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups;
}

function findings(report: LintReport, options: PrettyOptions, paint: Paint): string {
  const shown = options.quiet
    ? report.findings.filter(
        (finding) =>
          options.failOn === 'never' ||
          SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(options.failOn),
      )
    : report.findings;
  const weight = (own: readonly Finding[]): number =>
    Math.min(...own.map((finding) => SEVERITIES.indexOf(finding.severity)));
  return [...grouped(shown)]
    .sort(([, a], [, b]) => weight(a) - weight(b))
    .map(([address, own]) =>
      [paint.strong(clean(address)), ...own.map((finding) => told(finding, address, options, paint))].join(
        '\n',
      ),
    )
    .join('\n\n');
}

function told(finding: Finding, heading: string, options: PrettyOptions, paint: Paint): string {
  const tint = { error: paint.bad, warning: paint.warn, note: paint.dim }[finding.severity];
  const indent = ' '.repeat(11);
  const name = finding.rule === finding.category ? finding.rule : `${finding.category}, ${finding.rule}`;
  const lines = fold(`${showSymbols(clean(finding.message))} (${name})`, options.width - indent.length);
  const place = [
    ...(finding.address === heading ? [] : [`at ${clean(finding.address)}`]),
    ...(finding.location ? [`${clean(finding.location.file)}:${finding.location.line}`] : []),
    ...(finding.construct ? [`construct ${clean(finding.construct)}`] : []),
  ];
  const evidence = finding.evidence.map((one) =>
    clean(one.startsWith(`${heading} `) ? one.slice(heading.length + 1) : one),
  );
  return [
    `  ${tint(finding.severity.padEnd(7))}  ${lines[0]}`,
    ...lines.slice(1).map((line) => `${indent}${line}`),
    ...place.map((line) => `${indent}${paint.dim(line)}`),
    ...(evidence.length > 0
      ? fold(
          `read from ${evidence.slice(0, 3).join(', ')}${evidence.length > 3 ? ` and ${evidence.length - 3} more` : ''}`,
          options.width - indent.length,
        ).map((line) => `${indent}${paint.dim(line)}`)
      : []),
    ...fold(clean(finding.help), options.width - indent.length - 2).map(
      (line, index) => `${indent}${index === 0 ? (options.unicode ? '→ ' : '> ') : '  '}${line}`,
    ),
  ].join('\n');
}

/** Waivers silence, but not in secret: what each accepts, who does, and until when. */
function accepted({ waived }: LintReport, options: PrettyOptions, paint: Paint): string {
  const own = waived.filter(({ waiver }) => waiver.expires !== null);
  if (own.length === 0) return '';
  const lines = own.slice(0, MOST_WAIVED).map(({ rule, address, waiver }) => {
    const end =
      waiver.retires === undefined ? waiver.expires : `${waiver.expires}, gone by ${waiver.retires}`;
    return `  ${rule} at ${clean(address)}: until ${clean(String(end))}, ${clean(String(waiver.owner))}`;
  });
  return [
    paint.strong('Accepted for a time'),
    ...lines.map((line) => shortenEnd(line, options.width, options.unicode)),
    ...(own.length > MOST_WAIVED ? [`  and ${own.length - MOST_WAIVED} more`] : []),
  ].join('\n');
}

const MOST_WAIVED = 20;

function controlTable({ controls = [] }: LintReport, options: PrettyOptions, paint: Paint): string {
  if (controls.length === 0) return '';
  const rows = controls
    .filter(({ rules }) => rules > 0)
    .map(({ id, rules, errors, warnings, waived, title }) => [
      id,
      ...[rules, errors, warnings, waived].map(String),
      title,
    ]);
  const head = ['control', 'rules', 'errors', 'warnings', 'waived', 'about'];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    shortenEnd(
      row
        .map((cell, column) => {
          const width = column === head.length - 1 ? 0 : (widths[column] ?? 0);
          return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  '),
      options.width,
      options.unicode,
    );
  const none = controls.filter(({ rules }) => rules === 0).map(({ id }) => id);
  return [
    ...(rows.length > 0 ? [paint.dim(line(head)), ...rows.map(line)] : []),
    ...(none.length > 0 ? fold(`No rule that ran checks ${none.join(', ')}.`, options.width) : []),
  ].join('\n');
}

function closing(report: LintReport, paint: Paint): string {
  const { errors, warnings, notes, waived, baseline = 0 } = report.summary;
  const undecided = report.waived.filter(
    ({ category, waiver }) => category === 'undecided' && waiver.expires !== null,
  );
  const open = undecided.length > 0 ? ` (${undecided.length} undecided)` : '';
  const counts = [
    plural(errors, 'error', 'errors'),
    plural(warnings, 'warning', 'warnings'),
    ...(notes > 0 ? [plural(notes, 'note', 'notes')] : []),
    ...(waived > baseline ? [`${waived - baseline} waived${open}`] : []),
    ...(baseline > 0 ? [`${baseline} known from the baseline`] : []),
  ].join(', ');
  const uncovered = report.notCovered.length === 0 ? [] : [notCovered(report)];
  const verdict = report.decision === 'pass' ? paint.good('pass') : paint.bad('fail');
  const [first] = report.findings;
  const next = first ? `More about a rule: leasehold explain ${first.rule}` : '';
  return [...uncovered, `${verdict}: ${counts}.`, ...(next === '' ? [] : [next])].join('\n');
}

function notCovered({ notCovered: all }: LintReport): string {
  const types = [...new Set(all.map(({ type }) => clean(type)))];
  const named = types.slice(0, 4).join(', ');
  const more = types.length > 4 ? ` and ${types.length - 4} more types` : '';
  return `Not covered, so not judged: ${plural(all.length, 'resource', 'resources')} of type ${named}${more}.`;
}

function plural(count: number, singular: string, many: string): string {
  return `${count} ${count === 1 ? singular : many}`;
}
