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
    // A customised subject may name the project by its id instead.
    host: /^gitlab\.com$/,
    starts: /^project_(?:path|id):/,
    levels: [
      { fixed: /^(?:project_path:[^/:*?]+\/|project_id:\d+(?::|$))/, spans: 'groups' },
      { fixed: /^(?:project_path:[^:*?]+|project_id:\d+)(?::|$)/, spans: 'projects' },
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
    // https://docs.envzero.com/guides/integrations/oidc-integrations/oidc-with-aws
    // One subject stands for all deployments of an organisation.
    name: 'env zero',
    host: /^login\.app\.env0\.com$/,
    levels: [{ fixed: /^[^*?]+$/, spans: 'organisations' }],
    example: 'the subject of your organisation, without wildcards',
  },
  {
    // https://docs.scalr.io/docs/aws
    name: 'Scalr',
    host: /(?:^|\.)scalr\.io$/,
    starts: /^account:[^:]*:environment:/,
    levels: [
      { fixed: /^account:[^:*?]+:/, spans: 'accounts' },
      { fixed: /^account:[^:*?]+:environment:[^:*?]+(?::|$)/, spans: 'environments' },
    ],
    reads: /^account:([^:]+):environment:([^:]+)(?::workspace:([^:]+))?/,
    words: ([account = '', environment = '', workspace]) =>
      `workspace ${[account, environment, workspace].filter((part) => part !== undefined).join('/')}`,
    example: 'account:acme:environment:production:workspace:shop',
  },
  {
    // https://www.pulumi.com/docs/deployments/guides/oidc/aws/
    // https://www.pulumi.com/docs/esc/guides/configuring-oidc/
    name: 'Pulumi',
    host: /^api\.pulumi\.com\/oidc(?:\/|$)/,
    starts: /^pulumi:(?:deploy|environments):/,
    levels: [
      { fixed: /^pulumi:\w+:(?:pulumi\.organization\.login|org):[^:*?]+(?::|$)/, spans: 'organisations' },
      {
        fixed: /^pulumi:\w+:[\w.]+:[^:*?]+:(?:project|env|(?:current|root)Environment\.name):[^:*?]+(?::|$)/,
        spans: 'projects',
      },
    ],
    reads: /^pulumi:deploy:org:([^:]+):project:([^:]+)(?::stack:([^:]+))?/,
    words: ([organisation = '', project = '', stack]) =>
      `stack ${[organisation, project, stack].filter((part) => part !== undefined).join('/')}`,
    example: 'pulumi:deploy:org:acme:project:shop:stack:production:operation:update:scope:write',
  },
  {
    // https://developer.harness.io/docs/platform/connectors/cloud-providers/ref-cloud-providers/aws-connector-settings-reference
    name: 'Harness',
    host: /^app\d?\.harness\.io\/ng\/api\/oidc(?:\/|$)/,
    starts: /^account\/[^/]*:org\//,
    levels: [
      { fixed: /^account\/[^/:*?]+:/, spans: 'accounts' },
      { fixed: /^account\/[^/:*?]+:org\/[^/:*?]+:project\/[^/:*?]+(?::|$)/, spans: 'projects' },
    ],
    reads: /^account\/[^:]+:org\/([^:]+):project\/([^:]+)/,
    words: ([organisation = '', project = '']) => `project ${organisation}/${project}`,
    example: 'account/ACCOUNT_ID:org/acme:project/shop',
  },
  {
    // https://docs.semaphoreci.com/using-semaphore/openid
    name: 'Semaphore',
    host: /\.semaphoreci\.com$/,
    starts: /^org:[^:]*:project:[^:]*:repo:/,
    levels: [
      { fixed: /^org:[^:*?]+:/, spans: 'organisations' },
      { fixed: /^org:[^:*?]+:project:[^:*?]+(?::|$)/, spans: 'projects' },
    ],
    reads: /^org:([^:]+):project:[^:]+:repo:([^:]+)/,
    words: ([organisation = '', repository = '']) => `repository ${organisation}/${repository}`,
    example: 'org:acme:project:PROJECT_ID:repo:shop:ref_type:branch:ref:refs/heads/main',
  },
  {
    // https://codefresh.io/docs/docs/integrations/oidc-pipelines/
    name: 'Codefresh',
    host: /^oidc\.codefresh\.io$/,
    starts: /^account:[^:]*:pipeline:/,
    levels: [
      { fixed: /^account:[^:*?]+:/, spans: 'accounts' },
      { fixed: /^account:[^:*?]+:pipeline:[^:*?]+(?::|$)/, spans: 'pipelines' },
    ],
    reads: /^account:[^:]+:pipeline:([^:]+)/,
    words: ([pipeline = '']) => `pipeline ${pipeline}`,
    example: 'account:ACCOUNT_ID:pipeline:PIPELINE_ID:*',
  },
  {
    // https://octopus.com/docs/infrastructure/accounts/openid-connect
    name: 'Octopus Deploy',
    host: /\.octopus\.app$/,
    starts: /^space:[^:]*:(?:project|account|feed|environment|tenant):/,
    levels: [{ fixed: /^space:[^:*?]+(?::|$)/, spans: 'spaces' }],
    reads: /^space:([^:]+)(?::project:([^:]+))?/,
    words: ([space = '', project]) => `space ${space}${project === undefined ? '' : `, project ${project}`}`,
    example: 'space:default:project:shop:environment:production',
  },
  {
    // https://fly.io/docs/security/openid-connect/
    name: 'Fly.io',
    host: /^oidc\.fly\.io\//,
    levels: [
      { fixed: /^[^:*?]+:/, spans: 'organisations' },
      { fixed: /^[^:*?]+:[^:*?]+(?::|$)/, spans: 'apps' },
    ],
    reads: /^([^:]+):([^:]+)/,
    words: ([organisation = '', app = '']) => `app ${organisation}/${app}`,
    example: 'acme:shop:*',
  },
  {
    // https://cloud.google.com/docs/authentication/get-id-token#metadata-server
    // The subject is the unique id of one service account.
    name: 'Google',
    host: /^accounts\.google\.com$/,
    levels: [{ fixed: /^[^*?]+$/, spans: 'service accounts' }],
    reads: /^(\d{15,25})$/,
    words: ([id = '']) => `service account ${id}`,
    example: 'the unique id of one service account',
  },
  {
    // https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
    // Managed identities and applications of one tenant; the subject is the object id of one of them.
    // Azure DevOps issues through Entra too: /eid1/…/sc/ORGANISATION_ID/CONNECTION_ID.
    name: 'Entra',
    host: /^(?:sts\.windows\.net|login\.microsoftonline\.(?:com|us))\//,
    starts: /^\/eid1\//,
    levels: [{ fixed: /^[^*?]+$/, spans: 'principals' }],
    reads: /\/sc\/[^/]+\/([^/]+)$/,
    words: ([connection = '']) => `service connection ${connection}`,
    example: 'the object id of one managed identity',
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
  {
    // https://spiffe.io/docs/latest/spiffe-about/spiffe-concepts/
    // Istio and SPIRE write /ns/NAMESPACE/sa/NAME; elsewhere the first part of the path names a workload, or its group.
    name: 'SPIFFE',
    starts: /^spiffe:\/\//,
    levels: [
      { fixed: /^spiffe:\/\/[^/*?]+\//, spans: 'trust domains' },
      { fixed: /^spiffe:\/\/[^/*?]+\/(?:ns\/[^/*?]+|(?!ns\/)[^/*?]+)(?:\/|$)/, spans: 'workloads' },
    ],
    reads: /^spiffe:\/\/(.+)$/,
    words: ([path = '']) => `workload ${path}`,
    example: 'spiffe://acme.example/ns/shop/sa/checkout',
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
