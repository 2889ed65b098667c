// From the scope of a package on Azure to the blocks that give it to one identity.

import type { Construct } from 'constructs';
import type { AzureAccessPackage } from './azure.js';
import {
  type AzureCustomRole,
  type AzureScopeEntry,
  definitionScope,
  type EntraAppRole,
} from './azure-entitlement.js';
import { DataSource, isToken, Resource } from './terraform.js';

/**
 * How a role is given. `time-bound`: through Privileged Identity Management, which takes it away at the end by itself.
 * `direct`: a plain assignment, which the first apply after the end takes away.
 */
export type AzureAssignment = 'time-bound' | 'direct';

/**
 * Gives an identity everything in a package's scope, each under an id that stays when others come and go.
 * @param principalId object id of its service principal
 */
export function grantAll(
  access: AzureAccessPackage,
  scope: readonly AzureScopeEntry[],
  into: Construct,
  principalId: string,
): void {
  const ids = unique();
  for (const entry of scope) {
    if ('role' in entry) {
      const id = ids(isRoleId(entry.role) ? 'Role' : slug(entry.role));
      assign(access, into, id, principalId, entry.role, entry.scope);
    } else if ('group' in entry) join(access, into, ids('Group'), principalId, entry.group);
    else if ('appRole' in entry) permit(access, into, ids(slug(entry.appRole)), principalId, entry);
    else {
      const role = customRole(access, entry, scope.filter(isCustomRole).indexOf(entry));
      assign(access, into, ids('CustomRole'), principalId, role, entry.scope);
    }
  }
}

function assign(
  access: AzureAccessPackage,
  into: Construct,
  id: string,
  principalId: string,
  role: string,
  scope: string,
): void {
  const options = access.blockOptions(into);
  if (access.assignment === 'direct') {
    const args = {
      principal_id: principalId,
      principal_type: 'ServicePrincipal',
      scope,
      ...(isRoleId(role) ? { role_definition_id: role } : { role_definition_name: role }),
      description: access.justification,
    };
    new Resource(into, id, 'azurerm_role_assignment', args, { ...options, count: access.countUntilEnd });
    return;
  }
  const args = {
    principal_id: principalId,
    role_definition_id: isRoleId(role) ? role : roleId(access, role),
    scope,
    justification: access.justification,
    schedule: [{ expiration: [{ end_date_time: access.end }] }],
  };
  new Resource(into, id, 'azurerm_pim_active_role_assignment', args, {
    ...options,
    ignoreChanges: FORGOTTEN_BY_THE_PLATFORM,
    // After the end there is nothing to keep; Azure would refuse to assign anything until a day gone by.
    count: access.countUntilEnd,
  });
}

/**
 * Azure drops the request behind an assignment after some weeks; a text that it no longer shows must not replace live access.
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/23111
 */
const FORGOTTEN_BY_THE_PLATFORM = ['justification'];

/** Privileged Identity Management takes people and groups into groups, and no workloads; so the next apply ends it. */
function join(access: AzureAccessPackage, into: Construct, id: string, member: string, group: string): void {
  const args = { group_object_id: group, member_object_id: member };
  new Resource(into, id, 'azuread_group_member', args, {
    ...access.entraOptions(into),
    count: access.countUntilEnd,
  });
}

function permit(
  access: AzureAccessPackage,
  into: Construct,
  id: string,
  principalId: string,
  { appRole, of }: EntraAppRole,
): void {
  const api = once(access, `Api-${isToken(of) ? slug(appRole) : of}`, 'azuread_service_principal', {
    client_id: of,
  });
  const args = {
    app_role_id: `\${data.azuread_service_principal.${api.friendlyUniqueId}.app_role_ids[${JSON.stringify(appRole)}]}`,
    principal_object_id: principalId,
    resource_object_id: api.getStringAttribute('object_id'),
  };
  new Resource(into, id, 'azuread_app_role_assignment', args, {
    ...access.entraOptions(into),
    count: access.countUntilEnd,
  });
}

/** @returns the id that an assignment wants */
function customRole(access: AzureAccessPackage, role: AzureCustomRole, index: number): string {
  const id = index === 0 ? 'CustomRole' : `CustomRole-${index + 1}`;
  const known = access.node.tryFindChild(id) as Resource | undefined;
  const at = definitionScope(role) ?? role.scope;
  const { actions = [], dataActions = [] } = role;
  const definition =
    known ??
    new Resource(
      access,
      id,
      'azurerm_role_definition',
      {
        name: access.physicalName(index === 0 ? 'role' : `role-${index + 1}`),
        description: access.justification,
        scope: at,
        assignable_scopes: [at],
        permissions: [
          {
            ...(actions.length > 0 && { actions }),
            ...(dataActions.length > 0 && { data_actions: dataActions }),
          },
        ],
      },
      access.blockOptions(access),
    );
  return definition.getStringAttribute('role_definition_resource_id');
}

/** An assignment wants the role's id in the subscription; a role's name is looked up. */
function roleId(access: AzureAccessPackage, name: string): string {
  return (
    once(access, 'Subscription', 'azurerm_subscription', {}).getStringAttribute('id') +
    once(access, `Role-${slug(name)}`, 'azurerm_role_definition', { name }).getStringAttribute('id')
  );
}

/** What several entries look up, at the package. */
function once(
  access: AzureAccessPackage,
  id: string,
  type: string,
  args: Readonly<Record<string, string>>,
): DataSource {
  const options = type.startsWith('azuread_') ? access.entraOptions(access) : access.blockOptions(access);
  return (
    (access.node.tryFindChild(id) as DataSource | undefined) ??
    new DataSource(access, id, type, args, options)
  );
}

function isCustomRole(entry: AzureScopeEntry): entry is AzureCustomRole {
  return !('role' in entry || 'group' in entry || 'appRole' in entry);
}

function isRoleId(role: string): boolean {
  return role.startsWith('/') || isToken(role);
}

/** `Storage Blob Data Reader` → `Storage-Blob-Data-Reader`: what a construct id may hold. */
function slug(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]+/g, '-');
}

/** Each name once: `Reader`, `Reader-2`. */
function unique(): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
}
