// The access change of a plan: for people at a terminal, for a pull request, for machines.

import type { Input } from '../input/read-plan.js';
import { type Change, grows, type IdentityChange } from '../verdict/change.js';
import { type Paint, painter } from './color.js';
import { escapeMarkdown } from './markdown.js';
import { clean, fold } from './text.js';

interface AccessDiff {
  readonly input: Input;
  readonly identities: readonly IdentityChange[];
}

interface Display {
  readonly color: boolean;
  readonly width: number;
}

const SIGNS = { more: '+', less: '-', other: '~' } as const;
/** Lines of one effect that are shown; the rest is counted. */
const MOST = 12;

export function diffPretty(diffs: readonly AccessDiff[], display: Display): string {
  const paint = painter(display.color);
  return `${diffs.map((diff) => prettyOne(diff, display, paint)).join('\n\n')}\n`;
}

function prettyOne({ input, identities }: AccessDiff, { width }: Display, paint: Paint): string {
  const head = `${clean(input.path)}: ${summary(identities)}`;
  const tint = { more: paint.warn, less: paint.good, other: paint.dim };
  const parts = identities.map((one) => {
    const title = `${paint.strong(clean(one.address))}  ${note(one)}`;
    const lines = limited(one.changes).flatMap(({ direction, effect, text }) =>
      fold(`${effect.padEnd(11)} ${clean(text)}`, width - 4).map(
        (line, index) =>
          `  ${tint[direction](index === 0 ? SIGNS[direction] : ' ')} ${index === 0 ? line : `            ${line}`}`,
      ),
    );
    return [title, ...lines].join('\n');
  });
  return [head, ...parts].join('\n\n');
}

export function diffMarkdown(diffs: readonly AccessDiff[]): string {
  return `${diffs
    .map(({ input, identities }) =>
      [
        `### Access change in ${escapeMarkdown(input.path)}`,
        '',
        `${summary(identities)}.`,
        ...identities.flatMap((one) => [
          '',
          `**${escapeMarkdown(one.address)}** ${escapeMarkdown(note(one))}`,
          '',
          ...(one.changes.length === 0 ? [] : ['```diff', ...limited(one.changes).map(markdownLine), '```']),
        ]),
      ].join('\n'),
    )
    .join('\n\n')}\n`;
}

/** Inside of a fence nothing is markup, as long as the fence holds. */
function markdownLine({ direction, effect, text }: Change): string {
  return `${direction === 'other' ? '!' : SIGNS[direction]} ${effect}: ${clean(text).replaceAll('```', "'''")}`;
}

export function diffJson(diffs: readonly AccessDiff[]): string {
  const objects = diffs.map(({ input, identities }) => ({
    version: 1,
    input: { path: input.path, kind: input.kind, sha256: input.sha256 },
    grows: identities.some(grows),
    identities: identities.map((one) => ({ ...one, grows: grows(one) })),
  }));
  return `${JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2)}\n`;
}

function summary(identities: readonly IdentityChange[]): string {
  if (identities.length === 0) return 'no access changes';
  const growing = identities.filter(grows).length;
  const count = (action: IdentityChange['action']): number =>
    identities.filter((one) => one.action === action).length;
  const parts = (['created', 'changed', 'removed', 'forgotten'] as const)
    .map((action) => [count(action), action] as const)
    .filter(([number]) => number > 0)
    .map(([number, action]) => `${number} ${action}`);
  return `access grows for ${growing} of ${identities.length} identities (${parts.join(', ')})`;
}

function note({ action, owner, kind }: IdentityChange): string {
  const who = owner === null ? 'nobody answers for it' : clean(owner);
  return action === 'changed' ? `(${kind}, ${who})` : `${action} (${kind}, ${who})`;
}

/** Equal effects are cut after a dozen, so that a rewritten policy does not hide the rest. */
function limited(changes: readonly Change[]): Change[] {
  const order = ['more', 'other', 'less'];
  const sorted = [...changes].sort((a, b) => order.indexOf(a.direction) - order.indexOf(b.direction));
  const counts = new Map<string, number>();
  const result: Change[] = [];
  for (const change of sorted) {
    const count = (counts.get(change.effect) ?? 0) + 1;
    counts.set(change.effect, count);
    if (count <= MOST) result.push(change);
  }
  for (const [effect, count] of counts) {
    if (count <= MOST) continue;
    const { direction } = sorted.find((change) => change.effect === effect) as Change;
    result.push({ direction, effect, text: `and ${count - MOST} more` });
  }
  return result;
}
