// What a block says about the construct that made it: the comment (`//`) of a synthesised block, which Terraform skips.
// The frameworks write `metadata`, the constructs of this package `leasehold`.

import { isObject, type JsonObject, own, ownObject, ownString, strings } from './json.js';

/** A waiver that stands next to the code. Nothing is checked yet: a pull request wrote it. */
export interface NotedWaiver {
  /** What it was written at: the path of a construct, the address of a block, a file. */
  readonly construct: string;
  /** Id of a rule, or a category. */
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly controls: readonly string[];
  readonly ticket: string | undefined;
  /** `stacks/payments.ts:12`. */
  readonly source: string | undefined;
}

export interface ConstructNote {
  /** `payments/worker/Role`. */
  readonly path: string | undefined;
  /** `stacks/payments.ts:12`. */
  readonly source: string | undefined;
  /** The access package that it is part of. */
  readonly package: string | undefined;
  readonly waivers: readonly NotedWaiver[];
}

const MOST_WAIVERS = 100;

/** @param comment what stands under `//`; undefined where no construct made the block */
export function constructNoteOf(comment: JsonObject | undefined): ConstructNote | undefined {
  const metadata = ownObject(comment, 'metadata');
  if (!metadata) return undefined;
  const leasehold = ownObject(comment, 'leasehold');
  const waivers = own(leasehold, 'waivers');
  return {
    path: ownString(metadata, 'path'),
    source: ownString(leasehold, 'source'),
    package: ownString(leasehold, 'package'),
    waivers: Array.isArray(waivers)
      ? waivers.slice(0, MOST_WAIVERS).flatMap((one) => (isObject(one) ? (waiverIn(one) ?? []) : []))
      : [],
  };
}

function waiverIn(written: JsonObject): NotedWaiver | undefined {
  const [construct, rule, reason, owner, expires] = (
    ['construct', 'rule', 'reason', 'owner', 'expires'] as const
  ).map((key) => ownString(written, key));
  if (
    construct === undefined ||
    rule === undefined ||
    reason === undefined ||
    owner === undefined ||
    expires === undefined
  )
    return undefined;
  return {
    construct,
    rule,
    reason,
    owner,
    expires,
    controls: strings(own(written, 'controls')),
    ticket: ownString(written, 'ticket'),
    source: ownString(written, 'source'),
  };
}
