// `leasehold inventory`: every identity of many plans and states, each once, with its credentials, owner and end.

import { judgePlan } from '../lint/judge-plan.js';
import { type InventoryFormat, renderInventory } from '../reporters/inventory.js';
import { InventoryBuilder } from '../verdict/inventory.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { planFiles, readOne } from './read-plans.js';
import type { World } from './world.js';

export interface InventoryCommand extends ConfigOptions {
  readonly paths: readonly string[];
  readonly format: InventoryFormat;
  readonly now: Date | undefined;
}

/** Holds one plan at a time: there may be hundreds. @throws InputError, ConfigError */
export async function inventoryCommand(command: InventoryCommand, world: World): Promise<string> {
  const { config } = await loadConfig(command, world);
  const builder = new InventoryBuilder();
  const files = planFiles(command.paths, world);
  try {
    for (const [index, path] of files.entries()) {
      world.progress(`${index + 1} of ${files.length}: ${path}`);
      const { input, plan, now } = await readOne(path, command.now, world, 'judged-with-states');
      builder.add(input, now, judgePlan(plan, now, config), plan.resources);
    }
  } finally {
    world.progress(undefined);
  }
  const tool = { name: 'leasehold', version: world.version };
  return renderInventory(command.format, builder.finish(), tool, world.display);
}
