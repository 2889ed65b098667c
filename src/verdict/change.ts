// What a plan changes about access: for each identity what is granted, revoked, opened, shut, extended or shortened.

import type { Credential, End, Graph, Identity, Opening, Route } from '../graph/model.js';
import type { Plan, Resource } from '../plan/model.js';
import { showSymbols } from '../plan/symbol.js';
import { SCOPE_VERDICTS } from '../policy/scope-verdict.js';
import { accessChanges } from './access-change.js';
import { type Change, type Direction, dayOf, endChange, endText, fewOf } from './change-words.js';
import type { JudgedIdentity } from './model.js';
import { reasonsOf } from './scope.js';

/** One side of the change: the graph and its verdicts. */
export interface JudgedSide {
  readonly graph: Graph;
  readonly identities: readonly JudgedIdentity[];
}

export interface IdentityChange {
  readonly address: string;
  readonly kind: string;
  readonly name: string;
  readonly action: 'created' | 'replaced' | 'changed' | 'removed' | 'forgotten';
  /** Null where it is created. */
  readonly was: JudgedIdentity | null;
  /** Null where it is removed. */
  readonly becomes: JudgedIdentity | null;
  readonly changes: readonly Change[];
}

/** A resource that lets more or fewer outsiders in than before. */
export interface ResourceChange {
  readonly address: string;
  readonly changes: readonly Change[];
}

export interface AccessChange {
  /** Those where access grows or may grow first, then by address. */
  readonly identities: readonly IdentityChange[];
  /** In the same order. */
  readonly resources: readonly ResourceChange[];
}

/** @param plan tells what becomes of the resources in between */
export function changesBetween(before: JudgedSide, after: JudgedSide, plan: Plan): AccessChange {
  const earlier = new Map(before.identities.map((one) => [one.identity.address, one]));
  const later = new Map(after.identities.map((one) => [one.identity.address, one]));
  const resources = new Map(plan.resources.map((one) => [one.address, one]));
  const routes = sides(before, after, ({ graph }) => grouped(graph.routes, ({ from }) => from));
  // What opens a resource, or an identity that gets no verdict, is told at the resource.
  const listed = ({ identity }: Opening): boolean =>
    identity !== null && (earlier.has(identity) || later.has(identity));
  const openings = sides(before, after, ({ graph }) =>
    grouped(graph.openings.filter(listed), ({ identity }) => identity ?? ''),
  );
  const opened = sides(before, after, ({ graph }) =>
    grouped(
      graph.openings.filter((one) => !listed(one)),
      ({ evidence }) => evidence.address,
    ),
  );
  const identities: IdentityChange[] = [];
  for (const address of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, becomes] = [earlier.get(address) ?? null, later.get(address) ?? null];
    const shown = becomes ?? was;
    if (!shown) continue;
    const action = actionOf(was, becomes);
    const changes = [
      ...compare(was, becomes, resources),
      ...routeChanges(routes.was.get(address), routes.becomes.get(address)),
      ...openingChanges(openings.was.get(address), openings.becomes.get(address)),
    ];
    if (action === 'changed' && changes.length === 0) continue;
    const { kind, name } = shown.identity;
    identities.push({ address, kind, name: showSymbols(name), action, was, becomes, changes });
  }
  const others = [...new Set([...opened.was.keys(), ...opened.becomes.keys()])]
    .map((address) => ({
      address,
      changes: openingChanges(opened.was.get(address), opened.becomes.get(address)),
    }))
    .filter(({ changes }) => changes.length > 0);
  return { identities: identities.sort(grownFirst), resources: others.sort(grownFirst) };
}

/** True where somebody or something can do more than before. */
export function grows({ changes }: { readonly changes: readonly Change[] }): boolean {
  return changes.some(({ direction }) => direction === 'more');
}

/** True where that is known only after apply. */
export function mayGrow({ changes }: { readonly changes: readonly Change[] }): boolean {
  return changes.some(({ direction }) => direction === 'unknown');
}

/** The same question to both sides. */
function sides<T>(
  before: JudgedSide,
  after: JudgedSide,
  ask: (side: JudgedSide) => T,
): { was: T; becomes: T } {
  return { was: ask(before), becomes: ask(after) };
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

type Changed = Pick<ResourceChange, 'address' | 'changes'>;

function grownFirst(a: Changed, b: Changed): number {
  const rank = (one: Changed): number => (grows(one) ? 0 : mayGrow(one) ? 1 : 2);
  return rank(a) - rank(b) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0);
}

function actionOf(was: JudgedIdentity | null, becomes: JudgedIdentity | null): IdentityChange['action'] {
  if (becomes?.identity.resource.action === 'forget') return 'forgotten';
  if (!was) return 'created';
  if (!becomes) return 'removed';
  return becomes.identity.resource.action === 'replace' ? 'replaced' : 'changed';
}

function compare(
  was: JudgedIdentity | null,
  becomes: JudgedIdentity | null,
  resources: ReadonlyMap<string, Resource>,
): Change[] {
  return [
    ...(was && becomes ? reachChanges(was, becomes) : []),
    ...escalationChanges(was, becomes),
    ...accessChanges(was?.identity, becomes?.identity),
    ...wayChanges(was?.identity, becomes?.identity),
    ...credentialChanges(was?.identity.credentials ?? [], becomes?.identity.credentials ?? [], resources),
    ...(was && becomes ? termChanges(was, becomes) : []),
    ...workloadChanges(was?.identity.workloads ?? [], becomes?.identity.workloads ?? []),
    ...(becomes ? forgottenParts(becomes.identity, resources) : []),
  ];
}

/** The verdict on its scope as a whole. */
function reachChanges(was: JudgedIdentity, becomes: JudgedIdentity): Change[] {
  const [from, to] = [was.scope.verdict, becomes.scope.verdict];
  if (from === to) return [];
  const step = SCOPE_VERDICTS.indexOf(to) - SCOPE_VERDICTS.indexOf(from);
  const why = to === 'bounded' ? '' : `: ${showSymbols(reasonsOf(becomes.scope).text)}`;
  return [
    {
      direction: to === 'undecided' ? 'unknown' : step > 0 ? 'more' : 'less',
      effect: 'reach',
      text: `${from} → ${to}${why}`,
      addresses: [...new Set(becomes.scope.reasons.map(({ address }) => address))].sort(),
    },
  ];
}

function escalationChanges(was: JudgedIdentity | null, becomes: JudgedIdentity | null): Change[] {
  // An administrator has nothing left to escalate to.
  const texts = (one: JudgedIdentity | null): string[] =>
    (one?.escalations ?? [])
      .filter(({ handsOutRights }) => handsOutRights || one?.scope.verdict !== 'unbounded')
      .map(({ text }) => showSymbols(text));
  return differences(texts(was), texts(becomes), 'escalates', []);
}

/** The two sides of a set, as changes. */
function differences(
  was: readonly string[],
  becomes: readonly string[],
  effect: string,
  addresses: readonly string[],
): Change[] {
  const [before, after] = [new Set(was), new Set(becomes)];
  const only = (some: ReadonlySet<string>, others: ReadonlySet<string>, direction: Direction): Change[] =>
    [...some]
      .filter((text) => !others.has(text))
      .map((text) => ({ direction, effect: direction === 'less' ? 'no longer' : effect, text, addresses }));
  return [...only(after, before, 'more'), ...only(before, after, 'less')];
}

/** Who comes in, and until when: the longest of several ways of the same. */
interface Caller {
  readonly end: End;
  readonly addresses: readonly string[];
}

function callersOf(identity: Identity | undefined): Map<string, Caller> {
  const callers = new Map<string, Caller>();
  for (const { who, end, evidence } of identity?.ways ?? []) {
    const name = showSymbols(who);
    const earlier = callers.get(name);
    callers.set(name, {
      end: earlier && lasts(earlier.end) >= lasts(end) ? earlier.end : end,
      addresses: [...new Set([...(earlier?.addresses ?? []), evidence.address])].sort(),
    });
  }
  return callers;
}

function lasts(end: End): number {
  return end.kind === 'enforced' ? end.at.getTime() : Infinity;
}

function wayChanges(was: Identity | undefined, becomes: Identity | undefined): Change[] {
  const [before, after] = [callersOf(was), callersOf(becomes)];
  const hidden = [...(becomes?.waysUnknown ?? []), ...(becomes?.callersUnknown ?? [])].map(showSymbols);
  const result: Change[] = [];
  for (const [who, { end, addresses }] of after) {
    const earlier = before.get(who);
    if (earlier) result.push(...endChange(who, earlier.end, end, addresses));
    else {
      const until = end.kind === 'enforced' ? ` until ${endText(end)}` : '';
      result.push({ direction: 'more', effect: 'let in', text: `${who}${until}`, addresses });
    }
  }
  if (hidden.length > 0)
    result.push({
      direction: 'unknown',
      effect: 'unknown',
      text: `who may come in is known only after apply, through ${fewOf([...new Set(hidden)])}`,
      addresses: [becomes?.address ?? ''],
    });
  // What is hidden may still be what stood there before.
  else
    for (const [who, { addresses }] of before)
      if (!after.has(who)) result.push({ direction: 'less', effect: 'shut out', text: who, addresses });
  return result;
}

function credentialChanges(
  was: readonly Credential[],
  becomes: readonly Credential[],
  resources: ReadonlyMap<string, Resource>,
): Change[] {
  const before = new Map(was.map((one) => [one.address, one]));
  const after = new Map(becomes.map((one) => [one.address, one]));
  const result: Change[] = [];
  for (const [address, { noun, end }] of after) {
    const addresses = [address];
    const what = `${noun} ${address}`;
    const earlier = before.get(address);
    if (!earlier) {
      const until = end.kind === 'enforced' ? `until ${endText(end)}` : endText(end);
      result.push({ direction: 'more', effect: 'key added', text: `${what}, ${until}`, addresses });
      continue;
    }
    if (resources.get(address)?.action === 'replace')
      result.push({ direction: 'other', effect: 'key rotated', text: what, addresses });
    result.push(...endChange(what, earlier.end, end, addresses));
  }
  for (const [address, { noun }] of before)
    if (!after.has(address))
      result.push({
        direction: 'less',
        effect: 'key removed',
        text: `${noun} ${address}`,
        addresses: [address],
      });
  return result;
}

/** Who answers for it, until when, what for, and in which package. */
function termChanges(was: JudgedIdentity, becomes: JudgedIdentity): Change[] {
  const { address, resource } = becomes.identity;
  const change = (direction: Direction, effect: string, from: string, to: string): Change[] =>
    from === to ? [] : [{ direction, effect, text: `${from} → ${to}`, addresses: [address] }];
  const hidden = (verdict: string, text: string): string =>
    verdict === 'undecided' ? 'known only after apply' : text;
  const owner = ({ owner: one }: JudgedIdentity): string => hidden(one.verdict, one.value ?? 'nobody');
  return [
    ...(resource.action === 'replace'
      ? [
          {
            direction: 'other',
            effect: 'replaced',
            text: `${showSymbols(was.identity.name)} → ${showSymbols(becomes.identity.name)}: what names it elsewhere may name nobody now`,
            addresses: [address],
          } satisfies Change,
        ]
      : []),
    ...lifetimeChange(was, becomes),
    ...change('other', 'owner', owner(was), owner(becomes)),
    ...change('other', 'purpose', was.purpose ?? 'none', becomes.purpose ?? 'none').map((one) => ({
      ...one,
      text: showSymbols(one.text),
    })),
    ...change('other', 'package', was.package ?? 'none', becomes.package ?? 'none'),
    ...change(
      'other',
      'review',
      was.reviewed ? 'somebody' : 'nobody',
      becomes.reviewed ? 'somebody' : 'nobody',
    ),
  ];
}

const STRENGTH = ['missing', 'undecided', 'declared', 'scheduled', 'enforced'];

/** When all of its access ends, and by what. An end that has passed is as strong as what set it was. */
function lifetimeChange(was: JudgedIdentity, becomes: JudgedIdentity): Change[] {
  const [from, to] = [lifetime(was), lifetime(becomes)];
  if (from === to) return [];
  const strength = ({ expiry }: JudgedIdentity): number => STRENGTH.indexOf(expiry.verdict);
  const at = ({ expiry }: JudgedIdentity): number => expiry.at?.getTime() ?? Infinity;
  const step = strength(becomes) - strength(was);
  const known = ![was, becomes].some(({ expiry }) => expiry.verdict === 'expired');
  const longer = (known && step < 0) || (at(becomes) > at(was) && !(known && step > 0));
  const direction: Direction = becomes.expiry.verdict === 'undecided' ? 'unknown' : longer ? 'more' : 'less';
  return [
    {
      direction,
      effect: longer ? 'extended' : 'shortened',
      text: `all of it: ${from} → ${to}`,
      addresses: [becomes.identity.address],
    },
  ];
}

function lifetime({ expiry }: JudgedIdentity): string {
  const on = expiry.at === null ? '' : dayOf(expiry.at);
  switch (expiry.verdict) {
    case 'enforced':
      return `${on}, enforced`;
    case 'declared':
      return `${on}, only by label`;
    case 'expired':
      return `${on}, which is past`;
    case 'scheduled':
      if (expiry.at !== null) return endText({ kind: 'removed', at: expiry.at });
      return endText({ kind: 'scheduled', every: (expiry.ttlSeconds ?? 0) * 1000 || undefined });
    case 'undecided':
      return 'known only after apply';
    case 'missing':
      return 'no end';
  }
}

function workloadChanges(was: readonly string[], becomes: readonly string[]): Change[] {
  return differences(was, becomes, 'used by', []).map((one) => ({
    ...one,
    direction: 'other',
    text: one.direction === 'less' ? `used by ${one.text}` : one.text,
    addresses: [one.text],
  }));
}

/** Access that leaves the code and stays in the cloud. */
function forgottenParts(identity: Identity, resources: ReadonlyMap<string, Resource>): Change[] {
  const parts = [identity.address, ...identity.grants, ...identity.credentials].map((part) =>
    typeof part === 'string' ? part : part.address,
  );
  return [...new Set(parts)]
    .filter((address) => resources.get(address)?.action === 'forget')
    .map((address) => ({
      direction: 'other',
      effect: 'forgotten',
      text: `${address === identity.address ? 'the identity' : address} leaves the code and stays in the cloud`,
      addresses: [address],
    }));
}

/** Others that it can act as; by which of several means is the same. */
function routeChanges(was: readonly Route[] = [], becomes: readonly Route[] = []): Change[] {
  const [before, after] = [
    new Map(was.map((one) => [one.to, one])),
    new Map(becomes.map((one) => [one.to, one])),
  ];
  const only = (
    some: ReadonlyMap<string, Route>,
    others: ReadonlyMap<string, Route>,
    direction: Direction,
    effect: string,
  ): Change[] =>
    [...some.values()]
      .filter(({ to }) => !others.has(to))
      .map(({ to, how, evidence }) => ({
        direction,
        effect,
        text: `${direction === 'less' ? 'acts as ' : ''}${to}, by ${showSymbols(how)}`,
        addresses: [...new Set(evidence.map((one) => one.address))].sort(),
      }));
  return [...only(after, before, 'more', 'acts as'), ...only(before, after, 'less', 'no longer')];
}

function openingChanges(was: readonly Opening[] = [], becomes: readonly Opening[] = []): Change[] {
  const key = ({ id, evidence }: Opening): string => `${id} ${evidence.address}`;
  const [before, after] = [was, becomes].map((some) => new Set(some.map(key)));
  const told = (some: readonly Opening[], others: ReadonlySet<string> | undefined, direction: Direction) =>
    some
      .filter((one) => !others?.has(key(one)))
      .map(
        ({ text, evidence }): Change => ({
          direction,
          effect: direction === 'more' ? 'opened' : 'closed',
          text: showSymbols(text),
          addresses: [evidence.address],
        }),
      );
  return [...told(becomes, before, 'more'), ...told(was, after, 'less')];
}
