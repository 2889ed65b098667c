// Which AWS accounts are our own: those the plan itself works in. An account that stands only as a principal
// of somebody's trust is a stranger's.

import { isObject, type Json, own } from '../plan/json.js';
import type { Plan } from '../plan/model.js';

const ARN_ACCOUNT = /arn:[\w-]{1,12}:[\w-]{1,40}:[\w-]{0,30}:(\d{12}):/g;

/** Twelve-digit ids, sorted. */
export function ownAccounts(plan: Plan): string[] {
  const found = new Set<string>();
  for (const resource of plan.resources) {
    if (resource.mode === 'data') {
      const account = own(resource.values, 'account_id');
      if (resource.type === 'aws_caller_identity' && typeof account === 'string') found.add(account);
      // Accounts of AWS itself, which deliver logs: `data.aws_elb_service_account`.
      const arn = own(resource.values, 'arn');
      if (/^aws_\w+_service_account$/.test(resource.type) && typeof arn === 'string') addAccounts(arn, found);
      continue;
    }
    if (resource.provider !== 'aws') continue;
    for (const [name, value] of Object.entries(resource.values)) collect(value, name, found, 0);
    if (resource.type.startsWith('aws_kms_')) addKeyOwner(own(resource.values, 'policy'), found);
  }
  for (const expressions of plan.providers.values()) {
    const accounts = own(own(expressions, 'allowed_account_ids'), 'constant_value');
    if (Array.isArray(accounts))
      for (const account of accounts) if (typeof account === 'string') found.add(account);
  }
  return [...found].sort();
}

/**
 * The one account that may do everything with a key is the key's own: a policy that leaves it out locks everybody out.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function addKeyOwner(policy: Json | undefined, found: Set<string>): void {
  const owners = new Set<string>();
  for (const statement of statementsIn(policy)) {
    const isWhole = [own(statement, 'Action')].flat().some((action) => action === 'kms:*' || action === '*');
    if (!isWhole || own(statement, 'Effect') !== 'Allow' || own(statement, 'Condition') !== undefined)
      continue;
    for (const name of [own(own(statement, 'Principal'), 'AWS')].flat()) {
      const [, account] =
        /^(?:arn:aws[\w-]*:iam::(?=\d{12}:root$))?(\d{12})(?::root)?$/.exec(
          typeof name === 'string' ? name : '',
        ) ?? [];
      if (account !== undefined) owners.add(account);
    }
  }
  const [owner] = owners;
  if (owner !== undefined && owners.size === 1) found.add(owner);
}

/** ARNs in attributes and in the resources and source conditions of policies; principals and role chains are left out. */
function collect(value: Json, name: string, found: Set<string>, depth: number): void {
  if (depth > 20) return;
  if (typeof value === 'string') {
    if (value.startsWith('{')) collectPolicy(value, found);
    else if (value.startsWith('arn:')) addAccounts(value, found);
    return;
  }
  if (Array.isArray(value)) for (const item of value) collect(item, name, found, depth + 1);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) collect(item, key, found, depth + 1);
}

function addAccounts(text: string, found: Set<string>): void {
  for (const match of text.matchAll(ARN_ACCOUNT)) found.add(match[1] as string);
}

function statementsIn(policy: Json | undefined): Json[] {
  if (typeof policy !== 'string') return [];
  try {
    return [own(JSON.parse(policy) as Json, 'Statement') ?? []].flat();
  } catch {
    return [];
  }
}

function collectPolicy(text: string, found: Set<string>): void {
  for (const statement of statementsIn(text)) {
    // A role that may be assumed elsewhere names the other account, not this one.
    if (!/"sts:/i.test(JSON.stringify(own(statement, 'Action') ?? '')))
      addAccounts(JSON.stringify(own(statement, 'Resource') ?? ''), found);
    const conditions = own(statement, 'Condition');
    if (!isObject(conditions)) continue;
    for (const keys of Object.values(conditions)) {
      if (!isObject(keys)) continue;
      for (const [key, values] of Object.entries(keys)) {
        if (!/^aws:source(account|arn)$/i.test(key)) continue;
        for (const item of Array.isArray(values) ? values : [values]) {
          if (typeof item !== 'string') continue;
          if (/^\d{12}$/.test(item)) found.add(item);
          else addAccounts(item, found);
        }
      }
    }
  }
}
