import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ACTIONS_FILE, actionsLines } from '../../../scripts/generate-actions.js';
import { actionOf, actionsOfService, changes, readActionPattern } from '../../../src/policy/aws/actions.js';

test('the table is that of the installed package', async () => {
  // `npm run generate` makes it so.
  expect(readFileSync(ACTIONS_FILE, 'utf8') === (await actionsLines())).toBe(true);
}, 60_000);

describe('actions', () => {
  test.each([
    ['s3:getobject', 's3:GetObject', 'read', true],
    ['iam:PassRole', 'iam:PassRole', 'write', true],
    ['IAM:CREATEPOLICYVERSION', 'iam:CreatePolicyVersion', 'permissions', true],
    ['ec2:CreateTags', 'ec2:CreateTags', 'tagging', true],
    ['ecr:GetAuthorizationToken', 'ecr:GetAuthorizationToken', 'read', false],
    ['s3:ListAllMyBuckets', 's3:ListAllMyBuckets', 'list', false],
    ['cloudwatch:PutMetricData', 'cloudwatch:PutMetricData', 'write', false],
    ['rds-db:connect', 'rds-db:connect', 'permissions', true],
    // Not in the table: judged by its name.
    ['shop:SellThing', 'shop:SellThing', 'write', true],
    ['s3:DescribeNothing', 's3:DescribeNothing', 'read', true],
    ['shop:ListThings', 'shop:ListThings', 'list', true],
    ['nonsense', 'nonsense', 'write', true],
    ['constructor:toString', 'constructor:toString', 'write', true],
  ])('%s', (name, written, level, resourceLevel) => {
    expect(actionOf(name)).toMatchObject({ name: written, level, resourceLevel });
  });

  test('ARN formats of what they work on', () => {
    expect(actionOf('iam:PassRole').formats).toEqual(['iam::$:role/$']);
    expect(actionOf('dynamodb:Query').formats).toContain('dynamodb:$:$:table/$/index/$');
  });

  test('lists are no changes, whatever the reference says', () => {
    expect(changes(actionOf('iot:ListSubscriptions'))).toBe(false);
    expect(changes(actionOf('kms:Decrypt'))).toBe(true);
  });
});

describe('action patterns', () => {
  test.each(['*', '*:*', '**', '?*:*'])('%s is everything', (pattern) => {
    expect(readActionPattern(pattern)).toEqual([{ kind: 'everything' }]);
  });

  test.each(['s3:*', 'S3:**', 's3:?*'])('%s is a service', (pattern) => {
    expect(readActionPattern(pattern)).toEqual([{ kind: 'service', service: 's3' }]);
  });

  test.each([
    ['iam:Put*Policy', ['iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:PutUserPolicy']],
    ['IAM:put?serpolicy', ['iam:PutUserPolicy']],
    ['iam:PassRole', ['iam:PassRole']],
    ['iam:Sing*', []],
    ['shop:Get*', ['shop:get*']],
  ])('%s', (pattern, names) => {
    expect(readActionPattern(pattern)).toEqual([{ kind: 'actions', names }]);
  });

  test('a wildcard in the service takes in several', () => {
    expect(readActionPattern('s3*:*')).toContainEqual({ kind: 'service', service: 's3-object-lambda' });
  });

  test('one action of a service that has only one is not the whole service', () => {
    expect(actionsOfService('rds-db')).toEqual(['rds-db:connect']);
    expect(readActionPattern('rds-db:connect')).toEqual([{ kind: 'actions', names: ['rds-db:connect'] }]);
  });
});
