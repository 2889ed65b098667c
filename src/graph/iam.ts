// AWS IAM: identity policies, trust documents, boundaries and resource policies become grants, ways and openings.

import type { IamGrantFacts, ResourceFacts } from '../catalog/types.js';
import { blocks, own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol, symbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, pathOf, read, showPath } from '../plan/value.js';
import { managedPolicy } from '../policy/aws/managed.js';
import { covers } from '../policy/aws/pattern.js';
import type { Statement } from '../policy/aws/statement.js';
import { grantees, readTrust } from '../policy/aws/trust.js';
import { type Context, granteesOf, namedBy, trustContext } from './context.js';
import type { Draft } from './draft.js';
import { link } from './links.js';
import type { Claim, Evidence, Grant } from './model.js';
import { addOutsiders } from './outsiders.js';
import { type Document, documentAt } from './policy-document.js';

const NO_END = { kind: 'none' } as const;

/** Grants that the resource gives to itself or to those it names. */
export function addIamGrants(resource: Resource, facts: ResourceFacts, context: Context): void {
  for (const grant of facts.iamGrants ?? []) {
    const { identities, candidates } = grant.to
      ? receivers(resource, grant.to, context)
      : selfOf(resource, context);
    if (identities.length + candidates.length === 0) continue;
    const groups = (grant.to ?? []).flatMap(
      (path) => link(resource, path, context.groups, context.resolver).resources,
    );
    const outside = [resource, ...groups];
    for (const given of claimsOf(resource, grant, outside, context)) {
      for (const identity of identities) {
        // An inline policy lives and dies with its role.
        const inline = grant.policyArns === undefined && groups.length === 0;
        identity.grants.push(inline ? { ...given, bearers: [...given.bearers, identity.resource] } : given);
        identity.attachedPolicyArns.push(...attachedArns(resource, grant, context));
      }
      // It is one of several, and the plan does not say which: for each of them it may be.
      for (const identity of candidates)
        identity.grants.push({
          ...given,
          claim: { language: 'unknown', references: [`${resource.address} ${grant.to?.[0]}`] },
        });
    }
  }
}

function receivers(
  resource: Resource,
  paths: readonly string[],
  context: Context,
): { identities: Draft[]; candidates: Draft[] } {
  const all = paths.map((path) => granteesOf(resource, path, context));
  return {
    identities: all.flatMap((one) => one.identities),
    candidates: all.flatMap((one) => one.candidates),
  };
}

function selfOf(resource: Resource, context: Context): { identities: Draft[]; candidates: Draft[] } {
  const found = context.drafts.get(resource.address);
  return { identities: found ? [found] : [], candidates: [] };
}

/**
 * After a refresh the computed `inline_policy` and `managed_policy_arns` of a role show what this very plan is about
 * to change, so they count only where they are written, or where nothing of the plan will change them any more. What a
 * new role holds is written: a dynamic block, of which plan JSON has no other trace.
 */
function isWritten(resource: Resource, path: string): boolean {
  return (
    ['forget', 'create', 'replace'].includes(resource.action) || expressionAt(resource, [path]) !== undefined
  );
}

function claimsOf(
  resource: Resource,
  facts: IamGrantFacts,
  bearers: readonly Resource[],
  context: Context,
): Grant[] {
  const result: Grant[] = [];
  const policies = facts.policyArns
    ? link(resource, facts.policyArns, context.policies, context.resolver).resources
    : [];
  const add = (path: string, claim: Claim): void => {
    result.push({
      address: resource.address,
      evidence: { address: resource.address, path },
      claim,
      end: NO_END,
      bearers: [...bearers, ...policies],
    });
  };
  if (facts.document !== undefined) {
    const document = documentAt(resource, pathOf(facts.document), context.resolver);
    for (const claim of claims(document)) add(facts.document, claim);
  }
  if (facts.blocks && isWritten(resource, facts.blocks.path)) {
    const { path, document: inner } = facts.blocks;
    blocks(own(resource.values, path)).forEach((_, index) => {
      const at = [path, index, ...pathOf(inner)];
      for (const claim of claims(documentAt(resource, at, context.resolver))) add(showPath(at), claim);
    });
  }
  if (
    facts.policyArns !== undefined &&
    (facts.policyArns !== 'managed_policy_arns' || isWritten(resource, facts.policyArns))
  )
    for (const claim of attached(resource, facts.policyArns, context)) add(facts.policyArns, claim);
  return result;
}

/** What a document claims: its statements, and that there is more which the plan does not show. */
function claims(document: Document | undefined): Claim[] {
  if (!document) return [];
  const result: Claim[] = [];
  if (document.statements.length > 0) result.push({ language: 'aws-iam', statements: document.statements });
  if (document.unknown.length > 0) result.push({ language: 'unknown', references: document.unknown });
  if (document.problem !== undefined) result.push({ language: 'unknown', references: [document.problem] });
  return result;
}

/** The policies behind ARNs: customer-managed ones of the plan, AWS-managed ones, or ones that nobody here knows. */
function attached(resource: Resource, path: string, context: Context): Claim[] {
  const found = link(resource, path, context.policies, context.resolver);
  // One ARN cannot be that of several policies: a condition or `element()` picks one of them.
  if (found.resources.length > 1 && !path.endsWith('s'))
    return [{ language: 'unknown', references: found.resources.map(({ address }) => `${address}.arn`) }];
  const result: Claim[] = found.resources.flatMap((policy) =>
    claims(documentAt(policy, ['policy'], context.resolver)),
  );
  for (const arn of found.literals) {
    const managed = managedPolicy(arn, { address: resource.address, path });
    if (!managed) result.push({ language: 'unknown', references: [arn] });
    else if (managed.statements.length > 0)
      result.push({ language: 'aws-iam', statements: managed.statements });
    if (managed?.judged)
      result.push({ language: 'judged', ...managed.judged, escalates: undefined, handsOutRights: false });
  }
  if (found.unknown.length > 0) result.push({ language: 'unknown', references: found.unknown });
  return result;
}

function attachedArns(resource: Resource, facts: IamGrantFacts, context: Context): string[] {
  if (facts.policyArns === undefined) return [];
  const found = link(resource, facts.policyArns, context.policies, context.resolver);
  const names = found.resources.flatMap((policy) => {
    const arn = own(policy.values, 'arn');
    const name = own(policy.values, 'name');
    const path = own(policy.values, 'path');
    if (typeof arn === 'string') return [arn];
    return typeof name === 'string' ? [`policy${typeof path === 'string' ? path : '/'}${name}`] : [];
  });
  return [...names, ...found.literals];
}

/** Who may become the identity, from its trust document. */
export function addTrust(resource: Resource, facts: ResourceFacts, context: Context): void {
  const identity = context.drafts.get(resource.address);
  if (!facts.trust || !identity) return;
  const path = facts.trust.document;
  const document = documentAt(resource, pathOf(path), context.resolver);
  if (!document) return;
  identity.waysUnknown.push(
    ...document.unknown,
    ...(document.problem === undefined ? [] : [document.problem]),
  );
  const reading = readTrust(document.statements, trustContext(context));
  identity.callersUnknown.push(...reading.undecided);
  context.trusts.push({ into: identity, path, statements: document.statements, ways: reading.ways });
  for (const way of reading.ways) {
    const evidence: Evidence = { address: resource.address, path: `${path}, statement ${way.statement}` };
    if (way.kind === 'principal')
      for (const admitted of namedIn(way.principal, resource, context))
        if (admitted !== identity)
          context.admissions.push({
            identity: admitted.resource.address,
            into: identity.resource.address,
            evidence,
          });
    identity.ways.push({
      who: way.who,
      evidence,
      by: way.by,
      subjects: way.subjects,
      account: /^(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(way.principal)?.[1],
      end:
        way.end === undefined
          ? NO_END
          : way.end === 'unknown'
            ? { kind: 'unknown', references: [`${resource.address} ${path}`], evidence }
            : { kind: 'enforced', at: way.end, evidence },
    });
  }
  for (const opening of reading.openings)
    context.openings.push({
      id: opening.id,
      text: opening.text,
      help: opening.help,
      identity: identity.resource.address,
      evidence: { address: resource.address, path: `${path}, statement ${opening.statement}` },
    });
}

export function addBoundary(resource: Resource, path: string, context: Context): void {
  const identity = context.drafts.get(resource.address);
  const written = read(resource, pathOf(path), context.resolver);
  // Once applied, an identity without one has the empty text.
  if (!identity || written.state === 'absent' || (written.state === 'known' && written.value === '')) return;
  const statements: Statement[] = [];
  for (const claim of attached(resource, path, context)) {
    if (claim.language === 'aws-iam') statements.push(...claim.statements);
    else if (claim.language === 'unknown') identity.boundaryUnknown.push(...claim.references);
  }
  if (statements.length > 0)
    identity.boundary = identity.boundaryUnknown.length > 0 ? openBoundary(statements) : statements;
}

/** What is hidden of a boundary may let everything through; what the rest of it denies stays denied. */
function openBoundary(statements: readonly Statement[]): Statement[] | undefined {
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  const [first] = denials;
  if (!first) return undefined;
  const { origin, index } = first;
  return [{ effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [], origin, index }, ...denials];
}

/** A policy on a resource: grants to the identities it names, and openings to outsiders. */
export function addResourcePolicy(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.resourcePolicy) return;
  const { document: path, of } = facts.resourcePolicy;
  // A policy that nobody wrote here was computed from what stands beside this resource, and is told there.
  if (of === undefined && resource.config && expressionAt(resource, pathOf(path)) === undefined) return;
  const document = documentAt(resource, pathOf(path), context.resolver);
  if (!document) return;
  addOutsiders(resource, facts.resourcePolicy, document, context);
  // Inside a resource policy `*` means this resource.
  const itself = symbol(
    of === undefined ? resource.address : (symbolOrText(resource, of, context) ?? resource.address),
    true,
  );
  for (const { principal, statement } of grantees(document.statements)) {
    for (const identity of namedIn(principal, resource, context)) {
      const denied = document.statements.filter(
        (one) => coversResources(one, statement) && denies(one, identity, resource, context),
      );
      // Evaluated by itself where it names a user: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
      const beyond = identity.kind === 'aws.iam.user' ? ({ beyondBoundary: true } as const) : {};
      const narrowed = [statement, ...denied].map((one) => ({
        ...withoutNotResources(one),
        ...beyond,
        resources: [itself],
      }));
      identity.grants.push({
        address: resource.address,
        evidence: { address: resource.address, path: `${path}, statement ${statement.index}` },
        claim: { language: 'aws-iam', statements: narrowed },
        end: NO_END,
        bearers: [resource, ...(of === undefined ? [] : namedBy(resource, [of], context))],
      });
    }
  }
}

/** True where the one statement holds for every resource of the other. */
function coversResources(one: Statement, other: Statement): boolean {
  const wide = one.resources ?? ['*'];
  return (
    !one.notResources &&
    (other.resources ?? ['*']).every((narrow) => wide.some((each) => covers(each, narrow)))
  );
}

/** True for a denial of a resource policy that is meant for the identity. */
function denies(one: Statement, identity: Draft, resource: Resource, context: Context): boolean {
  if (one.effect !== 'Deny') return false;
  const isMeant = (principals: readonly string[] = []): boolean =>
    principals.some((name) => name === '*' || namedIn(name, resource, context).includes(identity));
  if (one.notPrincipals) return !isMeant(one.notPrincipals.AWS);
  return isMeant(one.principals?.AWS);
}

function withoutNotResources({ notResources: _, ...rest }: Statement): Statement {
  return rest;
}

function symbolOrText(resource: Resource, path: string, context: Context): string | undefined {
  const value = read(resource, pathOf(path), context.resolver);
  if (value.state === 'unknown') return value.references[0];
  return value.state === 'known'
    ? strings(value.value).map((text) => symbolsIn(text)[0] ?? text)[0]
    : undefined;
}

/** The identities of the plan that a principal string names: an ARN, or a symbol for one. */
export function namedIn(principal: string, resource: Resource, context: Context): Draft[] {
  const resources = hasSymbol(principal)
    ? context.resolver
        .targets({ references: symbolsIn(principal) }, context.resolver.placeOf(resource))
        .filter((target) => !target.vague)
        .flatMap((target) => target.resources)
    : context.principals.find(principal);
  return resources.map((one) => context.drafts.get(one.address)).filter((one) => one !== undefined);
}

/** `aws_kms_grant`: operations on one resource, handed to a principal. */
export function addOperationGrant(resource: Resource, facts: ResourceFacts, context: Context): void {
  const grant = facts.operationGrant;
  if (!grant) return;
  const operations = read(resource, pathOf(grant.operations), context.resolver);
  const on = symbol(symbolOrText(resource, grant.on, context) ?? resource.address, true);
  const { identities } = granteesOf(resource, grant.to, context);
  for (const identity of identities) {
    const evidence = { address: resource.address, path: grant.operations };
    const claim: Claim =
      operations.state === 'known'
        ? {
            language: 'aws-iam',
            statements: [
              {
                effect: 'Allow',
                actions: strings(operations.value).map((name) => `${grant.service}:${name}`),
                resources: [on],
                conditions: [],
                origin: evidence,
                index: 1,
              },
            ],
          }
        : {
            language: 'unknown',
            references: operations.state === 'unknown' ? operations.references : [resource.address],
          };
    identity.grants.push({
      address: resource.address,
      evidence,
      claim,
      end: NO_END,
      bearers: [resource, ...namedBy(resource, [grant.on], context)],
    });
  }
}
