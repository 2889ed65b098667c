// What a rule reports. Categories and severities are the contract's; names here are public.

export const CATEGORIES = [
  'owner-missing',
  'owner-invalid',
  'purpose-missing',
  'expiry-missing',
  'expiry-not-enforced',
  'expiry-too-long',
  'expiry-expired',
  'rotation-missing',
  'scope-unbounded',
  'scope-broad',
  'privilege-escalation',
  'trust-open',
  'static-credential',
  'secret-exposed',
  'secret-in-state',
  'shared-identity',
  'package-missing',
  'shadow-entitlement',
  'unrevocable',
  'drift-widened',
  'approval-missing',
  'review-missing',
  'undecided',
  'waiver-invalid',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Profile = 'recommended' | 'strict';

export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  /** Id of the rule: `require-owner`. */
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  /** The identity it is about; null where a resource is. */
  readonly identity: string | null;
  /** The resource where it is to be mended. */
  readonly address: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to mend it. */
  readonly help: string;
  /** What was read: `address attribute`, values left out. */
  readonly evidence: readonly string[];
  readonly location: Location | null;
  /** Path of the construct that made the resource. */
  readonly construct: string | null;
  /** Official ids: `NHI5:2025`, `PR.AA-05`. */
  readonly frameworks: readonly string[];
  /** Stable over runs and moves of lines: rule, address and what the finding hangs on. */
  readonly fingerprint: string;
}

export interface Waived extends Finding {
  readonly waiver: {
    /** `baseline` for a finding that a baseline knows; then nobody owns it, and it has no date. */
    readonly reason: string;
    readonly owner: string | null;
    readonly expires: string | null;
    /** What limits the risk meanwhile. */
    readonly controls?: readonly string[];
    readonly ticket?: string;
    /** When what it is about will be gone: `2028-06-30`. */
    readonly retires?: string;
  };
}
