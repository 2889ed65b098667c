// The entries of a zip archive, read from its central directory. Plan files come from pull requests, so every size
// is bounded before anything is inflated, and an archive that says two things at once is refused.
// Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

import { inflateRawSync } from 'node:zlib';

/** The archive is damaged or hostile; the message is one line that says how. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

export interface ZipEntry {
  readonly name: string;
  /** Bytes after inflating, as the directory says and as `read` enforces. */
  readonly size: number;
  /** @throws ZipError where the content is damaged, or larger than it claims. */
  read(): Uint8Array;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const LONGEST_COMMENT = 0xffff;

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries together, inflated. */
  readonly total: number;
}

/** By name. @throws ZipError */
export function readZip(bytes: Uint8Array, limits: ZipLimits): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let position = view.getUint32(end + 16, true);
  if (count === 0xffff || size === 0xffffffff || position === 0xffffffff)
    throw new ZipError('the archive is of the Zip64 kind, which no plan file is');
  if (count > limits.entries) throw new ZipError(`the archive holds more than ${limits.entries} files`);
  if (position + size > end) throw new ZipError('the archive is cut off or damaged');
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (position + 46 > end || view.getUint32(position, true) !== DIRECTORY_ENTRY)
      throw new ZipError('the list of files in the archive is damaged');
    const nameLength = view.getUint16(position + 28, true);
    const next =
      position + 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
    if (next > end) throw new ZipError('the list of files in the archive is damaged');
    const name = text(bytes.subarray(position + 46, position + 46 + nameLength));
    const entry = entryAt(bytes, view, position, name);
    if (isOutside(name)) throw new ZipError('a file in the archive has a name that leads out of it');
    if (entries.has(name)) throw new ZipError('two files in the archive have the same name');
    total += entry.size;
    if (total > limits.total)
      throw new ZipError(`the files in the archive are larger than ${limits.total / 2 ** 20} MB together`);
    entries.set(name, entry);
    position = next;
  }
  return entries;
}

function endOfDirectory(view: DataView): number {
  const last = view.byteLength - 22;
  for (let position = last; position >= 0 && position >= last - LONGEST_COMMENT; position--)
    if (view.getUint32(position, true) === END_OF_DIRECTORY) return position;
  throw new ZipError('the archive is cut off: its list of files is missing');
}

function entryAt(bytes: Uint8Array, view: DataView, at: number, name: string): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  return {
    name,
    size,
    read() {
      if ((flags & 1) !== 0) throw new ZipError('a file in the archive is encrypted');
      if (local + 30 > bytes.byteLength || view.getUint32(local, true) !== LOCAL_ENTRY)
        throw new ZipError('the archive is damaged');
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + packed > bytes.byteLength) throw new ZipError('the archive is cut off');
      const content = bytes.subarray(start, start + packed);
      const result = method === 0 ? content : method === 8 ? inflate(content, size) : undefined;
      if (!result) throw new ZipError('a file in the archive is packed in a way that plan files are not');
      if (result.byteLength !== size)
        throw new ZipError('a file in the archive has another size than it claims');
      return result;
    },
  };
}

function inflate(content: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new ZipError('a file in the archive is damaged, or larger than it claims');
  }
}

function isOutside(name: string): boolean {
  return name.startsWith('/') || name.includes('\\') || name.split('/').includes('..') || name.includes('\0');
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
