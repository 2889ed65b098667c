// The configuration of a run, with the rules and the baseline that it names. Their readers are loaded only where there
// is something to read.

import { rules } from '../../rules/index.js';
import { decode } from '../input/text.js';
import type { Baseline } from '../lint/baseline.js';
import type { CustomRules } from '../lint/config.js';
import type { Rule } from '../lint/rule.js';
import { type Config, EMPTY_CONFIG } from '../lint/settings.js';
import type { World } from './world.js';

/** What the command line says about configuration. */
export interface ConfigOptions {
  readonly config: string | undefined;
  readonly noConfig: boolean;
  /** Runs no code and no expression of the configuration. */
  readonly noCustomRules: boolean;
}

export interface LoadedConfig {
  readonly config: Config;
  /** The built-in ones, then those of the configuration in its order. */
  readonly rules: readonly Rule[];
  /** Undefined where nothing is configured. */
  readonly path: string | undefined;
}

/** What a configuration is called, in the order they are looked for. */
export const CONFIG_NAMES = ['leasehold.yaml', 'leasehold.yml', 'leasehold.json'];

/** @throws InputError, ConfigError */
export async function loadConfig(options: ConfigOptions, world: World): Promise<LoadedConfig> {
  const path = options.noConfig ? undefined : (options.config ?? world.findUpward(CONFIG_NAMES));
  if (path === undefined) return { config: EMPTY_CONFIG, rules, path };
  const content = textOf(path, world);
  const { openConfig } = await import('../lint/config.js');
  const opened = openConfig(path, content);
  const own = options.noCustomRules ? [] : await loadRules(opened.customRules, path, world);
  const all = [...rules, ...own];
  const leftOut = options.noCustomRules && hasRules(opened.customRules);
  const config = opened.read({
    knownRules: leftOut ? undefined : all.map((rule) => rule.id),
    readFile: (relative) => textOf(world.beside(path, relative), world),
  });
  return { config, rules: all, path };
}

function hasRules({ modules, expressions }: CustomRules): boolean {
  return modules.length + expressions.length > 0;
}

/** Modules first, each with one rule or a list; then expressions. */
async function loadRules(custom: CustomRules, config: string, world: World): Promise<Rule[]> {
  if (!hasRules(custom)) return [];
  const { toRule } = await import('../lint/own-rule.js');
  const own: Rule[] = [];
  const add = (value: unknown, origin: string): void => {
    own.push(toRule(value, origin, new Set([...rules, ...own].map(({ id }) => id))));
  };
  for (const path of custom.modules) {
    const module = (await world.importModule(world.beside(config, path), path)) as { default?: unknown };
    const exported = module.default;
    for (const value of Array.isArray(exported) ? exported : [exported]) add(value, path);
  }
  if (custom.expressions.length > 0) {
    const { expressionRule } = await import('../lint/expression-rule.js');
    for (const rule of custom.expressions)
      add(expressionRule(rule), `${rule.location.file}:${rule.location.line}`);
  }
  return own;
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
