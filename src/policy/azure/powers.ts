// What an Azure role lets its holder do, boiled down to the questions that scope and escalation ask.
// Actions and their wildcards: https://learn.microsoft.com/azure/role-based-access-control/role-definitions

/** One block of a role definition. An action may hold `*` anywhere, and is compared without case. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

export const POWERS = {
  /** Everything in the control plane. */
  everything: '*',
  /** Hands out rights: role assignments, their schedules, or the actions of a custom role. */
  assignsRoles: 'r',
  /** Changes something, support tickets, alert rules and deployments of other rights aside. */
  writes: 'w',
  /** Control plane actions that return keys, secrets or signatures: `listKeys`. */
  readsSecrets: 's',
  /** Data actions, metadata aside. */
  touchesData: 'd',
  /** Access policies of Key Vaults. */
  writesVaultPolicies: 'v',
  /** Puts a managed identity on a workload, or lets an outside workload sign in as it. */
  usesIdentities: 'i',
} as const;

export type Power = keyof typeof POWERS;

const HANDS_OUT_RIGHTS = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleAssignmentScheduleRequests/write',
  'Microsoft.Authorization/roleEligibilityScheduleRequests/write',
  'Microsoft.Authorization/roleDefinitions/write',
  'Microsoft.Authorization/elevateAccess/action',
];
const VAULT_POLICIES = ['Microsoft.KeyVault/vaults/write', 'Microsoft.KeyVault/vaults/accessPolicies/write'];
const IDENTITIES = [
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  'Microsoft.ManagedIdentity/userAssignedIdentities/NAME/assign/action',
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
];

/** Written into most reader roles by the platform: they change nothing that the other actions do not. */
const HARMLESS =
  /^microsoft\.(support|insights\/alertrules|resources\/deployments|resourcehealth)(\/|$)|\/operationresults\/\*$/;
/** An action returns secrets when a part of its name says so; a user delegation key signs no more than its holder may. */
const SECRET_WORDS =
  /\/(get|list|read|retrieve|fetch|generate(?!userdelegation)|regenerate)[a-z]*(key|secret|credential|sas|token|connectionstring|password|kubeconfig|callback|publishxml|accessurl)[a-z]*(\/[a-z]+)?\/action$|\/(readonlykeys|publishxml|begingetaccess)\/action$/;
/** An action reads when its name opens with such a verb, or only asks a question. */
const READING_WORDS =
  /\/(get|list|check|validate|query|search|fetch|count|find|show|export|retrieve|calculate|preview|available)[a-z]*\/action$|\/(usages|register|generateuserdelegationkey|regionconfiguration|backupstatus|backupvalidatefeatures|backupcrrjobs?)\/action$/;
/** Data actions of Key Vault that show names, versions and settings, never a value. */
const METADATA = /^microsoft\.keyvault\/(vaults|managedhsms)\/(.*\/)?(\*\/read|read|readmetadata\/action)$/;

/** The powers that a role's permissions add up to. */
export function powersOf(permissions: readonly Permission[]): Set<Power> {
  return new Set(permissions.flatMap(powersOfOne));
}

function powersOfOne(permission: Permission): Power[] {
  const actions = left(permission.actions, permission.notActions);
  const dataActions = left(permission.dataActions, permission.notDataActions);
  const may = (wanted: readonly string[]): boolean =>
    wanted.some(
      (action) =>
        permission.actions.some((pattern) => covers(pattern, action)) &&
        !permission.notActions.some((pattern) => covers(pattern, action)),
    );
  const has: Record<Power, boolean> = {
    everything:
      permission.actions.includes('*') &&
      !permission.notActions.some((pattern) => covers(pattern, '*/write')),
    assignsRoles: may(HANDS_OUT_RIGHTS),
    writes: actions.some(writes),
    readsSecrets: actions.some((action) => SECRET_WORDS.test(action) || opensActions(action)),
    touchesData: dataActions.some((action) => !METADATA.test(action)),
    writesVaultPolicies: may(VAULT_POLICIES),
    usesIdentities: may(IDENTITIES),
  };
  return (Object.keys(has) as Power[]).filter((power) => has[power]);
}

/** What the exclusions leave of the patterns, in lower case. */
function left(patterns: readonly string[], excluded: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const all = variants(pattern.toLowerCase());
    const rest = all.filter((one) => !excluded.some((other) => covers(other, one)));
    return rest.length === all.length ? [pattern.toLowerCase()] : rest;
  });
}

/** A pattern that ends in `*` reaches reads, writes, deletions and other actions alike. */
function variants(pattern: string): string[] {
  if (!pattern.endsWith('*')) return [pattern];
  const stem = pattern.slice(0, -1);
  return ['read', 'write', 'delete', 'action'].map((verb) => `${stem}*/${verb}`);
}

function writes(action: string): boolean {
  if (action.endsWith('/read') || HARMLESS.test(action)) return false;
  return !(SECRET_WORDS.test(action) || READING_WORDS.test(action));
}

/** A pattern such as `Microsoft.Storage/storageAccounts/*` takes in whatever is there, `listKeys` too. */
function opensActions(action: string): boolean {
  return (action.endsWith('*') || action.endsWith('*/action')) && !HARMLESS.test(action);
}

/**
 * True where an action pattern covers the text, without case; `*` stands for any characters.
 * A `*` in the text is covered by a `*` in the pattern only. Linear in the text for each `*`.
 */
export function covers(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const value = text.toLowerCase();
  const first = parts[0] ?? '';
  if (parts.length === 1) return value === first;
  const last = parts.at(-1) ?? '';
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = value.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= value.length - last.length;
}
