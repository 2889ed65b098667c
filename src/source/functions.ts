// The functions of Terraform's language that policies, names and tags are written with. Each gets values without
// whole unknowns; texts may hold symbols. A function that has to look into such a text gives up.
// Functions: https://developer.hashicorp.com/terraform/language/functions

import { createHash } from 'node:crypto';
import type { Json } from '../plan/json.js';
import { hasSymbol } from '../plan/symbol.js';
import {
  byCodePoint,
  EvaluationError,
  fromJson,
  isEqual,
  isMap,
  isWhole,
  numberText,
  type PartialMap,
  type PartialValue,
  sortedKeys,
  toText,
  Unknown,
} from './partial-value.js';

/** What a function gives; undefined where it cannot be told before apply. */
export type LanguageFunction = (...args: PartialValue[]) => PartialValue | undefined;

/** These put an unknown argument where it belongs: as a symbol in a text, or unread. */
export const TAKES_UNKNOWN: ReadonlySet<string> = new Set([
  'coalesce',
  'contains',
  'endswith',
  'format',
  'indent',
  'lookup',
  'lower',
  'nonsensitive',
  'sensitive',
  'startswith',
  'tostring',
  'upper',
]);

const LONGEST_LIST = 100_000;
const LONGEST_TEXT = 4 * 2 ** 20;

/** @throws EvaluationError */
function text(value: PartialValue | undefined): string {
  if (value === undefined || value === null) throw new EvaluationError('a text is wanted');
  return toText(value);
}

/** A text without symbols; undefined where it has some. */
function plain(value: PartialValue | undefined): string | undefined {
  const found = text(value);
  return hasSymbol(found) ? undefined : found;
}

function number(value: PartialValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return Number(value);
  throw new EvaluationError('a number is wanted');
}

function list(value: PartialValue | undefined): PartialValue[] {
  if (Array.isArray(value)) return value;
  throw new EvaluationError('a list is wanted');
}

function map(value: PartialValue | undefined): PartialMap {
  if (value !== undefined && isMap(value)) return value;
  throw new EvaluationError('a map is wanted');
}

/** Equal texts once, in the order of sets; symbols may turn out equal, and stay. */
export function toSet(items: readonly PartialValue[]): PartialValue[] {
  const distinct = distinctOf(items);
  return distinct.every((item) => typeof item === 'string')
    ? [...(distinct as string[])].sort(byCodePoint)
    : distinct;
}

function distinctOf(items: readonly PartialValue[]): PartialValue[] {
  if (items.every((item) => typeof item === 'string')) return [...new Set(items)];
  const result: PartialValue[] = [];
  for (const item of items) if (!result.some((other) => isEqual(other, item) === true)) result.push(item);
  return result;
}

/** Go's `encoding/json` escapes these, and so does `jsonencode`. */
const HTML: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

export function jsonEncode(value: PartialValue): string {
  if (value instanceof Unknown) return JSON.stringify(value.symbol);
  if (Array.isArray(value)) return `[${value.map(jsonEncode).join(',')}]`;
  if (isMap(value))
    return `{${sortedKeys(value)
      .map((key) => `${jsonEncode(key)}:${jsonEncode(value.get(key) ?? null)}`)
      .join(',')}}`;
  if (typeof value === 'number') return numberText(value);
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => HTML[character] ?? character);
}

function jsonDecode(value: PartialValue | undefined): PartialValue | undefined {
  const found = plain(value);
  if (found === undefined) return undefined;
  try {
    return fromJson(JSON.parse(found) as Json);
  } catch {
    throw new EvaluationError('this is not JSON');
  }
}

function flatten(items: readonly PartialValue[]): PartialValue[] | undefined {
  const result: PartialValue[] = [];
  for (const item of items) {
    if (item instanceof Unknown) return undefined;
    if (!Array.isArray(item)) result.push(item);
    else {
      const inner = flatten(item);
      if (!inner) return undefined;
      result.push(...inner);
    }
    if (result.length > LONGEST_LIST) return undefined;
  }
  return result;
}

/** `%s`, `%d`, `%v`, `%q`, `%t`, `%%` and padded numbers; other verbs are left to Terraform. */
function format(pattern: string, args: readonly PartialValue[]): string | undefined {
  let next = 0;
  let known = true;
  const result = pattern.replace(
    /%(-?)(0?)(\d*)([sdvqt%])|%/g,
    (whole, minus: string, zero: string, width: string, verb?: string) => {
      if (verb === '%') return '%';
      if (verb === undefined) {
        known = false;
        return whole;
      }
      const value = args[next++];
      if (value === undefined) throw new EvaluationError('format wants another argument');
      if (value instanceof Unknown && verb !== 's' && verb !== 'v') known = false;
      const shown =
        verb === 'q'
          ? JSON.stringify(text(value))
          : verb === 'd'
            ? numberText(Math.trunc(number(value)))
            : Array.isArray(value) || isMap(value) || value === null
              ? jsonEncode(value)
              : text(value);
      if (width === '') return shown;
      if (hasSymbol(shown)) known = false;
      const length = Math.min(Number(width), 1000);
      if (minus !== '') return shown.padEnd(length);
      if (zero === '' || verb !== 'd') return shown.padStart(length);
      return shown.startsWith('-')
        ? `-${shown.slice(1).padStart(length - 1, '0')}`
        : shown.padStart(length, '0');
    },
  );
  if (known && next < args.length) throw new EvaluationError('format has an argument too many');
  return known ? result : undefined;
}

function formatList(
  pattern: PartialValue | undefined,
  args: readonly PartialValue[],
): PartialValue[] | undefined {
  const template = plain(pattern);
  if (template === undefined) return undefined;
  const lengths = args.filter(Array.isArray).map((one) => one.length);
  const length = lengths[0] ?? 1;
  if (lengths.some((one) => one !== length))
    throw new EvaluationError('formatlist wants lists of one length');
  const result: PartialValue[] = [];
  for (let index = 0; index < length; index++) {
    const shown = format(
      template,
      args.map((one) => (Array.isArray(one) ? (one[index] ?? null) : one)),
    );
    if (shown === undefined) return undefined;
    result.push(shown);
  }
  return result;
}

/** Applies only where the text is known as a whole. */
function onText(apply: (value: string) => PartialValue): LanguageFunction {
  return (value) => {
    const found = plain(value);
    return found === undefined ? undefined : apply(found);
  };
}

/** The letters of symbols are not the text's. */
function keepingSymbols(apply: (value: string) => string): LanguageFunction {
  return (value) =>
    text(value)
      .split(/([\uE000\uE001][^\uE002]*\uE002)/)
      .map((part, index) => (index % 2 === 0 ? apply(part) : part))
      .join('');
}

function hash(algorithm: string): LanguageFunction {
  return onText((value) => createHash(algorithm).update(value).digest('hex'));
}

function product(lists: readonly PartialValue[][]): PartialValue[] | undefined {
  let result: PartialValue[][] = [[]];
  for (const items of lists) {
    if (result.length * items.length > LONGEST_LIST) return undefined;
    result = result.flatMap((start) => items.map((item) => [...start, item]));
  }
  return result;
}

function members(
  lists: readonly PartialValue[][],
  keep: (inOthers: number, others: number) => boolean,
): PartialValue[] | undefined {
  if (!lists.every((one) => isWhole(one))) return undefined;
  const [first = [], ...others] = lists;
  return toSet(
    first.filter((item) =>
      keep(others.filter((one) => one.some((other) => isEqual(other, item))).length, others.length),
    ),
  );
}

/** @throws EvaluationError where Terraform would refuse the value */
export function toNumber(value: PartialValue): number | null {
  return value === null ? null : number(value);
}

/** @throws EvaluationError where Terraform would refuse the value */
export function toBool(value: PartialValue): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new EvaluationError('true or false is wanted');
}

function moment(value: PartialValue | undefined): number | undefined {
  const found = plain(value);
  if (found === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(found))
    throw new EvaluationError('a time in RFC 3339 is wanted');
  return Date.parse(found);
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function duration(value: string): number {
  const sign = value.startsWith('-') ? -1 : 1;
  const parts = [...value.replace(/^[-+]/, '').matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (parts.map((part) => part[0]).join('') !== value.replace(/^[-+]/, '') || parts.length === 0)
    throw new EvaluationError('a duration such as 24h is wanted');
  return sign * parts.reduce((sum, part) => sum + Number(part[1]) * (UNITS[part[2] as string] ?? 0), 0);
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function titled(value: string): string {
  return value.replace(
    /(^|[^\p{L}\p{N}_'])(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

export const FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['abs', (value) => Math.abs(number(value))],
  [
    'alltrue',
    (value) => (isWhole(value ?? null) ? list(value).every((one) => toBool(one) === true) : undefined),
  ],
  [
    'anytrue',
    (value) => (isWhole(value ?? null) ? list(value).some((one) => toBool(one) === true) : undefined),
  ],
  ['base64decode', onText((value) => Buffer.from(value, 'base64').toString('utf8'))],
  ['base64encode', onText((value) => Buffer.from(value).toString('base64'))],
  ['ceil', (value) => Math.ceil(number(value))],
  ['chomp', (value) => text(value).replace(/(\r?\n)+$/, '')],
  [
    'chunklist',
    (value, size) => {
      const items = list(value);
      const length = number(size);
      if (length < 1) return length === 0 ? [items] : undefined;
      return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
        items.slice(index * length, (index + 1) * length),
      );
    },
  ],
  [
    'coalesce',
    (...args) => {
      for (const value of args) {
        if (value === null || value === '') continue;
        if (value instanceof Unknown) return undefined;
        return typeof value === 'string' &&
          hasSymbol(value) &&
          value.replace(/[\uE000\uE001][^\uE002]*\uE002/g, '') === ''
          ? undefined
          : value;
      }
      throw new EvaluationError('coalesce finds nothing');
    },
  ],
  [
    'coalescelist',
    (...args) => {
      const found = args.find((value) => list(value).length > 0);
      if (found === undefined) throw new EvaluationError('coalescelist finds nothing');
      return found;
    },
  ],
  ['compact', (value) => list(value).filter((item) => item !== null && item !== '')],
  ['concat', (...args) => args.flatMap((value) => list(value))],
  [
    'contains',
    (value, wanted) => {
      if (value instanceof Unknown) return undefined;
      const found = list(value).map((item) => isEqual(item, wanted ?? null));
      if (found.includes(true)) return true;
      return found.includes(undefined) ? undefined : false;
    },
  ],
  ['distinct', (value) => distinctOf(list(value))],
  [
    'element',
    (value, index) => {
      const items = list(value);
      if (items.length === 0) throw new EvaluationError('element of an empty list');
      const at = number(index);
      return at < 0 ? undefined : items[at % items.length];
    },
  ],
  [
    'endswith',
    (value, end) => {
      const wanted = plain(end);
      const found = text(value);
      if (wanted === undefined) return undefined;
      if (!hasSymbol(found)) return found.endsWith(wanted);
      const tail = found.slice(found.lastIndexOf('\uE002') + 1);
      return tail.length >= wanted.length ? tail.endsWith(wanted) : undefined;
    },
  ],
  ['flatten', (value) => flatten(list(value))],
  ['floor', (value) => Math.floor(number(value))],
  [
    'format',
    (pattern, ...args) => {
      const template = plain(pattern);
      return template === undefined ? undefined : format(template, args);
    },
  ],
  ['formatlist', (pattern, ...args) => formatList(pattern, args)],
  [
    'indent',
    (spaces, value) => text(value).replaceAll('\n', `\n${' '.repeat(Math.min(number(spaces), 1000))}`),
  ],
  [
    'index',
    (value, wanted) => {
      if (!isWhole(value ?? null) || !isWhole(wanted ?? null)) return undefined;
      const at = list(value).findIndex((item) => isEqual(item, wanted ?? null));
      if (at < 0) throw new EvaluationError('index finds nothing');
      return at;
    },
  ],
  [
    'join',
    (separator, ...lists) => {
      const shown = lists
        .flatMap((one) => list(one))
        .map(text)
        .join(text(separator));
      return shown.length > LONGEST_TEXT ? undefined : shown;
    },
  ],
  ['jsondecode', jsonDecode],
  ['jsonencode', (value) => jsonEncode(value ?? null)],
  ['keys', (value) => sortedKeys(map(value))],
  [
    'length',
    (value) => {
      if (Array.isArray(value)) return value.length;
      if (value !== undefined && isMap(value)) return value.size;
      const found = plain(value);
      return found === undefined ? undefined : [...new Intl.Segmenter().segment(found)].length;
    },
  ],
  [
    'lookup',
    (value, key, ...fallback) => {
      const name = plain(key);
      if (name === undefined || value instanceof Unknown) return undefined;
      const found = map(value);
      if (found.has(name)) return found.get(name);
      if (fallback.length === 0) throw new EvaluationError('lookup finds nothing');
      return fallback[0];
    },
  ],
  ['lower', keepingSymbols((value) => value.toLowerCase())],
  [
    'matchkeys',
    (values, keys, wanted) => {
      if (!isWhole(keys ?? null) || !isWhole(wanted ?? null)) return undefined;
      return list(values).filter((_, index) =>
        list(wanted).some((one) => isEqual(one, list(keys)[index] ?? null)),
      );
    },
  ],
  ['max', (...args) => Math.max(...args.map(number))],
  ['md5', hash('md5')],
  [
    'merge',
    (...args) => {
      const result: PartialMap = new Map();
      for (const value of args)
        if (value !== null) for (const [key, item] of map(value)) result.set(key, item);
      return result;
    },
  ],
  ['min', (...args) => Math.min(...args.map(number))],
  ['nonsensitive', (value) => value],
  [
    'one',
    (value) => {
      const items = list(value);
      if (items.length > 1) throw new EvaluationError('one of several');
      return items[0] ?? null;
    },
  ],
  [
    'parseint',
    (value, base) => {
      const found = plain(value);
      const result = found === undefined ? undefined : Number.parseInt(found, number(base));
      if (Number.isNaN(result)) throw new EvaluationError('parseint wants digits');
      return result;
    },
  ],
  ['pow', (value, power) => number(value) ** number(power)],
  [
    'range',
    (...args) => {
      const numbers = args.map(number);
      const [start, limit] = numbers.length === 1 ? [0, numbers[0] ?? 0] : [numbers[0] ?? 0, numbers[1] ?? 0];
      const step = numbers[2] ?? (start <= limit ? 1 : -1);
      if (step === 0 || Math.abs(limit - start) / Math.abs(step) > 1024)
        throw new EvaluationError('range is too long');
      const result: number[] = [];
      for (let value = start; step > 0 ? value < limit : value > limit; value += step) result.push(value);
      return result;
    },
  ],
  [
    'replace',
    (value, from, to) => {
      const [found, wanted] = [plain(value), plain(from)];
      if (found === undefined || wanted === undefined || wanted === '') return undefined;
      // Between slashes stands a regular expression of another dialect.
      if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) return undefined;
      return found.replaceAll(wanted, () => text(to));
    },
  ],
  ['reverse', (value) => [...list(value)].reverse()],
  ['sensitive', (value) => value],
  ['setintersection', (...args) => members(args.map(list), (found, others) => found === others)],
  ['setproduct', (...args) => product(args.map(list))],
  ['setsubtract', (...args) => members(args.map(list), (found) => found === 0)],
  ['setunion', (...args) => toSet(args.flatMap((value) => list(value)))],
  ['sha1', hash('sha1')],
  ['sha256', hash('sha256')],
  ['sha512', hash('sha512')],
  ['signum', (value) => Math.sign(number(value))],
  [
    'slice',
    (value, from, to) => {
      const items = list(value);
      const [start, end] = [number(from), number(to)];
      if (start < 0 || end < start || end > items.length)
        throw new EvaluationError('slice reaches out of the list');
      return items.slice(start, end);
    },
  ],
  [
    'sort',
    (value) => {
      const items = list(value);
      return isWhole(items) ? items.map(text).sort(byCodePoint) : undefined;
    },
  ],
  [
    'split',
    (separator, value) => {
      const [mark, found] = [plain(separator), plain(value)];
      if (mark === undefined || found === undefined) return undefined;
      if (found === '') return [''];
      return mark === '' ? Array.from(found) : found.split(mark);
    },
  ],
  [
    'startswith',
    (value, start) => {
      const wanted = plain(start);
      const found = text(value);
      if (wanted === undefined) return undefined;
      if (!hasSymbol(found)) return found.startsWith(wanted);
      const head = found.slice(0, found.search(/[\uE000\uE001]/));
      return head.length >= wanted.length ? head.startsWith(wanted) : undefined;
    },
  ],
  [
    'strcontains',
    (value, part) => {
      const [found, wanted] = [plain(value), plain(part)];
      return found === undefined || wanted === undefined ? undefined : found.includes(wanted);
    },
  ],
  [
    'strrev',
    onText((value) =>
      [...new Intl.Segmenter().segment(value)]
        .map((one) => one.segment)
        .reverse()
        .join(''),
    ),
  ],
  [
    'substr',
    (value, offset, length) => {
      const found = plain(value);
      if (found === undefined) return undefined;
      const letters = [...new Intl.Segmenter().segment(found)].map((one) => one.segment);
      const start = number(offset) < 0 ? Math.max(0, letters.length + number(offset)) : number(offset);
      const count = number(length);
      return letters.slice(start, count < 0 ? undefined : start + count).join('');
    },
  ],
  [
    'sum',
    (value) =>
      isWhole(value ?? null) ? list(value).reduce<number>((sum, one) => sum + number(one), 0) : undefined,
  ],
  [
    'timeadd',
    (value, period) => {
      const [start, length] = [moment(value), plain(period)];
      if (start === undefined || length === undefined) return undefined;
      return new Date(start + duration(length)).toISOString().replace('.000Z', 'Z');
    },
  ],
  [
    'timecmp',
    (a, b) => {
      const [left, right] = [moment(a), moment(b)];
      return left === undefined || right === undefined ? undefined : compare(left, right);
    },
  ],
  ['title', onText(titled)],
  ['tobool', (value) => toBool(value ?? null)],
  ['tolist', (value) => (value === null ? null : list(value))],
  ['tomap', (value) => (value === null ? null : map(value))],
  ['tonumber', (value) => toNumber(value ?? null)],
  ['toset', (value) => (value === null ? null : toSet(list(value)))],
  ['tostring', (value) => (value === null ? null : text(value))],
  [
    'transpose',
    (value) => {
      const result: PartialMap = new Map();
      for (const [key, items] of map(value)) {
        if (!isWhole(items)) return undefined;
        for (const item of list(items))
          result.set(text(item), toSet([...list(result.get(text(item)) ?? []), key]));
      }
      return result;
    },
  ],
  [
    'trim',
    (value, letters) => {
      const [found, cut] = [plain(value), plain(letters)];
      if (found === undefined || cut === undefined) return undefined;
      const set = new Set(Array.from(cut));
      const all = Array.from(found);
      let [start, end] = [0, all.length];
      while (start < end && set.has(all[start] as string)) start++;
      while (end > start && set.has(all[end - 1] as string)) end--;
      return all.slice(start, end).join('');
    },
  ],
  [
    'trimprefix',
    (value, prefix) => {
      const [found, cut] = [plain(value), plain(prefix)];
      if (found === undefined || cut === undefined) return undefined;
      return found.startsWith(cut) ? found.slice(cut.length) : found;
    },
  ],
  ['trimspace', onText((value) => value.trim())],
  [
    'trimsuffix',
    (value, suffix) => {
      const [found, cut] = [plain(value), plain(suffix)];
      if (found === undefined || cut === undefined) return undefined;
      return cut !== '' && found.endsWith(cut) ? found.slice(0, -cut.length) : found;
    },
  ],
  ['upper', keepingSymbols((value) => value.toUpperCase())],
  [
    'urlencode',
    onText((value) =>
      encodeURIComponent(value)
        .replace(/%20/g, '+')
        .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
    ),
  ],
  [
    'values',
    (value) => {
      const found = map(value);
      return sortedKeys(found).map((key) => found.get(key) ?? null);
    },
  ],
  [
    'zipmap',
    (keys, values) => {
      const [names, items] = [list(keys), list(values)];
      if (names.length !== items.length) throw new EvaluationError('zipmap wants lists of one length');
      if (!isWhole(names)) return undefined;
      return new Map(names.map((name, index) => [text(name), items[index] ?? null]));
    },
  ],
]);
