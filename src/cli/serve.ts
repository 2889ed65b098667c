// `leasehold serve` as it is typed: the service behind a run task of HCP Terraform or Terraform Enterprise.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { loadBaseline, loadConfig } from '../commands/load-config.js';
import { originOf } from '../commands/run-task.js';
import { decode } from '../input/text.js';
import { world } from './machine.js';
import { CONFIG, configOptions, NO_CONFIG, NO_CUSTOM_RULES, PROFILE, UsageError } from './options.js';
import type { JudgeSettings } from './serve/judge.js';

/** Milliseconds; a request has two kilobytes. */
const SLOWEST_REQUEST = 15_000;
const KEY = 'LEASEHOLD_HMAC_KEY';
/** Plans are handed out by the second one. */
const HCP_HOSTS = ['app.terraform.io', 'archivist.terraform.io'];

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('answer run tasks of HCP Terraform and Terraform Enterprise')
    .option('--listen <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on', toNumber(0, 65_535), 8080)
    .option('--key-file <file>', `the HMAC key of the run task, or several, one per line (default: $${KEY})`)
    .option('--host <host>', 'plans and results go to these hosts only; repeatable', collected, [])
    .option(
      '--threads <number>',
      'plans judged at once',
      toNumber(1, 64),
      Math.min(2, availableParallelism()),
    )
    .option('--thread-memory <MB>', 'memory for judging one plan', toNumber(64, 65_536), 512)
    .option('--max-plan <MB>', 'largest plan', toNumber(1, 4096), 64)
    .option('--queue <number>', 'tasks taken before they are done', toNumber(1, 100_000), 1000)
    .option('--timeout <seconds>', 'for one call to the platform', toNumber(1, 3600), 120)
    .option('--grace <seconds>', 'when stopped, time to finish what was taken', toNumber(0, 3600), 300)
    .addOption(PROFILE)
    .addOption(
      new Option('--fail-on <severity>', 'fail at or over this severity (default: error)').choices([
        'error',
        'warning',
        'note',
        'never',
      ]),
    )
    .addOption(CONFIG)
    .addOption(NO_CONFIG)
    .addOption(NO_CUSTOM_RULES)
    .addHelpText(
      'after',
      `\nRequests go to POST /run-task; GET /healthz and /metrics are for operators.\nWithout --host: ${HCP_HOSTS.join(', ')}.\n\nExamples:\n  ${KEY}=… leasehold serve --listen 0.0.0.0\n  leasehold serve --key-file /run/secrets/hmac --host tfe.example.com`,
    )
    .action(serve);
}

async function serve(options: Record<string, unknown>): Promise<void> {
  const [{ Judges }, { log }, { Metrics }, { Platform }, { openDoor }, { Tasks }] = await Promise.all([
    import('./serve/judges.js'),
    import('./serve/log.js'),
    import('./serve/metrics.js'),
    import('./serve/platform.js'),
    import('./serve/server.js'),
    import('./serve/tasks.js'),
  ]);
  const number = (name: string): number => options[name] as number;
  const keys = keysOf(options.keyFile as string | undefined);
  const hosts = hostsOf(options.host as string[]);
  const settings: JudgeSettings = {
    ...configOptions(options),
    profile: options.profile as JudgeSettings['profile'],
    failOn: options.failOn as JudgeSettings['failOn'],
  };
  // What the threads will read has to be readable now, not when the first plan comes.
  await loadBaseline(undefined, await loadConfig(settings, world()), world());

  const patience = number('timeout') * 1000;
  const metrics = new Metrics();
  const platform = new Platform(
    { hosts, maxPlan: number('maxPlan') * 2 ** 20, backoff: 1000, patience },
    metrics,
  );
  const threads = number('threads');
  const judges = new Judges({ threads, memory: number('threadMemory'), patience: 10 * 60_000 }, settings);
  // While one plan is judged the next one may arrive.
  const tasks = new Tasks({ most: number('queue'), slots: threads + 1 }, platform, judges, log, metrics);
  const server = openDoor(
    { keys, hosts, patience: Math.min(patience, SLOWEST_REQUEST) },
    tasks,
    log,
    metrics,
  );

  server.listen(number('port'), options.listen as string);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `cannot listen on ${options.listen}:${options.port} (${error.code ?? error.message})`,
    );
  });
  const { address, port } = server.address() as AddressInfo;
  log('info', 'listening', { address, port, hosts: hosts.join(' '), threads });

  const signal = await stopSignal();
  log('info', 'stopping', { signal, grace: number('grace') });
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await tasks.stop(number('grace') * 1000);
  server.closeAllConnections();
  await closed;
  log('info', 'stopped');
}

/** The first one stops; the second one ends the process as it always does. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}

function keysOf(file: string | undefined): string[] {
  const text = file === undefined ? (process.env[KEY] ?? '') : decode(world().readFile(file));
  const keys = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (keys.length > 0) return keys;
  const where = file === undefined ? `set ${KEY}, or pass --key-file` : `${file} is empty`;
  throw new UsageError(`without an HMAC key anybody could ask: ${where}`);
}

function hostsOf(given: readonly string[]): string[] {
  const hosts = given.length > 0 ? given : HCP_HOSTS;
  const wrong = hosts.find((host) => originOf(host) === undefined);
  if (wrong === undefined) return [...hosts];
  throw new UsageError(
    `--host ${wrong}: expected a host such as tfe.example.com; without TLS only on this machine`,
  );
}

function collected(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

function toNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`expected a number from ${least} to ${most}`);
  };
}
