// What stays while this plan destroys the principal or the policy that it hangs on.

import { factsOf } from '../catalog/index.js';
import type { ResourceFacts } from '../catalog/types.js';
import { own, ownString, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { pathOf, read } from '../plan/value.js';
import type { Context } from './context.js';
import type { Orphan } from './model.js';
import { documentAt } from './policy-document.js';

export function readOrphans(context: Context): Orphan[] {
  const gone = goneIn(context);
  if (gone.principals.size + gone.holders.size + gone.policies.size === 0) return [];
  return context.plan.resources.flatMap((resource): Orphan[] => {
    if (resource.mode !== 'managed' || resource.action === 'delete') return [];
    return factsOf(resource).flatMap((facts) => [
      ...orphansAt(resource, 'named', namesIn(resource, facts, context), gone.principals),
      ...orphansAt(
        resource,
        'blocking',
        (facts.credential?.of ?? []).flatMap((path) =>
          textAt(resource, path, context).map((id) => ({ path, id })),
        ),
        gone.holders,
      ),
      ...orphansAt(
        resource,
        'blocking',
        (facts.iamGrants ?? []).flatMap(({ policyArns: path }) =>
          path === undefined ? [] : textAt(resource, path, context).map((id) => ({ path, id })),
        ),
        gone.policies,
      ),
    ]);
  });
}

function orphansAt(
  resource: Resource,
  kind: Orphan['kind'],
  named: readonly { readonly path: string; readonly id: string }[],
  gone: ReadonlyMap<string, string>,
): Orphan[] {
  const { address } = resource;
  return named.flatMap(({ path, id }): Orphan[] => {
    const found = gone.get(id);
    return found === undefined ? [] : [{ kind, gone: found, identity: null, evidence: { address, path } }];
  });
}

function namesIn(resource: Resource, facts: ResourceFacts, context: Context): { path: string; id: string }[] {
  const documents = [facts.trust?.document, facts.resourcePolicy?.document].filter(
    (path) => path !== undefined,
  );
  const members = facts.googlePolicy?.members;
  const named = [
    facts.operationGrant?.to,
    facts.azureGrant?.to,
    members === 'policy_data' ? undefined : members,
  ].filter((path) => path !== undefined);
  return [
    ...documents.flatMap((path) => principalsIn(resource, path, context).map((id) => ({ path, id }))),
    ...named.flatMap((path) =>
      textAt(resource, path, context).map((id) => ({ path, id: id.replace(/^serviceAccount:/, '') })),
    ),
  ];
}

/** Names are not unique; ARNs, object ids and the addresses of Google's accounts are. */
const UNIQUE = /^arn:|^[0-9a-f]{8}-[0-9a-f-]{27}$|^[^@:]+@[^@]+\.gserviceaccount\.com$/i;

/** Id → address of what goes. */
interface Gone {
  readonly principals: Map<string, string>;
  /** Principals that the platform does not destroy while credentials of theirs are there, by name. */
  readonly holders: Map<string, string>;
  /** Policies, which it does not destroy while they are attached. */
  readonly policies: Map<string, string>;
}

/** An id that something else takes over stays in use. */
function goneIn(context: Context): Gone {
  const gone: Gone = { principals: new Map(), holders: new Map(), policies: new Map() };
  for (const resource of context.plan.resources) {
    if (resource.action !== 'delete' || resource.mode !== 'managed') continue;
    for (const { principal, iamPolicy } of factsOf(resource)) {
      for (const path of principal?.ids ?? []) {
        const id = own(resource.before, path);
        if (typeof id === 'string' && UNIQUE.test(id) && context.principals.find(id).length === 0)
          gone.principals.set(id, resource.address);
      }
      const release = principal?.destroyedWithCredentials;
      const name = ownString(resource.before, 'name') ?? '';
      if (
        release !== undefined &&
        own(resource.before, release) !== true &&
        isOneAccount(resource, context) &&
        context.principals.find(name).length === 0
      )
        gone.holders.set(name, resource.address);
      const arn = iamPolicy && ownString(resource.before, 'arn');
      if (arn !== undefined && context.policies.find(arn).length === 0)
        gone.policies.set(arn, resource.address);
    }
  }
  return gone;
}

/** The same name in another account is somebody else. */
function isOneAccount({ provider }: Resource, { plan }: Context): boolean {
  const named = [...plan.providers.keys()].map((key) => key.split(':').at(-1)?.split('.')[0]);
  return named.filter((name) => name === provider).length < 2;
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
