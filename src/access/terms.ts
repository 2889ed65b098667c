// What makes terms of access valid: a real owner, an end that exists, a scope that is one. Constructs ask at synth,
// the linter asks of a plan: one answer for both.

import { parseDuration } from './duration.js';
import { parseDate } from './end.js';
import { isPlaceholder } from './labels.js';

/** The terms of an access package, as somebody wrote them. */
export interface Terms {
  readonly owner?: string;
  /** How long the access lasts: `90d`. */
  readonly ttl?: string;
  /** When the access ends: `2027-01-31`, or an RFC 3339 moment. */
  readonly expires?: string;
  /** A line per permission, the resource last: `s3:GetObject arn:aws:s3:::invoices/*`, `Reader /subscriptions/…`. */
  readonly scope?: readonly string[];
  readonly purpose?: string;
  readonly reviewers?: readonly string[];
  /** How often the access is looked at again: `30d`. */
  readonly reviewEvery?: string;
  readonly approvers?: readonly string[];
}

/** What is wrong with one of the terms, in words that follow its name. */
export interface Problem {
  readonly field: keyof Terms;
  readonly message: string;
}

const A_DATE = 'write one such as 2027-01-31 or 2027-01-31T12:00:00Z';
const A_DURATION = 'write one such as 90d, 12h, 2w or P90D';

/** Everything that is wrong with the terms, in the order of their fields. An end before `now` is wrong where it is given. */
export function problemsIn(terms: Terms, now?: Date): Problem[] {
  return [
    ...named('owner', terms.owner, 'is missing: name the team or person who answers for this access'),
    ...problemsOfEnd(terms, now),
    ...problemsOfScope(terms.scope),
    ...(terms.purpose === undefined ? [] : named('purpose', terms.purpose, 'is empty: say what it is for')),
    ...(terms.reviewers ?? []).flatMap((name) => named('reviewers', name, 'has an empty name')),
    ...(terms.approvers ?? []).flatMap((name) => named('approvers', name, 'has an empty name')),
    ...(terms.reviewEvery === undefined ? [] : duration('reviewEvery', terms.reviewEvery)),
  ];
}

function named(field: keyof Terms, value: string | undefined, missing: string): Problem[] {
  if (value === undefined || value.trim() === '') return [{ field, message: missing }];
  return isPlaceholder(value) ? [{ field, message: `"${value}" is a placeholder: write a real one` }] : [];
}

function duration(field: keyof Terms, value: string): Problem[] {
  if (parseDuration(value) !== undefined) return [];
  return [{ field, message: `"${value}" is no duration: ${A_DURATION}` }];
}

function problemsOfEnd({ ttl, expires }: Terms, now: Date | undefined): Problem[] {
  if (ttl === undefined && expires === undefined)
    return [{ field: 'ttl', message: `is missing: access has to end, so ${A_DURATION}` }];
  const problems = ttl === undefined ? [] : duration('ttl', ttl);
  if (expires === undefined) return problems;
  const at = parseDate(expires);
  if (!at) return [...problems, { field: 'expires', message: `"${expires}" is no date: ${A_DATE}` }];
  if (now && at < now)
    return [...problems, { field: 'expires', message: `"${expires}" is over: ${A_DATE}, in the future` }];
  return problems;
}

function problemsOfScope(scope: readonly string[] | undefined): Problem[] {
  if (scope === undefined || scope.length === 0)
    return [{ field: 'scope', message: 'is missing: name the permissions that the access consists of' }];
  return scope.filter(isUnlimited).map((line) => ({
    field: 'scope',
    message: `"${line}" has no bound: name the actions and the resources`,
  }));
}

/** Every action, all actions of a service, or nothing that names a permission at all. */
function isUnlimited(line: string): boolean {
  const [permission = ''] = line.trim().split(/\s+/);
  return permission === '' || /^(?:[\w.-]+[:/])?\*(?::\*)?$/.test(permission);
}
