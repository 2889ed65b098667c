// An access package on AWS: terms, scope, and the workloads that have its access.

import type { Construct } from 'constructs';
import type { AccessPackageProps, AccessPackageTerms } from './access-package.js';
import { AwsAgent, type AwsAgentTerms } from './aws-agent.js';
import { AwsBreakGlass, type AwsBreakGlassTerms } from './aws-break-glass.js';
import { AwsDeployment, type AwsDeploymentTerms } from './aws-deployment.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { AwsLegacyCredential, type AwsLegacyCredentialTerms } from './aws-legacy-credential.js';
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
  readonly #terms: AccessPackageProps;

  public constructor(scope: Construct, id: string, props: AwsAccessPackageProps) {
    super(scope, id, props, { scope: props.scope });
    const { scope: _own, packageName: _name, ...terms } = props;
    this.#terms = terms;
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

  /** Access for emergencies, beside that of every day: a package of its own, under this one's terms where it has none. */
  public breakGlass(id: string, props: AwsBreakGlassTerms & Partial<AccessPackageTerms>): AwsBreakGlass {
    const { approvers: standingApprovers = [] } = this.#terms;
    return new AwsBreakGlass(this, id, { ...this.#terms, ...this.#name(id), standingApprovers, ...props });
  }

  /** Rights for one deployment, beside those of every day: a package of its own, which ends when its window closes. */
  public deployment(id: string, props: AwsDeploymentTerms & Partial<AccessPackageTerms>): AwsDeployment {
    return new AwsDeployment(this, id, { ...this.#withoutLease(), ...this.#name(id), ...props });
  }

  /** An AI agent: a package of its own, whose scope is its tools. */
  public agent(id: string, props: AwsAgentTerms & Partial<AccessPackageTerms>): AwsAgent {
    return new AwsAgent(this, id, { ...this.#terms, ...this.#name(id), ...props });
  }

  /** A static key for what cannot do without yet: a package of its own, which ends when the key is retired. */
  public legacyCredential(
    id: string,
    props: AwsLegacyCredentialTerms & Partial<AccessPackageTerms>,
  ): AwsLegacyCredential {
    return new AwsLegacyCredential(this, id, { ...this.#withoutLease(), ...this.#name(id), ...props });
  }

  #name(id: string): { packageName: string } {
    return { packageName: `${this.packageName}-${id}` };
  }

  #withoutLease(): AccessPackageTerms {
    const { ttl: _ttl, starts: _starts, expires: _expires, ...terms } = this.#terms;
    return terms;
  }
}
