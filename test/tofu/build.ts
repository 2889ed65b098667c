// Builds a real OpenTofu from the module beside this file, for what is compared or measured with it.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the binary. The first call takes a few minutes; it is kept under `tmp/` until the module changes. */
export function tofu(): string {
  const folder = join(import.meta.dirname, '..', '..', 'tmp');
  const key = createHash('sha256')
    .update(readFileSync(join(import.meta.dirname, 'go.sum')))
    .digest('hex')
    .slice(0, 12);
  const binary = join(folder, `tofu-${key}`);
  if (!existsSync(binary)) {
    console.log('building OpenTofu …');
    mkdirSync(folder, { recursive: true });
    const built = spawnSync('go', ['build', '-o', binary, 'github.com/opentofu/opentofu/cmd/tofu'], {
      cwd: import.meta.dirname,
      stdio: 'inherit',
    });
    if (built.status !== 0) throw new Error('OpenTofu could not be built: is Go installed?');
  }
  return binary;
}
