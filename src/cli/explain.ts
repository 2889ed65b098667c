// `leasehold explain` as it is typed.

import type { Command } from 'commander';
import { rules } from '../../rules/index.js';
import { loadConfig } from '../commands/load-config.js';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, UsageError } from './options.js';
import { print } from './print.js';

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('explain a rule, or all rules of a category')
    .argument('<rule>', 'id of a rule, or a category')
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .option('--no-custom-rules', 'leave out the rules that the configuration brings')
    .addHelpText('after', '\nExamples:\n  leasehold explain trust-open\n  leasehold explain scope-broad')
    .action(async (id: string, options: Record<string, unknown>) => {
      const { explainRule } = await import('../commands/explain.js');
      const here = world();
      const builtIn = rules.some((rule) => rule.id === id);
      const known = builtIn ? rules : (await loadConfig(configOptions(options), here)).rules;
      const page = explainRule(known, id, here.display);
      if ('problem' in page) throw new UsageError(page.problem);
      print(page.text);
    });
}
