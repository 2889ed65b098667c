import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import {
  covers,
  hasWildcard,
  matches,
  meet,
  overlaps,
  splitOutside,
} from '../../../src/policy/aws/pattern.js';

const bucket = symbol('aws_s3_bucket.raw.arn', true);
const other = symbol('aws_s3_bucket.other.arn', true);
const open = symbol('var.resource', false);

describe('covers', () => {
  test.each([
    ['*', 'anything', true],
    ['*', '', true],
    ['', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'a?c', true],
    ['a?c', 'a*c', false],
    ['a*', 'a?*', true],
    ['a?*', 'a*', false],
    ['a?*', 'a*?', true],
    ['*a*', 'bab', true],
    ['*ab', 'aab', true],
    ['*?a', '?*a', true],
    ['s3:*', 's3:get*', true],
    ['s3:get*', 's3:*', false],
    ['arn:aws:s3:::*', `arn:aws:s3:::${bucket}/x`, true],
    ['arn:aws:s3:::*', bucket, false],
    [`${bucket}/*`, `${bucket}/in/*`, true],
    [`${bucket}/*`, `${other}/in/*`, false],
    ['?*', bucket, true],
    ['?', bucket, false],
    ['?*', open, false],
    ['*', open, true],
    [open, 'x', false],
    [open, open, true],
    ['user/*', 'user/${aws:username}', true],
    ['user/${aws:username}', 'user/${AWS:UserName}', true],
    ['user/${aws:username}', 'user/anna', false],
    ['a${*}', 'a*', false],
    ['a*', 'a${*}', true],
  ])('%s ⊇ %s: %s', (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });
});

describe('overlaps', () => {
  test.each([
    ['a*b', 'ax*', true],
    ['a*', 'b*', false],
    ['*a', '*b', false],
    ['a*b*c', 'a*x*c', true],
    ['a?', 'ab', true],
    ['a?', 'a', false],
    [bucket, 'arn:aws:s3:::x', true],
    ['arn:aws:s3:::x', open, true],
  ])('%s and %s: %s', (one, two, expected) => {
    expect(overlaps(one, two)).toBe(expected);
    expect(overlaps(two, one)).toBe(expected);
  });
});

describe('meet', () => {
  test.each([
    ['s3:*', 's3:get*', 's3:get*'],
    ['s3:get*', 's3:*object', 's3:get*object'],
    ['a*', 'b*', undefined],
    ['*', open, open],
  ])('%s and %s: %s', (one, two, expected) => {
    expect(meet(one, two)).toBe(expected);
    expect(meet(two, one)).toBe(expected);
  });
});

test.each([
  ['arn:aws:s3:::app-*', `${bucket}/*`, 'arn:aws:s3:::app-*'],
  [`${bucket}/*`, 'arn:aws:s3:::app-*', `${bucket}/*`],
  ['arn:aws:s3:::app-*', open, 'arn:aws:s3:::app-*'],
  [open, 'arn:aws:s3:::app-*', open],
  [open, 'arn:aws:s3:::app', 'arn:aws:s3:::app'],
])('what is known only after apply does not cut: %s by %s', (one, limit, expected) => {
  expect(meet(one, limit)).toBe(expected);
});

test('a text is taken as it stands', () => {
  expect(matches('a${*}', 'a*')).toBe(true);
  expect(matches('a?', 'a*')).toBe(true);
  expect(matches('ab', 'a*')).toBe(false);
});

test('policy variables and escapes are no wildcards', () => {
  expect(hasWildcard('user/${aws:username}')).toBe(false);
  expect(hasWildcard('${*}')).toBe(false);
  expect(hasWildcard('a?')).toBe(true);
});

test('splitting leaves symbols and variables whole', () => {
  const address = symbol('module.x["a:b"].arn', true);
  expect(splitOutside(`arn:${address}:\${aws:username}:c:d`, ':', 4)).toEqual([
    'arn',
    address,
    '${aws:username}',
    'c:d',
  ]);
});

describe('sets of strings', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
  /** All strings of a three-letter alphabet up to a length that tells the patterns apart. */
  const strings: string[] = [''];
  for (let from = 0, length = 0; length < 7; length++) {
    const to = strings.length;
    for (let i = from; i < to; i++) strings.push(`${strings[i]}a`, `${strings[i]}b`, `${strings[i]}c`);
    from = to;
  }
  /** An independent matcher: the set of places that can be reached. */
  const fits = (wild: string, text: string): boolean => {
    let places = new Set([0]);
    for (const letter of wild) {
      const next = new Set<number>();
      for (const place of places) {
        if (letter === '*') for (let end = place; end <= text.length; end++) next.add(end);
        else if (place < text.length && (letter === '?' || letter === text[place])) next.add(place + 1);
      }
      places = next;
    }
    return places.has(text.length);
  };

  test('matches is membership', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }),
        (wild, text) => {
          expect(matches(wild, text)).toBe(fits(wild, text));
        },
      ),
    );
  });

  test('covers is inclusion, overlaps and meet are intersection', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, two) => {
        const both = strings.filter((text) => fits(one, text) && fits(two, text));
        expect(covers(one, two)).toBe(strings.every((text) => !fits(two, text) || fits(one, text)));
        const met = meet(one, two);
        if (both.length > 0) {
          expect(overlaps(one, two)).toBe(true);
          expect(both.every((text) => fits(met as string, text))).toBe(true);
        }
        expect(met !== undefined).toBe(overlaps(one, two));
        if (!overlaps(one, two)) expect(both).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

test('hostile patterns cost little', () => {
  const long = `${'*a'.repeat(2000)}*b`;
  const start = performance.now();
  matches(long, 'a'.repeat(4000));
  covers(long, `${'a*'.repeat(2000)}`);
  overlaps(long, `${'a*'.repeat(2000)}`);
  covers('*a'.repeat(1e6), '*a'.repeat(1e6 + 1));
  expect(performance.now() - start).toBeLessThan(2000);
});
