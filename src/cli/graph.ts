// `leasehold graph` as it is typed.

import { type Command, Option } from 'commander';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NOW, SOURCE } from './options.js';
import { print } from './print.js';

export function addGraph(program: Command): void {
  program
    .command('graph')
    .description('who may become whom, and what each identity may do: for other tools, and as a picture')
    .argument('<plan...>', 'as for lint')
    .addOption(
      new Option('-f, --format <format>', 'output').choices(['json', 'dot', 'mermaid']).default('json'),
    )
    .addOption(SOURCE)
    .addOption(NOW)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addHelpText(
      'after',
      '\nExamples:\n  leasehold graph tfplan | conftest test --policy policy -\n  leasehold graph tfplan --format dot | dot -Tsvg > access.svg',
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { graphCommand } = await import('../commands/graph.js');
      print(
        await graphCommand(
          {
            paths,
            format: options.format as 'json' | 'dot' | 'mermaid',
            source: options.source as string | undefined,
            now: options.now as Date | undefined,
            ...configOptions({ ...options, customRules: false }),
          },
          world(),
        ),
      );
    });
}
