// `leasehold lint`: files → reports → text and exit code. The world comes in through `World`.

import { rules } from '../../rules/index.js';
import { InputError, isPlanFile, readPlan } from '../input/read-plan.js';
import { decode } from '../input/text.js';
import type { Profile, Severity } from '../lint/finding.js';
import type { Control } from '../lint/frameworks.js';
import { fails, type ReadPlan, run } from '../lint/run.js';
import { type Config, EMPTY_CONFIG } from '../lint/settings.js';
import { planTime } from '../plan/time.js';
import { renderJson } from '../reporters/json.js';
import { renderPretty } from '../reporters/pretty.js';
import type { World } from './world.js';

export type Format = 'pretty' | 'json';

/** Options as the command line gives them, checked. */
export interface LintCommand {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly profile: Profile | undefined;
  readonly failOn: Severity | 'never' | undefined;
  readonly now: Date | undefined;
  readonly config: string | undefined;
  readonly noConfig: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Undefined where no framework was asked for. */
  readonly controls: readonly Control[] | undefined;
  readonly onlyChanged: boolean;
  readonly quiet: boolean;
}

/** What the command leaves to do: text for stdout, and the exit code of the contract. */
export interface Outcome {
  readonly stdout: string;
  readonly code: 0 | 1;
}

/** @throws InputError, ConfigError: the run could not be done, and nothing is to be printed on stdout. */
export async function lintCommand(command: LintCommand, world: World): Promise<Outcome> {
  const config = await loadConfig(command, world);
  const failOn = command.failOn ?? config.failOn ?? 'error';
  const plans: ReadPlan[] = [];
  for (const path of command.paths.flatMap((one) => planFiles(one, world)))
    plans.push(await readOne(path, command, world));
  const reports = run(plans, {
    profile: command.profile ?? config.profile ?? 'recommended',
    config,
    rules,
    only: command.only,
    skip: command.skip,
    controls: command.controls,
    failOn,
    onlyChanged: command.onlyChanged,
  });
  const stdout =
    command.format === 'json'
      ? renderJson(reports, { name: 'leasehold', version: world.version })
      : renderPretty(reports, { ...world.display, quiet: command.quiet, failOn });
  const failed =
    failOn !== 'never' &&
    reports.some((report) => fails(report.findings, failOn) || report.decision === 'fail');
  return { stdout, code: failed ? 1 : 0 };
}

async function readOne(path: string, command: LintCommand, world: World): Promise<ReadPlan> {
  const bytes = path === '-' ? world.stdin() : world.readFile(path);
  const planFile = isPlanFile(bytes)
    ? await (await import('../input/plan-file.js')).loadPlanFileReader()
    : undefined;
  const read = readPlan(path, bytes, planFile);
  return { ...read, now: command.now ?? planTime(read.plan) ?? world.clock() };
}

/** One path as the files to lint: a synth folder holds one `cdk.tf.json` per stack. */
function planFiles(path: string, world: World): string[] {
  if (path === '-' || !world.isFolder(path)) return [path];
  const stacks = world.stacksIn(path);
  if (stacks.length > 0) return stacks;
  throw new InputError(
    `${path}: this is a folder without a synthesised stack; name a plan JSON file, or the cdktf.out of a synth`,
  );
}

const CONFIG_NAMES = ['leasehold.yaml', 'leasehold.yml', 'leasehold.json'];

/** The reader of configuration is loaded only where there is one. */
async function loadConfig(command: LintCommand, world: World): Promise<Config> {
  if (command.noConfig) return EMPTY_CONFIG;
  const path = command.config ?? world.findUpward(CONFIG_NAMES);
  if (path === undefined) return EMPTY_CONFIG;
  const text = (file: string): string => decode(world.readFile(file));
  const content = text(path);
  const { parseConfig } = await import('../lint/config.js');
  return parseConfig(path, content, {
    knownRules: rules.map((rule) => rule.id),
    readFile: (relative) => text(world.beside(path, relative)),
  });
}
