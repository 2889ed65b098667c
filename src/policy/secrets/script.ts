// Scripts and configuration texts that carry secrets: user data, environment files, JSON.

import { isObject, type Json } from '../../plan/json.js';
import { tellsSecret } from './names.js';
import { isReal, shapeOf } from './values.js';

/** One secret, without its value. */
export interface Sighting {
  /** `GATEWAY_DB_PASSWORD`, or what the value is by its shape. */
  readonly what: string;
}

const LONGEST = 256 * 1024;
const ASSIGNMENT =
  /(?:^|[\s;&,{(])(?:export\s+|set\s+|ENV\s+|-e\s+|--env\s+|-+)?["']?([A-Za-z_][A-Za-z0-9_.-]{0,80})["']?[ \t]*(?:=[ \t]*|:[ \t]+)("(?:[^"\\\n]|\\.){0,400}"|'[^'\n]{0,400}'|[^\s"';&,]{1,400})/g;

/** Secrets in a text: assignments under a telling name, and well-formed keys anywhere. */
export function secretsInText(text: string): Sighting[] {
  const part = text.slice(0, LONGEST);
  const result: Sighting[] = [];
  for (const [, name = '', quoted = ''] of part.matchAll(ASSIGNMENT)) {
    const value = quoted.replace(/^["']|["']$/g, '');
    // What a program prints is not known here.
    if (tellsSecret(name) && isReal(value) && !/^[$`]|\$\(|^\(/.test(value)) result.push({ what: name });
  }
  if (result.length > 0) return result;
  const shape = shapeOf(part);
  return shape === undefined ? [] : [{ what: shape }];
}

/** Secrets in nested settings: maps of names and values, lists of `{ name, value }`, JSON in a string. */
export function secretsInSettings(value: Json, depth = 0): Sighting[] {
  if (depth > 30) return [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsInSettings(item, depth + 1));
  if (!isObject(value)) return typeof value === 'string' ? secretsInLeaf('', value, depth) : [];
  const { name, value: set } = value;
  if (typeof name === 'string' && typeof set === 'string') return secretsInLeaf(name, set, depth);
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' ? secretsInLeaf(key, item, depth) : secretsInSettings(item, depth + 1),
  );
}

function secretsInLeaf(name: string, value: string, depth: number): Sighting[] {
  if (/^\s*[[{]/.test(value)) {
    try {
      return secretsInSettings(JSON.parse(value) as Json, depth + 1);
    } catch {
      // No JSON after all.
    }
  }
  if (tellsSecret(name) && isReal(value)) return [{ what: name }];
  const shape = shapeOf(value);
  return shape === undefined ? [] : [{ what: name === '' ? shape : `${shape} in ${name}` }];
}
