// What an identity may do after a change and could not before, and the other way round: its policies in the one
// algebra of effective access, grants of other platforms by what they were judged to be.

import { accessOf, statementsOf } from '../graph/effective.js';
import type { Claim, Grant, Identity } from '../graph/model.js';
import { showSymbols } from '../plan/symbol.js';
import type { Reach } from '../policy/aws/effective.js';
import type { Condition, Origin } from '../policy/aws/statement.js';
import { endOf } from '../policy/aws/time.js';
import { type Gain, gainedOver, liftedDenials, showReach } from '../policy/aws/widening.js';
import { SCOPE_VERDICTS } from '../policy/scope-verdict.js';
import { type Change, endChange, endText, fewOf } from './change-words.js';

type Identified = Pick<Identity, 'grants' | 'boundary' | 'boundaryUnknown'>;

const NOTHING: Identified = { grants: [], boundary: undefined, boundaryUnknown: [] };

export function accessChanges(was: Identity | undefined, becomes: Identity | undefined): Change[] {
  const [before, after] = [was ?? NOTHING, becomes ?? NOTHING];
  const hidden = hiddenIn(before, after);
  return [
    ...policyChanges(before, after, hidden.statements),
    ...judgedChanges(judgedBy(before, hidden.grants), judgedBy(after, new Set())),
    ...hidden.changes,
    ...(was && becomes ? boundaryChanges(was, becomes) : []),
  ];
}

/** What the plan hides of the grants: it may be what stood there before, and is told as neither kept nor revoked. */
function hiddenIn(
  before: Identified,
  after: Identified,
): { changes: Change[]; statements: Set<string>; grants: Set<string> } {
  const references = new Map<string, string[]>();
  for (const { address, claim } of after.grants)
    if (claim.language === 'unknown')
      references.set(address, [...(references.get(address) ?? []), ...claim.references.map(showSymbols)]);
  // What was as unknown before is no change: the content of a policy that another stack manages.
  for (const { address, claim } of before.grants)
    if (claim.language === 'unknown' && sameTexts(claim.references.map(showSymbols), references.get(address)))
      references.delete(address);
  const earlier = before.grants.filter(({ address }) => references.has(address));
  return {
    changes: [...references].map(([address, through]) => ({
      direction: 'unknown',
      effect: 'unknown',
      text: `what it gives is known only after apply, through ${fewOf([...new Set(through)])}`,
      addresses: [address],
    })),
    statements: new Set(statementsOf({ grants: earlier }).map(placeOf)),
    grants: new Set(earlier.map(({ address }) => address)),
  };
}

function sameTexts(some: readonly string[], others: readonly string[] = []): boolean {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}

function placeOf({ origin, index }: { readonly origin: Origin; readonly index: number }): string {
  return `${origin.address} ${origin.path} ${index}`;
}

function policyChanges(before: Identified, after: Identified, hidden: ReadonlySet<string>): Change[] {
  const [earlier, later] = [accessOf(before), accessOf(after)];
  const gains = gainedOver(earlier, later);
  const losses = gainedOver(later, earlier).filter(({ permission }) => !hidden.has(placeOf(permission)));
  const lost = new Set(losses.filter(({ freed }) => freed.length > 0).map(({ reach }) => showReach(reach)));
  const [had, has] = [statementsOf(before), statementsOf(after)];
  const denied = (statements: typeof had): string[] =>
    statements.map(
      ({ actions = ['*'], resources = ['*'] }) =>
        `${fewOf(actions.map(showSymbols))} on ${fewOf(resources.map(showSymbols))}, under its condition`,
    );
  return [
    ...inLines(gains, 'more', lost, namesOf(after)),
    ...denied(liftedDenials(had, earlier, has)).map(
      (text): Change => ({
        direction: 'more',
        effect: 'widened',
        text: `no longer denied: ${text}`,
        addresses: [],
      }),
    ),
    ...inLines(losses, 'less', new Set(gains.map(({ reach }) => showReach(reach))), namesOf(before)),
    ...denied(liftedDenials(has, later, had)).map(
      (text): Change => ({
        direction: 'less',
        effect: 'narrowed',
        text: `denied from now on: ${text}`,
        addresses: [],
      }),
    ),
  ];
}

/** What people call a policy that is known by name and by content: `AWS-managed ReadOnlyAccess`. */
function namesOf({ grants }: Identified): Map<string, string> {
  return new Map(
    grants.flatMap(({ address, claim }) => (claim.language === 'judged' ? [[address, claim.text]] : [])),
  );
}

/**
 * What is gained or lost alike stands in one line.
 * @param both reaches that only changed their conditions: gained under some, lost under others
 */
function inLines(
  gains: readonly Gain[],
  direction: 'more' | 'less',
  both: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): Change[] {
  const lines = new Map<string, Line>();
  const ends = new Map<string, Change>();
  for (const { reach, permission, from, freed } of gains) {
    const { address } = permission.origin;
    if (freed.length > 0 && freed.every((one) => endOf({ conditions: [one] }) !== undefined)) {
      for (const change of clockChange(reach, permission.conditions, freed, direction, address))
        ends.set(change.text, change);
      continue;
    }
    const swapped = freed.length > 0 && both.has(showReach(reach));
    if (swapped && direction === 'less') continue;
    const name = names.get(address);
    const tail = `${name === undefined ? '' : `, by ${showSymbols(name)}`}${beside(from, freed, direction, swapped)}`;
    const effect = EFFECTS[direction][from.length > 0 || freed.length > 0 ? 1 : 0];
    const key = JSON.stringify([effect, tail, reach.resource]);
    const line = lines.get(key) ?? {
      effect,
      tail,
      actions: new Set(),
      resources: new Set(),
      addresses: new Set(),
    };
    line.actions.add(showSymbols(reach.action));
    line.resources.add(showSymbols(reach.resource));
    line.addresses.add(address);
    lines.set(key, line);
  }
  return [
    ...together([...lines.values()]).map(
      ({ effect, tail, actions, resources, addresses }): Change => ({
        direction,
        effect,
        text: `${fewOf([...actions], 6)} on ${fewOf([...resources])}${tail}`,
        addresses: [...addresses].sort(),
      }),
    ),
    ...ends.values(),
  ];
}

const EFFECTS = { more: ['granted', 'widened'], less: ['revoked', 'narrowed'] } as const;

interface Line {
  readonly effect: string;
  readonly tail: string;
  readonly actions: Set<string>;
  readonly resources: Set<string>;
  readonly addresses: Set<string>;
}

/** Resources with the same actions stand in one line. */
function together(lines: readonly Line[]): Line[] {
  const result = new Map<string, Line>();
  for (const line of lines) {
    const key = JSON.stringify([line.effect, line.tail, ...[...line.actions].sort()]);
    const earlier = result.get(key);
    if (!earlier) result.set(key, line);
    for (const one of line.resources) earlier?.resources.add(one);
    for (const one of line.addresses) earlier?.addresses.add(one);
  }
  return [...result.values()];
}

/** What stands on the other side of the change. */
function beside(
  from: readonly Reach[],
  freed: readonly Condition[],
  direction: 'more' | 'less',
  swapped: boolean,
): string {
  const keys = fewOf([...new Set(freed.map(({ key }) => key))]);
  if (swapped) return ` (under other values of ${keys})`;
  if (freed.length > 0)
    return direction === 'more' ? ` (until now only under ${keys})` : ` (from now on only under ${keys})`;
  if (from.length === 0) return '';
  return ` (${direction === 'more' ? 'was' : 'now'} ${fewOf([...new Set(from.map(showReach))], 2)})`;
}

/** Only the end of a permission moves. */
function clockChange(
  reach: Reach,
  held: readonly Condition[],
  freed: readonly Condition[],
  direction: 'more' | 'less',
  address: string,
): Change[] {
  const end = (conditions: readonly Condition[]) => endOf({ conditions });
  const [was, becomes] = direction === 'more' ? [end(freed), end(held)] : [end(held), end(freed)];
  return endChange(showReach(reach), momentEnd(was), momentEnd(becomes), [address]);
}

function momentEnd(moment: ReturnType<typeof endOf>) {
  if (moment === undefined) return { kind: 'none' } as const;
  return moment === 'unknown' ? ({ kind: 'unknown' } as const) : ({ kind: 'enforced', at: moment } as const);
}

type Judged = Grant & { readonly claim: Extract<Claim, { language: 'judged' }> };

/** Grants that are told by their judgement; a policy that is known by content is told by that. */
function judgedBy({ grants }: Identified, without: ReadonlySet<string>): Judged[] {
  const read = new Set(
    grants.flatMap(({ address, claim }) => (claim.language === 'aws-iam' ? [address] : [])),
  );
  return grants.filter(
    (grant): grant is Judged =>
      grant.claim.language === 'judged' && !read.has(grant.address) && !without.has(grant.address),
  );
}

function judgedChanges(before: readonly Judged[], after: readonly Judged[]): Change[] {
  const key = ({ address, claim }: Judged): string => `${address} ${showSymbols(claim.text)}`;
  const earlier = new Map(before.map((one) => [key(one), one]));
  const later = new Map(after.map((one) => [key(one), one]));
  const gone = byAddress([...earlier].flatMap(([text, one]) => (later.has(text) ? [] : [one])));
  const come = byAddress([...later].flatMap(([text, one]) => (earlier.has(text) ? [] : [one])));
  const result: Change[] = [];
  for (const [address, granted] of come) {
    const revoked = gone.get(address) ?? [];
    const [one, ...others] = granted;
    const [only, ...more] = revoked;
    const step = one && only ? levelOf(one) - levelOf(only) : 0;
    // One grant at one address that now says something else.
    if (one && only && step !== 0 && others.length === 0 && more.length === 0) {
      gone.delete(address);
      result.push(stepChange(only, one, step));
    } else result.push(...granted.map((grant) => grantChange(grant, 'more')));
  }
  for (const revoked of gone.values()) result.push(...revoked.map((grant) => grantChange(grant, 'less')));
  for (const [text, one] of later) {
    const same = earlier.get(text);
    if (same) result.push(...endChange(showSymbols(one.claim.text), same.end, one.end, [one.address]));
  }
  return result;
}

function byAddress(grants: readonly Judged[]): Map<string, Judged[]> {
  const found = new Map<string, Judged[]>();
  for (const one of grants) {
    const there = found.get(one.address);
    if (there) there.push(one);
    else found.set(one.address, [one]);
  }
  return found;
}

function stepChange(was: Judged, becomes: Judged, step: number): Change {
  const [from, to] = [showSymbols(was.claim.text), showSymbols(becomes.claim.text)];
  const { address } = becomes;
  return step > 0
    ? { direction: 'more', effect: 'widened', text: `${to} (was ${from})`, addresses: [address] }
    : { direction: 'less', effect: 'narrowed', text: `${from} (now ${to})`, addresses: [address] };
}

function grantChange({ claim, end, address }: Judged, direction: 'more' | 'less'): Change {
  const until = direction === 'more' && end.kind === 'enforced' ? ` until ${endText(end)}` : '';
  return {
    direction,
    effect: direction === 'more' ? 'granted' : 'revoked',
    text: `${showSymbols(claim.text)}${until}`,
    addresses: [address],
  };
}

function levelOf({ claim }: Judged): number {
  return SCOPE_VERDICTS.indexOf(claim.level);
}

/** What a boundary lets through is told as granted and revoked; this tells that there is one. */
function boundaryChanges(was: Identity, becomes: Identity): Change[] {
  const change = (direction: Change['direction'], text: string): Change[] => [
    { direction, effect: 'boundary', text, addresses: [becomes.address] },
  ];
  const [had, has] = [was.boundary, becomes.boundary].map((one) => one !== undefined);
  if (becomes.boundaryUnknown.length > 0 && !sameTexts(was.boundaryUnknown, becomes.boundaryUnknown))
    return change(
      'unknown',
      `known only after apply, through ${fewOf(becomes.boundaryUnknown.map(showSymbols))}`,
    );
  if (had && !has && becomes.boundaryUnknown.length === 0) return change('more', 'goes away');
  if (!had && has && was.boundaryUnknown.length === 0) return change('less', 'limits it from now on');
  return [];
}
