// Fetches what judges our formats, from the npm registry into tmp/validators: Microsoft's validator of SARIF with the
// official schema in it, and the official schema of CycloneDX. Too large to be dependencies; the tests use them where they are.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'tmp', 'validators');
const system = process.platform === 'win32' ? 'win32' : process.platform === 'darwin' ? 'darwin' : 'linux';
const PACKAGES = {
  sarif: `@microsoft/sarif-multitool-${system}@5.7.0`,
  cyclonedx: '@cyclonedx/cyclonedx-library@10.3.0',
};

for (const [name, spec] of Object.entries(PACKAGES)) {
  const target = join(folder, name);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', target, spec];
  const tarball = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: target });
  rmSync(join(target, tarball));
}
const multitool = join(folder, 'sarif', 'Sarif.Multitool');
if (existsSync(multitool)) chmodSync(multitool, 0o755);
