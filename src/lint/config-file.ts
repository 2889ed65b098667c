// YAML or JSON text → values that know where they stand. Errors name file, line and column and never quote the text.

import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import { position } from '../input/text.js';
import type { Location } from './finding.js';

/** Characters; parsing takes time in proportion, up to a second for this many. */
const LARGEST = 250_000;
/** How often an anchor may be used, its own anchors multiplied. */
const MOST_ALIASES = 100;

/** The configuration cannot be used; the message is one line: `leasehold.yaml:12:3: unknown key "prfile"`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor({ file, line, column }: Location, problem: string) {
    super(`${file}:${line}:${column}: ${problem}`);
  }
}

/** Keys and indexes from the root of a file to a value. */
export type Path = readonly (string | number)[];

export interface ConfigFile {
  readonly value: unknown;
  /** Where a value stands, or the nearest thing above it that stands in the file. */
  place(path: Path): Location;
  /** Where the last key of the path stands. */
  keyPlace(path: Path): Location;
}

/** @throws ConfigError for text that is too large, or no YAML. An empty file has the value null. */
export function readConfigFile(file: string, text: string): ConfigFile {
  const at = (offset: number): Location => ({ file, ...position(text, offset) });
  if (text.length > LARGEST)
    throw new ConfigError(at(0), 'the file is larger than 250 kB; a long list of owners can be a .csv file');
  const document = parse(text, at);
  return {
    value: plainValue(document, at),
    place: (path) => at(offsetOf(document, path, 'value')),
    keyPlace: (path) => at(offsetOf(document, path, 'key')),
  };
}

/** A word from a file, fit for one line of an error: short, and without control characters. */
export function quoted(word: string): string {
  const short = word.length > 40 ? `${word.slice(0, 39)}…` : word;
  return JSON.stringify(short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?'));
}

type Place = (offset: number) => Location;

function parse(text: string, at: Place): Document {
  // The parser's own check for keys that stand twice compares every key with every other.
  const options = { prettyErrors: false, uniqueKeys: false, stringKeys: true, logLevel: 'error' } as const;
  const document = parseDocument(text, options);
  const [error] = document.errors;
  if (error) throw new ConfigError(at(error.pos[0]), WORDS[error.code] ?? 'this is neither YAML nor JSON');
  checkNodes(document, at);
  return document;
}

/** Keys that stand twice, and aliases without an anchor: the parser finds neither, or not in linear time. */
function checkNodes(document: Document, at: Place): void {
  const anchors = new Set<string>();
  const define = ({ anchor }: { anchor?: string }): void => {
    if (anchor !== undefined) anchors.add(anchor);
  };
  visit(document, {
    Scalar: (_, scalar) => define(scalar),
    Seq: (_, list) => define(list),
    Map: (_, map) => {
      define(map);
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          const problem = `the key ${quoted(String(key.value))} stands here twice`;
          throw new ConfigError(at(startOf(key) ?? 0), problem);
        }
        seen.add(key.value);
      }
    },
    Alias: (_, alias) => {
      if (!anchors.has(alias.source)) throw new ConfigError(at(startOf(alias) ?? 0), NO_ANCHOR);
    },
  });
}

function plainValue(document: Document, at: Place): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError)
      throw new ConfigError(at(0), 'aliases of the file expand to too much');
    throw error;
  }
}

function offsetOf(document: Document, path: Path, what: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      const asked = what === 'key' && index === path.length - 1 ? pair.key : (pair.value ?? pair.key);
      offset = startOf(asked) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

const NO_ANCHOR =
  'a value that starts with * must stand in quotes (else it is an alias, and this one has no anchor)';

/** The parser's own words quote the text. Codes: https://eemeli.org/yaml/#errors */
const WORDS: Readonly<Record<string, string>> = {
  BAD_ALIAS: NO_ANCHOR,
  BAD_INDENT: 'the indentation is wrong, or a bracket before this is not closed',
  BAD_SCALAR_START: 'a value that starts with this character must stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value that holds a colon and a space must stand in quotes',
  MISSING_CHAR: 'a bracket, quote, comma or colon is missing',
  MULTIPLE_DOCS: 'a second document starts here; one is expected',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'the file is nested too deep',
  TAB_AS_INDENT: 'indent with spaces; YAML takes no tabs',
};
