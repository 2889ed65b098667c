// The result of a run, as the JSON reporter prints it. Every reporter reads this and nothing else.

import type { Input } from '../input/read-plan.js';
import type { JudgedIdentity } from '../verdict/model.js';
import type { ControlSum } from './control-sums.js';
import type { Finding, Profile, Waived } from './finding.js';
import type { PlanAccess } from './plan-access.js';

export interface LintReport {
  readonly input: Input;
  readonly profile: Profile;
  readonly now: Date;
  readonly decision: 'pass' | 'fail';
  readonly summary: {
    readonly identities: number;
    readonly errors: number;
    readonly warnings: number;
    readonly notes: number;
    /** Those of the baseline included. */
    readonly waived: number;
    /** How many of them the baseline knows; only where there is one. */
    readonly baseline?: number;
  };
  /** Sorted by address. */
  readonly identities: readonly JudgedIdentity[];
  /** Sorted by address, severity and rule. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  /** By control, where controls were asked for. */
  readonly controls?: readonly ControlSum[];
  /** Resources that smell of identity and are of a type that the catalog does not know. */
  readonly notCovered: readonly { readonly address: string; readonly type: string }[];
  /** Only where it was asked for. */
  readonly access?: PlanAccess;
}
