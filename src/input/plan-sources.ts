// The configuration inside a plan file: `tfconfig/modules.json` names the modules, `tfconfig/m-KEY/` holds their files.

import type { Parser } from 'web-tree-sitter';
import { isObject, ownString } from '../plan/json.js';
import { withoutSymbols } from '../plan/symbol.js';
import type { ModuleSource } from '../source/configuration.js';
import { parseHcl } from '../source/hcl.js';
import { parseJsonSyntax } from '../source/json-syntax.js';
import type { SourceFile } from '../source/syntax.js';
import { JsonError, parseJson } from './json.js';
import { decode } from './text.js';
import type { ZipEntry } from './zip.js';

/** A file of more is no configuration that a person wrote; it is left out. */
export const LARGEST_FILE = 8 * 2 ** 20;

interface Growing {
  readonly files: SourceFile[];
  readonly children: Map<string, Growing>;
  folder: string | undefined;
}

/**
 * The modules as a tree.
 * @param shown the path of a file as a report names it
 * @throws ZipError where a file is damaged.
 */
export function readModules(
  entries: ReadonlyMap<string, ZipEntry>,
  parser: Parser,
  shown: (path: string) => string,
): ModuleSource {
  const folders = foldersOf(entries.get('tfconfig/modules.json'));
  const root: Growing = { files: [], children: new Map(), folder: '.' };
  for (const [name, entry] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = /^tfconfig\/m-([^/]*)\/([^/]+\.(?:tf|tofu)(\.json)?)$/.exec(name);
    if (!found || entry.size > LARGEST_FILE) continue;
    const [, key = '', file = '', json] = found;
    const folder = folders.get(key) ?? '.';
    const path = folder === '.' ? file : `${folder}/${file}`;
    let module = root;
    for (const call of key === '' ? [] : key.split('.')) {
      const child = module.children.get(call) ?? { files: [], children: new Map(), folder: undefined };
      module.children.set(call, child);
      module = child;
    }
    module.folder ??= folders.get(key);
    const source = parseFile(shown(path), withoutSymbols(decode(entry.read())), json !== undefined, parser);
    if (source) module.files.push(source);
  }
  return root;
}

/** A file that Terraform could read, and this reader cannot, costs its positions only. */
export function parseFile(
  path: string,
  text: string,
  isJson: boolean,
  parser: Parser,
): SourceFile | undefined {
  if (!isJson) return parseHcl(path, text, parser);
  try {
    const document = parseJson(text);
    return isObject(document) ? parseJsonSyntax(path, document, parser) : undefined;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** Module key → folder, as the person who planned would name it. */
function foldersOf(entry: ZipEntry | undefined): Map<string, string> {
  const result = new Map<string, string>();
  if (!entry) return result;
  try {
    const list = parseJson(decode(entry.read()));
    for (const module of Array.isArray(list) ? list : []) {
      const key = ownString(module, 'Key');
      const folder = ownString(module, 'Dir');
      if (key !== undefined && folder !== undefined) result.set(key, folder.replaceAll('\\', '/'));
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  return result;
}
