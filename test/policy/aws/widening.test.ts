// What one version of an identity's policies allows that the other one does not.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { allowedOn } from '../../../src/policy/aws/effective.js';
import { gainedOver, liftedDenials, showReach, widenedBy } from '../../../src/policy/aws/widening.js';
import { access, allow, deny, policy } from './policies.js';

const gained = (before: unknown, after: unknown): string[] =>
  gainedOver(access(before), access(after)).map(
    ({ reach, from, freed }) =>
      showReach(reach) +
      (from.length > 0 ? ` (was ${from.map(showReach).join(', ')})` : '') +
      (freed.length > 0 ? ` (was under ${freed.map(({ key }) => key).join(', ')})` : ''),
  );

const region = (value: string | string[]) => ({ StringEquals: { 'aws:RequestedRegion': value } });
const until = (date: string) => ({ DateLessThan: { 'aws:CurrentTime': date } });

describe('what is gained', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['a new action', allow('s3:Get*', 'a'), allow(['s3:Get*', 's3:PutObject'], 'a'), ['s3:PutObject on a']],
    ['a wider action', allow('s3:GetObject', 'a'), allow('s3:*', 'a'), ['s3:* on a (was s3:GetObject on a)']],
    ['a wider resource', allow('s3:*', 'a/b'), allow('s3:*', 'a/*'), ['s3:* on a/* (was s3:* on a/b)']],
    [
      'a condition goes',
      allow('s3:*', 'a', region('x')),
      allow('s3:*', 'a'),
      ['s3:* on a (was under aws:RequestedRegion)'],
    ],
    [
      'one more value',
      allow('s3:*', 'a', region('x')),
      allow('s3:*', 'a', region(['x', 'y'])),
      ['s3:* on a (was under aws:RequestedRegion)'],
    ],
    [
      'a later end',
      allow('s3:*', 'a', until('2026-12-01')),
      allow('s3:*', 'a', until('2027-12-01')),
      ['s3:* on a (was under aws:CurrentTime)'],
    ],
    [
      'a denial goes',
      [allow('s3:*', '*'), deny('s3:PutObject', 'a')],
      allow('s3:*', '*'),
      ['s3:PutObject on a'],
    ],
    [
      'an exception shrinks',
      { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' },
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      ['* but iam:* on * (was * but iam:*, sts:* on *)'],
    ],
  ])('%s', (_, before, after, expected) => expect(gained(before, after)).toEqual(expected));
});

describe('what is no gain', () => {
  test.each<[string, unknown, unknown]>([
    ['another order', [allow('s3:*', 'a'), allow('sqs:*', 'b')], [allow('sqs:*', 'b'), allow('s3:*', 'a')]],
    ['another case', allow('S3:getobject', 'a'), allow('s3:GetObject', 'a')],
    [
      'one statement in two',
      allow(['s3:GetObject', 's3:PutObject'], ['a', 'b']),
      [allow('s3:GetObject', ['a', 'b']), allow('s3:PutObject', ['b', 'a'])],
    ],
    ['a wildcard spelled out', allow('s3:Get*', '*'), allow(['s3:GetObject', 's3:GetObjectAcl'], ['a', 'b'])],
    ['a condition comes', allow('s3:*', 'a'), allow('s3:*', 'a', region('x'))],
    ['fewer values', allow('s3:*', 'a', region(['x', 'y'])), allow('s3:*', 'a', region('y'))],
    ['an earlier end', allow('s3:*', 'a', until('2027-12-01')), allow('s3:*', 'a', until('2026-12-01'))],
    ['a denial comes', allow('*', '*'), [allow('*', '*'), deny('iam:*', '*')]],
    [
      'a denial in two',
      [allow('*', '*'), deny(['iam:*', 'sts:*'], '*')],
      [allow('*', '*'), deny('iam:*', '*'), deny('sts:*', '*')],
    ],
    ['a denial of what is not allowed goes', [allow('s3:*', 'a'), deny('iam:*', '*')], allow('s3:*', 'a')],
    [
      'an exception grows',
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' },
    ],
    [
      'a new name',
      [{ Sid: 'One', Effect: 'Allow', Action: 's3:*', Resource: 'a' }],
      [{ Sid: 'Two', Effect: 'Allow', Action: 's3:*', Resource: 'a' }],
    ],
  ])('%s', (_, before, after) => expect(gained(before, after)).toEqual([]));
});

describe('a denial under a condition', () => {
  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'false' }, StringEquals: { 'aws:x': 'y' } };
  const lifted = (before: unknown, after: unknown): number =>
    liftedDenials(policy(before), access(before), policy(after)).length;

  it('that goes is told', () => expect(lifted(deny('iam:*', '*', mfa), allow('*', '*'))).toBe(1));
  it('that a stricter one replaces is not', () =>
    expect(lifted(deny('iam:*', '*', mfa), deny('iam:*', '*'))).toBe(0));
  it('that a milder one replaces is told', () =>
    expect(
      lifted(deny('iam:*', '*', mfa), deny('iam:*', '*', { ...mfa, StringLike: { 'aws:z': 'q' } })),
    ).toBe(1));
});

it('drift is told once for each thing', () => {
  const more = widenedBy(policy(allow('s3:Get*', 'a')), policy([allow('s3:*', 'a'), allow('s3:*', 'a')]));
  expect(more).toEqual(['s3:* on a']);
});

describe('any two versions', () => {
  const action = fc.constantFrom('s3:GetObject', 's3:Get*', 's3:*', 'iam:PassRole', '*');
  const resource = fc.constantFrom('a', 'a/*', 'a/b', '*');
  const conditions = fc.constantFrom(
    undefined,
    undefined,
    region('x'),
    region(['x', 'y']),
    until('2027-01-01'),
  );
  const statement = fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      actions: fc.array(action, { minLength: 1, maxLength: 2 }),
      resources: fc.array(resource, { minLength: 1, maxLength: 2 }),
      condition: conditions,
    })
    .map(({ effect, actions, resources, condition }) =>
      (effect === 'Allow' ? allow : deny)(actions, resources, condition),
    );
  const document = fc.array(statement, { maxLength: 4 });

  it('gain nothing over themselves, in whatever order', () => {
    fc.assert(
      fc.property(document, (statements) => {
        expect(gained(statements, [...statements].reverse())).toEqual([]);
      }),
    );
  });

  it('gain nothing where statements go', () => {
    fc.assert(
      fc.property(document, document, (kept, gone) => {
        const allows = gone.filter((one) => (one as { Effect: string }).Effect === 'Allow');
        expect(gained([...kept, ...allows], kept)).toEqual([]);
      }),
    );
  });

  it('never hide what only the later one allows', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        for (const name of ['s3:GetObject', 's3:PutObject', 'iam:PassRole']) {
          const open = (statements: unknown): boolean => allowedOn(access(statements), name).length > 0;
          if (open(after) && !open(before)) expect(gained(before, after)).not.toEqual([]);
        }
      }),
    );
  });
});

it('stays bounded, and then tells too much', () => {
  const many = (count: number, of: (place: number) => unknown) =>
    Array.from({ length: count }, (_, place) => of(place));
  const names = (start: string) => many(600, (place) => `${start}${place}`);
  expect(gained(allow(names('s3:Get'), names('a')), allow(names('s3:Put'), names('a')))).toEqual([
    '600 actions on 600 resources',
  ]);
  const one = (place: number) => allow(`s3:Get${place}`, `a${place}/*`);
  expect(gained(many(2000, one), many(2001, one))).toEqual(['s3:Get2000 on a2000/*']);
});
