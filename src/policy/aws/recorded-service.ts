// One service as it is recorded: a plan asks for a few of its hundreds of actions, so each is read when it is asked for.

import type { AccessLevel, Action } from './actions.js';

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  L: 'list',
  R: 'read',
  W: 'write',
  P: 'permissions',
  T: 'tagging',
};

const COMMA = 0x2c;

/** `W12PutObject`: access level, number of the set of formats, name. */
const ENTRY = /^([A-Z])(\d+)(.*)$/;

export class RecordedService {
  readonly #formats: readonly string[];
  readonly #sets: readonly string[];
  /** Joined by commas. */
  readonly #entries: string;
  readonly #folded: string;

  /** @param text as `scripts/generate-actions.ts` writes it */
  constructor(text: string) {
    const [formats = '', sets = '', entries = ''] = text.split('\n');
    this.#formats = formats.split('|');
    this.#sets = sets.split('|');
    this.#entries = entries;
    this.#folded = entries.toLowerCase();
  }

  /** All actions, as AWS writes them, without the service. */
  names(): string[] {
    return this.#entries.split(',').map((entry) => ENTRY.exec(entry)?.[3] ?? entry);
  }

  /** @param name in small letters, without the service */
  action(name: string): Pick<Action, 'name' | 'level' | 'formats'> | undefined {
    if (name === '' || name.includes(',')) return undefined;
    for (let at = this.#folded.indexOf(name); at >= 0; at = this.#folded.indexOf(name, at + 1)) {
      const end = at + name.length;
      if (end < this.#folded.length && this.#folded.charCodeAt(end) !== COMMA) continue;
      const [, level = '', set = '', found] =
        ENTRY.exec(this.#entries.slice(this.#entries.lastIndexOf(',', at) + 1, end)) ?? [];
      if (found?.length === name.length)
        return { name: found, level: LEVELS[level] ?? 'write', formats: this.#formatsOf(set) };
    }
    return undefined;
  }

  #formatsOf(set: string): string[] {
    const numbers = this.#sets[Number(set)] ?? '';
    return numbers === '' ? [] : numbers.split(' ').map((number) => this.#formats[Number(number)] ?? '');
  }
}
