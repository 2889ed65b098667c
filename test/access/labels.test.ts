import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isBoilerplate,
  isPlaceholder,
  LABEL_KEYS,
  normalisedKey,
  readLabels,
} from '../../src/access/labels.js';
import { PACKAGE_LABEL, readMarker, writeMarker } from '../../src/access/marker.js';

describe('normalisedKey', () => {
  it.each([
    ['Owner', 'owner'],
    ['owner_email', 'owneremail'],
    ['Owner-Email', 'owneremail'],
    ['owned:by', 'ownedby'],
    ['expires.at', 'expiresat'],
    ['leasehold:owner', 'owner'],
    ['leasehold/owner', 'owner'],
    ['Leasehold_Expires-On', 'expireson'],
    ['team.example.com/owner', 'owner'],
    ['leasehold.example.com/valid-until', 'validuntil'],
    ['leasehold:package', 'leaseholdpackage'],
    ['leasehold-package', 'leaseholdpackage'],
    ['access-package', 'accesspackage'],
    ['leasehold:access-package', 'accesspackage'],
    ['package', 'package'],
    ['example.com/package', 'package'],
    ['leasehold', 'leasehold'],
    ['__proto__', 'proto'],
  ])('reads %s as %s', (key, plain) => {
    expect(normalisedKey(key)).toBe(plain);
  });

  it('knows every default key in any dress', () => {
    const key = fc.constantFrom(...Object.values(LABEL_KEYS).flat());
    const separator = fc.constantFrom('', '-', '_', ':', '.');
    const prefix = fc.constantFrom('', 'leasehold:', 'leasehold-', 'ops.example.com/');
    fc.assert(
      fc.property(
        key,
        prefix,
        fc.array(separator, { minLength: 24, maxLength: 24 }),
        (plain, start, dress) => {
          const dressed = [...plain].map(
            (letter, place) => letter.toUpperCase() + (place < plain.length - 1 ? dress[place] : ''),
          );
          expect(normalisedKey(start + dressed.join(''))).toBe(plain);
        },
      ),
    );
  });
});

describe('readLabels', () => {
  const labels = (record: Record<string, string>) =>
    Object.entries(record).map(([key, value]) => ({ key, value }));
  const values = (record: Record<string, string>, kind: keyof typeof LABEL_KEYS, more?: string[]) =>
    readLabels(labels(record), kind, more).map(({ value }) => value);

  it('takes them in the order of their keys', () => {
    expect(values({ team: 'b', Contact: 'c', owner: 'a', Name: 'x' }, 'owner')).toEqual(['a', 'b', 'c']);
  });

  it('trims, and leaves out what is empty', () => {
    expect(values({ owner: '  ', 'owned-by': ' team-payments ' }, 'owner')).toEqual(['team-payments']);
  });

  it('prefers the configured keys', () => {
    expect(values({ owner: 'a', 'Cost-Centre': '4711' }, 'owner', ['costcentre'])).toEqual(['4711', 'a']);
  });
});

describe('isPlaceholder', () => {
  it.each([
    '?',
    '-',
    'none',
    'N/A',
    'unknown',
    'TBD',
    'todo',
    'ChangeMe',
    'admin',
    'root',
    'terraform',
    ' ',
    '<todo>',
    '"tbd."',
  ])('is nobody: %j', (value) => expect(isPlaceholder(value)).toBe(true));

  it.each(['team-payments', 'ops@example.com', 'platform', 'Toni Dobbs', 'terraform-guild', 'rooters'])(
    'is somebody: %j',
    (value) => expect(isPlaceholder(value)).toBe(false),
  );
});

describe('isBoilerplate', () => {
  it.each([
    'Managed by Terraform',
    'managed by terraform.',
    'Created with CDKTF',
    'test',
    'IAM role',
    'Allows Lambda functions to call AWS services on your behalf.',
    '',
  ])('says nothing: %j', (text) => expect(isBoilerplate(text)).toBe(true));

  it.each(['Settles card payments', 'Deploys the shop', 'Reads what is managed by Terraform'])(
    'says something: %j',
    (text) => expect(isBoilerplate(text)).toBe(false),
  );
});

describe('the marker', () => {
  it.each([
    [{ 'leasehold:package': 'payments' }, 'payments'],
    [{ 'access-package': ' payments ' }, 'payments'],
    [{ Leasehold_Package: 'payments' }, 'payments'],
    [{ 'access-package': 'other', 'leasehold:package': 'payments' }, 'payments'],
    [{ package: 'payments' }, undefined],
    [{ 'leasehold:package': '' }, undefined],
    [{}, undefined],
  ])('in %j names %j', (labels, name) => {
    expect(readMarker(labels as Record<string, string>)).toBe(name);
  });

  it('writes the terms beside the name, and leaves out those that are not set', () => {
    const labels = writeMarker('payments', {
      owner: 'team-payments',
      expires: '2027-01-31',
      reviewers: ['risk', 'audit'],
      purpose: '',
      scope: ['sqs:ReceiveMessage *'],
    });
    expect(labels).toEqual({
      [PACKAGE_LABEL]: 'payments',
      owner: 'team-payments',
      expires: '2027-01-31',
      reviewers: 'risk audit',
    });
  });

  it('is read back as it was written', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,30}$/);
    fc.assert(
      fc.property(name, name, (packageName, owner) => {
        const labels = writeMarker(packageName, { owner, ttl: '90d' });
        expect(readMarker(labels)).toBe(packageName);
        const entries = Object.entries(labels).map(([key, value]) => ({ key, value }));
        expect(readLabels(entries, 'owner')[0]?.value).toBe(owner);
        expect(readLabels(entries, 'expiry')[0]?.value).toBe('90d');
      }),
    );
  });
});
