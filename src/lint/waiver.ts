// Findings that somebody accepted: for a reason, in their name, and until a date.

import { isPlaceholder } from '../access/labels.js';
import { addressGlob } from './address-glob.js';
import { CATEGORIES, type Finding, type Location, type Waived } from './finding.js';
import { closest } from './suggest.js';

export interface Waiver {
  /** Id of a rule, or a category. */
  readonly rule: string;
  /** Glob on the address of the finding, or of its identity; of one in code, the path of its construct. */
  readonly address: string;
  /** Of one in code: the addresses that it is for. */
  readonly covers?: ReadonlySet<string>;
  readonly reason: string;
  /** Who accepts the risk. */
  readonly owner: string;
  /** As written: `2027-03-31`. */
  readonly expires: string;
  /** The last moment it holds: the end of that day, UTC; undefined where what is written is no date. */
  readonly until: Date | undefined;
  /** What limits the risk meanwhile. */
  readonly controls: readonly string[];
  readonly ticket: string | undefined;
  /** When its subject will be gone, as written. */
  readonly retires: string | undefined;
  /** Where it stands in the configuration. */
  readonly location: Location;
}

/** Why a waiver is a finding itself. All but the last also keep it from silencing anything. */
export type WaiverDefect =
  | 'no-reason'
  | 'no-owner'
  | 'no-end'
  | 'unknown-rule'
  | 'not-waivable'
  | 'expired'
  | 'too-long'
  | 'matches-nothing';

export interface WaiverProblem {
  readonly waiver: Waiver;
  readonly why: WaiverDefect;
  /** One sentence; holds the rule and the address of the waiver, not its reason. */
  readonly message: string;
  readonly location: Location;
}

export interface WaiverOutcome {
  /** What no waiver silences, in the order it came. */
  readonly findings: Finding[];
  readonly waived: Waived[];
  /** In the order of the configuration, at most one for each waiver. */
  readonly problems: WaiverProblem[];
}

/**
 * Sorts findings into those that stand and those that are accepted.
 * @param waivable false for ids of rules that no waiver may silence
 * @param longest days from now that a waiver may last
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  now: Date,
  waivable: (rule: string) => boolean,
  longest: number,
): WaiverOutcome {
  const standing: Finding[] = [];
  const waived: Waived[] = [];
  const used = new Set<Waiver>();
  const refused = new Set<Waiver>();
  const defects = new Map(waivers.map((waiver) => [waiver, defectOf(waiver, now, waivable, longest)]));
  const matchers = waivers
    .filter((waiver) => defects.get(waiver) === undefined)
    .map((waiver) => ({ waiver, matches: matcher(waiver) }));

  for (const finding of findings) {
    const matching = matchers.filter(({ matches }) => matches(finding)).map(({ waiver }) => waiver);
    const [first] = matching;
    const silenced = first !== undefined && waivable(finding.rule);
    for (const waiver of matching) (silenced ? used : refused).add(waiver);
    if (silenced) waived.push({ ...finding, waiver: shown(first) });
    else standing.push(finding);
  }

  const problems = waivers.flatMap((waiver) => {
    const idle = used.has(waiver) ? undefined : refused.has(waiver) ? 'not-waivable' : 'matches-nothing';
    const why = defects.get(waiver) ?? idle;
    return why === undefined ? [] : [{ waiver, why, message: WORDS[why](waiver), location: waiver.location }];
  });
  return { findings: standing, waived, problems };
}

/** The problem of a waiver in code that names no rule; the reader of the configuration refuses such a name itself. */
export function unknownRule(waiver: Waiver, rules: readonly string[]): WaiverProblem | undefined {
  const known = [...rules, ...CATEGORIES];
  if (known.includes(waiver.rule)) return undefined;
  const guess = closest(waiver.rule, known);
  const hint = guess === undefined ? '`leasehold rules` lists them' : `did you mean "${guess}"?`;
  const message =
    waiver.rule === ''
      ? `A waiver for ${waiver.address} names no rule, and silences nothing`
      : `${name(waiver)} silences nothing: no rule or category has this name; ${hint}`;
  return { waiver, why: 'unknown-rule', message, location: waiver.location };
}

function shown({ reason, owner, expires, controls, ticket, retires }: Waiver): Waived['waiver'] {
  return {
    reason,
    owner,
    expires,
    ...(controls.length > 0 && { controls }),
    ...(ticket !== undefined && { ticket }),
    ...(retires !== undefined && { retires }),
  };
}

const DAY = 86_400_000;

function defectOf(
  waiver: Waiver,
  now: Date,
  waivable: (rule: string) => boolean,
  longest: number,
): Exclude<WaiverDefect, 'unknown-rule'> | undefined {
  if (isPlaceholder(waiver.reason)) return 'no-reason';
  if (isPlaceholder(waiver.owner)) return 'no-owner';
  if (!waivable(waiver.rule)) return 'not-waivable';
  if (!waiver.until) return 'no-end';
  if (waiver.until < now) return 'expired';
  // A waiver holds to the end of its last day.
  return waiver.until.getTime() > now.getTime() + (longest + 1) * DAY ? 'too-long' : undefined;
}

function matcher(waiver: Waiver): (finding: Finding) => boolean {
  const { covers } = waiver;
  const matches = covers ? (address: string) => covers.has(address) : addressGlob(waiver.address);
  return ({ rule, category, address, identity }) =>
    (rule === waiver.rule || category === waiver.rule) &&
    (matches(address) || (identity !== null && matches(identity)));
}

const WORDS: Readonly<Record<Exclude<WaiverDefect, 'unknown-rule'>, (waiver: Waiver) => string>> = {
  'no-reason': (waiver) => `${name(waiver)} gives a placeholder for a reason, and silences nothing`,
  'no-owner': (waiver) => `${name(waiver)} names a placeholder for an owner, and silences nothing`,
  'no-end': (waiver) => `${name(waiver)} says no day on which it ends, and silences nothing`,
  'not-waivable': (waiver) => `${name(waiver)} silences nothing: "${waiver.rule}" cannot be waived`,
  expired: (waiver) => `${name(waiver)} expired on ${waiver.expires}, and silences nothing`,
  'too-long': (waiver) =>
    `${name(waiver)} lasts until ${waiver.expires}, longer than a waiver may, and silences nothing`,
  'matches-nothing': (waiver) => `${name(waiver)} matches no finding`,
};

function name({ rule, address }: Waiver): string {
  return `The waiver of "${rule}" for ${address}`;
}
