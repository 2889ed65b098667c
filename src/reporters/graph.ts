// The access graph as a picture: who gets in → identity → what it may do, and what runs as it.

import type { GrantView, GraphView, IdentityView } from '../verdict/view.js';
import { clean, shortenEnd } from './text.js';

const WIDEST = 60;
/** Entries of one sort beside one identity; the rest is told as a number. */
const MOST = 6;

interface Node {
  readonly id: string;
  readonly label: readonly string[];
  readonly shape: 'identity' | 'who' | 'access' | 'workload';
  readonly alarm: boolean;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

interface Picture {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export function graphDot(graphs: readonly GraphView[]): string {
  const { nodes, edges } = pictureOf(graphs);
  const shapes = {
    identity: 'box, style="rounded,bold"',
    who: 'ellipse',
    access: 'note',
    workload: 'component',
  };
  const text = (lines: readonly string[]): string => lines.map(dotText).join('\\n');
  return [
    'digraph access {',
    '  rankdir=LR;',
    '  node [fontname="Helvetica", fontsize=10]; edge [fontname="Helvetica", fontsize=9];',
    ...nodes.map(
      ({ id, label, shape, alarm }) =>
        `  ${id} [label="${text(label)}", shape=${shapes[shape]}${alarm ? ', color="#b3261e", fontcolor="#b3261e"' : ''}];`,
    ),
    ...edges.map(
      ({ from, to, label }) => `  ${from} -> ${to}${label === '' ? '' : ` [label="${dotText(label)}"]`};`,
    ),
    '}',
    '',
  ].join('\n');
}

function dotText(text: string): string {
  return clean(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}

export function graphMermaid(graphs: readonly GraphView[]): string {
  const { nodes, edges } = pictureOf(graphs);
  const shapes = {
    identity: ['[', ']'],
    who: ['([', '])'],
    access: ['[/', '/]'],
    workload: ['[[', ']]'],
  } as const;
  const text = (lines: readonly string[]): string => lines.map(mermaidText).join('<br>');
  return [
    'flowchart LR',
    ...nodes.map(({ id, label, shape }) => `  ${id}${shapes[shape][0]}"${text(label)}"${shapes[shape][1]}`),
    ...edges.map(
      ({ from, to, label }) => `  ${from} -->${label === '' ? '' : `|"${mermaidText(label)}"|`} ${to}`,
    ),
    '  classDef alarm stroke:#b3261e,color:#b3261e',
    ...(nodes.some(({ alarm }) => alarm)
      ? [`  class ${nodes.flatMap(({ id, alarm }) => (alarm ? [id] : [])).join(',')} alarm`]
      : []),
    '',
  ].join('\n');
}

/** Entities, as Mermaid writes them: nothing of the text is markup. */
function mermaidText(text: string): string {
  return clean(text).replace(
    /[^\p{L}\p{N} .,:/()⟨⟩…+*=@_'-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}

function pictureOf(graphs: readonly GraphView[]): Picture {
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  graphs.forEach((graph, number) => {
    const ids = new Map(graph.identities.map(({ address }, index) => [address, `i${number}_${index}`]));
    const shared = new Map<string, string>();
    const node = (key: string, shape: Node['shape'], label: string, alarm = false): string => {
      const found = shared.get(`${shape} ${key}`);
      if (found !== undefined) return found;
      const id = `n${number}_${shared.size}`;
      shared.set(`${shape} ${key}`, id);
      nodes.push({ id, shape, label: [shortenEnd(label, WIDEST, true)], alarm });
      return id;
    };
    for (const one of graph.identities) {
      const id = ids.get(one.address) as string;
      nodes.push({
        id,
        shape: 'identity',
        label: labelOf(one),
        alarm: one.privileged || one.scope.verdict === 'broad',
      });
      const open = new Set(
        graph.openings.filter(({ identity }) => identity === one.address).map(({ address }) => address),
      );
      const more = (count: number, what: string): string => `${count} more ${what} of ${one.address}`;
      const ways = one.ways.map(({ who, address }) => ({ who, alarm: open.has(address) }));
      const rest = (count: number) => ({ who: more(count, 'ways into it'), alarm: false });
      for (const { who, alarm } of some(ways, (way) => way.who, rest))
        edges.push({ from: node(who, 'who', who, alarm), to: id, label: '' });
      for (const { address, noun, form, end } of one.credentials)
        edges.push({
          from: node(address, 'who', `${noun} ${address}`, form === 'static'),
          to: id,
          label: end.at === null ? '' : `until ${end.at.slice(0, 10)}`,
        });
      for (const text of some(one.grants.flatMap(grantTexts), String, (count) => more(count, 'grants')))
        edges.push({ from: id, to: node(text, 'access', text), label: '' });
      for (const text of some(one.workloads, String, (count) => more(count, 'workloads')))
        edges.push({ from: node(text, 'workload', text), to: id, label: 'runs as' });
    }
    for (const { from, to, how } of graph.routes) {
      const [start, end] = [ids.get(from), ids.get(to)];
      if (start !== undefined && end !== undefined)
        edges.push({ from: start, to: end, label: shortenEnd(how, WIDEST, true) });
    }
  });
  return { nodes, edges };
}

function labelOf({ address, owner, expiry }: IdentityView): string[] {
  const until = expiry.at === null ? expiry.verdict : `${expiry.verdict} ${expiry.at.slice(0, 10)}`;
  return [shortenEnd(address, WIDEST, true), `owner: ${owner.value ?? owner.verdict}`, `ends: ${until}`];
}

function grantTexts({ text, statements, level, address }: GrantView): string[] {
  if (level === 'undecided') return [`${address}: known after apply`];
  if (statements.length === 0) return [text];
  return statements.map(({ effect, actions, notActions, resources, notResources }) => {
    const what = actions.length > 0 ? actions : [`all but ${notActions.join(', ')}`];
    const where =
      resources.length > 0
        ? resources
        : notResources.length > 0
          ? [`all but ${notResources.join(', ')}`]
          : ['*'];
    const named = (all: readonly string[]): string =>
      all.length > 2 ? `${all.slice(0, 2).join(', ')} and ${all.length - 2} more` : all.join(', ');
    return `${effect === 'Deny' ? 'never ' : ''}${named(what)} on ${named(where)}`;
  });
}

/** The first few, each once, and a last one that counts the rest. */
function some<T>(items: readonly T[], key: (item: T) => string, rest: (count: number) => T): T[] {
  const distinct = [...new Map(items.map((item) => [key(item), item])).values()];
  return distinct.length <= MOST ? distinct : [...distinct.slice(0, MOST), rest(distinct.length - MOST)];
}
