// Whatever is handed in: a plan, or one line that says what is wrong and where, and never a part of the content.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, readPlan } from '../../src/input/read-plan.js';

const recorded = readFileSync(
  join(import.meta.dirname, '..', 'fixtures', 'stacks', 'legacy-users', 'plan.json'),
);
const text = recorded.toString('utf8');

function problem(content: string | Uint8Array): string {
  try {
    readPlan('plan.json', typeof content === 'string' ? Buffer.from(content) : content);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe('what is no plan', () => {
  it.each([
    ['nothing', '', 'plan.json: the file is empty'],
    ['white space', ' \n ', 'plan.json:2:2: the input is empty'],
    ['words', 'hello', 'plan.json:1:1: this is not JSON'],
    [
      'a truncated plan',
      '{"format_version":"1.2","resource_changes":[{"address":"a"',
      'plan.json:1:59: the JSON ends too early',
    ],
    ['a missing comma', '{"a":1\n "b":2}', 'plan.json:2:2: expected a comma or }'],
    ['single quotes', "{'a':1}", 'plan.json:1:2: expected a key in double quotes'],
    ['a trailing comma', '[1,]', 'plan.json:1:4: this is not JSON'],
    ['more than one document', '{}{}', 'plan.json:1:3: there is more after the end of the JSON'],
    [
      'an open string',
      '{"a":"b',
      'plan.json:1:6: a string is not closed, or holds a character that JSON does not allow',
    ],
    [
      'a list',
      '[]',
      'plan.json: this is JSON, but not a plan; expected the output of `terraform show -json PLAN` (or tofu), or a cdk.tf.json',
    ],
    [
      'a state',
      '{"format_version":"1.0","values":{}}',
      'plan.json: this is a state, not a plan; expected the output of `terraform show -json PLAN` (or tofu), or a cdk.tf.json',
    ],
    [
      'a raw state',
      '{"version":4,"serial":1}',
      'plan.json: this is a state file, not a plan; expected the output of `terraform show -json PLAN` (or tofu), or a cdk.tf.json',
    ],
    [
      'a bookmark of a cloud plan',
      '{"remote_plan_format":1,"run_id":"run-1"}',
      "plan.json: this is the bookmark of a cloud plan, which holds no plan; download the run's JSON plan",
    ],
    [
      'a format of the future',
      '{"format_version":"2.0","resource_changes":[]}',
      'plan.json: format_version is none of 0.x and 1.x: this is not a plan that can be read',
    ],
    [
      'changes that are none',
      '{"format_version":"1.2","resource_changes":[1]}',
      'plan.json: resource_changes[0] is not an object',
    ],
    [
      'a binary plan',
      'PK\u0003\u0004',
      'plan.json: this is a binary plan; pass the reader of `loadPlanFileReader`',
    ],
  ])('%s', (_, content, expected) => expect(problem(content)).toBe(expected));

  it('nested too deep', () => {
    expect(
      problem(`{"format_version":"1.2","resource_changes":${'['.repeat(5000)}${']'.repeat(5000)}}`),
    ).toBe('plan.json:1:1043: nested deeper than 1000 levels');
  });

  it('any bytes give one line, and never a part of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const message = problem(bytes);
        expect(message).toMatch(/^(no problem|plan\.json(:\d+:\d+)?: [^\n]+)$/);
      }),
    );
  });

  it('a plan cut anywhere is told, with its place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.trimEnd().length - 1 }), (length) => {
        expect(problem(recorded.subarray(0, length))).toMatch(/^plan\.json:\d+:\d+: /);
      }),
      { numRuns: 50 },
    );
  });

  it('never quotes a secret that stands beside the error', () => {
    expect(problem('{"password":"hunter2-hunter2",}')).not.toContain('hunter2');
  });
});

describe('one plan in many forms', () => {
  const expected = readPlan('plan.json', recorded).plan;
  it.each([
    ['pretty-printed', Buffer.from(JSON.stringify(JSON.parse(text), null, 2))],
    ['with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
  ])('%s', (_, bytes) => expect(readPlan('plan.json', bytes).plan).toEqual(expected));

  it.each(['0.1', '0.2', '1.0', '1.1', '1.2'])('format version %s', (version) => {
    const older = { ...JSON.parse(text), format_version: version };
    expect(readPlan('plan.json', Buffer.from(JSON.stringify(older))).plan.resources).toEqual(
      expected.resources,
    );
  });

  it('takes hostile keys for what they are', () => {
    const hostile = text.replace('"purpose"', '"__proto__":{"owner":"x"},"constructor":"y","purpose"');
    expect(readPlan('plan.json', Buffer.from(hostile)).plan.resources).toHaveLength(
      expected.resources.length,
    );
    expect(({} as Record<string, unknown>).owner).toBeUndefined();
  });

  it('lets nobody forge a symbol', () => {
    const forged = text
      .replaceAll('legacy-mailers', '\\ue000aws_s3_bucket.x\\ue002')
      .replaceAll('fraud-features', '\uE000y\uE002');
    expect(JSON.stringify(readPlan('plan.json', Buffer.from(forged)).plan.resources)).not.toMatch(
      /[\uE000-\uE002]/,
    );
  });
});

it('drift that says of no instance is left out: Terraform 1.0 wrote it so', () => {
  const plan = JSON.parse(text);
  const [{ type, name, change }] = plan.resource_changes;
  plan.resource_drift = [{ mode: 'managed', type, name, change }, ...(plan.resource_drift ?? [])];
  expect(problem(JSON.stringify(plan))).toBe('no problem');
});
