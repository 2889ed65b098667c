// A finding that somebody accepts for a time, written next to what it is about.

import type { IConstruct } from 'constructs';
import { parseDate } from '../src/access/end.js';
import { isPlaceholder } from '../src/access/labels.js';
import { type Problem, reportProblems } from './access-package.js';
import { callerOf } from './source.js';
import { App, Aspects, isBlock, isToken } from './terraform.js';

/** Which finding is accepted, why, by whom and until when. */
export interface WaivedFinding {
  /** Id of a rule, or a category: `expiry-missing`. */
  readonly rule: string;
  /** Why the risk is accepted. */
  readonly reason: string;
  /** Who accepts it: a team or a person that can be reached. */
  readonly owner: string;
  /** The last day it holds, UTC: `2027-03-31`. */
  readonly expires: string;
  /**
   * What limits the risk until then.
   * @default - nothing
   */
  readonly controls?: readonly string[];
  /**
   * Where it was agreed: `SEC-118`.
   * @default - nowhere
   */
  readonly ticket?: string;
}

/** What stands at each resource, by construct: a resource may be under several that have waivers. */
const written = new WeakMap<IConstruct, object[]>();

/**
 * Accepts one kind of finding for all resources under a construct.
 *
 * ```ts
 * Waiver.of(erpExport, {
 *   rule: 'static-credential',
 *   reason: 'The ERP cannot assume roles; its successor can',
 *   owner: 'finance-it@example.com',
 *   expires: '2027-03-31',
 * });
 * ```
 *
 * It holds at synth, under `Governance`. It also travels with the synthesised stack, but in the same pull request as what
 * it excuses; so `leasehold lint` heeds it only where `leasehold.yaml` says `waiversInCode: true`. One that has
 * expired, that matches nothing or that lasts longer than a year is a finding itself.
 */
export class Waiver {
  /** @throws Error for an app: name a stack, or a construct in one */
  public static of(construct: IConstruct, finding: WaivedFinding): Waiver {
    if (App.isApp(construct))
      throw new Error('a waiver is of a stack or of a construct in one, not of an app');
    return new Waiver(construct, finding);
  }

  private constructor(
    /** What it is written at. */
    public readonly construct: IConstruct,
    /** What it accepts. */
    public readonly finding: WaivedFinding,
  ) {
    const source = callerOf();
    const { rule, reason, owner, expires, controls, ticket } = finding;
    const terms = { rule, reason, owner, expires };
    const noted = {
      construct: construct.node.path,
      ...terms,
      ...(controls && { controls: [...controls] }),
      ...(ticket !== undefined && { ticket }),
      ...(source !== undefined && { source }),
    };
    reportProblems(construct, () => problemsIn(terms));
    Aspects.of(construct).add({
      visit: (one) => {
        if (!isBlock(one)) return;
        const all = written.get(one) ?? [];
        if (!all.includes(noted)) all.push(noted);
        written.set(one, all);
        one.addOverride('//.leasehold.waivers', [...all]);
      },
    });
  }
}

/** What a caller without types may have left out, too. */
function problemsIn(terms: Readonly<Record<string, string | undefined>>): Problem[] {
  const empty = Object.entries(terms)
    .filter(([, value]) => isToken(value) || typeof value !== 'string' || isPlaceholder(value))
    .map(([field]) => ({ field: `waiver ${field}`, message: 'says nothing: write it out' }));
  if (empty.length > 0 || parseDate(terms.expires ?? '')) return empty;
  return [
    { field: 'waiver expires', message: `"${terms.expires}" is no date: write one such as 2027-03-31` },
  ];
}
