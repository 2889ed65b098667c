// `leasehold completion` as it is typed. Only here is the tree of commands read back.

import { Argument, type Command, type Option } from 'commander';
import { rules } from '../../rules/index.js';
import {
  type CommandWords,
  completionScript,
  type OptionWords,
  SHELLS,
  type Shell,
} from '../commands/completion.js';
import { CATEGORIES } from '../lint/finding.js';
import { FORMATS } from '../reporters/formats.js';
import { print } from './print.js';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands, options and names of rules in your shell')
    .addArgument(new Argument('<shell>', 'what it is for').choices(SHELLS))
    .addHelpText(
      'after',
      '\nExamples:\n  leasehold completion bash > ~/.local/share/bash-completion/completions/leasehold\n  leasehold completion zsh > "${fpath[1]}/_leasehold"\n  leasehold completion fish > ~/.config/fish/completions/leasehold.fish',
    )
    .action((shell: Shell) => print(completionScript(shell, wordsOf(program, ''))));
}

function wordsOf(command: Command, path: string): CommandWords[] {
  const help = command.createHelp();
  const own: CommandWords = {
    path,
    description: command.description(),
    options: help.visibleOptions(command).map(optionWords),
    arguments: command.registeredArguments.flatMap((one) => one.argChoices ?? namedWords(one.name())),
  };
  return [
    own,
    ...command.commands.flatMap((one) => wordsOf(one, path === '' ? one.name() : `${path} ${one.name()}`)),
  ];
}

function optionWords(option: Option): OptionWords {
  const takesValue = option.required || option.optional;
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
    description: option.description,
    value: takesValue ? { choices: option.argChoices ?? namedWords(option.attributeName()) } : undefined,
  };
}

/** Values that commander takes as any text, since what the configuration brings counts as well. */
function namedWords(name: string): string[] {
  if (name === 'rule' || name === 'skipRule')
    return [...new Set([...rules.map(({ id }) => id), ...CATEGORIES])];
  if (name === 'report') return FORMATS.map((format) => `${format}=`);
  return [];
}
