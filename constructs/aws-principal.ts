// Who may become a workload's role on AWS, as the trust statement that says so.
// Every kind is pinned to one workload: a service that acts for others names whose resource it acts for, and a
// federated one names its subject.

import type { Problem } from './access-package.js';
import { type Arguments, isToken } from './terraform.js';

/** IAM conditions by operator and key: `{ StringEquals: { 'aws:SourceAccount': '123456789012' } }`. */
export type AwsConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A service account in an EKS cluster, to whose pods EKS Pod Identity gives the role. */
export interface EksPod {
  readonly clusterArn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** A service account in an EKS cluster that signs in by the cluster's OpenID Connect provider (IRSA). */
export interface EksServiceAccount {
  /** ARN of the account's provider for the cluster. */
  readonly providerArn: string;
  /** Issuer of the cluster: `https://oidc.eks.eu-west-1.amazonaws.com/id/…`. */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** For whom an AWS service acts. */
export interface ServiceSource {
  /** The account whose resource the service acts for. */
  readonly sourceAccount: string;
  /**
   * The resource itself; `*` stands for any text.
   * @default - any of the account
   */
  readonly sourceArn?: string;
}

/** An agent of Amazon Bedrock, or of its AgentCore runtime. */
export interface BedrockAgent {
  readonly account: string;
  readonly region: string;
  /**
   * Id of the agent, which is known only after it was made.
   * @default - any agent of the account in the region
   */
  readonly agentId?: string;
}

/** One subject of an OpenID Connect provider. */
export interface OpenIdConnect {
  /** ARN of the account's `aws_iam_openid_connect_provider`. */
  readonly providerArn: string;
  /** `https://gitlab.example.com`. */
  readonly issuer: string;
  /** The `sub` claim, in full; several are alternatives. */
  readonly subject: string | readonly string[];
  /** @default sts.amazonaws.com */
  readonly audience?: string;
}

/** A workflow of one GitHub repository: in one deployment environment, or on one branch. */
export type GitHubWorkflow = {
  /** ARN of the account's provider for `token.actions.githubusercontent.com`. */
  readonly providerArn: string;
  /** `acme/shop`. */
  readonly repository: string;
} & (
  | { readonly environment: string; readonly branch?: never }
  | { readonly branch: string; readonly environment?: never }
);

/** A pipeline of one GitLab project, on one branch or tag. */
export type GitLabPipeline = {
  /** ARN of the account's provider for the GitLab server. */
  readonly providerArn: string;
  /** `acme/platform/shop`. */
  readonly project: string;
  /** @default https://gitlab.com */
  readonly issuer?: string;
  /** @default - the issuer */
  readonly audience?: string;
} & ({ readonly branch: string; readonly tag?: never } | { readonly tag: string; readonly branch?: never });

/** A run of one workspace of HCP Terraform. */
export interface HcpTerraformRun {
  /** ARN of the account's provider for `app.terraform.io`. */
  readonly providerArn: string;
  readonly organization: string;
  readonly project: string;
  readonly workspace: string;
  /** @default - both */
  readonly phase?: 'plan' | 'apply';
}

/** The holder of a certificate that a trust anchor of IAM Roles Anywhere vouches for: by name, or by SPIFFE id. */
export type CertificateHolder = {
  readonly trustAnchorArn: string;
} & (
  | { readonly commonName: string; readonly spiffeId?: never }
  | {
      /** `spiffe://example.com/payments/worker`. */
      readonly spiffeId: string;
      readonly commonName?: never;
    }
);

/** A third party that comes from an account of its own. */
export interface Partner {
  /** ARN of the role that they come as; or their account id, where they do not say. */
  readonly principal: string;
  /** What they send to say that they come for you: theirs to give, and no secret. */
  readonly externalId: string;
}

/** What a runner needs beside the role to run as it. */
export interface Binding {
  readonly id: string;
  readonly type: string;
  readonly args: (role: BoundRole) => Arguments;
}

/** The role that a binding is for. */
export interface BoundRole {
  readonly roleArn: string;
  readonly roleName: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a statement of trust is made of. */
interface Admitted {
  readonly type: 'Service' | 'Federated' | 'AWS';
  readonly identifiers: readonly string[];
  readonly conditions?: AwsConditions;
  readonly actions?: readonly string[];
  readonly binding?: Binding;
  /** What was written to name the one that is let in, by property. */
  readonly named?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Who may become a workload. */
export class AwsPrincipal {
  /** A Lambda function. */
  public static lambda(): AwsPrincipal {
    return AwsPrincipal.ofService('lambda.amazonaws.com');
  }

  /** The task of an ECS service. */
  public static ecsTask(): AwsPrincipal {
    return AwsPrincipal.ofService('ecs-tasks.amazonaws.com');
  }

  /** An EC2 instance; the workload has an instance profile then. */
  public static ec2(): AwsPrincipal {
    const binding: Binding = {
      id: 'InstanceProfile',
      type: 'aws_iam_instance_profile',
      args: ({ roleName, tags }) => ({ name: roleName, role: roleName, tags }),
    };
    return AwsPrincipal.ofService('ec2.amazonaws.com', { binding });
  }

  /** A pod of an EKS cluster, through EKS Pod Identity; the workload is associated with its service account. */
  public static eksPod({ clusterArn, namespace, serviceAccount }: EksPod): AwsPrincipal {
    const tags = {
      'aws:RequestTag/eks-cluster-arn': clusterArn,
      'aws:RequestTag/kubernetes-namespace': namespace,
      'aws:RequestTag/kubernetes-service-account': serviceAccount,
    };
    const cluster_name = clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
    const binding: Binding = {
      id: 'PodIdentity',
      type: 'aws_eks_pod_identity_association',
      args: ({ roleArn, tags }) => ({
        cluster_name,
        namespace,
        service_account: serviceAccount,
        role_arn: roleArn,
        tags,
      }),
    };
    return AwsPrincipal.ofService('pods.eks.amazonaws.com', {
      conditions: { StringEquals: tags },
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      // The name of the cluster is cut from its ARN.
      ...(isToken(clusterArn) ? {} : { binding }),
      named: { clusterArn, namespace, serviceAccount },
    });
  }

  /** A pod of an EKS cluster, through the cluster's OpenID Connect provider (IRSA). */
  public static eksServiceAccount(props: EksServiceAccount): AwsPrincipal {
    const { providerArn, issuer, namespace, serviceAccount } = props;
    const subject = `system:serviceaccount:${namespace}:${serviceAccount}`;
    return AwsPrincipal.openIdConnect({ providerArn, issuer, subject });
  }

  /** Any other AWS service, on behalf of one account's resource: `scheduler.amazonaws.com`. */
  public static service(name: string, { sourceAccount, sourceArn }: ServiceSource): AwsPrincipal {
    return AwsPrincipal.ofService(name, {
      conditions: {
        StringEquals: { 'aws:SourceAccount': sourceAccount },
        ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
      },
      named: { service: name, sourceAccount },
    });
  }

  /** An agent of Amazon Bedrock. */
  public static bedrockAgent({ account, region, agentId = '*' }: BedrockAgent): AwsPrincipal {
    const sourceArn = `arn:aws:bedrock:${region}:${account}:agent/${agentId}`;
    return AwsPrincipal.service('bedrock.amazonaws.com', { sourceAccount: account, sourceArn });
  }

  /** An agent on the AgentCore runtime of Amazon Bedrock. */
  public static agentCoreRuntime({ account, region, agentId = '*' }: BedrockAgent): AwsPrincipal {
    const sourceArn = `arn:aws:bedrock-agentcore:${region}:${account}:runtime/${agentId}`;
    return AwsPrincipal.service('bedrock-agentcore.amazonaws.com', { sourceAccount: account, sourceArn });
  }

  /** A workflow on GitHub Actions. */
  public static gitHub(workflow: GitHubWorkflow): AwsPrincipal {
    const { providerArn, repository, environment, branch } = workflow;
    return AwsPrincipal.openIdConnect({
      providerArn,
      issuer: 'https://token.actions.githubusercontent.com',
      subject: `repo:${repository}:${environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`}`,
    });
  }

  /** A pipeline on GitLab. */
  public static gitLab(pipeline: GitLabPipeline): AwsPrincipal {
    const { providerArn, project, branch, tag, issuer = 'https://gitlab.com', audience = issuer } = pipeline;
    const ref = tag === undefined ? `ref_type:branch:ref:${branch}` : `ref_type:tag:ref:${tag}`;
    return AwsPrincipal.openIdConnect({
      providerArn,
      issuer,
      subject: `project_path:${project}:${ref}`,
      audience,
    });
  }

  /** A run on HCP Terraform. */
  public static hcpTerraform(run: HcpTerraformRun): AwsPrincipal {
    const { providerArn, organization, project, workspace, phase } = run;
    const phases = phase === undefined ? ['plan', 'apply'] : [phase];
    return AwsPrincipal.openIdConnect({
      providerArn,
      issuer: 'https://app.terraform.io',
      subject: phases.map(
        (one) => `organization:${organization}:project:${project}:workspace:${workspace}:run_phase:${one}`,
      ),
      audience: 'aws.workload.identity',
    });
  }

  /** One subject of any OpenID Connect provider. */
  public static openIdConnect(props: OpenIdConnect): AwsPrincipal {
    const { providerArn, issuer, subject, audience = 'sts.amazonaws.com' } = props;
    const host = issuer.replace(/^https:\/\//, '');
    return new AwsPrincipal({
      type: 'Federated',
      identifiers: [providerArn],
      conditions: { StringEquals: { [`${host}:aud`]: audience, [`${host}:sub`]: subject } },
      actions: ['sts:AssumeRoleWithWebIdentity'],
      named: { providerArn, issuer, subject, audience },
    });
  }

  /** A machine outside of AWS with a certificate, through IAM Roles Anywhere; the workload has a profile then. */
  public static certificate(holder: CertificateHolder): AwsPrincipal {
    const { trustAnchorArn, commonName, spiffeId } = holder;
    const tag = spiffeId === undefined ? 'x509Subject/CN' : 'x509SAN/URI';
    const binding: Binding = {
      id: 'Profile',
      type: 'aws_rolesanywhere_profile',
      args: ({ roleArn, roleName, tags }) => ({
        name: roleName,
        role_arns: [roleArn],
        enabled: true,
        duration_seconds: 3600,
        tags,
      }),
    };
    return AwsPrincipal.ofService('rolesanywhere.amazonaws.com', {
      conditions: {
        ArnEquals: { 'aws:SourceArn': trustAnchorArn },
        StringEquals: { [`aws:PrincipalTag/${tag}`]: spiffeId ?? commonName ?? '' },
      },
      actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      binding,
      named: { trustAnchorArn, holder: spiffeId ?? commonName },
    });
  }

  /** A third party. */
  public static partner({ principal, externalId }: Partner): AwsPrincipal {
    const identifier = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
    return new AwsPrincipal({
      type: 'AWS',
      identifiers: [identifier],
      conditions: { StringEquals: { 'sts:ExternalId': externalId } },
      named: { principal, externalId },
    });
  }

  /** One other role of yours. */
  public static role(roleArn: string): AwsPrincipal {
    return new AwsPrincipal({ type: 'AWS', identifiers: [roleArn], named: { roleArn } });
  }

  /** People, by the ARNs of their IAM users, on conditions; they may tag their session. */
  public static people(userArns: readonly string[], conditions: AwsConditions): AwsPrincipal {
    const actions = ['sts:AssumeRole', 'sts:TagSession'];
    return new AwsPrincipal({ type: 'AWS', identifiers: userArns, conditions, actions });
  }

  /** What the runner needs beside the role; undefined where that is nothing, or not ours to make. */
  public readonly binding: Binding | undefined;
  readonly #admitted: Admitted;

  private constructor(admitted: Admitted) {
    this.#admitted = admitted;
    this.binding = admitted.binding;
  }

  /** The statement of an `aws_iam_policy_document` that lets it in, but not before or after the term. */
  public trustDuring(term: AwsTerm): Arguments {
    const { type, identifiers, conditions, actions = ['sts:AssumeRole'] } = this.#admitted;
    return {
      sid: 'UntilTheEnd',
      effect: 'Allow',
      actions,
      principals: [{ type, identifiers }],
      condition: conditionsDuring(term, conditions),
    };
  }

  /** What was left empty, or names more than one. */
  public problems(): Problem[] {
    return Object.entries(this.#admitted.named ?? {})
      .flatMap(([name, values]) => [values ?? ''].flat().map((value) => ({ name, value })))
      .filter(({ value }) => !isToken(value) && (value.trim() === '' || /[*?]|undefined/.test(value)))
      .map(({ name, value }) => ({
        field: 'assumedBy',
        message: `its ${name}, "${value}", is not one: write it in full`,
      }));
  }

  private static ofService(name: string, more: Omit<Admitted, 'type' | 'identifiers'> = {}): AwsPrincipal {
    return new AwsPrincipal({ type: 'Service', identifiers: [name], ...more });
  }
}

/** When access is open, in RFC 3339. */
export interface AwsTerm {
  /** @default - from the beginning */
  readonly opens?: string;
  readonly end: string;
}

/** Condition blocks of an `aws_iam_policy_document`: those given, and that it is within the term. */
export function conditionsDuring({ opens, end }: AwsTerm, conditions: AwsConditions = {}): Arguments[] {
  const blocks = Object.entries(conditions).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({
      test,
      variable,
      values: [values].flat().map(policyVariables),
    })),
  );
  return [
    ...blocks,
    ...(opens === undefined ? [] : [conditionOnTime('DateGreaterThanEquals', opens)]),
    conditionOnTime('DateLessThan', end),
  ];
}

/** One condition block about what time it is. */
export function conditionOnTime(test: 'DateLessThan' | 'DateGreaterThanEquals', moment: string): Arguments {
  return { test, variable: 'aws:CurrentTime', values: [moment] };
}

/** IAM's `${aws:username}` is the data source's `&{aws:username}`; Terraform would take the first for its own. */
export function policyVariables(text: string): string {
  return text.replaceAll(/\$\{(?=[A-Za-z0-9-]+:)/g, '&{');
}
