// Roles, conditions and members of Google Cloud as tables.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCel } from '../../../src/policy/google/cel.js';
import { readCondition } from '../../../src/policy/google/condition.js';
import { becomes, type GoogleLevel, judgeRole } from '../../../src/policy/google/judge.js';
import { readMember } from '../../../src/policy/google/members.js';
import type { Role } from '../../../src/policy/google/roles.js';

function role(name: string): Role {
  return { kind: 'predefined', name: `roles/${name}` };
}

function custom(...permissions: string[]): Role {
  return { kind: 'custom', name: 'custom role x', permissions };
}

describe('a role on a project', () => {
  it.each([
    ['owner', 'unbounded', false],
    ['editor', 'unbounded', false],
    ['viewer', 'bounded', false],
    ['browser', 'bounded', false],
    ['iam.securityAdmin', 'unbounded', true],
    ['resourcemanager.projectIamAdmin', 'unbounded', true],
    ['iam.serviceAccountUser', 'broad', true],
    ['iam.serviceAccountTokenCreator', 'broad', true],
    ['iam.serviceAccountKeyAdmin', 'broad', true],
    ['iam.serviceAccountAdmin', 'broad', true],
    ['iam.workloadIdentityPoolAdmin', 'broad', true],
    ['iam.roleAdmin', 'broad', true],
    ['deploymentmanager.editor', 'broad', true],
    ['storage.hmacKeyAdmin', 'broad', true],
    ['cloudkms.admin', 'broad', true],
    ['cloudkms.cryptoKeyDecrypter', 'broad', false],
    ['storage.admin', 'broad', false],
    ['storage.objectViewer', 'broad', false],
    ['secretmanager.secretAccessor', 'broad', false],
    ['secretmanager.viewer', 'bounded', false],
    ['bigquery.dataViewer', 'broad', false],
    ['bigquery.metadataViewer', 'bounded', false],
    ['bigquery.jobUser', 'bounded', false],
    ['run.admin', 'broad', false],
    ['run.viewer', 'bounded', false],
    ['logging.logWriter', 'bounded', false],
    ['monitoring.metricWriter', 'bounded', false],
    ['cloudsql.client', 'bounded', false],
    ['artifactregistry.reader', 'bounded', false],
    ['recommender.iamAdmin', 'bounded', false],
    ['madeUp.operator', 'broad', false],
    ['artifactregistry.writer', 'broad', false],
  ] as const)('%s is %s', (name, level, escalates) => {
    const judged = judgeRole(role(name), 'project', undefined);
    expect([judged.level, judged.escalates !== undefined]).toEqual([level, escalates]);
  });

  it.each([
    [['run.services.get', 'run.services.list'], 'bounded', false],
    [['logging.logEntries.create', 'monitoring.timeSeries.create'], 'bounded', false],
    [['secretmanager.versions.access'], 'broad', false],
    [['storage.objects.get'], 'broad', false],
    [['storage.buckets.get'], 'bounded', false],
    [['compute.instances.delete'], 'broad', false],
    [['iam.serviceAccounts.actAs'], 'broad', true],
    [['iam.serviceAccounts.signJwt'], 'broad', true],
    [['iam.serviceAccountKeys.create'], 'broad', true],
    [['iam.roles.update'], 'broad', true],
    [['resourcemanager.projects.setIamPolicy'], 'unbounded', true],
    [['resourcemanager.projects.getIamPolicy'], 'bounded', false],
    [['cloudkms.cryptoKeys.setIamPolicy'], 'broad', true],
    [[], 'bounded', false],
    [['\uE001var.permission\uE002'], 'undecided', false],
  ] as const)('of its own with %j is %s', (permissions, level, escalates) => {
    const judged = judgeRole(custom(...permissions), 'project', undefined);
    expect([judged.level, judged.escalates !== undefined]).toEqual([level, escalates]);
  });

  it.each(['organization', 'folder', 'project'] as GoogleLevel[])('reaches as far on %s', (level) => {
    expect(judgeRole(role('editor'), level, undefined).level).toBe('unbounded');
    expect(judgeRole(role('storage.objectViewer'), level, undefined).level).toBe('broad');
  });

  it('is bounded on one resource', () => {
    expect(judgeRole(role('storage.admin'), 'resource', undefined)).toMatchObject({
      level: 'bounded',
      escalates: undefined,
    });
    expect(judgeRole(role('iam.serviceAccountTokenCreator'), 'service-account', undefined).level).toBe(
      'bounded',
    );
  });
});

it.each([
  ['iam.serviceAccountTokenCreator', true],
  ['iam.serviceAccountUser', true],
  ['iam.workloadIdentityUser', true],
  ['iam.serviceAccountKeyAdmin', true],
  ['iam.serviceAccountAdmin', true],
  ['editor', true],
  ['viewer', false],
  ['iam.serviceAccountViewer', false],
])('%s on a service account becomes it: %s', (name, expected) => {
  expect(becomes(role(name))).toBe(expected);
});

describe('a condition', () => {
  const end = (expression: string): unknown => {
    const found = readCondition(expression).end;
    return found && 'at' in found ? found.at.toISOString().slice(0, 10) : found;
  };
  it.each([
    ['request.time < timestamp("2027-01-31T00:00:00Z")', '2027-01-31'],
    ["request.time <= timestamp('2027-01-31T00:00:00+01:00')", '2027-01-30'],
    ['timestamp("2027-01-31T00:00:00Z") > request.time', '2027-01-31'],
    ['resource.name == "x" && request.time < timestamp("2027-01-31T00:00:00Z")', '2027-01-31'],
    [
      'request.time < timestamp("2027-01-31T00:00:00Z") && request.time < timestamp("2026-12-01T00:00:00Z")',
      '2026-12-01',
    ],
    [
      'request.time < timestamp("2027-01-31T00:00:00Z") || request.time < timestamp("2026-12-01T00:00:00Z")',
      '2027-01-31',
    ],
    ['request.time < timestamp("2027-01-31T00:00:00Z") || resource.name == "x"', undefined],
    ['!(request.time < timestamp("2027-01-31T00:00:00Z"))', undefined],
    ['request.time > timestamp("2027-01-31T00:00:00Z")', undefined],
    ['request.time < timestamp("2027-01-31")', undefined],
    ['request.time < timestamp("soon")', undefined],
    ['request.time.getHours("Europe/Berlin") < 18', undefined],
    ['request.time <', undefined],
    ['request.time < timestamp("\uE000time_offset.x.rfc3339\uE002")', { unknown: ['time_offset.x.rfc3339'] }],
  ])('%s ends %s', (expression, expected) => {
    expect(end(expression)).toEqual(expected);
  });

  it.each([
    ['resource.name.startsWith("projects/_/buckets/raw")', true],
    ['resource.name.startsWith("projects/_/buckets/")', false],
    ['resource.name.startsWith("projects/shop")', false],
    ['resource.name.startsWith("")', false],
    ['resource.name == "projects/_/buckets/raw/objects/a"', true],
    ['resource.name != "projects/_/buckets/raw"', false],
    ['resource.name in ["projects/p/secrets/a", "projects/p/secrets/b"]', true],
    ['resource.type == "storage.googleapis.com/Bucket"', false],
    [
      'resource.type == "storage.googleapis.com/Bucket" && resource.name.startsWith("projects/_/buckets/raw")',
      true,
    ],
    [
      'resource.type != "storage.googleapis.com/Bucket" || resource.name.startsWith("projects/_/buckets/raw")',
      false,
    ],
    ['resource.matchTag("123/env", "dev")', true],
    ['!resource.matchTag("123/env", "prod")', false],
  ])('%s pins a resource: %s', (expression, expected) => {
    expect(readCondition(expression).pinsResource).toBe(expected);
  });

  it.each([
    [
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/run.viewer'])",
      'broad',
    ],
    ["api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/owner'])", 'unbounded'],
    [
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/run.viewer', 'roles/iam.serviceAccountUser'])",
      'unbounded',
    ],
    [
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['projects/p/roles/custom'])",
      'unbounded',
    ],
    [
      "!api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/run.viewer'])",
      'unbounded',
    ],
  ])('%s leaves who hands out roles %s', (expression, expected) => {
    expect(
      judgeRole(role('resourcemanager.projectIamAdmin'), 'project', readCondition(expression)).level,
    ).toBe(expected);
  });

  it('never throws, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(
              fc.constantFrom(
                'request.time',
                '<',
                '&&',
                '(',
                ')',
                '[',
                ']',
                '"x"',
                "r'\\d'",
                '!',
                '.',
                '?',
                ':',
                'in',
                '1',
                ',',
              ),
            )
            .map((parts) => parts.join(' ')),
        ),
        (text) => {
          readCondition(text);
        },
      ),
    );
    expect(parseCel('('.repeat(5000))).toBeUndefined();
    expect(parseCel('!'.repeat(5000))).toBeUndefined();
    expect(parseCel(`${'a.b && '.repeat(2000)}a`)).toBeUndefined();
    expect(parseCel('constructor == toString')).toMatchObject({ kind: 'operation' });
  });
});

const POOL = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools';

it.each([
  [
    'serviceAccount:a@p.iam.gserviceaccount.com',
    { kind: 'service-account', email: 'a@p.iam.gserviceaccount.com' },
  ],
  [
    'serviceAccount:p.svc.id.goog[shop/checkout]',
    { kind: 'kubernetes', namespace: 'shop', name: 'checkout' },
  ],
  [
    `principal://${POOL}/p.svc.id.goog/subject/ns/shop/sa/checkout`,
    { kind: 'kubernetes', namespace: 'shop', name: 'checkout' },
  ],
  [
    `principalSet://${POOL}/p.svc.id.goog/namespace/shop`,
    { kind: 'kubernetes', namespace: 'shop', name: '*' },
  ],
  [`principalSet://${POOL}/p.svc.id.goog/*`, { kind: 'kubernetes', namespace: '*', name: '*' }],
  [`principalSet://${POOL}/github/*`, { kind: 'federated', pool: 'github', attribute: '*', value: '' }],
  [
    `principalSet://${POOL}/github/attribute.repository/acme/shop`,
    { kind: 'federated', pool: 'github', attribute: 'attribute.repository', value: 'acme/shop' },
  ],
  [
    `principal://${POOL}/github/subject/repo:acme/shop:ref:refs/heads/main`,
    { kind: 'federated', pool: 'github', attribute: 'subject', value: 'repo:acme/shop:ref:refs/heads/main' },
  ],
  ['allUsers', { kind: 'public', who: 'allUsers' }],
  ['domain:acme.example', { kind: 'public', who: 'domain:acme.example' }],
  ['user:a@acme.example', { kind: 'person', who: 'user:a@acme.example' }],
  ['projectOwner:p', { kind: 'person', who: 'projectOwner:p' }],
  [
    'deleted:serviceAccount:a@p.iam.gserviceaccount.com?uid=1',
    { kind: 'person', who: 'deleted:serviceAccount:a@p.iam.gserviceaccount.com?uid=1' },
  ],
])('reads %s', (text, expected) => {
  expect(readMember(text)).toEqual(expected);
});
