// The report as one page for people: opens from disk, loads nothing, can be read without its script.

import { createHash } from 'node:crypto';
import { type Finding, SEVERITIES, type Severity, type Waived } from '../../lint/finding.js';
import type { LintReport } from '../../lint/report.js';
import type { IdentityChange } from '../../verdict/change.js';
import type { JudgedIdentity } from '../../verdict/model.js';
import type { Tool } from '../json.js';
import { day, ends, nobody, reach } from '../words.js';
import { changeLine, changeList, changeMark, otherChanges } from './changes.js';
import { detailOf } from './data.js';
import { breakable, embedJson, escapeHtml as esc, shown } from './escape.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

interface Row {
  /** What `#…` in the address of the page leads to; of a further plan with its number in front. */
  readonly id: string;
  readonly plan: string;
  readonly judged: JudgedIdentity;
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  /** What the plan changes about its access. */
  readonly change: IdentityChange | undefined;
}

const MARKS = { error: 'bad', warning: 'warn', note: 'open' } as const;
/** How a reviewer should look at a verdict. */
const TONES: Readonly<Record<string, string>> = {
  verified: 'good',
  enforced: 'good',
  scheduled: 'good',
  bounded: 'good',
  declared: 'warn',
  broad: 'warn',
  undecided: 'open',
  invalid: 'bad',
  missing: 'bad',
  expired: 'bad',
  unbounded: 'bad',
};
const CHANGES: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  delete: 'destroyed',
  forget: 'forgotten',
  read: 'read',
  'no-op': 'stays',
};

export function renderHtml(reports: readonly LintReport[], tool: Tool): string {
  const rows = reports.flatMap(rowsOf).sort(worstFirst);
  const several = reports.length > 1;
  const data = {
    now: Math.max(0, ...reports.map(({ now }) => now.getTime())),
    routes: reports.flatMap(routesOf),
    details: Object.fromEntries(rows.map(({ id, judged }) => [shown(id), detailOf(judged)])),
  };
  const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const failed = reports.some(({ decision }) => decision === 'fail');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${failed ? 'Rejected' : 'Nothing to reject'}: machine access in ${esc(reports.map(({ input }) => input.path).join(', '))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="soft">Machine access, judged by ${esc(tool.name)} ${esc(tool.version)}</p>
${reports.map((report) => decision(report)).join('\n')}
</header>
<main>
<h2>Identities</h2>
${filters(rows, several)}
${table(rows, several)}
${apart(rows)}
${otherChanges(reports)}
${others(reports)}
${uncovered(reports)}
</main>
<script type="application/json" data-part="details">${embedJson(data)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Its name in a policy of the page. */
function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function rowsOf(report: LintReport, index: number): Row[] {
  const findings = byIdentity(report.findings);
  const waived = byIdentity(report.waived);
  const changes = new Map(report.access?.change.identities.map((one) => [one.address, one]));
  return report.identities.map((judged) => {
    const { address } = judged.identity;
    return {
      id: idOf(address, index),
      plan: report.input.path,
      judged,
      findings: findings.get(address) ?? [],
      waived: waived.get(address) ?? [],
      change: changes.get(address),
    };
  });
}

function idOf(address: string, index: number): string {
  return index === 0 ? address : `${index + 1}:${address}`;
}

/** `[from, to, how]`, between identities of the table. */
function routesOf({ access, identities }: LintReport, index: number): [string, string, string][] {
  const known = new Set(identities.map(({ identity }) => identity.address));
  return (access?.routes ?? [])
    .filter(({ from, to }) => from !== to && known.has(from) && known.has(to))
    .map(({ from, to, how }) => [shown(idOf(from, index)), shown(idOf(to, index)), shown(how)]);
}

function byIdentity<One extends Finding>(findings: readonly One[]): Map<string, One[]> {
  const all = new Map<string, One[]>();
  for (const finding of findings) {
    if (finding.identity === null) continue;
    const told = all.get(finding.identity);
    if (told) told.push(finding);
    else all.set(finding.identity, [finding]);
  }
  return all;
}

/** Most errors first, then most warnings. Sorting is stable, so the order by address stays among equals. */
function worstFirst(one: Row, other: Row): number {
  const [mine, yours] = [countsOf(one), countsOf(other)];
  return SEVERITIES.reduce((by, severity) => by || yours[severity] - mine[severity], 0);
}

function countsOf({ findings }: Row): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function decision(report: LintReport): string {
  const { decision: word, summary, input, now, profile } = report;
  const rejected = new Set(
    report.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ identity, address }) => identity ?? address),
  ).size;
  const title =
    word === 'pass'
      ? 'Passed: nothing to reject'
      : rejected === 0
        ? 'Rejected'
        : `Rejected: ${plural(rejected, 'identity or resource', 'identities or resources')} with errors`;
  const counts: [number, string][] = [
    [summary.identities, summary.identities === 1 ? 'identity' : 'identities'],
    [summary.errors, summary.errors === 1 ? 'error' : 'errors'],
    [summary.warnings, summary.warnings === 1 ? 'warning' : 'warnings'],
    [summary.notes, summary.notes === 1 ? 'note' : 'notes'],
    [summary.waived, 'waived'],
    [report.notCovered.length, 'not covered'],
  ];
  return `<section class="decision ${word}">
<h1>${word === 'pass' ? '✓' : '✕'} ${title}</h1>
<p><code>${esc(input.path)}</code> <span class="soft">judged for ${day(now)}, profile ${esc(profile)}, SHA-256 <code>${esc(input.sha256.slice(0, 16))}…</code></span></p>
${changeLine(report)}
<ul class="counts">${counts.map(([count, noun]) => `<li><b>${count}</b>${noun}</li>`).join('')}</ul>
</section>`;
}

function filters(rows: readonly Row[], several: boolean): string {
  const options = (values: readonly string[]): string =>
    values.map((value) => `<option value="${esc(value)}">${esc(value)}</option>`).join('');
  const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
  const select = (label: string, name: string, inner: string): string =>
    `<label>${label}<select data-filter="${name}"><option value="">all</option>${inner}</select></label>`;
  const verdicts = (['owner', 'expiry', 'scope'] as const).map((kind) => {
    const words = distinct(rows.map(({ judged }) => judged[kind].verdict));
    const label = { owner: 'Owner', expiry: 'End', scope: 'Reach' }[kind];
    return `<optgroup label="${label}">${words.map((word) => `<option value="${kind}:${word}">${label.toLowerCase()} ${word}</option>`).join('')}</optgroup>`;
  });
  return `<div class="filters" data-part="filters" role="search" aria-label="Identities" hidden>
<label>Search<input type="search" data-filter="text" autocomplete="off" spellcheck="false" placeholder="name, action, finding …"></label>
${select('Severity', 'severity', `${options(SEVERITIES.filter((one) => rows.some(({ findings }) => findings.some(({ severity }) => severity === one))))}<option value="none">no finding</option>`)}
${select('Verdict', 'verdict', verdicts.join(''))}
${select('Owner', 'owner', options(distinct(rows.map(({ judged }) => nobody(judged)))))}
${select('Package', 'package', options(distinct(rows.map(packageOf))))}
${several ? select('Plan', 'plan', options(distinct(rows.map(({ plan }) => plan)))) : ''}
<label class="line"><input type="checkbox" data-filter="changed">only what the plan changes</label>
<button type="button" data-part="clear">Clear</button>
<span class="soft" role="status" data-part="shown"></span>
</div>`;
}

function packageOf({ judged }: Row): string {
  return judged.package ?? 'none';
}

function table(rows: readonly Row[], several: boolean): string {
  if (rows.length === 0) return '<p>This plan holds no machine identity that is known.</p>';
  const heads = ['Identity', 'Owner', 'Ends', 'Reach', 'Package', 'This plan', 'Findings'];
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table of identities">
<table data-part="identities">
<caption>Who answers for each identity, when its access ends and how far it reaches. Worst first.</caption>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
${rows.map((row) => tableRow(row, several)).join('\n')}
</table>
</div>
<p><button type="button" data-part="more" hidden></button></p>`;
}

function tableRow(row: Row, several: boolean): string {
  const { judged, waived, plan, id } = row;
  const { owner, expiry, scope, identity } = judged;
  const action = identity.resource.action;
  const becomes = row.change?.action ?? CHANGES[action] ?? action;
  const mark = changeMark(row.change);
  const sums = countsOf(row);
  const counts = SEVERITIES.map((severity) => [severity, sums[severity]] as const).filter(
    ([, count]) => count > 0,
  );
  const marks = [
    ...counts.map(
      ([severity, count]) =>
        `<span class="mark ${MARKS[severity]}">${plural(count, severity, `${severity}s`)}</span>`,
    ),
    ...(waived.length > 0 ? [`<span class="mark open">${waived.length} waived</span>`] : []),
  ];
  const attributes = {
    id,
    'data-address': id,
    'data-severities': counts.length === 0 ? 'none' : counts.map(([severity]) => severity).join(' '),
    'data-owner': nobody(judged),
    'data-package': packageOf(row),
    'data-plan': plan,
    'data-verdicts': `owner:${owner.verdict} expiry:${expiry.verdict} scope:${scope.verdict}`,
    'data-changed': row.change || !(action === 'no-op' || action === 'read') ? 'yes' : 'no',
    'data-order': JSON.stringify([
      identity.address,
      `${order(owner.verdict)} ${nobody(judged)}`,
      expiry.at === null
        ? `${order(expiry.verdict)} 9`
        : `${order(expiry.verdict)} ${expiry.at.toISOString()}`,
      order(scope.verdict),
      packageOf(row),
      `${mark?.order ?? 9} ${becomes}`,
      SEVERITIES.map((severity) => String(99_999 - sums[severity]).padStart(5, '0')).join(' '),
    ]),
  };
  const list = Object.entries(attributes).map(([name, value]) => `${name}="${esc(value)}"`);
  const cells = [
    verdict(owner.verdict, nobody(judged)),
    verdict(expiry.verdict, ends(judged)),
    verdict(scope.verdict, scope.verdict === 'bounded' ? '' : reach(judged), ' cut'),
    esc(packageOf(row)),
    mark === undefined
      ? esc(becomes)
      : `<span class="mark ${mark.tone}">${mark.word}</span><span class="why">${esc(becomes)}</span>`,
    marks.join(' ') || '<span class="soft">none</span>',
  ];
  const sub = several ? `${identity.kind} · ${plan}` : identity.kind;
  return `<tbody ${list.join(' ')}><tr><th scope="row"><span class="code" data-part="address">${breakable(identity.address)}</span><span class="sub">${esc(sub)}</span></th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr></tbody>`;
}

const ORDER = ['missing', 'expired', 'invalid', 'unbounded', 'broad', 'undecided', 'declared'];

/** Worst first. */
function order(word: string): string {
  const at = ORDER.indexOf(word);
  return `${at === -1 ? ORDER.length : at} ${word}`;
}

function verdict(word: string, why: string, look = ''): string {
  return `<span class="mark ${TONES[word] ?? 'open'}">${esc(word)}</span>${why === '' || why === word ? '' : `<span class="why${look}">${breakable(why)}</span>`}`;
}

/** Findings by identity. The script shows them inside of the identity instead. */
function apart(rows: readonly Row[]): string {
  const told = rows.filter(
    ({ findings, waived, change }) => findings.length + waived.length + (change?.changes.length ?? 0) > 0,
  );
  if (told.length === 0) return '';
  const parts = told.map(
    ({ id, judged, findings, waived, change }) =>
      `<section data-findings="${esc(id)}"><h3><a class="code" href="#${esc(encodeURIComponent(shown(id)))}">${esc(judged.identity.address)}</a></h3>${findings.map(finding).join('')}${waived.map(finding).join('')}${change && change.changes.length > 0 ? `<h4>What this plan changes</h4>${changeList(change.changes)}` : ''}</section>`,
  );
  return `<div class="apart"><h2>Findings and changes by identity</h2>${parts.join('\n')}</div>`;
}

function others(reports: readonly LintReport[]): string {
  const known = reports.map(({ identities }) => new Set(identities.map(({ identity }) => identity.address)));
  const rest = reports.flatMap(({ findings, waived }, index) =>
    [...findings, ...waived].filter(
      ({ identity }) => identity === null || known[index]?.has(identity) !== true,
    ),
  );
  if (rest.length === 0) return '';
  return `<section><h2>Findings about other resources</h2>${rest.map(finding).join('')}</section>`;
}

function finding(one: Finding | Waived): string {
  const { severity, rule, message, help, address, identity, evidence, location, construct, frameworks } = one;
  const waived = 'waiver' in one;
  const facts = [
    identity === address ? '' : `at ${code(address)}`,
    location === null ? '' : code(`${location.file}:${location.line}`),
    construct === null ? '' : `construct ${code(construct)}`,
    evidence.length === 0 ? '' : `read from ${evidence.map(code).join(', ')}`,
    frameworks.length === 0 ? '' : esc(frameworks.join(', ')),
  ].filter((fact) => fact !== '');
  return `<article class="finding ${waived ? 'waived' : severity}"><p><span class="mark ${waived ? 'open' : MARKS[severity]}">${waived ? 'waived' : severity}</span> <strong>${prose(message)}</strong> <span class="soft">${esc(rule)}</span></p><p>To mend: ${prose(help)}</p>${waived ? `<p>${waiver(one)}</p>` : ''}<p class="soft">${facts.join(' · ')}</p></article>`;
}

function waiver({ waiver: { reason, owner, expires } }: Waived): string {
  return [`Waived: ${esc(reason)}`, owner && `by ${esc(owner)}`, expires && `until ${esc(expires)}`]
    .filter((part) => part)
    .join(', ');
}

function uncovered(reports: readonly LintReport[]): string {
  const all = reports.flatMap(({ notCovered }) => notCovered);
  if (all.length === 0) return '';
  return `<section><h2>Not covered, so not judged</h2><ul class="plain">${all.map(({ address, type }) => `<li>${code(address)} <span class="soft">${esc(type)}</span></li>`).join('')}</ul></section>`;
}

function code(text: string): string {
  return `<code>${esc(text)}</code>`;
}

/** Text whose `code spans` are shown as such. */
function prose(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : esc(part)))
    .join('');
}

function plural(count: number, singular: string, many: string): string {
  return `${count} ${count === 1 ? singular : many}`;
}
