// `npm run new-rule <id> [category]`: every file that a rule needs. The rule runs and its tests pass from the start;
// then it is filled in.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../rules/index.ts';
import { CATEGORIES } from '../src/lint/finding.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [id = '', category = id] = process.argv.slice(2);
const file = join(root, 'rules', `${id}.ts`);
const examples = join(root, 'examples/rules', id);

if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))
  fail('usage: npm run new-rule <id> [category], the id like owner-missing');
if (!CATEGORIES.includes(category))
  fail(`"${category}" is no category; add one of them:\n${CATEGORIES.join(' ')}`);
if (existsSync(file)) fail(`rules/${id}.ts exists; ids are permanent`);

const sibling = rules.find((rule) => rule.category === category);
const preset = sibling?.severity.recommended === 'warning' ? 'WARNING' : 'ERROR';
const frameworks = (sibling?.frameworks ?? ['NHI5:2025']).map((control) => `'${control}'`).join(', ');
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
});
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

writeFileSync(
  file,
  `// Why this rule exists, in one sentence.
import { defineRule, ${preset} } from '../src/lint/rule.js';

export default defineRule({
  id: '${id}',
  category: '${category}',
  title: 'The defect, as a heading',
  severity: ${preset},
  why: 'What goes wrong, and for whom, when nobody mends it.',
  fix: 'What to write instead, with the names of attributes.',
  frameworks: [${frameworks}],
  references: [],
  since: '${version}',

  *check({ identities }) {
    for (const { identity } of identities) {
      if (identity.name !== 'bad') continue;
      yield { identity: identity.address, address: identity.address, message: 'What is wrong here' };
    }
  },
});
`,
);

mkdirSync(examples, { recursive: true });
for (const kind of ['bad', 'good']) {
  writeFileSync(join(examples, `${kind}.tf`), source(kind));
  writeFileSync(join(examples, `${kind}.plan.json`), `${JSON.stringify(plan(kind), null, 2)}\n`);
}
execFileSync(process.execPath, [join(root, 'scripts/generate.mjs')], { stdio: 'inherit' });

console.log(`Fill in rules/${id}.ts and examples/rules/${id}/{bad,good}.tf: the smallest stack that shows it.
Then record their plans beside them, for each of the two:
  tofu plan -out plan && tofu show -json plan > bad.plan.json
or cut them out of a recorded stack: node scripts/carve-example.mjs. At last: npm run fix && npm run check`);

function source(kind) {
  return `resource "aws_iam_role" "${kind}" {
  name               = "${kind}"
  assume_role_policy = ${JSON.stringify(trust)}
}
`;
}

function plan(kind) {
  const address = `aws_iam_role.${kind}`;
  const common = { address, mode: 'managed', type: 'aws_iam_role', name: kind };
  const values = { name: kind, assume_role_policy: trust, tags: null };
  return {
    format_version: '1.2',
    terraform_version: '1.10.0',
    timestamp: '2026-11-01T00:00:00Z',
    resource_changes: [
      {
        ...common,
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions: ['create'],
          before: null,
          after: values,
          after_unknown: { arn: true, id: true },
          before_sensitive: false,
          after_sensitive: {},
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            ...common,
            expressions: {
              name: { constant_value: kind },
              assume_role_policy: { constant_value: trust },
            },
          },
        ],
      },
    },
  };
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
