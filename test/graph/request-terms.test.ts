// Access for the asking: what counts as an approval, as an end, and as a review.

import { expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { readConfigurationPlan } from '../../src/input/configuration-plan.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { folderOf } from '../folder.js';

const parser = await loadGrammar();
const now = new Date('2026-11-23T00:00:00Z');
const OWNER = '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const READER = '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';

function termsOf(text: string) {
  const { plan } = readConfigurationPlan(folderOf({ 'main.tf': text }), parser, (path) => path, now);
  return buildGraph(plan, { now, knownAccounts: [] }).requestTerms.map(
    ({ approved, ends, outsiders, role, idleReview }) => ({
      approved,
      ends,
      outsiders,
      role,
      review: idleReview?.why,
    }),
  );
}

const packagePolicy = (text: string): string => `
variable "approve" { type = bool }
resource "azuread_access_package_assignment_policy" "p" {
  access_package_id = "0b6a3c44-3d0e-4f3c-9a51-7d1f3f0f2c11"
  display_name      = "p"
  description       = "p"
  ${text}
}
`;

const rolePolicy = (role: string, rules: string): string => `
resource "azurerm_role_management_policy" "p" {
  scope              = "/subscriptions/8a2b5a2c-0000-4000-8000-000000000000"
  role_definition_id = "${role}"
  activation_rules {
    ${rules}
  }
}
`;

const GOOD = { approved: true, ends: true, outsiders: false, role: undefined, review: undefined };
const APPROVED = 'approval_settings {\n approval_required = true\n }';

it.each([
  [
    'nothing at all',
    '',
    { ...GOOD, approved: false, ends: false, review: 'It never ends, and nobody looks at it again' },
  ],
  ['an approval and an end', `${APPROVED}\n duration_in_days = 30`, GOOD],
  [
    'an approval that is not known yet',
    'approval_settings {\n approval_required = var.approve\n }\n duration_in_days = 30',
    GOOD,
  ],
  [
    'people outside',
    `${APPROVED}\n duration_in_days = 30\n requestor_settings {\n scope_type = "AllConfiguredConnectedOrganizationSubjects"\n }`,
    { ...GOOD, outsiders: true },
  ],
  [
    'a review by whoever has it',
    `${APPROVED}\n duration_in_days = 30\n assignment_review_settings {\n enabled = true\n review_type = "Self"\n }`,
    { ...GOOD, review: 'Whoever has the access reviews it' },
  ],
  [
    'a review that keeps what nobody answers for',
    `${APPROVED}\n assignment_review_settings {\n enabled = true\n review_type = "Manager"\n access_review_timeout_behavior = "keepAccess"\n }`,
    { ...GOOD, ends: false, review: 'A review that nobody answers leaves the access as it is' },
  ],
])('an access package with %s', (_, text, expected) => {
  expect(termsOf(packagePolicy(text))).toEqual([expected]);
});

it('asks nothing of a package that nobody can ask for', () => {
  expect(termsOf(packagePolicy('requestor_settings {\n scope_type = "NoSubjects"\n }'))).toEqual([]);
});

it.each([
  ['Owner without an approval', rolePolicy(OWNER, 'require_approval = false'), [false]],
  ['Owner with one', rolePolicy(OWNER, 'require_approval = true'), [true]],
  ['Owner, where it is set elsewhere', rolePolicy(OWNER, 'maximum_duration = "PT1H"'), [true]],
  ['Reader', rolePolicy(READER, 'require_approval = false'), []],
])('a role taken up for a while: %s', (_, text, expected) => {
  expect(termsOf(text).map(({ approved }) => approved)).toEqual(expected);
});
