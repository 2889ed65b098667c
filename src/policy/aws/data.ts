// Reads the recorded AWS data that lies beside the code, and of a large file only the line that is asked for.
// The one place below the command line that reads files: in `src` the folder is `src/policy/aws/data`, in the bundle `dist/data`.

import { openSync, readSync } from 'node:fs';

/** Lines of JSON; the first tells where the others come from, and where each of them starts. */
export type DataFile = 'actions.jsonl' | 'managed-policies.jsonl';

export interface DataHeader {
  readonly source: string;
  readonly licence: string;
  /** ISO day. */
  readonly date: string;
  /** Name → first byte of its line, counted from the end of the first line. */
  readonly places: Readonly<Record<string, number>>;
}

interface Opened {
  readonly file: number;
  readonly header: DataHeader;
  /** Bytes of the first line. */
  readonly start: number;
}

const opened = new Map<DataFile, Opened>();

/** Throws where the installation is incomplete. */
export function dataHeader(name: DataFile): DataHeader {
  return open(name).header;
}

/** The JSON that a data file has under this name. To read all of it would take as long as to judge a small plan. */
export function findData(name: DataFile, key: string): unknown {
  const { file, header, start } = open(name);
  if (!Object.hasOwn(header.places, key)) return undefined;
  return JSON.parse(lineAt(file, start + (header.places[key] as number)));
}

function open(name: DataFile): Opened {
  let found = opened.get(name);
  if (!found) {
    const file = openSync(placeOf(name), 'r');
    const first = lineAt(file, 0);
    found = { file, header: JSON.parse(first) as DataHeader, start: first.length + 1 };
    opened.set(name, found);
  }
  return found;
}

const BLOCK = 16 * 1024;
const NEW_LINE = 0x0a;

/** The files are ASCII. */
function lineAt(file: number, place: number): string {
  let line = '';
  const block = Buffer.allocUnsafe(BLOCK);
  for (let from = place; ; from += BLOCK) {
    const bytes = block.subarray(0, readSync(file, block, 0, BLOCK, from));
    const end = bytes.indexOf(NEW_LINE);
    line += bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
    if (end >= 0 || bytes.length < BLOCK) return line;
  }
}

function placeOf(name: DataFile): URL {
  return new URL(`./data/${name}`, import.meta.url);
}
