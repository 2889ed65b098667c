// Texts and settings that carry secrets: user data, environment files, JSON, maps of names and values.

import { isObject, type Json } from '../../plan/json.js';
import { tellsSecret } from './names.js';
import { type Shaped, shapeIn, shapeOf } from './shapes.js';
import { isReal, isSecret } from './values.js';

/** One secret, without its value. */
export interface Sighting {
  /** `GATEWAY_DB_PASSWORD`, or what the value is by its shape. */
  readonly what: string;
  /** What the value is a copy of: `var.db_password`; undefined for a literal. */
  readonly from?: string;
  /** Of a literal: equal where the secrets are, and never shown. Absent where nobody marks. */
  readonly mark?: string;
}

/** What whoever looks for secrets knows of them. */
export interface Known {
  /** Of a known secret that a text holds, where it comes from; undefined where it holds none. */
  readonly of?: (text: string) => string | undefined;
  /** Gives equal secrets equal marks. */
  readonly mark?: (secret: string) => string;
}

const LONGEST = 256 * 1024;
const DEEPEST = 30;
const ASSIGNMENT =
  /(?:^|[\s;&,{(])(?:export\s+|set\s+|ENV\s+|-e\s+|--env\s+|-+)?["']?([A-Za-z_][A-Za-z0-9_.-]{0,80})["']?[ \t]*(?:=[ \t]*|:[ \t]+)("(?:[^"\\\n]|\\.){0,400}"|'[^'\n]{0,400}'|[^\s"';&,]{1,400})/g;
const BEARER = /\b(?:Bearer|Basic) ([A-Za-z0-9._~+/-]{20,2000}={0,2})/g;

/** Secrets in a text: assignments under a telling name, and well-formed keys anywhere. */
export function secretsInText(text: string, known: Known = {}): Sighting[] {
  const part = text.slice(0, LONGEST);
  const from = known.of?.(part);
  if (from !== undefined) return [{ what: from, from }];
  const result: Sighting[] = [];
  for (const [, name = '', quoted = ''] of part.matchAll(ASSIGNMENT)) {
    const value = quoted.replace(/^["']|["']$/g, '');
    // What a program prints is not known here.
    if (!/^[$`]|\$\(|^\(/.test(value) && isSecret(name, value)) result.push(literal(name, value, known));
  }
  if (result.length > 0) return result;
  const shape = shapeIn(part) ?? bearerIn(part);
  return shape === undefined ? [] : [literal(shape.noun, shape.secret, known)];
}

function bearerIn(text: string): Shaped | undefined {
  for (const [, secret = ''] of text.matchAll(BEARER))
    if (/\d/.test(secret) && isReal(secret)) return { noun: 'authorization header', secret };
  return undefined;
}

/** A secret that stands there itself, in what holds it: a password in an address is the same in another address. */
export function literal(what: string, value: string, { mark }: Known): Sighting {
  return mark === undefined ? { what } : { what, mark: mark(shapeIn(value)?.secret ?? value.trim()) };
}

/** Secrets in nested settings: maps of names and values, lists of `{ name, value }`, JSON in a string, arguments. */
export function secretsInSettings(value: Json, known: Known = {}, depth = 0): Sighting[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value))
    return value.flatMap((item) =>
      typeof item === 'string' ? inArgument(item, known, depth) : secretsInSettings(item, known, depth + 1),
    );
  if (!isObject(value)) return typeof value === 'string' ? secretsInLeaf('', value, known, depth) : [];
  const { name, value: set, type } = value;
  // CodeBuild reads these from a store, by the name that stands here.
  if (type === 'PARAMETER_STORE' || type === 'SECRETS_MANAGER') return [];
  if (typeof name === 'string' && typeof set === 'string') return secretsInLeaf(name, set, known, depth);
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string'
      ? secretsInLeaf(key, item, known, depth)
      : secretsInSettings(item, known, depth + 1),
  );
}

function secretsInLeaf(name: string, value: string, known: Known, depth: number): Sighting[] {
  const inner = parsed(value);
  if (inner !== undefined) return secretsInSettings(inner, known, depth + 1);
  const from = known.of?.(value);
  if (from !== undefined) return [{ what: name === '' ? from : name, from }];
  if (isSecret(name, value)) return [literal(name, value, known)];
  const shape = shapeOf(value);
  if (shape === undefined) return [];
  const what = name === '' ? shape : tellsSecret(name) ? name : `${shape} in ${name}`;
  return [literal(what, value, known)];
}

/** `--db-password=…` in the command of a container. */
function inArgument(text: string, known: Known, depth: number): Sighting[] {
  const inner = parsed(text);
  return inner === undefined ? secretsInText(text, known) : secretsInSettings(inner, known, depth + 1);
}

/** An object or list in JSON. */
export function parsed(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
