// Writes test/fixtures/schemas/<provider>.json, the names that a provider's schema has, from the type packages that
// are published for it, or from what `terraform providers schema -json` prints:
//
//   npx tsx scripts/record-provider-types.ts @cdktf/provider-github@15.3.1
//   npx tsx scripts/record-provider-types.ts @cdktf/provider-azuread@14.3.1 @cdktf/provider-azuread@12.6.1
//   npx tsx scripts/record-provider-types.ts @cdktn/provider-azurerm@16.1.0 azurerm-schema.json
//   npx tsx scripts/record-provider-types.ts @cdktf/provider-google@16.12.1 @cdktf/provider-google-beta@16.12.1
//
// Several versions of one provider are merged, so that older spellings are known too. Only types that the catalog
// names are kept. The packages are unpacked into a temporary folder and thrown away.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { providers } from '../src/catalog/index.js';
import { KEPT_IN_STATE, SINKS, SOURCES, STORES, WRITE_ONLY } from '../src/catalog/secrets.js';

/** Attribute and block names; 1 where nothing is below. */
type Names = { [name: string]: 1 | Names };
interface Schema {
  readonly resources: Names;
  readonly data: Names;
}

const SECRETS = [SINKS, STORES, SOURCES, KEPT_IN_STATE, WRITE_ONLY].flatMap((table) => Object.keys(table));
const NAMED = {
  resources: new Set([...providers.flatMap(({ tables }) => Object.keys(tables().types)), ...SECRETS]),
  data: new Set([...providers.flatMap(({ tables }) => Object.keys(tables().data ?? {})), ...SECRETS]),
};

const out = join(dirname(fileURLToPath(import.meta.url)), '../test/fixtures/schemas');
const found = new Map<string, Schema>();
for (const spec of process.argv.slice(2)) {
  if (spec.endsWith('.json')) recordSchemas(spec);
  else recordPackage(spec);
}
for (const [provider, schema] of found) {
  const [resources, data] = [schema.resources, schema.data].map((types) => {
    const lines = Object.keys(types)
      .sort()
      .map((type) => `${JSON.stringify(type)}: ${JSON.stringify(types[type])}`);
    return lines.length > 0 ? `{\n${lines.join(',\n')}\n}` : '{}';
  });
  // A line for each type: a change of the provider is a readable diff.
  writeFileSync(join(out, `${provider}.json`), `{"resources": ${resources},\n"data": ${data}}\n`);
  console.log(`${provider}: ${Object.keys(schema.resources).length} types`);
}

function recordPackage(spec: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'provider-types-'));
  try {
    const args = ['pack', '--silent', '--pack-destination', folder, spec];
    const file = execFileSync('npm', args, { encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', join(folder, file), '-C', folder, '--wildcards', 'package/lib/*.js']);
    const lib = join(folder, 'package/lib');
    for (const entry of readdirSync(lib, { withFileTypes: true }))
      if (entry.isDirectory()) recordType(readAll(join(lib, entry.name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All code of one type; the large ones are spread over several files. */
function readAll(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, ''))
    .join('\n');
}

function recordType(code: string): void {
  const [, type] = /\btfResourceType = "(\w+)"/.exec(code) ?? [];
  // A beta provider has the types of its elder, and more of them.
  const [, provider] = /providerName: '([\w-]+?)(?:-beta)?'/.exec(code) ?? [];
  const [, main, kind] = /^class (\w+) extends \w+\.Terraform(Resource|DataSource) /m.exec(code) ?? [];
  if (!type || !provider || !main) return;
  const part = kind === 'Resource' ? 'resources' : 'data';
  if (!NAMED[part].has(type)) return;
  const classes = new Map(
    code
      .split(/^class /m)
      .slice(1)
      .map((text) => [/^\w+/.exec(text)?.[0] ?? '', text]),
  );
  add(provider, part, type, namesOf(main, classes));
}

/** An attribute is read by a method named after its kind; what has attributes of its own is a class of its own. */
function namesOf(name: string, classes: ReadonlyMap<string, string>): 1 | Names {
  const text = classes.get(name.replace(/(List|Map)$/, 'OutputReference')) ?? classes.get(name);
  if (text === undefined) return 1;
  const names: Names = {};
  for (const [, attribute] of text.matchAll(
    /this\.(?:get\w*Attribute|interpolationForAttribute)\(['"](\w+)['"]\)/g,
  ))
    names[attribute as string] = 1;
  for (const [, nested, attribute] of text.matchAll(/new (?:\w+\.)?(\w+)\(this, ['"](\w+)['"]/g))
    names[attribute as string] = namesOf(nested as string, classes);
  return names;
}

interface Block {
  readonly attributes?: Record<string, { readonly type?: unknown; readonly nested_type?: Block }>;
  readonly block_types?: Record<string, { readonly block: Block }>;
}

function recordSchemas(file: string): void {
  const { provider_schemas: schemas } = JSON.parse(readFileSync(file, 'utf8')) as {
    provider_schemas: Record<string, Record<string, Record<string, { readonly block: Block }>>>;
  };
  for (const [source, schema] of Object.entries(schemas))
    for (const [part, key] of [
      ['resources', 'resource_schemas'],
      ['data', 'data_source_schemas'],
    ] as const)
      for (const [type, { block }] of Object.entries(schema[key] ?? {}))
        if (NAMED[part].has(type)) add(source.split('/').at(-1) ?? source, part, type, namesOfBlock(block));
}

function namesOfBlock({ attributes = {}, block_types = {} }: Block): Names {
  const names: Names = {};
  for (const [name, { type, nested_type }] of Object.entries(attributes))
    names[name] = nested_type ? namesOfBlock(nested_type) : namesOfType(type);
  for (const [name, { block }] of Object.entries(block_types)) names[name] = namesOfBlock(block);
  return names;
}

/** `["list", ["object", { … }]]` has the names of the object. */
function namesOfType(type: unknown): 1 | Names {
  if (!Array.isArray(type)) return 1;
  if (type[0] !== 'object') return namesOfType(type[1]);
  return Object.fromEntries(Object.entries(type[1]).map(([name, below]) => [name, namesOfType(below)]));
}

function add(provider: string, part: keyof Schema, type: string, names: 1 | Names): void {
  const schema = found.get(provider) ?? { resources: {}, data: {} };
  found.set(provider, schema);
  schema[part][type] = merged(schema[part][type], names);
}

function merged(one: 1 | Names | undefined, other: 1 | Names): 1 | Names {
  if (one === undefined || one === 1) return other;
  if (other === 1) return one;
  const all = { ...one };
  for (const [name, below] of Object.entries(other)) all[name] = merged(all[name], below);
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
