// The configuration in a folder: its files, the modules that it calls and that are there, and the files that its
// expressions read.

import { createHash } from 'node:crypto';
import type { Parser } from 'web-tree-sitter';
import { isObject, type Json, type JsonObject, ownArray, ownString } from '../plan/json.js';
import { withoutSymbols } from '../plan/symbol.js';
import type { ModuleSource } from '../source/configuration.js';
import { constantOf } from '../source/constant.js';
import { type SourceFiles, valuesOf } from '../source/evaluator.js';
import { parseHcl, parseTemplate } from '../source/hcl.js';
import type { Expression, SourceFile } from '../source/syntax.js';
import { type Folder, holdsConfiguration, isConfiguration, joined } from './folder.js';
import { JsonError, parseJson } from './json.js';
import { LARGEST_FILE, parseFile } from './plan-sources.js';
import { decode } from './text.js';

/** What all files of one folder may hold together, and how often modules may be called; nobody writes as much. */
const LIMITS = { total: 64 * 2 ** 20, modules: 2_000, depth: 40 };
const LARGEST_READ = 2 ** 20;

export interface FolderSources {
  readonly root: ModuleSource;
  /** Values of the root module's variables, from the files that are read without being asked for. */
  readonly variables: ReadonlyMap<string, Json>;
  /** Of all that was read: paths and bytes. */
  readonly sha256: string;
  readonly files: SourceFiles;
  /** Calls of modules that are not there: `module.team`. */
  readonly missing: readonly string[];
}

/** @param shown the path of a file as a report names it */
export function readSources(folder: Folder, parser: Parser, shown: (path: string) => string): FolderSources {
  const reader = new FolderReader(folder, parser, shown);
  const root = reader.module('', '', 0);
  return {
    root,
    variables: reader.variables(),
    sha256: reader.hash.digest('hex'),
    files: readableFiles(folder, parser, reader.folders),
    missing: reader.missing,
  };
}

/**
 * The files that `file` and `templatefile` may read: those in the folder, and those of modules that it calls.
 * @param folders of the modules
 */
export function readableFiles(
  folder: Folder,
  parser: Parser,
  folders: ReadonlySet<string> = new Set(),
): SourceFiles {
  const templates = new Map<string, Expression | undefined>();
  const bytes = (path: string): Uint8Array | undefined =>
    folder.read(joined('', path), LARGEST_READ, ['', ...folders]);
  const text = (path: string): string | undefined => {
    const found = bytes(path);
    return found && withoutSymbols(decode(found));
  };
  return {
    bytes,
    text,
    template: (path) => {
      if (!templates.has(path)) {
        const found = text(path);
        templates.set(path, found === undefined ? undefined : parseTemplate(found, parser));
      }
      return templates.get(path);
    },
  };
}

class FolderReader {
  readonly hash = createHash('sha256');
  readonly missing: string[] = [];
  readonly folders = new Set<string>();
  readonly #installed: ReadonlyMap<string, string>;
  readonly #parsed = new Map<string, SourceFile[]>();
  #left = LIMITS.total;
  #modules = 0;

  constructor(
    private readonly folder: Folder,
    private readonly parser: Parser,
    private readonly shown: (path: string) => string,
  ) {
    this.#installed = installedModules(folder);
  }

  /** @param key as `modules.json` names a call: `team.service` */
  module(path: string, key: string, depth: number): ModuleSource {
    const files = this.#filesOf(path);
    const children = new Map<string, ModuleSource>();
    for (const { body } of files)
      for (const block of body.blocks) {
        const [name] = block.labels;
        if (block.type !== 'module' || name === undefined || children.has(name)) continue;
        const inner = key === '' ? name : `${key}.${name}`;
        const source = block.body.attributes.get('source');
        const written = source && constantOf(source.expression)?.value;
        const at =
          typeof written === 'string' && /^\.\.?(\/|$)/.test(written)
            ? joined(path, written)
            : this.#installed.get(inner);
        if (at === undefined || depth > LIMITS.depth || ++this.#modules > LIMITS.modules || !this.#holds(at))
          this.missing.push(`module.${inner.replaceAll('.', '.module.')}`);
        else children.set(name, this.module(at, inner, depth + 1));
      }
    return { files, children, folder: path === '' ? '.' : path };
  }

  #holds(path: string): boolean {
    return holdsConfiguration(this.folder, path);
  }

  #filesOf(path: string): SourceFile[] {
    const known = this.#parsed.get(path);
    if (known) return known;
    this.folders.add(path);
    const files: SourceFile[] = [];
    const names = new Set(this.folder.list(path).flatMap(({ name, isFolder }) => (isFolder ? [] : [name])));
    for (const name of names) {
      if (!isConfiguration(name)) continue;
      // OpenTofu's own file stands for the one of the same name.
      const preferred = name.replace(/\.tf(\.json)?$/, '.tofu$1');
      if (preferred !== name && names.has(preferred)) continue;
      const file = this.#file(joined(path, name), /\.json$/.test(name));
      if (file) files.push(file);
    }
    this.#parsed.set(path, files);
    return files;
  }

  #file(path: string, isJson: boolean): SourceFile | undefined {
    const bytes = this.folder.read(path, Math.min(LARGEST_FILE, this.#left));
    if (!bytes) return undefined;
    this.#left -= bytes.byteLength;
    this.hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
    return parseFile(this.shown(path), withoutSymbols(decode(bytes)), isJson, this.parser);
  }

  /** Values of the root module's variables, from the files that are read without being asked for. */
  variables(): Map<string, Json> {
    const names = this.folder.list('').flatMap(({ name, isFolder }) => (isFolder ? [] : [name]));
    const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name));
    const result = new Map<string, Json>();
    for (const name of ['terraform.tfvars', 'terraform.tfvars.json', ...automatic]) {
      const bytes = names.includes(name) ? this.folder.read(name, LARGEST_FILE) : undefined;
      if (!bytes) continue;
      this.hash.update(`${name}\0${bytes.byteLength}\0`).update(bytes);
      const text = withoutSymbols(decode(bytes));
      const values = name.endsWith('.json') ? jsonOf(text) : valuesOf(parseHcl(name, text, this.parser));
      for (const [variable, value] of Object.entries(values)) result.set(variable, value);
    }
    return result;
  }
}

function jsonOf(text: string): JsonObject {
  try {
    const document = parseJson(text);
    return isObject(document) ? document : {};
  } catch (error) {
    if (error instanceof JsonError) return {};
    throw error;
  }
}

/** What `init` has written down: key of a call → folder. */
function installedModules(folder: Folder): ReadonlyMap<string, string> {
  const bytes = folder.read('.terraform/modules/modules.json', LARGEST_FILE);
  if (!bytes) return new Map();
  return new Map(
    ownArray(jsonOf(decode(bytes)), 'Modules').flatMap((module): [string, string][] => {
      const [key, at] = [ownString(module, 'Key'), ownString(module, 'Dir')];
      return key && at !== undefined ? [[key, joined('', at.replaceAll('\\', '/'))]] : [];
    }),
  );
}
