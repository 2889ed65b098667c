import { describe, expect, it } from 'vitest';
import { problemsIn, type Terms } from '../../src/access/terms.js';

const NOW = new Date('2026-11-23T00:00:00Z');
const TERMS: Terms = {
  owner: 'team-payments@example.com',
  ttl: '90d',
  scope: ['sqs:ReceiveMessage arn:aws:sqs:eu-west-1:123456789012:settlements'],
  purpose: 'Settles card payments',
};

const without = (field: keyof Terms): Terms => {
  const { [field]: _, ...rest } = TERMS;
  return rest;
};
const fields = (terms: Terms, now?: Date) => problemsIn(terms, now).map(({ field }) => field);

describe('problemsIn', () => {
  it.each<[string, Terms]>([
    ['a ttl', TERMS],
    ['an end', { ...without('ttl'), expires: '2027-01-31' }],
    ['an end to the second', { ...without('ttl'), expires: '2027-01-31T12:00:00+01:00' }],
    ['no purpose', without('purpose')],
    ['reviewers and approvers', { ...TERMS, reviewers: ['risk'], reviewEvery: '30d', approvers: ['CHG-1'] }],
    ['a role on Azure', { ...TERMS, scope: ['Reader /subscriptions/x/resourceGroups/billing'] }],
    [
      'an action by its beginning',
      { ...TERMS, scope: ['sqs:Get* arn:aws:sqs:eu-west-1:123456789012:settlements'] },
    ],
  ])('finds none in terms with %s', (_, terms) => {
    expect(problemsIn(terms, NOW)).toEqual([]);
  });

  it.each<[string, Terms, string[]]>([
    ['nothing at all', {}, ['owner', 'ttl', 'scope']],
    ['no owner', without('owner'), ['owner']],
    ['an empty owner', { ...TERMS, owner: ' ' }, ['owner']],
    ['a placeholder', { ...TERMS, owner: 'TBD' }, ['owner']],
    ['no end', without('ttl'), ['ttl']],
    ['an endless ttl', { ...TERMS, ttl: 'never' }, ['ttl']],
    ['a ttl of nothing', { ...TERMS, ttl: '0d' }, ['ttl']],
    ['a day that does not exist', { ...without('ttl'), expires: '2027-02-29' }, ['expires']],
    ['a duration for a date', { ...without('ttl'), expires: '90d' }, ['expires']],
    ['an end that is over', { ...without('ttl'), expires: '2026-11-22' }, ['expires']],
    ['no scope', without('scope'), ['scope']],
    ['an empty scope', { ...TERMS, scope: [] }, ['scope']],
    ['everything', { ...TERMS, scope: ['* *'] }, ['scope']],
    ['a whole service', { ...TERMS, scope: ['s3:* arn:aws:s3:::invoices/*'] }, ['scope']],
    ['a scope of nothing', { ...TERMS, scope: [''] }, ['scope']],
    ['a purpose that is none', { ...TERMS, purpose: 'todo' }, ['purpose']],
    ['a reviewer without a name', { ...TERMS, reviewers: [''] }, ['reviewers']],
    ['a rhythm that is none', { ...TERMS, reviewEvery: 'sometimes' }, ['reviewEvery']],
    ['an approver that is none', { ...TERMS, approvers: ['n/a'] }, ['approvers']],
  ])('finds %s', (_, terms, expected) => {
    expect(fields(terms, NOW)).toEqual(expected);
  });

  it('asks no clock: without a moment to compare with, a past end is an end', () => {
    expect(fields({ ...without('ttl'), expires: '2020-01-01' })).toEqual([]);
  });

  it('says what to write instead', () => {
    const [problem] = problemsIn({ ...TERMS, ttl: 'forever' });
    expect(problem?.message).toBe('"forever" is no duration: write one such as 90d, 12h, 2w or P90D');
  });
});
