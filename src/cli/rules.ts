// `leasehold rules` as it is typed.

import { type Command, Option } from 'commander';
import { loadConfig } from '../commands/load-config.js';
import { listRules } from '../commands/rules.js';
import { world } from './machine.js';
import { CONFIG, configOptions, controlsOf, FRAMEWORK, NO_CONFIG } from './options.js';
import { print } from './print.js';

export function addRules(program: Command): void {
  program
    .command('rules')
    .description('list all rules, your own included')
    .addOption(new Option('-f, --format <format>', 'output').choices(['pretty', 'json']).default('pretty'))
    .addOption(FRAMEWORK)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .option('--no-custom-rules', 'leave out the rules that the configuration brings')
    .addHelpText(
      'after',
      '\nExamples:\n  leasehold rules\n  leasehold rules --framework owasp-nhi\n  leasehold rules --format json',
    )
    .action(async (options: { format: 'pretty' | 'json'; framework: string[] } & Record<string, unknown>) => {
      const here = world();
      const controls = await controlsOf(options.framework);
      const known = await loadConfig(configOptions(options), here);
      print(listRules(known.rules, { ...here.display, format: options.format, controls }));
    });
}
