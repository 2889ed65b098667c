// `leasehold lint`: files → reports → text and exit code. The world comes in through `World`.

import { InputError } from '../input/read-plan.js';
import type { Profile, Severity } from '../lint/finding.js';
import { CATEGORIES } from '../lint/finding.js';
import type { Control } from '../lint/frameworks.js';
import type { Rule } from '../lint/rule.js';
import { fails, run } from '../lint/run.js';
import { closest } from '../lint/suggest.js';
import { type Format, render } from '../reporters/formats.js';
import { type ConfigOptions, loadBaseline, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

/** A file has no colours, and no window. */
const FILE_DISPLAY = { color: false, width: 100, unicode: true };

/** Options as the command line gives them, checked. */
export interface LintCommand extends ConfigOptions {
  readonly paths: readonly string[];
  /** The folder with the sources of the plans. */
  readonly source: string | undefined;
  readonly format: Format;
  /** Files to write beside stdout. */
  readonly reports: readonly { readonly format: Format; readonly path: string }[];
  readonly profile: Profile | undefined;
  readonly failOn: Severity | 'never' | undefined;
  readonly now: Date | undefined;
  /** A file; false for none; undefined leaves it to the configuration. */
  readonly baseline: string | false | undefined;
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
  const loaded = await loadConfig(command, world);
  const { config, rules } = loaded;
  for (const name of [...command.only, ...command.skip]) checkRuleName(name, rules);
  const baseline = await loadBaseline(command.baseline, loaded, world);
  const failOn = command.failOn ?? config.failOn ?? 'error';
  const plans = await readPlans(command.paths, command.now, world, 'plans-only', command.source);
  const reports = run(plans, {
    profile: command.profile ?? config.profile ?? 'recommended',
    config,
    baseline,
    rules,
    only: command.only,
    skip: command.skip,
    controls: command.controls,
    failOn,
    onlyChanged: command.onlyChanged,
    withAccess: [command, ...command.reports].some(({ format }) => format === 'html'),
  });
  const options = {
    tool: { name: 'leasehold', version: world.version },
    rules,
    display: world.display,
    quiet: command.quiet,
    failOn,
  };
  // Files first: where one cannot be written, the run is not done, and stdout stays empty.
  for (const { format, path } of command.reports)
    world.writeFile(path, await render(format, reports, { ...options, display: FILE_DISPLAY }));
  const stdout = await render(command.format, reports, options);
  const failed =
    failOn !== 'never' &&
    reports.some((report) => fails(report.findings, failOn) || report.decision === 'fail');
  return { stdout, code: failed ? 1 : 0 };
}

function checkRuleName(name: string, rules: readonly Rule[]): void {
  const known = [...rules.map(({ id }) => id), ...CATEGORIES];
  if (known.includes(name)) return;
  const guess = closest(name, known);
  const hint = guess === undefined ? '`leasehold rules` lists them' : `did you mean "${guess}"?`;
  throw new InputError(`no rule or category has this name: "${name.slice(0, 60)}"; ${hint}`);
}
