// The three verdicts of an identity, as the contract words them, with what decided them.

import type { Identity } from '../graph/model.js';
import type { ScopeVerdict } from '../policy/scope-verdict.js';

export type OwnerVerdict = 'verified' | 'declared' | 'undecided' | 'invalid' | 'missing';
export type ExpiryVerdict = 'enforced' | 'scheduled' | 'declared' | 'undecided' | 'expired' | 'missing';

export interface OwnerJudgement {
  readonly verdict: OwnerVerdict;
  /** The owner as it is written; null where there is none, or where it is known only after apply. */
  readonly value: string | null;
  /** `aws_iam_role.batch tags_all.owner` */
  readonly evidence: readonly string[];
  /** References that hide it. */
  readonly unknown: readonly string[];
}

export interface ExpiryJudgement {
  readonly verdict: ExpiryVerdict;
  /** The moment the access ends; null where it does not, or where only a rotation period is known. */
  readonly at: Date | null;
  /** How long it lasts from now, or from one rotation to the next; null where nobody knows. */
  readonly ttlSeconds: number | null;
  readonly evidence: readonly string[];
  readonly unknown: readonly string[];
  /** What does not end, for the reviewer: `access key aws_iam_access_key.batch`. */
  readonly endless: readonly string[];
}

export interface ScopeReason {
  readonly level: ScopeVerdict;
  /** `s3:DeleteObject on every resource` */
  readonly text: string;
  readonly evidence: string;
  /** Address of the grant. */
  readonly address: string;
}

export interface ScopeJudgement {
  readonly verdict: ScopeVerdict;
  readonly reasons: readonly ScopeReason[];
  readonly evidence: readonly string[];
  readonly unknown: readonly string[];
}

/** A way to more rights than were given. */
export interface Escalation {
  readonly text: string;
  /** Its ids in the public catalogue of AWS paths: `lambda-001`. */
  readonly catalogue: readonly string[];
  readonly evidence: string;
  /** True for roles that hand out rights: told beside `unbounded` too. */
  readonly handsOutRights: boolean;
}

/** How much of an identity's access its access package names. */
export interface Coverage {
  /** Grants, and identities that it may become. */
  readonly total: number;
  /** Of these, what the package names. */
  readonly inside: number;
  /** The same in whole percent, rounded down; 100 where there is nothing to name. */
  readonly percent: number;
  readonly outside: readonly {
    /** Of the grant, or of the identity that lets it in. */
    readonly address: string;
    readonly kind: 'grant' | 'admission';
    /** Other packages that it belongs to. */
    readonly packages: readonly string[];
    /** True where the identity's own package gives all of it too, so that revoking one of them does not take it away. */
    readonly twice: boolean;
  }[];
}

export interface JudgedIdentity {
  readonly identity: Identity;
  readonly package: string | null;
  /** Null where no package governs it. */
  readonly coverage: Coverage | null;
  readonly owner: OwnerJudgement;
  readonly expiry: ExpiryJudgement;
  readonly scope: ScopeJudgement;
  readonly escalations: readonly Escalation[];
  /** `unbounded`, or able to escalate. */
  readonly privileged: boolean;
  /** Holds a long-lived secret. */
  readonly staticCredentials: boolean;
  readonly purpose: string | null;
  /** A label names a reviewer or a rhythm. */
  readonly reviewed: boolean;
}

/** What judging depends on beside the plan. */
export interface JudgeOptions {
  /** Ends lie before or after this moment. */
  readonly now: Date;
  /** Label keys beside the defaults; compared as the contract says. */
  readonly keys: Partial<Record<'owner' | 'expiry' | 'purpose' | 'package', readonly string[]>>;
  /** Knows the accountable people and teams; undefined where no directory is configured. */
  readonly directory: OwnerDirectory | undefined;
  /** Access packages that the configuration declares. */
  readonly packages: readonly PackageTerms[];
}

export interface OwnerDirectory {
  /** True where the owner stands in the directory. */
  has(owner: string): boolean;
}

export interface PackageTerms {
  readonly name: string;
  /** True for the resources that belong to the package by configuration. */
  readonly matches: (address: string) => boolean;
  readonly owner: string | undefined;
  readonly expires: string | undefined;
  readonly purpose: string | undefined;
}
