// Could a request of one identity of the plan, on one thing of the plan, meet the conditions of a statement?
// What the plan tells of both (tags, names) decides; what it cannot tell (an address, a time) is taken to be met.

import { binds, readOperator, takesWildcards } from './conditions.js';
import { matches } from './pattern.js';
import type { Condition } from './statement.js';

/** What the plan tells of a request. Tag keys and values as written. */
export interface Request {
  readonly caller: Party;
  /** Who is becoming, or what is being changed. */
  readonly target?: Party;
  /** True where the ARN, or a pattern for it, is the caller's. */
  readonly isCaller: (arn: string) => boolean;
}

export interface Party {
  readonly tags: ReadonlyMap<string, string>;
  /** Only users have one. */
  readonly userName?: string;
}

/** True where nothing that the plan tells contradicts the conditions. */
export function mayMeet(conditions: readonly Condition[], request: Request): boolean {
  return conditions.every((condition) => meets(condition, request));
}

const CALLER_TAG = /^aws:principaltag\/(.+)$/i;
const TARGET_TAG = /^(?:aws|iam|ec2|ssm|secretsmanager|ecs|sagemaker):resourcetag\/(.+)$/i;
/** A machine has no second factor. */
const SECOND_FACTOR = /^aws:multifactorauth(?:present|age)$/i;

function meets(condition: Condition, request: Request): boolean {
  const { base, negated } = readOperator(condition.operator);
  const key = condition.key.toLowerCase();
  if (base === 'null') return true;
  if (SECOND_FACTOR.test(key))
    return !binds(condition) || condition.values.every((one) => /^false$/i.test(one));
  if (key === 'aws:principalarn') {
    const named = condition.values.some((value) => request.isCaller(value));
    return negated ? !named : named || !binds(condition);
  }
  const actual = heldBy(condition.key, request);
  if (actual === undefined) return true;
  // The tag is missing, or nobody knows whether it is there.
  if (actual === null) return negated || !binds(condition);
  const found = condition.values.some((value) => fits(condition, withVariables(value, request), actual));
  return negated ? !found : found;
}

/** Null where the request has no such value; undefined where the plan does not tell. */
function heldBy(key: string, { caller, target }: Request): string | null | undefined {
  if (/^aws:username$/i.test(key)) return caller.userName ?? null;
  const own = CALLER_TAG.exec(key)?.[1];
  if (own !== undefined) return tag(caller, own);
  const other = TARGET_TAG.exec(key)?.[1];
  return other === undefined || target === undefined ? undefined : tag(target, other);
}

/** Keys of tags are compared without case. */
function tag({ tags }: Party, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const [key, value] of tags) if (key.toLowerCase() === wanted) return value;
  return null;
}

function fits(condition: Condition, value: string | undefined, actual: string): boolean {
  if (value === undefined) return false;
  if (takesWildcards(condition)) return matches(value, actual);
  const folded = readOperator(condition.operator).base.endsWith('ignorecase');
  return folded ? value.toLowerCase() === actual.toLowerCase() : value === actual;
}

/** Undefined where a policy variable stands for what the request does not have. */
function withVariables(value: string, request: Request): string | undefined {
  let known = true;
  const text = value.replace(/\$\{([^{}]{1,200})\}/g, (whole, key: string) => {
    if (/^[*?$]$/.test(key)) return whole;
    const found = heldBy(key, request);
    if (typeof found !== 'string') known = false;
    return found ?? '';
  });
  return known ? text : undefined;
}
