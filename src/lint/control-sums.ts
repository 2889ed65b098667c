// How the findings of a run spread over the controls that were asked for.

import type { Finding, Waived } from './finding.js';
import type { Control } from './frameworks.js';
import type { Rule } from './rule.js';

export interface ControlSum {
  /** Official id of the control: `NHI5:2025`. */
  readonly id: string;
  readonly framework: string;
  readonly title: string;
  /** How many rules that ran answer to it; 0 says that nothing was checked. */
  readonly rules: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly waived: number;
}

/** One sum per control, in the order given. A finding counts for every control of its rule. */
export function sumByControl(
  controls: readonly Control[],
  rules: readonly Rule[],
  findings: readonly Finding[],
  waived: readonly Waived[],
): ControlSum[] {
  return controls.map(({ id, framework, title }) => {
    const own = findings.filter(({ frameworks }) => frameworks.includes(id));
    return {
      id,
      framework,
      title,
      rules: rules.filter(({ frameworks }) => frameworks.includes(id)).length,
      errors: own.filter(({ severity }) => severity === 'error').length,
      warnings: own.filter(({ severity }) => severity === 'warning').length,
      notes: own.filter(({ severity }) => severity === 'note').length,
      waived: waived.filter(({ frameworks }) => frameworks.includes(id)).length,
    };
  });
}
