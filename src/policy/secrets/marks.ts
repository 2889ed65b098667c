// Tells that two places hold one secret without keeping it: of a value only its keyed hash stays, under a key that is made
// anew for every reading and is kept nowhere. Only whether two hashes are the same is ever asked.

import { createHmac, randomBytes } from 'node:crypto';

/** A function that gives equal values equal marks. */
export function marker(): (value: string) => string {
  const key = randomBytes(32);
  return (value) => createHmac('sha256', key).update(value).digest('base64');
}
