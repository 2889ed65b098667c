import { describe, expect, it } from 'vitest';
import { binds, boundTo, readOperator, takesWildcards } from '../../../src/policy/aws/conditions.js';
import type { Condition } from '../../../src/policy/aws/statement.js';

const condition = (operator: string, values: string[] = ['a'], key = 'aws:SourceAccount'): Condition => ({
  operator,
  key,
  values,
});

describe('readOperator', () => {
  it.each([
    ['StringEquals', 'stringequals', undefined, false, false],
    ['stringlikeifexists', 'stringlike', undefined, true, false],
    ['ForAllValues:StringLike', 'stringlike', 'all', false, false],
    ['ForAnyValue:StringNotLikeIfExists', 'stringnotlike', 'any', true, true],
    ['NotIpAddress', 'notipaddress', undefined, false, true],
    ['DateNotEquals', 'datenotequals', undefined, false, true],
    ['ArnNotEquals', 'arnnotequals', undefined, false, true],
    ['Nonsense Operator!', 'nonsense operator!', undefined, false, false],
  ])('takes %s apart', (text, base, set, ifExists, negated) => {
    expect(readOperator(text)).toEqual({ base, set, ifExists, negated });
  });
});

describe('binds', () => {
  it.each([
    'StringEquals',
    'StringLike',
    'ArnLike',
    'Bool',
    'IpAddress',
    'DateLessThan',
    'ForAnyValue:StringEquals',
  ])('%s does', (operator) => expect(binds(condition(operator))).toBe(true));

  it.each([
    'StringEqualsIfExists',
    'ForAllValues:StringEquals',
    'StringNotEquals',
    'ArnNotLike',
    'NotIpAddress',
    'Null',
  ])('%s does not', (operator) => expect(binds(condition(operator))).toBe(false));

  it('does not without a value', () => expect(binds(condition('StringEquals', []))).toBe(false));
});

it('knows which operators take wildcards', () => {
  const operators = ['StringLike', 'ArnLike', 'ArnEquals', 'ForAnyValue:StringLike', 'StringEquals', 'Bool'];
  expect(operators.map((one) => takesWildcards(condition(one)))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe('boundTo', () => {
  it('compares keys without case', () => {
    expect(boundTo([condition('StringEquals', ['1'], 'IAM:PassedToService')], 'iam:PassedToService')).toEqual(
      ['1'],
    );
  });

  it('passes over what does not bind', () => {
    const conditions = [
      condition('StringEqualsIfExists', ['1']),
      condition('StringLike', ['*']),
      condition('StringLike', ['2*']),
    ];
    expect(boundTo(conditions, 'aws:sourceaccount')).toEqual(['2*']);
    expect(boundTo(conditions.slice(0, 2), 'aws:sourceaccount')).toBeUndefined();
  });
});
