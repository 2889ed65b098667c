// Sources in a folder: beside plan JSON they tell what a binary plan tells, and without any plan they are linted
// themselves.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlanFileReader } from '../../src/index.js';
import { withSources } from '../../src/input/attach-sources.js';
import { readConfigurationPlan } from '../../src/input/configuration-plan.js';
import { readPlan } from '../../src/input/read-plan.js';
import type { LintReport } from '../../src/lint/report.js';
import { type Plan, PlanError } from '../../src/plan/model.js';
import { renderJson } from '../../src/reporters/json.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { planOf, reportOn } from '../configurations.js';
import { folderAt, folderOf } from '../folder.js';

const stacks = join(import.meta.dirname, '..', 'fixtures', 'stacks');
const parser = await loadGrammar();
const planFile = await loadPlanFileReader();
const now = new Date('2026-11-23T00:00:00Z');
const same = (path: string): string => path;

/** What a user gets, but for the line about the file. */
function printed(report: LintReport): string {
  const input = { path: '', kind: 'plan-json', sha256: '', terraformVersion: null, producer: null } as const;
  return renderJson([{ ...report, input }], { name: 'leasehold', version: '0' });
}

function valuesIn(plan: Plan): Record<string, unknown> {
  return Object.fromEntries(plan.resources.map(({ address, values }) => [address, values]));
}

describe.each(readdirSync(stacks).filter((stack) => existsSync(join(stacks, stack, 'tfplan'))))(
  '%s',
  (stack) => {
    const file = (name: string): Buffer => readFileSync(join(stacks, stack, name));
    const folder = folderAt(join(stacks, stack));
    const binary = reportOn(readPlan('p', file('tfplan'), (bytes) => planFile(bytes, folder)).plan);

    it('tells the same from plan JSON with its sources as from the binary plan', () => {
      const { plan, strangers } = withSources(readPlan('p', file('plan.json')).plan, folder, parser, same);
      expect(strangers).toEqual([]);
      expect(printed(reportOn(plan))).toBe(printed(binary));
    });

    // What only a state or an earlier plan knows cannot be in a folder.
    it.skipIf(stack === 'lifecycle')('finds the same errors without a plan', () => {
      const told = ({ findings }: Pick<LintReport, 'findings'>): string[] =>
        findings.flatMap(({ severity, rule, address }) =>
          severity === 'error' ? [`${rule} ${address}`] : [],
        );
      expect(told(reportOn(readConfigurationPlan(folder, parser, same, now).plan))).toEqual(told(binary));
    });
  },
);

describe('a folder', () => {
  it('expands count and for_each, and follows modules that are there', () => {
    const plan = planOf({
      'main.tf': `
        locals { teams = { b = "Blue", a = "Amber" } }
        module "team" {
          for_each = local.teams
          source   = "./team"
          name     = each.value
        }
        resource "aws_iam_user" "u" {
          count = 2
          name  = "u-\${count.index}"
        }
        output "first" { value = aws_iam_user.u[0].name }`,
      'team/main.tf': `
        variable "name" { type = string }
        resource "aws_iam_role" "r" { name = lower(var.name) }`,
    });
    expect(valuesIn(plan)).toEqual({
      'aws_iam_user.u[0]': { name: 'u-0' },
      'aws_iam_user.u[1]': { name: 'u-1' },
      'module.team["a"].aws_iam_role.r': { name: 'amber' },
      'module.team["b"].aws_iam_role.r': { name: 'blue' },
    });
    expect(plan.outputs).toMatchObject([{ name: 'first', value: 'u-0', unknown: false }]);
    expect(plan.resources[2]?.config?.locate?.(['name'])).toEqual({
      file: 'team/main.tf',
      line: 3,
      column: 39,
    });
  });

  it('takes variables from the files that are read without being asked for', () => {
    const plan = planOf({
      'main.tf': `
        variable "a" { default = "default" }
        variable "b" { default = "default" }
        variable "c" { type = number }
        resource "aws_iam_role" "r" { name = "\${var.a}-\${var.b}-\${var.c}" }`,
      'terraform.tfvars': 'a = "file"\nb = "file"\n',
      'z.auto.tfvars.json': '{"b": "automatic", "c": "3"}',
    });
    expect(valuesIn(plan)).toEqual({ 'aws_iam_role.r': { name: 'file-automatic-3' } });
  });

  it('keeps what is not known as a symbol, and says what it is', () => {
    const plan = planOf({
      'main.tf': `
        variable "who" {}
        resource "aws_s3_bucket" "b" { bucket = var.who }
        resource "aws_iam_role" "r" { description = "reads \${aws_s3_bucket.b.arn}" }`,
    });
    const [role, bucket] = plan.resources;
    expect(bucket).toMatchObject({ values: {}, unknown: { bucket: true } });
    expect(role?.values.description).toBe('reads \uE000aws_s3_bucket.b.arn\uE002');
  });

  it('adds the tags of the provider, whatever it is called', () => {
    const plan = planOf({
      'main.tf': `
        provider "aws" {
          alias = "payments"
          default_tags { tags = { owner = "team-payments", stage = "prod" } }
        }
        resource "aws_iam_role" "r" {
          provider = aws.payments
          tags     = { stage = "dev" }
        }`,
    });
    expect(plan.resources[0]?.values.tags_all).toEqual({ owner: 'team-payments', stage: 'dev' });
  });

  it('tells of identities that cannot be counted, of modules that are not there, and of broken files', () => {
    const plan = planOf({
      'main.tf': `
        variable "teams" { type = map(string) }
        module "far" { source = "terraform-aws-modules/iam/aws" }
        resource "aws_iam_role" "r" {
          for_each = var.teams
          name     = each.key
        }`,
      'z.tf': 'resource "aws_iam_role" {{{',
    });
    expect(plan.gaps).toEqual([
      { kind: 'file', address: 'z.tf', location: expect.objectContaining({ file: 'z.tf' }) },
      { kind: 'module', address: 'module.far' },
      { kind: 'count', address: 'aws_iam_role.r', reference: 'var.teams' },
    ]);
    const told = reportOn(plan).findings.filter(({ category }) => category === 'undecided');
    expect(told.map(({ address }) => address)).toEqual(
      expect.arrayContaining(['aws_iam_role.r', 'module.far', 'z.tf']),
    );
  });

  it('finds modules where init has put them', () => {
    const plan = planOf({
      'main.tf': 'module "far" { source = "acme/far/aws" }',
      '.terraform/modules/modules.json':
        '{"Modules":[{"Key":"far","Source":"x","Dir":".terraform/modules/far"}]}',
      '.terraform/modules/far/main.tf': 'resource "aws_iam_role" "r" { name = "far" }',
    });
    expect(valuesIn(plan)).toEqual({ 'module.far.aws_iam_role.r': { name: 'far' } });
  });

  it('stops at modules that call themselves', () => {
    const plan = planOf({ 'main.tf': 'module "again" { source = "./" }' });
    expect(plan.gaps?.length).toBe(1);
  });

  it('reads files and templates beside it', () => {
    const plan = planOf({
      'main.tf': `
        resource "aws_iam_policy" "p" {
          name   = file("name.txt")
          policy = templatefile("\${path.module}/policy.tftpl", { actions = ["s3:GetObject", "s3:List*"], arn = aws_s3_bucket.b.arn })
        }
        resource "aws_s3_bucket" "b" {}`,
      'name.txt': 'reader',
      'policy.tftpl':
        '{"Statement":[%{ for a in actions ~}\n{"Action":"${a}"},\n%{ endfor ~}\n{"Resource":"${arn}"}]}',
    });
    expect(plan.resources[0]?.values).toEqual({
      name: 'reader',
      policy:
        '{"Statement":[{"Action":"s3:GetObject"},\n{"Action":"s3:List*"},\n{"Resource":"\uE000aws_s3_bucket.b.arn\uE002"}]}',
    });
  });
});

it('refuses sources that are those of another plan', () => {
  const { plan } = readPlan('p', readFileSync(join(stacks, 'privesc', 'plan.json')));
  expect(() => withSources(plan, folderAt(join(stacks, 'clusters')), parser, same)).toThrow(PlanError);
});

it('names the blocks that the sources lack, and keeps the plan as it is there', () => {
  const { plan } = readPlan('p', readFileSync(join(stacks, 'privesc', 'plan.json')));
  const text = readFileSync(join(stacks, 'privesc', 'main.tf'), 'utf8');
  const [, name = ''] = /resource "aws_iam_role" "([^"]+)"/.exec(text) ?? [];
  const folder = folderOf({ 'main.tf': text.replace(`"aws_iam_role" "${name}"`, '"aws_iam_role" "other"') });
  expect(withSources(plan, folder, parser, same).strangers).toEqual([`aws_iam_role.${name}`]);
});
