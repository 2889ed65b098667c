// One change of access, and how its parts are worded.

import type { End } from '../graph/model.js';

/** Whether access grows, may grow (known only after apply), shrinks, or changes in another way. */
export type Direction = 'more' | 'unknown' | 'less' | 'other';

export interface Change {
  readonly direction: Direction;
  /** `granted`, `widened`, `narrowed`, `revoked`, `let in`, `shut out`, `key added`, `extended` … */
  readonly effect: string;
  /** `s3:GetObject on arn:aws:s3:::reports/*` */
  readonly text: string;
  /** Resources that bring it. */
  readonly addresses: readonly string[];
}

type AnyEnd =
  | { readonly kind: 'enforced'; readonly at: Date }
  | { readonly kind: 'scheduled'; readonly every: number | undefined }
  | { readonly kind: 'removed'; readonly at: Date }
  | { readonly kind: 'unknown' | 'none' };

/** Nothing where both ends read the same. */
export function endChange(
  what: string,
  was: End | AnyEnd,
  becomes: End | AnyEnd,
  addresses: readonly string[],
): Change[] {
  const [from, to] = [endText(was), endText(becomes)];
  if (from === to) return [];
  const direction = directionOf(was, becomes);
  const effect = { more: 'extended', less: 'shortened', unknown: 'unknown', other: 'end' }[direction];
  return [{ direction, effect, text: `${what}: ${from} → ${to}`, addresses }];
}

function directionOf(was: AnyEnd, becomes: AnyEnd): Direction {
  if (becomes.kind === 'unknown') return was.kind === 'none' ? 'less' : 'unknown';
  if (becomes.kind === 'none') return 'more';
  if (was.kind === 'none') return 'less';
  if ('at' in was && 'at' in becomes && was.kind === becomes.kind)
    return becomes.at > was.at ? 'more' : 'less';
  if (was.kind === 'scheduled' && becomes.kind === 'scheduled')
    return (becomes.every ?? Infinity) > (was.every ?? Infinity) ? 'more' : 'less';
  return 'other';
}

/** `2027-01-31`, `no end` */
export function endText(end: AnyEnd): string {
  switch (end.kind) {
    case 'enforced':
      return dayOf(end.at);
    case 'scheduled':
      return end.every === undefined ? 'rotated' : `rotated every ${Math.round(end.every / 86_400_000)} days`;
    case 'removed':
      return `removed ${dayOf(end.at)}`;
    case 'unknown':
      return 'known only after apply';
    case 'none':
      return 'no end';
  }
}

/** `2027-01-31`, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The first few, and how many more. */
export function fewOf(texts: readonly string[], most = 3): string {
  const more = texts.length > most ? ` and ${texts.length - most} more` : '';
  return `${texts.slice(0, most).join(', ')}${more}`;
}
