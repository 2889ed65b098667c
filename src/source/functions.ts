// The functions of Terraform's language that policies, names and tags are written with. Each gets values without
// whole unknowns; texts may hold symbols. A function that has to look into such a text gives up.
// Functions: https://developer.hashicorp.com/terraform/language/functions

import { createHash } from 'node:crypto';
import type { Json } from '../plan/json.js';
import { hasSymbol } from '../plan/symbol.js';
import { calculate } from './decimal.js';
import {
  byCodePoint,
  EvaluationError,
  fromJson,
  isEqual,
  isMap,
  isWhole,
  ListValue,
  MapValue,
  numberText,
  type PartialMap,
  type PartialValue,
  SetValue,
  sortedKeys,
  toText,
  Unknown,
  type ValueType,
} from './partial-value.js';
import {
  convertTo,
  distinctOf,
  toBool,
  toList,
  toMap,
  toNumber,
  toSet,
  typeOf,
  unified,
  unify,
} from './value-type.js';

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
  const found = toNumber(value ?? null);
  if (found === null) throw new EvaluationError('a number is wanted');
  return found;
}

function wholeNumber(value: PartialValue | undefined): number {
  const found = number(value);
  if (!Number.isInteger(found)) throw new EvaluationError('a whole number is wanted');
  return found;
}

function list(value: PartialValue | undefined): PartialValue[] {
  if (Array.isArray(value)) return value;
  throw new EvaluationError('a list is wanted');
}

function map(value: PartialValue | undefined): PartialMap {
  if (value !== undefined && isMap(value)) return value;
  throw new EvaluationError('a map is wanted');
}

/** What is made of a list is a list again, and what is made of a tuple a tuple. */
function like(original: PartialValue | undefined, items: readonly PartialValue[]): PartialValue[] {
  return original instanceof ListValue ? ListValue.holding(items, original.item) : Array.from(items);
}

/** A list or a tuple, whose items have places. */
function sequence(value: PartialValue | undefined): PartialValue[] {
  if (value instanceof SetValue) throw new EvaluationError('a set has no places');
  return list(value);
}

/** An argument that is wanted as a list: tuples and sets are converted. */
function listed(value: PartialValue | undefined): ListValue {
  return toList(list(value));
}

function texts(value: PartialValue | undefined): string[] {
  return list(value).map(text);
}

function textList(items: readonly string[]): ListValue {
  return ListValue.holding(items, 'string');
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
          ? jsonEncode(text(value))
          : verb === 'd'
            ? numberText(wholeNumber(value))
            : Array.isArray(value) || isMap(value) || value === null
              ? jsonEncode(value)
              : verb === 'v' && typeof value === 'number'
                ? shortest(value)
                : text(value);
      if (verb === 't' && toBool(value) === null) throw new EvaluationError('format wants true or false');
      if (verb === 's' && (Array.isArray(value) || isMap(value)))
        throw new EvaluationError('format wants a text for %s');
      if (width === '') return shown;
      if (hasSymbol(shown)) known = false;
      const length = Math.min(Number(width), 1000);
      const padding = ' '.repeat(Math.max(0, length - graphemes(shown).length));
      if (minus !== '') return shown + padding;
      if (zero === '' || verb !== 'd') return padding + shown;
      return shown.startsWith('-')
        ? `-${shown.slice(1).padStart(length - 1, '0')}`
        : shown.padStart(length, '0');
    },
  );
  if (known && next < args.length) throw new EvaluationError('format has an argument too many');
  return known ? result : undefined;
}

/** As Go's `%v` shows numbers: very small and very large ones with an exponent of two digits at least. */
function shortest(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e21)) return numberText(value);
  return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
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
  return ListValue.holding(result);
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

function product(args: readonly PartialValue[]): PartialValue[] | undefined {
  let result: PartialValue[][] = [[]];
  for (const arg of args) {
    const items = unified(list(arg));
    if (result.length * items.length > LONGEST_LIST) return undefined;
    result = result.flatMap((start) => items.map((item) => [...start, item]));
  }
  return args.every((arg) => arg instanceof SetValue) ? SetValue.holding(result) : ListValue.holding(result);
}

/** The sets of all arguments, of one type. */
function sets(args: readonly PartialValue[]): SetValue[] | undefined {
  if (!args.every(isWhole)) return undefined;
  const types = unify(args.map((arg) => typeOf(toSet(arg))));
  if (types === undefined) throw new EvaluationError('sets of one type are wanted');
  return args.map((arg) => convertTo(toSet(arg), types) as SetValue);
}

function itemType(map: PartialMap): ValueType {
  const type = typeOf(map);
  return typeof type !== 'string' && type.kind === 'map' ? type.item : 'any';
}

function members(
  args: readonly PartialValue[],
  keep: (inOthers: number, others: number) => boolean,
): PartialValue[] | undefined {
  const found = sets(args);
  if (!found) return undefined;
  const [first = new SetValue(), ...others] = found;
  return SetValue.holding(
    first.filter((item) =>
      keep(others.filter((one) => one.some((other) => isEqual(other, item))).length, others.length),
    ),
    first.item,
  );
}

interface Moment {
  readonly time: number;
  /** Minutes from UTC. */
  readonly offset: number;
}

function moment(value: PartialValue | undefined): Moment | undefined {
  const found = plain(value);
  if (found === undefined) return undefined;
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(found);
  const time = Date.parse(`${parts?.[1]}Z`);
  if (!parts || Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== parts[1])
    throw new EvaluationError('a time in RFC 3339 is wanted');
  const offset = (parts[3] === '-' ? -1 : 1) * (Number(parts[4] ?? 0) * 60 + Number(parts[5] ?? 0));
  return { time: time + Number(`0${parts[2] ?? ''}`) * 1000 - offset * 60_000, offset };
}

/** Whole seconds, in the zone that it was given in. */
function showMoment({ time, offset }: Moment): string {
  const local = new Date(Math.floor(time / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

function duration(value: string): number {
  const sign = value.startsWith('-') ? -1 : 1;
  const unsigned = value.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  const parts = [...unsigned.matchAll(/(\d+(?:\.\d*)?|\.\d+)(h|ms|us|µs|ns|m|s)/g)];
  if (parts.map((part) => part[0]).join('') !== unsigned || parts.length === 0)
    throw new EvaluationError('a duration such as 24h is wanted');
  return sign * parts.reduce((sum, part) => sum + Number(part[1]) * (UNITS[part[2] as string] ?? 0), 0);
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Letter by letter: what would become several letters stays. */
function upper(value: string): string {
  return Array.from(value, (letter) => {
    const result = letter.toUpperCase();
    return [...result].length === 1 ? result : letter;
  }).join('');
}

function lower(value: string): string {
  return Array.from(value, (letter) => (letter === 'İ' ? 'i' : letter.toLowerCase())).join('');
}

/** Letters whose form at the start of a word is none of the other two. */
const TITLE: Readonly<Record<string, string>> = {
  ǆ: 'ǅ',
  Ǆ: 'ǅ',
  ǉ: 'ǈ',
  Ǉ: 'ǈ',
  ǌ: 'ǋ',
  Ǌ: 'ǋ',
  ǳ: 'ǲ',
  Ǳ: 'ǲ',
};

function titled(value: string): string {
  let before = ' ';
  return Array.from(value, (letter) => {
    const starts = /[^\p{L}\p{Nd}_]/u.test(before) && (before.charCodeAt(0) < 128 || /\s/.test(before));
    before = letter;
    return starts ? (TITLE[letter] ?? upper(letter)) : letter;
  }).join('');
}

/** Linear, whatever stands inside. */
function trimmed(value: string, isCut: (letter: string) => boolean): string {
  const all = Array.from(value);
  let [start, end] = [0, all.length];
  while (start < end && isCut(all[start] as string)) start++;
  while (end > start && isCut(all[end - 1] as string)) end--;
  return all.slice(start, end).join('');
}

function graphemes(value: string): string[] {
  return Array.from(new Intl.Segmenter().segment(value), ({ segment }) => segment);
}

function decoded(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  const shown = bytes.toString('utf8');
  if (bytes.toString('base64') !== value.replace(/[\r\n]/g, '') || !Buffer.from(shown).equals(bytes))
    throw new EvaluationError('base64 of a text is wanted');
  return shown;
}

export const FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['abs', (value) => Math.abs(number(value))],
  [
    'alltrue',
    (value) =>
      isWhole(value ?? null)
        ? list(value)
            .map(toBool)
            .every((one) => one === true)
        : undefined,
  ],
  [
    'anytrue',
    (value) =>
      isWhole(value ?? null)
        ? list(value)
            .map(toBool)
            .some((one) => one === true)
        : undefined,
  ],
  ['base64decode', onText(decoded)],
  ['base64encode', onText((value) => Buffer.from(value).toString('base64'))],
  ['ceil', (value) => Math.ceil(number(value))],
  [
    'chomp',
    (value) => {
      const all = text(value);
      let end = all.length;
      while (end > 0 && /[\r\n]/.test(all[end - 1] as string)) end--;
      return all.slice(0, end);
    },
  ],
  [
    'chunklist',
    (value, size) => {
      const items = listed(value);
      const length = number(size);
      if (length < 0 || !Number.isInteger(length)) throw new EvaluationError('chunklist wants a size');
      if (items.length === 0) return ListValue.holding([]);
      if (length === 0) return ListValue.holding([items]);
      return ListValue.holding(
        Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
          ListValue.holding(items.slice(index * length, (index + 1) * length)),
        ),
      );
    },
  ],
  [
    'coalesce',
    (...args) => {
      const type = unify(args.map((arg) => typeOf(arg)));
      if (type === undefined) throw new EvaluationError('coalesce wants values of one type');
      for (const arg of args) {
        const value = convertTo(arg, type);
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
      const found = args.map(sequence).find((value) => value.length > 0);
      if (found === undefined) throw new EvaluationError('coalescelist finds nothing');
      return found;
    },
  ],
  [
    'compact',
    (value) => textList(list(value).flatMap((item) => (item === null || item === '' ? [] : [text(item)]))),
  ],
  [
    'concat',
    (...args) => {
      const all = args.flatMap((value) => Array.from(sequence(value)));
      const type =
        args.every((value) => value instanceof ListValue) && unify(all.map((item) => typeOf(item)));
      return type
        ? ListValue.holding(
            all.map((item) => convertTo(item, type)),
            type,
          )
        : all;
    },
  ],
  [
    'contains',
    (value, wanted) => {
      if (value instanceof Unknown) return undefined;
      const found = list(value).map((item) => isEqual(item, wanted ?? null));
      if (found.includes(true)) return true;
      return found.includes(undefined) ? undefined : false;
    },
  ],
  ['distinct', (value) => like(listed(value), distinctOf(listed(value)))],
  [
    'element',
    (value, index) => {
      const items = sequence(value);
      const at = number(index);
      if (items.length === 0) throw new EvaluationError('element of an empty list');
      if (!Number.isInteger(at)) throw new EvaluationError('element wants a whole number');
      return items[((at % items.length) + items.length) % items.length];
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
      const found = sequence(value).map((item) => isEqual(item, wanted ?? null));
      const at = found.findIndex((same) => same !== false);
      if (at < 0) throw new EvaluationError('index finds nothing');
      return found[at] === undefined ? undefined : at;
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
  [
    'keys',
    (value) => {
      const found = map(value);
      return found instanceof MapValue ? textList(sortedKeys(found)) : sortedKeys(found);
    },
  ],
  [
    'length',
    (value) => {
      if (Array.isArray(value)) return value.length;
      if (value !== undefined && value !== null && isMap(value)) return value.size;
      if (typeof value !== 'string') throw new EvaluationError('a list, a map or a text is wanted');
      return hasSymbol(value) ? undefined : graphemes(value).length;
    },
  ],
  [
    'lookup',
    (value, key, ...fallback) => {
      const name = plain(key);
      if (name === undefined || value instanceof Unknown) return undefined;
      const found = map(value);
      const [otherwise = null] = fallback;
      const converted = found instanceof MapValue ? convertTo(otherwise, itemType(found)) : otherwise;
      if (found.has(name)) return found.get(name);
      if (fallback.length === 0) throw new EvaluationError('lookup finds nothing');
      return converted;
    },
  ],
  ['lower', keepingSymbols(lower)],
  [
    'matchkeys',
    (values, keys, wanted) => {
      if (!isWhole(keys ?? null) || !isWhole(wanted ?? null)) return undefined;
      const [items, names, search] = [listed(values), listed(keys), listed(wanted)];
      if (items.length !== names.length) throw new EvaluationError('matchkeys wants as many keys as values');
      const [left = null, right = null] = unified([names, search]);
      return ListValue.holding(
        items.filter((_, index) => list(right).some((one) => isEqual(one, list(left)[index] ?? null))),
      );
    },
  ],
  ['max', (...args) => Math.max(...args.map(number))],
  ['md5', hash('md5')],
  [
    'merge',
    (...args) => {
      const maps = args.filter((value) => value !== null).map(map);
      const all = maps.flatMap((one) => [...one]);
      if (maps.length === 0 || !maps.every((one) => one instanceof MapValue)) return new Map(all);
      const types = new Set(maps.map((one) => JSON.stringify(itemType(one))));
      return types.size === 1 ? new MapValue(all, itemType(maps[0] as PartialMap)) : new Map(all);
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
      const radix = number(base);
      if (found === undefined) return undefined;
      const digits = found.replace(/^[-+]/, '').toLowerCase();
      const highest = (digit: string): number => Number.parseInt(digit, 36);
      if (radix < 2 || radix > 36 || digits === '' || ![...digits].every((one) => highest(one) < radix))
        throw new EvaluationError('parseint wants digits');
      const result = Number.parseInt(found, radix);
      return Number.isSafeInteger(result) ? result : undefined;
    },
  ],
  ['pow', (value, power) => number(value) ** number(power)],
  [
    'range',
    (...args) => {
      const numbers = args.map(number);
      const [start, limit] = numbers.length === 1 ? [0, numbers[0] ?? 0] : [numbers[0] ?? 0, numbers[1] ?? 0];
      const step = numbers[2] ?? (start <= limit ? 1 : -1);
      if (step === 0 || (start < limit && step < 0) || (start > limit && step > 0))
        throw new EvaluationError('range wants a step towards its end');
      if (Math.abs(limit - start) / Math.abs(step) > 1024) throw new EvaluationError('range is too long');
      const result: number[] = [];
      for (let value = start; step > 0 ? value < limit : value > limit; ) {
        result.push(value);
        const next = calculate(value, '+', step);
        if (next === undefined) return undefined;
        value = next;
      }
      return ListValue.holding(result);
    },
  ],
  [
    'replace',
    (value, from, to) => {
      const [found, wanted] = [plain(value), plain(from)];
      if (found === undefined || wanted === undefined) return undefined;
      // Between slashes stands a regular expression of another dialect.
      if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) return undefined;
      const shown = text(to);
      const result = wanted === '' ? ['', ...found, ''].join(shown) : found.replaceAll(wanted, () => shown);
      return result.length > LONGEST_TEXT ? undefined : result;
    },
  ],
  [
    'reverse',
    (value) =>
      Array.isArray(value) && value instanceof SetValue
        ? ListValue.holding([...value].reverse())
        : like(value, [...list(value)].reverse()),
  ],
  ['sensitive', (value) => value],
  ['setintersection', (...args) => members(args, (found, others) => found === others)],
  ['setproduct', (...args) => product(args)],
  ['setsubtract', (...args) => members(args, (found) => found === 0)],
  [
    'setunion',
    (...args) => {
      const found = sets(args);
      return (
        found &&
        convertTo(
          found.flatMap((one) => Array.from(one)),
          typeOf(found[0] ?? null),
        )
      );
    },
  ],
  ['sha1', hash('sha1')],
  ['sha256', hash('sha256')],
  ['sha512', hash('sha512')],
  ['signum', (value) => Math.sign(wholeNumber(value))],
  [
    'slice',
    (value, from, to) => {
      const items = sequence(value);
      const [start, end] = [number(from), number(to)];
      if (start < 0 || end < start || end > items.length)
        throw new EvaluationError('slice reaches out of the list');
      return like(value, items.slice(start, end));
    },
  ],
  [
    'sort',
    (value) => {
      const items = list(value);
      return isWhole(items) ? textList(texts(items).sort(byCodePoint)) : undefined;
    },
  ],
  [
    'split',
    (separator, value) => {
      const [mark, found] = [plain(separator), plain(value)];
      if (mark === undefined || found === undefined) return undefined;
      return textList(mark === '' ? Array.from(found) : found.split(mark));
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
  ['strrev', onText((value) => graphemes(value).reverse().join(''))],
  [
    'substr',
    (value, offset, length) => {
      const found = plain(value);
      if (found === undefined) return undefined;
      const letters = graphemes(found);
      const start = number(offset) < 0 ? number(offset) + letters.length : number(offset);
      const count = number(length);
      // A length of zero counts only from the start.
      const rest = count < 0 || (count === 0 && number(offset) < 0);
      return letters.slice(Math.max(0, start), rest ? undefined : Math.max(0, start) + count).join('');
    },
  ],
  [
    'sum',
    (value) => {
      if (!isWhole(value ?? null)) return undefined;
      const [first, ...others] = list(value).map(number);
      if (first === undefined) throw new EvaluationError('sum of nothing');
      return others.reduce<number | undefined>(
        (sum, one) => (sum === undefined ? undefined : calculate(sum, '+', one)),
        first,
      );
    },
  ],
  [
    'timeadd',
    (value, period) => {
      const [start, length] = [moment(value), plain(period)];
      if (start === undefined || length === undefined) return undefined;
      return showMoment({ ...start, time: start.time + duration(length) });
    },
  ],
  [
    'timecmp',
    (a, b) => {
      const [left, right] = [moment(a), moment(b)];
      return left === undefined || right === undefined ? undefined : compare(left.time, right.time);
    },
  ],
  ['title', onText(titled)],
  ['tobool', (value) => toBool(value ?? null)],
  ['tolist', (value) => (value === null ? null : listed(value))],
  ['tomap', (value) => (value === null ? null : toMap(map(value)))],
  ['tonumber', (value) => toNumber(value ?? null)],
  ['toset', (value) => (value === null ? null : toSet(list(value)))],
  ['tostring', (value) => (value === null ? null : text(value))],
  [
    'transpose',
    (value) => {
      const result = new Map<string, string[]>();
      const found = map(value);
      for (const key of sortedKeys(found)) {
        const items = list(found.get(key));
        if (!isWhole(items)) return undefined;
        for (const item of items) result.set(text(item), [...(result.get(text(item)) ?? []), key]);
      }
      return new MapValue(
        [...result].map(([key, items]) => [key, textList(items)]),
        { kind: 'list', item: 'string' },
      );
    },
  ],
  [
    'trim',
    (value, letters) => {
      const [found, cut] = [plain(value), plain(letters)];
      if (found === undefined || cut === undefined) return undefined;
      const set = new Set(Array.from(cut));
      return trimmed(found, (letter) => set.has(letter));
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
  ['trimspace', onText((value) => trimmed(value, (letter) => /\p{White_Space}/u.test(letter)))],
  [
    'trimsuffix',
    (value, suffix) => {
      const [found, cut] = [plain(value), plain(suffix)];
      if (found === undefined || cut === undefined) return undefined;
      return cut !== '' && found.endsWith(cut) ? found.slice(0, -cut.length) : found;
    },
  ],
  ['upper', keepingSymbols(upper)],
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
      const items = sortedKeys(found).map((key) => found.get(key) ?? null);
      return found instanceof MapValue ? ListValue.holding(items, found.item) : items;
    },
  ],
  [
    'zipmap',
    (keys, values) => {
      const [names, items] = [list(keys), sequence(values)];
      if (names.length !== items.length) throw new EvaluationError('zipmap wants lists of one length');
      if (!isWhole(names)) return undefined;
      const entries = names.map((name, index): [string, PartialValue] => [text(name), items[index] ?? null]);
      return values instanceof ListValue ? new MapValue(entries, values.item) : new Map(entries);
    },
  ],
]);
