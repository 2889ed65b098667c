// Waivers next to the code, of a construct or in a comment. They travel with the plan, and so does the pull request that
// wants them: whoever keeps the configuration decides whether they count (`waiversInCode`).

import { parseDate } from '../access/end.js';
import { inModule } from '../plan/address.js';
import type { NotedWaiver } from '../plan/construct-note.js';
import type { ModuleConfig, Plan, Resource } from '../plan/model.js';
import type { Waiver } from './waiver.js';

/** Each for all resources under its construct, for all instances of its block, or for all that is in its module. */
export function waiversInCode(plan: Plan): Waiver[] {
  const found = new Map<string, { noted: NotedWaiver; covers: Set<string> }>();
  const add = (noted: NotedWaiver, address: readonly string[]): void => {
    const key = JSON.stringify(noted);
    const known = found.get(key) ?? { noted, covers: new Set() };
    for (const one of address) known.covers.add(one);
    found.set(key, known);
  };
  for (const { address, construct, config } of plan.resources)
    for (const noted of [...(construct?.waivers ?? []), ...(config?.waivers ?? [])]) add(noted, [address]);
  for (const { noted, addresses } of atModules(plan)) add(noted, addresses);
  for (const noted of straysIn(plan.root)) add(noted, []);
  return [...found.values()].map(({ noted, covers }) => {
    const [file = noted.construct, line = '1'] = noted.source?.split(/:(?=\d+$)/) ?? [];
    const { construct, source: _source, ...terms } = noted;
    const location = { file, line: Number(line), column: 1 };
    const until = parseDate(noted.expires);
    return { ...terms, address: construct, covers, until, retires: undefined, location };
  });
}

function straysIn({ calls, strayWaivers = [] }: ModuleConfig): NotedWaiver[] {
  return [...strayWaivers, ...[...calls.values()].flatMap(({ module }) => straysIn(module))];
}

interface Spread {
  readonly noted: NotedWaiver;
  readonly addresses: readonly string[];
}

/** Waivers at calls of modules, with all that stands in any instance of the module and in the modules that it calls. */
function atModules({ root, resources }: Plan): Spread[] {
  const visit = ({ calls }: ModuleConfig, path: readonly string[]): Spread[] =>
    [...calls].flatMap(([name, { module, waivers = [] }]) => {
      const inner = [...path, name];
      const inside =
        waivers.length === 0
          ? []
          : [
              ...variablesIn(module, inner.map((step) => `module.${step}`).join('.')),
              ...resources.filter((one) => isIn(one, inner)).map(({ address }) => address),
            ];
      return [...waivers.map((noted) => ({ noted, addresses: inside })), ...visit(module, inner)];
    });
  return visit(root, []);
}

function variablesIn({ variables, calls }: ModuleConfig, address: string): string[] {
  return [
    ...[...variables.keys()].map((name) => inModule(address, `var.${name}`)),
    ...[...calls].flatMap(([name, { module }]) => variablesIn(module, inModule(address, `module.${name}`))),
  ];
}

function isIn({ module }: Resource, path: readonly string[]): boolean {
  return path.every((name, index) => module[index]?.name === name);
}
