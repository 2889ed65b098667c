// What a folder is at first sight: which tool plans it, where, and what runs its pipelines. For `init` and `doctor`.

import { type Folder, joined } from '../input/folder.js';
import { decode } from '../input/text.js';

export const TOOLS = ['terraform', 'tofu', 'terragrunt', 'cdktf', 'cdktn'] as const;
export type Tool = (typeof TOOLS)[number];

/** What a file is written for; other systems keep their pipeline in one file, which is the user's. */
export const CI_SYSTEMS = ['github', 'gitlab', 'azure-devops', 'none'] as const;
export type Ci = (typeof CI_SYSTEMS)[number];

export interface Project {
  readonly tool: Tool;
  /** The file that tells the tool; undefined where nothing does, and Terraform is assumed. */
  readonly because: string | undefined;
  /** Folders that are planned, relative, `.` for this one; at most 10. */
  readonly roots: readonly string[];
  readonly ci: Ci;
  readonly ciBecause: string | undefined;
  /** Places of pipelines that no file is written for: `Jenkinsfile`. */
  readonly otherCi: readonly string[];
  /** Whether packages of npm are installed here, so that the schema of the configuration will lie among them. */
  readonly hasNpm: boolean;
  readonly codeowners: string | undefined;
  /** Plans that lie here already. */
  readonly plans: readonly string[];
}

const MOST_ROOTS = 10;
const DEEPEST = 4;
const MOST_FOLDERS = 2000;
const LARGEST_TOLD = 1_000_000;

/** Names that need no quoting in a shell or in YAML; others would have to be escaped in the files we write. */
const PLAIN = /^[\w][\w./-]*$/;
const OTHER_CI = [
  'atlantis.yaml',
  'Jenkinsfile',
  '.circleci',
  'bitbucket-pipelines.yml',
  '.spacelift',
  '.buildkite',
  '.drone.yml',
];
const CODEOWNERS = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS', 'CODEOWNERS'];

/** Reads names, and of few files a little; runs nothing. */
export function projectIn(folder: Folder): Project {
  const here = folder.list('').map(({ name }) => name);
  const found = survey(folder);
  const { tool, because } = toolOf(folder, here, found);
  const { ci, ciBecause } = ciOf(folder, here);
  return {
    tool,
    because,
    roots: tool === 'cdktf' || tool === 'cdktn' || tool === 'terragrunt' ? ['.'] : rootsOf(found),
    ci,
    ciBecause,
    otherCi: OTHER_CI.filter((name) => here.includes(name)),
    hasNpm: here.includes('package.json'),
    codeowners: CODEOWNERS.find((path) => holds(folder, path)),
    plans: here.filter((name) => /^(tfplan|plan\.json|.+\.tfplan)$/.test(name)),
  };
}

interface Survey {
  /** Folders with configuration, shallow ones first. */
  readonly configured: readonly string[];
  /** Of those, the ones that somebody has initialised: they have a lock file. */
  readonly locked: readonly string[];
  readonly tofu: string | undefined;
  readonly terragrunt: string | undefined;
}

function survey(folder: Folder): Survey {
  const configured: string[] = [];
  const locked: string[] = [];
  let tofu: string | undefined;
  let terragrunt: string | undefined;
  let level = [''];
  let looked = 0;
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const below: string[] = [];
    for (const path of level) {
      if (++looked > MOST_FOLDERS) break;
      for (const { name, isFolder } of folder.list(path)) {
        const full = joined(path, name);
        if (isFolder) {
          if (!name.startsWith('.') && !NOT_ROOTS.has(name)) below.push(full);
        } else if (/^[^.].*\.(tf|tofu)(\.json)?$/.test(name)) {
          if (configured.at(-1) !== path) configured.push(path);
          if (/\.tofu(\.json)?$/.test(name)) tofu ??= full;
        } else if (name === '.terraform.lock.hcl') {
          locked.push(path);
          if (text(folder, full).includes('registry.opentofu.org')) tofu ??= full;
        } else if (name === '.opentofu-version') tofu ??= full;
        else if (/^(terragrunt(\.stack)?|root)\.hcl$/.test(name)) terragrunt ??= full;
      }
    }
    level = below;
  }
  return { configured, locked, tofu, terragrunt };
}

/** Configuration in there is called by others, or is no one's to apply. */
const NOT_ROOTS = new Set(['modules', 'examples', 'example', 'test', 'tests', 'node_modules', 'cdktf.out']);

function toolOf(
  folder: Folder,
  here: readonly string[],
  { configured, tofu, terragrunt }: Survey,
): Pick<Project, 'tool' | 'because'> {
  if (here.includes('cdktf.json')) {
    const manifests = ['package.json', 'requirements.txt', 'pyproject.toml', 'Pipfile', 'go.mod', 'pom.xml'];
    const isCdktn = manifests.some((name) => here.includes(name) && /\bcdktn\b/.test(text(folder, name)));
    return { tool: isCdktn ? 'cdktn' : 'cdktf', because: 'cdktf.json' };
  }
  if (terragrunt !== undefined) return { tool: 'terragrunt', because: terragrunt };
  if (tofu !== undefined) return { tool: 'tofu', because: tofu };
  const [first] = configured;
  return { tool: 'terraform', because: first === undefined ? undefined : joined(first, '*.tf') };
}

function rootsOf({ configured, locked }: Survey): string[] {
  const roots = locked.length > 0 ? locked : configured.slice(0, 1);
  const named = roots.filter((path) => path === '' || PLAIN.test(path)).map((path) => path || '.');
  return named.length > 0 ? named.sort().slice(0, MOST_ROOTS) : ['.'];
}

function ciOf(folder: Folder, here: readonly string[]): { ci: Ci; ciBecause: string | undefined } {
  if (here.includes('.gitlab-ci.yml')) return { ci: 'gitlab', ciBecause: '.gitlab-ci.yml' };
  const azure = here.find((name) => /^(\.?azure-pipelines.*\.ya?ml|\.azuredevops)$/.test(name));
  if (azure !== undefined) return { ci: 'azure-devops', ciBecause: azure };
  if (here.includes('.github')) return { ci: 'github', ciBecause: '.github' };
  const remote = /^[ \t]*url[ \t]*=[ \t]*\S*?(github|gitlab|dev\.azure)\b/m.exec(
    text(folder, '.git/config'),
  )?.[1];
  const ci = remote === 'dev.azure' ? 'azure-devops' : (remote as 'github' | 'gitlab' | undefined);
  return { ci: ci ?? 'none', ciBecause: ci && 'the remote of git' };
}

function holds(folder: Folder, path: string): boolean {
  const cut = path.lastIndexOf('/');
  return folder
    .list(cut < 0 ? '' : path.slice(0, cut))
    .some(({ name, isFolder }) => !isFolder && name === path.slice(cut + 1));
}

function text(folder: Folder, path: string): string {
  const bytes = folder.read(path, LARGEST_TOLD);
  return bytes === undefined ? '' : decode(bytes);
}
