// What the page tells about one identity once it is opened, as plain data for its script.

import type { JudgedIdentity } from '../../verdict/model.js';
import { type CredentialView, type EndView, type GrantView, viewOf } from '../../verdict/view.js';
import { day } from '../words.js';
import { shown } from './escape.js';

/** A line of the picture or of the time line. */
export interface Item {
  readonly text: string;
  /** Where it is written: the address of a grant, a trust, a credential. */
  readonly at: string;
  /** In words: `ends 31 Jan 2027`. */
  readonly end: string;
  /** Milliseconds since 1970; null where it does not end at a known moment. */
  readonly until: number | null;
  /** Milliseconds from one rotation to the next. */
  readonly every: number | null;
  /** Further lines: the statements of a policy. */
  readonly lines?: readonly string[];
  /** `unbounded`, `broad`, `undecided` where it is not bounded. */
  readonly level?: string;
}

export interface Detail {
  readonly address: string;
  readonly facts: readonly (readonly [term: string, value: string])[];
  readonly ways: readonly Item[];
  readonly grants: readonly Item[];
  readonly credentials: readonly Item[];
  /** An end that only a label promises, or that has passed. */
  readonly labels: readonly Item[];
  readonly workloads: readonly string[];
  readonly reasons: readonly { readonly level: string; readonly text: string; readonly at: string }[];
  readonly escalations: readonly string[];
  readonly coverage: {
    readonly package: string;
    readonly total: number;
    readonly inside: number;
    readonly outside: readonly string[];
  } | null;
}

const WORST = ['unbounded', 'broad', 'undecided', 'bounded'];

export function detailOf(judged: JudgedIdentity): Detail {
  const { identity, coverage } = judged;
  const view = viewOf(judged);
  // A reason stands at the policy, and several grants may attach it.
  const levels = new Map<string, string>();
  for (const { level, address } of judged.scope.reasons) {
    const known = levels.get(address);
    if (known === undefined || WORST.indexOf(level) < WORST.indexOf(known)) levels.set(address, level);
  }
  return {
    address: shown(identity.address),
    facts: factsOf(judged),
    ways: view.ways.map(({ who, address, end }) => item(who, address, end)),
    grants: view.grants.map((grant, index) => {
      const claim = identity.grants[index]?.claim;
      const origins =
        claim?.language === 'aws-iam' ? claim.statements.map(({ origin }) => origin.address) : [];
      const found = [grant.address, ...origins].flatMap((address) => levels.get(address) ?? []);
      return granted(
        grant,
        WORST.find((level) => found.includes(level)),
      );
    }),
    credentials: view.credentials.map(credential),
    labels: labelled(judged),
    workloads: view.workloads.map(shown),
    reasons: judged.scope.reasons
      .filter(({ level }) => level !== 'bounded')
      .map(({ level, text, evidence }) => ({ level, text: shown(text), at: shown(evidence) })),
    escalations: judged.escalations.map(({ text, catalogue }) =>
      shown(catalogue.length === 0 ? text : `${text} (${catalogue.join(', ')})`),
    ),
    coverage: coverage && {
      package: shown(judged.package ?? ''),
      total: coverage.total,
      inside: coverage.inside,
      outside: coverage.outside.map(({ address, kind, packages }) =>
        shown(
          `${kind === 'grant' ? 'grant' : 'let in by'} ${address}${packages.length === 0 ? '' : `, of package ${packages.join(', ')}`}`,
        ),
      ),
    },
  };
}

function factsOf({ identity, owner, expiry, scope, purpose, reviewed }: JudgedIdentity): [string, string][] {
  const written = identity.resource.config?.locate?.([]);
  const all: [string, string][] = [
    ['Name', identity.name],
    ['Purpose', purpose ?? 'not stated'],
    ['Owner read from', owner.evidence.join('; ')],
    ['End read from', expiry.evidence.join('; ')],
    ['Has no end', expiry.endless.join('; ')],
    ['Reach read from', scope.evidence.join('; ')],
    ['Known after apply', [...new Set([...owner.unknown, ...expiry.unknown, ...scope.unknown])].join('; ')],
    ['Review', reviewed ? 'a label names a reviewer or a rhythm' : ''],
    ['Serves', identity.environments.map(({ environment }) => environment).join(', ')],
    ['AI agent', identity.agent ?? ''],
    ['Also known as', identity.aliases.join('; ')],
    ['Construct', identity.resource.construct?.path ?? ''],
    ['Made at', identity.resource.construct?.source ?? ''],
    ['Written at', written === undefined ? '' : `${written.file}:${written.line}`],
  ];
  return all.filter(([, value]) => value !== '').map(([term, value]) => [term, shown(value)]);
}

function labelled({ expiry: { verdict, at, evidence } }: JudgedIdentity): Item[] {
  if (at === null || (verdict !== 'declared' && verdict !== 'expired')) return [];
  const text = verdict === 'declared' ? 'what its label says' : 'when it ended';
  return [{ text, at: shown(evidence.join('; ')), end: `ends ${day(at)}`, until: at.getTime(), every: null }];
}

function item(text: string, at: string, end: EndView): Item {
  const until = end.at === null ? null : Date.parse(end.at);
  const every = end.everySeconds === null ? null : end.everySeconds * 1000;
  return { text: shown(text), at: shown(at), end: inWords(end), until, every };
}

function credential({ noun, form, address, end }: CredentialView): Item {
  const long = form === 'static' ? ', long-lived secret' : form === 'federated' ? ', no stored secret' : '';
  return item(`${noun}${long}`, address, end);
}

function granted({ address, text, level, statements, end }: GrantView, judged: string | undefined): Item {
  const lines = statements.map(({ effect, actions, notActions, resources, notResources, conditionKeys }) => {
    const what =
      actions.length > 0 ? actions.join(', ') : `everything except ${notActions.join(', ') || 'nothing'}`;
    const on =
      resources.length > 0
        ? resources.join(', ')
        : `everything except ${notResources.join(', ') || 'nothing'}`;
    const when = conditionKeys.length === 0 ? '' : `, if ${conditionKeys.join(', ')}`;
    return shown(`${effect} ${what} on ${on}${when}`);
  });
  const worst = judged ?? (level === 'policy' ? 'bounded' : level);
  const words = text !== '' ? text : lines.length > 0 ? (lines[0] ?? '') : 'known after apply';
  return {
    ...item(words, address, end),
    ...(text === '' && lines.length > 1 ? { lines: lines.slice(1) } : text !== '' && { lines }),
    ...(worst !== 'bounded' && { level: worst }),
  };
}

function inWords({ kind, at, everySeconds }: EndView): string {
  switch (kind) {
    case 'enforced':
      return at === null ? 'ends' : `ends ${day(new Date(at))}`;
    case 'scheduled':
      if (at !== null) return `removed ${day(new Date(at))}`;
      return everySeconds === null ? 'rotated' : `rotated every ${Math.round(everySeconds / 86_400)} days`;
    case 'unknown':
      return 'end known after apply';
    case 'none':
      return 'no end';
  }
}
