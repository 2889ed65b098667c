// There is no package without owner, end and scope: each is taken out of each example, as somebody in a hurry would, and
// synth says in which line it is missing.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, type TerraformStack } from 'cdktf';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'examples/stacks');
/** As deep as the examples, so that their imports hold. */
mkdirSync(join(ROOT, 'tmp'), { recursive: true });
const folder = mkdtempSync(join(ROOT, 'tmp', 'without-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What stands for each term in an example, to be taken out. */
const TERMS = [
  ['owner', /^ +owner: '.*',\n/m, /: owner: /],
  ['an end', /^ +(?:expires: '.*',|ttl: '.*',\n +starts: '.*',)\n/m, /: ttl: /],
  ['scope', /^( +)(?:scope: \[|tools: \{)(?:[^\n]*[\]}],\n|\n[\s\S]*?\n\1[\]}],\n)/m, /: scope: /],
] as const;

const names = readdirSync(EXAMPLES).filter((name) => name !== 'main.ts');

describe.each(names)('%s', (name) => {
  it.each(TERMS)('without %s', async (term, written, complaint) => {
    const source = readFileSync(join(EXAMPLES, name), 'utf8');
    const without = source.replace(written, '');
    expect(without).not.toBe(source);
    const file = join(folder, `${term.replace(' ', '-')}-${name}`);
    writeFileSync(file, without);
    const module: Record<string, new (app: App, id: string) => TerraformStack> = await import(
      pathToFileURL(file).href
    );
    const synth = () => {
      const app = new App({ outdir: join(folder, 'out') });
      for (const Stack of Object.values(module)) new Stack(app, 'stack');
      app.synth();
    };
    expect(synth).toThrow(complaint);
    expect(synth).toThrow(new RegExp(`tmp/without-\\w+/${basename(file)}:\\d+: `));
  });
});
