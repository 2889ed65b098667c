import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/access/duration.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('parseDuration', () => {
  it.each([
    ['90d', 90 * DAY],
    ['12h', 12 * HOUR],
    ['2w', 14 * DAY],
    ['1d12h', 36 * HOUR],
    [' 90D ', 90 * DAY],
    ['PT12H', 12 * HOUR],
    ['P90D', 90 * DAY],
    ['p90d', 90 * DAY],
    ['P3M', 90 * DAY],
    ['P1Y', 365 * DAY],
    ['P2W', 14 * DAY],
    ['P1DT12H30M', 36.5 * HOUR],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '0',
    '0d',
    'P0D',
    '-1d',
    '90',
    '90 days',
    '1.5h',
    'd',
    'P',
    'PT',
    'P1DT',
    'never',
    'P90',
    '9'.repeat(50),
    '999999999d',
  ])('takes %j for no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('adds up the parts, in both spellings', () => {
    const small = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(small, small, small, (days, hours, minutes) => {
        const total = days * DAY + hours * HOUR + minutes * 60_000;
        const expected = total > 0 ? total : undefined;
        expect(parseDuration(`${days}d${hours}h${minutes}m`)).toBe(expected);
        expect(parseDuration(`P${days}DT${hours}H${minutes}M`)).toBe(expected);
      }),
    );
  });

  it('is a length of time or nothing, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const length = parseDuration(text);
        expect(length === undefined || (length > 0 && Number.isFinite(length))).toBe(true);
      }),
    );
  });
});
