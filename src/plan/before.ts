// The plan as it stood before: what there is now, every value known, nothing to be created.

import type { Plan, Resource } from './model.js';

/** Resources keep the addresses that they will have, so that both sides can be compared. */
export function planBefore(plan: Plan): Plan {
  return {
    ...plan,
    resources: plan.resources.flatMap((resource) => {
      if (resource.mode === 'data') return [resource];
      return resource.before === null ? [] : [asItWas(resource, resource.before)];
    }),
    drift: [],
    outputs: [],
  };
}

function asItWas(resource: Resource, before: NonNullable<Resource['before']>): Resource {
  const { evaluate: _, ...config } = resource.config ?? {
    expressions: {},
    provider: undefined,
    forEach: undefined,
    count: undefined,
  };
  return {
    ...resource,
    action: 'no-op',
    values: before,
    unknown: {},
    config: resource.config && config,
  };
}
