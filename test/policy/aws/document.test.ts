import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { parsePolicy, statementsOf } from '../../../src/policy/aws/document.js';
import { ORIGIN } from './policies.js';

const read = (document: unknown) => statementsOf(document, ORIGIN);

test('strings stand for lists, one statement for many', () => {
  expect(
    parsePolicy('{"Statement":{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}', ORIGIN),
  ).toEqual({
    statements: [
      {
        effect: 'Allow',
        sid: 'A',
        actions: ['s3:GetObject'],
        resources: ['*'],
        conditions: [],
        origin: ORIGIN,
        index: 1,
      },
    ],
  });
});

test('all elements', () => {
  const result = read({
    Statement: [
      {
        Effect: 'Deny',
        NotAction: ['iam:Get*'],
        NotResource: ['a', 'b'],
        NotPrincipal: { AWS: 'arn:aws:iam::1:root', Service: ['x', 'y'] },
        Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:max-keys': [10] } },
      },
      { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
    ],
  });
  expect(result).toMatchObject({
    statements: [
      {
        notActions: ['iam:Get*'],
        notResources: ['a', 'b'],
        notPrincipals: { AWS: ['arn:aws:iam::1:root'], Service: ['x', 'y'] },
        conditions: [
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
          { operator: 'NumericLessThan', key: 's3:max-keys', values: ['10'] },
        ],
        index: 1,
      },
      { principals: { AWS: ['*'] }, index: 2 },
    ],
  });
});

describe('what AWS rejects', () => {
  test.each([
    ['text', 'the policy is not a JSON object'],
    [[], 'the policy is not a JSON object'],
    [{}, 'the policy has no Statement'],
    [{ statement: [] }, 'the policy has no Statement'],
    [{ Statement: [1] }, 'statement 1: is not a JSON object'],
    [{ Statement: { Effect: 'allow', Action: '*' } }, 'statement 1: Effect is neither Allow nor Deny'],
    [{ Statement: { Effect: 'Allow', action: '*' } }, 'statement 1: has no Action'],
    [
      { Statement: { Effect: 'Allow', Action: '*', NotAction: 'x' } },
      'statement 1: has both Action and NotAction',
    ],
    [{ Statement: { Effect: 'Allow', Action: [null] } }, 'statement 1: Action is no list of strings'],
    [
      { Statement: { Effect: 'Allow', Action: '*', Principal: 'anna' } },
      'statement 1: Principal is malformed',
    ],
    [
      { Statement: { Effect: 'Allow', Action: '*', Condition: { Bool: 1 } } },
      'statement 1: Condition is malformed',
    ],
  ])('%j', (document, problem) => {
    expect(read(document)).toEqual({ problem });
  });

  test('what is no JSON, or longer than any policy', () => {
    expect(parsePolicy('{', ORIGIN)).toEqual({ problem: 'the policy is not JSON' });
    expect(parsePolicy(' '.repeat(300_000), ORIGIN)).toEqual({
      problem: 'the policy is longer than AWS accepts',
    });
    const many = { Statement: { Effect: 'Allow', Action: Array(20_000).fill('*') } };
    expect(read(many)).toEqual({ problem: 'the policy is longer than AWS accepts' });
  });
});

test('inherited names are no elements', () => {
  const text =
    '{"Statement":[{"Effect":"Allow","Action":"*","Principal":{"__proto__":["x"],"constructor":"y"}}]}';
  const result = parsePolicy(text, ORIGIN);
  const [statement] = 'statements' in result ? result.statements : [];
  expect(Object.keys(statement?.principals ?? {})).toEqual(['__proto__', 'constructor']);
  expect(parsePolicy('{"__proto__":{"Statement":[]}}', ORIGIN)).toEqual({
    problem: 'the policy has no Statement',
  });
});

test('symbols survive, forged ones do not', () => {
  const bucket = symbol('aws_s3_bucket.raw["eu"].arn', true);
  const written = `{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"${bucket}/*"}}`;
  expect(parsePolicy(written, ORIGIN)).toMatchObject({ statements: [{ resources: [`${bucket}/*`] }] });
  const encoded = JSON.stringify({
    Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}/*` },
  });
  expect(parsePolicy(encoded, ORIGIN)).toMatchObject({ statements: [{ resources: [`${bucket}/*`] }] });
  const forged = '{"Statement":{"Effect":"Allow","Action":"*","Resource":"\\ue000x\\uE002"}}';
  expect(parsePolicy(forged, ORIGIN)).toMatchObject({ statements: [{ resources: ['x'] }] });
});

test('never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void parsePolicy(text, ORIGIN)));
  const key = fc.constantFrom(
    'Statement',
    'Effect',
    'Action',
    'Resource',
    'Principal',
    'Condition',
    '__proto__',
  );
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>('Allow', 'Deny', '*', null, 1, true),
      fc.array(tie('document'), { maxLength: 3 }),
      fc.dictionary(key, tie('document'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(fc.property(document, (one) => void parsePolicy(JSON.stringify(one), ORIGIN)));
});
