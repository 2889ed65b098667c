// What every access package on AWS is made of. Its scope and its end become one policy document, which is kept twice:
// every identity has it as its grant and as its permissions boundary, so that a policy that somebody attaches later can
// neither reach further nor last longer.
// Boundaries: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html

import type { Construct } from 'constructs';
import { AccessPackage, type AccessPackageProps, inWords, type Problem } from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { type AwsTerm, conditionOnTime, conditionsDuring, policyVariables } from './aws-principal.js';
import { type Arguments, type BlockOptions, DataSource, isToken, Resource } from './terraform.js';

/** What the policy of a package says. */
export interface AwsPackagePolicy {
  readonly scope: readonly AwsEntitlement[];
  /** RFC 3339. @default - from the beginning */
  readonly opens?: string;
  /** Actions that nothing may give, whatever is attached later. @default - none */
  readonly denied?: AwsDenied;
}

/** Actions that are denied. */
export interface AwsDenied {
  readonly actions: readonly string[];
  /** ARNs that they are not denied on. @default - none */
  readonly except?: readonly string[];
}

/** The half that all kinds of access packages on AWS share. Use `AwsAccessPackage`. */
export abstract class AwsPackage extends AccessPackage {
  /** The package's policy as JSON, its scope until its end and nothing after: for what comes and goes with the package. */
  public readonly policy: string;
  /** ARN of the permissions boundary that holds the policy: for what comes and goes with the package. */
  public readonly boundaryArn: string;
  /** When the access is open. */
  public readonly term: AwsTerm;
  readonly #scope: readonly AwsEntitlement[];
  readonly #outerEnd: string | undefined;

  protected constructor(scope: Construct, id: string, props: AccessPackageProps, policy: AwsPackagePolicy) {
    super(scope, id, props);
    // Callers without types may leave it out; then nothing is allowed, even where validation is switched off.
    this.#scope = policy.scope ?? [];
    const { opens, denied } = policy;
    this.term = { ...(opens === undefined ? {} : { opens }), end: this.end };
    const options = this.blockOptions(this);
    const statement = [
      ...this.#scope.map((one, index) => allow(one, index, this.term)),
      ...(denied === undefined ? [] : [denyBut(denied)]),
      ...(opens === undefined
        ? []
        : [deny('NothingBeforeTheStart', ['*'], conditionOnTime('DateLessThan', opens))]),
      // A boundary's Deny also ends what the policies of queues and buckets allow to the role, which its Allows would not.
      deny('NothingAfterTheEnd', ['*'], conditionOnTime('DateGreaterThanEquals', this.end)),
    ];
    this.#outerEnd = scope instanceof AwsPackage ? scope.end : undefined;
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

  /** With the first apply after the end, everything of the package goes. */
  public override blockOptions(construct: Construct): BlockOptions {
    return { ...super.blockOptions(construct), count: this.countUntilEnd };
  }

  protected override entitlementsInWords(): readonly string[] {
    return this.#scope.flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${inWords(action)} ${inWords(resource)}`)),
    );
  }

  protected override platformProblems(): readonly Problem[] {
    return [
      ...this.#scope.flatMap(problemsOfEntitlement),
      ...problemsOfSize(this.#scope),
      ...problemsOfTags(this.tags),
      ...problemsOfEnds(this.end, this.#outerEnd),
    ];
  }
}

/** Written as a data source and not as text, because a plan shows the statements of one even while an ARN is not known. */
export function policyDocument(
  scope: Construct,
  id: string,
  statement: readonly Arguments[],
  options: BlockOptions,
): string {
  return new DataSource(scope, id, 'aws_iam_policy_document', { statement }, options).getStringAttribute(
    'json',
  );
}

function allow({ actions, resources, conditions }: AwsEntitlement, index: number, term: AwsTerm): Arguments {
  return {
    sid: `Entitlement${index + 1}`,
    effect: 'Allow',
    actions,
    resources: resources.map(policyVariables),
    condition: conditionsDuring(term, conditions),
  };
}

function deny(sid: string, actions: readonly string[], ...condition: readonly Arguments[]): Arguments {
  return {
    sid,
    effect: 'Deny',
    actions,
    resources: ['*'],
    ...(condition.length === 0 ? {} : { condition }),
  };
}

function denyBut({ actions, except = [] }: AwsDenied): Arguments {
  const { resources: _all, ...statement } = deny('NotAuthorised', actions);
  return except.length === 0
    ? deny('NotAuthorised', actions)
    : { ...statement, not_resources: except.map(policyVariables) };
}

const SPEAKS_OF_TIME = new Set(['aws:currenttime', 'aws:epochtime']);
const ACTION = /^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
/** Characters of a managed policy, white space not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LARGEST_POLICY = 6144;

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
  for (const resource of resources.filter((one) => !isToken(one) && !/^(?:\*$|arn:|\$\{)/.test(one)))
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

/** What is known of the policy is long enough to tell; a statement has its end besides. */
function problemsOfSize(scope: readonly AwsEntitlement[]): Problem[] {
  const each = '"Sid":"Entitlement","Effect":"Allow","DateLessThan":{"aws:CurrentTime":""}'.length;
  const size = scope.reduce((sum, one) => sum + JSON.stringify(one).length + each, 0);
  if (size <= LARGEST_POLICY) return [];
  return [
    {
      field: 'scope',
      message: `is longer than the ${LARGEST_POLICY} characters of a policy: split the package`,
    },
  ];
}

/** Both in RFC 3339 and UTC, so that their order is that of their letters. */
function problemsOfEnds(end: string, outer: string | undefined): Problem[] {
  if (outer === undefined || isToken(end) || isToken(outer) || end <= outer) return [];
  return [
    { field: 'expires', message: `${end} is after the end of the package that it belongs to, ${outer}` },
  ];
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
