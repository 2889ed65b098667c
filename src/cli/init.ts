// `leasehold init` as it is typed. What starts a project in another way is a command of its own below it.

import { type Command, Option } from 'commander';
import { CI_SYSTEMS, type Ci, TOOLS, type Tool } from '../commands/project.js';
import { world } from './machine.js';
import { print } from './print.js';

export function addInit(program: Command): void {
  const init = program
    .command('init')
    .enablePositionalOptions()
    .description('write leasehold.yaml and a job for the pipeline, from what this folder is')
    .addOption(new Option('--tool <tool>', 'what makes the plans (default: what is found)').choices(TOOLS))
    .addOption(
      new Option('--ci <system>', 'what runs the pipeline (default: what is found)').choices(CI_SYSTEMS),
    )
    .option('--force', 'replace files that are there')
    .addHelpText(
      'after',
      '\nWrites into the working directory, and leaves alone what is there already.\n\nExamples:\n  leasehold init\n  leasehold init --ci gitlab --tool tofu\n  leasehold init --ci none',
    )
    .action(async (options: { tool?: Tool; ci?: Ci; force?: true }) => {
      const { initCommand } = await import('../commands/init.js');
      print(initCommand({ tool: options.tool, ci: options.ci, force: options.force === true }, world()));
    });
  for (const framework of ['cdktf', 'cdktn'] as const)
    init
      .command(framework)
      .description(`write a starter for ${framework}: an app with one access package, and the rules at synth`)
      .option('--owner <who>', 'who answers for its access')
      .option('--force', 'replace files that are there')
      .action(async (options: { owner?: string; force?: true }) => {
        const { initCdktfCommand } = await import('../commands/init-cdktf.js');
        const command = { framework, owner: options.owner, force: options.force === true };
        print(initCdktfCommand(command, world()));
      });
}
