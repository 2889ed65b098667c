// One secret in several places: each of them is told where else it stands, since all of them fall together.

import type { Exposure } from './model.js';

/** A secret in the open, before it is known where else it stands. */
export interface Marked extends Omit<Exposure, 'alsoAt'> {
  /** Of the literals, equal where they are; left out of what leaves the graph. */
  readonly marks: readonly string[];
}

/** Leaves the marks behind. A mark decides what belongs together, never an order. */
export function withOthers(found: readonly Marked[]): Exposure[] {
  const addresses = new Map<string, Set<string>>();
  for (const { address, marks } of found)
    for (const mark of marks) addresses.set(mark, (addresses.get(mark) ?? new Set()).add(address));
  return found.map(({ marks, ...exposure }) => {
    const all = new Set(marks.flatMap((mark) => [...(addresses.get(mark) ?? [])]));
    all.delete(exposure.address);
    return { ...exposure, alsoAt: [...all].sort() };
  });
}
