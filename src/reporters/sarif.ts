// SARIF 2.1.0, as GitHub code scanning, Azure DevOps and IDEs read it.
// Standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
// What GitHub asks for: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning

import type { Category, Finding, Severity, Waived } from '../lint/finding.js';
import { SEVERITIES } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import type { Rule } from '../lint/rule.js';
import { showSymbols } from '../plan/symbol.js';
import type { Tool } from './json.js';
import { clean } from './text.js';

/** GitHub shows this many results of a run, those of the highest severity first; more are rolled up in a note. */
const MOST_RESULTS = 5000;
/** GitHub refuses a file with more runs: so many plans share one. */
const MOST_RUNS = 20;
const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

/** CVSS-like numbers by which GitHub sorts and gates; the worst are ways in for anybody and rights to everything. */
const GRAVE: Partial<Record<Category, string>> = {
  'trust-open': '9.3',
  'secret-exposed': '9.1',
  'scope-unbounded': '9.0',
  'privilege-escalation': '8.8',
};
const WEIGHT: Readonly<Record<Severity, string>> = { error: '7.5', warning: '5.0', note: '2.0' };

export function renderSarif(reports: readonly LintReport[], tool: Tool, rules: readonly Rule[]): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs:
      reports.length > MOST_RUNS
        ? [run(reports, tool, rules)]
        : reports.map((report) => run([report], tool, rules)),
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function run(reports: readonly LintReport[], tool: Tool, rules: readonly Rule[]): object {
  const all = [
    ...reports
      .flatMap((report) => report.findings.map((finding) => ({ finding, report })))
      .sort((a, b) => SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity)),
    ...reports.flatMap((report) => report.waived.map((finding) => ({ finding, report }))),
  ];
  const used = new Set(all.map(({ finding }) => finding.rule));
  const listed = rules.filter((rule) => used.has(rule.id));
  const indexes = new Map(listed.map((rule, index) => [rule.id, index]));
  const shown = all.slice(0, MOST_RESULTS);
  const told = new Map<string, number>();
  for (const { finding } of all) told.set(spot(finding), (told.get(spot(finding)) ?? 0) + 1);
  const [first] = reports;
  const notCovered = reports.reduce((sum, report) => sum + report.notCovered.length, 0);
  const notes = [
    ...(all.length > shown.length
      ? [
          note(
            'warning',
            `${all.length - shown.length} more results are left out here; the JSON report holds all of them.`,
          ),
        ]
      : []),
    ...(notCovered > 0
      ? [note('note', `${notCovered} resources look like identities and are of types that are not judged.`)]
      : []),
  ];
  return {
    tool: {
      driver: {
        name: tool.name,
        fullName: `${tool.name} ${tool.version}`,
        semanticVersion: tool.version,
        informationUri: 'https://www.npmjs.com/package/leasehold',
        rules: listed.map((rule) => descriptor(rule, first?.profile ?? 'recommended')),
      },
    },
    automationDetails: {
      id: reports.length === 1 && first ? `leasehold/${uri(first.input.path)}/` : 'leasehold/',
    },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notes }],
    results: shown.map(({ finding, report }) => ({
      ...result(finding, report, indexes),
      partialFingerprints: {
        'leasehold/v1': finding.fingerprint,
        ...(finding.location === null || (told.get(spot(finding)) ?? 0) > 1
          ? { primaryLocationLineHash: `${finding.fingerprint}:1` }
          : {}),
      },
    })),
  };
}

/**
 * GitHub tells alerts of a rule apart by a hash of the line, which it works out itself where we give none. That would
 * change with every plan file, and would take what `for_each` makes at one line for one: there, ours stands.
 */
function spot({ rule, location }: Finding): string {
  return `${rule} ${location?.file}:${location?.line}`;
}

function note(level: 'warning' | 'note', text: string): object {
  return { level, message: { text } };
}

function descriptor(rule: Rule, profile: LintReport['profile']): object {
  const severity = rule.severity[profile];
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: sentence(rule.title) },
    fullDescription: { text: rule.why },
    help: {
      text: `${rule.why}\n\n${rule.fix}`,
      markdown: `${rule.why}\n\n**How to mend it**\n\n${rule.fix}${rule.references.map((link) => `\n\n<${link}>`).join('')}`,
    },
    ...(rule.references[0] === undefined ? {} : { helpUri: rule.references[0] }),
    defaultConfiguration: { level: severity === 'off' ? 'none' : LEVELS[severity] },
    properties: {
      tags: ['security', rule.category, ...rule.frameworks].slice(0, 20),
      precision: 'very-high',
      'problem.severity':
        severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'recommendation',
      'security-severity': severity === 'off' ? WEIGHT.note : (GRAVE[rule.category] ?? WEIGHT[severity]),
    },
  };
}

function result(finding: Finding | Waived, report: LintReport, indexes: ReadonlyMap<string, number>): object {
  const { rule, severity, address, location, message, help, identity, construct } = finding;
  const index = indexes.get(rule);
  const subject = identity === null || identity === address ? address : `${identity}, at ${address}`;
  return {
    ruleId: rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVELS[severity],
    message: { text: clean(`${subject}: ${sentence(showSymbols(message))} ${help}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uri(location?.file ?? report.input.path) },
          region: { startLine: location?.line ?? 1, startColumn: location?.column ?? 1 },
        },
        logicalLocations: [
          { fullyQualifiedName: clean(address), kind: 'resource' },
          ...(construct === null ? [] : [{ fullyQualifiedName: clean(construct), kind: 'object' }]),
        ],
      },
    ],
    ...('waiver' in finding
      ? {
          suppressions: [
            { kind: 'external', status: 'accepted', justification: clean(justification(finding)) },
          ],
        }
      : {}),
  };
}

function justification({ waiver }: Waived): string {
  const by = waiver.owner === null ? '' : ` (${waiver.owner}, until ${waiver.expires})`;
  return `${waiver.reason}${by}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function pascalCase(id: string): string {
  return id.replace(/(^|-)([a-z])/g, (_, __: string, letter: string) => letter.toUpperCase());
}

/** A relative reference; paths from the root of the file system stay what they are, as URIs. */
function uri(path: string): string {
  const plain = path === '-' ? 'stdin' : path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const encoded = plain.split('/').map(encodeURIComponent).join('/');
  return plain.startsWith('/') ? `file://${encoded}` : encoded;
}
