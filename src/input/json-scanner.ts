// Walks JSON of any size in a small window of memory: what nobody asks for is skipped without being parsed.

import type { Json } from '../plan/json.js';
import { JsonError, parseMeasured } from './json.js';
import { CODE } from './json-skip-code.js';

/** Bytes that can be read from any place, as often as wanted. */
export interface ByteSource {
  /** Fills the beginning of `into` with what stands at `position`. @returns how many bytes; 0 at the end. */
  read(into: Uint8Array, position: number): number;
}

/** Bytes that are in memory already. */
export function inMemory(bytes: Uint8Array): ByteSource {
  return {
    read(into, position) {
      const part = bytes.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
  };
}

const PAGE = 65_536;
const WINDOW = 16 * PAGE;
/** Bytes of one value that is parsed as a whole. */
const LARGEST_VALUE = 256 * 1024 * 1024;

/** Strings that are remembered; a power of two. */
const SEEN = 4096;
/** No hash of 32 bits. */
const ESCAPED = 2 ** 40;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What of the platform's own is used; its types come with those of browsers. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Skipper {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly depth: { readonly value: number };
  begin(depth: number): void;
  skip(at: number, end: number): number;
}

/** What is at hand after `object` or `list` has called back is one value: take it by exactly one of the methods. */
export class JsonScanner {
  readonly #skipper: Skipper;
  readonly #source: ByteSource;
  readonly #onBytes: (bytes: Uint8Array) => void;
  #bytes: Buffer;
  /** Of the window's first byte in the source. */
  #base = 0;
  #at = 0;
  #end = 0;
  /** From here on the window must not move on; -1 where it may. */
  #kept = -1;
  #isLeft = false;
  /** Strings by their hash. */
  readonly #seen: string[] = new Array<string>(SEEN);

  /** @param onBytes is given every byte once, in order; what it is given changes afterwards */
  constructor(source: ByteSource, onBytes: (bytes: Uint8Array) => void = () => {}) {
    const module = new WebAssembly.Module(Buffer.from(CODE, 'base64'));
    this.#skipper = new WebAssembly.Instance(module).exports as Skipper;
    this.#source = source;
    this.#onBytes = onBytes;
    this.#skipper.memory.grow(WINDOW / PAGE - 1);
    this.#bytes = Buffer.from(this.#skipper.memory.buffer);
  }

  /** Bytes before the next one, from the beginning of the source. */
  get position(): number {
    return this.#base + this.#at;
  }

  /** The kind of the value at hand. */
  kind(): 'object' | 'list' | 'string' | 'other' {
    const byte = this.#token();
    return byte === OPEN_OBJECT
      ? 'object'
      : byte === OPEN_LIST
        ? 'list'
        : byte === QUOTE
          ? 'string'
          : 'other';
  }

  /** @throws JsonError where there is more than white space, or where the source ends inside of a value. */
  end(): void {
    if (this.#token() !== -1) this.#fail('there is more after the end of the JSON');
  }

  /** Calls back for each entry, until one of them calls `leave`; what is no object is skipped. */
  object(entry: (key: string) => void): void {
    if (this.#token() !== OPEN_OBJECT) {
      this.skip();
      return;
    }
    this.#at++;
    if (this.#token() === CLOSE_OBJECT) {
      this.#at++;
      return;
    }
    for (;;) {
      if (this.#token() !== QUOTE) this.#fail('expected a key in double quotes');
      const key = this.#string();
      if (this.#token() !== COLON) this.#fail('expected a colon');
      this.#at++;
      entry(key);
      if (this.#isLeft) {
        this.#isLeft = false;
        this.#close(1);
        return;
      }
      if (this.#isLast(CLOSE_OBJECT)) return;
    }
  }

  /** Passes over the entries that follow the one at hand, whose value has been taken. */
  leave(): void {
    this.#isLeft = true;
  }

  /** Calls back for each item; what is no list is skipped. */
  list(item: () => void): void {
    if (this.#token() !== OPEN_LIST) {
      this.skip();
      return;
    }
    this.#at++;
    if (this.#token() === CLOSE_LIST) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      if (this.#isLast(CLOSE_LIST)) return;
    }
  }

  /** The text of a string; undefined, and skipped, for any other value. */
  string(): string | undefined {
    if (this.#token() === QUOTE) return this.#string();
    this.skip();
    return undefined;
  }

  /** The value at hand, parsed. @throws JsonError */
  value(): Json {
    const start = this.hold();
    this.skip();
    const value = this.parseFrom(start);
    this.release(start);
    return value;
  }

  /** From here on bytes stay at hand until `release`. @returns the place of the value at hand, in the source */
  hold(): number {
    this.#token();
    if (this.#kept < 0) this.#kept = this.#at;
    return this.position;
  }

  /** @param start what the first `hold` that is in force gave back, or a later one */
  release(start: number): void {
    if (this.#base + this.#kept === start) this.#kept = -1;
  }

  /** What was passed since `hold`, parsed. @throws JsonError */
  parseFrom(start: number): Json {
    return this.#parse(start - this.#base, this.#at);
  }

  /** What was passed since `hold`, with one character for each byte. */
  textFrom(start: number): string {
    return this.#bytes.toString('latin1', start - this.#base, this.#at);
  }

  /** Back to a place since `hold`, which is in force still. */
  rewind(start: number): void {
    this.#at = start - this.#base;
  }

  /**
   * True where something stands under this key, at any depth of what was passed since `hold`; spaces count as something.
   * It is found without a walk, so a key that is written with escapes is not.
   * @param key with its quotes and its colon
   */
  passedSomething(start: number, key: Uint8Array): boolean {
    const passed = this.#bytes.subarray(start - this.#base, this.#at);
    for (let at = passed.indexOf(key); at >= 0; at = passed.indexOf(key, at + 1)) {
      const value = at + key.length;
      const first = passed[value];
      const isEmpty =
        first === LETTER_N ||
        first === LETTER_F ||
        (first === QUOTE && passed[value + 1] === QUOTE) ||
        (first === OPEN_LIST && passed[value + 1] === CLOSE_LIST) ||
        (first === OPEN_OBJECT && passed[value + 1] === CLOSE_OBJECT);
      if (!isEmpty) return true;
    }
    return false;
  }

  /** What stands behind these bytes, where the value at hand is written with them first; undefined where it is not. */
  byteAfter(start: Uint8Array): number | undefined {
    this.#token();
    while (this.#end - this.#at <= start.length) if (!this.#more()) return undefined;
    for (let at = 0; at < start.length; at++) if (this.#bytes[this.#at + at] !== start[at]) return undefined;
    return this.#bytes[this.#at + start.length];
  }

  /** Passes over the value at hand. @returns false for what is empty: `null`, `false`, `""`, `[]` and `{}` */
  holdsSomething(): boolean {
    const first = this.#token();
    const start = this.position;
    this.skip();
    const isContainer = first === QUOTE || first === OPEN_LIST || first === OPEN_OBJECT;
    return isContainer ? this.position - start > 2 : first !== LETTER_N && first !== LETTER_F;
  }

  /** Passes over the value at hand. */
  skip(): void {
    const byte = this.#token();
    if (byte === QUOTE) {
      this.#skipString();
      return;
    }
    if (byte !== OPEN_OBJECT && byte !== OPEN_LIST) {
      this.#skipPrimitive();
      return;
    }
    this.#close(0);
  }

  /** Passes over what is left of a value with so many brackets open. */
  #close(open: number): void {
    const { depth, begin, skip } = this.#skipper;
    begin(open);
    for (;;) {
      const at = skip(this.#at, this.#end);
      if (at < 0) this.#fail('nested deeper than 1000 levels');
      this.#at = at;
      if (depth.value === 0) return;
      if (!this.#more()) this.#fail('the JSON ends too early');
    }
  }

  /** The next byte that is no white space; -1 at the end. */
  #token(): number {
    for (;;) {
      while (this.#at < this.#end) {
        const byte = this.#bytes[this.#at] as number;
        if (byte > 0x20) return byte;
        if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) this.#fail('this is not JSON');
        this.#at++;
      }
      if (!this.#more()) return -1;
    }
  }

  #isLast(close: number): boolean {
    const byte = this.#token();
    if (byte !== close && byte !== COMMA)
      this.#fail(
        byte === -1 ? 'the JSON ends too early' : `expected a comma or ${String.fromCharCode(close)}`,
      );
    this.#at++;
    return byte === close;
  }

  #string(): string {
    const start = this.hold();
    const hash = this.#skipString();
    const from = start - this.#base;
    const text =
      hash === ESCAPED ? String(this.#parse(from, this.#at)) : this.#known(from + 1, this.#at - 1, hash);
    this.release(start);
    return text;
  }

  /** The same few names come again and again: they are compared with what was seen, which is cheaper than decoding. */
  #known(from: number, to: number, hash: number): string {
    const slot = hash & (SEEN - 1);
    const seen = this.#seen[slot];
    if (seen !== undefined && seen.length === to - from) {
      let at = 0;
      while (at < seen.length && seen.charCodeAt(at) === this.#bytes[from + at]) at++;
      if (at === seen.length) return seen;
    }
    const text = this.#bytes.toString('latin1', from, to);
    this.#seen[slot] = text;
    return text;
  }

  /** @returns a hash of a string of plain ASCII, or ESCAPED for what must be decoded. */
  #skipString(): number {
    let hash = 0;
    let isPlain = true;
    let isEscaped = false;
    this.#at++;
    for (;;) {
      const bytes = this.#bytes;
      const end = this.#end;
      for (let at = this.#at; at < end; at++) {
        const byte = bytes[at] as number;
        if (isEscaped) isEscaped = false;
        else if (byte === QUOTE) {
          this.#at = at + 1;
          return isPlain ? hash : ESCAPED;
        } else if (byte === BACKSLASH) {
          isEscaped = true;
          isPlain = false;
        } else if (byte >= 0x80 || byte < 0x20) isPlain = false;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      this.#at = end;
      if (!this.#more()) this.#fail('the JSON ends too early');
    }
  }

  #skipPrimitive(): void {
    const start = this.position;
    for (;;) {
      while (this.#at < this.#end) {
        const byte = this.#bytes[this.#at] as number;
        if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || byte <= 0x20) {
          if (this.position === start) this.#fail('this is not JSON');
          return;
        }
        this.#at++;
      }
      if (!this.#more()) {
        if (this.position === start) this.#fail('the JSON ends too early');
        return;
      }
    }
  }

  /** Moves the window on. @returns false at the end of the source. */
  #more(): boolean {
    const from = this.#kept >= 0 ? this.#kept : this.#at;
    if (from > 0) {
      this.#bytes.copyWithin(0, from, this.#end);
      this.#base += from;
      this.#at -= from;
      this.#end -= from;
      if (this.#kept >= 0) this.#kept = 0;
    }
    if (this.#end === this.#bytes.length) {
      if (this.#bytes.length >= LARGEST_VALUE) this.#fail('a value is larger than 256 MB');
      this.#skipper.memory.grow(this.#bytes.length / PAGE);
      this.#bytes = Buffer.from(this.#skipper.memory.buffer);
    }
    const count = this.#source.read(this.#bytes.subarray(this.#end), this.#base + this.#end);
    if (count === 0) return false;
    this.#onBytes(this.#bytes.subarray(this.#end, this.#end + count));
    this.#end += count;
    return true;
  }

  #parse(from: number, to: number): Json {
    const text = this.#bytes.toString('utf8', from, to);
    try {
      return parseMeasured(text);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      return this.#fail(error.message, this.#base + from + Buffer.byteLength(text.slice(0, error.offset)));
    }
  }

  /** Lines are only counted where there is something to tell. */
  #fail(message: string, offset = this.position): never {
    const chunk = Buffer.alloc(PAGE);
    let line = 1;
    let lineStart = 0;
    for (let position = 0; position < offset; ) {
      const count = this.#source.read(chunk, position);
      if (count === 0) break;
      for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < count; at = chunk.indexOf(NEWLINE, at + 1)) {
        if (position + at >= offset) break;
        line++;
        lineStart = position + at + 1;
      }
      position += count;
    }
    throw new JsonError(message, line, offset - lineStart + 1, offset);
  }
}
