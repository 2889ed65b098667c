// The linter, from the bundle beside the constructs, loaded when the first stack is judged. Synth is not asynchronous, so
// this is a `require`.

import { createRequire } from 'node:module';
import type { SynthGate } from '../src/access/synth-gate.js';

let gate: SynthGate | undefined;

/** `#synth` stands under `imports` of package.json; what is published names the bundle beside it. */
export function loadGate(): SynthGate {
  gate ??= createRequire(import.meta.url)('#synth') as SynthGate;
  return gate;
}
