// The role of a workload that has a package's access.

import { Construct } from 'constructs';
import { parseDuration } from '../src/access/duration.js';
import { type Problem, reportProblems } from './access-package.js';
import { type AwsPackage, policyDocument } from './aws-package.js';
import type { AwsPrincipal } from './aws-principal.js';
import { type Arguments, isToken, Resource } from './terraform.js';

/** A workload that has a package's access. */
export interface AwsWorkloadProps {
  /** Who may become it: `AwsPrincipal.lambda()`. */
  readonly assumedBy: AwsPrincipal;
  /**
   * Name of its role.
   * @default - the names of package, workload and environment, joined by `-`
   */
  readonly roleName?: string;
  /**
   * The longest session that may be asked for: `1h` to `12h`.
   * @default 1h
   */
  readonly session?: string;
}

/** A workload whose role is there already. */
export interface AwsExistingRole extends AwsWorkloadProps {
  /** Name of the role. */
  readonly roleName: string;
  /**
   * The path that it was made under: `/service/`. A role cannot be moved to another one.
   * @default /
   */
  readonly path?: string;
}

/** What a kind of package adds to the roles that it makes. */
export interface AwsRoleDetails {
  /** @default - one statement that lets `assumedBy` in during the term */
  readonly trust?: readonly Arguments[];
  /** Tags beside those of the package. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Takes over the role of that name, which was made under this path. @default - makes a new one */
  readonly adoptedFrom?: string;
}

/** A role that has a package's access and can never have more. */
export class AwsWorkload extends Construct {
  /** For whatever runs as the workload. Null once the package has ended and its role is gone. */
  public readonly roleArn: string;
  /** Null once the package has ended and its role is gone. */
  public readonly roleName: string;

  public constructor(access: AwsPackage, id: string, props: AwsWorkloadProps, details: AwsRoleDetails = {}) {
    super(access, id);
    const { assumedBy, roleName = access.physicalName(id), session = '1h' } = props;
    const { trust = [assumedBy.trustDuring(access.term)], adoptedFrom } = details;
    const options = access.blockOptions(this);
    const tags = { ...access.tags, ...details.tags };
    const role = new Resource(
      this,
      'Role',
      'aws_iam_role',
      {
        name: roleName,
        ...(adoptedFrom === undefined ? {} : { path: adoptedFrom }),
        assume_role_policy: policyDocument(this, 'Trust', trust, options),
        permissions_boundary: access.boundaryArn,
        max_session_duration: Math.floor((parseDuration(session) ?? HOUR) / 1000),
        // What somebody attached later must not keep the role from going.
        force_detach_policies: true,
        tags,
      },
      options,
    );
    if (adoptedFrom !== undefined) role.adopt(roleName);
    this.roleArn = role.whileThere('arn');
    this.roleName = role.whileThere('name');
    const made = { roleArn: role.getStringAttribute('arn'), roleName: role.getStringAttribute('name'), tags };
    // Inline, so that it goes when the role goes.
    const grant = { name: access.packageName, role: made.roleName, policy: access.policy };
    new Resource(this, 'Grant', 'aws_iam_role_policy', grant, options);
    const { binding } = assumedBy;
    if (binding) new Resource(this, binding.id, binding.type, binding.args(made), options);
    reportProblems(this, () => [
      ...assumedBy.problems(),
      ...problemsOfRoleName(roleName),
      ...problemsOfSession(session),
    ]);
  }
}

const HOUR = 3_600_000;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

function problemsOfRoleName(name: string): Problem[] {
  if (isToken(name) || ROLE_NAME.test(name)) return [];
  return [
    {
      field: 'roleName',
      message: `"${name}" is no name for a role: 64 letters, digits and + = , . @ - _ at most`,
    },
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html#id_roles_use_view-role-max-session */
function problemsOfSession(session: string): Problem[] {
  const length = parseDuration(session);
  if (length !== undefined && length >= HOUR && length <= 12 * HOUR) return [];
  return [{ field: 'session', message: `"${session}" is no length for a session: 1h to 12h` }];
}
