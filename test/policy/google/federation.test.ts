// Who comes through a workload identity pool, as tables: what the provider admits, narrowed by what the member names.

import { describe, expect, it } from 'vitest';
import { flawOfProvider, type Provider, readEntrance } from '../../../src/policy/google/federation.js';

const GITHUB: Provider = {
  kind: 'oidc',
  issuer: 'https://token.actions.githubusercontent.com',
  condition: undefined,
  mapping: {
    'google.subject': 'assertion.sub',
    'attribute.repository': 'assertion.repository',
    'attribute.repository_owner': 'assertion.repository_owner',
    'attribute.ref': 'assertion.ref',
    'attribute.pair': 'assertion.repository + "/" + assertion.ref',
  },
};

function provider(
  issuer: string,
  condition?: string,
  mapping: Provider['mapping'] = GITHUB.mapping,
): Provider {
  return { kind: 'oidc', issuer, condition, mapping };
}

describe('a provider', () => {
  it.each([
    ['https://token.actions.githubusercontent.com', undefined, true],
    ['https://token.actions.githubusercontent.com/', '', true],
    ['https://token.actions.githubusercontent.com', "assertion.repository_owner == 'acme'", false],
    ['https://token.actions.githubusercontent.com', "assertion['repository_owner_id'] == '123'", false],
    ['https://token.actions.githubusercontent.com', 'attribute.repository == "acme/shop"', false],
    [
      'https://token.actions.githubusercontent.com',
      "assertion.repository in ['acme/shop', 'acme/till']",
      false,
    ],
    ['https://token.actions.githubusercontent.com', "assertion.repository.startsWith('acme/')", false],
    ['https://token.actions.githubusercontent.com', "assertion.repository.endsWith('/shop')", true],
    ['https://token.actions.githubusercontent.com', "assertion.sub.matches('^repo:acme/.*')", false],
    ['https://token.actions.githubusercontent.com', "assertion.ref == 'refs/heads/main'", true],
    ['https://token.actions.githubusercontent.com', "assertion.aud == 'x'", true],
    ['https://token.actions.githubusercontent.com', "assertion.repository_owner != 'mallory'", true],
    ['https://token.actions.githubusercontent.com', "assertion.repository == 'acme/shop' || true", true],
    ['https://token.actions.githubusercontent.com', "assertion.repository.split('/')[0] == 'acme'", false],
    ['https://token.actions.githubusercontent.com/acme', undefined, false],
    ['https://gitlab.com', undefined, true],
    ['https://gitlab.com', "assertion.namespace_path == 'acme'", false],
    ['https://gitlab.com', "assertion.project_id == '17'", false],
    ['https://gitlab.acme.example', undefined, false],
    ['https://app.terraform.io', undefined, true],
    ['https://app.terraform.io', "assertion.terraform_workspace_name == 'production'", true],
    ['https://app.terraform.io', "assertion.terraform_organization_name == 'acme'", false],
    [
      'https://app.terraform.io',
      "assertion.sub.startsWith('organization:acme:project:shop:workspace:')",
      false,
    ],
    ['https://oidc.circleci.com/org/7d2f', undefined, false],
    ['https://accounts.google.com', undefined, true],
    ['https://accounts.google.com', "assertion.email == 'a@acme.example'", false],
    ['https://login.microsoftonline.com/7d2f/v2.0', undefined, false],
  ])('%s with %s admits strangers: %s', (issuer, condition, expected) => {
    expect(flawOfProvider(provider(issuer, condition)) !== undefined).toBe(expected);
  });

  it('whose condition is known only after apply is not accused', () => {
    expect(flawOfProvider({ ...GITHUB, condition: null })).toBeUndefined();
  });
});

describe('through GitHub', () => {
  const OWNER = "assertion.repository_owner == 'acme'";
  it.each([
    ['*', '', undefined, 'many'],
    ['*', '', OWNER, 'many'],
    ['*', '', "assertion.repository == 'acme/shop'", 'one'],
    ['*', '', "assertion.repository == 'acme/shop' && assertion.ref == 'refs/heads/main'", 'one'],
    ['*', '', "assertion.repository in ['acme/shop', 'acme/till']", 'one'],
    ['*', '', "assertion.repository == 'acme/shop' || assertion.repository_owner == 'acme'", 'many'],
    ['*', '', "assertion.repository.startsWith('acme/shop')", 'many'],
    ['*', '', "assertion.sub.startsWith('repo:acme/shop:')", 'one'],
    ['*', '', "assertion.sub.startsWith('repo:acme/shop:') && assertion.sub.endsWith(':main')", 'one'],
    ['*', '', "assertion.repository_id == '17'", 'one'],
    ['*', '', "assertion.repository.split('/')[0] == 'acme'", 'unknown'],
    ['attribute.repository', 'acme/shop', undefined, 'one'],
    ['attribute.repository', 'acme/shop', OWNER, 'one'],
    ['attribute.pair', 'acme/shop/refs/heads/main', undefined, 'one'],
    ['attribute.repository_owner', 'acme', OWNER, 'many'],
    ['attribute.ref', 'refs/heads/main', OWNER, 'many'],
    ['attribute.ref', 'refs/heads/main', "assertion.repository == 'acme/shop'", 'one'],
    ['subject', 'repo:acme/shop:ref:refs/heads/main', undefined, 'one'],
  ])('%s/%s under %s come %s', (attribute, value, condition, expected) => {
    const { reach } = readEntrance({ attribute, value }, [{ ...GITHUB, condition }]);
    expect(reach.kind).toBe(expected);
  });

  it('the widest provider of the pool decides', () => {
    const narrow = { ...GITHUB, condition: "assertion.repository == 'acme/shop'" };
    expect(readEntrance({ attribute: '*', value: '' }, [narrow, GITHUB]).reach.kind).toBe('many');
  });

  it('says who', () => {
    const who = (attribute: string, value: string): string =>
      readEntrance({ attribute, value }, [GITHUB]).who;
    expect(who('subject', 'repo:acme/shop:environment:production')).toBe(
      'repository acme/shop, environment production (GitHub)',
    );
    expect(who('attribute.repository', 'acme/shop')).toContain('acme/shop');
  });
});

describe('through other issuers', () => {
  it.each([
    [provider('https://gitlab.com', "assertion.project_path == 'acme/shop'"), '*', '', 'one'],
    [provider('https://gitlab.com', "assertion.namespace_path == 'acme'"), '*', '', 'many'],
    [
      provider(
        'https://app.terraform.io',
        "assertion.terraform_organization_name == 'acme' && assertion.terraform_workspace_name == 'shop'",
      ),
      '*',
      '',
      'one',
    ],
    [
      provider('https://app.terraform.io', "assertion.terraform_organization_name == 'acme'"),
      '*',
      '',
      'many',
    ],
    [
      provider('https://oidc.eks.eu-west-1.amazonaws.com/id/1', undefined, {
        'google.subject': 'assertion.sub',
      }),
      'subject',
      'system:serviceaccount:shop:checkout',
      'one',
    ],
    [
      provider(
        'https://oidc.eks.eu-west-1.amazonaws.com/id/1',
        "assertion['kubernetes.io'].namespace == 'shop'",
      ),
      '*',
      '',
      'one',
    ],
    [provider('https://oidc.eks.eu-west-1.amazonaws.com/id/1'), '*', '', 'many'],
  ])('%j %s/%s: %s', (one, attribute, value, expected) => {
    expect(readEntrance({ attribute, value }, [one]).reach.kind).toBe(expected);
  });

  const AWS: Provider = { kind: 'aws', issuer: '', condition: undefined, mapping: {} };
  it.each([
    ['*', '', AWS, 'many'],
    ['*', '', { ...AWS, knownAccount: true }, 'one'],
    ['attribute.aws_role', 'arn:aws:sts::111122223333:assumed-role/shop', AWS, 'one'],
    [
      '*',
      '',
      { ...AWS, condition: "assertion.arn.startsWith('arn:aws:sts::111122223333:assumed-role/shop/')" },
      'one',
    ],
    ['*', '', { ...AWS, condition: "assertion.account == '111122223333'" }, 'many'],
  ] as const)('AWS %s/%s %j: %s', (attribute, value, one, expected) => {
    expect(readEntrance({ attribute, value }, [one]).reach.kind).toBe(expected);
  });

  it('a pool of another stack is judged by what its attributes are called', () => {
    const kind = (attribute: string, value: string): string =>
      readEntrance({ attribute, value }, []).reach.kind;
    expect(kind('*', '')).toBe('many');
    expect(kind('attribute.repository', 'acme/shop')).toBe('one');
    expect(kind('attribute.repository_owner', 'acme')).toBe('many');
    expect(kind('attribute.environment', 'production')).toBe('one');
    expect(kind('subject', 'anything')).toBe('one');
  });
});
