// Which conditions of a statement bind, and what they pin down.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { hasOpenSymbol } from '../../plan/symbol.js';
import type { Action } from './actions.js';
import type { Condition } from './statement.js';

/** The parts of a condition operator: `ForAnyValue:StringLikeIfExists`. */
export interface Operator {
  /** In lower case, without set and suffix: `stringlike`. */
  readonly base: string;
  /** `ForAllValues:` or `ForAnyValue:`. */
  readonly set: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** Holds for everything but the values. */
  readonly negated: boolean;
}

const OPERATOR = /^(?:for(all|any)values?:)?([a-z]+?)(ifexists)?$/;
/** Operators with which `*` and `?` in a value are wildcards. */
const WITH_WILDCARDS = new Set(['stringlike', 'arnlike', 'arnequals']);

/** The parts of an operator; compared without case. */
export function readOperator(text: string): Operator {
  const [, set, base = text.toLowerCase(), suffix] = OPERATOR.exec(text.toLowerCase()) ?? [];
  return {
    base,
    set: set === 'all' || set === 'any' ? set : undefined,
    ifExists: suffix !== undefined,
    negated: base.includes('not'),
  };
}

/**
 * True where the condition asks the request for one of its values. `ForAllValues:`, `…IfExists` and negations do
 * not: they hold for a request without the key. `Null` asks for presence only.
 */
export function binds({ operator, values }: Condition): boolean {
  const { base, set, ifExists, negated } = readOperator(operator);
  return values.length > 0 && set !== 'all' && !ifExists && !negated && base !== 'null';
}

/** True where `*` and `?` in the values of the condition are wildcards. */
export function takesWildcards({ operator }: Condition): boolean {
  return WITH_WILDCARDS.has(readOperator(operator).base);
}

/** The conditions that bind one of the keys: all of them hold at once, so the tightest decides. */
export function bindingOn(
  conditions: readonly Condition[],
  isKey: (key: string) => boolean,
): readonly Condition[] {
  return conditions.filter((one) => binds(one) && isKey(one.key.toLowerCase()));
}

/** Keys whose value names the resource, or a label on it; `*` stands for the name of the label. */
const PINS_RESOURCE =
  /^(?:(?:aws|ec2|iam|ssm|secretsmanager|eks|ecs|rds|elasticache|sagemaker|autoscaling|kafka|batch|cognito-identity|redshift|dms|imagebuilder|elasticloadbalancing|s3):ResourceTag\/.|s3:ExistingObjectTag\/.|rds:(?:db|cluster|snapshot|cluster-snapshot)-tag\/.|kms:ResourceAliases$|kms:RequestAlias$|ecs:cluster$|lambda:FunctionArn$|secretsmanager:SecretId$|ec2:InstanceID$|iam:AWSServiceName$)/i;

/** A label on what is about to be created. */
const PINS_NEW_RESOURCE = /^aws:RequestTag\/./i;

/** The values that a condition on `key` binds the request to: `iam:PassedToService`. Undefined where none binds. */
export function boundTo(conditions: readonly Condition[], key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  return conditions.find((one) => one.key.toLowerCase() === wanted && narrows(one))?.values;
}

/** True where the conditions limit an action on `*` to resources with certain labels or names. */
export function pinsResource(conditions: readonly Condition[], action?: Action): boolean {
  return conditions.some(
    (one) =>
      narrows(one) &&
      (PINS_RESOURCE.test(one.key) ||
        (action !== undefined && action.level !== 'tagging' && PINS_NEW_RESOURCE.test(one.key))),
  );
}

/** The condition asks for a text, and none of its values lets everything through. */
function narrows(condition: Condition): boolean {
  if (!binds(condition) || !/^(?:string|arn)/.test(readOperator(condition.operator).base)) return false;
  if (!takesWildcards(condition)) return true;
  return !condition.values.some((value) => /^[*?]+$/.test(value) || hasOpenSymbol(value));
}

/** What a request with the condition's key negated away must hold instead: operators in lower case. */
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['stringnotequals', 'StringEquals'],
  ['stringnotequalsignorecase', 'StringEqualsIgnoreCase'],
  ['stringnotlike', 'StringLike'],
  ['arnnotequals', 'ArnEquals'],
  ['arnnotlike', 'ArnLike'],
]);

/**
 * What an Allow asks of the request where a Deny with only this condition stands beside it: a denial unless
 * `iam:PermissionsBoundary` is the agreed one allows only with that one. Undefined where it asks for nothing that binds.
 */
export function opposite({ operator, key, values }: Condition): Condition | undefined {
  const { base, set } = readOperator(operator);
  const positive = OPPOSITES.get(base);
  // One value outside the list is enough for the denial, but so is none at all for getting past it.
  if (positive === undefined || set === 'any' || values.length === 0) return undefined;
  return { operator: set === 'all' ? `ForAnyValue:${positive}` : positive, key, values };
}
