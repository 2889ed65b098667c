// Reads the recorded AWS data that lies beside the code, at most once per file.
// The one place below the command line that reads files: in `src` the folder is `src/policy/aws/data`, in the bundle `dist/data`.

import { readFileSync } from 'node:fs';

const read = new Map<string, Buffer>();

/** The bytes of one data file: `actions.json`. Throws where the installation is incomplete. */
export function readData(name: 'actions.json' | 'managed-policies.jsonl'): Buffer {
  let bytes = read.get(name);
  if (!bytes) {
    bytes = readFileSync(new URL(`./data/${name}`, import.meta.url));
    read.set(name, bytes);
  }
  return bytes;
}
