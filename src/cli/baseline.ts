// `leasehold baseline` as it is typed.

import type { Command } from 'commander';
import type { LintCommand } from '../commands/lint.js';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NO_CUSTOM_RULES, NOW, PROFILE } from './options.js';
import { print } from './print.js';

export function addBaseline(program: Command): void {
  program
    .command('baseline')
    .description('write down what stands today, so that lint tells only what is new')
    .argument('<plan...>', 'as for lint')
    .option('-o, --output <file>', 'write to this file, not to stdout')
    .addOption(PROFILE)
    .addOption(NOW)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addOption(NO_CUSTOM_RULES)
    .addHelpText(
      'after',
      '\nExamples:\n  leasehold baseline tfplan -o leasehold-baseline.json\n  leasehold lint tfplan --baseline leasehold-baseline.json',
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { baselineCommand } = await import('../commands/baseline.js');
      const here = world();
      const { text, count } = await baselineCommand(
        {
          paths,
          profile: options.profile as LintCommand['profile'],
          now: options.now as Date | undefined,
          ...configOptions(options),
        },
        here,
      );
      const output = options.output as string | undefined;
      if (output === undefined) return print(text);
      here.writeFile(output, text);
      print(`${output}: ${count} ${count === 1 ? 'finding is' : 'findings are'} known from now on\n`);
    });
}
