// All that commands may know of the machine. `cli/machine.ts` fills it from the process; tests from memory.

import type { Folder } from '../input/folder.js';
import type { ByteSource } from '../input/json-scanner.js';

export interface World {
  /** Version of leasehold. */
  readonly version: string;
  readonly display: { readonly color: boolean; readonly width: number; readonly unicode: boolean };
  clock(): Date;
  /** @throws InputError where the file cannot be read, with the reason in words. */
  readFile(path: string): Uint8Array;
  /**
   * Opens a file of more than so many bytes; undefined where it is smaller, or no file that can be read in any order.
   * @throws InputError
   */
  openLarge(path: string, over: number): (ByteSource & { close(): void }) | undefined;
  stdin(): Uint8Array;
  isFolder(path: string): boolean;
  /** Opens a folder for reading configuration; nothing outside of it, and of the repository around it for modules. */
  folder(path: string): Folder;
  /** Told before sources are parsed, and about how many bytes of them. */
  expectSources(bytes: number): void;
  /** One line for stderr. */
  warn(line: string): void;
  /** Tells a waiting user how far the work is, on a terminal only; undefined takes the line away. */
  progress(line: string | undefined): void;
  /** The `cdk.tf.json` files of a synth folder, sorted. */
  stacksIn(folder: string): string[];
  /** The first of these files from the working directory upward. */
  findUpward(names: readonly string[]): string | undefined;
  /** @throws InputError where it cannot be written. */
  writeFile(path: string, text: string): void;
  /**
   * Writes a file that is not there yet; false, and nothing is changed, where anything of this name is.
   * @throws InputError where it cannot be written
   */
  createFile(path: string, text: string): boolean;
  /**
   * Runs a module of the user.
   * @param shown its path as the user wrote it
   * @throws InputError where it cannot be loaded
   */
  importModule(path: string, shown: string): Promise<unknown>;
  /** A path relative to the folder of another file. */
  beside(path: string, relative: string): string;
}
