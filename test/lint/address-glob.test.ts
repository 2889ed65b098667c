// Globs on addresses: what people expect of them, and what instance keys must not do to them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressGlob } from '../../src/lint/address-glob.js';

const key = fc.oneof(
  fc.nat(99).map((index) => `[${index}]`),
  fc
    .string({
      maxLength: 8,
      unit: fc.constantFrom('a', 'é', '.', '/', '[', ']', '"', '\\', '*', ' ', '{', '?', '\u0000'),
    })
    .map((text) => `[${JSON.stringify(text)}]`),
);
const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/);
const keyed = fc.tuple(name, fc.option(key, { nil: '' })).map((parts) => parts.join(''));
const module = keyed.map((step) => `module.${step}.`);
const modules = fc.array(module, { maxLength: 2 }).map((steps) => steps.join(''));
const address = fc.tuple(modules, name, keyed).map(([path, type, step]) => `${path}aws_${type}.${step}`);

describe('a glob', () => {
  test.each([
    ['aws_iam_role.app', 'aws_iam_role.app', true],
    ['aws_iam_role.app', 'aws_iam_role.app[0]', false],
    ['aws_iam_role.app', 'module.a.aws_iam_role.app', false],
    ['aws_iam_role.app*', 'aws_iam_role.app[0]', true],
    ['aws_iam_role.*', 'aws_iam_role.app["eu.west"]', true],
    ['aws_iam_role.*', 'aws_iam_role_policy.app', false],
    ['aws_iam_role.*', 'module.a.aws_iam_role.app', false],
    ['aws_iam_role.legacy["billing"]', 'aws_iam_role.legacy["billing"]', true],
    ['aws_iam_role.legacy["billing"]', 'aws_iam_role.legacyb', false],
    ['aws_iam_role.legacy["b*"]', 'aws_iam_role.legacy["billing/v1"]', true],
    ['aws_iam_role.legacy[*]', 'aws_iam_role.legacy["a]b.c"]', true],
    ['module.team*.aws_iam_role.*', 'module.team["api/v1"].aws_iam_role.this[0]', true],
    ['module.team*.aws_iam_role.*', 'module.team["api.v1"].aws_iam_role.this[0]', true],
    ['module.team*.aws_iam_role.*', 'module.team["a"].module.inner.aws_iam_role.this', false],
    ['module.team*.**', 'module.team["a"].module.inner.aws_iam_role.this', true],
    ['module.team.**.aws_iam_role.*', 'module.team.aws_iam_role.this', true],
    ['module.team.**.aws_iam_role.*', 'module.team.module.a.module.b.aws_iam_role.this', true],
    ['**.aws_iam_role.*', 'aws_iam_role.this', true],
    ['**.aws_iam_role.*', 'module.a["x.y"].aws_iam_role.this', true],
    ['**.aws_iam_role.*', 'other_aws_iam_role.this', false],
    ['**iam**', 'module.a.aws_iam_role.this', true],
    ['*', 'aws_iam_role.this', false],
    ['*.*', 'aws_iam_role.this', true],
    ['aws_iam_{role,user}.a', 'aws_iam_role.a', false],
    ['aws_iam_role.?', 'aws_iam_role.a', false],
    ['!aws_iam_role.a', 'aws_iam_role.b', false],
    ['output.*', 'output.token', true],
  ])('%s on %s: %s', (glob, text, expected) => {
    expect(addressGlob(glob)(text)).toBe(expected);
  });

  test('that is an address fits that address', () => {
    fc.assert(fc.property(address, (text) => addressGlob(text)(text)));
  });

  test('that is an address without wildcards fits no other', () => {
    fc.assert(
      fc.property(
        address,
        address,
        (one, other) => one.includes('*') || one === other || !addressGlob(one)(other),
      ),
    );
  });

  test('** fits everything, and so does any address between two of them', () => {
    fc.assert(
      fc.property(
        address,
        modules,
        (text, path) => addressGlob('**')(text) && addressGlob(`**${text}**`)(path + text),
      ),
    );
  });

  test('* takes the place of one part, keys included, and never of two', () => {
    fc.assert(
      fc.property(modules, name, keyed, module, (path, type, step, inner) => {
        const matches = addressGlob(`${path}aws_${type}.*`);
        expect(matches(`${path}aws_${type}.${step}`)).toBe(true);
        // A star inside of the modules' own keys may take in more.
        if (!path.includes('*')) expect(matches(`${path}${inner}aws_${type}.${step}`)).toBe(false);
      }),
    );
  });

  test('takes bounded time, however many wildcards it holds', () => {
    const hostile = addressGlob(`${'*a'.repeat(300)}${'**b'.repeat(100)}`);
    const start = performance.now();
    expect(hostile('a'.repeat(1000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
