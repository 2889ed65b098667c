// Waivers in all their states.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/access/end.js';
import { lint } from '../../src/index.js';
import { parseConfig } from '../../src/lint/config.js';
import type { Finding } from '../../src/lint/finding.js';
import { applyWaivers, type Waiver } from '../../src/lint/waiver.js';
import { renderPretty } from '../../src/reporters/pretty.js';

const NOW = new Date('2026-11-23T00:00:00Z');
const anyRule = (_rule: string): boolean => true;

function finding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'require-end',
    category: 'expiry-missing',
    severity: 'error',
    identity: 'aws_iam_user.ci',
    address: 'aws_iam_access_key.ci[0]',
    message: 'The key never ends',
    help: 'Give it an end',
    evidence: [],
    location: null,
    construct: null,
    frameworks: [],
    fingerprint: '0'.repeat(32),
    ...changes,
  };
}

function waiver(changes: Partial<Waiver> = {}): Waiver {
  const expires = changes.expires ?? '2027-03-31';
  return {
    rule: 'require-end',
    address: 'aws_iam_access_key.ci[0]',
    reason: 'The old pipeline is switched off in March',
    owner: 'team-ci',
    expires,
    until: parseDate(expires) as Date,
    controls: [],
    ticket: undefined,
    retires: undefined,
    location: { file: 'leasehold.yaml', line: 3, column: 5 },
    ...changes,
  };
}

const apply = (findings: Finding[], waivers: Waiver[], waivable = anyRule) =>
  applyWaivers(findings, waivers, NOW, waivable, 365);
const states = (...waivers: Waiver[]) => apply([finding()], waivers).problems.map(({ why }) => why);

describe('a waiver that holds', () => {
  test.each<[string, Partial<Waiver>]>([
    ['the rule and the address', {}],
    ['the category', { rule: 'expiry-missing' }],
    ['the address of the identity', { address: 'aws_iam_user.ci' }],
    ['a glob', { address: '**.aws_iam_access_key.*' }],
  ])('silences by %s', (_, changes) => {
    const { findings, waived, problems } = apply([finding()], [waiver(changes)]);
    expect(findings).toEqual([]);
    expect(problems).toEqual([]);
    const { reason, owner, expires } = waiver();
    expect(waived).toEqual([{ ...finding(), waiver: { reason, owner, expires } }]);
  });

  test('holds through its last day in UTC, and not a moment longer', () => {
    const last = [waiver({ expires: '2026-11-23' })];
    expect(applyWaivers([finding()], last, new Date('2026-11-23T23:59:59Z'), anyRule, 365).problems).toEqual(
      [],
    );
    expect(
      applyWaivers([finding()], last, new Date('2026-11-24T00:00:00Z'), anyRule, 365).findings,
    ).toHaveLength(1);
  });

  test('may last as long as the limit, its last day included', () =>
    expect(states(waiver({ expires: '2027-11-23' }))).toEqual([]));

  test('shows what limits the risk, the ticket and when its subject goes', () => {
    const legacy = { controls: ['IP allow-list'], ticket: 'SEC-12', retires: '2027-06-30' };
    const { reason, owner, expires } = waiver();
    expect(apply([finding()], [waiver(legacy)]).waived[0]?.waiver).toEqual({
      reason,
      owner,
      expires,
      ...legacy,
    });
  });

  test('leaves other findings alone, in their order', () => {
    const others = [
      finding({ rule: 'require-owner', category: 'owner-missing' }),
      finding({ address: 'aws_iam_access_key.ci[1]', identity: null }),
    ];
    const { findings, waived } = apply([others[0]!, finding(), others[1]!], [waiver()]);
    expect(findings).toEqual(others);
    expect(waived).toHaveLength(1);
  });

  test('of several on one finding the first is named, and none is idle', () => {
    const { waived, problems } = apply([finding()], [waiver(), waiver({ address: '**', owner: 'team-b' })]);
    expect(waived.map((one) => one.waiver.owner)).toEqual(['team-ci']);
    expect(problems).toEqual([]);
  });
});

describe('a waiver that does not hold', () => {
  test.each<[string, Partial<Waiver>, string]>([
    ['expired', { expires: '2026-11-22' }, 'expired on 2026-11-22, and silences nothing'],
    ['no-reason', { reason: 'TODO' }, 'gives a placeholder for a reason, and silences nothing'],
    [
      'too-long',
      { expires: '2027-11-24' },
      'lasts until 2027-11-24, longer than a waiver may, and silences nothing',
    ],
    ['no-owner', { owner: 'n/a' }, 'names a placeholder for an owner, and silences nothing'],
  ])('is %s, and silences nothing', (why, changes, message) => {
    const bad = waiver(changes);
    const { findings, waived, problems } = apply([finding()], [bad]);
    expect(findings).toHaveLength(1);
    expect(waived).toEqual([]);
    expect(problems).toEqual([
      {
        waiver: bad,
        why,
        message: `The waiver of "require-end" for aws_iam_access_key.ci[0] ${message}`,
        location: { file: 'leasehold.yaml', line: 3, column: 5 },
      },
    ]);
  });

  test('matches nothing: another rule, another address, a glob that does not reach', () => {
    const idle = [
      { rule: 'require-owner' },
      { address: 'aws_iam_access_key.ci' },
      { address: 'aws_iam_role.*' },
    ].map(waiver);
    expect(apply([finding()], idle).problems.map(({ message }) => message)).toEqual([
      'The waiver of "require-owner" for aws_iam_access_key.ci[0] matches no finding',
      'The waiver of "require-end" for aws_iam_access_key.ci matches no finding',
      'The waiver of "require-end" for aws_iam_role.* matches no finding',
    ]);
  });

  test('asks for what cannot be waived, by rule or by category', () => {
    const strict = (rule: string): boolean => rule !== 'require-end';
    const { findings, problems } = apply([finding()], [waiver(), waiver({ rule: 'expiry-missing' })], strict);
    expect(findings).toHaveLength(1);
    expect(problems.map(({ why }) => why)).toEqual(['not-waivable', 'not-waivable']);
  });

  test('of a category silences those of its rules that may be waived', () => {
    const strict = (rule: string): boolean => rule !== 'hard-rule';
    const both = [finding({ rule: 'hard-rule' }), finding()];
    const { findings, waived, problems } = apply(both, [waiver({ rule: 'expiry-missing' })], strict);
    expect(findings.map(({ rule }) => rule)).toEqual(['hard-rule']);
    expect(waived.map(({ rule }) => rule)).toEqual(['require-end']);
    expect(problems).toEqual([]);
  });

  test('does not cover for one that holds', () => {
    expect(states(waiver({ expires: '2026-01-01' }), waiver())).toEqual(['expired']);
  });
});

test('what is undecided stays undecided: it is told, and its verdict stands', () => {
  const plan = readFileSync(join(import.meta.dirname, '../fixtures/stacks/data-lake/plan.json'));
  const config = parseConfig(
    'leasehold.yaml',
    'waivers: [{rule: undecided, address: aws_iam_role.compactor, reason: Known at apply, owner: team-lake, expires: 2027-01-31}]',
    { knownRules: [], readFile: () => '' },
  );
  const report = lint(plan, { now: NOW, config });
  const judged = report.identities.find(({ identity }) => identity.address === 'aws_iam_role.compactor');
  expect([judged?.owner.verdict, judged?.expiry.verdict, judged?.scope.verdict]).toContain('undecided');
  const text = renderPretty([report], {
    color: false,
    width: 100,
    unicode: true,
    quiet: false,
    failOn: 'error',
  });
  expect(text).toContain('1 waived (1 undecided)');
  expect(text).toContain('control-undecided at aws_iam_role.compactor: until 2027-01-31, team-lake');
});
