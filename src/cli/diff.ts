// `leasehold diff` as it is typed.

import { type Command, Option } from 'commander';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, SOURCE, toDate } from './options.js';
import { finish } from './print.js';

export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('what a plan changes about access: granted, revoked, let in, extended')
    .argument('<plan...>', 'as for lint')
    .addOption(
      new Option('-f, --format <format>', 'output').choices(['pretty', 'markdown', 'json']).default('pretty'),
    )
    .option('--exit-code', 'exit 1 where access grows, or may grow: known only after apply')
    .addOption(SOURCE)
    .option('--now <date>', 'count relative ends from this date (default: the timestamp of the plan)', toDate)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addHelpText(
      'after',
      '\nExamples:\n  leasehold diff tfplan\n  leasehold diff tfplan --format markdown > comment.md\n  leasehold diff tfplan --exit-code || echo a second pair of eyes, please',
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { diffCommand } = await import('../commands/diff.js');
      const outcome = await diffCommand(
        {
          paths,
          format: options.format as 'pretty' | 'markdown' | 'json',
          source: options.source as string | undefined,
          now: options.now as Date | undefined,
          exitCode: options.exitCode === true,
          ...configOptions({ ...options, customRules: false }),
        },
        world(),
      );
      finish(outcome);
    });
}
