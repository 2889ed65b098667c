// Which conditions of a statement bind, and what they pin down.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { hasOpenSymbol } from '../../plan/symbol.js';
import type { Action } from './actions.js';
import type { Condition } from './statement.js';

/** Equals or is like one of the values, for at least one value of the request. */
const BINDING = /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;
const WILDCARDS_IN_VALUES = /Like$|^(?:ForAnyValue:)?Arn/i;

/** Keys whose value names the resource, or a label on it; `*` stands for the name of the label. */
const PINS_RESOURCE =
  /^(?:(?:aws|ec2|iam|ssm|secretsmanager|eks|ecs|rds|elasticache|sagemaker|autoscaling|kafka|batch|cognito-identity|redshift|dms|imagebuilder|elasticloadbalancing|s3):ResourceTag\/.|s3:ExistingObjectTag\/.|rds:(?:db|cluster|snapshot|cluster-snapshot)-tag\/.|kms:ResourceAliases$|kms:RequestAlias$|ecs:cluster$|lambda:FunctionArn$|secretsmanager:SecretId$|ec2:InstanceID$)/i;

/** A label on what is about to be created. */
const PINS_NEW_RESOURCE = /^aws:RequestTag\/./i;

/**
 * The values that a condition on `key` binds the request to: `iam:PassedToService`. Undefined where none binds.
 * `…IfExists`, `ForAllValues:` and negations do not bind: they hold for a request without the key.
 */
export function boundTo(conditions: readonly Condition[], key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  return conditions.find((one) => one.key.toLowerCase() === wanted && binds(one))?.values;
}

/** True where the conditions limit an action on `*` to resources with certain labels or names. */
export function pinsResource(conditions: readonly Condition[], action?: Action): boolean {
  return conditions.some(
    (one) =>
      binds(one) &&
      (PINS_RESOURCE.test(one.key) ||
        (action !== undefined && action.level !== 'tagging' && PINS_NEW_RESOURCE.test(one.key))),
  );
}

/** The operator asks for a value, and no value lets everything through. */
function binds({ operator, values }: Condition): boolean {
  if (!BINDING.test(operator) || values.length === 0) return false;
  if (!WILDCARDS_IN_VALUES.test(operator)) return true;
  return !values.some((value) => /^[*?]+$/.test(value) || hasOpenSymbol(value));
}
