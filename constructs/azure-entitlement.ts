// What a package may do on Azure and Entra, one permission at a time: the usual roles by name, any other role, a role of
// its own made from actions, membership of a group, or a permission that an application hands out.

import { inWords, type Problem } from './access-package.js';
import { isToken } from './terraform.js';

/** Client id of Microsoft Graph, in every tenant. */
export const MICROSOFT_GRAPH = '00000003-0000-0000-c000-000000000000';

/**
 * One role at one resource. Written out, `{ role, scope }`, it may be any; the usual ones have a name:
 * `AzureEntitlement.readSecret(vaultId, 'smtp-password')`.
 */
export class AzureEntitlement {
  /** Reads one secret of a Key Vault in RBAC mode, and no other. */
  public static readSecret(vaultId: string, name: string): AzureEntitlement {
    return new AzureEntitlement('Key Vault Secrets User', `${vaultId}/secrets/${name}`);
  }

  /** Signs, verifies, wraps and unwraps with one key of a Key Vault in RBAC mode. */
  public static useKey(vaultId: string, name: string): AzureEntitlement {
    return new AzureEntitlement('Key Vault Crypto User', `${vaultId}/keys/${name}`);
  }

  /** Reads the blobs of one container. */
  public static readBlobs(containerId: string): AzureEntitlement {
    return new AzureEntitlement('Storage Blob Data Reader', containerId);
  }

  /** Reads, writes and deletes the blobs of one container. */
  public static writeBlobs(containerId: string): AzureEntitlement {
    return new AzureEntitlement('Storage Blob Data Contributor', containerId);
  }

  /** Takes messages from one storage queue. */
  public static processQueue(queueId: string): AzureEntitlement {
    return new AzureEntitlement('Storage Queue Data Message Processor', queueId);
  }

  /** Adds messages to one storage queue. */
  public static addToQueue(queueId: string): AzureEntitlement {
    return new AzureEntitlement('Storage Queue Data Message Sender', queueId);
  }

  /** Sends to one queue or topic of Service Bus. */
  public static sendMessages(entityId: string): AzureEntitlement {
    return new AzureEntitlement('Azure Service Bus Data Sender', entityId);
  }

  /** Receives from one queue or subscription of Service Bus. */
  public static receiveMessages(entityId: string): AzureEntitlement {
    return new AzureEntitlement('Azure Service Bus Data Receiver', entityId);
  }

  /** Sends to one event hub. */
  public static sendEvents(eventHubId: string): AzureEntitlement {
    return new AzureEntitlement('Azure Event Hubs Data Sender', eventHubId);
  }

  /** Receives from one event hub, or one consumer group of it. */
  public static receiveEvents(eventHubId: string): AzureEntitlement {
    return new AzureEntitlement('Azure Event Hubs Data Receiver', eventHubId);
  }

  /** Pulls images from one container registry. */
  public static pullImages(registryId: string): AzureEntitlement {
    return new AzureEntitlement('AcrPull', registryId);
  }

  /** Reads the settings of one App Configuration store. */
  public static readSettings(storeId: string): AzureEntitlement {
    return new AzureEntitlement('App Configuration Data Reader', storeId);
  }

  public constructor(
    /** Name of a role, `Storage Blob Data Reader`, or the full id of its definition. */
    public readonly role: string,
    /** Id of the resource it is for, written out or read from it: `vault.getStringAttribute('id')`. */
    public readonly scope: string,
  ) {}
}

/** A role of the package's own: these actions at one resource, where no built-in role is as narrow. */
export interface AzureCustomRole {
  /**
   * Operations on the resource itself: `Microsoft.Compute/virtualMachines/start/action`.
   * @default - none
   */
  readonly actions?: readonly string[];
  /**
   * Operations on the data inside of it: `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`.
   * @default - none
   */
  readonly dataActions?: readonly string[];
  /** Id of the resource it is for. */
  readonly scope: string;
  /**
   * Where the role is defined: a resource group or a subscription.
   * @default - the resource group of `scope`; to be written where the id of that is known only at apply
   */
  readonly definedAt?: string;
}

/** Membership of a group, and with it whatever the group may do. */
export interface EntraGroupMembership {
  /** Object id of the group. */
  readonly group: string;
}

/** A permission that an application hands out to other applications. */
export interface EntraAppRole {
  /** Value of the role: `Orders.Read`, or `Sites.Selected` of Microsoft Graph. */
  readonly appRole: string;
  /** Client id of the application that hands it out: `MICROSOFT_GRAPH`, or that of your own API. */
  readonly of: string;
}

/** One thing that a package may do on Azure or in Entra. */
export type AzureScopeEntry = AzureEntitlement | AzureCustomRole | EntraGroupMembership | EntraAppRole;

/** The entry in words, a line for each permission, the resource last. */
export function wordsOf(entry: AzureScopeEntry): string[] {
  if ('role' in entry) return [`${inWords(entry.role)} ${inWords(entry.scope)}`];
  if ('group' in entry) return [`member ${inWords(entry.group)}`];
  if ('appRole' in entry) return [`${inWords(entry.appRole)} ${inWords(entry.of)}`];
  return [...(entry.actions ?? []), ...(entry.dataActions ?? [])].map(
    (action) => `${inWords(action)} ${inWords(entry.scope)}`,
  );
}

/** Where a role for this scope may be defined; undefined where it has to be said. */
export function definitionScope({ scope, definedAt }: AzureCustomRole): string | undefined {
  if (definedAt !== undefined) return definedAt;
  return isToken(scope) ? undefined : /^\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+)?/i.exec(scope)?.[0];
}

/** What Azure would not take. */
export function problemsOfEntry(entry: AzureScopeEntry, index: number): Problem[] {
  const field = `scope[${index}]`;
  const empty = Object.entries(entry)
    .filter(([, value]) => typeof value === 'string' && value.trim() === '')
    .map(([name]) => ({ field, message: `has an empty ${name}` }));
  if (!('scope' in entry)) return empty;
  const { scope } = entry;
  const problems: Problem[] = [...empty];
  if (!isToken(scope) && !/^\/(?:subscriptions|providers)\/[^/]/.test(scope))
    problems.push({
      field,
      message: `"${scope}" is no id of an Azure resource, which begins with /subscriptions/`,
    });
  if ('role' in entry) return problems;
  if (wordsOf(entry).length === 0) problems.push({ field, message: 'has neither actions nor dataActions' });
  if (definitionScope(entry) === undefined)
    problems.push({
      field,
      message:
        'needs `definedAt`: the resource group in which the role is defined, which is not known at synth',
    });
  return problems;
}
