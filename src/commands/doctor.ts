// `leasehold doctor`: what the linter finds where it stands, before somebody wonders why it is silent, or fails in CI.

import type { Folder } from '../input/folder.js';
import { decode } from '../input/text.js';
import type { Plan } from '../plan/model.js';
import { dataHeader } from '../policy/aws/data.js';
import { painter } from '../reporters/color.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { type Project, projectIn } from './project.js';
import { planFiles, readOne } from './read-plans.js';
import type { World } from './world.js';

export interface DoctorCommand extends ConfigOptions {
  /** Without any, the plans that lie in the working directory. */
  readonly paths: readonly string[];
  readonly source: string | undefined;
  /** Of Node: `v24.1.0`. */
  readonly node: string;
}

interface Check {
  readonly subject: string;
  /** `fix`: lint will not work as it should until this is mended. */
  readonly state: 'ok' | 'note' | 'fix';
  readonly text: string;
  readonly hint?: string;
}

/** A page of checks; the code is 1 where one of them asks for a fix. */
export async function doctorCommand(
  command: DoctorCommand,
  world: World,
): Promise<{ stdout: string; code: 0 | 1 }> {
  const folder = world.folder('.');
  const project = projectIn(folder);
  const checks = [
    nodeCheck(command.node),
    dataCheck(),
    await grammarCheck(),
    await configCheck(command, world),
    ...(await planChecks(command, project, world)),
    pipelineCheck(folder, project),
  ];
  const needsFix = checks.some(({ state }) => state === 'fix');
  const end = needsFix ? 'Mend what is marked, then run this again.' : 'Nothing is in the way.';
  return {
    stdout: `${checks.map((check) => shown(check, world)).join('')}\n${end}\n`,
    code: needsFix ? 1 : 0,
  };
}

function shown({ subject, state, text, hint }: Check, { display }: World): string {
  const paint = painter(display.color);
  const mark = { ok: paint.good('ok  '), note: paint.warn('note'), fix: paint.bad('FIX ') }[state];
  const below = hint === undefined ? '' : `                    ${paint.dim(hint)}\n`;
  return `  ${mark}  ${subject.padEnd(12)}${text}\n${below}`;
}

const LEAST_NODE = [20, 9] as const;

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [least, leastMinor] = LEAST_NODE;
  if (major > least || (major === least && minor >= leastMinor))
    return { subject: 'node', state: 'ok', text: version };
  return {
    subject: 'node',
    state: 'fix',
    text: `${version} is too old`,
    hint: `install Node ${least}.${leastMinor} or newer`,
  };
}

const REINSTALL = 'the installation is incomplete; install leasehold again';

function dataCheck(): Check {
  try {
    dataHeader('actions.jsonl');
    dataHeader('managed-policies.jsonl');
    return { subject: 'tables', state: 'ok', text: 'actions and managed policies are there' };
  } catch {
    return { subject: 'tables', state: 'fix', text: 'a data file is missing', hint: REINSTALL };
  }
}

async function grammarCheck(): Promise<Check> {
  try {
    const { loadGrammar } = await import('../source/grammar.js');
    await loadGrammar();
    return { subject: 'grammar', state: 'ok', text: 'sources can be read (WebAssembly)' };
  } catch {
    return { subject: 'grammar', state: 'fix', text: 'the HCL grammar cannot be loaded', hint: REINSTALL };
  }
}

async function configCheck(command: DoctorCommand, world: World): Promise<Check> {
  try {
    const { path, config, rules } = await loadConfig(command, world);
    if (path === undefined)
      return {
        subject: 'config',
        state: 'note',
        text: 'none, so the defaults hold',
        hint: '`leasehold init` writes one',
      };
    const waivers = config.waivers.length;
    const told = [
      `profile ${config.profile ?? 'recommended'}`,
      `${rules.length} rules`,
      `${waivers} waivers`,
    ];
    return { subject: 'config', state: 'ok', text: `${path}: ${told.join(', ')}` };
  } catch (error) {
    return { subject: 'config', state: 'fix', text: toldBy(error) };
  }
}

async function planChecks(command: DoctorCommand, project: Project, world: World): Promise<Check[]> {
  const paths = command.paths.length > 0 ? command.paths : project.plans;
  if (paths.length === 0)
    return [
      {
        subject: 'plan',
        state: 'note',
        text: 'none lies here',
        hint: 'name one: leasehold doctor tfplan',
      },
    ];
  const checks: Check[] = [];
  for (const asked of paths) {
    try {
      for (const path of planFiles([asked], world)) {
        const { plan } = await readOne(path, undefined, world, 'plans-only', command.source);
        checks.push(planCheck(path, plan));
      }
    } catch (error) {
      checks.push({ subject: 'plan', state: 'fix', text: toldBy(error) });
    }
  }
  return checks;
}

const KINDS: Readonly<Record<Plan['kind'], string>> = {
  'plan-json': 'plan JSON',
  'binary-plan': 'plan file',
  'terraform-json': 'synth output',
  'state-json': 'state',
  configuration: 'configuration without a plan',
};

function planCheck(path: string, plan: Plan): Check {
  const { kind, producer, terraformVersion, resources } = plan;
  const by =
    terraformVersion === undefined ? '' : ` of ${producer ?? 'Terraform or OpenTofu'} ${terraformVersion}`;
  const text = `${path}: ${KINDS[kind]}${by}, ${resources.length} resources`;
  const found = (state: Check['state'], more: string, hint?: string): Check => ({
    subject: 'plan',
    state,
    text: text + more,
    ...(hint !== undefined && { hint }),
  });
  if (plan.errored)
    return found('fix', ', but planning failed', 'mend the plan first: what it lacks cannot be judged');
  if (!plan.complete || plan.deferredChanges > 0)
    return found(
      'note',
      ', but it is not complete',
      'what is deferred is `undecided`; plan again after apply',
    );
  if (kind === 'plan-json' && !resources.some(({ config }) => config?.locate))
    return found(
      'note',
      ', without sources',
      'name them with --source FOLDER, or lint the plan file itself: findings get their lines',
    );
  return found('ok', kind === 'plan-json' || kind === 'binary-plan' ? ', with sources' : '');
}

const LARGEST_PIPELINE = 1_000_000;

function pipelineCheck(folder: Folder, { ci, otherCi }: Project): Check {
  const within = (path: string): string[] =>
    folder.list(path).flatMap(({ name, isFolder }) => (isFolder ? [] : [`${path}/${name}`]));
  const files = [
    ...['.github/workflows', '.gitlab', '.azuredevops', '.circleci'].flatMap(within),
    ...folder.list('').flatMap(({ name, isFolder }) => (!isFolder && isPipeline(name) ? [name] : [])),
  ];
  const using = files.find((path) => {
    const bytes = folder.read(path, LARGEST_PIPELINE);
    return bytes !== undefined && decode(bytes).includes('leasehold');
  });
  if (using !== undefined) return { subject: 'pipeline', state: 'ok', text: `${using} runs it` };
  const hint = otherCi.length > 0 ? 'recipes: docs/ci.md of leasehold' : '`leasehold init` writes a job';
  const where = [...(ci === 'none' ? [] : [ci]), ...otherCi].join(', ');
  return {
    subject: 'pipeline',
    state: 'note',
    text: `no pipeline runs it${where && ` (found: ${where})`}`,
    hint,
  };
}

function isPipeline(name: string): boolean {
  return /^(\.gitlab-ci\.yml|\.?azure-pipelines.*\.ya?ml|atlantis\.yaml|Jenkinsfile|bitbucket-pipelines\.yml|\.pre-commit-config\.yaml)$/.test(
    name,
  );
}

function toldBy(error: unknown): string {
  if (error instanceof Error && ['InputError', 'ConfigError'].includes(error.name)) return error.message;
  throw error;
}
