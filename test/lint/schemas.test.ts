// The published schemas: valid themselves, and in step with the code.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { CATEGORIES, SEVERITIES } from '../../src/lint/finding.js';
import { DEFAULT_LIMITS } from '../../src/lint/rule.js';

function read(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../src/lint', name), 'utf8'));
}
const report = read('report.schema.json');
const config = read('config.schema.json');

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
});
const fits = ajv.compile(report);

const finding = {
  rule: 'owner-missing',
  category: 'owner-missing',
  severity: 'error',
  identity: 'aws_iam_role.batch["eu.west"]',
  address: 'aws_iam_role.batch["eu.west"]',
  message: 'Nobody is accountable',
  help: 'Add an owner tag',
  evidence: ['aws_iam_role.batch["eu.west"] tags_all'],
  location: { file: 'main.tf', line: 12, column: 1 },
  construct: null,
  frameworks: ['NHI1:2025'],
  fingerprint: '0123456789abcdef0123456789abcdef',
};
const identity = {
  address: 'aws_iam_role.batch["eu.west"]',
  kind: 'aws.iam.role',
  name: 'batch',
  action: 'create',
  package: null,
  owner: { verdict: 'missing', value: null, evidence: [] },
  expiry: {
    verdict: 'declared',
    at: '2027-01-31T23:59:59Z',
    ttlSeconds: 7776000,
    evidence: ['tags_all.expires'],
  },
  scope: { verdict: 'bounded', evidence: [] },
  credentials: ['aws_iam_access_key.batch'],
  grants: ['aws_iam_role_policy.batch'],
};
const head = {
  schema: 'urn:leasehold:schema:report:1',
  version: 1,
  tool: { name: 'leasehold', version: '0.1.0' },
  decision: 'fail',
  summary: { identities: 1, errors: 1, warnings: 0, notes: 0, waived: 1 },
};
const single = {
  ...head,
  input: { path: 'plan.json', kind: 'plan-json', sha256: 'a'.repeat(64), terraformVersion: null },
  profile: 'recommended',
  now: '2026-11-23T00:00:00Z',
  identities: [identity],
  findings: [finding],
  waived: [
    { ...finding, waiver: { reason: 'Switched off in March', owner: 'team-ci', expires: '2027-03-31' } },
  ],
  notCovered: [{ address: 'vendor_token.a', type: 'vendor_token' }],
};

describe('the schema of the report', () => {
  test('takes a report, and a frame of several', () => {
    expect(fits(single), JSON.stringify(fits.errors)).toBe(true);
    expect(fits({ ...head, reports: [single, single] }), JSON.stringify(fits.errors)).toBe(true);
  });

  test('takes what a later version adds', () => {
    expect(fits({ ...single, later: 1, findings: [{ ...finding, later: [] }] })).toBe(true);
  });

  test.each<[string, object]>([
    ['another schema', { schema: 'https://schemas.example/report.json' }],
    ['another version', { version: 2 }],
    ['no decision', { decision: undefined }],
    ['a count below zero', { summary: { ...head.summary, errors: -1 } }],
    ['a moment without zone', { now: '2026-11-23T00:00:00' }],
    ['a day that does not exist', { now: '2026-13-45T00:00:00Z' }],
    ['an unknown category', { findings: [{ ...finding, category: 'ownerless' }] }],
    ['severity off', { findings: [{ ...finding, severity: 'off' }] }],
    ['no address', { findings: [{ ...finding, address: null }] }],
    ['line 0', { findings: [{ ...finding, location: { file: 'main.tf', line: 0, column: 1 } }] }],
    [
      'an owner verdict of expiry',
      { identities: [{ ...identity, owner: { ...identity.owner, verdict: 'enforced' } }] },
    ],
    ['a scope without evidence', { identities: [{ ...identity, scope: { verdict: 'broad' } }] }],
    [
      'an end that is no moment',
      { identities: [{ ...identity, expiry: { ...identity.expiry, at: 'never' } }] },
    ],
    ['a deleted key', { identities: [{ ...identity, credentials: undefined }] }],
    ['a waived finding without waiver', { waived: [finding] }],
    ['a waived finding without rule', { waived: [{ ...single.waived[0], rule: undefined }] }],
  ])('refuses %s', (_, changes) => {
    const changed = JSON.parse(JSON.stringify({ ...single, ...changes }));
    expect(fits(changed)).toBe(false);
    expect(fits({ ...head, reports: [single, changed] })).toBe(false);
  });

  test('knows the words of the code', () => {
    expect(report.$defs.category.enum).toEqual(CATEGORIES);
    expect(report.$defs.finding.properties.severity.enum).toEqual(SEVERITIES);
    expect(report.$id).toBe(report.$defs.report.properties.schema.const);
  });
});

describe('the schema of the configuration', () => {
  test('is valid', () => {
    const strict = new Ajv({ strict: true, allowUnionTypes: true });
    expect(strict.compile(config)({ profile: 'strict' })).toBe(true);
  });

  test('knows the words of the code', () => {
    const { failOn, limits, rules } = config.properties;
    expect(failOn.enum).toEqual([...SEVERITIES, 'never']);
    expect([...rules.additionalProperties.enum].sort()).toEqual([...SEVERITIES, 'off'].sort());
    expect(Object.keys(limits.properties)).toEqual(Object.keys(DEFAULT_LIMITS));
    for (const [name, days] of Object.entries(DEFAULT_LIMITS))
      expect(limits.properties[name].description).toContain(`Default: ${days} days.`);
  });

  test('is closed: no object takes keys that it does not name', () => {
    const open: string[] = [];
    const walk = (part: unknown, path: string): void => {
      if (typeof part !== 'object' || part === null) return;
      const { properties, additionalProperties } = part as Record<string, unknown>;
      if (typeof properties === 'object' && additionalProperties !== false) open.push(path);
      for (const [key, value] of Object.entries(part)) walk(value, `${path}/${key}`);
    };
    walk(config, '#');
    expect(open).toEqual([]);
  });

  test('was compiled to code that compiles nothing itself', () => {
    const code = readFileSync(join(import.meta.dirname, '../../src/lint/config.validate.js'), 'utf8');
    expect(code).not.toMatch(/\beval\b|\bFunction\(|\bimport\b|[^_]require\(/);
  });
});
