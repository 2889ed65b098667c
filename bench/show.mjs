// What it saves to judge a plan file itself: `lint tfplan` beside `tofu show -json tfplan` and a lint of its output.
// node --import tsx bench/show.mjs SCHEMAS [rounds] [megabytes]; build first. SCHEMAS is a folder of outputs of
// `tofu providers schema -json`; plans of providers that it lacks are left out. Needs Go and python3. A package of a
// provider is filled up to so many megabytes, since OpenTofu takes the checksum of all of it each time it starts.
//
// OpenTofu is a real one, in a folder that its own `init` made: it checks the lock file, starts the providers, asks them
// for their schemas and ends them. It waits for each provider that it ends, so rusage holds them all: nothing outlives
// it (seen from a child subreaper), and `perf stat -e task-clock`, which counts every descendant whether it was waited
// for or not, tells the same seconds within 3 %.

import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { tofu } from '../test/tofu/build.ts';
import { median, publish, run } from './meter.mjs';

const [schemaFolder, rounds = '7', megabytes = '0'] = process.argv.slice(2);
if (schemaFolder === undefined)
  throw new Error('usage: node --import tsx bench/show.mjs SCHEMAS [rounds] [megabytes]');
const here = import.meta.dirname;
const stacks = join(here, '../test/fixtures/stacks');
const cli = join(here, '../dist/cli.js');
if (!existsSync(cli)) throw new Error('nothing to measure: run `npm run build` first');

const schemas = readSchemas(schemaFolder);
const opentofu = tofu();
const folder = mkdtempSync(join(tmpdir(), 'leasehold-show-'));
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TF_')));
env.TF_CLI_CONFIG_FILE = join(folder, 'tofurc');
env.CHECKPOINT_DISABLE = '1';

/** The same plan judged three ways; the first and the last know the sources, and find the same. */
const WAYS = {
  direct: (stack) => lint(stack, 'tfplan'),
  shown: (stack) => inTurn(show(stack), lint(stack, 'shown.json')),
  sourced: (stack) => inTurn(show(stack), lint(stack, 'shown.json', '--source', '.')),
};

const results = [];
const leftOut = [];
let packageSize = Number(megabytes) * 1e6;
try {
  writeFileSync(env.TF_CLI_CONFIG_FILE, '');
  const provider = join(folder, 'provider');
  execFileSync('go', ['build', '-trimpath', '-o', provider, '.'], {
    cwd: join(here, 'provider'),
    stdio: 'inherit',
  });
  packageSize = Math.max(packageSize, statSync(provider).size);
  for (const name of readdirSync(stacks).filter((one) => existsSync(join(stacks, one, 'tfplan')))) {
    const plan = JSON.parse(readFileSync(join(stacks, name, 'plan.json'), 'utf8'));
    const required = providersOf(plan);
    if (required.every(({ source }) => schemas.has(source))) {
      const stack = join(folder, name);
      prepare(name, stack, provider, required);
      check(stack, plan);
      results.push({ name: `${name} (${required.map(({ type }) => type).join(', ')})`, ...measure(stack) });
    } else leftOut.push(name);
  }
} finally {
  rmSync(folder, { recursive: true });
}

publish(
  'show',
  [
    `Node ${process.version} · ${opentofuVersion()} · ${cpus().length} cores · median of ${rounds} alternating runs · packages of ${Math.round(packageSize / 1e6)} MB · load ${loadavg()[0].toFixed(1)} · left out for want of a schema: ${leftOut.join(', ') || 'none'}.`,
    '',
    '| plan (providers) | `lint tfplan` | `show` | `show`, `lint plan.json` | ratio | `show`, `lint plan.json --source .` | ratio | by the clock | peak memory |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...results.map(row),
    row({ name: 'all of them', ...total(results) }),
  ].join('\n'),
);

function row({ name, cpu, wall, memory }) {
  const seconds = (value) => value.toFixed(2);
  return `| ${[
    name,
    seconds(cpu.direct),
    seconds(cpu.show),
    seconds(cpu.shown),
    seconds(cpu.direct / cpu.shown),
    seconds(cpu.sourced),
    seconds(cpu.direct / cpu.sourced),
    Object.values(wall).map(seconds).join(' / '),
    `${Object.values(memory)
      .map((kilobytes) => Math.round(kilobytes / 1024))
      .join(' / ')} MB`,
  ].join(' | ')} |`;
}

/** Seconds are added up; memory is the largest. */
function total(all) {
  const over = (figure, combine) =>
    Object.fromEntries(
      Object.keys(all[0][figure]).map((key) => [key, combine(all.map((one) => one[figure][key]))]),
    );
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  return {
    cpu: over('cpu', sum),
    wall: over('wall', sum),
    memory: over('memory', (values) => Math.max(...values)),
  };
}

/** Schemas of all providers that the folder's files hold, by source address. */
function readSchemas(from) {
  const files = readdirSync(from).filter((name) => name.endsWith('.json'));
  return new Map(
    files.flatMap((name) =>
      Object.entries(JSON.parse(readFileSync(join(from, name), 'utf8')).provider_schemas ?? {}),
    ),
  );
}

/** What the plan's configuration requires, each in the oldest version that its constraint allows. */
function providersOf(plan) {
  const configured = Object.values(plan.configuration.provider_config ?? {});
  const named = new Map(configured.map((one) => [one.full_name, one.version_constraint]));
  for (const change of plan.resource_changes ?? [])
    if (!named.has(change.provider_name)) named.set(change.provider_name, undefined);
  return [...named].map(([source, constraint]) => {
    const [major = '1', minor = '0', patch = '0'] = constraint?.match(/\d+/g) ?? [];
    return { source, type: source.split('/').at(-1), version: `${major}.${minor}.${patch}` };
  });
}

/** The stack's folder after `tofu init`, with a package of the stand-in for each provider. */
function prepare(name, stack, provider, required) {
  cpSync(join(stacks, name), stack, { recursive: true });
  const mirror = join(folder, `${name}-mirror`);
  const [system, architecture] = execFileSync('go', ['env', 'GOOS', 'GOARCH'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  for (const { source, type, version } of required) {
    const into = join(mirror, source, version, `${system}_${architecture}`);
    mkdirSync(into, { recursive: true });
    cpSync(provider, join(into, `terraform-provider-${type}`));
    writeFileSync(
      join(into, 'schema.json'),
      JSON.stringify({ provider_schemas: { [source]: schemas.get(source) } }),
    );
    writeFileSync(join(into, 'filler'), '');
    truncateSync(join(into, 'filler'), packageSize - statSync(provider).size);
  }
  execFileSync(opentofu, ['init', `-plugin-dir=${mirror}`, '-no-color'], { cwd: stack, env, stdio: 'pipe' });
}

/** Holds what OpenTofu shows to the recorded plan JSON, and the findings of the ways that have the sources to each other. */
function check(stack, recorded) {
  show(stack);
  const shown = JSON.parse(readFileSync(join(stack, 'shown.json'), 'utf8'));
  if (!isDeepStrictEqual(shown, recorded))
    throw new Error(`${stack}: OpenTofu shows another plan than the recorded`);
  const [ours, theirs] = [['tfplan'], ['shown.json', '--source', '.']].map((args) => {
    lint(stack, ...args);
    return JSON.parse(readFileSync(join(stack, 'findings.json'), 'utf8')).findings;
  });
  if (!isDeepStrictEqual(ours, theirs)) throw new Error(`${stack}: the ways do not find the same`);
}

/** Medians of each way: CPU seconds (and those of `show` alone), seconds by the clock, kilobytes of the largest process. */
function measure(stack) {
  const runs = new Map(Object.keys(WAYS).map((way) => [way, []]));
  for (let round = 0; round < Number(rounds); round += 1)
    for (const [way, measured] of Object.entries(WAYS)) runs.get(way).push(measured(stack));
  const each = (figure) =>
    Object.fromEntries([...runs].map(([way, all]) => [way, median(all.map((one) => one[figure]))]));
  const shows = [...runs.get('shown'), ...runs.get('sourced')].map((one) => one.show);
  return { cpu: { ...each('cpu'), show: median(shows) }, wall: each('wall'), memory: each('kilobytes') };
}

function show(stack) {
  const measured = run('tofu show', [opentofu, 'show', '-json', 'tfplan'], {
    cwd: stack,
    env,
    output: 'shown.json',
  });
  if (measured.status !== 0) throw new Error(`tofu show failed: ${measured.stderr}`);
  return measured;
}

function lint(stack, ...args) {
  const command = [
    process.execPath,
    cli,
    'lint',
    ...args,
    '--now',
    '2026-11-23T00:00:00Z',
    '--format',
    'json',
  ];
  return run('leasehold', command, { cwd: stack, env, output: 'findings.json' });
}

function inTurn(first, second) {
  return {
    cpu: first.cpu + second.cpu,
    show: first.cpu,
    wall: first.wall + second.wall,
    kilobytes: Math.max(first.kilobytes, second.kilobytes),
  };
}

function opentofuVersion() {
  return execFileSync(opentofu, ['version'], {
    encoding: 'utf8',
    env: { ...env, TF_CLI_CONFIG_FILE: '' },
  }).split('\n')[0];
}
