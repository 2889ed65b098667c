import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, parseEnd } from '../../src/access/end.js';

const FROM = new Date('2026-11-23T00:00:00Z');

describe('parseEnd', () => {
  it.each([
    ['2027-01-31', 'date', '2027-01-31T23:59:59.000Z'],
    [' 2027-01-31 ', 'date', '2027-01-31T23:59:59.000Z'],
    ['2028-02-29', 'date', '2028-02-29T23:59:59.000Z'],
    ['2027-01-31T12:00:00Z', 'date', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31t12:00:00z', 'date', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31 12:00:00Z', 'date', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T12:00:00.123456Z', 'date', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T01:30:00+02:00', 'date', '2027-01-30T23:30:00.000Z'],
    ['2027-01-31T23:30:00-02:00', 'date', '2027-02-01T01:30:00.000Z'],
    ['90d', 'duration', '2027-02-21T00:00:00.000Z'],
    ['PT12H', 'duration', '2026-11-23T12:00:00.000Z'],
  ])('reads %s', (text, form, at) => {
    const end = parseEnd(text, FROM);
    expect([end?.form, end?.at.toISOString()]).toEqual([form, at]);
  });

  it.each([
    '',
    '31/12/2026',
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '2027-04-31',
    '2027-1-1',
    'never',
    'permanent',
    '0',
    'tomorrow',
    '2027',
    '1798761600',
    '2027-01-31T24:00:00Z',
    '2027-01-31T12:00:00',
    '2027-01-31T12:00:00+99:00',
    '2027-01-31T12:00Z',
    '0000-01-01',
    '2027-01-31; never',
  ])('takes %j for no end', (text) => {
    expect(parseEnd(text, FROM)).toBeUndefined();
  });

  it('reads every moment that RFC 3339 can write', () => {
    const moment = fc.date({
      min: new Date('1970-01-02'),
      max: new Date('9998-12-30'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, east) => {
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const local = new Date(whole.getTime() + east * 60_000).toISOString().slice(0, 19);
        const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
        const zone = `${east < 0 ? '-' : '+'}${two(Math.abs(east) / 60)}:${two(Math.abs(east) % 60)}`;
        expect(parseDate(local + zone)).toEqual(whole);
        expect(parseDate(whole.toISOString())).toEqual(whole);
      }),
    );
  });

  it('is a moment or nothing, whatever it is given', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789-:TtZz+. dhw'), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(digits, fc.string({ unit: 'binary' })), (text) => {
        const end = parseEnd(text, FROM);
        expect(end === undefined || !Number.isNaN(end.at.getTime())).toBe(true);
      }),
    );
  });
});
