// The inventory for people, spreadsheets and machines.

import { showSymbols } from '../plan/symbol.js';
import type { Inventory, ListedIdentity, Tally } from '../verdict/inventory.js';
import { painter } from './color.js';
import { csvText } from './csv.js';
import { renderCycloneDx } from './inventory-cyclonedx.js';
import type { Tool } from './json.js';
import { clean } from './text.js';
import { verdictLines } from './verdict-lines.js';
import { day, ends, nobody, reach } from './words.js';

export const INVENTORY_FORMATS = ['pretty', 'csv', 'json', 'ndjson', 'cyclonedx'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

export const INVENTORY_SCHEMA = 'urn:leasehold:schema:inventory:1';

interface Display {
  readonly color: boolean;
  readonly width: number;
  readonly unicode: boolean;
}

export function renderInventory(
  format: InventoryFormat,
  inventory: Inventory,
  tool: Tool,
  display: Display,
): string {
  switch (format) {
    case 'pretty':
      return pretty(inventory, display);
    case 'csv':
      return csv(inventory);
    case 'json':
      return `${JSON.stringify(document(inventory, tool), null, 2)}\n`;
    case 'cyclonedx':
      return renderCycloneDx(inventory, tool);
    case 'ndjson':
      return inventory.identities.map((one) => `${JSON.stringify(row(one))}\n`).join('');
  }
}

function document(inventory: Inventory, tool: Tool): object {
  const { inputs, identities, owners, packages, notCovered } = inventory;
  return {
    schema: INVENTORY_SCHEMA,
    version: 1,
    tool,
    inputs: inputs.map(({ path, kind, sha256, now }) => ({ path, kind, sha256, now: moment(now) })),
    summary: summary(inventory),
    identities: identities.map(row),
    owners: owners.map(tally),
    packages: packages.map(tally),
    notCovered,
  };
}

function summary({ inputs, identities, owners, packages }: Inventory) {
  const credentials = identities.flatMap((one) => one.credentials);
  return {
    inputs: inputs.length,
    identities: identities.length,
    ownerless: owners.find(({ name }) => name === null)?.identities ?? 0,
    endless: identities.filter(({ expiry }) => expiry.verdict === 'missing').length,
    privileged: identities.filter(({ privileged }) => privileged).length,
    credentials: credentials.length,
    staticCredentials: credentials.filter(({ form }) => form === 'static').length,
    owners: owners.filter(({ name }) => name !== null).length,
    packages: packages.length,
  };
}

function row(one: ListedIdentity): object {
  const { owner, expiry, scope } = one;
  return {
    id: one.id,
    address: one.address,
    kind: one.kind,
    name: one.name,
    package: one.package,
    purpose: one.purpose === null ? null : showSymbols(one.purpose),
    owner: { verdict: owner.verdict, value: owner.value },
    expiry: { verdict: expiry.verdict, at: moment(expiry.at), ttlSeconds: expiry.ttlSeconds },
    scope: { verdict: scope.verdict, reasons: scope.reasons.map(({ text }) => showSymbols(text)) },
    privileged: one.privileged,
    credentials: one.credentials,
    workloads: one.workloads,
    environments: one.environments,
    sources: one.sources,
  };
}

function tally({ firstEnd, ...counts }: Tally): object {
  return { ...counts, firstEnd: moment(firstEnd) };
}

const COLUMNS = [
  'identity',
  'id',
  'kind',
  'name',
  'package',
  'purpose',
  'owner',
  'owner verdict',
  'ends',
  'expiry verdict',
  'scope verdict',
  'privileged',
  'credential',
  'credential kind',
  'credential form',
  'credential end',
  'credential ends',
  'sources',
] as const;

/** One row for each credential, and one for an identity without any. */
function csv({ identities }: Inventory): string {
  const rows = identities.flatMap((one) => {
    const front = [
      one.address,
      one.id ?? '',
      one.kind,
      one.name,
      one.package ?? '',
      showSymbols(one.purpose ?? ''),
      one.owner.value ?? '',
      one.owner.verdict,
      moment(one.expiry.at) ?? '',
      one.expiry.verdict,
      one.scope.verdict,
      one.privileged ? 'yes' : 'no',
    ];
    const sources = one.sources.map(({ path, address }) => `${path} ${address}`).join('; ');
    const credentials = one.credentials.map(({ address, noun, form, end }) => [
      ...front,
      address,
      noun,
      form,
      end.kind,
      end.at ?? '',
      sources,
    ]);
    return credentials.length > 0 ? credentials : [[...front, '', '', '', '', '', sources]];
  });
  return csvText([COLUMNS, ...rows]);
}

const MOST_OWNERS = 20;

function pretty(inventory: Inventory, display: Display): string {
  const paint = painter(display.color);
  const { identities, owners, packages, notCovered } = inventory;
  const sum = summary(inventory);
  const head = [
    count(sum.inputs, 'file', 'files'),
    count(sum.identities, 'machine identity', 'machine identities'),
    `${count(sum.credentials, 'credential', 'credentials')} (${sum.staticCredentials} static)`,
    count(sum.owners, 'owner', 'owners'),
    count(sum.packages, 'package', 'packages'),
  ].join(display.unicode ? ' · ' : ' - ');
  const [title = '', ...lines] = verdictLines(
    [
      ['identity', 'owner', 'ends', 'reach'],
      ...identities.map((one) => [clean(one.address), nobody(one), ends(one), reach(one)]),
    ],
    display,
  );
  const uncovered = [...new Set(notCovered.map(({ type }) => clean(type)))];
  return [
    head,
    ...(identities.length > 0 ? [[paint.dim(title), ...lines].join('\n')] : []),
    ...(owners.length > 0 ? [tallyLines('Owners', owners, paint)] : []),
    ...(packages.length > 0 ? [tallyLines('Packages', packages, paint)] : []),
    ...(uncovered.length > 0 ? [`Not covered, so not listed: ${uncovered.join(', ')}.`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function tallyLines(title: string, all: readonly Tally[], paint: ReturnType<typeof painter>): string {
  const shown = all.slice(0, MOST_OWNERS);
  const width = Math.max(...shown.map(({ name }) => clean(name ?? 'nobody').length));
  const lines = shown.map(({ name, identities, credentials, privileged, firstEnd }) => {
    const facts = [
      count(identities, 'identity', 'identities'),
      count(credentials, 'credential', 'credentials'),
      ...(privileged > 0 ? [`${privileged} privileged`] : []),
      firstEnd === null ? 'no end' : `first end ${day(firstEnd)}`,
    ];
    const label = clean(name ?? 'nobody').padEnd(width);
    return `  ${name === null ? paint.bad(label) : label}  ${facts.join(', ')}`;
  });
  const more = all.length > MOST_OWNERS ? [`  and ${all.length - MOST_OWNERS} more`] : [];
  return [paint.strong(title), ...lines, ...more].join('\n');
}

function count(number: number, singular: string, many: string): string {
  return `${number} ${number === 1 ? singular : many}`;
}

/** RFC 3339 in UTC, whole seconds. */
function moment(date: Date): string;
function moment(date: Date | null): string | null;
function moment(date: Date | null): string | null {
  return date === null ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
