// Identities with owner, end and reach as lines of one table that fits the width.

import { shortenEnd, shortenMiddle } from './text.js';

/** @param rows identity, owner, end, reach; the head first */
export function verdictLines(
  rows: readonly (readonly string[])[],
  { width, unicode }: { readonly width: number; readonly unicode: boolean },
): string[] {
  const widths = columnWidths(rows, width);
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const room = widths[column] ?? 0;
        // The middle of an address says least; of words it is the end.
        const fitted = column === 0 ? shortenMiddle(cell, room, unicode) : shortenEnd(cell, room, unicode);
        return fitted.padEnd(column === cells.length - 1 ? 0 : room);
      })
      .join('  '),
  );
}

/** Shares of identity, owner and reach where not all fit; the end is short and always whole. */
const SHARES = [0.45, 0.22, 0, 0.33];
const ENDS = 2;

function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const natural = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const room = Math.max(width - 2 * 3 - (natural[ENDS] ?? 0), 24);
  const result = natural.map((one, column) =>
    column === ENDS ? one : Math.min(one, Math.floor(room * (SHARES[column] ?? 0))),
  );
  let left = room - result.reduce((sum, one, column) => (column === ENDS ? sum : sum + one), 0);
  for (const column of [0, 3, 1]) {
    const more = Math.min(left, (natural[column] ?? 0) - (result[column] ?? 0));
    result[column] = (result[column] ?? 0) + more;
    left -= more;
  }
  return result;
}
