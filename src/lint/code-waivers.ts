// Waivers next to the code. They travel with the plan, and so does the pull request that wants them: whoever keeps the
// configuration decides whether they count (`waiversInCode`).

import { parseDate } from '../access/end.js';
import type { NotedWaiver } from '../plan/construct-note.js';
import type { Plan } from '../plan/model.js';
import type { Waiver } from './waiver.js';

/** Each for all resources under its construct. One whose end cannot be read is none. */
export function waiversInCode(plan: Plan): Waiver[] {
  const found = new Map<string, { noted: NotedWaiver; covers: Set<string> }>();
  for (const { address, construct } of plan.resources)
    for (const noted of construct?.waivers ?? []) {
      const key = JSON.stringify(noted);
      const known = found.get(key);
      if (known) known.covers.add(address);
      else found.set(key, { noted, covers: new Set([address]) });
    }
  return [...found.values()].flatMap(({ noted, covers }) => {
    const until = parseDate(noted.expires);
    const [file = noted.construct, line = '1'] = noted.source?.split(/:(?=\d+$)/) ?? [];
    const { construct, source: _source, ...terms } = noted;
    if (!until) return [];
    const location = { file, line: Number(line), column: 1 };
    return [{ ...terms, address: construct, covers, until, retires: undefined, location }];
  });
}
