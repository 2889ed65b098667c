// Plan JSON of any size → the same document without what no rule asks for: only the bytes of what matters are parsed.
// What `readPlanJson` makes of it is what it would make of the whole, for everything that takes part in access.

import { moduleSteps, parseReference } from '../plan/address.js';
import { type Json, type JsonObject, own, ownArray, ownObject } from '../plan/json.js';
import { PlanError } from '../plan/model.js';
import { referencesIn } from '../plan/resolve.js';
import { parseJson } from './json.js';
import { type ByteSource, JsonScanner } from './json-scanner.js';

/** What of a plan is asked for. */
export interface Interest {
  /** All of a type, or those of it where one of these attributes holds something. */
  in(mode: 'managed' | 'data', type: string): 'all' | ReadonlySet<string>;
  /** True for names of attributes that tell of a secret. */
  tellsSecret(name: string): boolean;
  /** True for JSON of a block of the configuration that may hold a secret in the open. */
  mayHoldSecret(text: string): boolean;
}

/** Something that is not parsed as long as nothing refers to it. */
interface Left {
  readonly start: number;
  readonly length: number;
}

/** An instance of which nothing was asked. */
interface LeftChange extends Left {
  /** Names of the module calls: `network.subnets.`; empty for the root. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
}

/** What tells what a block or a change is of. */
interface Head {
  mode: 'managed' | 'data';
  type: string | undefined;
  name: string | undefined;
  module: string | undefined;
  isAsked: boolean;
}

/** Of a block or a change, what is told by `Head` or by nothing. */
const HEAD = new Set([
  'address',
  'mode',
  'type',
  'name',
  'module_address',
  'provider_config_key',
  'schema_version',
]);

function clear(head: Head): void {
  head.mode = 'managed';
  head.type = undefined;
  head.name = undefined;
  head.module = undefined;
  head.isAsked = true;
}

/** The attributes that are asked for of a type. */
interface Asked {
  readonly names: ReadonlySet<string>;
  /** As JSON writes them before a value. */
  readonly keys: readonly Buffer[];
}

/** What stands for an expression that only refers to others, and for one that does not. */
const REFERENCES = Buffer.from('{"references":');
const CONSTANT = Buffer.from('{"constant_value":');
const OPENS_LIST = 0x5b;
/** How strings, lists and objects begin; what is left are numbers, `true`, `false` and `null`. */
const OPENS = new Set([0x22, OPENS_LIST, 0x7b]);

/** Of each type in each module one is parsed whatever it is: its values tell whose accounts the plan works in. */
const MOST_SAMPLES = 2_000;
const DEEPEST_MODULE = 64;

/**
 * @param onBytes is given every byte once, in order
 * @returns a document of the shape of plan JSON; of other JSON only its outermost keys
 * @throws JsonError, PlanError
 */
export function readLargePlan(
  source: ByteSource,
  interest: Interest,
  onBytes: (bytes: Uint8Array) => void,
): JsonObject {
  return new LargePlan(source, interest, onBytes).read();
}

class LargePlan {
  readonly #source: ByteSource;
  readonly #interest: Interest;
  readonly #scanner: JsonScanner;
  readonly #document: Record<string, Json> = Object.create(null);
  readonly #changes: Json[] = [];
  readonly #leftChanges: LeftChange[] = [];
  readonly #leftBlocks = new Map<string, Left & { readonly into: Json[] }>();
  /** Blocks with instances that were parsed. */
  readonly #wanted = new Set<string>();
  readonly #interests = new Map<string, 'all' | Asked>();
  /** Blocks that may hold a secret. */
  readonly #telling = new Set<string>();
  /** Module → types of which one was parsed. */
  readonly #sampled = new Map<string, Set<string>>();
  #samples = 0;
  readonly #head: Head = {
    mode: 'managed',
    type: undefined,
    name: undefined,
    module: undefined,
    isAsked: true,
  };
  #lastModule = { address: '', path: '' };

  constructor(source: ByteSource, interest: Interest, onBytes: (bytes: Uint8Array) => void) {
    this.#source = source;
    this.#interest = interest;
    this.#scanner = new JsonScanner(source, onBytes);
  }

  read(): JsonObject {
    const scanner = this.#scanner;
    const document = this.#document;
    const seen = new Set<string>();
    scanner.object((key) => {
      if (seen.has(key)) throw new PlanError(`${key} stands twice`);
      seen.add(key);
      switch (key) {
        case 'resource_changes':
        case 'resource_drift':
          document[key] = this.#readChanges(key);
          break;
        case 'prior_state':
          document[key] = this.#readState();
          break;
        case 'configuration':
          document[key] = this.#readConfiguration();
          break;
        case 'variables':
        case 'output_changes':
        case 'deferred_changes':
          document[key] = scanner.value();
          break;
        default:
          document[key] = isContainer(scanner.kind()) ? this.#passOver() : scanner.value();
      }
    });
    scanner.end();
    this.#fetchReferenced();
    return document;
  }

  #passOver(): Json {
    const empty = this.#scanner.kind() === 'list' ? [] : {};
    this.#scanner.skip();
    return empty;
  }

  #readChanges(list: 'resource_changes' | 'resource_drift'): Json {
    const scanner = this.#scanner;
    if (scanner.kind() !== 'list') return scanner.value();
    const changes = list === 'resource_changes' ? this.#changes : [];
    const head = this.#head;
    const entry = (key: string): void => {
      if (key === 'change' && head.type !== undefined)
        head.isAsked = this.#isAsked(this.#interestIn(head.mode, head.type));
      else this.#readHead(key);
    };
    scanner.list(() => {
      const start = scanner.hold();
      clear(head);
      scanner.object(entry);
      const { mode, type = '', name = '', isAsked } = head;
      const path = this.#pathOf(head.module);
      if (isAsked || (list === 'resource_changes' && this.#isSample(path, type))) {
        changes.push(scanner.parseFrom(start));
        this.#wanted.add(localKey(path, mode, type, name));
      } else if (list === 'resource_changes')
        this.#leftChanges.push({ path, type, name, start, length: scanner.position - start });
      scanner.release(start);
    });
    return changes;
  }

  /** Takes one entry of what tells what a block or a change is of. */
  #readHead(key: string): void {
    const head = this.#head;
    const scanner = this.#scanner;
    if (key === 'type') head.type = scanner.string();
    else if (key === 'name') head.name = scanner.string();
    else if (key === 'module_address') head.module = scanner.string();
    else if (key === 'mode') head.mode = scanner.string() === 'data' ? 'data' : 'managed';
    else scanner.skip();
  }

  #interestIn(mode: 'managed' | 'data', type: string): 'all' | Asked {
    const key = mode === 'data' ? `data.${type}` : type;
    const known = this.#interests.get(key);
    if (known) return known;
    const names = this.#interest.in(mode, type);
    const found =
      names === 'all' ? names : { names, keys: [...names].map((name) => Buffer.from(`"${name}":`)) };
    this.#interests.set(key, found);
    return found;
  }

  /** Takes the `change` at hand. */
  #isAsked(asked: 'all' | Asked): boolean {
    const scanner = this.#scanner;
    const start = scanner.hold();
    scanner.skip();
    const isPossible = asked === 'all' || asked.keys.some((key) => scanner.passedSomething(start, key));
    if (asked !== 'all' && isPossible) {
      scanner.rewind(start);
      scanner.release(start);
      return this.#isAskedIn(asked.names);
    }
    scanner.release(start);
    return isPossible;
  }

  /** Takes the `change` at hand, entry by entry. */
  #isAskedIn(asked: ReadonlySet<string>): boolean {
    const scanner = this.#scanner;
    let found = false;
    let isSame = false;
    const attribute = (name: string): void => {
      if (asked.has(name)) found = scanner.holdsSomething();
      else scanner.skip();
      if (found) scanner.leave();
    };
    scanner.object((key) => {
      if (key === 'actions') isSame = this.#text() === '["no-op"]';
      else if (key === 'after' || key === 'after_unknown' || (key === 'before' && !isSame))
        scanner.object(attribute);
      else scanner.skip();
      if (found) scanner.leave();
    });
    return found;
  }

  /** The value at hand as it is written. */
  #text(): string {
    const start = this.#scanner.hold();
    this.#scanner.skip();
    const text = this.#scanner.textFrom(start);
    this.#scanner.release(start);
    return text;
  }

  /** `module.a["x"].module.b` → `a.b.`; neighbours mostly stand in the same one. */
  #pathOf(module: string | undefined): string {
    if (module === undefined) return '';
    if (module !== this.#lastModule.address)
      this.#lastModule = {
        address: module,
        path: moduleSteps(module)
          .map(({ name }) => `${name}.`)
          .join(''),
      };
    return this.#lastModule.path;
  }

  #isSample(path: string, type: string): boolean {
    if (this.#samples >= MOST_SAMPLES) return false;
    let types = this.#sampled.get(path);
    if (!types) {
      types = new Set();
      this.#sampled.set(path, types);
    }
    if (types.has(type)) return false;
    types.add(type);
    this.#samples++;
    return true;
  }

  /** Only data sources are asked for. */
  #readState(): Json {
    const result: Record<string, Json> = Object.create(null);
    this.#scanner.object((key) => {
      if (key !== 'values') this.#scanner.skip();
      else
        this.#scanner.object((inner) => {
          if (inner === 'root_module') result.values = { root_module: this.#readStateModule(0) };
          else this.#scanner.skip();
        });
    });
    return result;
  }

  #readStateModule(depth: number): JsonObject {
    const scanner = this.#scanner;
    if (depth > DEEPEST_MODULE)
      throw new PlanError(`modules are nested deeper than ${DEEPEST_MODULE} levels`);
    const resources: Json[] = [];
    const children: Json[] = [];
    const result: Record<string, Json> = { resources, child_modules: children };
    let isData = false;
    const entry = (key: string): void => {
      if (key !== 'mode') scanner.skip();
      else {
        isData = scanner.string() === 'data';
        scanner.leave();
      }
    };
    scanner.object((key) => {
      if (key === 'address') result.address = scanner.string() ?? '';
      else if (key === 'child_modules') scanner.list(() => children.push(this.#readStateModule(depth + 1)));
      else if (key === 'resources')
        scanner.list(() => {
          const start = scanner.hold();
          isData = false;
          scanner.object(entry);
          if (isData) resources.push(scanner.parseFrom(start));
          scanner.release(start);
        });
      else scanner.skip();
    });
    return result;
  }

  #readConfiguration(): JsonObject {
    const result: Record<string, Json> = Object.create(null);
    this.#scanner.object((key) => {
      result[key] = key === 'root_module' ? this.#readModule('', 0) : this.#scanner.value();
    });
    return result;
  }

  /** @param path names of the module calls: `network.subnets.` */
  #readModule(path: string, depth: number): JsonObject {
    const scanner = this.#scanner;
    if (depth > DEEPEST_MODULE)
      throw new PlanError(`modules are nested deeper than ${DEEPEST_MODULE} levels`);
    const result: Record<string, Json> = Object.create(null);
    scanner.object((key) => {
      if (key === 'resources' && scanner.kind() === 'list') result[key] = this.#readBlocks(path);
      else if (key === 'module_calls') {
        const calls: Record<string, Json> = Object.create(null);
        scanner.object((name) => {
          const call: Record<string, Json> = Object.create(null);
          scanner.object((inner) => {
            call[inner] =
              inner === 'module' ? this.#readModule(`${path}${name}.`, depth + 1) : scanner.value();
          });
          calls[name] = call;
        });
        result[key] = calls;
      } else result[key] = scanner.value();
    });
    return result;
  }

  #readBlocks(path: string): Json[] {
    const scanner = this.#scanner;
    const blocks: Json[] = [];
    const head = this.#head;
    let isTelling = false;
    const take = (name: string): void => {
      if (!isTelling && !this.#interest.tellsSecret(name)) isTelling = this.#mayHoldSecret();
      else {
        isTelling = true;
        scanner.skip();
      }
    };
    const entry = (key: string): void => {
      if (key === 'expressions' && scanner.kind() === 'object') scanner.object(take);
      else if (HEAD.has(key)) this.#readHead(key);
      else {
        isTelling ||= key === 'provisioners';
        take(key);
      }
    };
    scanner.list(() => {
      const start = scanner.hold();
      clear(head);
      isTelling = false;
      scanner.object(entry);
      const block = localKey(path, head.mode, head.type ?? '', head.name ?? '');
      const isWanted = this.#wanted.has(block);
      isTelling ||= [head.type, head.name].some((one = '') => this.#interest.tellsSecret(one));
      if (isTelling) this.#telling.add(block);
      if (isTelling || isWanted) blocks.push(scanner.parseFrom(start));
      else this.#leftBlocks.set(block, { start, length: scanner.position - start, into: blocks });
      scanner.release(start);
    });
    return blocks;
  }

  /** Takes an expression, or a block of them. */
  #mayHoldSecret(): boolean {
    const scanner = this.#scanner;
    const constant = scanner.byteAfter(CONSTANT);
    const isPlain = constant !== undefined && !OPENS.has(constant);
    if (isPlain || scanner.byteAfter(REFERENCES) === OPENS_LIST) {
      scanner.skip();
      return false;
    }
    const start = scanner.hold();
    scanner.skip();
    const found = this.#interest.mayHoldSecret(scanner.textFrom(start));
    scanner.release(start);
    return found;
  }

  /** Parses what was left out and is referred to by what was not, and what that refers to in turn. */
  #fetchReferenced(): void {
    const root = ownObject(ownObject(this.#document, 'configuration'), 'root_module');
    const modules: Module[] = root ? modulesIn(root) : [];
    const byPath = new Map(modules.map((module) => [module.path, module]));
    const seen = new Set<string>();
    const referenced = new Set(this.#telling);
    const types = new Set<string>();
    const waiting: { readonly module: Module; readonly references: readonly string[] }[] = [];
    const follow = (module: Module, ...expressions: (Json | undefined)[]): void => {
      const references = expressions.flatMap(referencesIn);
      if (references.length > 0) waiting.push({ module, references });
    };
    const followBlock = (module: Module, block: Json): void =>
      follow(
        module,
        ...['expressions', 'for_each_expression', 'count_expression'].map((key) => own(block, key)),
      );
    const bring = (module: Module, key: string): void => {
      referenced.add(key);
      const block = this.#leftBlocks.get(key);
      if (!block) return;
      const parsed = this.#parse(block);
      block.into.push(parsed);
      followBlock(module, parsed);
    };
    for (const module of modules)
      for (const block of ownArray(module.config, 'resources')) followBlock(module, block);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { module, references } = next;
      for (const text of references) {
        const key = `${module.path}|${text}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const reference = parseReference(text);
        if (reference.kind === 'resource') {
          const block = localKey(module.path, reference.mode, reference.type, reference.name);
          if (!seen.has(block)) bring(module, block);
          seen.add(block);
        } else if (reference.kind === 'module') {
          const child = byPath.get(`${module.path}${reference.name}.`);
          const outputs = ownObject(child?.config, 'outputs') ?? {};
          const names = reference.output === undefined ? Object.keys(outputs) : [reference.output];
          if (child) follow(child, ...names.map((name) => own(own(outputs, name), 'expression')));
        } else if (reference.kind === 'var' && module.caller) {
          const { module: caller, call } = module.caller;
          follow(caller, own(own(call, 'expressions'), reference.name), own(call, 'for_each_expression'));
        }
      }
    }
    for (const key of referenced) types.add(key.split('.').at(-2) ?? '');
    for (const one of this.#leftChanges)
      if (types.has(one.type) && referenced.has(localKey(one.path, 'managed', one.type, one.name)))
        this.#changes.push(this.#parse(one));
  }

  #parse({ start, length }: Left): Json {
    const bytes = Buffer.alloc(length);
    for (let read = 0; read < length; ) {
      const count = this.#source.read(bytes.subarray(read), start + read);
      if (count === 0) throw new PlanError('the file was cut short while it was read');
      read += count;
    }
    return parseJson(bytes.toString('utf8'));
  }
}

/** A module of the configuration, and who calls it. */
interface Module {
  /** Names of the calls on the way to it: `network.subnets.`; empty for the root. */
  readonly path: string;
  readonly config: JsonObject;
  readonly caller: { readonly module: Module; readonly call: Json } | undefined;
}

function modulesIn(root: JsonObject): Module[] {
  const result: Module[] = [{ path: '', config: root, caller: undefined }];
  for (const module of result)
    for (const [name, call] of Object.entries(ownObject(module.config, 'module_calls') ?? {})) {
      const config = ownObject(call, 'module');
      if (config) result.push({ path: `${module.path}${name}.`, config, caller: { module, call } });
    }
  return result;
}

function isContainer(kind: string): boolean {
  return kind === 'object' || kind === 'list';
}

function localKey(path: string, mode: string, type: string, name: string): string {
  return `${path}${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}
