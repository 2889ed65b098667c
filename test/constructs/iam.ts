// A second opinion on the policies that a package writes: renders `aws_iam_policy_document` and evaluates it, in as few
// lines as that takes and without the linter's own reading of IAM.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import type { Synthesised } from './synth.js';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Principal?: Readonly<Record<string, readonly string[]>>;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What somebody asks of AWS. Context keys are in lower case. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly at: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** The policy's statements as AWS would get them; references stay as they are written. */
export function render(data: Synthesised): readonly Statement[] {
  return data.statement.map((one: Synthesised) => ({
    Sid: one.sid,
    Effect: one.effect,
    Action: one.actions,
    ...(one.resources ? { Resource: one.resources } : {}),
    ...(one.not_resources ? { NotResource: one.not_resources } : {}),
    ...(one.principals
      ? { Principal: Object.fromEntries(one.principals.map((p: Synthesised) => [p.type, p.identifiers])) }
      : {}),
    Condition: conditionsOf(one.condition),
  }));
}

function conditionsOf(blocks: readonly Synthesised[] = []): Statement['Condition'] {
  const result: Record<string, Record<string, readonly string[]>> = {};
  for (const { test, variable, values } of blocks) {
    const keys = result[test] ?? {};
    result[test] = { ...keys, [variable]: [...(keys[variable] ?? []), ...values] };
  }
  return result;
}

/** An explicit Deny wins, then an Allow; otherwise no. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const matching = statements.filter((one) => applies(one, request));
  return matching.some((one) => one.Effect === 'Allow') && !matching.some((one) => one.Effect === 'Deny');
}

function applies(statement: Statement, { action, resource, at, context = {} }: Request): boolean {
  const values: Record<string, string> = { ...context, 'aws:currenttime': at };
  return (
    statement.Action.some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase())) &&
    (statement.Resource ?? ['*']).some((pattern) => glob(pattern, resource)) &&
    !(statement.NotResource ?? []).some((pattern) => glob(pattern, resource)) &&
    Object.entries(statement.Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => {
        const value = values[key.toLowerCase()];
        return value !== undefined && wanted.some((one) => OPERATORS[operator]?.(value, one));
      }),
    )
  );
}

const OPERATORS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringLike: (value, wanted) => glob(wanted, value),
  Bool: (value, wanted) => value === wanted,
  ArnLike: (value, wanted) => glob(wanted, value),
  IpAddress: (value, wanted) => isInside(value, wanted),
  ArnEquals: (value, wanted) => glob(wanted, value),
  DateLessThan: (value, wanted) => Date.parse(value) < Date.parse(wanted),
  DateGreaterThanEquals: (value, wanted) => Date.parse(value) >= Date.parse(wanted),
};

function glob(pattern: string, text: string): boolean {
  const source = [...pattern].map((c) =>
    c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 's').test(text);
}

/** True for an IPv4 address in a range such as `198.51.100.0/28`. */
function isInside(address: string, range: string): boolean {
  const [network = '', length = '32'] = range.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(network) / size);
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
