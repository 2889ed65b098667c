// Rules that users bring as code: what is asked of them, and what happens where they break.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defineRule, InputError, lint, type OwnRule } from '../../src/index.js';
import { toRule } from '../../src/lint/own-rule.js';

const plan = readFileSync(join(import.meta.dirname, '../fixtures/stacks/legacy-users/plan.json'));
const NOW = new Date('2026-11-23T00:00:00Z');

const user = defineRule({
  id: 'no-iam-users',
  category: 'static-credential',
  title: 'IAM user',
  *check({ identities }) {
    for (const { identity } of identities)
      if (identity.kind === 'aws.iam.user')
        yield { identity: identity.address, address: identity.address, message: 'A user' };
  },
});

const lintWith = (...customRules: OwnRule[]) =>
  lint(plan, { now: NOW, customRules, rules: ['no-iam-users'] });

describe('a rule of a user', () => {
  it('reports beside the built-in ones, with what it leaves out filled in', () => {
    const { findings } = lintWith(user);
    expect(findings.length).toBeGreaterThan(3);
    expect(findings[0]).toMatchObject({
      rule: 'no-iam-users',
      category: 'static-credential',
      severity: 'error',
      help: 'See where your configuration defines this rule.',
      frameworks: [],
    });
  });

  it.each<[string, unknown]>([
    ['warning', 'warning'],
    ['a severity for each profile', { recommended: 'warning', strict: 'error' }],
  ])('takes %s', (_, severity) =>
    expect(lintWith({ ...user, severity } as OwnRule).findings[0]?.severity).toBe('warning'),
  );

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'exports no rule'],
    ['a function', () => [], 'exports no rule'],
    ['no id', { ...user, id: undefined }, 'needs an "id"'],
    ['an id of one word', { ...user, id: 'users' }, 'needs an "id"'],
    ['an id with capitals', { ...user, id: 'No-Users' }, 'needs an "id"'],
    ['an id that is built in', { ...user, id: 'owner-missing' }, '"owner-missing" exists already'],
    ['another category', { ...user, category: 'owner-mising' }, 'did you mean "owner-missing"?'],
    ['no title', { ...user, title: ' ' }, 'needs a "title"'],
    ['no check', { ...user, check: undefined }, 'needs a function "check"'],
    ['an unknown severity', { ...user, severity: 'high' }, 'severity of "no-iam-users" must be error'],
    ['half a severity', { ...user, severity: { strict: 'error' } }, 'severity of "no-iam-users" must be'],
  ])('is refused with %s', (_, rule, message) => {
    const load = () => toRule(rule, 'rules/users.mjs', new Set(['owner-missing']));
    expect(load).toThrow(InputError);
    expect(load).toThrow(`rules/users.mjs: `);
    expect(load).toThrow(message);
  });

  it.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('no such team');
      },
      'no such team',
    ],
    [
      'throws what is no error',
      () => {
        throw 'no such team';
      },
      'no such team',
    ],
    ['yields nothing that is a list', () => 7, 'iterable'],
    ['yields no message', () => [{ address: 'a' }], 'needs "address" and "message"'],
    ['yields an identity that is none', () => [{ address: 'a', message: 'b', identity: 7 }], 'or null'],
    [
      'never stops',
      function* () {
        for (;;) yield { address: 'a', message: 'b' };
      },
      'more than 100000 findings',
    ],
  ])('that %s is named, and nothing is judged', (_, check, message) => {
    const run = () => lintWith({ ...user, check } as OwnRule);
    expect(run).toThrow(InputError);
    expect(run).toThrow('customRules[0]: the rule "no-iam-users" failed, and nothing was judged: ');
    expect(run).toThrow(message);
  });

  it('cannot take the id of another', () =>
    expect(() => lintWith(user, user)).toThrow('customRules[1]: the rule "no-iam-users" exists already'));
});
