// The baseline: what it accepts, when an entry lapses, and that its file tells nothing it should not.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { InputError, readPlan } from '../../src/input/read-plan.js';
import { type Baseline, parseBaseline, renderBaseline } from '../../src/lint/baseline.js';
import type { LintReport } from '../../src/lint/report.js';
import { baselineOf, type RunOptions, run } from '../../src/lint/run.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';
import type { Json, JsonObject } from '../../src/plan/json.js';

const stack = join(import.meta.dirname, '../fixtures/stacks/legacy-users/plan.json');
const text = readFileSync(stack, 'utf8');
const NOW = new Date('2026-11-23T00:00:00Z');
const OPTIONS: RunOptions = {
  profile: 'recommended',
  config: EMPTY_CONFIG,
  rules,
  only: [],
  skip: [],
  failOn: 'error',
  onlyChanged: false,
};

const planOf = (json: string) => ({ ...readPlan('plan.json', Buffer.from(json)), now: NOW });
const fileOf = (json: string): string => renderBaseline(baselineOf([planOf(json)], OPTIONS));
const known = parseBaseline('known.json', fileOf(text));

function lintWith(json: string, baseline: Baseline, options: Partial<RunOptions> = {}): LintReport {
  return run([planOf(json)], { ...OPTIONS, baseline, ...options })[0] as LintReport;
}

/** The plan with the values of one resource changed, before and after. */
function changed(address: string, change: (values: JsonObject) => void): string {
  const plan = JSON.parse(text);
  const resource = plan.resource_changes.find((one: { address: string }) => one.address === address);
  for (const values of [resource.change.before, resource.change.after]) if (values) change(values);
  return JSON.stringify(plan);
}

const standing = ({ findings }: LintReport): string[] =>
  findings.filter(({ severity }) => severity !== 'note').map(({ rule, address }) => `${rule} ${address}`);
const told = ({ findings }: LintReport): string[] =>
  findings.filter(({ severity }) => severity === 'note').map(({ address }) => address);

describe('a plan with its own baseline', () => {
  const report = lintWith(text, known);

  it('has no finding left, and hides none', () => {
    expect(report.findings).toEqual([]);
    expect(report.decision).toBe('pass');
    expect(report.waived).toHaveLength(known.entries.length);
    expect(report.summary).toMatchObject({ waived: known.entries.length, baseline: known.entries.length });
    expect(report.waived[0]?.waiver).toEqual({ reason: 'baseline', owner: null, expires: null });
  });

  it('keeps its verdicts', () => {
    const bare = run([planOf(text)], OPTIONS)[0];
    expect(report.identities.map(({ scope }) => scope.verdict)).toEqual(
      bare?.identities.map(({ scope }) => scope.verdict),
    );
  });

  it('is never passed where it is not whole', () => {
    const broken = JSON.stringify({ ...JSON.parse(text), errored: true });
    const outcome = lintWith(broken, parseBaseline('known.json', fileOf(broken)));
    expect(outcome.decision).toBe('fail');
    expect(standing(outcome)).toEqual(['plan-incomplete plan']);
  });
});

describe('an entry lapses', () => {
  const tag = (value: string) => (values: JsonObject) => {
    (values.tags_all as JsonObject).Owner = value;
  };

  it('when what decided it changes', () => {
    const report = lintWith(changed('aws_iam_user.erp_export', tag('n/a')), known);
    expect(standing(report)).toContain('owner-invalid aws_iam_user.erp_export');
    expect(told(report)).toContain('aws_iam_user.erp_export');
  });

  it('when the identity gets another credential', () => {
    const plan = JSON.parse(text);
    const key = plan.resource_changes.find(
      ({ address }: { address: string }) => address === 'aws_iam_access_key.ledger_sync',
    );
    plan.resource_changes.push({ ...key, address: 'aws_iam_access_key.second', name: 'second' });
    plan.configuration.root_module.resources.push({
      ...plan.configuration.root_module.resources.find(
        ({ address }: { address: string }) => address === 'aws_iam_access_key.ledger_sync',
      ),
      address: 'aws_iam_access_key.second',
      name: 'second',
    });
    expect(standing(lintWith(JSON.stringify(plan), known))).toEqual([
      'expiry-missing aws_iam_user.ledger_sync',
      'secret-in-state aws_iam_access_key.second',
      'static-credential aws_iam_access_key.second',
    ]);
  });

  it('not when anything else changes', () => {
    const other = changed('aws_iam_user.erp_export', (values) => {
      values.force_destroy = true;
      values.tags_all = Object.fromEntries(Object.entries(values.tags_all as JsonObject).reverse());
    });
    expect(standing(lintWith(other, known))).toEqual([]);
  });

  it('not when a label changes that it was not read from', () => {
    const other = changed('aws_iam_user.sftp_reconciliation', (values) => {
      (values.tags_all as JsonObject).purpose = 'Fetches files';
    });
    expect(standing(lintWith(other, known))).toEqual([]);
  });

  it('and is told once what it knew is mended', () => {
    const gone = {
      ...known,
      entries: [
        ...known.entries,
        { rule: 'owner-missing', address: 'aws_iam_user.gone', deciding: '0'.repeat(32) },
      ],
    };
    const report = lintWith(text, gone);
    expect(told(report)).toEqual(['aws_iam_user.gone']);
    expect(report.findings[0]).toMatchObject({ rule: 'waiver-invalid', severity: 'note' });
    expect(report.decision).toBe('pass');
    expect(told(lintWith(text, gone, { only: ['static-credential'] }))).toEqual([]);
  });
});

test('a rule that cannot be waived cannot be in a baseline', () => {
  const broken = planOf(JSON.stringify({ ...JSON.parse(text), errored: true }));
  expect(baselineOf([broken], OPTIONS).map(({ rule }) => rule)).not.toContain('plan-incomplete');
});

describe('the file', () => {
  it('is the same for the same plan, sorted, an entry a line', () => {
    expect(fileOf(text)).toBe(fileOf(text));
    const lines = fileOf(text)
      .split('\n')
      .filter((line) => line.includes('"rule"'));
    expect(lines).toHaveLength(known.entries.length);
    expect(lines.map((line) => line.replace(/,$/, ''))).toEqual(
      lines.map((line) => line.replace(/,$/, '')).sort(),
    );
    expect(renderBaseline([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  it('does not depend on the value of anything sensitive', () => {
    const secret = (value: string): string => {
      const plan = JSON.parse(text);
      for (const { change } of plan.resource_changes) {
        if (change.after?.tags_all) change.after.tags_all.Owner = value;
        change.after_sensitive = { ...change.after_sensitive, tags_all: { Owner: true } };
      }
      return JSON.stringify(plan);
    };
    expect(fileOf(secret('Gn7-first'))).toBe(fileOf(secret('Gn7-other')));
  });

  it.each([
    ['', 'known.json:1:1: the input is empty'],
    ['{', 'known.json:1:2: the JSON ends too early'],
    ['[]', 'known.json: this is no baseline'],
    ['{"version": 2, "findings": []}', 'written by another version'],
    ['{"version": 1, "findings": {}}', '"findings" must be a list'],
    ['{"version": 1, "findings": [{"rule": "a"}]}', 'findings[0] must have'],
    ['{"version": 1, "findings": [{"rule": "a", "address": "b", "deciding": "x"}]}', 'findings[0] must have'],
  ])('%j is refused in one line', (content, message) => {
    expect(() => parseBaseline('known.json', content)).toThrow(InputError);
    expect(() => parseBaseline('known.json', content)).toThrow(message);
  });

  it('of any JSON is a baseline or an error in words', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          parseBaseline('known.json', JSON.stringify(value as Json));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
