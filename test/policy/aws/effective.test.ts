import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { allowedOn, effectiveAccess } from '../../../src/policy/aws/effective.js';
import { judgeEscalation } from '../../../src/policy/aws/escalation.js';
import { judgeScope } from '../../../src/policy/aws/scope.js';
import type { Statement } from '../../../src/policy/aws/statement.js';
import { access, allow, deny, ORIGIN, policy } from './policies.js';

const bucket = symbol('aws_s3_bucket.raw.arn', true);

describe('where an action is allowed', () => {
  const on = (statements: unknown, action: string, boundary?: unknown): string[] =>
    allowedOn(access(statements, boundary), action).map(({ resource }) => resource);

  test.each([
    [allow('s3:Get*', ['a', 'b']), 's3:GetObject', ['a', 'b']],
    [allow('S3:GETOBJECT', 'a'), 's3:GetObject', ['a']],
    [allow('s3:Put*', 'a'), 's3:GetObject', []],
    [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, 'iam:PassRole', ['*']],
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'iam:PassRole', []],
    [{ Effect: 'Allow', Action: '*', NotResource: 'a' }, 'iam:PassRole', ['*']],
    [[allow('s3:*', ['a', 'b']), deny('s3:GetObject', 'a')], 's3:GetObject', ['b']],
    [[allow('s3:*', '*'), deny('s3:GetObject', 'a')], 's3:GetObject', ['*']],
    [[allow('*', '*'), deny('*:*', '*')], 's3:GetObject', []],
    [{ Effect: 'Allow', NotAction: '*:*', Resource: '*' }, 's3:GetObject', []],
    [
      [allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:*', NotResource: ['a', 'b/*'] }],
      's3:GetObject',
      ['a', 'b/*'],
    ],
    [[allow('s3:*', '*'), { Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }], 's3:PutObject', []],
    [[allow('s3:*', '*'), { Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }], 's3:GetObject', ['*']],
    [[allow('s3:*', `${bucket}/*`), deny('s3:*', 'arn:aws:s3:::*')], 's3:GetObject', [`${bucket}/*`]],
    [[allow('s3:*', `${bucket}/*`), deny('s3:*', `${bucket}/*`)], 's3:GetObject', []],
    [
      [allow('s3:*', 'a'), deny('s3:*', 'a', { Bool: { 'aws:SecureTransport': 'false' } })],
      's3:GetObject',
      ['a'],
    ],
  ])('%j: %s', (statements, action, expected) => {
    expect(on(statements, action)).toEqual(expected);
  });

  test('a boundary limits and grants nothing', () => {
    expect(on(allow('s3:*', 'a*'), 's3:GetObject', allow('s3:Get*', ['ab', 'b']))).toEqual(['ab']);
    expect(on(allow('s3:*', 'a*'), 's3:PutObject', allow('s3:Get*', '*'))).toEqual([]);
    expect(on([], 's3:GetObject', allow('*', '*'))).toEqual([]);
    expect(on(allow('*', '*'), 's3:GetObject', [])).toEqual([]);
    expect(on(allow('*', '*'), 's3:GetObject', [allow('*', '*'), deny('s3:*', '*')])).toEqual([]);
  });

  test('conditions of grant and boundary must both hold', () => {
    const region = (value: string) => ({ StringEquals: { 'aws:RequestedRegion': value } });
    const [found] = allowedOn(
      access(allow('*', '*', region('a')), allow('*', '*', region('b'))),
      'ec2:RunInstances',
    );
    expect(found?.permission.conditions.map(({ values }) => values)).toEqual([['a'], ['b']]);
  });
});

describe('the same access, written differently', () => {
  const action = fc.constantFrom(
    '*',
    's3:*',
    's3:Get*',
    's3:GetObject',
    's3:DeleteObject',
    'iam:*',
    'iam:Put*Policy',
    'iam:PassRole',
    'ec2:RunInstances',
    'ec2:Describe*',
    'sqs:SendMessage',
    'ecr:GetAuthorizationToken',
    'lambda:CreateFunction',
  );
  const resource = fc.constantFrom(
    '*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::raw',
    'arn:aws:s3:::raw/*',
    'arn:aws:iam::123456789012:role/*',
    'arn:aws:iam::123456789012:role/app',
    `${bucket}/*`,
    symbol('var.x', false),
    'arn:aws:sqs:eu-west-1:1:q',
  );
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 4 });
  const conditions = fc.constantFrom(
    { StringEquals: { 'aws:ResourceTag/team': 'x' } },
    { StringNotEquals: { 'aws:ResourceTag/team': 'x' } },
    { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    { StringNotEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::123456789012:policy/limit' } },
  );
  const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
  const shape = (keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
    fc
      .tuple(fc.record({ Effect: effect, ...keys }), fc.option(conditions, { nil: undefined }))
      .map(([one, Condition]) => (Condition === undefined ? one : { ...one, Condition }));
  const statement = fc.oneof(
    { weight: 4, arbitrary: shape({ Action: some(action), Resource: some(resource) }) },
    { weight: 1, arbitrary: shape({ NotAction: some(action), Resource: some(resource) }) },
    { weight: 1, arbitrary: shape({ Action: some(action), NotResource: some(resource) }) },
  );
  const document = fc.array(statement, { maxLength: 4 }).map((one) => policy(one));
  const boundary = fc.option(document, { nil: undefined });

  const answer = (statements: readonly Statement[], limit: readonly Statement[] | undefined): unknown => {
    const found = effectiveAccess(statements, limit);
    const ways = judgeEscalation(found, { kind: 'role', name: 'app', attachedPolicyArns: [] });
    return [judgeScope(found).verdict, ways.map(({ id }) => id)];
  };
  const always = (change: (statements: readonly Statement[]) => Statement[]): void => {
    fc.assert(
      fc.property(document, boundary, (statements, limit) => {
        const before = answer(statements, limit);
        expect(answer(change(statements), limit)).toEqual(before);
        expect(answer(statements, limit && change(limit))).toEqual(before);
      }),
      { numRuns: 40 },
    );
  };
  type Patterns = readonly string[];
  const on =
    (keys: readonly (keyof Statement)[], change: (patterns: Patterns) => Patterns) =>
    (statements: readonly Statement[]): Statement[] =>
      statements.map((one) => ({
        ...one,
        ...Object.fromEntries(keys.flatMap((key) => (one[key] ? [[key, change(one[key] as Patterns)]] : []))),
      }));
  const onActions = (change: (pattern: string) => string) =>
    on(['actions', 'notActions'], (patterns) => patterns.map(change));
  const onResources = (change: (pattern: string) => string) =>
    on(['resources', 'notResources'], (patterns) => patterns.map(change));

  test('order is nothing', () => {
    always((statements) => statements.toReversed());
    always(on(['actions', 'notActions', 'resources', 'notResources'], (patterns) => patterns.toReversed()));
  });

  test('one statement for several actions or resources is several statements', () => {
    always((all) =>
      all.flatMap((one) => one.actions?.map((single) => ({ ...one, actions: [single] })) ?? [one]),
    );
    always((all) =>
      all.flatMap((one) => one.resources?.map((single) => ({ ...one, resources: [single] })) ?? [one]),
    );
  });

  test('which policy says it is nothing, and saying it twice neither', () => {
    always((all) => all.map((one, place) => ({ ...one, origin: { ...ORIGIN, address: `x.${place}` } })));
    always((all) => [...all, ...all]);
  });

  test('case of actions', () => {
    always(onActions((pattern) => pattern.toUpperCase()));
    always(onActions((pattern) => pattern.toLowerCase()));
  });

  test('wildcards that mean the same', () => {
    always(onActions((pattern) => pattern.replace(/\*/g, '**')));
    always(onActions((pattern) => (pattern === '*' ? '*:*' : pattern)));
    always(onActions((pattern) => pattern.replace(/:\*$/, ':?*')));
    always(onActions((pattern) => pattern.replace(/:\*$/, ':*?')));
    always(onResources((pattern) => pattern.replace(/\*/g, '**')));
  });

  const levels = ['bounded', 'undecided', 'broad', 'unbounded'];
  const level = (statements: readonly Statement[], limit?: readonly Statement[]): number =>
    levels.indexOf(judgeScope(effectiveAccess(statements, limit)).verdict);
  /** `pass-any-role` stands in where no use for the role is allowed, so it is one way with them. */
  const ways = (statements: readonly Statement[], limit?: readonly Statement[]): Set<string> => {
    const found = judgeEscalation(effectiveAccess(statements, limit), {
      kind: 'role',
      name: 'app',
      attachedPolicyArns: [],
    });
    return new Set(found.map(({ id, kind }) => (kind === 'pass-role' ? kind : id)));
  };
  const withEffect = (statements: readonly Statement[], effect: Statement['effect']): Statement[] =>
    statements.map((one) => ({ ...one, effect }));

  test('a denial or a boundary never makes it worse', () => {
    fc.assert(
      fc.property(document, document, (statements, others) => {
        const denied = [...statements, ...withEffect(others, 'Deny')];
        expect(level(denied)).toBeLessThanOrEqual(level(statements));
        expect(level(statements, others)).toBeLessThanOrEqual(level(statements));
        expect([...ways(denied)].filter((id) => !ways(statements).has(id))).toEqual([]);
        expect([...ways(statements, others)].filter((id) => !ways(statements).has(id))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('a grant never makes it better', () => {
    fc.assert(
      fc.property(document, document, boundary, (statements, others, limit) => {
        const more = [...statements, ...withEffect(others, 'Allow')];
        expect(level(more, limit)).toBeGreaterThanOrEqual(level(statements, limit));
        expect([...ways(statements, limit)].filter((id) => !ways(more, limit).has(id))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
