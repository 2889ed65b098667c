// An access package on Azure. Roles are assigned through Privileged Identity Management, which takes them away at the
// end by itself, and the workload proves itself by federation: there is no secret that could outlive the package.
// Assignments with an end: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-assign-roles

import { Construct } from 'constructs';
import { AccessPackage, type AccessPackageProps, type Problem } from './access-package.js';
import { AzureApplication, type AzureApplicationProps } from './azure-application.js';
import { type AzureScopeEntry, problemsOfEntry, wordsOf } from './azure-entitlement.js';
import { type AzureAssignment, grantAll } from './azure-grants.js';
import { AzurePeople, type AzurePeopleProps } from './azure-people.js';
import { type BlockOptions, Resource, type TerraformProvider } from './terraform.js';

/** Terms and scope of an access package on Azure. */
export type AzureAccessPackageProps = AccessPackageProps & {
  /**
   * What it may do, one entry for each role at each resource, each group and each permission of an API:
   * `AzureEntitlement.readSecret(vaultId, 'smtp-password')`.
   */
  readonly scope: readonly AzureScopeEntry[];
  /**
   * How roles are given: `time-bound`, so that Azure takes them away, or `direct`, so that the first apply after the end does.
   * @default time-bound
   */
  readonly assignment?: AzureAssignment;
  /**
   * The azuread provider configuration that manages what stands in Entra, where the stack has several.
   * @default - the stack's default configuration
   */
  readonly entraProvider?: TerraformProvider;
};

/** Somebody else's identity that may become the workload, without a secret. */
export interface AzureFederation {
  /** `https://token.actions.githubusercontent.com`, or the OIDC issuer of an AKS cluster. */
  readonly issuer: string;
  /** The `sub` claim, in full: `system:serviceaccount:billing:invoices`. */
  readonly subject: string;
  /** @default api://AzureADTokenExchange */
  readonly audience?: string;
}

/** A workload that has a package's access. */
export interface AzureWorkloadProps {
  readonly resourceGroupName: string;
  readonly location: string;
  /**
   * Name of its managed identity.
   * @default - the names of package, workload and environment, joined by `-`
   */
  readonly identityName?: string;
  /**
   * Who may become it, besides the Azure resources that the identity is assigned to; by a name for each.
   * @default - nobody
   */
  readonly federation?: Readonly<Record<string, AzureFederation>>;
}

/**
 * Access to Azure for workloads: owned, bounded, and over on the day it says.
 *
 * ```ts
 * const access = new AzureAccessPackage(this, 'invoices', {
 *   owner: 'team-billing@example.com',
 *   expires: '2027-01-31',
 *   scope: [AzureEntitlement.readBlobs(containerId)],
 * });
 * const reader = access.workload('reader', { resourceGroupName: 'billing', location: 'westeurope' });
 * ```
 *
 * Privileged Identity Management needs a Microsoft Entra ID P2 or Entra ID Governance licence.
 */
export class AzureAccessPackage extends AccessPackage {
  /** How its roles are given. */
  public readonly assignment: AzureAssignment;
  readonly #scope: readonly AzureScopeEntry[];
  readonly #entraProvider: TerraformProvider | undefined;

  public constructor(scope: Construct, id: string, props: AzureAccessPackageProps) {
    super(scope, id, props);
    // Callers without types may leave it out; then nothing is assigned, even where validation is switched off.
    this.#scope = props.scope ?? [];
    this.assignment = props.assignment ?? 'time-bound';
    this.#entraProvider = props.entraProvider;
  }

  /** Gives the package's access to a workload, by a managed identity of its own. */
  public workload(id: string, props: AzureWorkloadProps): AzureWorkload {
    return new AzureWorkload(this, id, props);
  }

  /** Gives the package's access to what runs outside of Azure, by an app registration of its own. */
  public application(id: string, props: AzureApplicationProps = {}): AzureApplication {
    return new AzureApplication(this, id, props);
  }

  /** Lets people request membership of groups, until the package's end. */
  public people(id: string, props: AzurePeopleProps): AzurePeople {
    return new AzurePeople(this, id, props);
  }

  /** Gives everything in the package's scope to an identity; `into` is where the assignments stand. */
  public grantTo(into: Construct, principalId: string): void {
    grantAll(this, this.#scope, into, principalId);
  }

  /** What only an apply can end, where no apply would know that it is to. */
  #endless(entry: AzureScopeEntry, index: number): Problem[] {
    if (!('group' in entry || 'appRole' in entry || this.assignment === 'direct')) return [];
    return [
      {
        field: `scope[${index}]`,
        message: 'is not ended by Azure, so its end is a date: write one as `starts` or `expires`',
      },
    ];
  }

  /** How blocks of Entra are made that `construct` stands for. */
  public entraOptions(construct: Construct): BlockOptions {
    return { ...this.blockOptions(construct), provider: this.#entraProvider };
  }

  protected override entitlementsInWords(): readonly string[] {
    return this.#scope.flatMap(wordsOf);
  }

  protected override platformProblems(): readonly Problem[] {
    return [
      ...this.#scope.flatMap(problemsOfEntry),
      ...(this.countUntilEnd === undefined
        ? this.#scope.flatMap((entry, index) => this.#endless(entry, index))
        : []),
    ];
  }
}

/** A managed identity that has a package's access. */
export class AzureWorkload extends Construct {
  /** Resource id, for the `identity` block of what runs as this workload. */
  public readonly identityId: string;
  /** For the Azure client libraries of what runs as this workload. */
  public readonly clientId: string;
  /** Object id of its service principal. */
  public readonly principalId: string;

  public constructor(access: AzureAccessPackage, id: string, props: AzureWorkloadProps) {
    super(access, id);
    const options = access.blockOptions(this);
    const identity = new Resource(
      this,
      'Identity',
      'azurerm_user_assigned_identity',
      {
        name: props.identityName ?? access.physicalName(id),
        resource_group_name: props.resourceGroupName,
        location: props.location,
        tags: access.tags,
      },
      options,
    );
    this.identityId = identity.getStringAttribute('id');
    this.clientId = identity.getStringAttribute('client_id');
    this.principalId = identity.getStringAttribute('principal_id');

    for (const [name, { issuer, subject, audience = 'api://AzureADTokenExchange' }] of Object.entries(
      props.federation ?? {},
    )) {
      const credential = {
        name,
        user_assigned_identity_id: this.identityId,
        issuer,
        subject,
        audience: [audience],
      };
      new Resource(this, `Federation-${name}`, 'azurerm_federated_identity_credential', credential, {
        ...options,
        count: access.countUntilEnd,
      });
    }
    access.grantTo(this, this.principalId);
  }
}
