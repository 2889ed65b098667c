// One row per identity and finding, for auditors and their spreadsheets (RFC 4180).

import type { Finding, Waived } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { showSymbols } from '../plan/symbol.js';
import type { JudgedIdentity } from '../verdict/model.js';

const COLUMNS = [
  'plan',
  'identity',
  'kind',
  'package',
  'owner',
  'owner verdict',
  'ends',
  'expiry verdict',
  'scope verdict',
  'severity',
  'rule',
  'address',
  'message',
  'controls',
  'file',
  'line',
  'waived until',
  'fingerprint',
  'construct',
] as const;

export function renderCsv(reports: readonly LintReport[]): string {
  const rows = reports.flatMap((report) => {
    const judged = new Map(report.identities.map((one) => [one.identity.address, one]));
    const told = new Set<string>();
    const findings = [...report.findings, ...report.waived].map((finding) => {
      if (finding.identity !== null) told.add(finding.identity);
      return row(report, finding.identity === null ? undefined : judged.get(finding.identity), finding);
    });
    const clean = report.identities
      .filter(({ identity }) => !told.has(identity.address))
      .map((one) => row(report, one, undefined));
    return [...findings, ...clean];
  });
  return csvText([COLUMNS, ...rows]);
}

/** Rows as a file that no spreadsheet runs anything from. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function row(
  report: LintReport,
  judged: JudgedIdentity | undefined,
  finding: Finding | Waived | undefined,
): string[] {
  return [
    report.input.path,
    judged?.identity.address ?? '',
    judged?.identity.kind ?? '',
    judged?.package ?? '',
    judged?.owner.value ?? '',
    judged?.owner.verdict ?? '',
    judged?.expiry.at?.toISOString() ?? '',
    judged?.expiry.verdict ?? '',
    judged?.scope.verdict ?? '',
    finding?.severity ?? '',
    finding?.rule ?? '',
    finding?.address ?? '',
    showSymbols(finding?.message ?? ''),
    finding?.frameworks.join(' ') ?? '',
    finding?.location?.file ?? '',
    finding?.location ? String(finding.location.line) : '',
    finding && 'waiver' in finding ? (finding.waiver.expires ?? 'baseline') : '',
    finding?.fingerprint ?? '',
    finding?.construct ?? '',
  ];
}

/** Quoted; what a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
