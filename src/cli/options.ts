// Options that several commands share: how they are written, and what is made of them.

import { InvalidArgumentError, Option } from 'commander';
import type { ConfigOptions } from '../commands/load-config.js';
import type { Control } from '../lint/frameworks.js';

/** The command line cannot be followed; the message is one line. */
export class UsageError extends Error {}

export function toDate(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('expected a date such as 2026-11-23 or 2026-11-23T08:00:00Z');
  return date;
}

export function configOptions(options: Record<string, unknown>): ConfigOptions {
  return {
    config: typeof options.config === 'string' ? options.config : undefined,
    noConfig: options.config === false,
    noCustomRules: options.customRules === false,
  };
}

export function listed(text: string, earlier: readonly string[]): string[] {
  return [...earlier, ...text.split(',').map((name) => name.trim())];
}

/** The registry of frameworks is loaded only where one is asked for. */
export async function controlsOf(names: readonly string[]): Promise<readonly Control[] | undefined> {
  if (names.length === 0) return undefined;
  const { selectControls } = await import('../lint/frameworks.js');
  const selection = selectControls(names);
  if ('problem' in selection) throw new UsageError(selection.problem);
  return selection.controls;
}

export const NOW = new Option(
  '--now <date>',
  'judge ends against this date (default: the timestamp of the plan)',
).argParser(toDate);
export const SOURCE = new Option(
  '--source <folder>',
  'the configuration that the plan was made from; a binary plan holds it',
);
export const CONFIG = new Option(
  '-c, --config <file>',
  'configuration (default: leasehold.yaml, found upward)',
);
export const NO_CONFIG = new Option('--no-config', 'ignore configuration files');
export const NO_CUSTOM_RULES = new Option('--no-custom-rules', 'run no rules that the configuration brings');
export const PROFILE = new Option('--profile <profile>', 'rule set').choices(['recommended', 'strict']);
export const FRAMEWORK = new Option(
  '--framework <name>',
  'only rules for this framework or control; repeatable, or with commas',
)
  .argParser(listed)
  .default([]);
