// One list over many plans and states.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/lint/csv.js';

const root = join(import.meta.dirname, '..', '..');
const stacks = join(root, 'test', 'fixtures', 'stacks');
const stack = (name: string): string => join(stacks, name, 'plan.json');
const state = join(root, 'test', 'fixtures', 'revoke', 'packages-state.json');
const schema = JSON.parse(readFileSync(join(root, 'src', 'lint', 'inventory.schema.json'), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const fits = ajv.compile(schema);

const folder = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(folder, { recursive: true }));

function inventory(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'inventory', ...args, '--now', '2026-11-23'],
    {
      encoding: 'utf8',
      cwd: folder,
      maxBuffer: 2 ** 26,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    },
  );
  return { status, stdout, stderr };
}

interface Listed {
  id: string | null;
  address: string;
  owner: { verdict: string; value: string | null };
  expiry: { verdict: string };
  credentials: { address: string }[];
  sources: { path: string; address: string }[];
}

interface Asset {
  type: string;
  cryptoProperties: { assetType: string; relatedCryptoMaterialProperties?: { type: string } };
}

function listed(...args: string[]): Listed[] {
  return JSON.parse(inventory(...args, '-f', 'json').stdout).identities;
}

interface StateResource {
  address: string;
  values: Record<string, unknown>;
}

/** The state of the fixtures with some of its resources made another way. */
function otherState(name: string, edit: (resources: StateResource[]) => void): string {
  const document = JSON.parse(readFileSync(state, 'utf8')) as {
    values: { root_module: { resources: StateResource[] } };
  };
  edit(document.values.root_module.resources);
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

describe('JSON', () => {
  it('of all recorded stacks and a state fits the published schema', () => {
    const all = [...readdirSync(stacks).map(stack), state];
    const { status, stdout, stderr } = inventory(...all, '-f', 'json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const document = JSON.parse(stdout);
    fits(document);
    expect(fits.errors ?? []).toEqual([]);
    expect(document.summary).toMatchObject({
      inputs: all.length,
      identities: document.identities.length,
      credentials: document.identities.flatMap((one: Listed) => one.credentials).length,
    });
  });

  it('adds up by owner and by package, nobody first', () => {
    const { owners, packages, summary } = JSON.parse(
      inventory(stack('legacy-users'), state, '-f', 'json').stdout,
    );
    expect(owners[0]).toMatchObject({ name: null, identities: 2 });
    expect(summary.ownerless).toBe(2);
    expect(packages).toEqual([
      { name: 'invoicing', identities: 1, credentials: 0, privileged: 0, firstEnd: '2027-05-31T23:59:59Z' },
      { name: 'reporting', identities: 1, credentials: 0, privileged: 0, firstEnd: '2027-03-23T00:00:00Z' },
    ]);
  });
});

describe('an identity in several inputs', () => {
  it('is listed once where its id is the same, with the weakest verdicts and all sources', () => {
    const other = otherState('other.json', (resources) => {
      for (const one of resources)
        if (one.address === 'aws_iam_role.invoicing') {
          one.address = 'module.mail.aws_iam_role.this';
          one.values.tags_all = {};
          one.values.tags = {};
        }
    });
    const before = listed(state);
    const after = listed(state, other);
    expect(after).toHaveLength(before.length);
    const [role] = after.filter(({ id }) => id?.endsWith(':role/invoicing'));
    expect(role).toMatchObject({
      address: 'aws_iam_role.invoicing',
      owner: { verdict: 'missing' },
      expiry: { verdict: 'missing' },
      sources: [
        { path: state, address: 'aws_iam_role.invoicing' },
        { path: other, address: 'module.mail.aws_iam_role.this' },
      ],
    });
  });

  it('is another one where its id differs, or where two plans are yet to create it', () => {
    const other = otherState('staging.json', (resources) => {
      for (const { values } of resources)
        if (typeof values.arn === 'string') values.arn = values.arn.replace('418293047715', '704465093327');
    });
    expect(listed(state, other)).toHaveLength(2 * listed(state).length);
    const plan = join(folder, 'plan.json');
    writeFileSync(plan, `${readFileSync(stack('legacy-users'), 'utf8')}\n`);
    expect(listed(stack('legacy-users'), plan)).toHaveLength(2 * listed(plan).length);
  });

  it('is listed once where one file is given twice', () => {
    const copy = join(folder, 'copy.json');
    writeFileSync(copy, readFileSync(stack('legacy-users')));
    const twice = listed(stack('legacy-users'), copy);
    expect(twice).toHaveLength(listed(copy).length);
    expect(twice.every(({ sources }) => sources.length === 2)).toBe(true);
    expect(twice.flatMap(({ credentials }) => credentials)).toEqual(
      listed(copy).flatMap(({ credentials }) => credentials),
    );
  });
});

describe('a state file', () => {
  /** The state of the fixtures as a backend holds it. */
  const stateFile = (name: string, move: (address: string) => string | undefined): string => {
    const { values, terraform_version } = JSON.parse(readFileSync(state, 'utf8'));
    const resources = values.root_module.resources.map(
      (one: StateResource & { mode: string; type: string; name: string; provider_name: string }) => ({
        module: move(one.address),
        mode: one.mode,
        type: one.type,
        name: one.name,
        provider: `provider["${one.provider_name}"].eu`,
        instances: [
          { deposed: '00000000', attributes: { ...one.values, arn: 'arn:aws:iam::1:role/deposed' } },
          {
            index_key: move(one.address) && 'a."b',
            schema_version: 0,
            attributes: one.values,
            sensitive_attributes: [[{ type: 'get_attr', value: 'description' }]],
          },
        ],
      }),
    );
    const path = join(folder, name);
    const file = { version: 4, terraform_version, serial: 7, lineage: 'x', outputs: {}, resources };
    writeFileSync(path, JSON.stringify(file));
    return path;
  };

  it('is read like its JSON', () => {
    const path = stateFile('terraform.tfstate', () => undefined);
    const withoutSources = (all: Listed[]) => all.map(({ sources: _, ...one }) => one);
    expect(withoutSources(listed(path))).toEqual(withoutSources(listed(state)));
    expect(listed(state, path).every(({ sources }) => sources.length === 2)).toBe(true);
  });

  it('has modules and keys', () => {
    const path = stateFile('modules.tfstate', (address) =>
      address.endsWith('.invoicing') ? 'module.team["x.y"].module.mail[0]' : undefined,
    );
    expect(listed(path).map(({ address }) => address)).toContain(
      'module.team["x.y"].module.mail[0].aws_iam_role.invoicing["a.\\"b"]',
    );
  });

  it('that is encrypted or older is told', () => {
    writeFileSync(join(folder, 'old.tfstate'), '{"version": 3, "serial": 1, "modules": []}');
    writeFileSync(join(folder, 'locked.tfstate'), '{"serial": 1, "lineage": "x", "encrypted_data": "x"}');
    expect(inventory('old.tfstate').stderr).toContain('this is a state file of a Terraform before 0.12');
    expect(inventory('locked.tfstate').stderr).toContain('is encrypted by OpenTofu');
  });
});

describe('other formats', () => {
  it('NDJSON has one identity of the schema on each line', () => {
    const lines = inventory(state, '-f', 'ndjson').stdout.trimEnd().split('\n');
    const fitsLine = ajv.compile({ $ref: `${schema.$id}#/$defs/identity` });
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(fitsLine(JSON.parse(line)), line).toBe(true);
  });

  it('CSV has a row for each credential, and none that a spreadsheet would run', () => {
    const path = join(folder, 'evil.json');
    const plan = readFileSync(stack('legacy-users'), 'utf8');
    writeFileSync(path, plan.replaceAll('platform-core', '=HYPERLINK(\\"https://evil.example\\")'));
    const [head, ...rows] = readCsv(inventory(path, '-f', 'csv').stdout);
    const credentials = listed(path).flatMap((one) => one.credentials);
    expect(rows.filter(({ fields }) => fields[head!.fields.indexOf('credential')] !== '')).toHaveLength(
      credentials.length,
    );
    const cells = rows.flatMap(({ fields }) => fields);
    expect(cells).toContain(`'=HYPERLINK("https://evil.example")`);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  it('CycloneDX has each credential as a cryptographic asset, and its end', () => {
    const all = readdirSync(stacks).map(stack);
    const document = JSON.parse(inventory(...all, '-f', 'cyclonedx').stdout);
    expect(document).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    const { components } = document;
    const credentials = JSON.parse(inventory(...all, '-f', 'json').stdout).summary.credentials;
    expect(components).toHaveLength(credentials);
    expect(new Set(components.map((one: Record<string, string>) => one['bom-ref'])).size).toBe(credentials);
    const kinds = components.map(
      ({ type, cryptoProperties: { assetType, relatedCryptoMaterialProperties: material } }: Asset) =>
        `${type} ${assetType} ${material?.type ?? ''}`.trim(),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      'cryptographic-asset certificate',
      'cryptographic-asset related-crypto-material credential',
      'cryptographic-asset related-crypto-material password',
      'cryptographic-asset related-crypto-material private-key',
      'cryptographic-asset related-crypto-material secret-key',
      'cryptographic-asset related-crypto-material token',
    ]);
    expect(JSON.stringify(components)).toMatch(/"(expirationDate|notValidAfter)":"20\d\d-/);
  });

  it('for people it names owners and their first end', () =>
    expect(inventory(state).stdout).toMatchInlineSnapshot(`
      "1 file · 3 machine identities · 0 credentials (0 static) · 3 owners · 2 packages

      identity                    owner            ends                     reach
      aws_iam_role.invoicing      team-invoicing…  label only, 31 May 2027  bounded
      aws_iam_role.ledger_reader  team-ledger      label only, 28 Feb 2027  bounded
      aws_iam_role.reporting      team-finance     label only, 23 Mar 2027  s3:GetDataAccess, s3:GetObjec…

      Owners
        team-finance                      1 identity, 0 credentials, first end 23 Mar 2027
        team-invoicing@northgate.example  1 identity, 0 credentials, first end 31 May 2027
        team-ledger                       1 identity, 0 credentials, first end 28 Feb 2027

      Packages
        invoicing  1 identity, 0 credentials, first end 31 May 2027
        reporting  1 identity, 0 credentials, first end 23 Mar 2027
      "
    `));
});

it('is the same again, and goes into a file', () => {
  const args = [stack('azure-apps'), state, '-f', 'csv'];
  expect(inventory(...args, '-o', 'out/identities.csv')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(folder, 'out', 'identities.csv'), 'utf8')).toBe(inventory(...args).stdout);
});

it('is not made of what cannot be read', () => {
  writeFileSync(join(folder, 'bad.json'), '{');
  expect(inventory(state, 'bad.json')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'leasehold: bad.json:1:2: the JSON ends too early\n',
  });
});
