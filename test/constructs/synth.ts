// Synthesises a stack as `cdktf synth` would, into a folder that is gone afterwards.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { Provider } from '../../constructs/index.js';

/** Terraform JSON of one stack, loosely typed: tests assert on it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
export type Synthesised = any;

/**
 * @param skipValidation as a project may set it
 * @throws what synth throws, validation problems included
 */
export function synthesise(build: (stack: TerraformStack) => void, skipValidation = false): Synthesised {
  return synthesiseStack((app) => {
    const stack = new TerraformStack(app, 'stack');
    new Provider(stack, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
    new Provider(stack, 'azurerm', 'hashicorp/azurerm', { features: [{}] });
    build(stack);
    return stack;
  }, skipValidation);
}

/** The same for a stack that brings its own providers. */
export function synthesiseStack(build: (app: App) => TerraformStack, skipValidation = false): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'leasehold-synth-'));
  try {
    const app = new App({ outdir, skipValidation });
    const { id } = build(app).node;
    app.synth();
    return JSON.parse(readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The only block of a type. */
export function only(section: Synthesised, type: string): Synthesised {
  const blocks = Object.values(section?.[type] ?? {});
  if (blocks.length !== 1) throw new Error(`${blocks.length} blocks of ${type}`);
  return blocks[0];
}
