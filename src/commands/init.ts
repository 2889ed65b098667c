// `leasehold init`: the first configuration and a job for the pipeline, from what the folder is. Never overwrites unasked.

import { type Ci, type Project, projectIn, type Tool } from './project.js';
import { configFile, pipelineFile, planning, type StarterFile } from './starter-files.js';
import type { World } from './world.js';

export interface InitCommand {
  readonly tool: Tool | undefined;
  readonly ci: Ci | undefined;
  /** Replaces files that are there. */
  readonly force: boolean;
}

const TOOL_NAMES: Readonly<Record<Tool, string>> = {
  terraform: 'Terraform',
  tofu: 'OpenTofu',
  terragrunt: 'Terragrunt',
  cdktf: 'CDKTF',
  cdktn: 'CDK Terrain',
};
const CI_NAMES: Readonly<Record<Exclude<Ci, 'none'>, string>> = {
  github: 'GitHub Actions',
  gitlab: 'GitLab CI',
  'azure-devops': 'Azure DevOps',
};

/**
 * Writes into the working directory, and says what was found, what was done, and what to run next.
 * @throws InputError where a file cannot be written
 */
export function initCommand(command: InitCommand, world: World): string {
  const found = projectIn(world.folder('.'));
  const project: Project = command.tool === undefined ? found : { ...found, tool: command.tool };
  const ci = command.ci ?? project.ci;
  const pipeline = pipelineFile(project, ci, world.version);
  const files = [configFile(project, world.version), ...(pipeline ? [pipeline] : [])];

  const lines = [foundLine(project, command, ci), ''];
  const todos: string[] = [];
  for (const file of files) {
    const state = write(file, command.force, world);
    lines.push(`  ${state.padEnd(8)} ${file.path}`);
    if (file.todo !== undefined && state !== 'kept') todos.push(file.todo);
  }
  if (lines.some((line) => line.startsWith('  kept')))
    lines.push('', 'What is kept was there already; --force replaces it.');
  if (pipeline === undefined) todos.push(...withoutPipeline(project));
  lines.push('', 'Next:', ...[...todos, ...nextCommands(project)].map((line) => `  ${line}`));
  return `${lines.join('\n')}\n`;
}

function write(file: StarterFile, force: boolean, world: World): 'written' | 'replaced' | 'kept' {
  if (world.createFile(file.path, file.text)) return 'written';
  if (!force) return 'kept';
  world.writeFile(file.path, file.text);
  return 'replaced';
}

function foundLine(project: Project, command: InitCommand, ci: Ci): string {
  const because = (asked: boolean, reason: string | undefined): string =>
    asked ? 'as asked' : (reason ?? 'nothing here tells, so it is assumed');
  const tool = `${TOOL_NAMES[project.tool]} (${because(command.tool !== undefined, project.because)})`;
  if (ci === 'none') return `Found ${tool}.`;
  return `Found ${tool} and ${CI_NAMES[ci]} (${because(command.ci !== undefined, project.ciBecause)}).`;
}

function withoutPipeline({ otherCi }: Project): string[] {
  if (otherCi.length > 0)
    return [
      `add \`leasehold lint\` after the plan to ${otherCi.join(' and ')}; recipes: docs/ci.md of leasehold`,
    ];
  return ['for a pipeline: leasehold init --ci github, gitlab or azure-devops'];
}

function nextCommands(project: Project): string[] {
  const [plan] = project.plans;
  if (plan !== undefined) return [`leasehold lint ${plan}`];
  const { commands, plans } = planning(project);
  return [...commands, `leasehold lint ${plans}`];
}
