// Who may become a workload's role on AWS, as the trust statement that says so.
// Every kind is pinned to one workload: a service that acts for others names whose resource it acts for, and a
// federated one names its subject.

import type { Arguments } from './terraform.js';

/** IAM conditions by operator and key: `{ StringEquals: { 'aws:SourceAccount': '123456789012' } }`. */
export type AwsConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A service account in an EKS cluster. */
export interface EksPod {
  readonly clusterArn: string;
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

/** One subject of an OpenID Connect provider. */
export interface OpenIdConnect {
  /** ARN of the account's `aws_iam_openid_connect_provider`. */
  readonly providerArn: string;
  /** `https://gitlab.example.com`. */
  readonly issuer: string;
  /** The `sub` claim, in full. */
  readonly subject: string;
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

  /** A pod of an EKS cluster, through EKS Pod Identity. */
  public static eksPod({ clusterArn, namespace, serviceAccount }: EksPod): AwsPrincipal {
    const tags = {
      'aws:RequestTag/eks-cluster-arn': clusterArn,
      'aws:RequestTag/kubernetes-namespace': namespace,
      'aws:RequestTag/kubernetes-service-account': serviceAccount,
    };
    return AwsPrincipal.ofService('pods.eks.amazonaws.com', { StringEquals: tags }, [
      'sts:AssumeRole',
      'sts:TagSession',
    ]);
  }

  /** Any other AWS service, on behalf of one account's resource: `scheduler.amazonaws.com`. */
  public static service(name: string, { sourceAccount, sourceArn }: ServiceSource): AwsPrincipal {
    return AwsPrincipal.ofService(name, {
      StringEquals: { 'aws:SourceAccount': sourceAccount },
      ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
    });
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

  /** One subject of any OpenID Connect provider. */
  public static openIdConnect(props: OpenIdConnect): AwsPrincipal {
    const { providerArn, issuer, subject, audience = 'sts.amazonaws.com' } = props;
    const host = issuer.replace(/^https:\/\//, '');
    const claims = { [`${host}:aud`]: audience, [`${host}:sub`]: subject };
    return new AwsPrincipal('Federated', providerArn, { StringEquals: claims }, [
      'sts:AssumeRoleWithWebIdentity',
    ]);
  }

  private constructor(
    private readonly type: 'Service' | 'Federated',
    private readonly identifier: string,
    private readonly conditions: AwsConditions,
    private readonly actions: readonly string[],
  ) {}

  /** The statement of an `aws_iam_policy_document` that lets it in until the end. */
  public trustUntil(end: string): Arguments {
    return {
      sid: 'UntilTheEnd',
      effect: 'Allow',
      actions: this.actions,
      principals: [{ type: this.type, identifiers: [this.identifier] }],
      condition: conditionsUntil(end, this.conditions),
    };
  }

  private static ofService(
    name: string,
    conditions: AwsConditions = {},
    actions: readonly string[] = ['sts:AssumeRole'],
  ): AwsPrincipal {
    return new AwsPrincipal('Service', name, conditions, actions);
  }
}

/** Condition blocks of an `aws_iam_policy_document`: those given, and that it is not yet the end. */
export function conditionsUntil(end: string, conditions: AwsConditions = {}): Arguments[] {
  const blocks = Object.entries(conditions).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({
      test,
      variable,
      values: typeof values === 'string' ? [values] : values,
    })),
  );
  return [...blocks, { test: 'DateLessThan', variable: 'aws:CurrentTime', values: [end] }];
}
