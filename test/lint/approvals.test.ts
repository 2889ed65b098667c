// One identity that brings a change and lets it through, and those that only look like it.

import { describe, expect, it } from 'vitest';
import { lintPlan, policy, resource, role, told } from '../plans.js';

const PIPELINE = 'arn:aws:codepipeline:eu-west-1:123456789012:shop';
const REPOSITORY = 'arn:aws:codecommit:eu-west-1:123456789012:shop';
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const APPROVE = allow('codepipeline:PutApprovalResult', `${PIPELINE}/Release/Approve`);
const START = allow('codepipeline:StartPipelineExecution', PIPELINE);
const approvals = (...statements: object[]): string[] =>
  told(
    lintPlan([
      role('bot', allow('sts:AssumeRole', undefined, { Principal: { Service: 'lambda.amazonaws.com' } })),
      resource('aws_iam_role_policy.bot', { role: 'bot', policy: policy(statements) }),
    ]),
    'approval-missing',
  );

it.each<[string, object[]]>([
  ['the same pipeline', [APPROVE, START]],
  ['every pipeline', [allow('codepipeline:PutApprovalResult', '*'), START]],
  ['a pattern', [allow('codepipeline:Put*', `${PIPELINE}/*`), allow('codepipeline:Update*', PIPELINE)]],
  ['a condition of a stage', [allow('codepipeline:OverrideStageCondition', `${PIPELINE}/Release`), START]],
  [
    'a repository',
    [
      allow(
        ['codecommit:OverridePullRequestApprovalRules', 'codecommit:MergePullRequestBySquash'],
        REPOSITORY,
      ),
    ],
  ],
])('is told for %s', (_, statements) => expect(approvals(...statements)).toHaveLength(1));

it.each<[string, object[]]>([
  ['only answers approvals', [APPROVE]],
  ['only starts', [START, allow('codepipeline:GetPipelineState', PIPELINE)]],
  ['approves another pipeline', [allow('codepipeline:PutApprovalResult', `${PIPELINE}-staging/*`), START]],
  ['is denied to approve', [APPROVE, START, { ...APPROVE, Effect: 'Deny' }]],
  [
    'approves under a condition',
    [{ ...APPROVE, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }, START],
  ],
  ['merges what others approve', [allow('codecommit:MergePullRequestBySquash', REPOSITORY)]],
  ['may do anything, which is told already', [allow('*', '*')]],
])('is not told of one that %s', (_, statements) => expect(approvals(...statements)).toEqual([]));

describe('in Google Cloud', () => {
  const BOT = 'release@shop.iam.gserviceaccount.com';
  const given = (name: string, role: string, project: string, more: object = {}) =>
    resource(`google_project_iam_member.${name}`, {
      project,
      role,
      member: `serviceAccount:${BOT}`,
      ...more,
    });
  const google = (...grants: ReturnType<typeof given>[]): string[] =>
    told(
      lintPlan([
        resource('google_service_account.bot', { account_id: 'release', project: 'shop', email: BOT }),
        ...grants,
      ]),
      'approval-missing',
    );

  it('is told for both duties on one project', () => {
    expect(
      google(
        given('a', 'roles/clouddeploy.approver', 'shop'),
        given('b', 'roles/clouddeploy.releaser', 'shop'),
        given('c', 'roles/cloudbuild.builds.approver', 'shop'),
        given('d', 'roles/cloudbuild.builds.builder', 'shop'),
      ),
    ).toEqual([
      'google_service_account.bot: May bring a change (cloudbuild.builds.create) and let it through (cloudbuild.builds.approve) on shop',
      'google_service_account.bot: May bring a change (clouddeploy.releases.create) and let it through (clouddeploy.rollouts.approve) on shop',
    ]);
  });

  it('is told for a role of its own', () => {
    const custom = resource('google_project_iam_custom_role.r', {
      role_id: 'releaser',
      project: 'shop',
      name: 'projects/shop/roles/releaser',
      permissions: ['clouddeploy.rollouts.approve', 'clouddeploy.releases.create'],
    });
    expect(google(custom, given('a', 'projects/shop/roles/releaser', 'shop'))).toHaveLength(1);
  });

  it.each<[string, ReturnType<typeof given>[]]>([
    ['only approves', [given('a', 'roles/clouddeploy.approver', 'shop')]],
    [
      'approves in another project',
      [given('a', 'roles/clouddeploy.approver', 'staging'), given('b', 'roles/clouddeploy.releaser', 'shop')],
    ],
    [
      'approves builds and releases',
      [
        given('a', 'roles/cloudbuild.builds.approver', 'shop'),
        given('b', 'roles/clouddeploy.releaser', 'shop'),
      ],
    ],
    [
      'approves under a condition',
      [
        given('a', 'roles/clouddeploy.approver', 'shop', {
          condition: [
            { title: 'window', expression: 'api.getAttribute("clouddeploy.googleapis.com/x", "") == "y"' },
          ],
        }),
        given('b', 'roles/clouddeploy.releaser', 'shop'),
      ],
    ],
  ])('is not told of one that %s', (_, grants) => expect(google(...grants)).toEqual([]));
});
