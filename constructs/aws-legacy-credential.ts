// A key for something that cannot do without one yet: with a reason, with what limits the risk, replaced by itself, and
// retired on a day that stands fast.

import type { Construct } from 'constructs';
import { parseDuration } from '../src/access/duration.js';
import type { AccessPackageTerms, Problem } from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { AwsPackage } from './aws-package.js';
import { isToken, Resource } from './terraform.js';
import { Waiver } from './waiver.js';

/** What makes an access package one for a legacy credential. */
export interface AwsLegacyCredentialTerms {
  /** What the key may do. */
  readonly scope: readonly AwsEntitlement[];
  /** Why it cannot be a role. */
  readonly reason: string;
  /** What limits the risk meanwhile, in words; what can be a condition is better written in the scope. */
  readonly compensatingControls: readonly string[];
  /** How often the key is replaced, by the next apply after that: `30d`, 90 days at most. */
  readonly rotateEvery: string;
  /** The day from which there is no key any more: `2027-02-15`. */
  readonly retires: string;
  /**
   * PGP public key in base64, or `keybase:name`, of whoever takes the key to where it is used. The state holds the secret
   * for its holder only.
   */
  readonly pgpKey: string;
  /**
   * Name of the user.
   * @default - the names of package and environment, joined by `-`
   */
  readonly userName?: string;
  /**
   * Where the exception was agreed: `SEC-118`.
   * @default - nowhere
   */
  readonly ticket?: string;
}

/** Terms and scope of a legacy credential. */
export type AwsLegacyCredentialProps = AccessPackageTerms & AwsLegacyCredentialTerms;

/**
 * A static key, as the exception that it is. It writes a `Waiver` of `static-credential` for itself, which ends when the
 * key does.
 */
export class AwsLegacyCredential extends AwsPackage {
  public readonly userName: string;
  /** Id of the key, which is no secret. */
  public readonly accessKeyId: string;
  /** The secret, encrypted for the holder of `pgpKey`. */
  public readonly encryptedSecret: string;
  readonly #props: AwsLegacyCredentialProps;

  public constructor(scope: Construct, id: string, props: AwsLegacyCredentialProps) {
    const { reason, compensatingControls = [], rotateEvery, retires, pgpKey, ticket, ...terms } = props;
    super(scope, id, { ...terms, expires: retires }, { scope: props.scope });
    this.#props = props;
    const options = this.blockOptions(this);
    const user = new Resource(
      this,
      'User',
      'aws_iam_user',
      {
        name: props.userName ?? this.physicalName(),
        permissions_boundary: this.boundaryArn,
        // What somebody added later must not keep the user from going.
        force_destroy: true,
        tags: { ...this.tags, ...(ticket === undefined ? {} : { ticket }) },
      },
      options,
    );
    const name = user.getStringAttribute('name');
    const grant = { name: this.packageName, user: name, policy: this.policy };
    new Resource(this, 'Grant', 'aws_iam_user_policy', grant, options);

    // A time_rotating that has run out is planned as a new one, which replaces nothing by itself; what hangs on its id is.
    const days = Math.max(1, Math.floor((parseDuration(rotateEvery ?? '') ?? DAY) / DAY));
    const { provider: _aws, ...plain } = options;
    const clock = new Resource(this, 'Clock', 'time_rotating', { rotation_days: days }, plain);
    const turn = new Resource(
      this,
      'Turn',
      'terraform_data',
      { triggers_replace: clock.getStringAttribute('id') },
      plain,
    );
    const key = new Resource(
      this,
      'Key',
      'aws_iam_access_key',
      { user: name, pgp_key: pgpKey },
      { ...options, replaceTriggeredBy: [turn.address], createBeforeDestroy: true },
    );
    this.userName = user.whileThere('name');
    this.accessKeyId = key.whileThere('id');
    this.encryptedSecret = key.whileThere('encrypted_secret');
    Waiver.of(this, {
      rule: 'static-credential',
      reason,
      owner: props.owner,
      expires: retires,
      controls: compensatingControls,
      ...(ticket === undefined ? {} : { ticket }),
    });
  }

  protected override platformProblems(): readonly Problem[] {
    return [...super.platformProblems(), ...problemsOfLegacy(this.#props)];
  }
}

const DAY = 86_400_000;

function problemsOfLegacy(props: AwsLegacyCredentialProps): Problem[] {
  const { compensatingControls = [], rotateEvery = '', pgpKey } = props;
  const problems: Problem[] = [];
  if (compensatingControls.length === 0)
    problems.push({ field: 'compensatingControls', message: 'is empty: say what limits the risk meanwhile' });
  const every = parseDuration(rotateEvery);
  if (every === undefined || every < DAY || every > 90 * DAY)
    problems.push({ field: 'rotateEvery', message: `"${rotateEvery}" is no rhythm for a key: 1d to 90d` });
  if (!pgpKey || (!isToken(pgpKey) && pgpKey.trim() === ''))
    problems.push({
      field: 'pgpKey',
      message: 'is missing: the secret would stand in the state in the open',
    });
  return problems;
}
