// Which conditions say who calls, or from where, so that a statement for everybody is none any more.
// Keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import { hasOpenSymbol, hasSymbol, symbolsIn } from '../../plan/symbol.js';
import { bindingOn, readOperator, takesWildcards } from './conditions.js';
import { hasWildcard, splitOutside } from './pattern.js';
import type { Condition } from './statement.js';

/** How firmly conditions hold something: for certain, not at all, or not known before apply. */
export type Hold =
  | { readonly kind: 'held' }
  | { readonly kind: 'loose' }
  | { readonly kind: 'unknown'; readonly references: readonly string[] };

/** True for a pattern that takes in too many. */
type IsLoose = (value: string) => boolean;

const isWild: IsLoose = (value) => hasWildcard(value);
const startsWild: IsLoose = (value) => /^(?:[*?]|[oO]-[*?])/.test(value);
const anything: IsLoose = (value) => /^[*?:/]*$/.test(value);
const accountIsWild: IsLoose = (value) => {
  const fields = splitOutside(value, ':', 6);
  const [, , , , account = '', object = ''] = fields;
  // `⟨aws_sns_topic.alarms.arn⟩*` starts with one account's ARN.
  if (fields.length < 6) return hasWildcard(value) && !hasSymbol(value.split(/[*?]/)[0] ?? '');
  // Names without an account, such as those of buckets, are nobody else's.
  return account === '' ? /^(?:[\w-]+[/:])?[*?]/.test(object) : hasWildcard(account);
};
/** A role, a user: not all there are in the account. */
const isManyPrincipals: IsLoose = (value) =>
  accountIsWild(value) || /:(?:\*|root|(?:role|user|assumed-role)\/\*+)$/.test(value);
const isWideNetwork: IsLoose = (value) => {
  const bits = /^[\d.]+\/(\d{1,3})$/.exec(value)?.[1] ?? /^[\da-f:.]+\/(\d{1,3})$/i.exec(value)?.[1];
  return bits !== undefined && Number(bits) < (value.includes(':') ? 32 : 8);
};
const isFalse: IsLoose = (value) => value.toLowerCase() !== 'true';

/** Keys that narrow any set of callers, with what is too wide a value for each. */
const NARROWER: ReadonlyMap<string, IsLoose> = new Map([
  ['aws:principalorgid', startsWild],
  ['aws:principalorgpaths', startsWild],
  ['aws:principalarn', isManyPrincipals],
  ['aws:userid', startsWild],
  ['aws:username', anything],
  ['aws:sourcevpc', isWild],
  ['aws:sourcevpcarn', accountIsWild],
  ['aws:sourcevpce', isWild],
  ['aws:vpcsourceip', isWideNetwork],
  ['aws:sourceip', isWideNetwork],
  ['aws:vpceorgid', startsWild],
  ['aws:vpceorgpaths', startsWild],
  ['ec2:sourceinstancearn', accountIsWild],
]);

/** Keys that tell for whose resource a service comes. */
const SOURCE: ReadonlyMap<string, IsLoose> = new Map([
  ['aws:sourcearn', accountIsWild],
  ['aws:sourceaccount', isWild],
  ['aws:sourceowner', isWild],
  ['aws:sourceorgid', startsWild],
  ['aws:sourceorgpaths', startsWild],
  ['lambda:eventsourcetoken', anything],
]);

/**
 * Keys that tell callers apart where everybody may come, so that an account is narrow too. Names and tags do not: in an
 * account of their own everybody gives those that are asked for.
 */
const CALLER: ReadonlyMap<string, IsLoose> = new Map([
  ...[...NARROWER].filter(([key]) => key !== 'aws:username'),
  ...SOURCE,
  ['aws:principalarn', accountIsWild],
  ['aws:principalaccount', isWild],
  ['aws:principalservicename', startsWild],
  ['aws:principalservicenameslist', startsWild],
  ['aws:principalisawsservice', isFalse],
  ['aws:vpceaccount', isWild],
  ['kms:calleraccount', isWild],
  ['s3:dataaccesspointarn', accountIsWild],
  ['s3:dataaccesspointaccount', isWild],
  ['elasticfilesystem:accessedviamounttarget', isFalse],
]);

const EXTERNAL_ID: ReadonlyMap<string, IsLoose> = new Map([['sts:externalid', anything]]);
const PRINCIPAL_TAG = /^aws:principaltag\/./;

/** Where everybody may come, it is told who does. */
export function callerHold(conditions: readonly Condition[]): Hold {
  return holdOf(conditions, CALLER);
}

/** Where a whole account may come, it is told who of it does. */
export function narrowerHold(conditions: readonly Condition[]): Hold {
  return holdOf(conditions, NARROWER, PRINCIPAL_TAG);
}

/** For whose resource a service comes is told. */
export function sourceHold(conditions: readonly Condition[]): Hold {
  return holdOf(conditions, SOURCE);
}

/** A trust anchor, or something in the certificate, is asked for. */
export function certificateHold(conditions: readonly Condition[]): Hold {
  return holdOf(conditions, SOURCE, PRINCIPAL_TAG);
}

/** A secret word between two parties is asked for. */
export function externalIdHold(conditions: readonly Condition[]): Hold {
  return holdOf(conditions, EXTERNAL_ID);
}

/** True where a Deny leaves nobody but certain callers: each of its conditions excepts them by name. */
export function exceptsCallers(conditions: readonly Condition[]): boolean {
  const excepted = conditions.filter(({ operator, key, values }) => {
    const isLoose = CALLER.get(key.toLowerCase());
    return readOperator(operator).negated && isLoose !== undefined && !values.some((one) => isLoose(one));
  });
  const services = conditions.filter(
    ({ operator, key, values }) =>
      readOperator(operator).base === 'bool' &&
      /^aws:(?:principalisawsservice|viaawsservice)$/i.test(key) &&
      values.every((one) => one.toLowerCase() === 'false'),
  );
  return excepted.length > 0 && excepted.length + services.length === conditions.length;
}

/** All conditions hold at once, so one that is firm is enough; any value of a condition will do. */
function holdOf(conditions: readonly Condition[], keys: ReadonlyMap<string, IsLoose>, others?: RegExp): Hold {
  const bound = bindingOn(conditions, (key) => keys.has(key) || others?.test(key) === true);
  const holds = bound.map((condition) => {
    const isLoose = keys.get(condition.key.toLowerCase()) ?? anything;
    return holdOfValues(condition, isLoose);
  });
  const unknown = holds.flatMap((one) => (one.kind === 'unknown' ? one.references : []));
  if (holds.some(({ kind }) => kind === 'held')) return { kind: 'held' };
  return unknown.length > 0 ? { kind: 'unknown', references: unknown } : { kind: 'loose' };
}

function holdOfValues(condition: Condition, isLoose: IsLoose): Hold {
  // Without wildcards, an ARN or a name is one and the same, whatever it looks like.
  const patterns = takesWildcards(condition) || !/^string/.test(readOperator(condition.operator).base);
  const known = condition.values.filter((value) => !hasOpenSymbol(value));
  if (known.some((value) => (patterns ? isLoose(value) : anything(value)))) return { kind: 'loose' };
  if (!patterns || known.length === condition.values.length) return { kind: 'held' };
  return { kind: 'unknown', references: condition.values.flatMap(symbolsIn) };
}
