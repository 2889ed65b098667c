// Reads policies of Vault: the few shapes of HCL that they are written in, or their JSON.
// https://developer.hashicorp.com/vault/docs/concepts/policies

import { blocks, isObject, type Json, own, strings } from '../../plan/json.js';

/** One `path` of a policy. */
export interface PathRule {
  /** May hold symbols, a `*` at its end, and `+` for one segment. */
  readonly path: string;
  readonly capabilities: readonly string[];
}

/** The rules of a policy; undefined where the text is none. */
export function readVaultPolicy(text: string): PathRule[] | undefined {
  const trimmed = text.trim();
  return trimmed.startsWith('{') ? fromJson(trimmed) : fromHcl(trimmed);
}

/** The shorthand from before capabilities. */
const SHORTHAND: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

function fromJson(text: string): PathRule[] | undefined {
  let document: Json;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  return blocks(own(document, 'path')).flatMap((paths) =>
    Object.entries(paths).map(([path, body]) => {
      const rule = Array.isArray(body) ? body[0] : body;
      const shorthand = own(rule, 'policy');
      return {
        path,
        capabilities:
          typeof shorthand === 'string'
            ? (SHORTHAND[shorthand] ?? [])
            : isObject(rule)
              ? strings(own(rule, 'capabilities'))
              : [],
      };
    }),
  );
}

/**
 * Strings, marks and words; comments and white space are skipped. Each alternative begins differently, and takes what is
 * never closed to its end, so no part is read twice.
 */
const TOKEN =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?|"((?:[^"\\]|\\.)*)("?)|([{}[\]=,])|([^\s"{}[\]=,#/]+)|./gsy;

function fromHcl(text: string): PathRule[] | undefined {
  const tokens: Token[] = [];
  for (const [all, string, closed, mark, word] of text.matchAll(TOKEN)) {
    if (string !== undefined && closed === '') return undefined;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replace(/\\(.)/gs, '$1') });
    else if (mark !== undefined || word !== undefined) tokens.push({ kind: 'mark', text: all });
  }
  const rules: PathRule[] = [];
  let depth = 0;
  let current: { path: string; capabilities: string[] } | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const { kind, text: token } = tokens[index] as Token;
    const after = tokens[index + 1];
    if (kind === 'string') continue;
    if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (depth === 0 && token === 'path' && after?.kind === 'string') {
      current = { path: after.text, capabilities: [] };
      rules.push(current);
    } else if (depth === 1 && current && token === 'capabilities') {
      for (index += 2; index < tokens.length && tokens[index]?.text !== ']'; index++)
        if (tokens[index]?.kind === 'string') current.capabilities.push(tokens[index]?.text ?? '');
    } else if (depth === 1 && current && token === 'policy' && tokens[index + 2]?.kind === 'string')
      current.capabilities.push(...(SHORTHAND[tokens[index + 2]?.text ?? ''] ?? []));
    if (depth < 0) return undefined;
  }
  return depth === 0 && (rules.length > 0 || text === '') ? rules : undefined;
}

interface Token {
  readonly kind: 'string' | 'mark';
  readonly text: string;
}
