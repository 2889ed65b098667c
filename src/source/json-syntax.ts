// JSON configuration syntax (`*.tf.json`, `cdk.tf.json`) → syntax tree.
// Syntax: https://developer.hashicorp.com/terraform/language/syntax/json

import type { Parser } from 'web-tree-sitter';
import { blocks, isObject, type Json, type JsonObject, own, ownObject } from '../plan/json.js';
import { parseTemplate } from './hcl.js';
import type { Attribute, Block, Body, Expression, Position, SourceFile } from './syntax.js';

/** Labels of each kind of block at the top of a file. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  locals: 0,
  terraform: 0,
  removed: 0,
  moved: 0,
  import: 0,
};
/** Blocks inside of blocks whose names no schema has to tell. */
const INNER = new Set(['lifecycle', 'provisioner', 'connection', 'default_tags']);
const START: Position = { line: 1, column: 1 };
const DEEPEST = 200;

/** Reads one document. JSON keeps no positions: blocks stand at the start of their file. */
export function parseJsonSyntax(path: string, document: JsonObject, parser: Parser): SourceFile {
  const reader = new JsonReader(parser);
  const found: Block[] = [];
  for (const [type, value] of Object.entries(document)) {
    const labels = LABELS[type];
    if (labels !== undefined) reader.labelled(type, value, labels, [], found);
  }
  return { path, body: { attributes: new Map(), blocks: found }, comments: [], broken: undefined };
}

class JsonReader {
  constructor(private readonly parser: Parser) {}

  labelled(type: string, value: Json, wanted: number, labels: readonly string[], into: Block[]): void {
    for (const entry of blocks(value)) {
      if (labels.length === wanted) into.push(this.#block(type, labels, entry, 0));
      else
        for (const [label, inner] of Object.entries(entry))
          if (label !== '//') this.labelled(type, inner, wanted, [...labels, label], into);
    }
  }

  #block(type: string, labels: readonly string[], entry: JsonObject, depth: number): Block {
    const metadata = ownObject(entry, '//');
    return { type, labels, body: this.#body(entry, depth + 1), at: START, ...(metadata ? { metadata } : {}) };
  }

  #body(entry: JsonObject, depth: number): Body {
    const attributes = new Map<string, Attribute>();
    const inner: Block[] = [];
    for (const [name, value] of Object.entries(entry)) {
      if (name === '//') continue;
      if (name === 'dynamic') {
        for (const one of blocks(value))
          for (const [label, body] of Object.entries(one))
            for (const each of blocks(body)) inner.push(this.#dynamic(label, each, depth));
      } else if (INNER.has(name))
        for (const one of blocks(value)) inner.push(this.#block(name, [], one, depth));
      else attributes.set(name, { name, expression: this.#expression(value, depth), at: START });
    }
    return { attributes, blocks: inner };
  }

  #dynamic(label: string, entry: JsonObject, depth: number): Block {
    const { attributes } = this.#body({ ...entry, content: null }, depth + 1);
    const content = blocks(own(entry, 'content')).map((one) => this.#block('content', [], one, depth + 1));
    const kept = new Map([...attributes].filter(([name]) => name !== 'content'));
    return { type: 'dynamic', labels: [label], body: { attributes: kept, blocks: content }, at: START };
  }

  #expression(value: Json, depth: number): Expression {
    if (depth > DEEPEST) return { kind: 'unreadable' };
    if (typeof value === 'string') return parseTemplate(value, this.parser);
    if (Array.isArray(value))
      return { kind: 'tuple', items: value.map((item) => this.#expression(item, depth + 1)) };
    if (!isObject(value)) return { kind: 'literal', value };
    return {
      kind: 'object',
      entries: Object.entries(value)
        .filter(([key]) => key !== '//')
        .map(([key, item]) => ({
          key: parseTemplate(key, this.parser),
          value: this.#expression(item, depth + 1),
        })),
    };
  }
}
