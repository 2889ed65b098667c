// What one run costs, process start included: the command, a bare JSON.parse of the same file, and Checkov.
// Runs alternate, so that a busy moment of the machine falls on all alike; the table in README.md is rewritten.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.argv[2] ?? 7);
/** Smallest, nearest to 100 kB, and largest of the recorded plans. */
const STACKS = ['packages', 'data-lake', 'azure-apps'];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const cli = join(root, 'dist/cli.js');
const checkov = join(here, '.venv/bin/checkov');
if (!existsSync(cli)) throw new Error('nothing to measure: run `npm run build` first');
if (!existsSync(checkov)) throw new Error('nothing to compare with: run `bench/setup.sh` first');

/** Every tool gets what makes it fast: no banner, no downloads, no other frameworks. */
const TOOLS = {
  leasehold: (plan) => [
    process.execPath,
    cli,
    'lint',
    plan,
    '--now',
    '2026-11-23T00:00:00Z',
    '--format',
    'json',
  ],
  'JSON.parse': (plan) => [
    process.execPath,
    '-e',
    'JSON.parse(fs.readFileSync(process.argv[1], "utf8"))',
    plan,
  ],
  Checkov: (plan) => [
    checkov,
    '-f',
    plan,
    '--framework',
    'terraform_plan',
    '--skip-download',
    '--quiet',
    '--compact',
  ],
};

const lines = STACKS.flatMap(measure);
const versions = [
  `Node ${process.version}`,
  `Checkov ${execFileSync(checkov, ['--version'], { encoding: 'utf8' }).trim()}`,
  `${cpus().length} cores`,
  `median of ${ROUNDS} alternating runs`,
  `load ${loadavg()[0].toFixed(1)} (an idle machine has less than 1, and smaller figures)`,
];
const table = [
  `${versions.join(' · ')}.`,
  '',
  '| plan | tool | CPU seconds | times leasehold | peak memory |',
  '|---|---|---:|---:|---:|',
  ...lines,
].join('\n');
console.log(table);

const readme = join(here, 'README.md');
const [head] = readFileSync(readme, 'utf8').split('<!-- results -->');
writeFileSync(readme, `${head}<!-- results -->\n\n${table}\n\n<!-- /results -->\n`);

/** One table row per tool for one recorded plan. */
function measure(stack) {
  const plan = join(root, 'test/fixtures/stacks', stack, 'plan.json');
  const runs = Object.fromEntries(Object.keys(TOOLS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, command] of Object.entries(TOOLS)) runs[name].push(run(name, command(plan)));
  }
  const size = `${stack}, ${Math.round(statSync(plan).size / 1000)} kB`;
  const base = median(runs.leasehold.map(({ cpu }) => cpu));
  return Object.entries(runs).map(([name, results]) => {
    const cpu = median(results.map((result) => result.cpu));
    const memory = median(results.map((result) => result.kilobytes)) / 1024;
    return `| ${size} | ${name} | ${cpu.toFixed(3)} | ${(cpu / base).toFixed(1)} | ${memory.toFixed(0)} MB |`;
  });
}

/** User and system seconds and peak memory of one process, with all that it waited for. */
function run(name, command) {
  const meter = [
    'import json, resource, subprocess, sys',
    'done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)',
    'used = resource.getrusage(resource.RUSAGE_CHILDREN)',
    'print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, done.stderr.decode()]))',
  ].join('\n');
  const output = execFileSync('python3', ['-c', meter, ...command], { encoding: 'utf8' });
  const [status, cpu, kilobytes, stderr] = JSON.parse(output);
  if (status > 1) throw new Error(`${name} could not do its work (exit ${status}): ${stderr}`);
  return { cpu, kilobytes };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
