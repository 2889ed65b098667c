// An access package on Azure. Roles are assigned through Privileged Identity Management, which takes them away at the
// end by itself, and the workload proves itself by federation: there is no secret that could outlive the package.
// Assignments with an end: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-assign-roles

import { Construct } from 'constructs';
import { AccessPackage, type AccessPackageProps, inWords, type Problem } from './access-package.js';
import { DataSource, isToken, Resource } from './terraform.js';

/** What a package may do on Azure: this role at this scope. */
export interface AzureEntitlement {
  /** Name of a role, `Storage Blob Data Reader`, or the full id of its definition. */
  readonly role: string;
  /** Id of the resource it is for, written out or read from it: `vault.getStringAttribute('id')`. */
  readonly scope: string;
}

/** Terms and scope of an access package on Azure. */
export type AzureAccessPackageProps = AccessPackageProps & {
  /** What it may do, one entry for each role at each resource. */
  readonly scope: readonly AzureEntitlement[];
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
 *   scope: [{ role: 'Storage Blob Data Reader', scope: containerId }],
 * });
 * const reader = access.workload('reader', { resourceGroupName: 'billing', location: 'westeurope' });
 * ```
 *
 * Privileged Identity Management needs a Microsoft Entra ID P2 or Entra ID Governance licence.
 */
export class AzureAccessPackage extends AccessPackage {
  readonly #scope: readonly AzureEntitlement[];

  public constructor(scope: Construct, id: string, props: AzureAccessPackageProps) {
    super(scope, id, props);
    // Callers without types may leave it out; then nothing is assigned, even where validation is switched off.
    this.#scope = props.scope ?? [];
  }

  /** Gives the package's access to a workload, by a managed identity of its own. */
  public workload(id: string, props: AzureWorkloadProps): AzureWorkload {
    return new AzureWorkload(this, id, props);
  }

  /** What a workload is assigned, each under an id that stays when others come and go. */
  public assignments(): readonly { readonly id: string; readonly roleId: string; readonly scope: string }[] {
    const seen = new Map<string, number>();
    return this.#scope.map(({ role, scope }) => {
      const name = isRoleId(role) ? 'Role' : slug(role);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return { id: count === 1 ? name : `${name}-${count}`, roleId: this.#roleId(role), scope };
    });
  }

  protected override entitlementsInWords(): readonly string[] {
    return this.#scope.map(({ role, scope }) => `${inWords(role)} ${inWords(scope)}`);
  }

  protected override platformProblems(): readonly Problem[] {
    return this.#scope.flatMap(problemsOfEntitlement);
  }

  /** An assignment wants the role's id in the subscription; a role's name is looked up. */
  #roleId(role: string): string {
    if (isRoleId(role)) return role;
    const options = this.blockOptions(this);
    const one = (id: string, type: string, args: Record<string, string>): string =>
      (
        (this.node.tryFindChild(id) as DataSource | undefined) ??
        new DataSource(this, id, type, args, options)
      ).getStringAttribute('id');
    return (
      one('Subscription', 'azurerm_subscription', {}) +
      one(`Role-${slug(role)}`, 'azurerm_role_definition', { name: role })
    );
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
      new Resource(this, `Federation-${name}`, 'azurerm_federated_identity_credential', credential, options);
    }
    for (const { id: assignmentId, roleId, scope } of access.assignments()) {
      new Resource(
        this,
        assignmentId,
        'azurerm_pim_active_role_assignment',
        {
          principal_id: this.principalId,
          role_definition_id: roleId,
          scope,
          justification: access.justification,
          schedule: [{ expiration: [{ end_date_time: access.end }] }],
        },
        // After the end there is nothing to keep; Azure would refuse to assign anything until a day gone by.
        { ...options, ignoreChanges: FORGOTTEN_BY_THE_PLATFORM, count: access.countUntilEnd },
      );
    }
  }
}

/**
 * Azure drops the request behind an assignment after some weeks; a text that it no longer shows must not replace live access.
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/23111
 */
const FORGOTTEN_BY_THE_PLATFORM = ['justification'];

function isRoleId(role: string): boolean {
  return role.startsWith('/') || isToken(role);
}

/** `Storage Blob Data Reader` → `Storage-Blob-Data-Reader`: what a construct id may hold. */
function slug(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]+/g, '-');
}

function problemsOfEntitlement({ role, scope }: AzureEntitlement, index: number): Problem[] {
  const field = `scope[${index}]`;
  const problems: Problem[] = [];
  if (role.trim() === '')
    problems.push({ field, message: "has no role: name one, such as 'Key Vault Secrets User'" });
  if (!isToken(scope) && !/^\/(?:subscriptions|providers)\/[^/]/.test(scope))
    problems.push({
      field,
      message: `"${scope}" is no id of an Azure resource, which begins with /subscriptions/`,
    });
  return problems;
}
