import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { effectiveAccess } from '../../../src/policy/aws/effective.js';
import { managedPolicy } from '../../../src/policy/aws/managed.js';
import { judgeScope } from '../../../src/policy/aws/scope.js';
import { type ScopeVerdict, worse } from '../../../src/policy/scope-verdict.js';
import { ORIGIN } from './policies.js';

function verdict(name: string): ScopeVerdict | undefined {
  const found = managedPolicy(`arn:aws:iam::aws:policy/${name}`, ORIGIN);
  if (!found) return undefined;
  return worse(judgeScope(effectiveAccess(found.statements)).verdict, found.judged?.level ?? 'bounded');
}

describe('AWS-managed policies', () => {
  test.each<[string, ScopeVerdict]>([
    ['AdministratorAccess', 'unbounded'],
    ['PowerUserAccess', 'unbounded'],
    ['IAMFullAccess', 'unbounded'],
    ['AmazonS3FullAccess', 'broad'],
    ['AmazonSQSFullAccess', 'broad'],
    ['AmazonSNSFullAccess', 'broad'],
    ['AmazonSESFullAccess', 'broad'],
    ['AWSLambda_FullAccess', 'broad'],
    ['AmazonAPIGatewayInvokeFullAccess', 'broad'],
    ['AmazonEKSClusterPolicy', 'broad'],
    ['AmazonS3ReadOnlyAccess', 'broad'],
    ['ReadOnlyAccess', 'broad'],
    ['AmazonEC2ContainerRegistryPullOnly', 'bounded'],
    ['SecurityAudit', 'bounded'],
    ['job-function/ViewOnlyAccess', 'bounded'],
    ['AWSBillingReadOnlyAccess', 'bounded'],
    ['AWSXRayDaemonWriteAccess', 'bounded'],
    ['AmazonSSMManagedInstanceCore', 'bounded'],
    ['service-role/AWSLambdaBasicExecutionRole', 'bounded'],
    ['service-role/AmazonECSTaskExecutionRolePolicy', 'bounded'],
    ['service-role/NotRecordedRole', 'bounded'],
    // Not recorded: judged by the name.
    ['AmazonTimeMachineFullAccess', 'broad'],
    ['AmazonTimeMachineReadOnlyAccess', 'bounded'],
    ['AmazonTimeMachinePolicy', 'undecided'],
  ])('%s is %s', (name, expected) => {
    expect(verdict(name)).toBe(expected);
  });

  test('a judgement by name says so', () => {
    expect(managedPolicy('arn:aws:iam::aws:policy/AmazonTimeMachineFullAccess', ORIGIN)).toEqual({
      name: 'AmazonTimeMachineFullAccess',
      statements: [],
      judged: {
        level: 'broad',
        text: 'AmazonTimeMachineFullAccess, judged by its name: its content is not recorded',
      },
    });
  });

  test('a partition that is not known yet has them too', () => {
    const partition = symbol('data.aws_partition.current.partition', true);
    expect(
      managedPolicy(`arn:${partition}:iam::aws:policy/AmazonSQSFullAccess`, ORIGIN)?.statements,
    ).not.toEqual([]);
  });

  test('other partitions have the same policies', () => {
    expect(
      managedPolicy('arn:aws-us-gov:iam::aws:policy/AmazonSQSFullAccess', ORIGIN)?.statements,
    ).not.toEqual([]);
  });

  test.each([
    'arn:aws:iam::123456789012:policy/AdministratorAccess',
    'AdministratorAccess',
    'arn:aws:iam::aws:policy/',
    'arn:aws:iam::aws:policy/x"y',
    `arn:aws:iam::aws:policy/${'a/'.repeat(50_000)}*`,
  ])('%.60s is none of them', (arn) => {
    expect(managedPolicy(arn, ORIGIN)).toBeUndefined();
  });
});
