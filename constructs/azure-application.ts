// An app registration with a package's access, for what runs outside of Azure. It proves itself by federation; a secret is
// the exception, needs a reason, and is replaced and ends by itself.

import { Construct } from 'constructs';
import { parseDuration } from '../src/access/duration.js';
import { isPlaceholder } from '../src/access/labels.js';
import { PACKAGE_LABEL } from '../src/access/marker.js';
import { type Problem, reportProblems } from './access-package.js';
import type { AzureAccessPackage, AzureFederation } from './azure.js';
import { Resource } from './terraform.js';

/** A secret where nothing else is to be had: a value that proves the application to whoever holds it. */
export interface AzureSecret {
  /** Why it cannot be federation. */
  readonly reason: string;
  /**
   * How often it is replaced, by the next apply that is due: `30d`.
   * @default 30d
   */
  readonly rotateEvery?: string;
  /**
   * How long a replaced one still works, so that readers have time to fetch the new one: `7d`.
   * @default 7d
   */
  readonly overlap?: string;
}

/** An application that has a package's access. */
export interface AzureApplicationProps {
  /**
   * Name of the app registration.
   * @default - the names of package, application and environment, joined by `-`
   */
  readonly displayName?: string;
  /**
   * Object ids of those who may manage it in Entra.
   * @default - whoever applies
   */
  readonly owners?: readonly string[];
  /**
   * Who may become it, by a name for each.
   * @default - nobody
   */
  readonly federation?: Readonly<Record<string, AzureFederation>>;
  /**
   * A secret, in the state for whoever reads it, where federation is not to be had.
   * @default - none
   */
  readonly secret?: AzureSecret;
}

const HOUR = 3_600_000;
/** What the linter takes of a static credential at most. */
const LONGEST_SECRET = 90 * 24 * HOUR;

/** An app registration, with its service principal, that has a package's access. */
export class AzureApplication extends Construct {
  /** For the client libraries of what runs as this application. */
  public readonly clientId: string;
  /** Object id of its service principal. */
  public readonly principalId: string;
  /** The secret, known at apply; null after the package's end. Undefined where it has none. */
  public readonly secretValue: string | undefined;

  public constructor(access: AzureAccessPackage, id: string, props: AzureApplicationProps) {
    super(access, id);
    const options = access.entraOptions(this);
    const { owners, federation = {}, secret } = props;
    const application = new Resource(
      this,
      'Application',
      'azuread_application',
      {
        display_name: props.displayName ?? access.physicalName(id),
        notes: notesOf(access.tags),
        ...(owners && { owners: [...owners] }),
      },
      options,
    );
    const applicationId = application.getStringAttribute('id');
    this.clientId = application.getStringAttribute('client_id');
    this.principalId = new Resource(
      this,
      'Principal',
      'azuread_service_principal',
      { client_id: this.clientId, ...(owners && { owners: [...owners] }) },
      options,
    ).getStringAttribute('object_id');

    const ending = { ...options, count: access.countUntilEnd };
    for (const [name, { issuer, subject, audience = 'api://AzureADTokenExchange' }] of Object.entries(
      federation,
    )) {
      const credential = {
        application_id: applicationId,
        display_name: name,
        issuer,
        subject,
        audiences: [audience],
      };
      const type = 'azuread_application_federated_identity_credential';
      new Resource(this, `Federation-${name}`, type, credential, ending);
    }
    this.secretValue = secret && this.#secret(applicationId, secret, access);
    access.grantTo(this, this.principalId);
  }

  /** It ends a while after the rotation that replaces it is due, so it ends also where nobody applies any more. */
  #secret(applicationId: string, secret: AzureSecret, access: AzureAccessPackage): string {
    const { reason, rotateEvery = '30d', overlap = '7d' } = secret;
    const every = parseDuration(rotateEvery);
    const spare = parseDuration(overlap);
    reportProblems(this, () => problemsOfSecret(reason, every, spare));
    const { note } = access.blockOptions(this);
    const rotation = new Resource(
      this,
      'Rotation',
      'time_rotating',
      { rotation_hours: hours(every ?? 0) },
      { note },
    );
    const rotated = rotation.getStringAttribute('id');
    const end = new Resource(
      this,
      'SecretEnd',
      'time_offset',
      { offset_hours: hours((every ?? 0) + (spare ?? 0)), triggers: { rotation: rotated } },
      { note },
    );
    const password = new Resource(
      this,
      'Secret',
      'azuread_application_password',
      {
        application_id: applicationId,
        display_name: reason,
        end_date: end.getStringAttribute('rfc3339'),
        rotate_when_changed: { rotation: rotated },
      },
      { ...access.entraOptions(this), count: access.countUntilEnd },
    );
    return password.whileThere('value');
  }
}

/** Entra has no tags with values; its notes hold the terms, `access-package` for the package. */
function notesOf(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key === PACKAGE_LABEL ? 'access-package' : key}=${value}`)
    .join('; ');
}

function hours(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / HOUR));
}

function problemsOfSecret(reason: string, every: number | undefined, spare: number | undefined): Problem[] {
  const problems: Problem[] = [];
  if (isPlaceholder(reason ?? ''))
    problems.push({ field: 'secret.reason', message: 'is missing: say why it cannot be federation' });
  if (every === undefined)
    problems.push({ field: 'secret.rotateEvery', message: 'is no duration: write one such as 30d' });
  if (spare === undefined)
    problems.push({ field: 'secret.overlap', message: 'is no duration: write one such as 7d' });
  if ((every ?? 0) + (spare ?? 0) > LONGEST_SECRET)
    problems.push({ field: 'secret.rotateEvery', message: 'lasts over 90 days, overlap included' });
  return problems;
}
