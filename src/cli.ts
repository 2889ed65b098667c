// The command: argv → one of the commands in `cli/` → exit code. Nothing else in the program touches the process.

import { Command, CommanderError, Help, type Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addBaseline } from './cli/baseline.js';
import { addCompletion } from './cli/completion.js';
import { addDiff } from './cli/diff.js';
import { addDoctor } from './cli/doctor.js';
import { addEvidence } from './cli/evidence.js';
import { addExplain } from './cli/explain.js';
import { addGraph } from './cli/graph.js';
import { addInit } from './cli/init.js';
import { addInventory } from './cli/inventory.js';
import { addLint } from './cli/lint.js';
import { UsageError } from './cli/options.js';
import { print } from './cli/print.js';
import { addRevoke } from './cli/revoke.js';
import { addRules } from './cli/rules.js';
import { addServe } from './cli/serve.js';
import { InputError } from './input/read-plan.js';

const COULD_NOT_RUN = 2;

/** In the order of the help. */
const COMMANDS: Readonly<Record<string, (program: Command) => void>> = {
  init: addInit,
  lint: addLint,
  diff: addDiff,
  graph: addGraph,
  inventory: addInventory,
  revoke: addRevoke,
  evidence: addEvidence,
  serve: addServe,
  baseline: addBaseline,
  rules: addRules,
  explain: addExplain,
  doctor: addDoctor,
  completion: addCompletion,
};

/** Those that the command line may need: only help and completion have to know all of them. */
function commandsFor(name = ''): readonly ((program: Command) => void)[] {
  const named = name !== 'completion' && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return named ? [named] : Object.values(COMMANDS);
}

function program(argv: readonly string[]): Command {
  const command = new Command('leasehold')
    .description(
      'Rejects, before apply, every machine identity of a Terraform or OpenTofu plan\nwithout an accountable owner, an end, or a bounded scope.',
    )
    .version(packageJson.version)
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .configureHelp({ optionDescription: described })
    .configureOutput({ writeOut: print, outputError: () => undefined });
  for (const add of commandsFor(argv[2])) add(command);
  return command;
}

/** As Commander words it, but an empty list is no default worth a line. */
function described(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: [])', '');
}

async function main(): Promise<void> {
  try {
    await program(process.argv).parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.exitCode = COULD_NOT_RUN;
    process.stderr.write(`leasehold: ${oneLine(error)}\n`);
  }
}

/** Errors that say what the user can do; `ConfigError` is told by its name, since its module may not be loaded. */
function isTold(error: unknown): error is Error {
  return (
    error instanceof InputError ||
    error instanceof UsageError ||
    (error instanceof Error && error.name === 'ConfigError')
  );
}

function oneLine(error: unknown): string {
  if (error instanceof CommanderError) return error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  if (isTold(error)) return error.message.replace(/\s*\n\s*/g, ' ');
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const message = error instanceof Error ? error.message : 'unknown error';
  if (process.env.LEASEHOLD_DEBUG && error instanceof Error)
    process.stderr.write(`${error.stack}\n${(error.cause as Error)?.stack ?? ''}\n`);
  return `this is a bug of leasehold, and nothing was judged: ${message}${cause}. Please report it.`;
}

void main();
