// What is said of a permissions boundary that stands elsewhere, so that nobody wonders why it does not count.

import type { Identity } from '../graph/model.js';
import { showSymbols } from '../plan/symbol.js';

/** Ends a sentence about what the identity may do; empty where its boundary is read, or where it has none. */
export function despiteBoundary({ boundaryUnknown }: Pick<Identity, 'boundaryUnknown'>): string {
  const [first] = boundaryUnknown;
  return first === undefined
    ? ''
    : `; the plan does not show what its permissions boundary (${showSymbols(first)}) lets through, so it does not count`;
}
