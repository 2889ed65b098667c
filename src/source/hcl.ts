// Native configuration syntax (`*.tf`) → syntax tree. The grammar is tree-sitter's; it leaves the white space of
// templates out of its nodes, so their text is cut from the source between the nodes.

import type { Node, Parser } from 'web-tree-sitter';
import type {
  Attribute,
  BinaryOperator,
  Block,
  Body,
  Comment,
  Expression,
  ObjectEntry,
  Position,
  SourceFile,
  SplatStep,
  TemplatePart,
  UnaryOperator,
} from './syntax.js';
import {
  linesOf,
  nest,
  outdent,
  strip,
  type TemplateToken,
  unescapeHeredoc,
  unescapeQuoted,
} from './template.js';

const DEEPEST = 200;
const UNREADABLE: Expression = { kind: 'unreadable' };

/** Reads one file. What cannot be read is left out and told by `broken`; it never throws. */
export function parseHcl(path: string, source: string, parser: Parser): SourceFile {
  const tree = parser.parse(source);
  if (!tree)
    return {
      path,
      body: { attributes: new Map(), blocks: [] },
      comments: [],
      broken: { line: 1, column: 1 },
    };
  try {
    const root = tree.rootNode;
    const body = root.namedChildren.find((node) => node?.type === 'body');
    return {
      path,
      body: new Reader(source).body(body, 0),
      comments: root.descendantsOfType('comment').flatMap((node) => (node ? [commentOf(node)] : [])),
      broken: root.hasError ? firstError(root) : undefined,
    };
  } finally {
    tree.delete();
  }
}

/** Reads one expression, as `*.tf.json` holds them in its strings: a template without quotes. */
export function parseTemplate(template: string, parser: Parser): Expression {
  if (!template.includes('${') && !template.includes('%{'))
    return { kind: 'literal', value: unescapeHeredoc(template) };
  let mark = 'END';
  while (template.includes(mark)) mark += '_';
  const { body } = parseHcl('', `x = <<${mark}\n${template}\n${mark}\n`, parser);
  const found = body.attributes.get('x')?.expression;
  if (found?.kind === 'literal' && typeof found.value === 'string')
    return { kind: 'literal', value: found.value.slice(0, -1) };
  if (found?.kind !== 'template') return UNREADABLE;
  // The line break before the mark is not the template's.
  const parts = [...found.parts];
  const last = parts.pop();
  if (last?.kind !== 'text') return UNREADABLE;
  if (last.text !== '\n') parts.push({ kind: 'text', text: last.text.slice(0, -1) });
  return simplified(parts);
}

function commentOf(node: Node): Comment {
  const text = node.text
    .replace(/^(#|\/\/|\/\*)/, '')
    .replace(/\*\/$/, '')
    .trim();
  return { text, at: positionOf(node) };
}

function positionOf(node: Node): Position {
  return { line: node.startPosition.row + 1, column: node.startPosition.column + 1 };
}

function firstError(root: Node): Position {
  let node = root;
  for (;;) {
    const inner: Node | null | undefined = node.children.find((child) => child?.hasError || child?.isMissing);
    if (!inner || node.isError) return positionOf(node);
    node = inner;
  }
}

/** A template of one interpolation is what stands in it; one without any is a text. */
function simplified(parts: readonly TemplatePart[]): Expression {
  const [only] = parts;
  if (!only) return { kind: 'literal', value: '' };
  if (parts.every((part) => part.kind === 'text'))
    return {
      kind: 'literal',
      value: parts
        .map((part) => (part.kind === 'text' ? part.text : ''))
        .join('')
        .normalize('NFC'),
    };
  return { kind: 'template', parts };
}

class Reader {
  constructor(private readonly source: string) {}

  body(node: Node | null | undefined, depth: number): Body {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (const child of node && depth < DEEPEST ? node.namedChildren : []) {
      if (child?.type === 'attribute') {
        const [name, value] = namedOf(child);
        if (name?.type !== 'identifier' || !value) continue;
        const expression = this.expression(value, depth + 1);
        attributes.set(name.text, { name: name.text, expression, at: positionOf(child) });
      } else if (child?.type === 'block') blocks.push(this.#block(child, depth + 1));
    }
    return { attributes, blocks };
  }

  #block(node: Node, depth: number): Block {
    const parts = namedOf(node);
    const labels = parts.slice(1).flatMap((part) => {
      if (part.type === 'identifier') return [part.text];
      return part.type === 'string_lit' ? [this.#quoted(part)] : [];
    });
    return {
      type: parts[0]?.text ?? '',
      labels,
      body: this.body(
        parts.find((part) => part.type === 'body'),
        depth,
      ),
      at: positionOf(node),
      end: node.endPosition.row + 1,
    };
  }

  expression(node: Node, depth: number): Expression {
    if (depth > DEEPEST || node.isError || node.isMissing) return UNREADABLE;
    return this.#operands(node.children.filter(isCode), depth);
  }

  /** A term and what is behind it: `a`, `.b`, `[0]`, `[*].c`; parentheses are tokens of their own. */
  #operands(parts: readonly Node[], depth: number): Expression {
    let index = parts[0]?.type === '(' ? 1 : 0;
    const first = parts[index];
    if (!first) return UNREADABLE;
    let result = this.#term(first, depth);
    for (index++; index < parts.length; index++) {
      const part = parts[index] as Node;
      if (part.type === ')') continue;
      if (part.type === 'get_attr')
        result = { kind: 'attribute', of: result, name: lastNamed(part)?.text ?? '' };
      else if (part.type === 'index') result = { kind: 'index', of: result, key: this.#key(part, depth) };
      else if (part.type === 'splat') result = this.#splat(result, part, depth);
      else return UNREADABLE;
    }
    return result;
  }

  #term(node: Node, depth: number): Expression {
    if (depth > DEEPEST || node.isError || node.isMissing) return UNREADABLE;
    switch (node.type) {
      case 'expression':
        return this.expression(node, depth + 1);
      case 'literal_value':
        return this.#literal(node);
      case 'variable_expr':
        return { kind: 'variable', name: node.text };
      case 'template_expr':
        return this.#template(node, depth);
      case 'collection_value':
        return this.#collection(node, depth);
      case 'function_call':
        return this.#call(node, depth);
      case 'for_expr':
        return this.#for(node, depth);
      case 'operation':
        return this.#operation(node, depth);
      case 'conditional': {
        const [condition, yes, no] = namedOf(node).map((part) => this.expression(part, depth + 1));
        return condition && yes && no ? { kind: 'conditional', condition, yes, no } : UNREADABLE;
      }
      default:
        return UNREADABLE;
    }
  }

  #literal(node: Node): Expression {
    const [part] = namedOf(node);
    switch (part?.type) {
      case 'numeric_lit':
        return { kind: 'literal', value: Number(part.text) };
      case 'bool_lit':
        return { kind: 'literal', value: part.text === 'true' };
      case 'null_lit':
        return { kind: 'literal', value: null };
      case 'string_lit':
        return { kind: 'literal', value: this.#quoted(part).normalize('NFC') };
      default:
        return UNREADABLE;
    }
  }

  #quoted(node: Node): string {
    const [start] = node.children;
    const end = node.children.at(-1);
    return start && end ? unescapeQuoted(this.source.slice(start.endIndex, end.startIndex)) : '';
  }

  #key(node: Node, depth: number): Expression {
    const [part] = namedOf(node);
    if (part?.type === 'legacy_index') return { kind: 'literal', value: Number(part.text.slice(1)) };
    const inner = part && lastNamed(part);
    return inner ? this.expression(inner, depth + 1) : UNREADABLE;
  }

  #splat(of: Expression, node: Node, depth: number): Expression {
    const [part] = namedOf(node);
    const each: SplatStep[] = [];
    for (const step of part ? namedOf(part) : []) {
      if (step.type === 'get_attr') each.push({ name: lastNamed(step)?.text ?? '' });
      else if (step.type === 'index') each.push({ key: this.#key(step, depth) });
    }
    return { kind: 'splat', of, each };
  }

  #collection(node: Node, depth: number): Expression {
    const [part] = namedOf(node);
    if (part?.type === 'tuple') {
      const items = namedOf(part).filter((item) => item.type === 'expression');
      return { kind: 'tuple', items: items.map((item) => this.expression(item, depth + 1)) };
    }
    if (part?.type !== 'object') return UNREADABLE;
    const entries = namedOf(part)
      .filter((entry) => entry.type === 'object_elem')
      .map((entry): ObjectEntry => {
        const [key, value] = namedOf(entry);
        return {
          key: key ? bareKey(this.expression(key, depth + 1), key) : UNREADABLE,
          value: value ? this.expression(value, depth + 1) : UNREADABLE,
        };
      });
    return { kind: 'object', entries };
  }

  #call(node: Node, depth: number): Expression {
    const [name, list] = namedOf(node);
    const inside = list?.type === 'function_arguments' ? namedOf(list) : [];
    return {
      kind: 'call',
      name: name?.text ?? '',
      arguments: inside
        .filter((part) => part.type === 'expression')
        .map((part) => this.expression(part, depth + 1)),
      spread: inside.some((part) => part.type === 'ellipsis'),
    };
  }

  #for(node: Node, depth: number): Expression {
    const [part] = namedOf(node);
    const parts = part ? namedOf(part) : [];
    const intro = parts.find((one) => one.type === 'for_intro');
    const values = parts
      .filter((one) => one.type === 'expression')
      .map((one) => this.expression(one, depth + 1));
    const condition = parts.find((one) => one.type === 'for_cond');
    const isObject = part?.type === 'for_object_expr';
    const value = isObject ? values[1] : values[0];
    if (!intro || !value) return UNREADABLE;
    const filter = condition && lastNamed(condition);
    return {
      kind: 'for',
      ...this.#intro(intro, depth),
      key: isObject ? values[0] : undefined,
      value,
      condition: filter && this.expression(filter, depth + 1),
      grouped: parts.some((one) => one.type === 'ellipsis'),
    };
  }

  #intro(
    node: Node,
    depth: number,
  ): { keyName: string | undefined; valueName: string; collection: Expression } {
    const parts = namedOf(node);
    const names = parts.filter((part) => part.type === 'identifier').map((part) => part.text);
    const collection = parts.find((part) => part.type === 'expression');
    return {
      keyName: names.length > 1 ? names[0] : undefined,
      valueName: names.at(-1) ?? '',
      collection: collection ? this.expression(collection, depth + 1) : UNREADABLE,
    };
  }

  #operation(node: Node, depth: number): Expression {
    const [part] = namedOf(node);
    const parts = part?.children.filter(isCode) ?? [];
    if (part?.type === 'unary_operation') {
      const [operator, ...rest] = parts;
      return {
        kind: 'unary',
        operator: operator?.type as UnaryOperator,
        of: this.#operands(rest, depth + 1),
      };
    }
    const at = parts.findIndex((one) => OPERATORS.has(one.type));
    if (part?.type !== 'binary_operation' || at < 1) return UNREADABLE;
    return {
      kind: 'binary',
      operator: parts[at]?.type as BinaryOperator,
      left: this.#operands(parts.slice(0, at), depth + 1),
      right: this.#operands(parts.slice(at + 1), depth + 1),
    };
  }

  #template(node: Node, depth: number): Expression {
    const [part] = namedOf(node);
    if (part?.type === 'quoted_template') {
      const [start] = part.children;
      const end = part.children.at(-1);
      if (!start || !end) return UNREADABLE;
      const tokens = this.#tokens(part, start.endIndex, end.startIndex, depth, (text) => [
        { kind: 'text', text: unescapeQuoted(text) },
      ]);
      strip(tokens);
      const parts = partsOf(tokens);
      return parts.length > 0 ? { kind: 'template', parts } : { kind: 'literal', value: '' };
    }
    if (part?.type !== 'heredoc_template') return UNREADABLE;
    const marks = namedOf(part).filter((one) => one.type === 'heredoc_identifier');
    const [open, close] = [marks[0], marks.at(-1)];
    if (!open || !close || open.startIndex === close.startIndex) return UNREADABLE;
    const from = this.source.indexOf('\n', open.endIndex) + 1;
    const to = Math.max(from, this.source.lastIndexOf('\n', close.startIndex - 1) + 1);
    const tokens = this.#tokens(part, from, to, depth, (text) =>
      linesOf(unescapeHeredoc(text.replaceAll('\r\n', '\n'))),
    );
    strip(tokens);
    if (part.children[0]?.text === '<<-') outdent(tokens);
    return simplified(partsOf(tokens));
  }

  /** The template's tokens between two offsets, directives opened up. */
  #tokens(
    node: Node,
    from: number,
    to: number,
    depth: number,
    literal: (text: string) => TemplateToken[],
  ): TemplateToken[] {
    const result: TemplateToken[] = [];
    let position = from;
    const add = (part: Node, token: TemplateToken): void => {
      if (part.startIndex > position) result.push(...literal(this.source.slice(position, part.startIndex)));
      result.push(token);
      position = part.endIndex;
    };
    const visit = (parent: Node, level: number): void => {
      if (level > DEEPEST) return;
      for (const part of namedOf(parent)) {
        const inner = namedOf(part).find((one) => one.type === 'expression');
        const of = inner ? this.expression(inner, level + 1) : UNREADABLE;
        switch (part.type) {
          case 'template_interpolation':
            add(part, { kind: 'interpolation', of, ...stripsOf(part) });
            break;
          case 'template_if_intro':
            add(part, { kind: 'if', condition: of, ...stripsOf(part) });
            break;
          case 'template_else_intro':
            add(part, { kind: 'else', ...stripsOf(part) });
            break;
          case 'template_if_end':
            add(part, { kind: 'endif', ...stripsOf(part) });
            break;
          case 'template_for_start':
            add(part, { kind: 'for', ...this.#intro(part, level), ...stripsOf(part) });
            break;
          case 'template_for_end':
            add(part, { kind: 'endfor', ...stripsOf(part) });
            break;
          case 'template_directive':
          case 'template_if':
          case 'template_for':
            visit(part, level + 1);
            break;
          default:
            break;
        }
      }
    };
    visit(node, depth);
    if (to > position) result.push(...literal(this.source.slice(position, to)));
    return result;
  }
}

/** A text that a strip marker emptied still makes the template a text. */
function partsOf(tokens: readonly TemplateToken[]): readonly TemplatePart[] {
  const parts = nest(tokens);
  return parts.length === 1 && tokens.length > 1 && parts[0]?.kind === 'interpolation'
    ? [...parts, { kind: 'text', text: '' }]
    : parts;
}

const OPERATORS: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
]);

function namedOf(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null && child.type !== 'comment');
}

function lastNamed(node: Node): Node | undefined {
  return namedOf(node).at(-1);
}

function isCode(node: Node | null): node is Node {
  return node !== null && node.type !== 'comment';
}

/** `{ name = 1 }`: a bare name is the key itself, unless it stands in parentheses. */
function bareKey(expression: Expression, node: Node): Expression {
  const isBare = expression.kind === 'variable' && !node.text.startsWith('(');
  return isBare ? { kind: 'literal', value: expression.name } : expression;
}

function stripsOf(node: Node): { stripBefore: boolean; stripAfter: boolean } {
  const markers = node.children.filter((child) => child?.type === 'strip_marker');
  const middle = (node.startIndex + node.endIndex) / 2;
  return {
    stripBefore: markers.some(
      (marker) => marker !== null && marker.startIndex < middle && marker.startIndex - node.startIndex <= 2,
    ),
    stripAfter: markers.some((marker) => marker !== null && node.endIndex - marker.endIndex <= 1),
  };
}
