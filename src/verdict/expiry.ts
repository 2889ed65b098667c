// Does the access end? It needs a way in and a grant; each side is as weak as its weakest member, and the better
// side decides. Where neither side ends by itself, a label makes the verdict `declared` at best.

import { parseEnd } from '../access/end.js';
import type { End, Evidence, Identity } from '../graph/model.js';
import { showEvidence } from '../graph/model.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import type { Statement } from '../policy/aws/statement.js';
import { denyAllAfter, endOf } from '../policy/aws/time.js';
import { labelsOf } from './labels.js';
import type { ExpiryJudgement, JudgeOptions, PackageTerms } from './model.js';

/** One credential, trust statement or grant, with its end. */
interface Member {
  readonly what: string;
  readonly end: End;
}

/** How one side of the access ends as a whole. */
type Side =
  | { readonly kind: 'enforced'; readonly at: Date; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'scheduled'; readonly every: number | undefined; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'removed'; readonly at: Date; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'unknown'; readonly references: readonly string[] }
  | { readonly kind: 'endless'; readonly members: readonly string[] };

export function judgeExpiry(
  identity: Identity,
  terms: PackageTerms | undefined,
  options: JudgeOptions,
): ExpiryJudgement {
  const { now } = options;
  const sides = [
    weakest(waysIn(identity), now),
    weakest(grants(identity), now),
    bounded(identity, now),
    denied(identity),
  ].filter((side) => side !== undefined);
  const endless = sides.flatMap((side) => (side.kind === 'endless' ? side.members : []));
  const enforced = sides
    .filter((side) => side.kind === 'enforced')
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  if (enforced) {
    const evidence = enforced.evidence.map(showEvidence);
    const verdict = enforced.at < now ? 'expired' : 'enforced';
    return {
      verdict,
      at: enforced.at,
      ttlSeconds: seconds(now, enforced.at),
      evidence,
      unknown: [],
      endless: [],
    };
  }
  const length = (side: Side & { kind: 'scheduled' | 'removed' }): number =>
    side.kind === 'removed' ? side.at.getTime() - now.getTime() : (side.every ?? Infinity);
  const scheduled = sides
    .filter((side) => side.kind === 'scheduled' || side.kind === 'removed')
    .sort((a, b) => length(a) - length(b))[0];
  if (scheduled)
    return {
      verdict: length(scheduled) < 0 ? 'expired' : 'scheduled',
      at: scheduled.kind === 'removed' ? scheduled.at : null,
      ttlSeconds: length(scheduled) === Infinity ? null : Math.round(length(scheduled) / 1000),
      evidence: scheduled.evidence.map(showEvidence),
      unknown: [],
      endless: [],
    };
  const hidden = sides.flatMap((side) => (side.kind === 'unknown' ? side.references : []));
  return declared(identity, terms, options, hidden, endless);
}

/** What labels say, where no control ends the access. */
function declared(
  identity: Identity,
  terms: PackageTerms | undefined,
  options: JudgeOptions,
  hidden: readonly string[],
  endless: readonly string[],
): ExpiryJudgement {
  const labels = labelsOf(identity, 'expiry', options);
  if (terms?.expires !== undefined)
    labels.push({
      key: 'expires',
      value: terms.expires,
      evidence: { address: identity.address, path: `package ${terms.name}` },
    });
  const read = labels
    .map((label) => ({
      label,
      at: hasSymbol(label.value) ? undefined : parseEnd(label.value, options.now)?.at,
    }))
    .filter((one): one is typeof one & { at: Date } => one.at !== undefined)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const [earliest] = read;
  if (earliest)
    return {
      verdict: earliest.at < options.now ? 'expired' : 'declared',
      at: earliest.at,
      ttlSeconds: seconds(options.now, earliest.at),
      evidence: [showEvidence(earliest.label.evidence)],
      unknown: [],
      endless,
    };
  const unknown = [
    ...hidden,
    ...labels.flatMap((label) => symbolsIn(label.value)),
    ...identity.labelsUnknown,
  ];
  const verdict = unknown.length > 0 ? 'undecided' : 'missing';
  return {
    verdict,
    at: null,
    ttlSeconds: null,
    evidence: labels.map((label) => showEvidence(label.evidence)),
    unknown,
    endless,
  };
}

function seconds(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}

function waysIn(identity: Identity): Member[] {
  const hidden: Member[] = identity.waysUnknown.map((reference) => ({
    what: `trust ${reference}`,
    end: { kind: 'unknown', references: [reference], evidence: { address: identity.address, path: '' } },
  }));
  return [
    ...identity.credentials.map(({ noun, address, end }) => ({ what: `${noun} ${address}`, end })),
    ...identity.ways.map(({ who, end }) => ({ what: `trust in ${who}`, end })),
    ...hidden,
  ];
}

function grants(identity: Identity): Member[] {
  return identity.grants.flatMap((grant): Member[] => {
    if (grant.end.kind === 'removed' && grant.claim.language === 'aws-iam') {
      // What its statements end by themselves is the better end.
      const statements = allowed(grant.claim.statements, `grant ${grant.address}`);
      return statements.map((one) => (one.end.kind === 'enforced' ? one : { ...one, end: grant.end }));
    }
    if (grant.end.kind !== 'none' || grant.claim.language === 'judged')
      return [{ what: `grant ${grant.address}`, end: grant.end }];
    if (grant.claim.language === 'unknown')
      return [
        {
          what: `grant ${grant.address}`,
          end: { kind: 'unknown', references: grant.claim.references, evidence: grant.evidence },
        },
      ];
    return allowed(grant.claim.statements, `grant ${grant.address}`);
  });
}

function allowed(statements: readonly Statement[], what: string): Member[] {
  return statements
    .filter((statement) => statement.effect === 'Allow')
    .map((statement) => {
      const at = endOf(statement);
      const evidence: Evidence = {
        address: statement.origin.address,
        path: `${statement.origin.path}, statement ${statement.index}`,
      };
      if (at === undefined) return { what, end: { kind: 'none' } };
      if (at === 'unknown')
        return { what, end: { kind: 'unknown', references: [statement.origin.address], evidence } };
      return { what, end: { kind: 'enforced', at, evidence } };
    });
}

/** A boundary whose every Allow ends cuts off everything with it. */
function bounded(identity: Identity, now: Date): Side | undefined {
  if (!identity.boundary) return undefined;
  const side = weakest(allowed(identity.boundary, 'permissions boundary'), now);
  return side.kind === 'endless' ? undefined : side;
}

/** A `Deny *` after a date ends everything, whatever else there is; the boundary's counts too. */
function denied(identity: Identity): Side | undefined {
  const statements = [
    ...identity.grants.flatMap((grant) => (grant.claim.language === 'aws-iam' ? grant.claim.statements : [])),
    ...(identity.boundary ?? []),
  ];
  const at = denyAllAfter(statements);
  if (at === undefined) return undefined;
  const evidence = statements
    .filter((statement) => statement.effect === 'Deny' && denyAllAfter([statement]) !== undefined)
    .map(
      ({ origin, index }): Evidence => ({
        address: origin.address,
        path: `${origin.path}, statement ${index}`,
      }),
    );
  return at === 'unknown'
    ? { kind: 'unknown', references: evidence.map(showEvidence) }
    : { kind: 'enforced', at, evidence };
}

/** All members must end for the side to end; a side without members does not end. */
function weakest(members: readonly Member[], now: Date): Side {
  const endless = members.filter((member) => member.end.kind === 'none').map((member) => member.what);
  if (members.length === 0 || endless.length > 0) return { kind: 'endless', members: [...new Set(endless)] };
  const ends = members.map((member) => member.end);
  const unknown = ends.filter((end) => end.kind === 'unknown');
  if (unknown.length > 0)
    return { kind: 'unknown', references: [...new Set(unknown.flatMap((end) => end.references))] };
  const evidence = ends.flatMap((end) => ('evidence' in end ? [end.evidence] : []));
  const removals = ends.filter((end) => end.kind === 'removed');
  const rotations = ends.filter((end) => end.kind === 'scheduled');
  if (rotations.length > 0) {
    const known = rotations.every((end) => end.every !== undefined);
    const lengths = [
      ...rotations.map((end) => end.every ?? 0),
      ...removals.map(({ at }) => at.getTime() - now.getTime()),
    ];
    return { kind: 'scheduled', every: known ? Math.max(...lengths) : undefined, evidence };
  }
  const dates = ends.flatMap((end) => ('at' in end ? [end.at.getTime()] : []));
  return { kind: removals.length > 0 ? 'removed' : 'enforced', at: new Date(Math.max(...dates)), evidence };
}
