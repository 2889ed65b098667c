// Reads IAM policy documents as AWS does: a string may stand for a list and one statement for many.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

import type { Condition, Origin, Principals, Statement } from './statement.js';

/** What a policy document says, or why it is none. A problem never quotes the document. */
export type ParsedPolicy = { readonly statements: Statement[] } | { readonly problem: string };

/** AWS accepts at most 32,768 characters (key policies); indentation may multiply that. */
const LONGEST_DOCUMENT = 262_144;
/** More strings than the longest policy can hold, so that hostile ones stay cheap to judge. */
const MOST_STRINGS = 10_000;

class Malformed extends Error {}

/** Reads the text of a policy document. Never throws. */
export function parsePolicy(text: string, origin: Origin): ParsedPolicy {
  if (text.length > LONGEST_DOCUMENT) return { problem: 'the policy is longer than AWS accepts' };
  const document = parseJson(text.replace(FORGED_SYMBOL, ''));
  if (document === undefined) return { problem: 'the policy is not JSON' };
  return statementsOf(document, origin);
}

/** Reads a policy document that is already parsed. Never throws. */
export function statementsOf(document: unknown, origin: Origin): ParsedPolicy {
  try {
    if (!isRecord(document)) return { problem: 'the policy is not a JSON object' };
    const listed = own(document, 'Statement');
    if (listed === undefined) return { problem: 'the policy has no Statement' };
    const statements = Array.isArray(listed) ? listed : [listed];
    const budget = { left: MOST_STRINGS };
    return { statements: statements.map((one, place) => statementOf(one, place + 1, origin, budget)) };
  } catch (error) {
    if (error instanceof Malformed) return { problem: error.message };
    throw error;
  }
}

interface Budget {
  left: number;
}

function statementOf(value: unknown, index: number, origin: Origin, budget: Budget): Statement {
  const fail = (what: string): never => {
    throw new Malformed(`statement ${index}: ${what}`);
  };
  if (!isRecord(value)) return fail('is not a JSON object');
  const effect = own(value, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') return fail('Effect is neither Allow nor Deny');

  const list = (key: string): string[] | undefined => {
    const found = own(value, key);
    return found === undefined
      ? undefined
      : (stringList(found, budget) ?? fail(`${key} is no list of strings`));
  };
  const principals = (key: string): Principals | undefined => {
    const found = own(value, key);
    return found === undefined ? undefined : (principalsOf(found, budget) ?? fail(`${key} is malformed`));
  };
  const either = <T>(key: string, read: (key: string) => T | undefined): [T | undefined, T | undefined] => {
    const positive = read(key);
    const negative = read(`Not${key}`);
    if (positive !== undefined && negative !== undefined) fail(`has both ${key} and Not${key}`);
    return [positive, negative];
  };

  const sid = own(value, 'Sid');
  const [actions, notActions] = either('Action', list);
  const [resources, notResources] = either('Resource', list);
  const [allowed, notPrincipals] = either('Principal', principals);
  if (actions === undefined && notActions === undefined) fail('has no Action');
  return {
    effect,
    ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
    ...(actions ? { actions } : {}),
    ...(notActions ? { notActions } : {}),
    ...(resources ? { resources } : {}),
    ...(notResources ? { notResources } : {}),
    ...(allowed ? { principals: allowed } : {}),
    ...(notPrincipals ? { notPrincipals } : {}),
    conditions: conditionsOf(own(value, 'Condition'), budget) ?? fail('Condition is malformed'),
    origin,
    index,
  };
}

function stringList(value: unknown, budget: Budget): string[] | undefined {
  const items = Array.isArray(value) ? value : [value];
  if (!items.every((item) => typeof item === 'string')) return undefined;
  spend(budget, items.length);
  return items;
}

function principalsOf(value: unknown, budget: Budget): Principals | undefined {
  if (value === '*') return { AWS: ['*'] };
  if (!isRecord(value)) return undefined;
  const principals: Record<string, readonly string[]> = Object.create(null);
  for (const [type, names] of Object.entries(value)) {
    const list = stringList(names, budget);
    if (list === undefined) return undefined;
    principals[type] = list;
  }
  return principals;
}

function conditionsOf(value: unknown, budget: Budget): Condition[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, tests] of Object.entries(value)) {
    if (!isRecord(tests)) return undefined;
    for (const [key, values] of Object.entries(tests)) {
      const items = Array.isArray(values) ? values : [values];
      if (!items.every(isScalar)) return undefined;
      spend(budget, items.length);
      conditions.push({ operator, key, values: items.map(String) });
    }
  }
  return conditions;
}

function spend(budget: Budget, strings: number): void {
  budget.left -= strings + 1;
  if (budget.left < 0) throw new Malformed('the policy is longer than AWS accepts');
}

/** An escaped symbol delimiter can only have been forged: symbols stand in the text as they are. */
const FORGED_SYMBOL = /\\u[eE]00[0-2]/g;
/** References such as `aws_s3_bucket.raw["eu"].arn` bring quotes into a document that was pasted together. */
const SYMBOL = /[\uE000\uE001][^\uE002]*\uE002/g;

function parseJson(text: string): unknown {
  for (const attempt of [text, text.replace(SYMBOL, (one) => one.replace(/(?<!\\)"/g, '\\"'))]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The second attempt, or no JSON at all.
    }
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
