// Access for the emergency: closed to machines, open to named people with a second factor, an hour at most, with an alarm
// each time that somebody takes it. Secrets are left out unless somebody else has agreed to them.

import type { Construct } from 'constructs';
import { type AccessPackageProps, inWords, type Problem } from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { AwsPackage, policyDocument } from './aws-package.js';
import { AwsPrincipal } from './aws-principal.js';
import { AwsWorkload } from './aws-workload.js';
import { isToken, Resource } from './terraform.js';

/** Secrets that an emergency may need, agreed to apart from the rest. */
export interface AwsBreakGlassSecrets {
  /** Who agreed to them: nobody who agreed to the rest. */
  readonly approvers: readonly string[];
  /** Which ones: `AwsEntitlement.readSecret(arn)`. */
  readonly scope: readonly AwsEntitlement[];
}

/** What makes an access package one for emergencies. */
export interface AwsBreakGlassTerms {
  /** What may be done in an emergency; reading secrets is refused here. */
  readonly scope: readonly AwsEntitlement[];
  /**
   * ARNs of the IAM users of those who may: `arn:aws:iam::123456789012:user/emergency/anna`. Users, because the session of
   * a role, one of IAM Identity Center included, carries no second factor into another role.
   */
  readonly users: readonly string[];
  /**
   * Who may agree to a use of it: not the owner, and nobody who agrees to the standing access. Whoever takes the role
   * has to name one of them and a ticket, as session tags `approved-by` and `ticket`, which CloudTrail keeps.
   */
  readonly approvers: readonly string[];
  /** E-mail addresses that are told of each use, and of each attempt. */
  readonly notify: readonly string[];
  /**
   * Region of the stack's provider. The role can be taken up there only, because the alarm hears of it there only: an
   * event of STS arrives in the region of the endpoint that was called.
   */
  readonly region: string;
  /**
   * Secrets that may be read.
   * @default - none, whatever else is attached to the role
   */
  readonly secrets?: AwsBreakGlassSecrets;
  /**
   * Who agrees to the standing access that this is beside.
   * @default - nobody
   */
  readonly standingApprovers?: readonly string[];
}

/** Terms and scope of access for emergencies. */
export type AwsBreakGlassProps = AccessPackageProps & AwsBreakGlassTerms;

/** What gives the value of a secret away. */
const SECRET_READS = [
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'ssm:GetParameterHistory',
];

/**
 * Access for emergencies, apart from what stands open every day.
 *
 * The alarm needs a trail of CloudTrail that records management events in the region.
 */
export class AwsBreakGlass extends AwsPackage {
  /** The role that is taken up: `aws sts assume-role --role-arn … --tags Key=ticket,… Key=approved-by,…`. */
  public readonly roleArn: string;
  readonly #props: AwsBreakGlassProps;

  public constructor(scope: Construct, id: string, props: AwsBreakGlassProps) {
    const { secrets, ...standing } = props;
    const secretScope = secrets?.scope ?? [];
    super(scope, id, standing, {
      scope: [...(props.scope ?? []), ...secretScope],
      denied: { actions: SECRET_READS, except: secretScope.flatMap((one) => one.resources) },
    });
    this.#props = props;
    const { users = [], approvers = [], region } = props;
    const assumedBy = AwsPrincipal.people(users, {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      StringEquals: { 'aws:RequestedRegion': region, 'aws:RequestTag/approved-by': approvers },
      StringLike: { 'aws:RequestTag/ticket': '?*', 'sts:RoleSessionName': '${aws:username}' },
    });
    const role = new AwsWorkload(this, 'Access', { assumedBy, roleName: this.physicalName() });
    this.roleArn = role.roleArn;
    this.#alarm(role, props.notify ?? []);
  }

  protected override platformProblems(): readonly Problem[] {
    return [...super.platformProblems(), ...problemsOfBreakGlass(this.#props)];
  }

  #alarm(role: AwsWorkload, addresses: readonly string[]): void {
    const options = this.blockOptions(this);
    const name = this.physicalName();
    const pattern = {
      source: ['aws.sts'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['sts.amazonaws.com'],
        eventName: ['AssumeRole'],
        requestParameters: { roleArn: [role.roleArn] },
      },
    };
    const description = `Somebody takes up the emergency access ${this.packageName}`;
    const rule = new Resource(
      this,
      'Used',
      'aws_cloudwatch_event_rule',
      { name, description, event_pattern: JSON.stringify(pattern), tags: this.tags },
      options,
    );
    const topic = new Resource(this, 'Alarm', 'aws_sns_topic', { name, tags: this.tags }, options);
    const arn = topic.getStringAttribute('arn');
    const statement = {
      sid: 'OnlyTheRule',
      effect: 'Allow',
      actions: ['sns:Publish'],
      resources: [arn],
      principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
      condition: [{ test: 'ArnEquals', variable: 'aws:SourceArn', values: [rule.getStringAttribute('arn')] }],
    };
    const policy = policyDocument(this, 'Publishers', [statement], options);
    new Resource(this, 'AlarmPolicy', 'aws_sns_topic_policy', { arn, policy }, options);
    new Resource(
      this,
      'Told',
      'aws_cloudwatch_event_target',
      { rule: rule.getStringAttribute('name'), arn },
      options,
    );
    for (const endpoint of addresses)
      new Resource(
        this,
        `Notify-${endpoint.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
        'aws_sns_topic_subscription',
        { topic_arn: arn, protocol: 'email', endpoint },
        options,
      );
  }
}

function problemsOfBreakGlass(props: AwsBreakGlassProps): Problem[] {
  const {
    owner,
    scope = [],
    users = [],
    approvers = [],
    notify = [],
    standingApprovers = [],
    secrets,
  } = props;
  const problems: Problem[] = [];
  const needed = {
    users,
    approvers,
    notify,
    ...(secrets && { 'secrets.approvers': secrets.approvers ?? [] }),
  };
  for (const [field, values] of Object.entries(needed))
    if (values.length === 0) problems.push({ field, message: 'is empty: name at least one' });
  if (!props.region) problems.push({ field: 'region', message: 'is missing: name the one of the provider' });
  for (const user of users.filter((one) => !isToken(one) && !/^arn:[^:]+:iam::\d{12}:user\/./.test(one)))
    problems.push({ field: 'users', message: `"${user}" is no ARN of an IAM user` });
  for (const one of both(approvers, [owner, ...standingApprovers]))
    problems.push({
      field: 'approvers',
      message: `"${one}" answers for the standing access: name somebody else`,
    });
  for (const one of both(secrets?.approvers ?? [], [owner, ...approvers]))
    problems.push({ field: 'secrets.approvers', message: `"${one}" agrees to the rest: name somebody else` });
  scope.forEach(({ actions }, index) => {
    for (const action of actions.filter(readsSecrets))
      problems.push({
        field: `scope[${index}]`,
        message: `${inWords(action)} reads secrets: name them in \`secrets\`, with approvers of their own`,
      });
  });
  return problems;
}

function both(some: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((one) => one?.trim().toLowerCase()));
  return some.filter((one) => known.has(one.trim().toLowerCase()));
}

/** A wildcard over a service that keeps secrets may mean any of them. */
function readsSecrets(action: string): boolean {
  const plain = action.toLowerCase();
  return (
    SECRET_READS.some((one) => one.toLowerCase() === plain) || /^(?:secretsmanager|ssm):.*[*?]/.test(plain)
  );
}
