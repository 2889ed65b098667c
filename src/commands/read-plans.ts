// Paths of the command line → plans, whatever each of them is.

import { posix } from 'node:path';
import { interest } from '../catalog/interest.js';
import { type Folder, holdsConfiguration, isConfiguration, joined } from '../input/folder.js';
import { inMemory } from '../input/json-scanner.js';
import {
  InputError,
  inputOf,
  isPlanFile,
  LARGE,
  type PlanFileReader,
  readInParts,
  readPlan,
} from '../input/read-plan.js';
import type { ReadPlan } from '../lint/run.js';
import { PlanError } from '../plan/model.js';
import { planTime } from '../plan/time.js';
import type { World } from './world.js';

/** Whether a state will do as well; `judged` where only access is asked for, so that the rest of a plan is not kept. */
export type States = 'plans-only' | 'with-states' | 'judged-with-states';

/**
 * @param now the moment to judge against; default is that of each plan
 * @param source the folder with the sources of the plans
 * @throws InputError
 */
export async function readPlans(
  paths: readonly string[],
  now: Date | undefined,
  world: World,
  states: States = 'plans-only',
  source?: string,
): Promise<ReadPlan[]> {
  if (source !== undefined && !world.isFolder(source))
    throw new InputError(`--source ${source}: there is no such folder`);
  const plans: ReadPlan[] = [];
  for (const path of planFiles(paths, world)) plans.push(await readOne(path, now, world, states, source));
  return plans;
}

/** One of `planFiles`, for who cannot hold all plans at once. @throws InputError */
export async function readOne(
  path: string,
  now: Date | undefined,
  world: World,
  states: States,
  source?: string,
): Promise<ReadPlan> {
  const read = await (world.isFolder(path)
    ? readFolder(path, now ?? world.clock(), world)
    : readFile(path, world, states, source));
  return { ...read, now: now ?? planTime(read.plan) ?? world.clock() };
}

/** What is to be read, one path for each plan. @throws InputError */
export function planFiles(paths: readonly string[], world: World): string[] {
  return paths.flatMap((path) => filesOf(path, world));
}

type Read = Omit<ReadPlan, 'now'>;

async function readFile(
  path: string,
  world: World,
  states: States,
  source: string | undefined,
): Promise<Read> {
  const isJudged = states !== 'with-states' && source === undefined;
  const large = isJudged && path !== '-' ? readLarge(path, world) : undefined;
  if (large) return large;
  const bytes = path === '-' ? world.stdin() : world.readFile(path);
  const isLarge = isJudged && bytes.byteLength > LARGE;
  const inParts = isLarge ? readInParts(path, inMemory(bytes), interest) : undefined;
  if (inParts) return inParts;
  const isBinary = isPlanFile(bytes);
  const read = readPlan(
    path,
    bytes,
    isBinary ? await planFileReader(path, bytes, world, source) : undefined,
    states === 'plans-only' ? 'plans-only' : 'with-states',
  );
  if (source === undefined || isBinary) return read;
  if (read.plan.kind !== 'plan-json')
    throw new InputError(`${path}: --source is for plans, and this is configuration itself`);
  const [{ withSources }, { loadGrammar }] = await Promise.all([
    import('../input/attach-sources.js'),
    import('../source/grammar.js'),
  ]);
  const folder = world.folder(source);
  world.expectSources(sizeOfFiles(folder));
  const parser = await loadGrammar();
  const { plan, strangers } = told(path, () => withSources(read.plan, folder, parser, namedFrom(source)));
  const [first, ...others] = strangers;
  if (first !== undefined)
    world.warn(
      `${path}: ${source} is not what this plan was made from: ${first}${others.length > 0 ? ` and ${others.length} more blocks` : ''} cannot be found there`,
    );
  return { ...read, plan };
}

/** Plan JSON that came over the network. @throws InputError */
export function readBytes(name: string, bytes: Uint8Array): Read {
  const inParts = bytes.byteLength > LARGE ? readInParts(name, inMemory(bytes), interest) : undefined;
  return inParts ?? readPlan(name, bytes);
}

function readLarge(path: string, world: World): Read | undefined {
  const file = world.openLarge(path, LARGE);
  try {
    return file && readInParts(path, file, interest);
  } finally {
    file?.close();
  }
}

/** Files that the expressions of the plan name are read from the sources, or from beside the plan. */
async function planFileReader(
  path: string,
  bytes: Uint8Array,
  world: World,
  source: string | undefined,
): Promise<PlanFileReader> {
  const { loadPlanFileReader, sizeOfSources } = await import('../input/plan-file.js');
  world.expectSources(sizeOfSources(bytes));
  const planFile = await loadPlanFileReader();
  const beside = source ?? (path === '-' ? undefined : world.beside(path, '.'));
  if (beside === undefined) return planFile;
  const folder = world.folder(beside);
  const named = namedFrom(source ?? posix.dirname(path));
  // Plans may be kept anywhere: only where the file lies beside it is its place known.
  const isThere = (file: string): boolean =>
    folder.list(joined('', posix.dirname(file))).some(({ name }) => name === posix.basename(file));
  return (bytes) => planFile(bytes, folder, (file) => (isThere(file) ? named(file) : file));
}

/** As the pipeline names a file: from where the command runs, unless the folder lies elsewhere. */
function namedFrom(base: string): (file: string) => string {
  return posix.isAbsolute(base) || base.startsWith('..') ? (file) => file : (file) => joined(base, file);
}

async function readFolder(path: string, now: Date, world: World): Promise<Read> {
  const [{ readConfigurationPlan }, { loadGrammar }] = await Promise.all([
    import('../input/configuration-plan.js'),
    import('../source/grammar.js'),
  ]);
  const folder = world.folder(path);
  world.expectSources(sizeOfFiles(folder));
  const parser = await loadGrammar();
  const shown = (file: string): string => joined(path, file);
  const { plan, sha256 } = told(path, () => readConfigurationPlan(folder, parser, shown, now));
  return { plan, input: inputOf(path, plan, sha256) };
}

/** Of the folder's own files, not of its modules. */
function sizeOfFiles(folder: Folder): number {
  const files = folder.list('').filter(({ name, isFolder }) => !isFolder && isConfiguration(name));
  return files.reduce((sum, { size }) => sum + size, 0);
}

function told<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PlanError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}

/** One path as what is to be read: a synth folder holds one `cdk.tf.json` per stack, a cache of Terragrunt one folder per unit. */
function filesOf(path: string, world: World): string[] {
  if (path === '-' || !world.isFolder(path)) return [path];
  const stacks = world.stacksIn(path);
  if (stacks.length > 0) return stacks;
  const folder = world.folder(path);
  const units = cachedUnits(folder, '', 0);
  if (units.length > 0) return units.map((unit) => joined(path, unit));
  if (holdsConfiguration(folder)) return [path];
  throw new InputError(
    `${path}: this folder holds no configuration; name one with .tf files, a plan, or the cdktf.out of a synth`,
  );
}

const DEEPEST_UNIT = 8;
const CACHE = '.terragrunt-cache';

/** `.terragrunt-cache/HASH/HASH/…`: where Terragrunt runs; what stands beside the cache is in it as well. */
function cachedUnits(folder: Folder, path: string, depth: number): string[] {
  if (depth > DEEPEST_UNIT) return [];
  const below = folder.list(path).filter(({ isFolder }) => isFolder);
  if (below.some(({ name }) => name === CACHE)) {
    const cache = joined(path, CACHE);
    return foldersIn(folder, cache)
      .flatMap((one) => foldersIn(folder, one))
      .filter((one) => holdsConfiguration(folder, one));
  }
  return below
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap(({ name }) => cachedUnits(folder, joined(path, name), depth + 1));
}

function foldersIn(folder: Folder, path: string): string[] {
  return folder.list(path).flatMap(({ name, isFolder }) => (isFolder ? [joined(path, name)] : []));
}
