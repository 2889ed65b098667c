// The configuration of a run, and the baseline it names. Their readers are loaded only where there is one.

import { rules } from '../../rules/index.js';
import { decode } from '../input/text.js';
import type { Baseline } from '../lint/baseline.js';
import { type Config, EMPTY_CONFIG } from '../lint/settings.js';
import type { World } from './world.js';

/** What the command line says about configuration. */
export interface ConfigOptions {
  readonly config: string | undefined;
  readonly noConfig: boolean;
}

export interface LoadedConfig {
  readonly config: Config;
  /** Undefined where nothing is configured. */
  readonly path: string | undefined;
}

const CONFIG_NAMES = ['leasehold.yaml', 'leasehold.yml', 'leasehold.json'];

/** @throws InputError, ConfigError */
export async function loadConfig(options: ConfigOptions, world: World): Promise<LoadedConfig> {
  const path = options.noConfig ? undefined : (options.config ?? world.findUpward(CONFIG_NAMES));
  if (path === undefined) return { config: EMPTY_CONFIG, path };
  const content = textOf(path, world);
  const { parseConfig } = await import('../lint/config.js');
  const config = parseConfig(path, content, {
    knownRules: rules.map((rule) => rule.id),
    readFile: (relative) => textOf(world.beside(path, relative), world),
  });
  return { config, path };
}

/**
 * @param asked the file of the command line; false where no baseline is wanted
 * @throws InputError
 */
export async function loadBaseline(
  asked: string | false | undefined,
  { config, path }: LoadedConfig,
  world: World,
): Promise<Baseline | undefined> {
  const configured =
    config.baseline === undefined || path === undefined ? undefined : world.beside(path, config.baseline);
  const file = asked ?? configured;
  if (file === undefined || file === false) return undefined;
  const { parseBaseline } = await import('../lint/baseline.js');
  return parseBaseline(asked ? file : (config.baseline as string), textOf(file, world));
}

function textOf(path: string, world: World): string {
  return decode(world.readFile(path));
}
