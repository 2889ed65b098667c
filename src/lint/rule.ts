// What a rule is: metadata that feeds docs, `explain`, presets and reports, and one pure function over what was judged.

import type { Graph } from '../graph/model.js';
import type { Plan } from '../plan/model.js';
import type { JudgedIdentity } from '../verdict/model.js';
import type { Category, Profile, Severity } from './finding.js';

/** What a rule sees. */
export interface Subject {
  readonly plan: Plan;
  readonly graph: Graph;
  readonly identities: readonly JudgedIdentity[];
  /** From here ends are counted. */
  readonly now: Date;
  readonly limits: Limits;
  readonly profile: Profile;
}

/** Longest terms, in days, by what the identity has. */
export interface Limits {
  /** A static credential. Default 90. */
  readonly staticCredential: number;
  /** Unbounded scope or an escalation path. Default 30. */
  readonly privileged: number;
  /** Everything else. Default 365. */
  readonly session: number;
  /** How far ahead a waiver may end. Default 365. */
  readonly waiver: number;
}

export const DEFAULT_LIMITS: Limits = { staticCredential: 90, privileged: 30, session: 365, waiver: 365 };

/** What a rule yields. */
export interface Report {
  /** The identity it is about; null where a resource is. */
  readonly identity: string | null;
  /** Where it is to be mended. */
  readonly address: string;
  readonly message: string;
  /** Replaces the rule's own `fix` where there is more to say. */
  readonly help?: string | undefined;
  readonly evidence?: readonly string[];
}

export interface Rule {
  /** Kebab-case, permanent: `owner-missing`. */
  readonly id: string;
  readonly category: Category;
  /** The defect, as a heading. */
  readonly title: string;
  readonly severity: Readonly<Record<Profile, Severity | 'off'>>;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  /** How to mend it. */
  readonly fix: string;
  /** Official ids only. */
  readonly frameworks: readonly string[];
  readonly references: readonly string[];
  /** Version that brought it. */
  readonly since: string;
  /** False for rules that no waiver may silence. */
  readonly waivable?: boolean;
  /** The file that brings it, for rules of users; built-in ones have none. */
  readonly origin?: string;
  check(subject: Subject): Iterable<Report>;
}

/** `error` in `recommended` and `strict`. */
export const ERROR = { recommended: 'error', strict: 'error' } as const;
/** A warning that `strict` makes an error. */
export const WARNING = { recommended: 'warning', strict: 'error' } as const;

export function defineRule(rule: Rule): Rule {
  return rule;
}
