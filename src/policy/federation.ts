// Who can present a token that fits: reads the subjects that AWS trust policies and Azure federated credentials ask for.

import { showSymbols, symbolsIn } from '../plan/symbol.js';
import { ISSUERS, type Issuer, OTHER_ISSUER } from './oidc-issuers.js';

/** How many workloads fit a subject: one (or a group that belongs together), too many, or not known before apply. */
export type Reach =
  | { readonly kind: 'one' }
  | { readonly kind: 'many'; readonly spans: string }
  | { readonly kind: 'unknown'; readonly references: readonly string[] };

/** A text that a claim has to equal, or a pattern where `wildcards` says so. */
export interface Wanted {
  readonly text: string;
  readonly wildcards: boolean;
}

/** A subject that a trust asks for. */
export interface TokenSubject {
  /** As written; may hold symbols and wildcards. */
  readonly text: string;
  /** The repository, project or namespace it comes from: the same for all its branches and environments. */
  readonly source: string;
}

/** What is too open, and how to mend it. */
export interface Flaw {
  readonly id: string;
  readonly text: string;
  readonly help: string;
}

/** A subject as a federated credential writes it. */
export interface FederatedSubject {
  /** The address, with or without its scheme. */
  readonly issuer: string;
  /** The whole text of the subject. */
  readonly subject?: string;
  /** `claims['sub'] matches 'repo:acme/shop:*'`, where the credential takes an expression. */
  readonly expression?: string;
}

/** The issuer at an address; where that says nothing, the one that writes such subjects. */
export function issuerOf(address: string, subject = ''): Issuer {
  const plain = address
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  return (
    ISSUERS.find(({ host }) => host?.test(plain)) ??
    ISSUERS.find(({ starts }) => starts?.test(subject)) ??
    OTHER_ISSUER
  );
}

/** How many workloads of the issuer can present the subject. */
export function reachOf({ strict, levels }: Issuer, { text, wildcards }: Wanted): Reach {
  const marked = text.replace(/([\uE000\uE001])[^\uE002]*\uE002/g, '$1');
  const shape = wildcards ? marked.replaceAll(OPEN, '*') : marked.replace(/[*?]/g, 'x');
  const isExact = !/[*?]/.test(shape);
  const hides = marked.includes(OPEN) || marked.startsWith(CONCRETE);
  // One exact subject is one workload's, unless the issuer lets its users leave names out of it.
  if (isExact && (wildcards ? !strict && !hides : !strict || hides)) return { kind: 'one' };
  const failing = levels.find(({ fixed }) => !fixed.test(shape));
  if (!failing) return { kind: 'one' };
  // What is hidden before the first wildcard may turn out to be just what is missed.
  const [sure = ''] = marked.split(/[*?]/);
  const unknown = sure.includes(OPEN) || sure.startsWith(CONCRETE);
  return unknown ? { kind: 'unknown', references: symbolsIn(text) } : { kind: 'many', spans: failing.spans };
}

/** What is left of a symbol where only its place counts. */
const CONCRETE = '\uE000';
const OPEN = '\uE001';

/** The subject for a reviewer: `repository acme/shop, environment production (GitHub)`. */
export function wordsOf(issuer: Issuer, { text }: Wanted): string {
  const shown = showSymbols(text);
  const parts = issuer.reads?.exec(shown);
  const words = parts && issuer.words ? issuer.words(parts.slice(1)) : `subject ${shown}`;
  return issuer.name === '' ? words : `${words} (${issuer.name})`;
}

/** The subject, and the part of it that tells one repository, project or namespace from another. */
export function subjectOf({ levels }: Issuer, { text }: Wanted): TokenSubject {
  return { text, source: levels.at(-1)?.fixed.exec(text)?.[0].replace(/[:/]$/, '') ?? text };
}

/** Several values: any of them will do, so the widest decides. */
export function widest(reaches: readonly Reach[]): Reach {
  return (
    reaches.find(({ kind }) => kind === 'many') ??
    reaches.find(({ kind }) => kind === 'unknown') ?? { kind: 'one' }
  );
}

/** Several conditions: all of them must hold, so the narrowest decides. */
export function narrowest(reaches: readonly Reach[]): Reach | undefined {
  return (
    reaches.find(({ kind }) => kind === 'one') ?? reaches.find(({ kind }) => kind === 'unknown') ?? reaches[0]
  );
}

/** What to tell about a subject that spans too much. */
export function flawOfSpan(issuer: Issuer, spans: string, subjects: readonly string[]): Flaw {
  const of = issuer.name === '' ? '' : ` (${issuer.name})`;
  return {
    id: `oidc-subject-spans-${spans}`,
    text: `Many ${spans} fit the subject ${subjects.map(showSymbols).join(', ')}${of}`,
    help: `Keep wildcards out of the part that tells ${spans} apart: ${issuer.example}`,
  };
}

/** What to tell where any token of the issuer will do. */
export function flawOfMissingSubject(issuer: Issuer, address: string): Flaw {
  const name = issuer.name || showSymbols(address) || 'the issuer';
  return {
    id: 'oidc-subject-missing',
    text: `Any token of ${name} will do: nothing binds its subject`,
    help: `Ask for one exact subject: ${issuer.example}`,
  };
}

/** Reads a federated credential of Azure: who may come, and whether that is too many. Never throws. */
export function readSubject({ issuer: address, subject, expression }: FederatedSubject): {
  readonly who: string;
  readonly subjects: readonly TokenSubject[];
  readonly openings: readonly Flaw[];
} {
  const wanted = expression === undefined ? exact(subject) : claimsOf(expression);
  const issuer = issuerOf(address, wanted[0]?.text);
  if (wanted.length === 0) {
    const who = `any subject of ${issuer.name || showSymbols(address) || 'the issuer'}`;
    return { who, subjects: [], openings: [flawOfMissingSubject(issuer, address)] };
  }
  const who = wanted.map((one) => wordsOf(issuer, one)).join(' and ');
  const subjects = wanted.map((one) => subjectOf(issuer, one));
  const reach = narrowest(wanted.map((one) => reachOf(issuer, one)));
  if (reach?.kind !== 'many') return { who, subjects, openings: [] };
  return {
    who,
    subjects,
    openings: [
      flawOfSpan(
        issuer,
        reach.spans,
        wanted.map((one) => one.text),
      ),
    ],
  };
}

/** A subject is compared as it stands: Azure knows no wildcards there. */
function exact(subject: string | undefined): Wanted[] {
  return subject === undefined || subject.trim() === '' ? [] : [{ text: subject, wildcards: false }];
}

/**
 * The claims that an expression asks for, all of which have to fit; those that say nothing about who comes are left out.
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
function claimsOf(expression: string): Wanted[] {
  const comparisons = expression.slice(0, 4096).matchAll(/claims\['(\w+)'\]\s+(eq|matches)\s+'([^']*)'/gi);
  return [...comparisons].flatMap(([, claim = '', operator = '', value = '']) =>
    claimText(claim, value).map((text) => ({ text, wildcards: operator.toLowerCase() === 'matches' })),
  );
}

/** Claims of GitHub that say which repository or workflow comes, beside the subject. */
const OF_REPOSITORY = new Set([
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'job_workflow_ref',
  'workflow_ref',
]);
/** Claims of other issuers that name one user or project. */
const OF_ONE = new Set(['user_id', 'id', 'project_id', 'oidc.circleci.com/project-id']);

/** A claim's value as a part of a subject; empty where the claim does not say who comes. */
export function claimText(claim: string, value: string): string[] {
  const name = claim.toLowerCase();
  if (name === 'sub') return [value];
  if (OF_REPOSITORY.has(name)) return [`${name}:${value}`];
  return OF_ONE.has(name) ? [`${name}:${value}`] : [];
}
