// What a run is configured with. Apart from the reader of `leasehold.yaml`, so that a run without one never loads it.

import type { EnvironmentTerms } from '../access/environment.js';
import type { Vendor } from '../policy/vendors.js';
import type { JudgeOptions, OwnerDirectory, PackageTerms } from '../verdict/model.js';
import type { Profile, Severity } from './finding.js';
import type { Limits } from './rule.js';
import type { Waiver } from './waiver.js';

export interface Config {
  /** Undefined where the configuration leaves it to the command line or the default. */
  readonly profile: Profile | undefined;
  readonly failOn: Severity | 'never' | undefined;
  /** By id of the rule. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** In days. */
  readonly limits: Partial<Limits>;
  readonly keys: JudgeOptions['keys'];
  readonly directory: OwnerDirectory | undefined;
  /** AWS account ids and Entra tenants. */
  readonly knownAccounts: readonly string[];
  readonly environments: readonly EnvironmentTerms[];
  readonly vendors: readonly Vendor[];
  readonly packages: readonly PackageTerms[];
  readonly waivers: readonly Waiver[];
  /** Whether waivers in the code of constructs hold. Undefined is no for a plan, and yes for whoever synthesises. */
  readonly waiversInCode: boolean | undefined;
  /** File of known findings, relative to the configuration. */
  readonly baseline: string | undefined;
}

/** What a run has without a configuration. */
export const EMPTY_CONFIG: Config = {
  profile: undefined,
  failOn: undefined,
  severities: new Map(),
  limits: {},
  keys: {},
  directory: undefined,
  knownAccounts: [],
  environments: [],
  vendors: [],
  packages: [],
  waivers: [],
  waiversInCode: undefined,
  baseline: undefined,
};
