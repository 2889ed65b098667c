// The process: arguments, files, clock, streams and exit codes. Nothing else in the program touches them.

import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { rules } from '../rules/index.js';
import { type LintCommand, lintCommand } from './commands/lint.js';
import { type ConfigOptions, loadConfig } from './commands/load-config.js';
import { listRules } from './commands/rules.js';
import type { World } from './commands/world.js';
import type { Folder } from './input/folder.js';
import { InputError } from './input/read-plan.js';
import type { Control } from './lint/frameworks.js';
import { FORMATS } from './reporters/formats.js';

const COULD_NOT_RUN = 2;

class UsageError extends Error {}

function world(): World {
  const { env, stdout } = process;
  const terminal = stdout.isTTY === true;
  return {
    version: packageJson.version,
    display: {
      color: wantsColor(env, terminal),
      width: Number(env.COLUMNS) || (terminal ? stdout.columns : 0) || 100,
      unicode: env.TERM !== 'dumb' && !/^(C|POSIX)$/.test(env.LC_ALL ?? env.LC_CTYPE ?? env.LANG ?? ''),
    },
    clock: () => new Date(),
    readFile,
    stdin: () => readAll(0, '-'),
    isFolder,
    folder,
    warn: (line) => void process.stderr.write(`leasehold: ${line}\n`),
    stacksIn,
    findUpward,
    writeFile,
    importModule,
    beside: (path, relative) => resolve(dirname(path), relative),
  };
}

function wantsColor(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return terminal && env.TERM !== 'dumb';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read',
  EISDIR: 'this is a folder',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large to be read at once',
};

function readFile(path: string): Uint8Array {
  try {
    const file = openSync(path, 'r');
    try {
      return fstatSync(file).isFile() ? readFileSync(file) : readAll(file, path);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** Whole or not at all: written beside its place, then moved there. */
function writeFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new InputError(`${path}: cannot be written (${code})`);
  }
}

async function importModule(path: string, shown: string): Promise<unknown> {
  const { typescript } = process.features as { typescript?: unknown };
  if (/\.[cm]?ts$/.test(path) && !typescript)
    throw new InputError(
      `${shown}: rules in TypeScript need Node 22.18 or newer, and this is ${process.version}; compile them to .mjs`,
    );
  if (!existsSync(path)) throw new InputError(`${shown}: there is no such file`);
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    throw new InputError(`${shown}: cannot be loaded: ${whyNotLoaded(cause)}`, { cause });
  }
}

/** The engine names the line of a syntax error only in the stack. */
function whyNotLoaded(error: unknown): string {
  if (!(error instanceof Error)) return 'it throws something that is no error';
  if (error.message.includes("Cannot find package 'leasehold'"))
    return 'the package leasehold is not installed beside it; install it, or export the rule as a plain object';
  const line = error instanceof SyntaxError ? /^file:[^\n]*:(\d+)$/m.exec(error.stack ?? '')?.[1] : undefined;
  return `${error.message}${line === undefined ? '' : ` (line ${line})`}`;
}

/** Pipes and process substitutions have no length. */
function readAll(file: number, path: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new InputError(`${path}: ${REASONS[code] ?? `cannot be read (${code || 'unknown reason'})`}`);
}

function stacksIn(folder: string): string[] {
  const file = 'cdk.tf.json';
  if (existsSync(join(folder, file))) return [join(folder, file)];
  const stacks = join(folder, 'stacks');
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .sort()
    .map((name) => join(stacks, name, file))
    .filter((path) => existsSync(path));
}

/** Files are read inside of it; modules may lie elsewhere in its repository. */
function folder(path: string): Folder {
  const root = realpathSync(path);
  const repository = upward(root, ['.git']);
  const around = repository === undefined ? root : dirname(repository);
  const found = (relative: string, within: readonly string[]): string | undefined => {
    try {
      const real = realpathSync(resolve(root, relative));
      const allowed = within.map((one) => realpathSync(resolve(root, one)));
      return allowed.some((one) => real === one || real.startsWith(join(one, sep))) ? real : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    list: (relative) => {
      const real = found(relative, [around]);
      if (real === undefined || !statSync(real).isDirectory()) return [];
      return readdirSync(real)
        .sort()
        .map((name) => ({ name, isFolder: isFolder(join(real, name)) }));
    },
    read: (relative, limit, within = [around]) => {
      const real = found(relative, within);
      if (real === undefined) return undefined;
      const { size } = statSync(real);
      return statSync(real).isFile() && size <= limit ? readFile(real) : undefined;
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function findUpward(names: readonly string[]): string | undefined {
  return upward(process.cwd(), names);
}

function upward(start: string, names: readonly string[]): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}

function toDate(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('expected a date such as 2026-11-23 or 2026-11-23T08:00:00Z');
  return date;
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

function configOptions(options: Record<string, unknown>): ConfigOptions {
  return {
    config: typeof options.config === 'string' ? options.config : undefined,
    noConfig: options.config === false,
    noCustomRules: options.customRules === false,
  };
}

function listed(text: string, earlier: readonly string[]): string[] {
  return [...earlier, ...text.split(',').map((name) => name.trim())];
}

/** The registry of frameworks is loaded only where one is asked for. */
async function controlsOf(names: readonly string[]): Promise<readonly Control[] | undefined> {
  if (names.length === 0) return undefined;
  const { selectControls } = await import('./lint/frameworks.js');
  const selection = selectControls(names);
  if ('problem' in selection) throw new UsageError(selection.problem);
  return selection.controls;
}

function program(): Command {
  const command = new Command('leasehold')
    .description(
      'Rejects, before apply, every machine identity of a Terraform or OpenTofu plan\nwithout an accountable owner, an end, or a bounded scope.',
    )
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ writeOut: print, outputError: () => undefined });

  command
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
    .addOption(new Option('--profile <profile>', 'rule set').choices(['recommended', 'strict']))
    .option('--strict', 'the same as --profile strict')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 at or over this severity (default: error)').choices([
        'error',
        'warning',
        'note',
        'never',
      ]),
    )
    .option('--source <folder>', 'the configuration that the plan was made from; a binary plan holds it')
    .option('--now <date>', 'judge ends against this date (default: the timestamp of the plan)', toDate)
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .option('--no-custom-rules', 'run no rules that the configuration brings')
    .option(
      '--baseline <file>',
      'findings of this file are known: told as waived (`leasehold baseline` writes it)',
    )
    .option('--no-baseline', 'ignore the baseline of the configuration')
    .option('--rule <id>', 'only this rule or category; repeatable', listed, [])
    .option('--skip-rule <id>', 'all but this rule or category; repeatable', listed, [])
    .option(
      '--framework <name>',
      'only rules for this framework or control; repeatable, or with commas',
      listed,
      [],
    )
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
      print(outcome.stdout);
      process.exitCode = outcome.code;
    });

  command
    .command('diff')
    .description('what a plan changes about access: granted, revoked, let in, extended')
    .argument('<plan...>', 'as for lint')
    .addOption(
      new Option('-f, --format <format>', 'output').choices(['pretty', 'markdown', 'json']).default('pretty'),
    )
    .option('--exit-code', 'exit 1 where access grows')
    .option('--now <date>', 'count relative ends from this date (default: the timestamp of the plan)', toDate)
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { diffCommand } = await import('./commands/diff.js');
      const outcome = await diffCommand(
        {
          paths,
          format: options.format as 'pretty' | 'markdown' | 'json',
          now: options.now as Date | undefined,
          exitCode: options.exitCode === true,
          ...configOptions({ ...options, customRules: false }),
        },
        world(),
      );
      print(outcome.stdout);
      process.exitCode = outcome.code;
    });

  command
    .command('graph')
    .description('who may become whom, and what each identity may do: for other tools, and as a picture')
    .argument('<plan...>', 'as for lint')
    .addOption(
      new Option('-f, --format <format>', 'output').choices(['json', 'dot', 'mermaid']).default('json'),
    )
    .option('--now <date>', 'judge ends against this date (default: the timestamp of the plan)', toDate)
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .addHelpText(
      'after',
      '\nExamples:\n  leasehold graph tfplan | conftest test --policy policy -\n  leasehold graph tfplan --format dot | dot -Tsvg > access.svg',
    )
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { graphCommand } = await import('./commands/graph.js');
      print(
        await graphCommand(
          {
            paths,
            format: options.format as 'json' | 'dot' | 'mermaid',
            now: options.now as Date | undefined,
            ...configOptions({ ...options, customRules: false }),
          },
          world(),
        ),
      );
    });

  command
    .command('revoke')
    .description('what survives when an access package is revoked; exit 1 where anything does')
    .argument('<package>', 'name of the access package')
    .argument('<plan>', 'the plan that destroys it, or the JSON of a state: terraform show -json')
    .addOption(new Option('-f, --format <format>', 'output').choices(['pretty', 'json']).default('pretty'))
    .option('--now <date>', 'judge ends against this date (default: the timestamp of the plan)', toDate)
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .action(async (name: string, path: string, options: Record<string, unknown>) => {
      const { revokeCommand } = await import('./commands/revoke.js');
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
      print(outcome.stdout);
      process.exitCode = outcome.code;
    });

  command
    .command('baseline')
    .description('write down what stands today, so that lint tells only what is new')
    .argument('<plan...>', 'as for lint')
    .option('-o, --output <file>', 'write to this file, not to stdout')
    .addOption(new Option('--profile <profile>', 'rule set').choices(['recommended', 'strict']))
    .option('--now <date>', 'judge ends against this date (default: the timestamp of the plan)', toDate)
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .option('--no-custom-rules', 'run no rules that the configuration brings')
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { baselineCommand } = await import('./commands/baseline.js');
      const here = world();
      const { text, count } = await baselineCommand(
        {
          paths,
          profile: options.profile as LintCommand['profile'],
          now: options.now as Date | undefined,
          ...configOptions(options),
        },
        here,
      );
      const output = options.output as string | undefined;
      if (output === undefined) return print(text);
      here.writeFile(output, text);
      print(`${output}: ${count} ${count === 1 ? 'finding is' : 'findings are'} known from now on\n`);
    });

  command
    .command('rules')
    .description('list all rules, your own included')
    .addOption(new Option('-f, --format <format>', 'output').choices(['pretty', 'json']).default('pretty'))
    .option(
      '--framework <name>',
      'only rules for this framework or control; repeatable, or with commas',
      listed,
      [],
    )
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .option('--no-custom-rules', 'leave out the rules that the configuration brings')
    .action(async (options: { format: 'pretty' | 'json'; framework: string[] } & Record<string, unknown>) => {
      const here = world();
      const controls = await controlsOf(options.framework);
      const known = await loadConfig(configOptions(options), here);
      print(listRules(known.rules, { ...here.display, format: options.format, controls }));
    });

  command
    .command('explain')
    .description('explain a rule, or all rules of a category')
    .argument('<rule>', 'id of a rule, or a category')
    .option('-c, --config <file>', 'configuration (default: leasehold.yaml, found upward)')
    .option('--no-config', 'ignore configuration files')
    .option('--no-custom-rules', 'leave out the rules that the configuration brings')
    .action(async (id: string, options: Record<string, unknown>) => {
      const { explainRule } = await import('./commands/explain.js');
      const here = world();
      const builtIn = rules.some((rule) => rule.id === id);
      const known = builtIn ? rules : (await loadConfig(configOptions(options), here)).rules;
      const page = explainRule(known, id, here.display);
      if ('problem' in page) throw new UsageError(page.problem);
      print(page.text);
    });
  return command;
}

/** Writes everything before the process ends, also into a slow or closed pipe. */
function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(1, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

async function main(): Promise<void> {
  try {
    await program().parseAsync(process.argv);
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

await main();
