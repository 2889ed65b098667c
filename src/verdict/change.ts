// What a plan changes about access: for each identity what is granted, revoked, opened, shut, extended or shortened.

import type { Credential, Grant, Identity } from '../graph/model.js';
import { showSymbols } from '../plan/symbol.js';
import { widenedBy } from '../policy/aws/widening.js';
import type { JudgedIdentity } from './model.js';

/** Whether access grows, shrinks, or changes in another way. */
export type Direction = 'more' | 'less' | 'other';

export interface Change {
  readonly direction: Direction;
  /** `granted`, `revoked`, `let in`, `shut out`, `key added`, `extended` … */
  readonly effect: string;
  /** `s3:GetObject on arn:aws:s3:::reports/*` */
  readonly text: string;
}

export interface IdentityChange {
  readonly address: string;
  readonly kind: string;
  readonly name: string;
  readonly action: 'created' | 'removed' | 'forgotten' | 'changed';
  readonly owner: string | null;
  readonly changes: readonly Change[];
}

/** Identities whose access the plan changes: those where it grows first, then by address. */
export function changesBetween(
  before: readonly JudgedIdentity[],
  after: readonly JudgedIdentity[],
): IdentityChange[] {
  const earlier = new Map(before.map((one) => [one.identity.address, one]));
  const later = new Map(after.map((one) => [one.identity.address, one]));
  const result: IdentityChange[] = [];
  for (const address of new Set([...earlier.keys(), ...later.keys()])) {
    const was = earlier.get(address);
    const becomes = later.get(address);
    const shown = becomes ?? was;
    if (!shown) continue;
    const action =
      becomes?.identity.resource.action === 'forget'
        ? 'forgotten'
        : !was
          ? 'created'
          : !becomes
            ? 'removed'
            : 'changed';
    const changes = compare(was, becomes);
    if (action === 'changed' && changes.length === 0) continue;
    const { kind, name } = shown.identity;
    result.push({ address, kind, name: showSymbols(name), action, owner: shown.owner.value, changes });
  }
  return result.sort(
    (a, b) =>
      Number(grows(b)) - Number(grows(a)) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0),
  );
}

/** True where somebody or something can do more than before. */
export function grows({ changes }: IdentityChange): boolean {
  return changes.some(({ direction }) => direction === 'more');
}

function compare(was: JudgedIdentity | undefined, becomes: JudgedIdentity | undefined): Change[] {
  return [
    ...accessChanges(was?.identity, becomes?.identity),
    ...wayChanges(was?.identity, becomes?.identity),
    ...credentialChanges(was?.identity.credentials ?? [], becomes?.identity.credentials ?? []),
    ...(was && becomes ? termChanges(was, becomes) : []),
  ];
}

/** The two sides of a set, as changes. */
function differences(
  was: readonly string[],
  becomes: readonly string[],
  gained: string,
  lost: string,
): Change[] {
  const [before, after] = [new Set(was), new Set(becomes)];
  return [
    ...[...after]
      .filter((text) => !before.has(text))
      .map((text): Change => ({ direction: 'more', effect: gained, text })),
    ...[...before]
      .filter((text) => !after.has(text))
      .map((text): Change => ({ direction: 'less', effect: lost, text })),
  ];
}

function statementsOf(identity: Identity | undefined) {
  return (identity?.grants ?? []).flatMap(({ claim }) =>
    claim.language === 'aws-iam' ? claim.statements : [],
  );
}

function accessChanges(was: Identity | undefined, becomes: Identity | undefined): Change[] {
  const [before, after] = [statementsOf(was), statementsOf(becomes)];
  const granted = byResource(widenedBy(before, after));
  const revoked = byResource(widenedBy(after, before));
  // A policy that is known by name and by content is told by its content.
  const judged = (grants: readonly Grant[] = []): string[] => {
    const read = new Set(
      grants.flatMap(({ address, claim }) => (claim.language === 'aws-iam' ? [address] : [])),
    );
    return grants
      .filter(({ address }) => !read.has(address))
      .flatMap(({ claim }) => (claim.language === 'judged' ? [showSymbols(claim.text)] : []));
  };
  const hidden = new Set(
    (becomes?.grants ?? []).flatMap(({ claim }) =>
      claim.language === 'unknown' ? claim.references.map(showSymbols) : [],
    ),
  );
  const boundary = (identity: Identity | undefined): string =>
    JSON.stringify(identity?.boundary ?? null, [
      'effect',
      'actions',
      'notActions',
      'resources',
      'notResources',
    ]);
  return [
    ...granted.map((text): Change => ({ direction: 'more', effect: 'granted', text })),
    ...revoked.map((text): Change => ({ direction: 'less', effect: 'revoked', text })),
    ...differences(judged(was?.grants), judged(becomes?.grants), 'granted', 'revoked'),
    ...[...hidden].map(
      (text): Change => ({
        direction: 'other',
        effect: 'unknown',
        text: `known only after apply, through ${text}`,
      }),
    ),
    ...(was && becomes && boundary(was) !== boundary(becomes)
      ? [
          {
            direction: becomes.boundary ? 'other' : 'more',
            effect: 'boundary',
            text: !was.boundary
              ? 'a permissions boundary limits it from now on'
              : becomes.boundary
                ? 'its permissions boundary changes'
                : 'its permissions boundary goes away',
          } satisfies Change,
        ]
      : []),
  ];
}

/** `a on r`, `b on r` as `a, b on r`. */
function byResource(reaches: readonly string[]): string[] {
  const actions = new Map<string, string[]>();
  for (const reach of reaches) {
    const at = reach.indexOf(' on ');
    const resource = at < 0 ? '' : reach.slice(at);
    actions.set(resource, [...(actions.get(resource) ?? []), at < 0 ? reach : reach.slice(0, at)]);
  }
  return [...actions].map(([resource, all]) => {
    const more = all.length > 6 ? ` and ${all.length - 6} more` : '';
    return `${all.slice(0, 6).join(', ')}${more}${resource}`;
  });
}

function wayChanges(was: Identity | undefined, becomes: Identity | undefined): Change[] {
  const who = (identity: Identity | undefined): string[] =>
    (identity?.ways ?? []).map((way) => {
      const until = way.end.kind === 'enforced' ? ` until ${way.end.at.toISOString().slice(0, 10)}` : '';
      return `${showSymbols(way.who)}${until}`;
    });
  return differences(who(was), who(becomes), 'let in', 'shut out');
}

function credentialChanges(was: readonly Credential[], becomes: readonly Credential[]): Change[] {
  const before = new Map(was.map((one) => [one.address, one]));
  const after = new Map(becomes.map((one) => [one.address, one]));
  const result: Change[] = [];
  for (const [address, one] of after) {
    const earlier = before.get(address);
    const text = `${one.noun} ${address}${endText(one)}`;
    if (!earlier) result.push({ direction: 'more', effect: 'key added', text });
    else result.push(...endChange(`${one.noun} ${address}`, endOf(earlier), endOf(one)));
  }
  for (const [address, one] of before)
    if (!after.has(address))
      result.push({ direction: 'less', effect: 'key removed', text: `${one.noun} ${address}` });
  return result;
}

function endText({ end }: Credential): string {
  if (end.kind === 'enforced') return ` until ${end.at.toISOString().slice(0, 10)}`;
  return end.kind === 'none' ? ' without an end' : '';
}

function endOf({ end }: Credential): Date | null {
  return end.kind === 'enforced' ? end.at : null;
}

function endChange(what: string, was: Date | null, becomes: Date | null): Change[] {
  const day = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? 'no end';
  if (day(was) === day(becomes)) return [];
  const longer = becomes === null || (was !== null && becomes > was);
  return [
    {
      direction: longer ? 'more' : 'less',
      effect: longer ? 'extended' : 'shortened',
      text: `${what}: ${day(was)} → ${day(becomes)}`,
    },
  ];
}

/** Who answers for it, until when, and in which package. */
function termChanges(was: JudgedIdentity, becomes: JudgedIdentity): Change[] {
  const changed = (effect: string, from: string | null, to: string | null): Change[] =>
    from === to
      ? []
      : [
          {
            direction: to === null ? 'more' : 'other',
            effect,
            text: `${from ?? 'nobody'} → ${to ?? 'nobody'}`,
          },
        ];
  return [
    ...endChange(
      becomes.expiry.verdict === 'declared' ? 'the label' : 'its access',
      was.expiry.at,
      becomes.expiry.at,
    ),
    ...changed('owner', was.owner.value, becomes.owner.value),
    ...(was.package === becomes.package
      ? []
      : [
          {
            direction: 'other',
            effect: 'package',
            text: `${was.package ?? 'none'} → ${becomes.package ?? 'none'}`,
          } satisfies Change,
        ]),
  ];
}
