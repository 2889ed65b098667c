// The parts of `leasehold.yaml` that say what surrounds a plan: environments, and vendors with their contracts.

import { parseDate } from '../access/end.js';
import type { EnvironmentTerms } from '../access/environment.js';
import type { Vendor } from '../policy/vendors.js';
import { addressGlob } from './address-glob.js';
import { ConfigError, type ConfigFile } from './config-file.js';
import { nameOf, notLike } from './config-problem.js';

/** What the schema lets through. */
export interface NeighbourSettings {
  readonly environments?: Readonly<Record<string, EnvironmentSettings>>;
  readonly vendors?: readonly VendorSettings[];
}

interface EnvironmentSettings {
  readonly accounts?: readonly string[];
  readonly subscriptions?: readonly string[];
  readonly projects?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly values?: readonly string[];
  readonly names?: readonly string[];
}

interface VendorSettings {
  readonly name: string;
  readonly accounts?: readonly string[];
  readonly tenants?: readonly string[];
  readonly apps?: readonly string[];
  readonly issuers?: readonly string[];
  readonly owner: string;
  readonly ends: string;
}

const lower = (texts: readonly string[] = []): string[] => texts.map((text) => text.toLowerCase());

export function environments({ environments = {} }: NeighbourSettings): EnvironmentTerms[] {
  return Object.entries(environments).map(([name, one]) => {
    const globs = (one.names ?? []).map(addressGlob);
    return {
      name,
      places: lower([...(one.accounts ?? []), ...(one.subscriptions ?? []), ...(one.projects ?? [])]),
      namespaces: one.namespaces ?? [],
      values: lower(one.values),
      matches: (text) => globs.some((matches) => matches(text)),
    };
  });
}

/** @throws ConfigError where an end is no date */
export function vendors({ vendors = [] }: NeighbourSettings, file: ConfigFile): Vendor[] {
  return vendors.map((one, index) => {
    const ends = parseDate(one.ends);
    if (!ends) {
      const path = ['vendors', index, 'ends'];
      throw new ConfigError(file.place(path), `${nameOf(path)} ${notLike('2027-03-31')}`);
    }
    return {
      name: one.name,
      ids: lower([...(one.accounts ?? []), ...(one.tenants ?? []), ...(one.apps ?? [])]),
      issuers: lower(one.issuers).map((address) => address.replace(/^https?:\/\//, '').replace(/\/+$/, '')),
      owner: one.owner,
      ends,
    };
  });
}
