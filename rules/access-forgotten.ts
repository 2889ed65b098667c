// Removed from the state is not removed from the cloud.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'access-forgotten',
  category: 'unrevocable',
  title: 'Access is forgotten, not destroyed',
  severity: ERROR,
  why: 'A `removed` block with `destroy = false` takes the access out of the state only. It works on, and from now on nobody manages it.',
  fix: 'Destroy it, or hand it over: import it into the stack that owns it from now on.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2(3)', 'AC-3(8)'],
  references: ['https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources'],
  since: '0.1.0',

  *check({ identities, plan }) {
    const forgotten = new Set(
      plan.resources.filter((resource) => resource.action === 'forget').map((resource) => resource.address),
    );
    const told = new Set<string>();
    for (const { identity } of identities) {
      const parts = [
        identity.address,
        ...identity.credentials.map((one) => one.address),
        ...identity.grants.map((one) => one.address),
      ];
      for (const address of parts) {
        if (!forgotten.has(address) || told.has(address)) continue;
        told.add(address);
        yield {
          identity: identity.address,
          address,
          message:
            address === identity.address
              ? 'The identity leaves the state and stays in the cloud'
              : `${address} leaves the state and stays in the cloud`,
        };
      }
    }
  },
});
