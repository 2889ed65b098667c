// Verdicts on configurations as people write them: each case is one sentence of the report's contract.

import { describe, expect, it } from 'vitest';
import { planOf, reportOn } from '../configurations.js';

/** `address: owner expiry scope` of each identity, then the errors about it. */
function judged(text: string): string[] {
  const report = reportOn(planOf({ 'main.tf': text }));
  return [
    ...report.identities.map(
      ({ identity, owner, expiry, scope }) =>
        `${identity.address}: ${owner.verdict} ${expiry.verdict} ${scope.verdict}`,
    ),
    ...report.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ address, category }) => `${address}: ${category}`),
  ];
}

const role = (trust: string, tags: string, rest = ''): string => `
  ${rest}
  resource "aws_iam_role" "a" {
    tags = { owner = "team-shop", ${tags} }
    assume_role_policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" }
        ${trust}
      }]
    })
  }`;
const before = (end: string) => `Condition = { DateLessThan = { "aws:CurrentTime" = ${end} } }`;
const offset = (base = '') => `resource "time_offset" "end" {\n offset_days = 60\n ${base}\n}`;

describe('an end that a time_offset of the plan will hold', () => {
  it.each([
    ['in a condition', role(before('time_offset.end.rfc3339'), '', offset()), 'declared enforced bounded'],
    ['in a tag', role('', 'expires = time_offset.end.rfc3339', offset()), 'declared declared bounded'],
  ])('%s', (_, text, expected) => {
    expect(judged(text)).toEqual([`aws_iam_role.a: ${expected}`]);
  });

  it('counts from its own base', () => {
    const base = 'base_rfc3339 = "2026-01-01T00:00:00Z"';
    expect(judged(role('', 'expires = time_offset.end.rfc3339', offset(base)))).toEqual([
      'aws_iam_role.a: declared expired bounded',
      'aws_iam_role.a: expiry-expired',
    ]);
    expect(
      judged(`${offset(base)}
        resource "azuread_application" "a" {
          display_name = "a"
          owners = ["11111111-2222-3333-4444-555555555555"]
        }
        resource "azuread_application_password" "a" {
          application_id = azuread_application.a.id
          end_date = time_offset.end.rfc3339
        }`),
    ).toEqual(['azuread_application.a: declared expired bounded', 'azuread_application.a: expiry-expired']);
  });
});

describe('a rotation of a password', () => {
  const password = (by: string): string => `
    resource "time_rotating" "t" {
      rotation_days = 60
    }
    resource "terraform_data" "t" {
      triggers_replace = time_rotating.t.id
    }
    resource "terraform_data" "input" {
      input = time_rotating.t.id
    }
    resource "time_static" "t" {
      triggers = { rotation = time_rotating.t.id }
    }
    resource "azuread_application" "a" {
      display_name = "a"
      owners = ["11111111-2222-3333-4444-555555555555"]
    }
    resource "azuread_application_password" "a" {
      application_id = azuread_application.a.id
      rotate_when_changed = { by = ${by} }
    }`;

  it.each(['time_rotating.t.id', 'terraform_data.t.id', 'terraform_data.input.output', 'time_static.t.unix'])(
    'fires through %s',
    (by) => {
      expect(judged(password(by))).toEqual(['azuread_application.a: declared scheduled bounded']);
    },
  );

  it('does not fire through what keeps its id', () => {
    expect(judged(password('terraform_data.input.id'))[0]).toBe(
      'azuread_application.a: declared missing bounded',
    );
  });
});

it.each([
  ['with an end', 'expiry = "2027-01-31T00:00:00Z"', 'enforced', []],
  ['without one', '', 'missing', ['expiry-missing']],
])('a token of a registry %s is an identity', (_, end, verdict, more) => {
  const token = 'azurerm_container_registry_token.a';
  expect(
    judged(`
      resource "azurerm_container_registry_token" "a" {
        name = "puller"
      }
      resource "azurerm_container_registry_token_password" "a" {
        container_registry_token_id = ${token}.id
        password1 {
          ${end}
        }
      }`).sort(),
  ).toEqual(
    [
      `${token}: missing ${verdict} bounded`,
      `${token}: owner-missing`,
      ...more.map((one) => `${token}: ${one}`),
    ].sort(),
  );
});

it.each([
  ['the rules of the roles it collects', '"shop.example.com/operators" = "true"', 'unbounded'],
  ['what other stacks may add', 'other = "true"', 'undecided'],
])('a ClusterRole that aggregates gives %s', (_, labels, scope) => {
  const text = `
    resource "kubernetes_service_account_v1" "a" {
      metadata {
        name        = "operator"
        namespace   = "shop"
        annotations = { owner = "team-shop", expires = "2027-06-30" }
      }
    }
    resource "kubernetes_cluster_role_v1" "all" {
      metadata {
        name = "operators"
      }
      aggregation_rule {
        cluster_role_selectors {
          match_labels = { "shop.example.com/operators" = "true" }
        }
      }
    }
    resource "kubernetes_cluster_role_v1" "part" {
      metadata {
        name   = "everything"
        labels = { ${labels} }
      }
      rule {
        api_groups = ["*"]
        resources  = ["*"]
        verbs      = ["*"]
      }
    }
    resource "kubernetes_cluster_role_binding_v1" "a" {
      metadata {
        name = "operators"
      }
      role_ref {
        api_group = "rbac.authorization.k8s.io"
        kind      = "ClusterRole"
        name      = kubernetes_cluster_role_v1.all.metadata[0].name
      }
      subject {
        kind      = "ServiceAccount"
        name      = "operator"
        namespace = "shop"
      }
    }`;
  expect(judged(text)[0]).toBe(`kubernetes_service_account_v1.a: declared declared ${scope}`);
});

describe('a key in a secret that Secrets Manager rotates', () => {
  const key = (rules: string, secret = 'aws_secretsmanager_secret.s.id') => `
    resource "aws_iam_user" "a" {
      name = "a"
      tags = { owner = "team-shop", expires = "2027-06-30" }
    }
    resource "aws_iam_access_key" "a" {
      user = aws_iam_user.a.name
    }
    resource "aws_secretsmanager_secret" "s" {
      name = "shop/key"
    }
    resource "aws_secretsmanager_secret" "other" {
      name = "shop/other"
    }
    resource "aws_secretsmanager_secret_version" "s" {
      secret_id     = aws_secretsmanager_secret.s.id
      secret_string = jsonencode({ id = aws_iam_access_key.a.id, secret = aws_iam_access_key.a.secret })
    }
    resource "aws_secretsmanager_secret_rotation" "s" {
      secret_id           = ${secret}
      rotation_lambda_arn = "arn:aws:lambda:eu-west-1:418293047715:function:rotate-keys"
      rotation_rules {
        ${rules}
      }
    }`;
  it.each([
    ['automatically_after_days = 30', undefined, ['scheduled']],
    ['automatically_after_days = 30', 'aws_secretsmanager_secret_version.s.secret_id', ['scheduled']],
    ['automatically_after_days = 180', undefined, ['scheduled', 'expiry-too-long']],
    ['schedule_expression = "rate(2160 hours)"', undefined, ['scheduled']],
    ['schedule_expression = "rate(100 days)"', undefined, ['scheduled', 'expiry-too-long']],
    ['schedule_expression = "cron(0 4 1 * ? *)"', undefined, ['scheduled']],
    [
      'automatically_after_days = 30',
      'aws_secretsmanager_secret.other.id',
      ['declared', 'expiry-not-enforced'],
    ],
  ])('with %s, of %s', (rules, secret, [verdict, ...more]) => {
    expect(judged(key(rules, secret))).toEqual([
      `aws_iam_user.a: declared ${verdict} bounded`,
      ...more.map((one) => `aws_iam_user.a: ${one}`),
    ]);
  });
});

it('policies of AWS and of the plan in one map are attached each for itself', () => {
  const text = `${role('', 'expires = "2027-06-30"')}
    resource "aws_iam_policy" "own" {
      policy = jsonencode({ Version = "2012-10-17", Statement = [] })
    }
    resource "aws_iam_role_policy_attachment" "a" {
      for_each   = { all = "arn:aws:iam::aws:policy/AdministratorAccess", own = aws_iam_policy.own.arn }
      role       = aws_iam_role.a.name
      policy_arn = each.value
    }`;
  expect(judged(text)[0]).toBe('aws_iam_role.a: declared declared unbounded');
});

describe('a role assignment of Azure under a condition', () => {
  const READ = "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}";
  const until = (moment: string) => `@Environment[UtcNow] DateTimeLessThan '${moment}'`;
  const JANUARY = until('2027-01-31T00:00:00Z');
  it.each([
    ['on time', JANUARY, 'Storage Blob Data Reader', 'enforced'],
    ['on time, of one action', `((!(${READ})) OR (${JANUARY}))`, 'Storage Blob Data Reader', 'enforced'],
    ['on time, of one action among all', `((!(${READ})) OR (${JANUARY}))`, 'Contributor', 'missing'],
    ['on time that is over', until('2026-01-31T00:00:00Z'), 'Storage Blob Data Reader', 'expired'],
    ['on time to come', until('${time_offset.end.rfc3339}'), 'Storage Blob Data Reader', 'enforced'],
    ['on something else', "@Resource[a:name] StringEquals 'x'", 'Storage Blob Data Reader', 'missing'],
  ])('%s', (_, condition, name, expiry) => {
    const text = `${offset()}
      resource "azurerm_user_assigned_identity" "a" {
        name = "a"
        tags = { owner = "team-shop" }
      }
      resource "azurerm_role_assignment" "a" {
        scope                = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/s"
        role_definition_name = "${name}"
        principal_id         = azurerm_user_assigned_identity.a.principal_id
        condition_version    = "2.0"
        condition            = "${condition}"
      }`;
    expect(judged(text)[0]).toMatch(new RegExp(`^azurerm_user_assigned_identity.a: declared ${expiry} `));
  });
});

it('a number in a tag is its text', () => {
  const text = role('', 'expires = "2027-06-30"').replace('"team-shop"', '4711');
  expect(judged(text)).toEqual(['aws_iam_role.a: declared declared bounded']);
});

it.each([
  ['PrincipalTag/team', 'shop', ['aws_iam_role.a: trust-open']],
  ['username', 'deploy', ['aws_iam_role.a: trust-open']],
  ['PrincipalOrgID', 'o-abcdef1234', []],
  ['PrincipalArn', 'arn:aws:iam::408215637904:role/deploy', []],
])('everybody may come with a name or a tag of their own: aws:%s', (key, value, open) => {
  const trust = `Condition = { StringEquals = { "aws:${key}" = "${value}" } }`;
  const text = role(trust, 'expires = "2027-06-30"').replace('{ Service = "lambda.amazonaws.com" }', '"*"');
  expect(judged(text).slice(1)).toEqual(open);
});
