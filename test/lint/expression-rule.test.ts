// Rules as expressions: what they see, and that a wrong one is told when the file is read.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import { ConfigError } from '../../src/lint/config-file.js';
import { type ExpressionRule, expressionRule } from '../../src/lint/expression-rule.js';

const stack = (name: string) => join(import.meta.dirname, '../fixtures/stacks', name, 'plan.json');
const legacy = readFileSync(stack('legacy-users'), 'utf8');
const NOW = new Date('2026-11-23T00:00:00Z');

const rule = (deny: string, subject: ExpressionRule['for'] = 'identities'): ExpressionRule => ({
  id: 'own-rule',
  title: 'Own rule',
  category: 'scope-broad',
  for: subject,
  deny,
  message: 'Denied',
  location: { file: 'leasehold.yaml', line: 7, column: 13 },
});

function denied(deny: string, subject?: ExpressionRule['for'], plan = legacy): string[] {
  const customRules = [expressionRule(rule(deny, subject))];
  return lint(plan, { now: NOW, customRules, rules: ['own-rule'] }).findings.map(({ address }) => address);
}

describe('an expression', () => {
  const all = lint(legacy, { now: NOW }).identities.map(({ identity }) => identity.address);

  it.each<[string, readonly string[]]>([
    ['true', all],
    ['false', []],
    ['identity.kind == "aws.iam.user"', all],
    ['identity.owner.verdict == "missing"', ['aws_iam_user.sftp_reconciliation']],
    [
      'identity.owner.value == null && !identity.labels.exists(k, k == "Owner")',
      ['aws_iam_user.sftp_reconciliation'],
    ],
    [
      '"team" in identity.labels && identity.labels["team"] == "platform-core"',
      ['aws_iam_user.terraform_runner'],
    ],
    ['identity.expiry.verdict == "expired" && identity.expiry.at < now', ['aws_iam_user.chargeback_mailer']],
    [
      'identity.expiry.at != null && identity.expiry.at < now + duration("720h")',
      ['aws_iam_user.chargeback_mailer', 'aws_iam_user.terraform_runner'],
    ],
    [
      'identity.expiry.ttlSeconds != null && identity.expiry.ttlSeconds == 20 * 24 * 3600',
      ['aws_iam_user.terraform_runner'],
    ],
    ['identity.credentials.size() > 1', ['aws_iam_user.pos_relay']],
    ['identity.privileged', ['aws_iam_user.terraform_runner']],
    ['identity.address.glob("*.erp_*")', ['aws_iam_user.erp_export']],
    [
      'identity.grants.exists(g, g.statements.exists(s, "*" in s.actions))',
      ['aws_iam_user.terraform_runner'],
    ],
    ['identity.scope.reasons.exists(r, r.contains("any action"))', ['aws_iam_user.terraform_runner']],
  ])('%s', (deny, expected) => expect(denied(deny)).toEqual(expected));

  it('looks at credentials, grants and ways one by one', () => {
    expect(denied('credential.address.contains("[0]")', 'credentials')).toEqual([
      'aws_iam_access_key.pos_relay_primary[0]',
    ]);
    expect(denied('grant.statements.exists(s, "*" in s.actions) && identity.privileged', 'grants')).toEqual([
      'aws_iam_user_policy_attachment.terraform_runner_admin',
    ]);
    const ways = denied('way.who.contains("GitHub")', 'ways', readFileSync(stack('ci-oidc'), 'utf8'));
    expect(ways.length).toBeGreaterThan(0);
  });

  it.each([
    ['1 +', 'Unexpected token: EOF'],
    ['identity.owner.verdct == "missing"', 'No such key: verdct'],
    ['identity.credentials.exists(c, c.adress == "")', 'No such key: adress'],
    ['credential.form == "static"', 'Unknown variable: credential'],
    ['process.exit(0)', 'Unknown variable: process'],
    ['identity.constructor == null', 'No such key: constructor'],
    ['identity.address', 'must be true or false, and is string'],
    ['identity.address.matches("(a+)+$")', 'matches() may take any time'],
  ])('%s is refused, with its place', (deny, message) => {
    expect(() => expressionRule(rule(deny))).toThrow(ConfigError);
    expect(() => expressionRule(rule(deny))).toThrow(
      /^leasehold\.yaml:7:13: "deny" of the rule "own-rule": [^\n]+$/,
    );
    expect(() => expressionRule(rule(deny))).toThrow(message);
  });

  it.each([
    ['long', Array(600).fill('true').join(' || ')],
    ['deep', `${'('.repeat(50_000)}true${')'.repeat(50_000)}`],
    ['deep in operators', `${'!'.repeat(50_000)}true`],
  ])('that is too %s is refused in one line', (_, deny) => {
    expect(() => expressionRule(rule(deny))).toThrow(ConfigError);
    expect(() => expressionRule(rule(deny))).toThrow(/^leasehold[^\n]{1,120}$/);
  });

  it('that fails on an identity is named, with the identity', () =>
    expect(() => denied('identity.labels["nobody-has-this"] == "x"')).toThrow(
      /the rule "own-rule" failed, and nothing was judged: no such key in identity\.labels\["nobody-has-this"\], at aws_iam_user\.[a-z_]+$/,
    ));

  it.each([
    'bool(identity.name)',
    'duration(identity.name) > duration("1s")',
    'identity.labels[identity.name] == "a"',
  ])('that fails on a value does not quote it: %s', (deny) => {
    expect(() => denied(deny)).toThrow(/failed, and nothing was judged: [a-z ]+ in [^\n]+, at aws_iam_user/);
    expect(() => denied(deny)).not.toThrow(/svc-/);
  });

  it('does not go through large lists in nested loops', () => {
    const plan = JSON.parse(legacy);
    const tags = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 'v']));
    for (const { change } of plan.resource_changes) if (change.after?.tags_all) change.after.tags_all = tags;
    const nested = 'identity.labels.exists(a, identity.labels.exists(b, a + b == "none"))';
    expect(() => denied(nested, 'identities', JSON.stringify(plan))).toThrow('too much to go through');
  });
});
