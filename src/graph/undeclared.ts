// Policies that a role has in the cloud and that nothing of the plan declares: somebody attached them by hand, and the
// plan keeps them. Only wide ones are told: narrow ones are usually attached by another stack.

import { factsOf } from '../catalog/index.js';
import { blocks, own, ownString, strings } from '../plan/json.js';
import type { Plan, Resource } from '../plan/model.js';
import { expressionAt } from '../plan/value.js';
import { parsePolicy } from '../policy/aws/document.js';
import { effectiveAccess } from '../policy/aws/effective.js';
import { managedPolicy } from '../policy/aws/managed.js';
import { judgeScope } from '../policy/aws/scope.js';
import type { Statement } from '../policy/aws/statement.js';
import type { Context } from './context.js';

interface Undeclared {
  /** Where the role shows it: `managed_policy_arns`. */
  readonly path: string;
  /** Of an inline policy. */
  readonly name?: string;
  readonly statements: readonly Statement[];
}

/** By the role's name. */
interface Declared {
  readonly arns: Set<string>;
  /** Names of its inline policies. */
  readonly inline: Set<string>;
}

/** Counts what the role keeps of this among its grants. */
export function addUndeclared(resource: Resource, context: Context): void {
  const identity = context.drafts.get(resource.address);
  for (const { path, statements } of undeclaredPolicies(resource, context.plan))
    identity?.grants.push({
      address: resource.address,
      evidence: { address: resource.address, path },
      claim: { language: 'aws-iam', statements },
      end: { kind: 'none' },
      bearers: [],
    });
}

/** Judged once: they are asked for where grants are counted, and where drift is told. */
const judged = new WeakMap<Resource, readonly Undeclared[]>();

/** The wide policies that a role keeps undeclared; none where the plan does not show all that is declared. */
export function undeclaredPolicies(role: Resource, plan: Plan): readonly Undeclared[] {
  const known = judged.get(role);
  if (known) return known;
  const found = widePolicies(role, plan);
  judged.set(role, found);
  return found;
}

function widePolicies(role: Resource, plan: Plan): Undeclared[] {
  const { type, action, address, values } = role;
  if (type !== 'aws_iam_role' || !['no-op', 'update'].includes(action) || !role.config) return [];
  if (!plan.complete || !['plan-json', 'binary-plan'].includes(plan.kind)) return [];
  const declared = declaredIn(plan).get(ownString(role.before, 'name') ?? '');
  const found: Undeclared[] = [];
  if (expressionAt(role, ['managed_policy_arns']) === undefined)
    for (const arn of strings(own(values, 'managed_policy_arns'))) {
      const path = 'managed_policy_arns';
      const statements = declared?.arns.has(arn)
        ? undefined
        : managedPolicy(arn, { address, path })?.statements;
      if (statements) found.push({ path, statements });
    }
  if (expressionAt(role, ['inline_policy']) === undefined)
    for (const [index, block] of blocks(own(values, 'inline_policy')).entries()) {
      const path = `inline_policy[${index}].policy`;
      const name = ownString(block, 'name') ?? '';
      if (declared?.inline.has(name)) continue;
      const parsed = parsePolicy(ownString(block, 'policy') ?? '', { address, path });
      if ('statements' in parsed) found.push({ path, name, statements: parsed.statements });
    }
  return found.filter(({ statements }) => judgeScope(effectiveAccess(statements)).verdict !== 'bounded');
}

const declarations = new WeakMap<Plan, ReadonlyMap<string, Declared>>();

/** What the plan declares, or did until now: what it takes away is no business of hands. */
function declaredIn(plan: Plan): ReadonlyMap<string, Declared> {
  const known = declarations.get(plan);
  if (known) return known;
  const result = new Map<string, Declared>();
  for (const resource of plan.resources)
    for (const { to, policyArns, document } of factsOf(resource).flatMap((facts) => facts.iamGrants ?? []))
      for (const values of [resource.values, resource.before ?? {}])
        for (const name of (to ?? []).flatMap((path) => strings(own(values, path)))) {
          const declared = result.get(name) ?? { arns: new Set(), inline: new Set() };
          if (policyArns !== undefined)
            for (const arn of strings(own(values, policyArns))) declared.arns.add(arn);
          if (document !== undefined) declared.inline.add(ownString(values, 'name') ?? '');
          result.set(name, declared);
        }
  declarations.set(plan, result);
  return result;
}
