import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conditionEnd,
  forbidsAssigning,
  parseCondition,
  pinsResource,
} from '../../../src/policy/azure/condition.js';
import { PRIVILEGED_ROLE_IDS } from '../../../src/policy/azure/roles.js';

const WRITE = "ActionMatches{'Microsoft.Authorization/roleAssignments/write'}";
const DELETE = "ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}";
const ROLE = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
const HARMLESS = '4633458b-17de-408a-b874-0445c86b69e6';
const [OWNER, USER_ACCESS, RBAC] = PRIVILEGED_ROLE_IDS;

describe('assigning privileged roles', () => {
  test.each<[what: string, condition: string, forbidden: boolean]>([
    [
      'named roles only, as the portal writes it',
      `((!(${WRITE})) OR (@Request[${ROLE}] ForAnyOfAnyValues:GuidEquals {${HARMLESS}})) AND ((!(${DELETE})) OR (@Resource[${ROLE}] ForAnyOfAnyValues:GuidEquals {${HARMLESS}}))`,
      true,
    ],
    [
      'all but the privileged roles',
      `((!(${WRITE})) OR (@Request[${ROLE}] ForAnyOfAllValues:GuidNotEquals {${OWNER}, ${USER_ACCESS}, ${RBAC}}))`,
      true,
    ],
    ['all but one privileged role', `(@Request[${ROLE}] ForAnyOfAllValues:GuidNotEquals {${OWNER}})`, false],
    ['with && and without a set', `!(${WRITE}) || @Request[${ROLE}] GuidEquals '${HARMLESS}'`, true],
    [
      'a privileged role among them',
      `(!(${WRITE})) OR (@Request[${ROLE}] ForAnyOfAnyValues:GuidEquals {${HARMLESS}, ${OWNER}})`,
      false,
    ],
    [
      'kinds of principals only',
      `(!(${WRITE})) OR (@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal')`,
      false,
    ],
    [
      'or anything else',
      `(@Request[${ROLE}] GuidEquals {${HARMLESS}}) OR (@Environment[isPrivateLink] BoolEquals true)`,
      false,
    ],
    ['deletions only', `(!(${DELETE})) OR (@Resource[${ROLE}] GuidEquals {${HARMLESS}})`, false],
    ['broken', `(!(${WRITE}) OR (@Request[${ROLE}] GuidEquals {${HARMLESS}})`, false],
    ['empty', '', false],
  ])('%s', (_what, condition, forbidden) => {
    expect(forbidsAssigning(condition, PRIVILEGED_ROLE_IDS)).toBe(forbidden);
  });
});

describe('pinned objects', () => {
  const BLOB = "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}";
  test.each<[condition: string, pinned: boolean]>([
    [
      `(!(${BLOB})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'x')`,
      true,
    ],
    [`(!(${BLOB} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[a:path] StringLike 'in/*')`, false],
    [`(!(${BLOB})) OR (@Resource[a:path] StringLike '*')`, false],
    [`(!(${BLOB})) OR (@Resource[a:name] StringNotEquals 'x')`, false],
    [`(!(${BLOB})) OR (@Principal[a:team] StringEquals @Resource[a:team])`, false],
    [`(!(${BLOB})) OR (Exists @Resource[a:team])`, false],
  ])('%s', (condition, pinned) => {
    expect(pinsResource(condition)).toBe(pinned);
  });
});

describe('ends', () => {
  test.each<[condition: string, end: string | undefined]>([
    ["@Environment[UtcNow] DateTimeLessThan '2027-01-31T00:00:00.0Z'", '2027-01-31T00:00:00.000Z'],
    [
      "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Environment[UtcNow] DateTimeGreaterThan '2026-11-01T00:00:00.0Z' AND @Environment[UtcNow] DateTimeLessThanEquals '2026-12-01T00:00:00.0Z'))",
      '2026-12-01T00:00:00.000Z',
    ],
    ["@Environment[UtcNow] DateTimeGreaterThan '2027-01-31T00:00:00.0Z'", undefined],
    [
      "@Environment[UtcNow] DateTimeLessThan '2027-01-31T00:00:00Z' OR @Resource[a:name] StringEquals 'x'",
      undefined,
    ],
    ["@Environment[UtcNow] DateTimeLessThan '31/01/2027'", undefined],
    ["@Environment[UtcNow] DateTimeLessThan '2027-02-31T99:00:00Z'", undefined],
    ["@Resource[a:name] StringEquals 'x'", undefined],
  ])('%s', (condition, end) => {
    expect(conditionEnd(condition)?.toISOString()).toBe(end);
  });

  test('of all there is only where it is not about some actions', () => {
    const until = "@Environment[UtcNow] DateTimeLessThan '2027-01-31T00:00:00Z'";
    expect(conditionEnd(until, true)).toBeDefined();
    expect(conditionEnd(`(!(ActionMatches{'a/b/read'})) OR (${until})`, true)).toBeUndefined();
  });
});

test('any text is read in bounded work', () => {
  for (const text of [
    '('.repeat(10_000),
    '!'.repeat(10_000),
    `${'('.repeat(60)}Exists @A[b]${')'.repeat(60)}`,
    "'".repeat(9_999),
  ])
    expect(() => parseCondition(text)).not.toThrow();
  const pieces = fc.constantFrom(
    '(',
    ')',
    '{',
    '}',
    ',',
    '!',
    ' AND ',
    ' OR ',
    ' NOT ',
    "'x'",
    '@Resource[a:b]',
    ' StringEquals ',
    'Exists ',
    'ActionMatches',
    '&&',
    '&',
    "'",
    '@',
    '\\',
  );
  fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void parseCondition(parts.join(''))));
});
