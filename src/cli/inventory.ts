// `leasehold inventory` as it is typed.

import { type Command, Option } from 'commander';
import type { InventoryCommand } from '../commands/inventory.js';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NOW } from './options.js';
import { print } from './print.js';

export function addInventory(program: Command): void {
  program
    .command('inventory')
    .description('list every machine identity of many plans and states, with its credentials, owner and end')
    .argument(
      '<path...>',
      'plans as for lint, or states: terraform.tfstate, or the JSON of `terraform show -json`',
    )
    .addOption(
      new Option('-f, --format <format>', 'output')
        .choices(['pretty', 'csv', 'json', 'ndjson', 'cyclonedx'])
        .default('pretty'),
    )
    .option('-o, --output <file>', 'write to this file, not to stdout')
    .addOption(NOW)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addHelpText(
      'after',
      "\nExamples:\n  leasehold inventory */tfplan\n  leasehold inventory states/*.tfstate --format csv -o identities.csv\n  leasehold inventory states/*.tfstate -f ndjson | jq -r 'select(.owner.value == null) | .address'",
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { inventoryCommand } = await import('../commands/inventory.js');
      const here = world();
      const text = await inventoryCommand(
        {
          paths,
          format: options.format as InventoryCommand['format'],
          now: options.now as Date | undefined,
          ...configOptions({ ...options, customRules: false }),
        },
        here,
      );
      if (typeof options.output === 'string') here.writeFile(options.output, text);
      else print(text);
    });
}
