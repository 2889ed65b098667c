// Waivers that stand in comments: `# leasehold:waive RULE owner=… expires=… reason="…"`, above a block or inside of it.
// Nothing is checked here: a pull request wrote them.

import type { NotedWaiver } from '../plan/construct-note.js';
import type { Block, Comment, SourceFile } from './syntax.js';

/** Comments of one file that are looked at; nobody accepts more by hand. */
const MOST_WAIVERS = 1_000;
const LONGEST = 1_000;

/** Waivers by the block they stand at; `undefined` gathers those that stand nowhere. */
export type PlacedWaivers = ReadonlyMap<Block | undefined, readonly Omit<NotedWaiver, 'construct'>[]>;

export function waiversIn({ path, body, comments }: SourceFile): PlacedWaivers {
  const found = new Map<Block | undefined, Omit<NotedWaiver, 'construct'>[]>();
  const written = comments.flatMap((comment) => {
    const rule = /^leasehold:waive(?:\s+([\w.-]+))?/.exec(comment.text)?.slice(0, 2);
    return rule ? [{ comment, rule: rule[1] ?? '' }] : [];
  });
  if (written.length === 0) return found;
  const commented = new Set(comments.map(({ at }) => at.line));
  for (const { comment, rule } of written.slice(0, MOST_WAIVERS)) {
    const block = blockOf(comment, body.blocks, commented);
    const there = found.get(block) ?? [];
    there.push({ ...termsOf(comment.text), rule, source: `${path}:${comment.at.line}` });
    found.set(block, there);
  }
  return found;
}

/** The resource or module call that the comment is inside of, or that begins under it and the comments below it. */
function blockOf(
  { at: { line } }: Comment,
  blocks: readonly Block[],
  commented: ReadonlySet<number>,
): Block | undefined {
  let under = line + 1;
  while (commented.has(under)) under++;
  return blocks.find(
    ({ type, at, end = at.line }) =>
      (type === 'resource' || type === 'data' || type === 'module') &&
      (at.line === under || (at.line <= line && line <= end)),
  );
}

/** Values stand in quotes where they hold a space. */
function termsOf(text: string): Omit<NotedWaiver, 'construct' | 'rule' | 'source'> {
  const terms = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text
    .slice(0, LONGEST)
    .matchAll(/\b(owner|expires|reason|ticket|controls)=(?:"([^"]*)"|([^\s"]+))/g))
    if (!terms.has(name)) terms.set(name, (quoted ?? bare ?? '').trim());
  const controls = terms.get('controls');
  return {
    reason: terms.get('reason') ?? '',
    owner: terms.get('owner') ?? '',
    expires: terms.get('expires') ?? '',
    controls: controls === undefined ? [] : [controls],
    ticket: terms.get('ticket'),
  };
}
