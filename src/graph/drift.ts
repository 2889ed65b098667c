// What somebody changed outside of Terraform, as far as it widened access: policies and trusts that allow more than
// the state remembered.

import { factsOf } from '../catalog/index.js';
import type { ResourceFacts } from '../catalog/types.js';
import { blocks, own, ownString } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { parsePolicy } from '../policy/aws/document.js';
import type { Statement } from '../policy/aws/statement.js';
import { widenedBy } from '../policy/aws/widening.js';
import { type Context, granteesOf } from './context.js';
import { googleWidenings } from './google-drift.js';
import type { Widening } from './model.js';
import { undeclaredPolicies } from './undeclared.js';

export function readDrift(context: Context): Widening[] {
  const kept = [...new Set(context.drafts.values())].flatMap(({ resource }) =>
    undeclaredPolicies(resource, context.plan)
      .filter(({ name }) => name === undefined || cameByHand(resource, name, context))
      .map(({ path, statements }) => ({
        identity: resource.address,
        more: widenedBy([], statements),
        evidence: { address: resource.address, path },
      })),
  );
  const drifted = context.plan.drift.flatMap((changed) => [
    ...googleWidenings(changed, context),
    ...factsOf(changed).flatMap((facts) => [
      ...liftedBoundary(changed, facts, context),
      ...documentPaths(changed, facts, context).flatMap((path): Widening[] => {
        const before = statementsAt(changed, ownString(changed.before, path), path);
        const after = statementsAt(changed, ownString(changed.values, path), path);
        if (!before || !after) return [];
        const more = widenedBy(before, after);
        if (more.length === 0) return [];
        return [
          {
            identity: identityOf(changed, facts, context),
            more,
            evidence: { address: changed.address, path },
          },
        ];
      }),
    ]),
  ]);
  return [...drifted, ...kept];
}

/** True where the refresh found the inline policy; any other may be one of a dynamic block, which plan JSON does not show. */
function cameByHand({ address }: Resource, name: string, { plan }: Context): boolean {
  const changed = plan.drift.find((one) => one.address === address);
  const before = blocks(own(changed?.before ?? {}, 'inline_policy')).map((block) => ownString(block, 'name'));
  return changed !== undefined && !before.includes(name);
}

/** A boundary that somebody took away. */
function liftedBoundary(changed: Resource, { principal }: ResourceFacts, context: Context): Widening[] {
  const path = principal?.permissionsBoundary;
  if (path === undefined || !ownString(changed.before, path) || ownString(changed.values, path)) return [];
  const more = ['what its permissions boundary kept out'];
  return [{ identity: changed.address, more, evidence: { address: changed.address, path } }].filter(
    ({ identity }) => context.drafts.has(identity),
  );
}

function documentPaths(changed: Resource, facts: ResourceFacts, { resolver }: Context): string[] {
  const shared = facts.resourcePolicy?.document;
  // A bucket shows the policy that a resource of its own puts on it, too.
  const written = shared && resolver.resource(changed.address)?.config?.expressions[shared] !== undefined;
  return [
    ...(written ? [shared] : []),
    ...(facts.iamGrants ?? []).flatMap((grant) => grant.document ?? []),
    ...(facts.iamPolicy ? [facts.iamPolicy.document] : []),
    ...(facts.trust ? [facts.trust.document] : []),
  ];
}

function statementsAt(resource: Resource, text: string | undefined, path: string): Statement[] | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed = parsePolicy(text, { address: resource.address, path });
  if (!('statements' in parsed)) return undefined;
  // A trust has no resources: what it widens is who may come.
  return parsed.statements.map((statement) =>
    statement.principals === undefined
      ? statement
      : { ...statement, resources: Object.values(statement.principals).flat() },
  );
}

function identityOf(changed: Resource, facts: ResourceFacts, context: Context): string | null {
  const itself = context.drafts.get(changed.address);
  if (itself) return itself.resource.address;
  const current = context.resolver.resource(changed.address) ?? changed;
  const named = (facts.iamGrants ?? []).flatMap((grant) =>
    (grant.to ?? []).flatMap((path) => granteesOf(current, path, context).identities),
  );
  return named[0]?.resource.address ?? null;
}
