// One value of a plan file: msgpack as Terraform writes it. Objects are keyed by attribute name, so no provider
// schema is needed; what is known only after apply is an extension.
// Encoding: https://github.com/msgpack/msgpack/blob/master/spec.md; the extensions are 0 (unknown) and
// 12 (unknown, with what is known about it).

import type { Json, JsonObject } from '../plan/json.js';
import { withoutSymbols } from '../plan/symbol.js';

/** The value is damaged, or nested deeper than any plan. */
export class MsgpackError extends Error {
  override readonly name = 'MsgpackError';
}

/** A value in the two shapes that plan JSON has: what is known, and `true` where it is known only after apply. */
export interface Decoded {
  /** Unknown attributes are left out of objects, and null in lists. */
  readonly value: Json;
  /** `false`, `true`, or the shape of the value. */
  readonly unknown: Json;
}

const DEEPEST = 200;
const UNKNOWN: Decoded = { value: null, unknown: true };

/** @throws MsgpackError */
export function decodeMsgpack(bytes: Uint8Array): Decoded {
  const reader = new Reader(bytes);
  const result = reader.read(0);
  if (!reader.atEnd) throw new MsgpackError('there is more after the end of a value');
  return result;
}

class Reader {
  readonly #view: DataView;
  #position = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#position === this.bytes.byteLength;
  }

  read(depth: number): Decoded {
    if (depth > DEEPEST) throw new MsgpackError(`values are nested deeper than ${DEEPEST} levels`);
    const byte = this.#number(1, 'getUint8');
    if (byte < 0x80) return known(byte);
    if (byte < 0x90) return this.#object(byte & 0x0f, depth);
    if (byte < 0xa0) return this.#list(byte & 0x0f, depth);
    if (byte < 0xc0) return known(this.#text(byte & 0x1f));
    if (byte >= 0xe0) return known(byte - 0x100);
    switch (byte) {
      case 0xc0:
        return known(null);
      case 0xc2:
        return known(false);
      case 0xc3:
        return known(true);
      case 0xc4:
      case 0xd9:
        return known(this.#text(this.#number(1, 'getUint8')));
      case 0xc5:
      case 0xda:
        return known(this.#text(this.#number(2, 'getUint16')));
      case 0xc6:
      case 0xdb:
        return known(this.#text(this.#number(4, 'getUint32')));
      case 0xc7:
        return this.#extension(this.#number(1, 'getUint8'));
      case 0xc8:
        return this.#extension(this.#number(2, 'getUint16'));
      case 0xc9:
        return this.#extension(this.#number(4, 'getUint32'));
      case 0xca:
        return known(this.#number(4, 'getFloat32'));
      case 0xcb:
        return known(this.#number(8, 'getFloat64'));
      case 0xcc:
        return known(this.#number(1, 'getUint8'));
      case 0xcd:
        return known(this.#number(2, 'getUint16'));
      case 0xce:
        return known(this.#number(4, 'getUint32'));
      case 0xcf:
        return known(Number(this.#long('getBigUint64')));
      case 0xd0:
        return known(this.#number(1, 'getInt8'));
      case 0xd1:
        return known(this.#number(2, 'getInt16'));
      case 0xd2:
        return known(this.#number(4, 'getInt32'));
      case 0xd3:
        return known(Number(this.#long('getBigInt64')));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(2 ** (byte - 0xd4));
      case 0xdc:
        return this.#list(this.#number(2, 'getUint16'), depth);
      case 0xdd:
        return this.#list(this.#number(4, 'getUint32'), depth);
      case 0xde:
        return this.#object(this.#number(2, 'getUint16'), depth);
      case 0xdf:
        return this.#object(this.#number(4, 'getUint32'), depth);
      default:
        throw new MsgpackError('a value is of a kind that does not exist');
    }
  }

  #advance(length: number): number {
    const start = this.#position;
    if (length > this.bytes.byteLength - start) throw new MsgpackError('cut off');
    this.#position = start + length;
    return start;
  }

  #number(
    length: number,
    read:
      | 'getUint8'
      | 'getUint16'
      | 'getUint32'
      | 'getInt8'
      | 'getInt16'
      | 'getInt32'
      | 'getFloat32'
      | 'getFloat64',
  ): number {
    return this.#view[read](this.#advance(length));
  }

  #long(read: 'getBigUint64' | 'getBigInt64'): bigint {
    return this.#view[read](this.#advance(8));
  }

  #text(length: number): string {
    const start = this.#advance(length);
    const buffer = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length);
    return withoutSymbols(buffer.toString('utf8'));
  }

  /** Whatever its payload says, it is not known. */
  #extension(length: number): Decoded {
    this.#advance(length + 1);
    return UNKNOWN;
  }

  #list(length: number, depth: number): Decoded {
    // A value whose type is decided at run time is written as its type, in bytes, and the value.
    const typed = length === 2 && [0xc4, 0xc5, 0xc6].includes(this.bytes[this.#position] ?? 0);
    const values: Json[] = [];
    const unknowns: Json[] = [];
    for (let index = 0; index < length; index++) {
      const item = this.read(depth + 1);
      values.push(item.value);
      unknowns.push(item.unknown);
    }
    if (typed) return { value: values[1] as Json, unknown: unknowns[1] as Json };
    return { value: values, unknown: unknowns.some((unknown) => unknown !== false) ? unknowns : false };
  }

  #object(size: number, depth: number): Decoded {
    const value: JsonObject = {};
    const unknown: JsonObject = {};
    for (let index = 0; index < size; index++) {
      const { value: key } = this.read(depth + 1);
      if (typeof key !== 'string') throw new MsgpackError('a key is not a text');
      const item = this.read(depth + 1);
      if (item.unknown !== true) set(value, key, item.value);
      if (item.unknown !== false) set(unknown, key, item.unknown);
    }
    return { value, unknown: Object.keys(unknown).length > 0 ? unknown : false };
  }
}

function known(value: Json): Decoded {
  return { value, unknown: false };
}

/** `__proto__` in a map of tags is a key like any other. */
function set(into: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
  else into[key] = value;
}
