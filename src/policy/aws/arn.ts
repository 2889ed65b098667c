// How far a resource pattern of a policy reaches: everything, every object of one type, or some named ones.
// ARN formats: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

import { symbol, symbolsIn } from '../../plan/symbol.js';
import { covers, hasWildcard, overlaps, splitOutside } from './pattern.js';

/** One value that nobody has named, so that only a wildcard takes it in. */
const SOME = symbol('any', true);

/** True for `*` and for what is written differently and means the same: `arn:aws:*`, `arn:*:*:*:*:*`. */
export function isEveryResource(pattern: string): boolean {
  return isEveryResourceOfAnAccount(pattern) && covers(fieldsOf(pattern)?.account ?? '*', SOME);
}

/** The same, where the account may be named: `arn:aws:*:*:123456789012:*`. */
export function isEveryResourceOfAnAccount(pattern: string): boolean {
  const fields = fieldsOf(pattern);
  if (!fields) return covers(pattern, 'arn:*');
  return (
    [fields.service, fields.region, fields.rest].every((field) => covers(field, SOME)) &&
    covers(fields.region, '')
  );
}

/**
 * True where the pattern takes in every object of the type with this ARN format (`iam::$:role/$`, see
 * `Action.formats`), in at least one account and region. A type with a single object has no such reach.
 */
export function isEveryObjectOf(format: string, pattern: string): boolean {
  const [service = '', region = '', account = '', rest = ''] = splitOutside(format, ':', 4);
  const fields = fieldsOf(pattern);
  if (!fields) return covers(pattern, 'arn:*');
  if (!rest.includes('$') || !covers(fields.service, service)) return false;
  if (!coversPlace(fields.region, region) || !coversPlace(fields.account, account)) return false;
  const object = rest.replaceAll('$', SOME);
  // Objects of one type also have parts that the format does not tell of: `domain/NAME/path`.
  return [object, `${object}/${SOME}`, `${object}:${SOME}`].some((one) => covers(fields.rest, one));
}

/** True where the pattern may take in an object of the type with this ARN format. */
export function mayBeObjectOf(format: string, pattern: string): boolean {
  const parts = splitOutside(format, ':', 4).map((part) => part.replaceAll('$', '*'));
  const [service = '', region = '', account = '', rest = ''] = parts;
  const fields = fieldsOf(pattern);
  if (!fields) return isOfService(service, pattern) && overlaps(pattern, `arn:*:${parts.join(':')}`);
  return (
    overlaps(fields.service, service) &&
    overlaps(fields.region, region) &&
    overlaps(fields.account, account) &&
    overlaps(fields.rest, rest)
  );
}

/** How resource types of the services begin that hand out rights. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['iam', 'aws_iam_'],
  ['sso', 'aws_ssoadmin_'],
]);

/** False where a reference to an ARN says that it is of another service, as far as handing out rights is concerned. */
function isOfService(service: string, pattern: string): boolean {
  const wanted = TYPES.get(service);
  return symbolsIn(pattern).every((reference) => {
    const parts = reference.split('.');
    const place = parts.findIndex((part) => part.startsWith('aws_'));
    const type = parts[place];
    // The ARN in `aws_caller_identity` is somebody's.
    if (type === undefined || parts[place - 1] === 'data' || parts.at(-1) !== 'arn') return true;
    return wanted === undefined
      ? ![...TYPES.values()].some((start) => type.startsWith(start))
      : type.startsWith(wanted);
  });
}

/** The account that an ARN names in full: `123456789012`. */
export function accountOf(arn: string): string | undefined {
  const account = fieldsOf(arn)?.account ?? '';
  return /^\d{12}$/.test(account) ? account : undefined;
}

interface Fields {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly rest: string;
}

/** Undefined for what is no ARN with all its fields, such as `*` or a symbol for a whole ARN. */
function fieldsOf(pattern: string): Fields | undefined {
  const parts = splitOutside(pattern, ':', 6);
  if (parts.length < 2 || !covers(parts[0] ?? '', 'arn')) return undefined;
  // `arn:aws:s3*` runs on through the fields that follow.
  while (parts.length < 6 && parts.at(-1)?.endsWith('*')) parts.push('*');
  const [, , service, region, account, rest] = parts;
  if (service === undefined || region === undefined || account === undefined || rest === undefined)
    return undefined;
  return { service, region, account, rest };
}

/** Any region and account will do, unless the format says which, or that there is none. */
function coversPlace(field: string, place: string): boolean {
  return place === '$' || covers(field, place);
}

/** One object, as far as a policy can name it before it exists. */
export interface ObjectName {
  /** `iam` */
  readonly service: string;
  /** What follows the account: `role/machines/deploy`. May hold symbols. */
  readonly rest: string;
}

/**
 * True where the pattern takes in the object, in whatever region.
 * @param isOurs true for an account id, or a symbol for one, in which the object may stand
 */
export function takesIn(
  pattern: string,
  { service, rest }: ObjectName,
  isOurs: (account: string) => boolean,
): boolean {
  const fields = fieldsOf(pattern);
  if (!fields) return covers(pattern, 'arn:*');
  return (
    covers(fields.service, service) &&
    covers(fields.rest, rest) &&
    (hasWildcard(fields.account) || isOurs(fields.account))
  );
}
