// What one run costs, process start included: the command, a bare JSON.parse of the same file, and the peers that are
// installed. Runs alternate, so that a busy moment of the machine falls on all alike; the table in README.md is rewritten.
// `node bench/compare.mjs [small|large] [rounds]`

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, publish, run } from './meter.mjs';

const [which = 'all', rounds = '7'] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const cli = join(root, 'dist/cli.js');
if (!existsSync(cli)) throw new Error('nothing to measure: run `npm run build` first');

/** The recorded plans: smallest, nearest to 100 kB, largest. */
const RECORDED = ['packages', 'data-lake', 'azure-apps'];
/** What `generate-plan.mjs` makes: 3 % identities, and one plan of nothing else. */
const GENERATED = [
  { name: 'estate, 1 MB', size: '1MB', share: '0.03' },
  { name: 'estate, 50 MB', size: '50MB', share: '0.03' },
  { name: 'estate, 400 MB', size: '400MB', share: '0.03' },
  { name: 'estate, 1.2 GB', size: '1.2GB', share: '0.03' },
  { name: '5,000 identities', size: '22.4MB', share: '1' },
  { name: '50,000 identities', size: '224MB', share: '1' },
];

const MB = 1e6;
const NO_LIMIT = Number.POSITIVE_INFINITY;

/** Every tool gets what makes it fast, and no plan that is known to take it minutes or that it cannot read. */
const TOOLS = {
  leasehold: {
    upTo: NO_LIMIT,
    command: (plan) => [
      process.execPath,
      cli,
      'lint',
      plan,
      '--now',
      '2026-11-23T00:00:00Z',
      '--format',
      'json',
    ],
  },
  'JSON.parse': {
    upTo: 500 * MB,
    command: (plan) => [process.execPath, '-e', 'JSON.parse(fs.readFileSync(process.argv[1], "utf8"))', plan],
  },
  jq: { upTo: 60 * MB, needs: 'jq', command: (plan) => ['jq', '-c', '.format_version', plan] },
  Conftest: {
    upTo: 60 * MB,
    needs: join(here, '.go/conftest'),
    command: (plan) => [
      join(here, '.go/conftest'),
      'test',
      plan,
      '--policy',
      join(here, 'policy'),
      '--output',
      'json',
    ],
  },
  Checkov: {
    upTo: 2 * MB,
    needs: join(here, '.venv/bin/checkov'),
    command: (plan) => [
      join(here, '.venv/bin/checkov'),
      '-f',
      plan,
      '--framework',
      'terraform_plan',
      '--skip-download',
      '--quiet',
      '--compact',
    ],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'leasehold-bench-'));
const rows = [];
try {
  if (which !== 'large')
    for (const stack of RECORDED) {
      const plan = join(root, 'test/fixtures/stacks', stack, 'plan.json');
      rows.push(...measure(`${stack}, ${Math.round(statSync(plan).size / 1000)} kB`, plan, Number(rounds)));
    }
  for (const { name, size, share } of GENERATED) {
    if (which === 'small' && size !== '1MB') continue;
    const plan = join(folder, 'plan.json');
    execFileSync(process.execPath, [join(here, 'generate-plan.mjs'), size, plan, share], { stdio: 'ignore' });
    rows.push(
      ...measure(name, plan, statSync(plan).size > 10 * MB ? Math.min(3, Number(rounds)) : Number(rounds)),
    );
    rmSync(plan);
  }
} finally {
  rmSync(folder, { recursive: true });
}

const table = [
  `Node ${process.version} · ${cpus().length} cores · median of ${rounds} alternating runs, of 3 from 10 MB on · load ${loadavg()[0].toFixed(1)} (an idle machine has less than 1, and smaller figures).`,
  '',
  '| plan | tool | CPU seconds | times JSON.parse | peak memory |',
  '|---|---|---:|---:|---:|',
  ...rows,
].join('\n');
publish('results', table);

/** One table row for each tool that is there and takes a plan of this size. */
function measure(name, plan, times) {
  const bytes = statSync(plan).size;
  const tools = Object.entries(TOOLS).filter(([, { upTo, needs }]) => bytes <= upTo && isThere(needs));
  const runs = new Map(tools.map(([tool]) => [tool, []]));
  for (let round = 0; round < times; round += 1)
    for (const [tool, { command }] of tools) runs.get(tool).push(run(tool, command(plan)));
  const parse = runs.get('JSON.parse');
  const base = parse && median(parse.map(({ cpu }) => cpu));
  return [...runs].map(([tool, results]) => {
    const cpu = median(results.map((result) => result.cpu));
    const memory = median(results.map((result) => result.kilobytes)) / 1024;
    const ratio = base === undefined ? 'cannot be parsed' : (cpu / base).toFixed(2);
    return `| ${name} | ${tool} | ${cpu.toFixed(2)} | ${ratio} | ${memory.toFixed(0)} MB |`;
  });
}

function isThere(path) {
  if (path === undefined) return true;
  if (path.includes('/')) return existsSync(path);
  return (process.env.PATH ?? '').split(':').some((one) => existsSync(join(one, path)));
}
