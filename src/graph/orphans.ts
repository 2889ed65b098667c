// Principals that this plan destroys while something that stays still names them.

import { factsOf } from '../catalog/index.js';
import { own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { pathOf, read } from '../plan/value.js';
import type { Context } from './context.js';
import type { Orphan } from './model.js';
import { documentAt } from './policy-document.js';

export function readOrphans(context: Context): Orphan[] {
  const gone = destroyedPrincipals(context);
  if (gone.size === 0) return [];
  return context.plan.resources.flatMap((resource): Orphan[] => {
    if (resource.mode !== 'managed' || resource.action === 'delete') return [];
    return factsOf(resource).flatMap((facts) => {
      const documents = [facts.trust?.document, facts.resourcePolicy?.document].filter(
        (path) => path !== undefined,
      );
      const named = [facts.operationGrant?.to, facts.azureGrant?.to].filter((path) => path !== undefined);
      return [
        ...documents.flatMap((path) => principalsIn(resource, path, context).map((id) => ({ path, id }))),
        ...named.flatMap((path) => textAt(resource, path, context).map((id) => ({ path, id }))),
      ].flatMap(({ path, id }): Orphan[] => {
        const principal = gone.get(id);
        return principal === undefined ? [] : [{ principal, evidence: { address: resource.address, path } }];
      });
    });
  });
}

/** Id → address of principals that go; an id that something else takes over stays in use. */
function destroyedPrincipals(context: Context): Map<string, string> {
  const result = new Map<string, string>();
  for (const resource of context.plan.resources) {
    if (resource.action !== 'delete' || resource.mode !== 'managed') continue;
    for (const { principal } of factsOf(resource))
      for (const path of principal?.ids ?? []) {
        const id = own(resource.before, path);
        // Names are not unique; ARNs and object ids are.
        if (
          typeof id === 'string' &&
          /^arn:|^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) &&
          context.principals.find(id).length === 0
        )
          result.set(id, resource.address);
      }
  }
  return result;
}

function principalsIn(resource: Resource, path: string, context: Context): string[] {
  const document = documentAt(resource, pathOf(path), context.resolver);
  return (document?.statements ?? [])
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => principals?.AWS ?? []);
}

function textAt(resource: Resource, path: string, context: Context): string[] {
  const value = read(resource, pathOf(path), context.resolver);
  return value.state === 'known' ? strings(value.value) : [];
}
