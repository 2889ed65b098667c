// What an IAM condition binds: until when a grant holds, which resources it reaches, which roles it may hand out.
// https://cloud.google.com/iam/docs/conditions-attribute-reference

import { parseDate } from '../../access/end.js';
import { hasSymbol, symbolsIn } from '../../plan/symbol.js';
import { type Cel, parseCel, textOf } from './cel.js';

/** The moment after which the condition fails; `unknown` where it is known only after apply. */
export type ConditionEnd = { readonly at: Date } | { readonly unknown: readonly string[] } | undefined;

export interface Condition {
  readonly end: ConditionEnd;
  /** True where it holds for resources that it names, and for no other. */
  readonly pinsResource: boolean;
  /** Roles that may be granted or taken away under it; undefined where it leaves that open. */
  readonly grantable: readonly string[] | undefined;
}

const OPEN: Condition = { end: undefined, pinsResource: false, grantable: undefined };

/** Reads the expression of a condition; one that is not understood binds nothing. */
export function readCondition(expression: string): Condition {
  const parsed = parseCel(expression);
  return parsed ? conditionOf(parsed) : OPEN;
}

function conditionOf(cel: Cel): Condition {
  if (cel.kind === 'operation') {
    const { operator, args } = cel;
    if (operator === '&&') return both(args.map(conditionOf));
    if (operator === '||') return either(args.map(conditionOf));
    return comparison(operator, args);
  }
  if (cel.kind !== 'call') return OPEN;
  const [argument] = cel.args;
  if (cel.name === 'startsWith' && isPath(cel.target, 'resource.name'))
    return { ...OPEN, pinsResource: pins(textOf(argument)) };
  if (cel.name === 'matchTag' && isPath(cel.target, 'resource')) return { ...OPEN, pinsResource: true };
  if (cel.name === 'hasOnly' && isModifiedGrants(cel.target))
    return {
      ...OPEN,
      grantable: argument?.kind === 'list' ? argument.items.map((item) => textOf(item) ?? '*') : ['*'],
    };
  return OPEN;
}

function comparison(operator: string, [left, right]: readonly Cel[]): Condition {
  if (!left || !right) return OPEN;
  if (isPath(left, 'request.time') && (operator === '<' || operator === '<='))
    return { ...OPEN, end: moment(right) };
  if (isPath(right, 'request.time') && (operator === '>' || operator === '>='))
    return { ...OPEN, end: moment(left) };
  const named = isPath(left, 'resource.name') ? right : isPath(right, 'resource.name') ? left : undefined;
  if (named && operator === '==') return { ...OPEN, pinsResource: pins(textOf(named)) };
  if (isPath(left, 'resource.name') && operator === 'in')
    return {
      ...OPEN,
      pinsResource: right.kind === 'list' && right.items.every((item) => pins(textOf(item))),
    };
  return OPEN;
}

/** `timestamp("2027-01-31T00:00:00Z")`; a day alone is none in CEL. */
function moment(cel: Cel): ConditionEnd {
  const text = cel.kind === 'call' && cel.name === 'timestamp' ? textOf(cel.args[0]) : undefined;
  if (text === undefined) return undefined;
  if (hasSymbol(text)) return { unknown: symbolsIn(text) };
  const at = text.includes('T') ? parseDate(text) : undefined;
  return at && { at };
}

/** True where the name goes further than a project or a type of resource: `projects/_/buckets/raw`. */
function pins(name: string | undefined): boolean {
  if (name === undefined) return false;
  const parts = name.replace(/^\/\/[^/]+\//, '').split('/');
  return parts.length >= 4 && (parts[3] ?? '') !== '';
}

function isPath(cel: Cel | undefined, path: string): boolean {
  return cel?.kind === 'path' && cel.path === path;
}

/** `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', [])` */
function isModifiedGrants(cel: Cel | undefined): boolean {
  return (
    cel?.kind === 'call' &&
    cel.name === 'getAttribute' &&
    textOf(cel.args[0]) === 'iam.googleapis.com/modifiedGrantsByRole'
  );
}

/** All must hold: the earliest end, and whatever one of them binds. */
function both(parts: readonly Condition[]): Condition {
  const ends = parts.map(({ end }) => end).filter((end) => end !== undefined);
  const known = ends.filter((end) => 'at' in end).sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    end: known[0] ?? ends[0],
    pinsResource: parts.some((part) => part.pinsResource),
    grantable: parts.find((part) => part.grantable !== undefined)?.grantable,
  };
}

/** One is enough: the latest end, and only what all of them bind. */
function either(parts: readonly Condition[]): Condition {
  const ends = parts.map(({ end }) => end);
  const known = ends.flatMap((end) => (end && 'at' in end ? [end] : []));
  const hidden = ends.find((end) => end && 'unknown' in end);
  const grantable = parts.map((part) => part.grantable);
  return {
    end: ends.includes(undefined)
      ? undefined
      : (hidden ?? known.sort((a, b) => b.at.getTime() - a.at.getTime())[0]),
    pinsResource: parts.every((part) => part.pinsResource),
    grantable: grantable.includes(undefined) ? undefined : grantable.flatMap((roles) => roles ?? []),
  };
}
