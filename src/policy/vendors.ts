// Third parties that the configuration knows: who inside answers for each, and until when the contract lets it in.

import type { Flaw } from './federation.js';

export interface Vendor {
  readonly name: string;
  /** AWS accounts, Entra tenants and application ids, in lower case. */
  readonly ids: readonly string[];
  /** Addresses of token issuers, without their scheme, in lower case. */
  readonly issuers: readonly string[];
  /** Who inside answers for it. */
  readonly owner: string;
  /** The contract ends with this moment. */
  readonly ends: Date;
}

/** The vendor of an account, tenant or application. */
export function vendorOf(id: string, vendors: readonly Vendor[]): Vendor | undefined {
  return vendors.find(({ ids }) => ids.includes(id.toLowerCase()));
}

/** The vendor that issues tokens at an address, or under it. */
export function vendorOfIssuer(address: string, vendors: readonly Vendor[]): Vendor | undefined {
  const plain = address
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  return vendors.find(({ issuers }) => issuers.some((one) => plain === one || plain.startsWith(`${one}/`)));
}

/**
 * What to tell of a vendor that is let in after its end; undefined before.
 * @param deed what it can do: `become this role`
 */
export function flawOfEnded(vendor: Vendor, now: Date, deed: string): Flaw | undefined {
  if (vendor.ends >= now) return undefined;
  return {
    id: 'vendor-contract-over',
    text: `${vendor.name} can ${deed}, though its contract ended on ${vendor.ends.toISOString().slice(0, 10)}`,
    help: `Take the access away, or enter the new end under vendors in leasehold.yaml; ${vendor.owner} answers for this vendor`,
  };
}
