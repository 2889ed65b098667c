// Rules that users bring: what they may leave out, and what is checked before one runs. Their code comes from the
// configuration of whoever runs the linter, never from a plan.

import { InputError } from '../input/read-plan.js';
import { CATEGORIES, type Category, type Profile, SEVERITIES, type Severity } from './finding.js';
import { ERROR, type Report, type Rule, type Subject } from './rule.js';
import { closest } from './suggest.js';

/** A rule of your own. Built-in rules have the same shape, with nothing left out. */
export interface OwnRule {
  /** Kebab-case, two words or more; no built-in rule has it: `role-name-has-team`. */
  readonly id: string;
  readonly category: Category;
  /** The defect, as a heading. */
  readonly title: string;
  /** One for all profiles, or one each. Default: error. */
  readonly severity?: Severity | Readonly<Record<Profile, Severity | 'off'>>;
  /** Why it matters. */
  readonly why?: string;
  /** How to mend it; shown with every finding. */
  readonly fix?: string;
  /** Ids of controls; those that `leasehold lint --framework` knows are summed by it. */
  readonly frameworks?: readonly string[];
  readonly references?: readonly string[];
  readonly since?: string;
  /** False: no waiver may silence it. */
  readonly waivable?: boolean;
  /** Pure: everything it may know is in the subject. */
  check(subject: Subject): Iterable<Report>;
}

/** Gives a rule its type: `export default defineRule({ … })`. */
export function defineRule<R extends OwnRule>(rule: R): R {
  return rule;
}

/**
 * Checks what a module exports, and fills in what it leaves out.
 * @param origin where it is defined, for messages: `rules/naming.mjs`
 * @param taken ids that stand for other rules
 * @throws InputError
 */
export function toRule(value: unknown, origin: string, taken: ReadonlySet<string>): Rule {
  const wrong = (problem: string): InputError => new InputError(`${origin}: ${problem}`);
  if (typeof value !== 'object' || value === null)
    throw wrong('exports no rule; expected `export default defineRule({ … })`');
  const rule = value as Partial<OwnRule>;
  const { id, category, title, check } = rule;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9]{0,60}(-[a-z0-9]{1,60}){1,10}$/.test(id))
    throw wrong('the rule needs an "id" of two words or more, like role-name-has-team');
  if (taken.has(id)) throw wrong(`the rule "${id}" exists already; ids are given once`);
  if (!CATEGORIES.includes(category as Category)) throw wrong(unknownCategory(id, category));
  if (typeof title !== 'string' || title.trim() === '') throw wrong(`the rule "${id}" needs a "title"`);
  if (typeof check !== 'function') throw wrong(`the rule "${id}" needs a function "check"`);
  const severity = severityOf(rule.severity);
  if (!severity)
    throw wrong(`the severity of "${id}" must be ${SEVERITIES.join(', ')}, or one for each profile`);
  return {
    id,
    category: category as Category,
    title,
    severity,
    why: text(rule.why),
    fix: text(rule.fix) || 'See where your configuration defines this rule.',
    frameworks: texts(rule.frameworks),
    references: texts(rule.references),
    since: text(rule.since),
    waivable: rule.waivable !== false,
    origin,
    check: (subject) => reportsOf(rule as OwnRule, subject, origin),
  };
}

function unknownCategory(id: string, category: unknown): string {
  const guess = typeof category === 'string' ? closest(category, CATEGORIES) : undefined;
  const hint = guess === undefined ? `one of ${CATEGORIES.join(', ')}` : `did you mean "${guess}"?`;
  return `the rule "${id}" needs a "category" that leasehold knows; ${hint}`;
}

function severityOf(given: OwnRule['severity']): Rule['severity'] | undefined {
  if (given === undefined) return ERROR;
  if (typeof given === 'string')
    return SEVERITIES.includes(given) ? { recommended: given, strict: given } : undefined;
  const known: readonly string[] = [...SEVERITIES, 'off'];
  const { recommended, strict } = given ?? {};
  return known.includes(recommended) && known.includes(strict) ? { recommended, strict } : undefined;
}

function text(given: unknown): string {
  return typeof given === 'string' ? given : '';
}

function texts(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
}

/** A rule that yields more is not a rule, but a loop. */
const MOST_REPORTS = 100_000;

function reportsOf(rule: OwnRule, subject: Subject, origin: string): Report[] {
  const reports: Report[] = [];
  try {
    for (const report of rule.check(subject)) {
      if (reports.length === MOST_REPORTS) throw new Error(`it yields more than ${MOST_REPORTS} findings`);
      reports.push(checkedReport(report));
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`${origin}: the rule "${rule.id}" failed, and nothing was judged: ${message}`, {
      cause,
    });
  }
  return reports;
}

function checkedReport(given: Report): Report {
  const { address, message, identity = null, help, evidence } = given;
  if (typeof address !== 'string' || typeof message !== 'string')
    throw new TypeError('a finding needs "address" and "message" as text');
  if (identity !== null && typeof identity !== 'string')
    throw new TypeError('"identity" of a finding must be an address or null');
  return {
    identity,
    address,
    message,
    ...(typeof help === 'string' && { help }),
    ...(Array.isArray(evidence) && { evidence: texts(evidence) }),
  };
}
