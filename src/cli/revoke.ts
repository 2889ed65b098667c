// `leasehold revoke` as it is typed.

import { type Command, Option } from 'commander';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NOW } from './options.js';
import { finish } from './print.js';

export function addRevoke(program: Command): void {
  program
    .command('revoke')
    .description('what survives when an access package is revoked; exit 1 where anything does')
    .argument('<package>', 'name of the access package')
    .argument('<plan>', 'the plan that destroys it, or a state: terraform.tfstate, or its JSON')
    .addOption(new Option('-f, --format <format>', 'output').choices(['pretty', 'json']).default('pretty'))
    .addOption(NOW)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addHelpText(
      'after',
      '\nExamples:\n  terraform plan -destroy -out tfplan && leasehold revoke payments-batch tfplan\n  terraform show -json > state.json && leasehold revoke payments-batch state.json',
    )
    .action(async (name: string, path: string, options: Record<string, unknown>) => {
      const { revokeCommand } = await import('../commands/revoke.js');
      const outcome = await revokeCommand(
        {
          package: name,
          path,
          format: options.format as 'pretty' | 'json',
          now: options.now as Date | undefined,
          ...configOptions({ ...options, customRules: false }),
        },
        world(),
      );
      finish(outcome);
    });
}
