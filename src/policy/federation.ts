// Subjects of federated tokens: who an outside issuer says is coming, and how far a pattern over subjects reaches.

import { hasOpenSymbol, showSymbols } from '../plan/symbol.js';

/** Something wrong with who may come. */
export interface SubjectOpening {
  readonly id: string;
  readonly text: string;
  readonly help: string;
}

interface Issuer {
  /** What a reviewer calls it. */
  readonly name: string;
  /** Matches the issuer without `https://`. */
  readonly is: RegExp;
  /** Claims beside `sub` that pin down who comes. */
  readonly claims: readonly string[];
  /** Patterns over `sub` that stay inside one repository, project, pipeline or namespace. */
  readonly narrow: RegExp;
  /** What a pattern that is not narrow spans. */
  readonly spans: string;
  /** A subject to write instead. */
  readonly example: string;
}

/** One part of a subject without wildcards. */
const FIXED = '[^*?:/]+';

/**
 * Subject formats by the issuers' own documentation. Order matters: the first that fits.
 */
const ISSUERS: readonly Issuer[] = [
  {
    name: 'GitHub',
    is: /^token\.actions\.(githubusercontent\.com|[\w-]+\.ghe\.com)|\/_services\/token$/,
    claims: ['repository', 'repository_id', 'job_workflow_ref', 'workflow_ref'],
    narrow: new RegExp(
      `(^|:)repo:${FIXED}/${FIXED}(:|$)|(^|:)repository_id:\\d+(:|$)|(^|:)repository:${FIXED}/${FIXED}(:|$)|(^|:)job_workflow_ref:${FIXED}/${FIXED}/`,
    ),
    spans: 'repositories',
    example: 'repo:ORG/REPOSITORY:environment:production',
  },
  {
    name: 'GitLab',
    is: /gitlab/,
    claims: ['project_path', 'project_id'],
    narrow: /(^|:)project_path:[^*?:]+(:|$)|(^|:)project_id:\d+(:|$)/,
    spans: 'projects',
    example: 'project_path:GROUP/PROJECT:ref_type:branch:ref:main',
  },
  {
    name: 'HCP Terraform',
    is: /^app\.terraform\.io|^app\.eu\.terraform\.io|terraform-enterprise|^tfe\./,
    claims: ['terraform_workspace_id', 'terraform_project_id', 'terraform_full_workspace'],
    narrow: /^organization:[^*?:]+:project:[^*?:]+:workspace:/,
    spans: 'projects',
    example: 'organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:apply',
  },
  {
    name: 'Bitbucket',
    is: /bitbucket\.org/,
    claims: ['repositoryUuid'],
    narrow: /^\{[^*?:]+\}:/,
    spans: 'repositories',
    example: '{REPOSITORY-UUID}:{ENVIRONMENT-UUID}:*',
  },
  {
    name: 'CircleCI',
    is: /oidc\.circleci\.com/,
    claims: ['oidc.circleci.com/project-id'],
    narrow: /^org\/[^*?/]+\/project\/[^*?/]+(\/|$)/,
    spans: 'projects',
    example: 'org/ORG-ID/project/PROJECT-ID/user/*',
  },
  {
    name: 'Buildkite',
    is: /agent\.buildkite\.com/,
    claims: ['pipeline_slug', 'pipeline_id'],
    narrow: /^organization:[^*?:]+:pipeline:[^*?:]+:/,
    spans: 'pipelines',
    example: 'organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:*',
  },
  {
    name: 'Vercel',
    is: /^oidc\.vercel\.com/,
    claims: ['project_id', 'project'],
    narrow: /^owner:[^*?:]+:project:[^*?:]+:/,
    spans: 'projects',
    example: 'owner:TEAM:project:PROJECT:environment:production',
  },
  {
    name: 'Spacelift',
    is: /spacelift\.io/,
    claims: ['stackId', 'spaceId'],
    narrow: /(^|:)(stack|space):[^*?:]+(:|$)/,
    spans: 'stacks',
    example: 'space:SPACE:stack:STACK:run_type:TRACKED:scope:write',
  },
  {
    name: 'Kubernetes',
    is: /^oidc\.eks\.|oic\.prod-aks\.azure\.com|^container\.googleapis\.com|kubernetes|\.svc(\.|$)|oidc-eks/,
    claims: [],
    narrow: /^system:serviceaccount:[^*?:]+:/,
    spans: 'namespaces',
    example: 'system:serviceaccount:NAMESPACE:NAME',
  },
  // The audience is the application or the service account itself.
  {
    name: 'Google',
    is: /^accounts\.google\.com/,
    claims: ['aud', 'oaud', 'email'],
    narrow: /^\d+$/,
    spans: 'accounts',
    example: 'the unique id of the service account',
  },
  {
    name: 'Cognito',
    is: /^cognito-identity\.amazonaws\.com/,
    claims: ['aud'],
    narrow: /^[\w-]+:[\w-]+$/,
    spans: 'identities',
    example: 'the id of the identity pool in :aud',
  },
  {
    name: 'a social login',
    is: /^(graph\.facebook\.com|www\.amazon\.com)/,
    claims: ['app_id'],
    narrow: /^[^*?]+$/,
    spans: 'users',
    example: 'the id of the application in :app_id',
  },
];

const UNKNOWN: Issuer = {
  name: 'an outside issuer',
  is: /^/,
  claims: [],
  // Nobody knows its format: a pattern that begins with something fixed is taken to pin somebody.
  narrow: /^[^*?]{3,}/,
  spans: 'subjects',
  example: 'the exact subject of the token',
};

/** The issuer behind a URL or the part of an OIDC provider's ARN after `oidc-provider/`; by its subject where the URL tells nothing. */
export function issuerOf(url: string, subject = ''): Issuer {
  const plain = url.replace(/^https:\/\//, '').toLowerCase();
  const known = ISSUERS.find((issuer) => issuer.is.test(plain));
  if (known) return known;
  if (subject.startsWith('system:serviceaccount:'))
    return ISSUERS.find((issuer) => issuer.name === 'Kubernetes') ?? UNKNOWN;
  if (subject.startsWith('project_path:'))
    return ISSUERS.find((issuer) => issuer.name === 'GitLab') ?? UNKNOWN;
  if (subject.startsWith('repo:')) return ISSUERS.find((issuer) => issuer.name === 'GitHub') ?? UNKNOWN;
  return UNKNOWN;
}

/** What is wrong with a subject pattern, in which `*` and `?` are wildcards; undefined where it pins somebody. */
export function subjectOpening(issuer: Issuer, pattern: string): SubjectOpening | 'undecided' | undefined {
  if (hasOpenSymbol(pattern)) return 'undecided';
  if (!/[*?]/.test(pattern) || issuer.narrow.test(pattern)) return undefined;
  const everybody = /^[*?:]+$/.test(pattern);
  return {
    id: everybody ? 'oidc-subject-missing' : `oidc-subject-spans-${issuer.spans}`,
    text: everybody
      ? `Anybody with a token of ${issuer.name} can become this identity`
      : `Subject ${showSymbols(pattern)} spans ${issuer.spans} of ${issuer.name}`,
    help: `Pin the subject: ${issuer.example}`,
  };
}

export function missingSubject(issuer: Issuer): SubjectOpening {
  return {
    id: 'oidc-subject-missing',
    text: `Anybody with a token of ${issuer.name} can become this identity: no condition on the subject`,
    help: `Add a condition on the subject: ${issuer.example}`,
  };
}

/** A federated credential of Azure: an issuer with an exact subject, or an expression over claims. */
export interface FederatedSubject {
  readonly issuer: string;
  readonly subject?: string;
  /** `claims['sub'] matches 'repo:acme/*'` */
  readonly expression?: string;
}

export function readSubject({ issuer: url, subject, expression }: FederatedSubject): {
  who: string;
  openings: SubjectOpening[];
} {
  const issuer = issuerOf(url, subject ?? '');
  if (expression === undefined)
    return { who: `${showSymbols(subject ?? 'a subject')} (${issuer.name})`, openings: [] };
  const who = `${showSymbols(expression)} (${issuer.name})`;
  // Clauses are joined by `and` only, so one clause that pins somebody is enough.
  const clauses = expression
    .split(/\s+and\s+/i)
    .map((clause) => /claims\[['"]([\w.-]+)['"]\]\s+(eq|matches)\s+['"]([^'"]*)['"]/i.exec(clause));
  let first: SubjectOpening | undefined;
  for (const clause of clauses) {
    if (!clause) continue;
    const [, claim = '', operator = '', value = ''] = clause;
    if (claim !== 'sub' && !issuer.claims.includes(claim)) continue;
    if (operator.toLowerCase() === 'eq' || !/[*?]/.test(value)) return { who, openings: [] };
    const opening = subjectOpening(issuer, claim === 'sub' ? value : `repo:${value}`);
    if (opening === undefined) return { who, openings: [] };
    if (opening !== 'undecided') first ??= opening;
  }
  return { who, openings: [first ?? missingSubject(issuer)] };
}
