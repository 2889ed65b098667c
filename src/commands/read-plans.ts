// Paths of the command line → plans, whatever each of them is.

import { InputError, isPlanFile, readPlan } from '../input/read-plan.js';
import type { ReadPlan } from '../lint/run.js';
import { planTime } from '../plan/time.js';
import type { World } from './world.js';

/**
 * @param now the moment to judge against; default is that of each plan
 * @param states whether the JSON of a state will do as well
 * @throws InputError
 */
export async function readPlans(
  paths: readonly string[],
  now: Date | undefined,
  world: World,
  states: 'with-states' | 'plans-only' = 'plans-only',
): Promise<ReadPlan[]> {
  const plans: ReadPlan[] = [];
  for (const path of paths.flatMap((one) => planFiles(one, world)))
    plans.push(await readOne(path, now, world, states));
  return plans;
}

async function readOne(
  path: string,
  now: Date | undefined,
  world: World,
  states: 'with-states' | 'plans-only',
): Promise<ReadPlan> {
  const bytes = path === '-' ? world.stdin() : world.readFile(path);
  const planFile = isPlanFile(bytes)
    ? await (await import('../input/plan-file.js')).loadPlanFileReader()
    : undefined;
  const read = readPlan(path, bytes, planFile, states);
  return { ...read, now: now ?? planTime(read.plan) ?? world.clock() };
}

/** One path as the files to read: a synth folder holds one `cdk.tf.json` per stack. */
function planFiles(path: string, world: World): string[] {
  if (path === '-' || !world.isFolder(path)) return [path];
  const stacks = world.stacksIn(path);
  if (stacks.length > 0) return stacks;
  throw new InputError(
    `${path}: this is a folder without a synthesised stack; name a plan JSON file, or the cdktf.out of a synth`,
  );
}
