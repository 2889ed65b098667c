// The access change of a plan on the page: per identity, for what goes, and for resources that open or shut.

import type { LintReport } from '../../lint/report.js';
import { grows, type IdentityChange, mayGrow } from '../../verdict/change.js';
import type { Change, Direction } from '../../verdict/change-words.js';
import { changeSummary, shownChanges } from '../diff.js';
import { escapeHtml as esc } from './escape.js';

const SIGNS: Readonly<Record<Direction, readonly [sign: string, tone: string, spoken: string]>> = {
  more: ['+', 'warn', 'more'],
  unknown: ['?', 'open', 'known after apply'],
  less: ['−', 'good', 'less'],
  other: ['~', 'open', 'other'],
};

/** One line about the whole plan, for its head; empty where the report does not tell. */
export function changeLine({ access }: LintReport): string {
  if (!access) return '';
  const rest = access.change.complete ? '' : ' The plan is not complete: more may change than it tells.';
  return `<p>This plan: ${esc(changeSummary(access.change))}.${rest}</p>`;
}

/** How the plan changes what an identity can do, for the table. */
export function changeMark(change: IdentityChange | undefined): ChangeMark | undefined {
  if (!change) return undefined;
  if (grows(change)) return GROWS;
  if (mayGrow(change)) return MAY_GROW;
  return change.changes.some(({ direction }) => direction === 'less') ? SHRINKS : undefined;
}

export interface ChangeMark {
  /** What needs a look comes first. */
  readonly order: number;
  readonly tone: string;
  readonly word: string;
}

const GROWS: ChangeMark = { order: 0, tone: 'warn', word: 'access grows' };
const MAY_GROW: ChangeMark = { order: 1, tone: 'open', word: 'may grow' };
const SHRINKS: ChangeMark = { order: 2, tone: 'good', word: 'shrinks' };

/** What was and what will be, one line each, growth first. */
export function changeList(changes: readonly Change[]): string {
  const items = shownChanges(changes).map(({ direction, effect, text }) => {
    const [sign, tone, spoken] = SIGNS[direction];
    return `<li><span class="mark ${tone}" role="img" aria-label="${spoken}">${sign}</span> <b>${esc(effect)}</b> ${esc(text)}</li>`;
  });
  return `<ul class="plain changes">${items.join('')}</ul>`;
}

/** Identities that the plan takes away, and resources that let others in or shut them out. */
export function otherChanges(reports: readonly LintReport[]): string {
  const removed = reports.flatMap(
    ({ access }) => access?.change.identities.filter(({ becomes }) => becomes === null) ?? [],
  );
  const resources = reports.flatMap(({ access }) => access?.change.resources ?? []);
  const section = (
    title: string,
    all: readonly { readonly address: string; readonly changes: readonly Change[] }[],
  ): string =>
    all.length === 0
      ? ''
      : `<section><h2>${title}</h2>${all.map(({ address, changes }) => `<details class="box"><summary class="code">${esc(address)}</summary>${changeList(changes)}</details>`).join('')}</section>`;
  return (
    section('Resources that this plan opens or shuts', resources) +
    section('Identities that this plan removes', removed)
  );
}
