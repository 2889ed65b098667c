// An access package on AWS. Its scope and its end become one policy document, which is kept twice: every role has it
// as its grant and as its permissions boundary, so that a policy that somebody attaches later can neither reach further
// nor last longer.
// Boundaries: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html

import { Construct } from 'constructs';
import {
  AccessPackage,
  type AccessPackageProps,
  inWords,
  type Problem,
  reportProblems,
} from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { type AwsPrincipal, conditionsUntil } from './aws-principal.js';
import { type Arguments, type BlockOptions, DataSource, isToken, Resource } from './terraform.js';

/** Terms and scope of an access package on AWS. */
export type AwsAccessPackageProps = AccessPackageProps & {
  /** What it may do, one entry for each thing that belongs together: one queue, one secret, one API. */
  readonly scope: readonly AwsEntitlement[];
};

/** A workload that has a package's access. */
export interface AwsWorkloadProps {
  /** Who may become it: `AwsPrincipal.lambda()`. */
  readonly assumedBy: AwsPrincipal;
  /**
   * Name of its role.
   * @default - the names of package, workload and environment, joined by `-`
   */
  readonly roleName?: string;
}

/**
 * Access to AWS for workloads: owned, bounded, and over on the day it says.
 *
 * ```ts
 * const access = new AwsAccessPackage(this, 'payments', {
 *   owner: 'team-payments@example.com',
 *   ttl: '90d',
 *   starts: '2026-11-01',
 *   scope: [AwsEntitlement.receiveMessages(queueArn)],
 * });
 * const worker = access.workload('worker', { assumedBy: AwsPrincipal.lambda() });
 * ```
 */
export class AwsAccessPackage extends AccessPackage {
  /** The package's policy as JSON: its scope until its end, and nothing after. */
  public readonly policy: string;
  /** ARN of the permissions boundary that holds the policy. */
  public readonly boundaryArn: string;
  readonly #scope: readonly AwsEntitlement[];

  public constructor(scope: Construct, id: string, props: AwsAccessPackageProps) {
    super(scope, id, props);
    // Callers without types may leave it out; then nothing is allowed, even where validation is switched off.
    this.#scope = props.scope ?? [];
    const options = this.blockOptions(this);
    const statement = [...this.#scope.map((one, index) => allow(one, index, this.end)), denyAfter(this.end)];
    this.policy = policyDocument(this, 'Scope', statement, options);
    const boundary = {
      name: this.physicalName('boundary'),
      description: `Scope and end of the access package ${this.packageName}`,
      policy: this.policy,
      tags: this.tags,
    };
    this.boundaryArn = new Resource(this, 'Boundary', 'aws_iam_policy', boundary, options).getStringAttribute(
      'arn',
    );
  }

  /** Gives the package's access to a workload, by a role of its own. */
  public workload(id: string, props: AwsWorkloadProps): AwsWorkload {
    return new AwsWorkload(this, id, props);
  }

  protected override entitlementsInWords(): readonly string[] {
    return this.#scope.flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${inWords(action)} ${inWords(resource)}`)),
    );
  }

  protected override platformProblems(): readonly Problem[] {
    return [...this.#scope.flatMap(problemsOfEntitlement), ...problemsOfTags(this.tags)];
  }
}

/** A role that has a package's access and can never have more. */
export class AwsWorkload extends Construct {
  public readonly roleArn: string;
  public readonly roleName: string;

  public constructor(access: AwsAccessPackage, id: string, props: AwsWorkloadProps) {
    super(access, id);
    const { assumedBy, roleName = access.physicalName(id) } = props;
    const options = access.blockOptions(this);
    const trust = policyDocument(this, 'Trust', [assumedBy.trustUntil(access.end)], options);
    const role = {
      name: roleName,
      assume_role_policy: trust,
      permissions_boundary: access.boundaryArn,
      tags: access.tags,
    };
    const made = new Resource(this, 'Role', 'aws_iam_role', role, options);
    this.roleArn = made.getStringAttribute('arn');
    this.roleName = made.getStringAttribute('name');
    // Inline, so that it goes when the role goes.
    const grant = { name: access.packageName, role: this.roleName, policy: access.policy };
    new Resource(this, 'Grant', 'aws_iam_role_policy', grant, options);
    if (assumedBy.binding) {
      const { id: bindingId, type, args } = assumedBy.binding;
      const { roleArn, roleName } = this;
      new Resource(this, bindingId, type, args({ roleArn, roleName, tags: access.tags }), options);
    }
    reportProblems(this, () => [...assumedBy.problems(), ...problemsOfRoleName(roleName)]);
  }
}

/** Written as a data source and not as text, because a plan shows the statements of one even while an ARN is not known. */
function policyDocument(
  scope: Construct,
  id: string,
  statement: readonly Arguments[],
  options: BlockOptions,
): string {
  return new DataSource(scope, id, 'aws_iam_policy_document', { statement }, options).getStringAttribute(
    'json',
  );
}

function allow({ actions, resources, conditions }: AwsEntitlement, index: number, end: string): Arguments {
  return {
    sid: `Entitlement${index + 1}`,
    effect: 'Allow',
    actions,
    resources: resources.map(policyVariables),
    condition: conditionsUntil(end, conditions),
  };
}

/** A boundary's Deny also ends what the policies of queues and buckets allow to the role, which its Allows would not. */
function denyAfter(end: string): Arguments {
  return {
    sid: 'NothingAfterTheEnd',
    effect: 'Deny',
    actions: ['*'],
    resources: ['*'],
    condition: [{ test: 'DateGreaterThanEquals', variable: 'aws:CurrentTime', values: [end] }],
  };
}

/** IAM's `${aws:username}` is the data source's `&{aws:username}`; Terraform would take the first for its own. */
function policyVariables(text: string): string {
  return text.replaceAll(/\$\{(?=[A-Za-z0-9-]+:)/g, '&{');
}

const SPEAKS_OF_TIME = new Set(['aws:currenttime', 'aws:epochtime']);
const ACTION = /^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

function problemsOfEntitlement(
  { actions, resources, conditions = {} }: AwsEntitlement,
  index: number,
): Problem[] {
  const field = `scope[${index}]`;
  const problems: Problem[] = [];
  if (actions.length === 0)
    problems.push({ field, message: "has no actions: name them, such as 'sqs:ReceiveMessage'" });
  if (resources.length === 0) problems.push({ field, message: 'has no resources: name their ARNs' });
  for (const action of actions.filter((one) => !ACTION.test(one) && !isToken(one)))
    problems.push({ field, message: `"${action}" is no action: write one such as sqs:ReceiveMessage` });
  for (const resource of resources.filter((one) => one !== '*' && !isToken(one) && !one.startsWith('arn:')))
    problems.push({ field, message: `"${resource}" is no ARN, which begins with arn:` });
  const keys = Object.values(conditions).flatMap((keys) => Object.keys(keys));
  // Two values for one operator and key are alternatives, so a second date would be a second, later end.
  if (keys.some((key) => SPEAKS_OF_TIME.has(key.toLowerCase())))
    problems.push({
      field,
      message: "has a condition on time: the package's `ttl` or `expires` sets the end",
    });
  return problems;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
function problemsOfTags(tags: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(tags)
    .filter(([, value]) => !isToken(value) && !TAG_VALUE.test(value))
    .map(([field, value]) => ({
      field,
      message: `AWS does not take "${value}" as a tag: letters, digits, spaces and _ . : / = + - @ only, 256 at most`,
    }));
}

function problemsOfRoleName(name: string): Problem[] {
  if (isToken(name) || ROLE_NAME.test(name)) return [];
  return [
    {
      field: 'roleName',
      message: `"${name}" is no name for a role: 64 letters, digits and + = , . @ - _ at most`,
    },
  ];
}
