// How high in Azure's tree a scope stands, read from its id or from the type of the resource that it names.
// Scope ids: https://learn.microsoft.com/azure/role-based-access-control/scope-overview

/** Highest first; `unknown` where the id is known only after apply and nothing says what it names. */
export type ScopeLevel =
  | 'tenant'
  | 'management-group'
  | 'subscription'
  | 'resource-group'
  | 'resource'
  | 'unknown';

/** Resource types that are scopes above a resource. Data sources of the same type count alike. */
const LEVEL_OF_TYPE: Readonly<Record<string, ScopeLevel>> = {
  azurerm_management_group: 'management-group',
  azurerm_subscription: 'subscription',
  azurerm_resource_group: 'resource-group',
};

/** The level of a resource of this type, by its `id`: `azurerm_resource_group` is a resource group. */
export function levelOfType(type: string): ScopeLevel {
  if (Object.hasOwn(LEVEL_OF_TYPE, type)) return LEVEL_OF_TYPE[type] ?? 'unknown';
  return type.startsWith('azurerm_') ? 'resource' : 'unknown';
}

const OBJECT_ID = /^(?:module\.[^.]+\.)*(?:data\.)?(\w+)\.[^.]+\.id$/;
const SYMBOL = /[\uE000\uE001]([^\uE002]*)\uE002/g;
/** Stands for one segment that is known only after apply. */
const SEGMENT = '\uFFFC';

/**
 * The level of a scope id. Parts of it may be symbols: one inside the path stands for one segment, one that opens
 * the text for the id of the resource it names (`⟨azurerm_resource_group.shop.id⟩/providers/…`).
 */
export function levelOfScope(id: string): ScopeLevel {
  const opening = /^[\uE000\uE001]([^\uE002]*)\uE002/.exec(id);
  if (opening) return levelBelow(levelOfReference(opening[1] ?? ''), segments(id.slice(opening[0].length)));
  if (!id.startsWith('/')) return 'unknown';
  const [first, second, third, ...rest] = segments(id);
  if (first === undefined) return 'tenant';
  if (first === 'subscriptions')
    return second === undefined
      ? 'tenant'
      : levelBelow('subscription', third === undefined ? [] : [third, ...rest]);
  if (first !== 'providers') return 'unknown';
  if (second !== 'microsoft.management' || third !== 'managementgroups') return 'resource';
  return levelBelow('management-group', rest.slice(1));
}

/** `azurerm_resource_group.shop.id`, `data.azurerm_subscription.current.id`: the level of what it names. */
function levelOfReference(reference: string): ScopeLevel {
  const [, type] = OBJECT_ID.exec(reference.replace(/\[[^\]]*\]/g, '')) ?? [];
  return type === undefined ? 'unknown' : levelOfType(type);
}

/** The level of what follows the id of a scope. */
function levelBelow(level: ScopeLevel, rest: readonly string[]): ScopeLevel {
  if (rest.length === 0 || level === 'unknown' || level === 'resource') return level;
  if (level === 'subscription' && rest[0] === 'resourcegroups')
    return rest.length <= 2 ? 'resource-group' : 'resource';
  return 'resource';
}

function segments(path: string): string[] {
  return path
    .replace(SYMBOL, SEGMENT)
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
}
