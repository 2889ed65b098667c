// `npm run new-rule <id> [category]`: every file that a rule needs, ready to be filled in.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [id = '', category = id] = process.argv.slice(2);
const rule = join(root, 'rules', `${id}.ts`);
const examples = join(root, 'examples/rules', id);

if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))
  fail('usage: npm run new-rule <id> [category], the id like owner-missing');
if (existsSync(rule)) fail(`rules/${id}.ts exists; ids are permanent`);

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(
  rule,
  `// Why this rule exists, in one sentence.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: '${id}',
  category: '${category}',
  title: 'The defect, as a heading',
  severity: ERROR,
  why: 'What goes wrong when nobody mends it.',
  fix: 'What to write instead.',
  frameworks: [],
  references: [],
  since: '${version}',

  *check({ identities }) {
    for (const { identity } of identities) {
      yield { identity: identity.address, address: identity.address, message: 'What is wrong here' };
    }
  },
});
`,
);
mkdirSync(examples, { recursive: true });
for (const name of ['bad', 'good']) {
  writeFileSync(join(examples, `${name}.tf`), `# ${name}: the smallest stack that shows it\n`);
  writeFileSync(
    join(examples, `${name}.plan.json`),
    `${JSON.stringify({ format_version: '1.2', terraform_version: '1.10.0', resource_changes: [] })}\n`,
  );
}
execFileSync(process.execPath, [join(root, 'scripts/generate.mjs')], { stdio: 'inherit' });

console.log(`Fill in rules/${id}.ts and examples/rules/${id}/{bad,good}.tf, then record their plans beside them:
  tofu plan -out plan && tofu show -json plan > bad.plan.json
and run npm run check.`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
