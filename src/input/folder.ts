// A folder of configuration, as far as it may be read. `cli/machine.ts` opens it; tests hold it in memory.

import { posix } from 'node:path';

export interface Listed {
  readonly name: string;
  readonly isFolder: boolean;
  /** Bytes of a file. */
  readonly size: number;
}

/** Paths are relative to the folder and use `/`; `''` is the folder itself. */
export interface Folder {
  /** What is in a folder, sorted by name; empty where there is none, or where it may not be read. */
  list(path: string): readonly Listed[];
  /**
   * A file of at most `limit` bytes; undefined where there is none.
   * @param within the folders that it must lie in, links followed; without any, where modules may lie
   */
  read(path: string, limit: number, within?: readonly string[]): Uint8Array | undefined;
}

/** `modules/team` and `../policies` as one path; what leads out keeps its `..`. */
export function joined(base: string, relative: string): string {
  const path = posix.isAbsolute(relative) ? posix.normalize(relative) : posix.join(base, relative);
  return path === '.' || path === './' ? '' : path.replace(/(?<=.)\/$/, '');
}

/** True where a folder holds configuration itself. */
export function holdsConfiguration(folder: Folder, path = ''): boolean {
  return folder.list(path).some(({ name, isFolder }) => !isFolder && isConfiguration(name));
}

/** True for the name of a file of Terraform or OpenTofu. */
export function isConfiguration(name: string): boolean {
  return /^[^.].*\.(tf|tofu)(\.json)?$/.test(name);
}
