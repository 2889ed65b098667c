// IAM wildcards (`*`, `?`) as sets of strings: is a string in the set, does one set hold another, do two meet?
// Policy variables (`${aws:username}`) and concrete symbols stand for one value that is not known here:
// only `*` or the same variable takes them in. Open symbols may turn out to be anything.
// Wildcards: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

import { hasSymbol } from '../../plan/symbol.js';

/** A character code, a wildcard, or (as text) a value that is not known here. */
type Token = number | string;

const ANY_TEXT = -1;
const ANY_CHARACTER = -2;
const STAR = 0x2a;
const QUESTION = 0x3f;
/** It starts a variable, or a wildcard that is meant as a letter. */
const DOLLAR = 0x24;
const CONCRETE = '\uE000';
const OPEN = '\uE001';
const END = '\uE002';
const FIRST_MARK = 0xe000;

/** Nothing in a policy is longer (ARNs: 2,048). What is, is compared as plain text, so that work stays bounded. */
const LONGEST = 4096;

/** Plain text with at most one `*`, which ends it. */
const SIMPLE = /^([^*?$\uE000-\uE002]*)\*?$/;

/** True where `text`, taken as it stands, fits the pattern. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  // Nearly all patterns are of this form, and a policy may be matched against thousands of actions.
  const start = SIMPLE.exec(pattern)?.[1];
  if (start !== undefined) return pattern === start ? text === start : text.startsWith(start);
  if (tooLong(pattern, text)) return false;
  if (last.pattern !== pattern) last = { pattern, runs: runs(tokensOf(pattern)) };
  return fitsInto(last.runs, tokensOf(text, true), sameToken);
}

/** One pattern is often matched against many texts in a row. */
let last: { readonly pattern: string; readonly runs: readonly Run[] } = { pattern: '', runs: [] };

/** True where every string that fits `narrow` fits `wide` too, whatever the symbols in them turn out to be. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  if (tooLong(wide, narrow) || startsApart(wide, narrow)) return false;
  return fitsInto(runs(tokensOf(wide)), tokensOf(narrow), sameToken);
}

/** True where a letter of the wide pattern meets something else in the narrow one; most pairs differ early. */
function startsApart(wide: string, narrow: string): boolean {
  for (let at = 0; ; at++) {
    const code = wide.charCodeAt(at);
    const isLetter = code !== STAR && code !== QUESTION && code !== DOLLAR && code < FIRST_MARK;
    if (!isLetter) return false;
    const other = narrow.charCodeAt(at);
    if (other !== code) return other !== DOLLAR;
  }
}

/** True where some string may fit both patterns. */
export function overlaps(one: string, other: string): boolean {
  if (one === '*' || other === '*' || one === other || tooLong(one, other)) return true;
  return tokensOverlap(tokensOf(one).map(asWildcard), tokensOf(other).map(asWildcard));
}

/**
 * What a pattern is cut to by another one: a pattern for the strings that fit both, undefined where there are none. Where no single pattern says it
 * exactly, the answer takes in more than both patterns share, and starts and ends as both of them do.
 */
export function meet(one: string, other: string): string | undefined {
  if (covers(one, other)) return other;
  if (covers(other, one)) return one;
  if (!overlaps(one, other)) return undefined;
  // What is not known yet neither limits nor becomes everything: the first pattern, which is cut, stays as it is.
  if (hasSymbol(other)) return one;
  if (one.includes(OPEN)) return hasWildcard(other) ? one : other;
  const [left, right] = [tokensOf(one), tokensOf(other)];
  if (left.some(isText) || !left.includes(ANY_TEXT)) return one;
  if (right.some(isText) || !right.includes(ANY_TEXT)) return other;
  const start = longer(upToStar(left), upToStar(right));
  const end = longer(upToStar(left.reverse()), upToStar(right.reverse())).reverse();
  // A short string may hold both in fewer characters: `a` fits `a*` and `*a`, but not `a*a`.
  const shared = start.some((_, place) => startsAgree(start.slice(place), end));
  if (shared) return literals(left) >= literals(right) ? one : other;
  return `${render(start)}*${render(end)}`;
}

/** True where the text holds a wildcard; policy variables and escapes (`${*}`) are none. */
export function hasWildcard(text: string): boolean {
  if (!text.includes('*') && !text.includes('?')) return false;
  return tokensOf(text).some((token) => token === ANY_TEXT || token === ANY_CHARACTER);
}

/** Splits at each `separator` that is not inside a symbol or a policy variable, into at most `most` parts. */
export function splitOutside(text: string, separator: string, most: number): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let place = 0; place < text.length && parts.length < most - 1; place++) {
    const end = endOfUnknown(text, place);
    if (end !== undefined) place = end;
    else if (text[place] === separator) {
      parts.push(text.slice(start, place));
      start = place + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function tooLong(one: string, other: string): boolean {
  return one.length > LONGEST || other.length > LONGEST;
}

function isText(token: Token): token is string {
  return typeof token === 'string';
}

/** Index of the last character of the symbol or policy variable that starts at `place`. */
function endOfUnknown(text: string, place: number): number | undefined {
  const start = text[place];
  if (start !== CONCRETE && start !== OPEN && !(start === '$' && text[place + 1] === '{')) return undefined;
  const end = text.indexOf(start === '$' ? '}' : END, place);
  return end < 0 ? undefined : end;
}

function tokensOf(text: string, literal = false): Token[] {
  const tokens: Token[] = [];
  for (let place = 0; place < text.length; place++) {
    const end = endOfUnknown(text, place);
    const code = text.charCodeAt(place);
    if (end !== undefined) {
      tokens.push(unknownToken(text.slice(place, end + 1)));
      place = end;
    } else if (literal) tokens.push(code);
    else if (code === STAR) tokens.push(ANY_TEXT);
    else if (code === QUESTION) tokens.push(ANY_CHARACTER);
    else tokens.push(code);
  }
  return tokens;
}

/** `${*}`, `${?}` and `${$}` are how a policy writes these characters themselves. */
function unknownToken(text: string): Token {
  if (!text.startsWith('$')) return text;
  if (text === '${*}' || text === '${?}' || text === '${$}') return text.charCodeAt(2);
  return CONCRETE + text.toLowerCase();
}

/** A pattern as the parts between its `*`: part n + 1 follows part n after at least `gap` characters. */
interface Run {
  gap: number;
  readonly tokens: Token[];
}

function runs(pattern: readonly Token[]): Run[] {
  const result: Run[] = [{ gap: 0, tokens: [] }];
  for (let place = 0; place < pattern.length; place++) {
    let end = place;
    while (isWildcard(pattern[end])) end++;
    const wild = pattern.slice(place, end);
    if (wild.includes(ANY_TEXT)) {
      result.push({ gap: wild.filter((token) => token === ANY_CHARACTER).length, tokens: [] });
      place = end - 1;
    } else result.at(-1)?.tokens.push(pattern[place] as Token);
  }
  return result;
}

function isWildcard(token: Token | undefined): boolean {
  return token === ANY_TEXT || token === ANY_CHARACTER;
}

type Fit = (wide: Token, narrow: Token | undefined) => boolean;

function sameToken(wide: Token, narrow: Token | undefined): boolean {
  if (wide === narrow) return wide !== ANY_TEXT;
  return wide === ANY_CHARACTER && typeof narrow === 'number' && narrow !== ANY_TEXT;
}

/** Leftmost fit of every run; the first starts where `target` starts, the last ends where it ends. */
function fitsInto(pattern: readonly Run[], target: readonly Token[], same: Fit): boolean {
  const fitsAt = (run: Run, place: number): boolean =>
    place + run.tokens.length <= target.length &&
    run.tokens.every((token, offset) => same(token, target[place + offset]));

  const first = pattern[0] as Run;
  if (!fitsAt(first, 0)) return false;
  if (pattern.length === 1) return first.tokens.length === target.length;

  // How many characters the target has at least before each place.
  const least = [0];
  for (const token of target)
    least.push(
      (least.at(-1) ?? 0) + (token === ANY_TEXT || (isText(token) && token.startsWith(OPEN)) ? 0 : 1),
    );
  const between = (from: number, to: number): number => (least[to] ?? 0) - (least[from] ?? 0);

  let place = first.tokens.length;
  for (const run of pattern.slice(1, -1)) {
    let next = place;
    while (next <= target.length && (between(place, next) < run.gap || !fitsAt(run, next))) next++;
    if (next > target.length) return false;
    place = next + run.tokens.length;
  }
  const last = pattern.at(-1) as Run;
  const end = target.length - last.tokens.length;
  return end >= place && between(place, end) >= last.gap && fitsAt(last, end);
}

function asWildcard(token: Token): Token {
  return isText(token) ? ANY_TEXT : token;
}

function mayEqual(one: Token, other: Token | undefined): boolean {
  return one === other || one === ANY_CHARACTER || other === ANY_CHARACTER;
}

function tokensOverlap(one: readonly Token[], other: readonly Token[]): boolean {
  if (!other.includes(ANY_TEXT)) return fitsInto(runs(one), other, mayEqual);
  if (!one.includes(ANY_TEXT)) return fitsInto(runs(other), one, mayEqual);
  // Whatever stands between two `*` can stand beside what the other pattern asks for.
  return startsAgree(one, other) && startsAgree([...one].reverse(), [...other].reverse());
}

function startsAgree(one: readonly Token[], other: readonly Token[]): boolean {
  for (let place = 0; place < one.length && place < other.length; place++) {
    const [a, b] = [one[place] as Token, other[place] as Token];
    if (a === ANY_TEXT || b === ANY_TEXT) return true;
    if (!mayEqual(a, b)) return false;
  }
  return true;
}

function upToStar(tokens: readonly Token[]): Token[] {
  const star = tokens.indexOf(ANY_TEXT);
  return tokens.slice(0, star < 0 ? tokens.length : star);
}

function longer(one: readonly Token[], other: readonly Token[]): Token[] {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return long.map((token, place) => (token === ANY_CHARACTER ? (short[place] ?? token) : token));
}

function literals(tokens: readonly Token[]): number {
  return tokens.filter((token) => !isWildcard(token)).length;
}

function render(tokens: readonly Token[]): string {
  const characters = tokens.map((token) => {
    if (isText(token)) return '';
    if (token === ANY_CHARACTER) return '?';
    return token === STAR || token === QUESTION
      ? `\${${String.fromCharCode(token)}}`
      : String.fromCharCode(token);
  });
  return characters.join('');
}
