// The first minute with the tool: what is found in a folder, what is written there, and that it runs.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CI_SYSTEMS, type Project, projectIn, TOOLS } from '../../src/commands/project.js';
import { configFile, pipelineFile } from '../../src/commands/starter-files.js';
import { openConfig } from '../../src/lint/config.js';
import { folderOf } from '../folder.js';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.js');
const stack = join(root, 'test/fixtures/stacks/mixed-clean');
const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function place(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'leasehold-init-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function leasehold(
  cwd: string,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

describe('what a folder is', () => {
  const cases: [string, Record<string, string>, Partial<Project>][] = [
    ['nothing', {}, { tool: 'terraform', because: undefined, roots: ['.'], ci: 'none' }],
    ['Terraform', { 'main.tf': '' }, { tool: 'terraform', because: '*.tf', roots: ['.'] }],
    ['OpenTofu by a file', { 'main.tofu': '' }, { tool: 'tofu' }],
    [
      'OpenTofu by its lock file, in two folders',
      {
        'a/main.tf': '',
        'a/.terraform.lock.hcl': 'provider "registry.opentofu.org/hashicorp/aws" {}',
        'b/main.tf': '',
        'b/.terraform.lock.hcl': '',
        'modules/c/main.tf': '',
      },
      { tool: 'tofu', roots: ['a', 'b'] },
    ],
    ['Terragrunt', { 'live/prod/terragrunt.hcl': '', 'mods/a.tf': '' }, { tool: 'terragrunt', roots: ['.'] }],
    [
      'CDKTF',
      { 'cdktf.json': '{}', 'package.json': '{"dependencies":{"cdktf":"1"}}' },
      { tool: 'cdktf', hasNpm: true },
    ],
    [
      'CDK Terrain',
      { 'cdktf.json': '{}', 'package.json': '{"dependencies":{"cdktn":"1"}}' },
      { tool: 'cdktn' },
    ],
    [
      'GitLab before GitHub',
      { '.gitlab-ci.yml': '', '.github/CODEOWNERS': '' },
      { ci: 'gitlab', codeowners: '.github/CODEOWNERS' },
    ],
    ['Azure DevOps', { 'azure-pipelines.yml': '' }, { ci: 'azure-devops' }],
    [
      'GitHub by its remote',
      { '.git/config': '[remote]\n\turl = git@github.com:acme/infra.git' },
      { ci: 'github' },
    ],
    ['another system', { Jenkinsfile: '' }, { ci: 'none', otherCi: ['Jenkinsfile'] }],
    ['a name that a shell would read', { 'a;id/main.tf': '', '$(id)/main.tf': '' }, { roots: ['.'] }],
  ];
  it.each(cases)('%s', (_, files, expected) => {
    expect(projectIn(folderOf(files))).toMatchObject(expected);
  });
});

const PROJECT: Project = {
  tool: 'terraform',
  because: undefined,
  roots: ['.', 'infra/net'],
  ci: 'none',
  ciBecause: undefined,
  otherCi: [],
  hasNpm: false,
  codeowners: undefined,
  plans: [],
};

describe('what is written', () => {
  it.each([true, false])('is a configuration that is valid (npm: %s)', (hasNpm) => {
    const { path, text } = configFile({ ...PROJECT, hasNpm }, '0.1.0');
    expect(openConfig(path, text).read({ knownRules: [], readFile: () => '' }).profile).toBe('recommended');
    expect(parse(text).$schema).toContain('/dist/config.schema.json');
    const all = text.replace(/^# (?=\w+:| {2}\w)/gm, '');
    expect(openConfig(path, all).read({ knownRules: [], readFile: () => '* @acme/team' })).toBeDefined();
  });

  const pairs = CI_SYSTEMS.flatMap((ci) => TOOLS.map((tool) => [ci, tool] as const)).filter(
    ([ci]) => ci !== 'none',
  );
  it.each(pairs)('is YAML for %s and %s', (ci, tool) => {
    const file = pipelineFile({ ...PROJECT, tool }, ci, '0.1.0');
    expect(typeof parse(file?.text ?? '')).toBe('object');
    expect(file?.text).toContain('leasehold@0.1.0 lint ');
  });

  it('is the action of GitHub that its schema of steps allows: each step uses or runs', () => {
    for (const tool of TOOLS) {
      const file = parse(pipelineFile({ ...PROJECT, tool }, 'github', '0.1.0')?.text ?? '');
      for (const step of file.jobs.leasehold.steps) expect('uses' in step).not.toBe('run' in step);
    }
  });
});

describe('the job that is written runs', () => {
  const plan = join(stack, 'tfplan');
  const synth = join(
    place({ 'cdk.tf.json': '{"//":{"metadata":{}},"terraform":{},"resource":{}}' }),
    'cdk.tf.json',
  );
  const stand = place({
    npx: `#!/bin/sh\ncase "$2" in leasehold@*) shift 2; exec '${process.execPath}' '${cli}' "$@";; esac\nmkdir -p cdktf.out/stacks/a; cp '${synth}' cdktf.out/stacks/a/\n`,
    npm: '#!/bin/sh\n',
    terraform: `#!/bin/sh\ncase "$1" in -chdir=*) cd "\${1#-chdir=}"; shift;; esac\nif [ "$1" = plan ]; then cp '${plan}' tfplan; fi\n`,
    terragrunt: `#!/bin/sh\nmkdir -p "$5/net" && cp '${plan}' "$5/net/tfplan.tfplan"\n`,
  });
  for (const name of ['npx', 'npm', 'terraform', 'terragrunt']) chmodSync(join(stand, name), 0o755);

  const run = (script: string, cwd: string) =>
    spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
      cwd,
      encoding: 'utf8',
      env: { PATH: stand + delimiter + process.env.PATH, GITHUB_STEP_SUMMARY: join(cwd, 'summary') },
    });

  it.each(['terraform', 'terragrunt', 'cdktf'] as const)('on GitHub, for %s', (tool) => {
    const cwd = place({ 'infra/net/main.tf': '' });
    const { jobs } = parse(pipelineFile({ ...PROJECT, tool }, 'github', '0.1.0')?.text ?? '');
    for (const { run: line } of jobs.leasehold.steps.filter((step: object) => 'run' in step)) {
      const { status, stderr } = run(line, cwd);
      expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' });
    }
    expect(JSON.parse(readFileSync(join(cwd, 'leasehold.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(cwd, 'summary'), 'utf8')).toContain('Machine access');
  });

  it('on GitLab, where its artifacts are what the next job lints', () => {
    const cwd = place({ 'infra/net/main.tf': '' });
    const jobs = parse(pipelineFile(PROJECT, 'gitlab', '0.1.0')?.text ?? '');
    for (const line of jobs['leasehold-plan'].script) expect(run(line, cwd).status, line).toBe(0);
    for (const path of jobs['leasehold-plan'].artifacts.paths)
      expect(existsSync(join(cwd, path)), path).toBe(true);
    for (const line of jobs.leasehold.script) expect(run(line, cwd)).toMatchObject({ status: 0, stderr: '' });
    for (const path of Object.values(jobs.leasehold.artifacts.reports as Record<string, string>))
      expect(existsSync(join(cwd, path)), path).toBe(true);
  });
});

describe('leasehold init', () => {
  it('writes, says what is next, and overwrites only when told to', () => {
    const cwd = place({ 'main.tf': '', '.gitlab-ci.yml': 'mine: 1\n' });
    const first = leasehold(cwd, 'init');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('Found Terraform (*.tf) and GitLab CI (.gitlab-ci.yml).');
    expect(first.stdout).toContain('include: [{ local: .gitlab/leasehold.yml }]');
    expect(first.stdout).toContain('leasehold lint tfplan');
    expect(readFileSync(join(cwd, '.gitlab-ci.yml'), 'utf8')).toBe('mine: 1\n');

    writeFileSync(join(cwd, 'leasehold.yaml'), 'profile: strict\n');
    expect(leasehold(cwd, 'init').stdout).toContain('kept     leasehold.yaml');
    expect(readFileSync(join(cwd, 'leasehold.yaml'), 'utf8')).toBe('profile: strict\n');
    expect(leasehold(cwd, 'init', '--force').stdout).toContain('replaced leasehold.yaml');
    expect(readFileSync(join(cwd, 'leasehold.yaml'), 'utf8')).toContain('$schema');
  });

  it('follows no link that is there', () => {
    const cwd = place({ 'main.tf': '' });
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'leasehold.yaml'));
    expect(leasehold(cwd, 'init')).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(join(cwd, 'elsewhere'))).toBe(false);
  });
});

describe('leasehold doctor', () => {
  it('is content with a folder that init has prepared', () => {
    const cwd = place({ 'main.tf': '', '.github/CODEOWNERS': '' });
    writeFileSync(join(cwd, 'tfplan'), readFileSync(join(stack, 'tfplan')));
    leasehold(cwd, 'init');
    const { status, stdout } = leasehold(cwd, 'doctor');
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/note|FIX/);
    expect(stdout).toMatch(/tfplan: plan file of .*, with sources/);
    expect(stdout).toContain('.github/workflows/leasehold.yml runs it');
  });

  it('names what is in the way', () => {
    const cwd = place({
      'leasehold.yaml': 'prfile: strict\n',
      'plan.json': '{"a":1}',
      Jenkinsfile: 'sh "make"',
    });
    const { status, stdout } = leasehold(cwd, 'doctor');
    expect(status).toBe(1);
    expect(stdout).toMatch(/FIX +config .*unknown key/);
    expect(stdout).toMatch(/FIX +plan .*plan\.json/);
    expect(stdout).toContain('no pipeline runs it (found: Jenkinsfile)');
  });
});
