// The machine as commands see it: files, clock, terminal.

import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { World } from '../commands/world.js';
import type { Folder } from '../input/folder.js';
import { InputError } from '../input/read-plan.js';

/** Loads what most runs do without: also of Node's own modules, some take as long as a small plan. */
const load = createRequire(import.meta.url);

export function world(): World {
  const { env } = process;
  // To ask `process.stdout` makes a stream of it, which a pipe does not need.
  const terminal = fstatSync(1).isCharacterDevice() && process.stdout.isTTY === true;
  return {
    version: packageJson.version,
    display: {
      color: wantsColor(env, terminal),
      width: Number(env.COLUMNS) || (terminal ? process.stdout.columns : 0) || 100,
      unicode: env.TERM !== 'dumb' && !/^(C|POSIX)$/.test(env.LC_ALL ?? env.LC_CTYPE ?? env.LANG ?? ''),
    },
    clock: () => new Date(),
    readFile,
    openLarge,
    stdin: () => readAll(0, '-'),
    isFolder,
    folder,
    expectSources,
    warn: (line) => void process.stderr.write(`leasehold: ${line}\n`),
    progress: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line ?? ''}`);
    },
    stacksIn,
    findUpward,
    writeFile,
    createFile,
    importModule,
    beside: (path, relative) => resolve(dirname(path), relative),
  };
}

function wantsColor(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return terminal && env.TERM !== 'dumb';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read',
  EISDIR: 'this is a folder',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large to be read at once',
};

function readFile(path: string): Uint8Array {
  try {
    const file = openSync(path, 'r');
    try {
      const stat = fstatSync(file);
      if (stat.size > WORTH_FLAGS) expectLargePlan();
      return stat.isFile() ? readFileSync(file) : readAll(file, path);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function openLarge(path: string, over: number): ReturnType<World['openLarge']> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size <= over) return undefined;
  expectLargePlan();
  try {
    const file = openSync(path, 'r');
    return {
      read: (into, position) => readSync(file, into, 0, into.length, position),
      close: () => closeSync(file),
    };
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/**
 * Most of a run happens once. The V8 of Node 20, which has no cheaper optimizer, would spend a third of the CPU of a large
 * plan on code that is run no more; six times its own budget leaves what is really hot. And a heap that grows in smaller
 * steps keeps a quarter less of what nobody needs any more.
 */
const FOR_ONE_RUN = '--interrupt-budget=400000 --heap-growing-percent=50';

/** Bytes of a file from which on it pays to load what sets flags. */
const WORTH_FLAGS = 65_536;

/** Bytes from which on it pays to optimize the parser of sources: for fewer it takes longer than to parse them. */
const MANY_SOURCES = 150_000;

function expectLargePlan(): void {
  setFlags({ 11: FOR_ONE_RUN });
}

function expectSources(bytes: number): void {
  // The first is what the V8 of Node 20 and 22 goes by, the second that of Node 24.
  const quick = bytes < MANY_SOURCES ? '--liftoff-only --wasm-tiering-budget=2147483647' : '';
  setFlags({ 11: `${FOR_ONE_RUN} ${quick}`, 12: quick, 13: quick });
}

/**
 * Not before all is loaded: V8 takes no compiled code, Node's own included, that was compiled under other flags.
 * @param flags by the major version of V8, those that were measured
 */
function setFlags(flags: Readonly<Record<number, string>>): void {
  const chosen = flags[Number.parseInt(process.versions.v8, 10)];
  if (!chosen) return;
  const { setFlagsFromString } = load('node:v8') as typeof import('node:v8');
  setFlagsFromString(chosen);
}

/** Whole or not at all: written beside its place, then moved there. */
function writeFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new InputError(`${path}: cannot be written (${code})`);
  }
}

/** With its parents. Node's own `recursive` never returns where a file system refuses new folders, as `/proc` does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

function createFile(path: string, text: string): boolean {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    if (code === 'EEXIST' && existsSync(path)) return false;
    throw new InputError(`${path}: cannot be written (${code})`);
  }
}

async function importModule(path: string, shown: string): Promise<unknown> {
  const { typescript } = process.features as { typescript?: unknown };
  if (/\.[cm]?ts$/.test(path) && !typescript)
    throw new InputError(
      `${shown}: rules in TypeScript need Node 22.18 or newer, and this is ${process.version}; compile them to .mjs`,
    );
  if (!existsSync(path)) throw new InputError(`${shown}: there is no such file`);
  try {
    const importUrl = load('./import-module.cjs') as (url: string) => Promise<unknown>;
    return await importUrl(pathToFileURL(path).href);
  } catch (cause) {
    throw new InputError(`${shown}: cannot be loaded: ${whyNotLoaded(cause)}`, { cause });
  }
}

/** The engine names the line of a syntax error only in the stack. */
function whyNotLoaded(error: unknown): string {
  if (!(error instanceof Error)) return 'it throws something that is no error';
  if (error.message.includes("Cannot find package 'leasehold'"))
    return 'the package leasehold is not installed beside it; install it, or export the rule as a plain object';
  const line = error instanceof SyntaxError ? /^file:[^\n]*:(\d+)$/m.exec(error.stack ?? '')?.[1] : undefined;
  return `${error.message}${line === undefined ? '' : ` (line ${line})`}`;
}

/** Pipes and process substitutions have no length. */
function readAll(file: number, path: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new InputError(`${path}: ${REASONS[code] ?? `cannot be read (${code || 'unknown reason'})`}`);
}

function stacksIn(folder: string): string[] {
  const file = 'cdk.tf.json';
  if (existsSync(join(folder, file))) return [join(folder, file)];
  const stacks = join(folder, 'stacks');
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .sort()
    .map((name) => join(stacks, name, file))
    .filter((path) => existsSync(path));
}

/** Files are read inside of it; modules may lie elsewhere in its repository. */
function folder(path: string): Folder {
  const root = realpathSync(path);
  const repository = upward(root, ['.git']);
  const around = repository === undefined ? root : dirname(repository);
  const found = (relative: string, within: readonly string[]): string | undefined => {
    try {
      const real = realpathSync(resolve(root, relative));
      const allowed = within.map((one) => realpathSync(resolve(root, one)));
      return allowed.some((one) => real === one || real.startsWith(join(one, sep))) ? real : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    list: (relative) => {
      const real = found(relative, [around]);
      if (real === undefined || !statSync(real).isDirectory()) return [];
      return readdirSync(real)
        .sort()
        .map((name) => {
          const stat = statSync(join(real, name), { throwIfNoEntry: false });
          return { name, isFolder: stat?.isDirectory() === true, size: stat?.size ?? 0 };
        });
    },
    read: (relative, limit, within = [around]) => {
      const real = found(relative, within);
      if (real === undefined) return undefined;
      const { size } = statSync(real);
      return statSync(real).isFile() && size <= limit ? readFile(real) : undefined;
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function findUpward(names: readonly string[]): string | undefined {
  return upward(process.cwd(), names);
}

function upward(start: string, names: readonly string[]): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}
