// Secrets in what provisioners do: written into them, or handed over in a command, which every list of processes shows.

import { COMMANDS } from '../catalog/secrets.js';
import { own, strings } from '../plan/json.js';
import type { Expression, Resource } from '../plan/model.js';
import { type Known, type Sighting, secretsInSettings, secretsInText } from '../policy/secrets/script.js';
import type { Context } from './context.js';
import { flowInto } from './secret-flow.js';

/** What one argument of a provisioner shows. */
export interface InProvisioner {
  readonly path: string;
  /** `a provisioner`, `the command of a provisioner` */
  readonly where: string;
  /** At least one. */
  readonly seen: readonly Sighting[];
}

export function secretsInProvisioners(resource: Resource, known: Known, context: Context): InProvisioner[] {
  return (resource.config?.provisioners ?? []).flatMap(({ type, expressions }) =>
    Object.entries(expressions).flatMap(([name, expression]): InProvisioner[] => {
      const path = `provisioner.${name}`;
      const seen = written(expression, known);
      if (seen.length > 0) return [{ path, where: 'a provisioner', seen }];
      // The environment, a file and what goes over a connection are not shown to others.
      if (!Object.hasOwn(COMMANDS, type) || COMMANDS[type] !== name) return [];
      const flow = flowInto(expression, context.resolver.placeOf(resource), context, false);
      return flow ? [{ path, where: 'the command of a provisioner', seen: [flow] }] : [];
    }),
  );
}

function written(expression: Expression, known: Known): Sighting[] {
  const value = own(expression, 'constant_value');
  if (value === undefined) return [];
  return typeof value === 'string' || Array.isArray(value)
    ? secretsInText(strings(value).join('\n'), known)
    : secretsInSettings(value, known);
}
