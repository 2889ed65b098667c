import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import {
  isEveryObjectOf,
  isEveryResource,
  isEveryResourceOfAnAccount,
  mayBeObjectOf,
} from '../../../src/policy/aws/arn.js';

const account = symbol('data.aws_caller_identity.current.account_id', true);
const bucket = symbol('aws_s3_bucket.raw.arn', true);

test.each([
  ['*', true, true],
  ['**', true, true],
  ['arn:*', true, true],
  ['arn:aws:*', true, true],
  ['arn:*:*:*:*:*', true, true],
  ['arn:aws:*:*:123456789012:*', false, true],
  [`arn:aws:*:*:${account}:*`, false, true],
  ['arn:aws:*:eu-west-1:123456789012:*', false, false],
  ['arn:aws:s3:::*', false, false],
  [bucket, false, false],
  ['?', false, false],
])('everything: %s', (pattern, everywhere, inAccount) => {
  expect(isEveryResource(pattern)).toBe(everywhere);
  expect(isEveryResourceOfAnAccount(pattern)).toBe(inAccount);
});

describe('every object of a type', () => {
  test.each([
    ['iam::$:role/$', '*', true],
    ['iam::$:role/$', 'arn:aws:iam::123456789012:role/*', true],
    ['iam::$:role/$', `arn:aws:iam::${account}:role/*`, true],
    ['iam::$:role/$', 'arn:aws:iam::*', true],
    ['iam::$:role/$', 'arn:aws:iam::123456789012:role/app-*', false],
    ['iam::$:role/$', 'arn:aws:iam::123456789012:role/service-role/*', false],
    ['iam::$:role/$', 'arn:aws:iam::123456789012:user/*', false],
    ['iam::$:role/$', 'arn:aws:iam::*:role/deploy', false],
    ['s3:::$', 'arn:aws:s3:::*', true],
    ['s3:::$/$', 'arn:aws:s3:::*', true],
    ['s3:::$/$', 'arn:aws:s3:::*/*', true],
    ['s3:::$', 'arn:aws:s3:::*/*', true],
    ['s3:::$/$', 'arn:aws:s3:::raw/*', false],
    ['s3:::$/$', `${bucket}/*`, false],
    ['s3:::$/$', 'arn:aws:s3*', true],
    ['dynamodb:$:$:table/$', 'arn:aws:dynamodb:eu-west-1:123456789012:table/*', true],
    ['dynamodb:$:$:table/$/index/$', 'arn:aws:dynamodb:*:*:table/*/index/*', true],
    ['logs:$:$:log-group:$', 'arn:aws:logs:*:*:*', true],
    ['logs:$:$:log-group:$:log-stream:$', 'arn:aws:logs:*:*:log-group:*:*', true],
    ['logs:$:$:log-group:$', 'arn:aws:logs:*:*:log-group:/aws/lambda/*', false],
    ['secretsmanager:$:$:secret:$', 'arn:aws:secretsmanager:eu-west-1:1:secret:*', true],
    ['ssm:$:$:parameter/$', 'arn:aws:ssm:eu-west-1:1:parameter/*', true],
    ['ssm:$:$:parameter/$', 'arn:aws:ssm:eu-west-1:1:parameter*', true],
    ['sqs:$:$:$', 'arn:aws:sqs:*:*:orders', false],
    ['es:$:$:domain/$', 'arn:aws:es:eu-west-1:1:domain/*/*', true],
    ['ssm:$:$:opsitemgroup/default', 'arn:aws:ssm:eu-west-1:1:opsitemgroup/default', false],
  ])('%s by %s: %s', (format, pattern, expected) => {
    expect(isEveryObjectOf(format, pattern)).toBe(expected);
  });
});

test.each([
  ['iam::$:user/$', 'arn:aws:iam::1:role/x', false],
  ['iam::$:role/$', 'arn:aws:iam::1:role/x', true],
  ['iam::$:role/$', '*', true],
  ['iam::$:role/$', symbol('aws_iam_role.x.arn', true), true],
])('%s may be %s: %s', (format, pattern, expected) => {
  expect(mayBeObjectOf(format, pattern)).toBe(expected);
});
