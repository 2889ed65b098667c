// Roles that are administrators by what everybody knows of them, although the plan does not hold them: AWS's own, those
// of its tools, and those that say so by their name.

/** A role by its name, and who comes into it. */
interface Administrator {
  readonly name: RegExp;
  /** Principals that its trust lets in: those who have `sts:AssumeRole` on it, or the one service it is passed to. */
  readonly by: 'callers' | 'callers and services' | 'cloudformation.amazonaws.com';
}

const ADMINISTRATORS: readonly Administrator[] = [
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
  { name: /^OrganizationAccountAccessRole$/, by: 'callers' },
  // https://docs.aws.amazon.com/controltower/latest/userguide/awscontroltowerexecution.html
  { name: /^AWSControlTowerExecution$/, by: 'callers' },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
  { name: /^AWSCloudFormationStackSetExecutionRole$/, by: 'callers' },
  // https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
  { name: /^cdk-[a-z0-9]{1,20}-cfn-exec-role-/, by: 'cloudformation.amazonaws.com' },
  {
    name: /^(?:(?:org|organization|account|aws|cloud|super|full|iam)[-_]?)?admin(?:istrator)?s?(?:[-_]?(?:access|role)){0,2}$/i,
    by: 'callers and services',
  },
];

const ROLE = /^arn:[\w-]+:iam::[^:]*:role\/(?:[^*?]*\/)?([^/*?]+)$/;

/** The name of the administrator that the ARN means, if one comes into it by `sts:AssumeRole`. */
export function assumableAdministrator(arn: string): string | undefined {
  return administrator(arn, ({ by }) => by !== 'cloudformation.amazonaws.com');
}

/** The same for one that is passed to a service: any of these. */
export function passableAdministrator(arn: string, services: readonly string[]): string | undefined {
  return administrator(arn, ({ by }) => by === 'callers and services' || services.some((one) => one === by));
}

function administrator(arn: string, fits: (one: Administrator) => boolean): string | undefined {
  const name = ROLE.exec(arn)?.[1];
  return name !== undefined && ADMINISTRATORS.some((one) => one.name.test(name) && fits(one))
    ? name
    : undefined;
}
