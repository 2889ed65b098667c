// `leasehold lint`: files → reports → text and exit code. The world comes in through `World`.

import { rules } from '../../rules/index.js';
import { InputError, readPlan } from '../input/read-plan.js';
import { type Config, ConfigError, EMPTY_CONFIG, parseConfig } from '../lint/config.js';
import type { Profile, Severity } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import { fails, run } from '../lint/run.js';
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
  readonly onlyChanged: boolean;
  readonly quiet: boolean;
}

/** What the command leaves to do: text for stdout, and the exit code of the contract. */
export interface Outcome {
  readonly stdout: string;
  readonly code: 0 | 1;
}

/** @throws InputError, ConfigError: the run could not be done, and nothing is to be printed on stdout. */
export function lintCommand(command: LintCommand, world: World): Outcome {
  const config = loadConfig(command, world);
  const failOn = command.failOn ?? config.failOn ?? 'error';
  const paths = command.paths.flatMap((path) => planFiles(path, world));
  const reports = paths.map((path) => lintOne(path, command, config, failOn, world));
  const stdout =
    command.format === 'json'
      ? renderJson(reports, { name: 'leasehold', version: world.version })
      : renderPretty(reports, { ...world.display, quiet: command.quiet, failOn });
  const failed = reports.some(
    (report) => fails(report.findings, failOn) || (failOn !== 'never' && report.decision === 'fail'),
  );
  return { stdout, code: failed ? 1 : 0 };
}

function lintOne(
  path: string,
  command: LintCommand,
  config: Config,
  failOn: Severity | 'never',
  world: World,
): LintReport {
  const bytes = path === '-' ? world.stdin() : world.readFile(path);
  const { input, plan } = readPlan(path, bytes);
  return run(input, plan, {
    profile: command.profile ?? config.profile ?? 'recommended',
    now: command.now ?? planTime(plan) ?? world.clock(),
    config,
    rules,
    only: command.only,
    skip: command.skip,
    failOn,
    onlyChanged: command.onlyChanged,
  });
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

function loadConfig(command: LintCommand, world: World): Config {
  if (command.noConfig) return EMPTY_CONFIG;
  const path = command.config ?? world.findUpward(CONFIG_NAMES);
  if (path === undefined) return EMPTY_CONFIG;
  return parseConfig(path, new TextDecoder().decode(world.readFile(path)), {
    knownRules: rules.map((rule) => rule.id),
    readFile: (relative) => new TextDecoder().decode(world.readFile(world.beside(path, relative))),
  });
}

export { ConfigError, InputError };
