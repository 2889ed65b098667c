// `leasehold evidence` and `leasehold evidence verify` as they are typed.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../access/duration.js';
import type { DecisionOptions, EvidenceCommand } from '../commands/evidence.js';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NO_CUSTOM_RULES, NOW, PROFILE, toDate } from './options.js';
import { finish } from './print.js';

const FAIL_ON = new Option(
  '--fail-on <severity>',
  'the decision fails at or over this severity (default: error)',
).choices(['error', 'warning', 'note', 'never']);

export function addEvidence(program: Command): void {
  const evidence = decisionOptions(
    program
      .command('evidence')
      .enablePositionalOptions()
      .description('write down the decision about a plan as an in-toto statement, to be signed')
      .argument('<plan>', 'the plan file, or its JSON'),
  )
    .option('-o, --output <file>', 'write to this file, not to stdout')
    .option('--approver <name>', 'who approved; repeatable', collected, [])
    .option('--decided-at <date>', 'when it was decided (default: now, by the clock)', toDate)
    .addHelpText(
      'after',
      '\nExit codes: 0 the decision is pass, 1 it is fail, 2 it could not be made.\n\nExamples:\n  leasehold evidence tfplan --approver alice@example.com -o statement.json\n  ssh-keygen -Y sign -f key -n leasehold statement.json\n  leasehold evidence verify --plan tfplan statement.json',
    )
    .action(async (plan: string, options: Record<string, unknown>) => {
      const { evidenceCommand } = await import('../commands/evidence.js');
      const here = world();
      const outcome = await evidenceCommand(
        {
          ...decision(plan, options),
          approvers: options.approver as string[],
          decidedAt: options.decidedAt as EvidenceCommand['decidedAt'],
        },
        here,
      );
      if (typeof options.output !== 'string') return finish(outcome);
      here.writeFile(options.output, outcome.stdout);
      finish({ stdout: '', code: outcome.code });
    });

  decisionOptions(
    evidence
      .command('verify')
      .description('work a decision out again from its plan, and compare every part')
      .argument('<statement>', 'the file that `leasehold evidence` wrote')
      .requiredOption('--plan <file>', 'the plan that is about to be applied'),
  )
    .option('--approver <name>', 'must have approved; repeatable', collected, [])
    .option('--max-age <duration>', 'how old the decision may be, such as 12h or 7d', toDuration)
    .addHelpText(
      'after',
      '\nGive --config, --profile, --fail-on and --now as they were given to `leasehold evidence`.\n\nExit codes: 0 all is as it says, and the decision is pass; 1 anything differs, or it is fail; 2 it could not be worked out.\n\nExamples:\n  leasehold evidence verify --plan tfplan statement.json\n  leasehold evidence verify --plan tfplan --approver alice@example.com --max-age 12h statement.json',
    )
    .action(async (statement: string, options: Record<string, unknown>) => {
      const { verifyCommand } = await import('../commands/evidence.js');
      finish(
        await verifyCommand(
          {
            ...decision(options.plan as string, options),
            statement,
            approvers: options.approver as string[],
            maxAge: options.maxAge as number | undefined,
          },
          world(),
        ),
      );
    });
}

function decisionOptions(command: Command): Command {
  return command
    .addOption(PROFILE)
    .addOption(FAIL_ON)
    .addOption(NOW)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addOption(NO_CUSTOM_RULES);
}

function decision(plan: string, options: Record<string, unknown>): DecisionOptions {
  return {
    plan,
    profile: options.profile as DecisionOptions['profile'],
    failOn: options.failOn as DecisionOptions['failOn'],
    now: options.now as Date | undefined,
    ...configOptions(options),
  };
}

function collected(text: string, earlier: readonly string[]): string[] {
  if (text.trim() === '') throw new InvalidArgumentError('expected a name');
  return [...earlier, text];
}

function toDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new InvalidArgumentError('expected a duration such as 12h or 7d');
  return duration;
}
