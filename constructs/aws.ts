// An access package on AWS: terms, scope, and the workloads that have its access.

import type { Construct } from 'constructs';
import type { AccessPackageProps } from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { AwsPackage } from './aws-package.js';
import { type AwsExistingRole, AwsWorkload, type AwsWorkloadProps } from './aws-workload.js';

/** Terms and scope of an access package on AWS. */
export type AwsAccessPackageProps = AccessPackageProps & {
  /** What it may do, one entry for each thing that belongs together: one queue, one secret, one API. */
  readonly scope: readonly AwsEntitlement[];
};

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
 *
 * At the end the access is over by itself, and with the first apply after it the package is removed: `worker.roleArn` is
 * null then. What cannot be without a role, such as a Lambda function, goes with it when its `count` is
 * `access.countUntilEnd`.
 */
export class AwsAccessPackage extends AwsPackage {
  public constructor(scope: Construct, id: string, props: AwsAccessPackageProps) {
    super(scope, id, props, { scope: props.scope });
  }

  /** Gives the package's access to a workload, by a role of its own. */
  public workload(id: string, props: AwsWorkloadProps): AwsWorkload {
    return new AwsWorkload(this, id, props);
  }

  /**
   * Gives it to a workload whose role is there already: the role is imported under its name, and gets the package's trust,
   * boundary and grant. What is attached to it besides reaches no further than the package from then on.
   */
  public workloadFromRole(id: string, { path = '/', ...props }: AwsExistingRole): AwsWorkload {
    return new AwsWorkload(this, id, props, { adoptedFrom: path });
  }
}
