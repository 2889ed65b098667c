// What is said of an AI agent's rights: it does what its input makes it do, so they are anybody's who can write to it.

import type { Identity } from '../graph/model.js';

/** Added to a message about rights; empty where the identity is no agent's. */
export function asAgent({ agent, unguarded }: Identity): string {
  if (agent === undefined) return '';
  const [open] = unguarded;
  const guard = open === undefined ? '' : `, and ${open === agent ? 'it' : open} has no guardrail`;
  return `; it is an AI agent's (${agent}), which what it reads may talk into using them${guard}`;
}
