// A secret that everyone can read is nobody's.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'secret-exposed',
  category: 'secret-exposed',
  title: 'Value of a secret stands in the open',
  severity: ERROR,
  why: 'Whoever can read the code, the plan, the state, the console or the process list has it, and nobody can tell who did. It stays in the history after it is removed.',
  fix: 'Replace the secret, since it has been seen. Keep the new one in a secret store and hand over a reference (`valueFrom`, a Key Vault reference, a secret name), or do without: a workload identity needs none.',
  frameworks: ['NHI2:2025', 'IA-5'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/2-secret-leakage/'],
  since: '0.1.0',

  *check({ graph }) {
    for (const { address, path, identity, what, where, from, alsoAt } of graph.exposures) {
      const several = what.length > 1;
      const shown = what.length > 4 ? [...what.slice(0, 3), `${what.length - 3} more`] : what;
      const names = several ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown[0];
      yield {
        identity,
        address,
        message:
          from === undefined
            ? `${names} ${several ? 'stand' : 'stands'} in ${where} as ${several ? 'literals' : 'a literal'}${elsewhere(alsoAt, several)}`
            : `${names} ${several ? 'flow' : 'flows'} into ${where}`,
        evidence: [`${address} ${path}`],
      };
    }
  },
});

function elsewhere([first, ...others]: readonly string[], several: boolean): string {
  if (first === undefined) return '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `; ${several ? 'one of these values' : 'the same value'} also stands at ${first}${more}`;
}
