// What a command leaves to do: text on stdout, whole, and the exit code.

import { writeSync } from 'node:fs';

/** Writes everything before the process ends, also into a slow or closed pipe. */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(1, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

export function finish({ stdout, code }: { readonly stdout: string; readonly code: number }): void {
  print(stdout);
  process.exitCode = code;
}
