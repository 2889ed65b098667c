// Text → JSON document. Says where a document breaks without quoting it: plans hold secrets.

import { isObject, type Json } from '../plan/json.js';
import { forgesSymbols, withoutSymbols } from '../plan/symbol.js';
import { position } from './text.js';

const DEEPEST = 1000;

/** The document breaks at `line:column`; the message never quotes it. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    /** Where it breaks in the text, in UTF-16 units. */
    readonly offset: number,
  ) {
    super(message);
  }
}

/** @throws JsonError for text that is not JSON, or nested deeper than 1,000 levels. */
export function parseJson(text: string): Json {
  const deep = tooDeepAt(text);
  if (deep !== undefined) throw errorAt(text, deep, `nested deeper than ${DEEPEST} levels`);
  return parseMeasured(text);
}

/** The same for text that is known not to be nested too deep. */
export function parseMeasured(text: string): Json {
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    const { offset, message } = findSyntaxError(text);
    throw errorAt(text, offset, message);
  }
  return forgesSymbols(text) ? withoutForgedSymbols(document) : document;
}

function errorAt(text: string, offset: number, message: string): JsonError {
  const { line, column } = position(text, offset);
  return new JsonError(message, line, column, offset);
}

function withoutForgedSymbols(value: Json): Json {
  if (typeof value === 'string') return withoutSymbols(value);
  if (Array.isArray(value)) return value.map(withoutForgedSymbols);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [withoutSymbols(key), withoutForgedSymbols(item)]),
  );
}

/** The offset of the first bracket that is nested too deep. Strings are skipped by `indexOf`, so this is cheap. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) return index;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return undefined;
}

/** The index of the closing quote of the string that opens at `start`; the text's end where it is not closed. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

const PRIMITIVE = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

/** Walks the text as a JSON grammar would and reports the first thing that does not fit. */
function findSyntaxError(text: string): { offset: number; message: string } {
  const open: ('{' | '[')[] = [];
  let expect: 'value' | 'key' | 'first-key' | 'first-value' | 'after' = 'value';
  let offset = 0;
  for (;;) {
    while (offset < text.length && ' \t\r\n'.includes(text[offset] as string)) offset++;
    const character = text[offset];
    if (character === undefined)
      return {
        offset,
        message: open.length === 0 && expect === 'value' ? 'the input is empty' : 'the JSON ends too early',
      };
    const inner = open.at(-1);
    if (expect === 'after') {
      if (inner === undefined) return { offset, message: 'there is more after the end of the JSON' };
      if (character === ',') expect = inner === '{' ? 'key' : 'value';
      else if (character === (inner === '{' ? '}' : ']')) open.pop();
      else return { offset, message: `expected a comma or ${inner === '{' ? '}' : ']'}` };
      offset++;
      continue;
    }
    if ((expect === 'first-key' && character === '}') || (expect === 'first-value' && character === ']')) {
      open.pop();
      expect = 'after';
      offset++;
      continue;
    }
    if (expect === 'key' || expect === 'first-key') {
      const end = match(STRING, text, offset);
      if (end === undefined) return { offset, message: 'expected a key in double quotes' };
      offset = end;
      while (offset < text.length && ' \t\r\n'.includes(text[offset] as string)) offset++;
      if (text[offset] !== ':')
        return { offset, message: offset < text.length ? 'expected a colon' : 'the JSON ends too early' };
      offset++;
      expect = 'value';
      continue;
    }
    if (character === '{' || character === '[') {
      open.push(character);
      expect = character === '{' ? 'first-key' : 'first-value';
      offset++;
      continue;
    }
    const end = match(character === '"' ? STRING : PRIMITIVE, text, offset);
    if (end === undefined) {
      const message =
        character === '"'
          ? 'a string is not closed, or holds a character that JSON does not allow'
          : 'this is not JSON';
      return { offset, message };
    }
    offset = end;
    expect = 'after';
  }
}

function match(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
