// Plan JSON beside its sources: the plan keeps its values, and gets what only the sources tell, as from a binary plan.

import type { Parser } from 'web-tree-sitter';
import { moduleAddress } from '../plan/address.js';
import { type Plan, PlanError, type Resource } from '../plan/model.js';
import { configOf } from '../plan/plan-json.js';
import { readConfiguration } from '../source/configuration.js';
import { Evaluator } from '../source/evaluator.js';
import type { Folder } from './folder.js';
import { readSources } from './source-folder.js';

/**
 * @param shown the path of a file as a report names it
 * @returns the plan, and the blocks of it that the sources lack
 * @throws PlanError where the sources are those of another plan
 */
export function withSources(
  plan: Plan,
  folder: Folder,
  parser: Parser,
  shown: (path: string) => string,
): { readonly plan: Plan; readonly strangers: readonly string[] } {
  const { root: source, files } = readSources(folder, parser, shown);
  const evaluator = new Evaluator(source, files);
  const { root, providers } = readConfiguration(source, evaluator);
  const strangers = new Set<string>();
  let found = 0;
  const configured = (resource: Resource): Resource => {
    if (!resource.config) return resource;
    const { module, mode, type, name } = resource;
    const config = configOf(root, module, mode, type, name);
    if (config) found++;
    else {
      const path = moduleAddress(module.map((step) => ({ ...step, key: undefined })));
      strangers.add(`${path === '' ? '' : `${path}.`}${mode === 'data' ? 'data.' : ''}${type}.${name}`);
    }
    return config ? { ...resource, config, construct: config.construct } : resource;
  };
  const resources = plan.resources.map(configured);
  const drift = plan.drift.map(configured);
  if (found === 0 && strangers.size > 0)
    throw new PlanError('the folder of --source holds none of the blocks of this plan');
  evaluator.learn({ resources, variables: plan.variables, timestamp: plan.timestamp });
  return {
    // Where the sources are incomplete, the plan's own configuration still knows every module.
    plan: strangers.size > 0 ? { ...plan, resources, drift } : { ...plan, resources, drift, root, providers },
    strangers: [...strangers].sort(),
  };
}
