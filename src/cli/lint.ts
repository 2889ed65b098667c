// `leasehold lint` as it is typed.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LintCommand, lintCommand } from '../commands/lint.js';
import { FORMATS } from '../reporters/formats.js';
import { world } from './machine.js';
import {
  CONFIG,
  configOptions,
  controlsOf,
  FRAMEWORK,
  listed,
  NO_CONFIG,
  NO_CUSTOM_RULES,
  NOW,
  PROFILE,
  SOURCE,
  UsageError,
} from './options.js';
import { finish } from './print.js';

export function addLint(program: Command): void {
  program
    .command('lint')
    .description(
      'judge the identities of plans: the plan file, its JSON, a folder of .tf files, cdk.tf.json, cdktf.out, or - for stdin',
    )
    .argument(
      '<plan...>',
      'files from `terraform plan -out PLAN` or `terraform show -json`, or a folder of configuration or of a synth',
    )
    .addOption(new Option('-f, --format <format>', 'output').choices(FORMATS).default('pretty'))
    .option('--report <format=path>', 'write a report to a file as well; repeatable', toReport, [])
    .addOption(PROFILE)
    .option('--strict', 'the same as --profile strict')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 at or over this severity (default: error)').choices([
        'error',
        'warning',
        'note',
        'never',
      ]),
    )
    .addOption(SOURCE)
    .addOption(NOW)
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addOption(NO_CUSTOM_RULES)
    .option(
      '--baseline <file>',
      'findings of this file are known: told as waived (`leasehold baseline` writes it)',
    )
    .option('--no-baseline', 'ignore the baseline of the configuration')
    .option('--rule <id>', 'only this rule or category; repeatable', listed, [])
    .option('--skip-rule <id>', 'all but this rule or category; repeatable', listed, [])
    .addOption(FRAMEWORK)
    .option('--only-changed', 'leave out identities of which the plan changes nothing')
    .option('-q, --quiet', 'findings only')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing at or over --fail-on, 1 findings, 2 the run could not be done.\n\nExamples:\n  leasehold lint tfplan\n  leasehold lint tfplan --report sarif=leasehold.sarif --report markdown=comment.md\n  terraform show -json tfplan | leasehold lint -\n  leasehold lint plan.json --source .\n  leasehold lint cdktf.out',
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      if (options.strict && options.profile === 'recommended')
        throw new UsageError('--strict contradicts --profile recommended');
      const outcome = await lintCommand(
        {
          paths,
          source: options.source as string | undefined,
          format: options.format as LintCommand['format'],
          reports: options.report as LintCommand['reports'],
          profile: options.strict ? 'strict' : (options.profile as LintCommand['profile']),
          failOn: options.failOn as LintCommand['failOn'],
          now: options.now as Date | undefined,
          ...configOptions(options),
          baseline: options.baseline === true ? undefined : (options.baseline as string | false | undefined),
          only: options.rule as string[],
          skip: options.skipRule as string[],
          controls: await controlsOf(options.framework as string[]),
          onlyChanged: options.onlyChanged === true,
          quiet: options.quiet === true,
        },
        world(),
      );
      finish(outcome);
    });
}

/** `sarif=reports/leasehold.sarif` */
function toReport(text: string, earlier: LintCommand['reports']): LintCommand['reports'] {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0));
  const format = FORMATS.find((one) => one === name);
  if (!format || at === text.length - 1)
    throw new InvalidArgumentError(`expected FORMAT=PATH, the format one of ${FORMATS.join(', ')}`);
  return [...earlier, { format, path: text.slice(at + 1) }];
}
