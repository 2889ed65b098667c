// Rights for one deployment: apart from what stands open every day, and only between two moments.

import type { Construct } from 'constructs';
import { parseDate } from '../src/access/end.js';
import type { AccessPackageTerms, Problem } from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { AwsPackage } from './aws-package.js';
import type { AwsPrincipal } from './aws-principal.js';
import { AwsWorkload } from './aws-workload.js';

/** What makes an access package one for a deployment. */
export interface AwsDeploymentTerms {
  /** What the deployment may do. */
  readonly scope: readonly AwsEntitlement[];
  /** Who deploys: `AwsPrincipal.gitHub({ … })`. */
  readonly assumedBy: AwsPrincipal;
  /** When the window opens: `2026-12-01T20:00:00Z`. */
  readonly opens: string;
  /** When it closes, a week later at most: `2026-12-01T23:00:00Z`. */
  readonly closes: string;
  /**
   * The change that it is for: `CHG-4711`.
   * @default - none
   */
  readonly ticket?: string;
  /**
   * Name of the role.
   * @default - the names of package and environment, joined by `-`
   */
  readonly roleName?: string;
}

/** Terms and scope of rights for a deployment. */
export type AwsDeploymentProps = AccessPackageTerms & AwsDeploymentTerms;

/** Rights for one deployment. */
export class AwsDeployment extends AwsPackage {
  /** The role that the deployment runs as. Null once the window has closed and the role is gone. */
  public readonly roleArn: string;
  readonly #props: AwsDeploymentProps;

  public constructor(scope: Construct, id: string, props: AwsDeploymentProps) {
    const { opens, closes, ticket, assumedBy, ...terms } = props;
    // A start that cannot be read lets nobody in, even where validation is switched off.
    const start =
      parseDate(opens ?? '')
        ?.toISOString()
        .replace(/\.\d+Z$/, 'Z') ?? '9998-12-31T23:59:59Z';
    super(scope, id, { ...terms, expires: closes }, { scope: props.scope, opens: start });
    this.#props = props;
    const tags = ticket === undefined ? {} : { ticket };
    const { roleName = this.physicalName() } = props;
    this.roleArn = new AwsWorkload(this, 'Access', { assumedBy, roleName }, { tags }).roleArn;
  }

  protected override platformProblems(): readonly Problem[] {
    return [...super.platformProblems(), ...problemsOfWindow(this.#props)];
  }
}

const LONGEST_WINDOW = 7 * 86_400_000;

/** What is wrong with `closes` alone, is told of the end of the package. */
function problemsOfWindow({ opens = '', closes = '' }: AwsDeploymentProps): Problem[] {
  const [from, until] = [parseDate(opens), parseDate(closes)];
  if (!from)
    return [{ field: 'opens', message: `"${opens}" is no date: write one such as 2026-12-01T20:00:00Z` }];
  if (!until) return [];
  if (from >= until) return [{ field: 'closes', message: `"${closes}" is not after "${opens}"` }];
  if (until.getTime() - from.getTime() <= LONGEST_WINDOW) return [];
  return [
    { field: 'closes', message: 'is more than a week after it opens: that is standing access, not a window' },
  ];
}
