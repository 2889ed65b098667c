// What becomes of a package in time: until its end, at the first apply after it, and where only the first apply says when
// it begins. OpenTofu's side is played by the evaluator, which is held against the real one in `test/source`.

import { describe, expect, it } from 'vitest';
import {
  AwsAccessPackage,
  type AwsAccessPackageProps,
  AwsEntitlement,
  AwsPrincipal,
  AzureAccessPackage,
  FIRST_APPLY,
  Resource,
} from '../../constructs/index.js';
import { type LintReport, lint } from '../../src/index.js';
import { readConfigurationPlan } from '../../src/input/configuration-plan.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { folderOf } from '../folder.js';
import { only, type Synthesised, synthesise } from './synth.js';

const parser = await loadGrammar();
const TERMS = {
  owner: 'team-payments@example.com',
  purpose: 'Settles card payments',
  scope: [AwsEntitlement.receiveMessages('arn:aws:sqs:eu-west-1:123456789012:settlements')],
};
const UNTIL_FEBRUARY = { ...TERMS, ttl: '90d', starts: '2026-11-01' } as const;
const FROM_FIRST_APPLY = { ...TERMS, ttl: '36h', starts: FIRST_APPLY } as const;

function worker(props: AwsAccessPackageProps): Synthesised {
  return synthesise((stack) => {
    const access = new AwsAccessPackage(stack, 'payments', props);
    const { roleArn } = access.workload('worker', { assumedBy: AwsPrincipal.ecsTask() });
    new Resource(stack, 'task', 'aws_ecs_task_definition', { family: 'worker', task_role_arn: roleArn });
    new Resource(
      stack,
      'function',
      'aws_lambda_function',
      { function_name: 'worker', role: roleArn },
      { count: access.countUntilEnd },
    );
  });
}

/** Types of what an apply at that moment would leave, each with the index that it has. */
function left(json: Synthesised, at: string): string[] {
  const folder = folderOf({ 'main.tf.json': JSON.stringify(json) });
  const { plan } = readConfigurationPlan(folder, parser, (path) => path, new Date(at));
  return plan.resources
    .filter((one) => one.mode === 'managed')
    .map((one) => `${one.type}${one.key === undefined ? '' : `[${one.key}]`}`)
    .sort();
}

const judged = (json: Synthesised): LintReport['identities'] =>
  lint(JSON.stringify(json), { profile: 'strict', now: new Date('2026-11-23T00:00:00Z') }).identities;

describe('a package on AWS', () => {
  it('is there until its end', () => {
    expect(left(worker(UNTIL_FEBRUARY), '2027-01-29T23:59:59Z')).toEqual([
      'aws_ecs_task_definition',
      'aws_iam_policy[0]',
      'aws_iam_role[0]',
      'aws_iam_role_policy[0]',
      'aws_lambda_function[0]',
    ]);
  });

  it('goes with the first apply after it, and leaves what is not its own', () => {
    expect(left(worker(UNTIL_FEBRUARY), '2027-01-30T00:00:00Z')).toEqual(['aws_ecs_task_definition']);
  });

  it('leaves nothing that keeps it from going', () => {
    const json = worker(UNTIL_FEBRUARY);
    const [role] = Object.keys(json.resource.aws_iam_role);
    expect(only(json.resource, 'aws_iam_role').force_detach_policies).toBe(true);
    // What stays must not name an instance that is gone.
    expect(only(json.resource, 'aws_ecs_task_definition').task_role_arn).toBe(
      `\${one(aws_iam_role.${role}[*].arn)}`,
    );
  });
});

describe('a package on Azure', () => {
  it('takes its assignments away, and leaves the identity to what runs as it', () => {
    const json = synthesise((stack) => {
      new AzureAccessPackage(stack, 'invoices', {
        owner: 'team-billing@example.com',
        expires: '2027-01-31',
        scope: [{ role: '/roles/reader', scope: '/subscriptions/a/resourceGroups/billing' }],
      }).workload('reader', { resourceGroupName: 'billing', location: 'westeurope' });
    });
    expect(left(json, '2027-02-01T00:00:00Z')).toEqual(['azurerm_user_assigned_identity']);
  });
});

describe('a package that counts from the first apply', () => {
  const json = worker(FROM_FIRST_APPLY);

  it('keeps the start in the state, whatever the day of the synth', () => {
    expect(only(json.resource, 'time_offset')).toMatchObject({ offset_hours: 36 });
    const [term] = Object.keys(json.resource.time_offset);
    expect(JSON.stringify(json.data)).toContain(`\${time_offset.${term}.rfc3339}`);
  });

  it('says how long it lasts where it cannot say until when, so that no tag is hidden', () => {
    expect(only(json.resource, 'aws_iam_role').tags).toMatchObject({ ttl: '36h' });
    expect(only(json.resource, 'aws_iam_role').tags).not.toHaveProperty('expires');
  });

  it('has no count, which Terraform must know before', () => {
    expect(JSON.stringify(json)).not.toContain('plantimestamp');
  });

  it('ends by the platform in the eyes of the linter', () => {
    expect(judged(json)).toMatchObject([
      { owner: { verdict: 'declared' }, expiry: { verdict: 'enforced' }, scope: { verdict: 'bounded' } },
    ]);
  });
});

describe('a role that is there already', () => {
  const json = synthesise((stack) => {
    new AwsAccessPackage(stack, 'payments', UNTIL_FEBRUARY).workloadFromRole('worker', {
      roleName: 'legacy-worker',
      path: '/service/',
      assumedBy: AwsPrincipal.ec2(),
      session: '2h',
    });
  });

  it('is imported, as long as it is to be there', () => {
    const [role] = Object.keys(json.resource.aws_iam_role);
    expect(json.import).toEqual([
      {
        for_each: '${timecmp(plantimestamp(), "2027-01-30T00:00:00Z") < 0 ? toset(["0"]) : toset([])}',
        to: `aws_iam_role.${role}[0]`,
        id: 'legacy-worker',
      },
    ]);
  });

  it('has the trust and the boundary of the package from then on', () => {
    expect(only(json.resource, 'aws_iam_role')).toMatchObject({
      name: 'legacy-worker',
      path: '/service/',
      max_session_duration: 7200,
      permissions_boundary: expect.stringContaining('aws_iam_policy'),
    });
    expect(judged(json)).toMatchObject([{ package: 'payments', expiry: { verdict: 'enforced' } }]);
  });
});
