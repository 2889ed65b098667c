// The fields of one protobuf message, without generated code: the plan file needs about twenty of them.
// Encoding: https://protobuf.dev/programming-guides/encoding/

/** The message is damaged. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** Values by field number, in the order they stand: numbers of varints, bytes of everything with a length. */
export class Message {
  readonly #fields = new Map<number, (number | Uint8Array)[]>();

  /** @throws ProtobufError */
  constructor(bytes: Uint8Array) {
    let position = 0;
    const varint = (): number => {
      // Past 2^53 a number loses digits; no field that is read here is that large.
      let result = 0;
      for (let shift = 0; shift < 70; shift += 7) {
        const byte = bytes[position++];
        if (byte === undefined) throw new ProtobufError('cut off');
        result += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return result;
      }
      throw new ProtobufError('a number is too long');
    };
    while (position < bytes.byteLength) {
      const tag = varint();
      const field = Math.floor(tag / 8);
      switch (tag % 8) {
        case 0:
          this.#add(field, varint());
          break;
        case 1:
          position += 8;
          break;
        case 2: {
          const length = varint();
          if (position + length > bytes.byteLength) throw new ProtobufError('cut off');
          this.#add(field, bytes.subarray(position, position + length));
          position += length;
          break;
        }
        case 5:
          position += 4;
          break;
        default:
          throw new ProtobufError('a field is of a kind that does not exist');
      }
    }
    if (position > bytes.byteLength) throw new ProtobufError('cut off');
  }

  #add(field: number, value: number | Uint8Array): void {
    const found = this.#fields.get(field);
    if (found) found.push(value);
    else this.#fields.set(field, [value]);
  }

  /** The last value of the field, as proto3 asks; 0 where it is absent. */
  number(field: number): number {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === 'number' ? value : 0;
  }

  bytes(field: number): Uint8Array | undefined {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === 'number' ? undefined : value;
  }

  /** The text of the field; empty where it is absent. */
  text(field: number): string {
    const bytes = this.bytes(field);
    return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : '';
  }

  message(field: number): Message | undefined {
    const bytes = this.bytes(field);
    return bytes && new Message(bytes);
  }

  messages(field: number): Message[] {
    return (this.#fields.get(field) ?? []).flatMap((value) =>
      typeof value === 'number' ? [] : [new Message(value)],
    );
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }
}
