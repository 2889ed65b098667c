// What is said of an AI agent's rights: it does what its input makes it do, so they are anybody's who can write to it.

import type { Identity } from '../graph/model.js';

/** Added to a message about rights; empty where the identity is no agent's. */
export function asAgent({ agent }: Identity): string {
  return agent === undefined
    ? ''
    : `; it is an AI agent's (${agent}), which what it reads may talk into using them`;
}
