// Entra ID: application permissions and directory roles that are assigned to an identity.

import type { ResourceFacts } from '../catalog/types.js';
import { own } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { expressionAt, pathOf, read } from '../plan/value.js';
import { judgeDirectoryRole } from '../policy/entra/directory-roles.js';
import { judgeAppRole } from '../policy/entra/permissions.js';
import { type Context, granteesOf } from './context.js';
import { link } from './links.js';
import type { Claim } from './model.js';

export function addEntraGrant(resource: Resource, facts: ResourceFacts, context: Context): void {
  const grant = facts.entraGrant;
  if (!grant) return;
  const { identities, candidates } = granteesOf(resource, grant.to, context);
  if (identities.length + candidates.length === 0) return;
  const path = grant.permission ?? grant.directoryRole ?? '';
  const claim =
    grant.permission !== undefined
      ? permission(resource, path, context)
      : directoryRole(resource, path, context);
  const given = {
    address: resource.address,
    evidence: { address: resource.address, path },
    claim,
    end: { kind: 'none' } as const,
    bearers: [resource, ...link(resource, grant.to, context.groups, context.resolver).resources],
  };
  for (const identity of identities) identity.grants.push(given);
  for (const identity of candidates)
    identity.grants.push({
      ...given,
      claim: { language: 'unknown', references: [`${resource.address} ${grant.to}`] },
    });
}

function permission(resource: Resource, path: string, context: Context): Claim {
  const value = read(resource, pathOf(path), context.resolver);
  if (value.state === 'known' && typeof value.value === 'string')
    return judged(judgeAppRole({ appRoleId: value.value }));
  const references = value.state === 'unknown' ? value.references : [];
  // `azuread_service_principal.graph.app_role_ids["User.Read.All"]`
  const name = references
    .map((text) => /app_role_ids\["([^"]+)"\]/.exec(text)?.[1])
    .find((one) => one !== undefined);
  if (name !== undefined) return judged(judgeAppRole({ appRoleId: '', appRoleName: name }));
  return {
    language: 'unknown',
    references: references.length > 0 ? references : [`${resource.address} ${path}`],
  };
}

function directoryRole(resource: Resource, path: string, context: Context): Claim {
  const value = read(resource, pathOf(path), context.resolver);
  if (value.state === 'known' && typeof value.value === 'string')
    return judged(judgeDirectoryRole({ id: value.value }));
  for (const target of context.resolver.targets(
    expressionAt(resource, pathOf(path)),
    context.resolver.placeOf(resource),
  )) {
    const [role] = target.resources;
    const name = own(role?.values, 'display_name');
    const template = own(role?.values, 'template_id');
    if (typeof template === 'string') return judged(judgeDirectoryRole({ id: template }));
    if (typeof name === 'string') return judged(judgeDirectoryRole({ name }));
  }
  return {
    language: 'unknown',
    references: value.state === 'unknown' ? value.references : [`${resource.address} ${path}`],
  };
}

function judged({
  level,
  text,
  escalates,
}: {
  level: Extract<Claim, { language: 'judged' }>['level'];
  text: string;
  escalates?: string | undefined;
}): Claim {
  return { language: 'judged', level, text, escalates, handsOutRights: false };
}
