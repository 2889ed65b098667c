// `leasehold doctor` as it is typed.

import type { Command } from 'commander';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NO_CUSTOM_RULES, SOURCE } from './options.js';
import { finish } from './print.js';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check what lint needs: Node, configuration, plans and their sources, the pipeline')
    .argument('[plan...]', 'as for lint (default: plans that lie in the working directory)')
    .addOption(SOURCE)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addOption(NO_CUSTOM_RULES)
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing is in the way, 1 something has to be mended.\n\nExamples:\n  leasehold doctor\n  leasehold doctor plan.json --source .',
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { doctorCommand } = await import('../commands/doctor.js');
      finish(
        await doctorCommand(
          {
            paths,
            source: options.source as string | undefined,
            node: process.version,
            ...configOptions(options),
          },
          world(),
        ),
      );
    });
}
