// The record of a decision: which plan, judged by what, with which result, accepted by whom. An in-toto statement, so that
// whatever signs and stores attestations can carry it. Form: https://github.com/in-toto/attestation/tree/main/spec/v1

import { createHash } from 'node:crypto';
import { isObject, type Json, own } from '../plan/json.js';
import type { Profile, Severity } from './finding.js';
import type { LintReport } from './report.js';
import { type RunOptions, severityOf } from './run.js';

export const STATEMENT = 'https://in-toto.io/Statement/v1';
/** Described by `evidence.schema.json`. */
export const PREDICATE = 'urn:leasehold:predicate:decision:1';

interface Digest {
  readonly sha256: string;
}

/** A file that the run read beside the plan. */
export interface ConfigurationFile {
  /** Relative to the folder of the configuration. */
  readonly name: string;
  readonly digest: Digest;
}

export interface Statement {
  readonly _type: typeof STATEMENT;
  readonly subject: readonly [{ readonly name: string; readonly digest: Digest }];
  readonly predicateType: typeof PREDICATE;
  readonly predicate: Decision;
}

export interface Decision {
  readonly tool: { readonly name: string; readonly version: string };
  readonly decision: 'pass' | 'fail';
  /** When it was made; nothing but a signature vouches for it. */
  readonly decidedAt: string;
  /** Who approved, as the caller said; nothing but a signature vouches for it. */
  readonly approvers: readonly string[];
  /** Ends were judged against this moment. */
  readonly now: string;
  readonly profile: Profile;
  readonly failOn: Severity | 'never';
  readonly plan: { readonly kind: string; readonly terraformVersion: string | null };
  /** The rules with their severities in this run; `off` are those that did not run. */
  readonly rules: { readonly digest: Digest; readonly ran: number; readonly off: readonly string[] };
  /** The configuration and what it names, sorted by name. */
  readonly configuration: readonly ConfigurationFile[];
  readonly identities: readonly object[];
  readonly findings: object;
  readonly waivers: readonly object[];
}

/** What a statement says that nobody can work out again. */
export interface Circumstances {
  /** Name of the plan file. */
  readonly name: string;
  readonly decidedAt: string;
  readonly approvers: readonly string[];
  readonly version: string;
}

export function statementOf(
  report: LintReport,
  options: RunOptions,
  configuration: readonly ConfigurationFile[],
  { name, decidedAt, approvers, version }: Circumstances,
): Statement {
  const { input, summary, findings, waived } = report;
  const severities = options.rules
    .map((rule) => [rule.id, rule.category, severityOf(rule, options)] as const)
    .sort(([a], [b]) => order(a, b));
  const off = severities.flatMap(([id, , severity]) => (severity === 'off' ? [id] : []));
  return {
    _type: STATEMENT,
    subject: [{ name, digest: { sha256: input.sha256 } }],
    predicateType: PREDICATE,
    predicate: {
      tool: { name: 'leasehold', version },
      decision: report.decision,
      decidedAt,
      approvers,
      now: moment(report.now),
      profile: report.profile,
      failOn: options.failOn,
      plan: { kind: input.kind, terraformVersion: input.terraformVersion },
      rules: {
        digest: { sha256: sha256(JSON.stringify(severities)) },
        ran: severities.length - off.length,
        off,
      },
      configuration: [...configuration].sort((a, b) => order(a.name, b.name)),
      identities: report.identities.map(({ identity, package: packaged, owner, expiry, scope }) => ({
        address: identity.address,
        kind: identity.kind,
        action: identity.resource.action,
        package: packaged,
        owner: { verdict: owner.verdict, value: owner.value },
        expiry: { verdict: expiry.verdict, at: expiry.at === null ? null : moment(expiry.at) },
        scope: { verdict: scope.verdict },
      })),
      findings: {
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        waived: summary.waived,
        digest: { sha256: sha256(findings.map(({ fingerprint }) => `${fingerprint}\n`).join('')) },
      },
      waivers: waived.map(({ rule, address, waiver, fingerprint }) => ({
        rule,
        address,
        fingerprint,
        ...waiver,
      })),
    },
  };
}

/** The bytes that are signed. */
export function renderStatement(statement: Statement): string {
  return `${JSON.stringify(statement, null, 2)}\n`;
}

export interface Difference {
  /** `predicate.identities[3].owner.verdict` */
  readonly path: string;
  /** As JSON; undefined where it is missing. */
  readonly claimed: string | undefined;
  readonly found: string | undefined;
}

const MOST_DIFFERENCES = 20;

/** Where a statement does not say what was found; the first twenty. */
export function differences(claimed: Json, found: Json): Difference[] {
  const all: Difference[] = [];
  compare(claimed, found, '', all);
  return all;
}

function compare(claimed: Json | undefined, found: Json | undefined, path: string, into: Difference[]): void {
  if (into.length >= MOST_DIFFERENCES) return;
  if (Array.isArray(claimed) && Array.isArray(found)) {
    for (let index = 0; index < Math.max(claimed.length, found.length); index++)
      compare(claimed[index], found[index], `${path}[${index}]`, into);
  } else if (isObject(claimed) && isObject(found)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(claimed)]))
      compare(own(claimed, key), own(found, key), path === '' ? key : `${path}.${key}`, into);
  } else if (JSON.stringify(claimed) !== JSON.stringify(found))
    into.push({ path, claimed: shown(claimed), found: shown(found) });
}

function shown(value: Json | undefined): string | undefined {
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined || text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** RFC 3339 in UTC, whole seconds. */
export function moment(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
