// What `leasehold init` writes: the configuration, and a job for the pipeline. They are the user's from then on.

import type { Ci, Project, Tool } from './project.js';

export interface StarterFile {
  readonly path: string;
  readonly text: string;
  /** What is left to do by hand for it to take effect. */
  readonly todo?: string;
}

/** @param version of leasehold, without which editors would complete by another schema */
export function configFile({ hasNpm, codeowners }: Project, version: string): StarterFile {
  const schema = hasNpm
    ? './node_modules/leasehold/dist/config.schema.json'
    : `https://cdn.jsdelivr.net/npm/leasehold@${version}/dist/config.schema.json`;
  return {
    path: 'leasehold.yaml',
    text: `# What leasehold asks of machine identities here. All keys: docs/configuration.md of leasehold, or let your editor complete.
$schema: ${schema}

# strict asks that every access ends by the platform itself, and makes warnings errors.
profile: recommended

# Who may be an owner. Once this is set, an owner who is not listed is an error.
# owners:
#   file: ${codeowners ?? '.github/CODEOWNERS'}

# AWS accounts of your own: a whole account that is not listed may not be trusted.
# accounts: ['123456789012']

# The longest access may last before somebody decides again.
limits:
  staticCredential: 90d
  privileged: 30d
  session: 365d
`,
  };
}

/** Undefined where no file can be written for the system. */
export function pipelineFile(project: Project, ci: Ci, version: string): StarterFile | undefined {
  const steps = planning(project);
  const lint = `npx --yes leasehold@${version} lint ${steps.plans}`;
  switch (ci) {
    case 'github':
      return { path: '.github/workflows/leasehold.yml', text: github(project.tool, steps.commands, lint) };
    case 'gitlab': {
      const isNew = project.ci !== 'gitlab' || project.ciBecause !== '.gitlab-ci.yml';
      const path = isNew ? '.gitlab-ci.yml' : '.gitlab/leasehold.yml';
      const todo = `add to .gitlab-ci.yml:  include: [{ local: ${path} }]`;
      return { path, text: gitlab(project.tool, steps, lint), ...(!isNew && { todo }) };
    }
    case 'azure-devops':
      return {
        path: '.azuredevops/leasehold.yml',
        text: azure(steps.commands, lint),
        todo: 'add to the steps of your pipeline:  - template: /.azuredevops/leasehold.yml',
      };
    case 'none':
      return undefined;
  }
}

interface Planning {
  readonly commands: readonly string[];
  /** What lint is given, as a shell reads it. */
  readonly plans: string;
}

/** How a plan is made, one shell command a line. */
export function planning({ tool, roots, hasNpm }: Pick<Project, 'tool' | 'roots' | 'hasNpm'>): Planning {
  switch (tool) {
    case 'cdktf':
    case 'cdktn':
      return {
        commands: [...(hasNpm ? ['npm ci'] : []), `npx --yes ${tool}-cli synth`],
        plans: 'cdktf.out',
      };
    case 'terragrunt':
      return {
        commands: ['terragrunt run --all --non-interactive --out-dir "$PWD/.plans" -- plan -input=false'],
        plans: "$(find .plans -name '*.tfplan')",
      };
    default:
      return {
        commands: roots.flatMap((root) => {
          const command = root === '.' ? tool : `${tool} -chdir=${root}`;
          return [`${command} init -input=false`, `${command} plan -input=false -out=tfplan`];
        }),
        plans: roots.map((root) => (root === '.' ? 'tfplan' : `${root}/tfplan`)).join(' '),
      };
  }
}

const ORIGIN = `# Rejects machine identities without an owner, an end, or a bounded scope, before apply.
# Written by \`leasehold init\`; change it as you like.
`;
const CREDENTIALS =
  'The plan needs its cloud credentials here, as in your other jobs. leasehold itself needs none, and no network.';

const SETUP: Readonly<Record<Tool, readonly string[]>> = {
  terraform: ['- uses: hashicorp/setup-terraform@v3', '  with: { terraform_wrapper: false }'],
  tofu: ['- uses: opentofu/setup-opentofu@v1', '  with: { tofu_wrapper: false }'],
  terragrunt: [
    '- uses: jdx/mise-action@v3',
    "  with: { mise_toml: \"[tools]\\nopentofu = 'latest'\\nterragrunt = 'latest'\" }",
  ],
  cdktf: ['- uses: actions/setup-node@v5', '  with: { node-version: 24 }'],
  cdktn: ['- uses: actions/setup-node@v5', '  with: { node-version: 24 }'],
};

function github(tool: Tool, commands: readonly string[], lint: string): string {
  return `${ORIGIN}name: leasehold
on: pull_request
permissions:
  contents: read
  security-events: write
jobs:
  leasehold:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${indented(SETUP[tool], 6)}
      # ${CREDENTIALS}
${indented(
  commands.map((line) => `- run: ${line}`),
  6,
)}
      - run: ${lint} --format github --report sarif=leasehold.sarif --report markdown=leasehold.md
      - if: always() && hashFiles('leasehold.md') != ''
        run: cat leasehold.md >>"$GITHUB_STEP_SUMMARY"
      - if: always() && hashFiles('leasehold.sarif') != ''
        uses: github/codeql-action/upload-sarif@v3
        with: { sarif_file: leasehold.sarif }
`;
}

const IMAGES: Readonly<Record<Tool, string>> = {
  terraform: 'hashicorp/terraform:1',
  tofu: 'ghcr.io/opentofu/opentofu:1',
  terragrunt: 'alpine/terragrunt:latest',
  cdktf: 'node:24',
  cdktn: 'node:24',
};

/** Two jobs: the images of the tools hold no Node. A plan holds secrets, so it is kept for an hour only. */
function gitlab(tool: Tool, { commands, plans }: Planning, lint: string): string {
  const kept = plans.startsWith('$(') ? ['.plans'] : plans.split(' ');
  return `${ORIGIN}leasehold-plan:
  stage: build
  image: { name: '${IMAGES[tool]}', entrypoint: [''] }
  # ${CREDENTIALS}
  script:
${indented(
  commands.map((line) => `- ${line}`),
  4,
)}
  artifacts:
    access: developer
    expire_in: 1 hour
    paths: [${kept.join(', ')}]

leasehold:
  stage: test
  image: node:24-alpine
  needs: [leasehold-plan]
  script:
    - ${lint} --report gitlab=gl-code-quality.json --report junit=leasehold.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
      junit: leasehold.xml
`;
}

function azure(commands: readonly string[], lint: string): string {
  return `${ORIGIN}steps:
  # ${CREDENTIALS}
${indented(
  commands.map((line) => `- script: ${line}`),
  2,
)}
  - script: ${lint} --format azure-devops --report junit=leasehold.xml
  - task: PublishTestResults@2
    condition: always()
    inputs: { testResultsFormat: JUnit, testResultsFiles: leasehold.xml }
`;
}

function indented(lines: readonly string[], by: number): string {
  return lines.map((line) => ' '.repeat(by) + line).join('\n');
}
