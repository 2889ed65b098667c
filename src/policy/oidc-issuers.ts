// How the known issuers of workload tokens write a subject, and how much of it has to stand fast before only one
// repository, project or namespace can present it. Sources stand beside each issuer.

/** One part of a subject that must not be left to a wildcard; the first one that is decides what the subject spans. */
export interface Level {
  /** Fits where the part stands fast. Wildcards and open symbols in the text are `*` and `?`. */
  readonly fixed: RegExp;
  /** What it spans otherwise: `repositories`. */
  readonly spans: string;
}

export interface Issuer {
  readonly name: string;
  /** The issuer's address without its scheme; undefined where only the subject tells (self-hosted issuers). */
  readonly host?: RegExp;
  /** How its subjects begin, for issuers whose address says nothing. */
  readonly starts?: RegExp;
  /** From wide to narrow. */
  readonly levels: readonly Level[];
  /** True where a subject without any wildcard can be shared by many workloads too. */
  readonly strict?: boolean;
  /** The subject in words, with the parts that `reads` finds. */
  readonly reads?: RegExp;
  readonly words?: (parts: readonly string[]) => string;
  /** A subject as it should be. */
  readonly example: string;
}

/** Claims that were written out before the one that counts, in a customised subject. */
const BEFORE = '^(?:[a-z_]+:[^:*?]+:)*?';
const REPOSITORY = '[^/:*?]+/[^/:*?]+';

export const ISSUERS: readonly Issuer[] = [
  {
    // https://docs.github.com/en/actions/reference/security/oidc
    // With immutable subjects `acme@1234/portal@5678` stands for `acme/portal`.
    name: 'GitHub',
    host: /^token\.actions\.(?:githubusercontent\.com|[\w-]+\.ghe\.com)(?:\/|$)|\/_services\/token$/,
    starts: /^(?:repo|repository|repository_owner|repository_owner_id|repository_id|job_workflow_ref):/,
    strict: true,
    levels: [
      {
        fixed: new RegExp(
          `${BEFORE}(?:(?:repo|repository|job_workflow_ref|workflow_ref):[^/:*?]+/|repository_owner:[^:*?]+(?::|$)|(?:repository|repository_owner)_id:\\d+(?::|$))`,
        ),
        spans: 'organisations',
      },
      {
        fixed: new RegExp(
          `${BEFORE}(?:(?:repo|repository):${REPOSITORY}(?::|$)|(?:job_workflow_ref|workflow_ref):${REPOSITORY}/|repository_id:\\d+(?::|$))`,
        ),
        spans: 'repositories',
      },
    ],
    reads: /^(?:repo|repository):([^:]+)(?::(.*))?$/,
    words: ([repository = '', rest = '']) => `repository ${repository}${gitRef(rest)}`,
    example: 'repo:acme/shop:environment:production',
  },
  {
    // https://docs.gitlab.com/ci/secrets/id_token_authentication/
    name: 'GitLab',
    host: /^gitlab\.com$/,
    starts: /^project_path:/,
    levels: [
      { fixed: /^project_path:[^/:*?]+\//, spans: 'groups' },
      { fixed: /^project_path:[^:*?]+(?::|$)/, spans: 'projects' },
    ],
    reads: /^project_path:([^:]+)(?::ref_type:(?:branch|tag):ref:(.*))?/,
    words: ([project = '', ref]) => `project ${project}${ref === undefined ? '' : `, ref ${ref}`}`,
    example: 'project_path:acme/shop:ref_type:branch:ref:main',
  },
  {
    // https://buildkite.com/docs/pipelines/security/oidc
    name: 'Buildkite',
    host: /^agent\.buildkite\.com$/,
    starts: /^organization:[^:]*:pipeline:/,
    levels: [
      { fixed: /^organization:[^:*?]+:/, spans: 'organisations' },
      { fixed: /^organization:[^:*?]+:pipeline:[^:*?]+(?::|$)/, spans: 'pipelines' },
    ],
    reads: /^organization:([^:]+):pipeline:([^:]+)/,
    words: ([organisation = '', pipeline = '']) => `pipeline ${organisation}/${pipeline}`,
    example: 'organization:acme:pipeline:shop:ref:refs/heads/main:*',
  },
  {
    // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials
    // A workspace's name is unique in its organisation, whatever project it is in.
    name: 'HCP Terraform',
    host: /^app(?:\.eu)?\.terraform\.io$/,
    starts: /^organization:/,
    levels: [
      { fixed: /^organization:[^:*?]+:/, spans: 'organisations' },
      {
        fixed: /^organization:[^:*?]+:(?:project:[^:*?]+(?::|$)|(?:project:[^:]*:)?workspace:[^:*?]+(?::|$))/,
        spans: 'projects',
      },
    ],
    reads: /^organization:([^:]+)(?::project:([^:]+))?:workspace:([^:]+)/,
    words: ([organisation = '', project, workspace = '']) =>
      `workspace ${[organisation, project, workspace].filter((part) => part !== undefined).join('/')}`,
    example: 'organization:acme:project:shop:workspace:shop-production:run_phase:apply',
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
    name: 'Bitbucket',
    host: /^api\.bitbucket\.org\//,
    levels: [{ fixed: /^\{?[\w-]{36}\}?(?::|$)/, spans: 'repositories' }],
    reads: /^(\{?[\w-]{36}\}?)/,
    words: ([repository = '']) => `repository ${repository}`,
    example: '{repository-uuid}:{environment-uuid}:*',
  },
  {
    // https://circleci.com/docs/openid-connect-tokens/
    name: 'CircleCI',
    host: /^oidc\.circleci\.com\/org\//,
    starts: /^org\/[^/]*\/project\//,
    levels: [
      { fixed: /^org\/[^/*?]+\//, spans: 'organisations' },
      { fixed: /^org\/[^/*?]+\/project\/[^/*?]+(?:\/|$)/, spans: 'projects' },
    ],
    reads: /^org\/[^/]+\/project\/([^/]+)/,
    words: ([project = '']) => `project ${project}`,
    example: 'org/ORGANISATION_ID/project/PROJECT_ID/user/*',
  },
  {
    // https://vercel.com/docs/oidc/reference
    name: 'Vercel',
    host: /^oidc\.vercel\.com(?:\/|$)/,
    starts: /^owner:[^:]*:project:/,
    levels: [
      { fixed: /^owner:[^:*?]+:/, spans: 'teams' },
      { fixed: /^owner:[^:*?]+:project:[^:*?]+(?::|$)/, spans: 'projects' },
    ],
    reads: /^owner:([^:]+):project:([^:]+)(?::environment:(.+))?/,
    words: ([team = '', project = '', environment]) =>
      `project ${team}/${project}${environment === undefined ? '' : `, environment ${environment}`}`,
    example: 'owner:acme:project:shop:environment:production',
  },
  {
    // https://docs.spacelift.io/integrations/cloud-providers/oidc
    name: 'Spacelift',
    host: /\.app\.(?:us\.)?spacelift\.io$/,
    starts: /^space:[^:]*:(?:stack|module):/,
    levels: [{ fixed: /^space:[^:*?]+(?::|$)/, spans: 'spaces' }],
    reads: /^space:([^:]+)(?::(?:stack|module):([^:]+))?/,
    words: ([space = '', stack]) => `space ${space}${stack === undefined ? '' : `, stack ${stack}`}`,
    example: 'space:production:stack:shop:run_type:TRACKED:scope:write',
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/release/configure-workload-identity
    name: 'Azure DevOps',
    host: /^vstoken\.dev\.azure\.com\//,
    starts: /^sc:\/\//,
    levels: [
      { fixed: /^sc:\/\/[^/*?]+\//, spans: 'organisations' },
      { fixed: /^sc:\/\/[^/*?]+\/[^/*?]+(?:\/|$)/, spans: 'projects' },
    ],
    reads: /^sc:\/\/(.+)$/,
    words: ([connection = '']) => `service connection ${connection}`,
    example: 'sc://acme/shop/production',
  },
  {
    // https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
    name: 'Kubernetes',
    host: /^(?:oidc\.eks\.|container\.googleapis\.com\/|[\w.-]+\.oic\.(?:prod|[\w-]+)-aks\.azure\.)/,
    starts: /^system:serviceaccount:/,
    levels: [{ fixed: /^system:serviceaccount:[^:*?]+:/, spans: 'namespaces' }],
    reads: /^system:serviceaccount:([^:]+):(.+)$/,
    words: ([namespace = '', name = '']) =>
      name === '*'
        ? `every service account of namespace ${namespace}`
        : `service account ${namespace}/${name}`,
    example: 'system:serviceaccount:shop:checkout',
  },
];

/** An issuer that is not known here: two parts of a subject have to stand fast. */
export const OTHER_ISSUER: Issuer = {
  name: '',
  levels: [{ fixed: /^[:/|]*[^:/|*?]+[:/|]+[^:/|*?]+[:/|]/, spans: 'subjects' }],
  example: 'the subject of one workload',
};

function gitRef(rest: string): string {
  const [, kind, value = ''] = /^(environment|ref):(.*)$/.exec(rest) ?? [];
  if (kind === 'environment') return `, environment ${value}`;
  if (kind === 'ref')
    return `, ${value.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, 'tag ')}`;
  if (rest === 'pull_request') return ', pull requests';
  return rest === '' || rest === '*' ? '' : `, ${rest}`;
}
