import { describe, expect, it } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { denyAllAfter, endOf } from '../../../src/policy/aws/time.js';
import { allow, deny, policy } from './policies.js';

const LATER = '2027-01-31T00:00:00Z';
const SOONER = '2026-12-31T00:00:00Z';
const UNKNOWN = symbol('time_offset.end.rfc3339', false);

const show = (moment: Date | 'unknown' | undefined) =>
  moment instanceof Date ? moment.toISOString().replace('.000', '') : moment;
const end = (condition: unknown) => show(endOf(policy([allow('s3:GetObject', '*', condition)])[0]!));
const denied = (...statements: unknown[]) => show(denyAllAfter(policy(statements)));
const until = (value: unknown) => ({ DateLessThan: { 'aws:CurrentTime': value } });
const since = (value: unknown) => ({ DateGreaterThan: { 'aws:CurrentTime': value } });

describe('endOf', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a moment', until(LATER), LATER],
    ['a moment elsewhere', until('2027-01-31T02:00:00+02:00'), LATER],
    ['a day, which begins at midnight', until('2027-01-31'), LATER],
    ['no seconds', until('2027-01-31T00:00Z'), LATER],
    ['seconds since 1970', { DateLessThan: { 'aws:EpochTime': '1801353600' } }, LATER],
    ['seconds as a number', { NumericLessThan: { 'aws:EpochTime': 1801353600 } }, LATER],
    ['up to and with', { DateLessThanEquals: { 'aws:CurrentTime': LATER } }, LATER],
    ['any case', { datelessthan: { 'AWS:currenttime': LATER } }, LATER],
    ['any of two moments: the later', until([SOONER, LATER]), LATER],
    [
      'two conditions: the sooner',
      { DateLessThan: { 'aws:CurrentTime': LATER, 'aws:EpochTime': '1798675200' } },
      SOONER,
    ],
    ['other conditions beside it', { ...until(LATER), Bool: { 'aws:SecureTransport': 'true' } }, LATER],
    ['a moment known after apply', until(UNKNOWN), 'unknown'],
    ['one of two known after apply', until([LATER, UNKNOWN]), 'unknown'],
    [
      'two conditions, one known',
      { ...until(LATER), DateLessThanEquals: { 'aws:CurrentTime': UNKNOWN } },
      LATER,
    ],
    ['a day that does not exist', until('2027-02-29'), undefined],
    ['one of two that does not exist', until([LATER, '2027-02-29']), undefined],
    ['no date', until('never'), undefined],
    ['milliseconds', { DateLessThan: { 'aws:EpochTime': '1801353600000' } }, undefined],
    ['a start', since(LATER), undefined],
    ['another clock', { DateLessThan: { 'aws:TokenIssueTime': LATER } }, undefined],
    ['an operator that does not bind', { DateLessThanIfExists: { 'aws:CurrentTime': LATER } }, undefined],
    [
      'a set operator that does not bind',
      { 'ForAllValues:DateLessThan': { 'aws:CurrentTime': LATER } },
      undefined,
    ],
    ['no condition', undefined, undefined],
  ])('reads %s', (_, condition, expected) => {
    expect(end(condition)).toBe(expected);
  });
});

describe('denyAllAfter', () => {
  it.each<[string, unknown[], string | undefined]>([
    ['a Deny of everything', [deny('*', '*', since(LATER))], LATER],
    [
      'the same in other words',
      [deny('*:*', ['*'], { DateGreaterThanEquals: { 'aws:CurrentTime': LATER } })],
      LATER,
    ],
    ['a number', [deny('*', '*', { NumericGreaterThan: { 'aws:EpochTime': '1801353600' } })], LATER],
    ['any of two moments: the sooner', [deny('*', '*', since([SOONER, LATER]))], SOONER],
    [
      'both of two conditions: the later',
      [deny('*', '*', { DateGreaterThan: { 'aws:CurrentTime': SOONER, 'aws:EpochTime': '1801353600' } })],
      LATER,
    ],
    ['two statements: the sooner', [deny('*', '*', since(LATER)), deny('*', '*', since(SOONER))], SOONER],
    ['a moment known after apply', [deny('*', '*', since(UNKNOWN))], 'unknown'],
    ['one known and one not', [deny('*', '*', since(UNKNOWN)), deny('*', '*', since(LATER))], LATER],
    ['no Deny', [allow('*', '*', since(LATER))], undefined],
    ['some actions', [deny('s3:*', '*', since(LATER))], undefined],
    ['some resources', [deny('*', 'arn:aws:s3:::a/*', since(LATER))], undefined],
    [
      'other actions',
      [{ Effect: 'Deny', NotAction: 'iam:*', Resource: '*', Condition: since(LATER) }],
      undefined,
    ],
    [
      'a further condition',
      [deny('*', '*', { ...since(LATER), Bool: { 'aws:ViaAWSService': 'false' } })],
      undefined,
    ],
    ['a day that does not exist', [deny('*', '*', since('2027-02-29'))], undefined],
    ['no condition', [deny('*', '*')], undefined],
    ['the wrong way round', [deny('*', '*', until(LATER))], undefined],
  ])('reads %s', (_, statements, expected) => {
    expect(denied(...statements)).toBe(expected);
  });
});
