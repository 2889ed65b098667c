// Application permissions in Entra ID: how far each reaches, and which of them raise rights.

import type { ScopeVerdict } from '../scope-verdict.js';
import { PERMISSION_TABLE } from './permission-table.js';

/** APIs whose permissions are known here, by application id. */
const MICROSOFT_GRAPH = '00000003-0000-0000-c000-000000000000';
/** The retired Azure AD Graph, which gave names that Microsoft Graph still uses. */
const AZURE_AD_GRAPH = '00000002-0000-0000-c000-000000000000';

/** Permissions of other Microsoft APIs that reach a whole tenant: id, name. */
const OTHER_PERMISSIONS: readonly (readonly [string, string])[] = [
  // Azure AD Graph
  ['1cda74f2-2616-4834-b122-5cb1b07f8a59', 'Application.ReadWrite.All'],
  ['824c81eb-e3f8-4ee6-8f6d-de7f50d565b7', 'Application.ReadWrite.OwnedBy'],
  ['5778995a-e1bf-45b8-affa-663a9f3f4d04', 'Directory.Read.All'],
  ['78c8a3c8-a07e-4b9e-af1b-b5ccab50a175', 'Directory.ReadWrite.All'],
  // Office 365 Exchange Online
  ['dc890d15-9560-4a4c-9b7f-a736ec74ec40', 'full_access_as_app'],
  // Office 365 SharePoint Online
  ['678536fe-1083-478a-9c59-b99265e6b0d3', 'Sites.FullControl.All'],
];

/** Names that reach every object of their kind in the tenant. */
const BROAD = /\.(ReadWrite|FullControl)\.All$|^(RoleManagement|Directory)\.|^full_access_as_app$/;

/** Permissions whose holder can make itself, or an identity it controls, an administrator; how. */
const ESCALATING: Readonly<Record<string, string>> = {
  'RoleManagement.ReadWrite.Directory': 'may assign any directory role, to itself too',
  'RoleAssignmentSchedule.ReadWrite.Directory': 'may assign any directory role, to itself too',
  'RoleEligibilitySchedule.ReadWrite.Directory': 'may make anyone eligible for any directory role',
  'AppRoleAssignment.ReadWrite.All': 'may grant any application permission, to itself too',
  'Policy.ReadWrite.PermissionGrant': 'may allow the grant of any application permission, to itself too',
  'Application.ReadWrite.All': 'may add credentials to any application and act as it',
  'Application.ReadUpdate.All': 'may add credentials to any application and act as it',
  'PrivilegedAccess.ReadWrite.AzureADGroup': 'may join groups that hold directory roles',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'may join groups that hold directory roles',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup':
    'may make anyone eligible for groups that hold directory roles',
  'UserAuthenticationMethod.ReadWrite.All':
    'may add a way to sign in to any account, administrators included',
  'UserAuthMethod-TAP.ReadWrite.All': 'may add a way to sign in to any account, administrators included',
  'Domain.ReadWrite.All': 'may federate a domain and sign in as any of its users',
};

export interface EntraVerdict {
  readonly level: ScopeVerdict;
  readonly text: string;
  /** How it can raise rights; undefined where it cannot. */
  readonly escalates: string | undefined;
}

export interface AppRole {
  /** Empty where only the name is known. */
  readonly appRoleId: string;
  /** The permission's name where the caller knows it: `app_role_ids["User.Read.All"]`. */
  readonly appRoleName?: string;
  /** Application id of the API that offers the role. */
  readonly resourceAppId?: string;
}

let nameById: ReadonlyMap<string, string> | undefined;

/**
 * The name of a permission of a Microsoft API; undefined for roles that other applications define.
 * @param id the app role's GUID
 */
export function permissionName(id: string): string | undefined {
  nameById ??= new Map([...OTHER_PERMISSIONS, ...readTable()]);
  return nameById.get(id.trim().toLowerCase());
}

function readTable(): [string, string][] {
  return PERMISSION_TABLE.trim()
    .split('\n')
    .map((line) => [line.slice(0, 36), line.slice(37)]);
}

let knownNames: ReadonlySet<string> | undefined;

/** A role of this name may be anyone's: only where the API is unknown or Microsoft's does it mean the permission. */
function isMicrosoft({ appRoleName, resourceAppId }: AppRole): boolean {
  if (resourceAppId !== undefined)
    return [MICROSOFT_GRAPH, AZURE_AD_GRAPH].includes(resourceAppId.trim().toLowerCase());
  knownNames ??= new Set([...OTHER_PERMISSIONS, ...readTable()].map(([, name]) => name));
  return appRoleName !== undefined && knownNames.has(appRoleName);
}

/** The verdict on an application permission that is assigned to an identity. */
export function judgeAppRole(role: AppRole): EntraVerdict {
  const name = permissionName(role.appRoleId) ?? (isMicrosoft(role) ? role.appRoleName : undefined);
  if (name === undefined)
    return {
      level: 'bounded',
      text: `app role ${role.appRoleName ?? role.appRoleId}`,
      escalates: undefined,
    };
  const raises = Object.hasOwn(ESCALATING, name) ? ESCALATING[name] : undefined;
  return {
    level: BROAD.test(name) || raises !== undefined ? 'broad' : 'bounded',
    text: `application permission ${name}`,
    escalates: raises === undefined ? undefined : `${name} ${raises}`,
  };
}
