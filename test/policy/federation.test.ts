import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symbol } from '../../src/plan/symbol.js';
import { issuerOf, reachOf, readSubject, wordsOf } from '../../src/policy/federation.js';

const GITHUB = 'token.actions.githubusercontent.com';
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B';
const UUID = '{f5a5d0c4-3f6a-4c77-9a44-3a1f2b8b9f0e}';
const ORG = '6f0c1d52-6a39-4f6e-9a57-1f0d4a8a7c11';

function reach(address: string, text: string, wildcards = true): string {
  const found = reachOf(issuerOf(address, text), { text, wildcards });
  return found.kind === 'many' ? found.spans : found.kind;
}

describe('reachOf, where wildcards are taken', () => {
  it.each([
    [GITHUB, 'repo:acme/portal:environment:production', 'one'],
    [GITHUB, 'repo:acme/portal:ref:refs/heads/release/*', 'one'],
    [GITHUB, 'repo:acme/portal:pull_request', 'one'],
    [GITHUB, 'repo:acme/portal:*', 'one'],
    [GITHUB, 'repo:acme/portal', 'one'],
    [GITHUB, 'repo:acme@1234/portal@5678:ref:refs/heads/main', 'one'],
    [GITHUB, 'repo:acme@1234/portal@5678:*', 'one'],
    [GITHUB, 'repository_id:5678:environment:*', 'one'],
    [GITHUB, 'repository_owner:acme:repository:acme/portal:*', 'one'],
    [GITHUB, 'job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@refs/heads/*', 'one'],
    [GITHUB, 'repo:acme/portal*', 'repositories'],
    [GITHUB, 'repo:acme/portal*:ref:refs/heads/main', 'repositories'],
    [GITHUB, 'repo:acme/po?tal:ref:refs/heads/main', 'repositories'],
    [GITHUB, 'repo:acme/*', 'repositories'],
    [GITHUB, 'repo:acme/*:environment:production', 'repositories'],
    [GITHUB, 'repo:acme@1234/*', 'repositories'],
    [GITHUB, 'repository_owner:acme:*', 'repositories'],
    [GITHUB, 'repository_owner:acme', 'repositories'],
    [GITHUB, 'repository_owner_id:1234:environment:production', 'repositories'],
    [GITHUB, 'job_workflow_ref:acme/*', 'repositories'],
    [GITHUB, 'repo:acme*', 'organisations'],
    [GITHUB, 'repo:*/portal:ref:refs/heads/main', 'organisations'],
    [GITHUB, 'repo:*', 'organisations'],
    [GITHUB, '*:environment:production', 'organisations'],
    [GITHUB, 'environment:production', 'organisations'],
    [GITHUB, '*', 'organisations'],
    ['token.actions.acme.ghe.com', 'repo:acme/*', 'repositories'],
    ['github.acme.example/_services/token', 'repo:acme/*', 'repositories'],
    ['gitlab.com', 'project_path:acme/portal:ref_type:branch:ref:main', 'one'],
    ['gitlab.com', 'project_path:acme/platform/portal:*', 'one'],
    ['gitlab.com', 'project_path:acme/*:ref_type:branch:ref:main', 'projects'],
    ['gitlab.acme.example:8443', 'project_path:*:ref_type:branch:ref:main', 'groups'],
    ['gitlab.com', '*', 'groups'],
    ['app.terraform.io', 'organization:acme:project:shop:workspace:shop-prod:run_phase:*', 'one'],
    ['app.terraform.io', 'organization:acme:project:shop:workspace:*:run_phase:*', 'one'],
    ['app.terraform.io', 'organization:acme:project:*:workspace:shop-prod:run_phase:apply', 'one'],
    ['app.terraform.io', 'organization:acme:workspace:shop-prod:run_phase:*', 'one'],
    ['app.terraform.io', 'organization:acme:project:*:workspace:*:run_phase:*', 'projects'],
    ['app.terraform.io', 'organization:acme:*', 'projects'],
    ['tfe.acme.example', 'organization:*:project:shop:workspace:shop-prod:run_phase:apply', 'organisations'],
    ['api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', `${UUID}:*`, 'one'],
    ['api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', '*', 'repositories'],
    [`oidc.circleci.com/org/${ORG}`, `org/${ORG}/project/p-1/user/*`, 'one'],
    [`oidc.circleci.com/org/${ORG}`, `org/${ORG}/project/*`, 'projects'],
    [`oidc.circleci.com/org/${ORG}`, 'org/*', 'organisations'],
    ['agent.buildkite.com', 'organization:acme:pipeline:shop:*', 'one'],
    ['agent.buildkite.com', 'organization:acme:pipeline:shop*', 'pipelines'],
    ['agent.buildkite.com', 'organization:acme:*', 'pipelines'],
    ['agent.buildkite.com', 'organization:*', 'organisations'],
    ['oidc.vercel.com/acme', 'owner:acme:project:shop:environment:*', 'one'],
    ['oidc.vercel.com', 'owner:acme:project:*:environment:production', 'projects'],
    ['oidc.vercel.com', 'owner:*', 'teams'],
    ['acme.app.spacelift.io', 'space:production:stack:*', 'one'],
    ['acme.app.spacelift.io', 'space:*:stack:shop:*', 'spaces'],
    [`vstoken.dev.azure.com/${ORG}`, 'sc://acme/shop/*', 'one'],
    [`vstoken.dev.azure.com/${ORG}`, 'sc://acme/*', 'projects'],
    [EKS, 'system:serviceaccount:ledger:writer', 'one'],
    [EKS, 'system:serviceaccount:ledger:*', 'one'],
    [EKS, 'system:serviceaccount:*:writer', 'namespaces'],
    [EKS, 'system:serviceaccount:ledger-*:writer', 'namespaces'],
    [EKS, 'system:serviceaccount:*:*', 'namespaces'],
    [EKS, 'system:serviceaccount:*', 'namespaces'],
    ['oidc.acme.example', 'system:serviceaccount:*:*', 'namespaces'],
    ['login.acme.example', 'workload-4711', 'one'],
    ['login.acme.example', 'tenant:acme:workload:*', 'one'],
    ['login.acme.example', 'spiffe://acme.example/shop/*', 'one'],
    ['login.acme.example', 'auth0|*', 'subjects'],
    ['login.acme.example', 'workload-*', 'subjects'],
    ['login.acme.example', '*', 'subjects'],
  ])('%s: %s → %s', (address, text, expected) => {
    expect(reach(address, text)).toBe(expected);
  });

  it('finds that a wildcard in the name spans, wherever it stands', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/);
    fc.assert(
      fc.property(
        name,
        name,
        fc.nat(),
        fc.constantFrom('*', '?'),
        (organisation, repository, place, wildcard) => {
          const full = `${organisation}/${repository}`;
          const cut = place % (full.length + 1);
          const pattern = full.slice(0, cut) + wildcard + full.slice(cut);
          expect(reach(GITHUB, `repo:${full}:ref:refs/heads/main`)).toBe('one');
          expect(['repositories', 'organisations']).toContain(
            reach(GITHUB, `repo:${pattern}:ref:refs/heads/main`),
          );
        },
      ),
    );
  });

  it.each(['a:', 'repo:', 'org/', 'a', '*', ':', 'x:*', '/'])(
    'reads a long row of %s in a moment',
    (unit) => {
      const text = unit.repeat(50_000);
      const start = performance.now();
      for (const address of [GITHUB, 'app.terraform.io', EKS, 'x.example', text]) reach(address, text);
      expect(performance.now() - start).toBeLessThan(2_000);
    },
  );
});

describe('reachOf, where it is compared as it stands', () => {
  it.each([
    [GITHUB, 'repo:acme/portal:ref:refs/heads/main', 'one'],
    [GITHUB, 'repo:acme/*', 'one'],
    [GITHUB, 'repository_owner:acme', 'repositories'],
    [EKS, 'system:serviceaccount:*:*', 'one'],
  ])('%s: %s → %s', (address, text, expected) => {
    expect(reach(address, text, false)).toBe(expected);
  });
});

describe('reachOf, where a part is known only after apply', () => {
  const name = symbol('github_repository.shop.name', true);
  const open = symbol('var.repository', false);

  it.each([
    [`repo:acme/${name}:*`, true, 'one'],
    [`repo:acme/${name}*`, true, 'repositories'],
    [`repo:acme/${open}:*`, true, 'unknown'],
    [`repo:acme/shop:environment:${open}`, true, 'one'],
    [`repo:acme/*:environment:${open}`, true, 'repositories'],
    [`repo:acme/${open}:ref:refs/heads/main`, false, 'one'],
    [open, true, 'unknown'],
    [open, false, 'one'],
    [name, true, 'unknown'],
    [`repo:acme/${symbol('aws_thing.x[*].name', true)}:*`, true, 'one'],
  ])('%j', (text, wildcards, expected) => {
    expect(reach(GITHUB, text, wildcards)).toBe(expected);
  });
});

describe('wordsOf', () => {
  it.each([
    [
      GITHUB,
      'repo:acme/shop:environment:production',
      'repository acme/shop, environment production (GitHub)',
    ],
    [GITHUB, 'repo:acme/shop:ref:refs/heads/main', 'repository acme/shop, branch main (GitHub)'],
    [GITHUB, 'repo:acme/shop:ref:refs/tags/v*', 'repository acme/shop, tag v* (GitHub)'],
    [GITHUB, 'repo:acme/shop:pull_request', 'repository acme/shop, pull requests (GitHub)'],
    [GITHUB, 'repo:acme/shop:*', 'repository acme/shop (GitHub)'],
    [GITHUB, 'job_workflow_ref:acme/x/y.yml@z', 'subject job_workflow_ref:acme/x/y.yml@z (GitHub)'],
    ['gitlab.com', 'project_path:acme/shop:ref_type:branch:ref:main', 'project acme/shop, ref main (GitLab)'],
    [
      'app.terraform.io',
      'organization:acme:project:p:workspace:w:run_phase:apply',
      'workspace acme/p/w (HCP Terraform)',
    ],
    [
      'oidc.vercel.com',
      'owner:acme:project:shop:environment:production',
      'project acme/shop, environment production (Vercel)',
    ],
    [EKS, 'system:serviceaccount:ledger:writer', 'service account ledger/writer (Kubernetes)'],
    [EKS, 'system:serviceaccount:ledger:*', 'every service account of namespace ledger (Kubernetes)'],
    ['login.acme.example', 'workload-4711', 'subject workload-4711'],
    [
      GITHUB,
      `repo:acme/${symbol('github_repository.shop.name', true)}:*`,
      'repository acme/⟨github_repository.shop.name⟩ (GitHub)',
    ],
  ])('%s: %s', (address, text, words) => {
    expect(wordsOf(issuerOf(address, text), { text, wildcards: true })).toBe(words);
  });
});

describe('readSubject', () => {
  const issuer = `https://${GITHUB}`;
  const ids = (credential: Parameters<typeof readSubject>[0]) =>
    readSubject(credential).openings.map(({ id }) => id);

  it.each<[string, Parameters<typeof readSubject>[0], string[]]>([
    ['one environment', { issuer, subject: 'repo:acme/shop:environment:production' }, []],
    [
      'one service account',
      {
        issuer: 'https://westeurope.oic.prod-aks.azure.com/a/b/',
        subject: 'system:serviceaccount:shop:checkout',
      },
      [],
    ],
    ['a wildcard that is none', { issuer, subject: 'repo:acme/*' }, []],
    ['no subject', { issuer }, ['oidc-subject-missing']],
    ['an empty subject', { issuer, subject: ' ' }, ['oidc-subject-missing']],
    ['one repository by expression', { issuer, expression: "claims['sub'] matches 'repo:acme/shop:*'" }, []],
    [
      'an exact expression',
      { issuer, expression: "claims['sub'] eq 'repo:acme/shop:environment:production'" },
      [],
    ],
    [
      'an organisation by expression',
      { issuer, expression: "claims['sub'] matches 'repo:acme/*'" },
      ['oidc-subject-spans-repositories'],
    ],
    [
      'an organisation, and one of its workflows',
      {
        issuer,
        expression:
          "claims['sub'] matches 'repo:acme/*' and claims['job_workflow_ref'] matches 'acme/ci/.github/workflows/deploy.yml@*'",
      },
      [],
    ],
    [
      'an expression about something else',
      { issuer, expression: "claims['ref'] eq 'refs/heads/main'" },
      ['oidc-subject-missing'],
    ],
    ['an expression that is none', { issuer, expression: 'claims[' }, ['oidc-subject-missing']],
  ])('%s', (_, credential, expected) => {
    expect(ids(credential)).toEqual(expected);
  });

  it('says who comes, and how to mend it', () => {
    const reading = readSubject({ issuer, expression: "claims['sub'] matches 'repo:acme/*'" });
    expect(reading.who).toBe('repository acme/* (GitHub)');
    expect(reading.openings[0]?.text).toBe('Many repositories fit the subject repo:acme/* (GitHub)');
    expect(reading.openings[0]?.help).toContain('repo:acme/shop:environment:production');
  });
});
