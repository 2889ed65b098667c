// `leasehold graph`: who may become whom and what each identity may do, for other tools and for pictures.

import { judgePlan } from '../lint/judge-plan.js';
import { graphDot, graphMermaid } from '../reporters/graph.js';
import { type GraphView, graphView } from '../verdict/view.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

export interface GraphCommand extends ConfigOptions {
  readonly paths: readonly string[];
  readonly format: 'json' | 'dot' | 'mermaid';
  /** The folder with the sources of the plans. */
  readonly source: string | undefined;
  readonly now: Date | undefined;
}

/** @throws InputError, ConfigError */
export async function graphCommand(command: GraphCommand, world: World): Promise<string> {
  const { config } = await loadConfig(command, world);
  const plans = await readPlans(command.paths, command.now, world, 'plans-only', command.source);
  const views = plans.map(({ input, plan, now }): GraphView => {
    const { graph, identities } = judgePlan(plan, now, config);
    return graphView(graph, identities, { input, now });
  });
  if (command.format === 'dot') return graphDot(views);
  if (command.format === 'mermaid') return graphMermaid(views);
  return `${JSON.stringify(views.length === 1 ? views[0] : { version: 1, graphs: views }, null, 2)}\n`;
}
