// One identity that brings a change and lets it through, and those that only look like it.

import { expect, it } from 'vitest';
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
