// Short ways to write policies in tests.

import { statementsOf } from '../../../src/policy/aws/document.js';
import { type Access, effectiveAccess } from '../../../src/policy/aws/effective.js';
import type { Origin, Statement } from '../../../src/policy/aws/statement.js';

export const ORIGIN: Origin = { address: 'aws_iam_role_policy.batch', path: 'policy' };

/** The statements of one document. */
export function policy(statements: unknown, origin: Origin = ORIGIN): Statement[] {
  const read = statementsOf({ Version: '2012-10-17', Statement: statements }, origin);
  if ('problem' in read) throw new Error(read.problem);
  return read.statements;
}

export function allow(Action: unknown, Resource: unknown, Condition?: unknown): unknown {
  return { Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) };
}

export function deny(Action: unknown, Resource: unknown, Condition?: unknown): unknown {
  return { Effect: 'Deny', Action, Resource, ...(Condition ? { Condition } : {}) };
}

export function access(statements: unknown, boundary?: unknown): Access {
  return effectiveAccess(policy(statements), boundary === undefined ? undefined : policy(boundary));
}
