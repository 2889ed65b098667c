// Cuts an example out of a recorded stack: the named resources, their data sources and the providers, as a `.tf`
// that people read and the `.plan.json` that the tests lint.
//
//   node scripts/carve-example.mjs <rule> <bad|good> <stack> <address…>

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [rule, kind, stack, ...addresses] = process.argv.slice(2);
if (!addresses.length || !/^(bad|good)$/.test(kind)) {
  process.stderr.write('usage: node scripts/carve-example.mjs <rule> <bad|good> <stack> <address…>\n');
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const source = join(root, 'test', 'fixtures', 'stacks', stack);
const plan = JSON.parse(readFileSync(join(source, 'plan.json'), 'utf8'));
const wanted = new Set(addresses.map((address) => address.replace(/\[.*$/, '')));
const blockOf = (resource) => resource.address.replace(/\[.*$/, '');
const keep = (resource) => wanted.has(blockOf(resource));

const carved = {
  format_version: plan.format_version,
  terraform_version: plan.terraform_version,
  resource_changes: plan.resource_changes.filter(keep),
  configuration: {
    provider_config: plan.configuration.provider_config,
    root_module: { resources: (plan.configuration.root_module.resources ?? []).filter(keep) },
  },
  timestamp: plan.timestamp,
};
const drift = (plan.resource_drift ?? []).filter(keep);
if (drift.length) carved.resource_drift = drift;
const data = (plan.prior_state?.values?.root_module?.resources ?? []).filter(
  (resource) => resource.mode === 'data' && (keep(resource) || resource.type === 'aws_caller_identity'),
);
if (data.length) carved.prior_state = { values: { root_module: { resources: data } } };

const text = readdirSync(source)
  .filter((file) => file.endsWith('.tf'))
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .join('\n');
const blocks = [...text.matchAll(/^(\w+)((?: "[^"]+")*) \{\n[\s\S]*?^\}\n/gm)].map(
  ([body, head, labels]) => ({
    head,
    labels: [...labels.matchAll(/"([^"]+)"/g)].map((match) => match[1]),
    body,
  }),
);
const chosen = blocks.filter(({ head, labels, body }) => {
  if (head === 'resource') return wanted.has(labels.join('.'));
  if (head === 'data') return wanted.has(`data.${labels.join('.')}`) || labels[0] === 'aws_caller_identity';
  return head === 'removed' && [...wanted].some((address) => body.includes(`from = ${address}\n`));
});
const used = chosen.map(({ body }) => body).join('\n');
const context = blocks.flatMap(({ head, body }) => {
  // Only providers that say something about identities, without what kept the recording offline.
  if (head === 'provider')
    return body.includes('default_tags') && !/^\s*alias/m.test(body)
      ? [body.replace(/^ {2}(skip_\w+|region)\s*=.*\n/gm, '')]
      : [];
  if (head !== 'locals') return [];
  const entries = body
    .split(/\n(?= {2}\w+\s*=)/)
    .slice(1)
    .map((entry) => entry.replace(/\n\}\n$/, ''));
  const named = (text, entry) => new RegExp(`local\\.${/^ {2}(\w+)/.exec(entry)[1]}\\b`).test(text);
  const direct = entries.filter((entry) => named(used, entry));
  const kept = entries.filter((entry) => direct.includes(entry) || named(direct.join('\n'), entry));
  return kept.length
    ? [
        `locals {\n${kept
          .join('\n')
          .replace(/\n\s*(#.*)?$/gm, '\n')
          .replace(/\n+/g, '\n')
          .trimEnd()}\n}\n`,
      ]
    : [];
});
const folder = join(root, 'examples', 'rules', rule);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${kind}.plan.json`), `${JSON.stringify(carved, null, 2)}\n`);
writeFileSync(
  join(folder, `${kind}.tf`),
  [...context, ...chosen.map(({ body }) => body)]
    .join('\n')
    .replace(/\n\n+\n/g, '\n\n')
    .replace(/\{\n\n/g, '{\n'),
);
