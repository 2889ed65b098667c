// The access change of a plan: for people at a terminal, for a pull request, for machines. What grew comes first.

import type { Input } from '../input/read-plan.js';
import {
  type AccessChange,
  grows,
  type IdentityChange,
  mayGrow,
  type ResourceChange,
} from '../verdict/change.js';
import type { Change, Direction } from '../verdict/change-words.js';
import type { JudgedIdentity } from '../verdict/model.js';
import { moment, viewOf } from '../verdict/view.js';
import { type Paint, painter } from './color.js';
import { escapeMarkdown } from './markdown.js';
import { clean, fold } from './text.js';
import { ends, nobody, reach } from './words.js';

/** One plan and what it changes. */
export interface AccessDiff extends AccessChange {
  readonly input: Input;
  readonly now: Date;
  /** False where the plan does not tell everything that will change. */
  readonly complete: boolean;
}

interface Display {
  readonly color: boolean;
  readonly width: number;
  readonly unicode: boolean;
}

export const DIFF_SCHEMA = 'urn:leasehold:schema:diff:1';

const SIGNS: Readonly<Record<Direction, string>> = { more: '+', unknown: '?', less: '-', other: '~' };
const ORDER = Object.keys(SIGNS);
/** Lines of one effect that are shown; the rest is counted. */
const MOST = 12;
const INCOMPLETE = 'The plan is not complete: more may change than it tells.';

export function diffPretty(diffs: readonly AccessDiff[], display: Display): string {
  const paint = painter(display.color);
  return `${diffs.map((diff) => prettyOne(diff, display, paint)).join('\n\n')}\n`;
}

function prettyOne(diff: AccessDiff, display: Display, paint: Paint): string {
  const head = `${clean(diff.input.path)}: ${changeSummary(diff)}`;
  const separator = display.unicode ? ' · ' : ' | ';
  return [
    ...(diff.complete ? [head] : [head, INCOMPLETE]),
    ...diff.identities.map((one) =>
      [
        `${paint.strong(clean(one.address))}  ${one.action}`,
        ...fold(terms(one).join(separator), display.width - 2).map((line) => `  ${paint.dim(line)}`),
        ...prettyLines(one.changes, display, paint),
      ].join('\n'),
    ),
    ...diff.resources.map((one) =>
      [paint.strong(clean(one.address)), ...prettyLines(one.changes, display, paint)].join('\n'),
    ),
  ].join('\n\n');
}

function prettyLines(changes: readonly Change[], { width }: Display, paint: Paint): string[] {
  const tint = { more: paint.warn, unknown: paint.warn, less: paint.good, other: paint.dim };
  const column = Math.max(10, ...changes.map(({ effect }) => effect.length)) + 1;
  return shownChanges(changes).flatMap(({ direction, effect, text }) =>
    fold(clean(text), width - column - 5).map((line, index) => {
      const start = index === 0 ? `${SIGNS[direction]} ${effect.padEnd(column)}` : ' '.repeat(column + 2);
      return `  ${tint[direction](start)}${line}`;
    }),
  );
}

export function diffMarkdown(diffs: readonly AccessDiff[]): string {
  return `${diffs.map(markdownOne).join('\n\n')}\n`;
}

function markdownOne(diff: AccessDiff): string {
  const growing = diff.identities.filter(attention);
  const others = diff.identities.filter((one) => !attention(one));
  return [
    `### Access change in ${escapeMarkdown(diff.input.path)}`,
    '',
    `${escapeMarkdown(changeSummary(diff))}.`,
    ...(diff.complete ? [] : ['', INCOMPLETE]),
    ...growing.flatMap(markdownIdentity),
    ...diff.resources.flatMap((one) => [
      '',
      `**${escapeMarkdown(one.address)}**`,
      ...markdownLines(one.changes),
    ]),
    ...(others.length === 0
      ? []
      : [
          '',
          '<details>',
          `<summary>${others.length} where access does not grow</summary>`,
          ...others.flatMap(markdownIdentity),
          '',
          '</details>',
        ]),
  ].join('\n');
}

function attention(one: IdentityChange | ResourceChange): boolean {
  return grows(one) || mayGrow(one);
}

function markdownIdentity(one: IdentityChange): string[] {
  const head = `**${escapeMarkdown(one.address)}** ${one.action}: ${escapeMarkdown(terms(one).join(' · '))}`;
  return ['', head, ...markdownLines(one.changes)];
}

/** Inside of a fence nothing is markup, as long as the fence holds. */
function markdownLines(changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const signs = { ...SIGNS, unknown: '!', other: '#' };
  const lines = shownChanges(changes).map(
    ({ direction, effect, text }) => `${signs[direction]} ${effect}: ${clean(text).replaceAll('```', "'''")}`,
  );
  return ['', '```diff', ...lines, '```'];
}

export function diffJson(diffs: readonly AccessDiff[]): string {
  const objects = diffs.map(({ input, now, complete, identities, resources }) => ({
    schema: DIFF_SCHEMA,
    version: 1,
    input: { path: input.path, kind: input.kind, sha256: input.sha256 },
    now: moment(now),
    complete,
    grows: [...identities, ...resources].some(grows),
    mayGrow: !complete || [...identities, ...resources].some(mayGrow),
    identities: identities.map((one) => ({
      address: one.address,
      kind: one.kind,
      name: one.name,
      action: one.action,
      grows: grows(one),
      mayGrow: mayGrow(one),
      before: sideOf(one.was),
      after: sideOf(one.becomes),
      changes: one.changes,
    })),
    resources: resources.map((one) => ({ address: one.address, grows: grows(one), changes: one.changes })),
  }));
  return `${JSON.stringify(objects.length === 1 ? objects[0] : { version: 1, diffs: objects }, null, 2)}\n`;
}

function sideOf(judged: JudgedIdentity | null) {
  if (!judged) return null;
  const { package: name, owner, expiry, scope, privileged } = viewOf(judged);
  return { package: name, owner, expiry, scope: { verdict: scope.verdict }, privileged };
}

/** `access grows for 2 of 3 identities (1 created, 2 changed)` */
export function changeSummary({ identities, resources }: AccessChange): string {
  if (identities.length + resources.length === 0) return 'no access changes';
  const count = (action: IdentityChange['action']): number =>
    identities.filter((one) => one.action === action).length;
  const parts = (['created', 'replaced', 'changed', 'removed', 'forgotten'] as const)
    .map((action) => [count(action), action] as const)
    .filter(([number]) => number > 0)
    .map(([number, action]) => `${number} ${action}`);
  const open = resources.filter(grows).length;
  const unknown = identities.filter((one) => !grows(one) && mayGrow(one)).length;
  return [
    `access grows for ${identities.filter(grows).length} of ${plural(identities.length, 'identity', 'identities')}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`,
    ...(unknown > 0 ? [`known only after apply for ${unknown}`] : []),
    ...(open > 0 ? [`${plural(open, 'resource opens', 'resources open')} to others`] : []),
  ].join(', ');
}

function plural(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** Kind, owner, end and reach as they will be; of what goes, as they were. */
function terms({ kind, was, becomes }: IdentityChange): string[] {
  const shown = becomes ?? was;
  if (!shown) return [kind];
  return [kind, `owner: ${nobody(shown)}`, `end: ${ends(shown)}`, `reach: ${reach(shown)}`];
}

/** Growth first; equal effects are cut after a dozen, so that a rewritten policy does not hide the rest. */
export function shownChanges(changes: readonly Change[]): Pick<Change, 'direction' | 'effect' | 'text'>[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${ORDER.indexOf(change.direction)} ${change.effect}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((group) => {
      const [first] = group;
      if (!first || group.length <= MOST) return group;
      const { direction, effect } = first;
      return [...group.slice(0, MOST), { direction, effect, text: `and ${group.length - MOST} more` }];
    });
}

function rank([first]: readonly Change[]): number {
  return first ? ORDER.indexOf(first.direction) : 0;
}
