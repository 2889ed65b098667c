// Comma-separated values as RFC 4180 writes them: quotes around fields, quotes in them doubled.

export interface CsvRecord {
  /** Where it starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A field in quotes, or a plain one, and what ends it. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^,\r\n]*))(,|\r?\n|$)/g;

/** Empty lines are left out. A quote in the wrong place stands for itself. */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  for (const [whole, inQuotes, plain = '', end] of text.matchAll(FIELD)) {
    fields.push(inQuotes?.replaceAll('""', '"') ?? plain);
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    if (fields.length > 1 || fields[0] !== '') records.push({ line: start, fields });
    fields = [];
    start = line;
  }
  return records;
}
