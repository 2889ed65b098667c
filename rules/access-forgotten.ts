// Removed from the state is not removed from the cloud.
import { RETENTIONS } from '../src/catalog/retention.js';
import { defineRule, ERROR } from '../src/lint/rule.js';
import { own } from '../src/plan/json.js';

export default defineRule({
  id: 'access-forgotten',
  category: 'unrevocable',
  title: 'Access is forgotten, not destroyed',
  severity: ERROR,
  why: 'A `removed` block with `destroy = false` takes the access out of the state only, and `skip_destroy` and its like leave it behind later. It works on, and from now on nobody manages it.',
  fix: 'Destroy it, or hand it over: import it into the stack that owns it from now on.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2(3)', 'AC-3(8)'],
  references: ['https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources'],
  since: '0.1.0',

  *check({ identities, plan }) {
    const forgotten = new Set(
      plan.resources.filter((resource) => resource.action === 'forget').map((resource) => resource.address),
    );
    const retained = new Map(
      plan.resources.flatMap(({ address, mode, values }) => {
        const found = RETENTIONS.find(({ attribute, value }) => own(values, attribute) === value);
        return found && mode === 'managed' ? [[address, found.attribute] as const] : [];
      }),
    );
    const told = new Set<string>();
    for (const { identity } of identities) {
      const parts = [
        identity.address,
        ...identity.credentials.map((one) => one.address),
        ...identity.grants.map((one) => one.address),
      ];
      for (const address of parts) {
        if (told.has(address)) continue;
        const retention = retained.get(address);
        if (!forgotten.has(address) && retention === undefined) continue;
        told.add(address);
        if (retention !== undefined && !forgotten.has(address)) {
          yield {
            identity: identity.address,
            address,
            message: `\`${retention}\` leaves ${address === identity.address ? 'the identity' : address} in the cloud when it is destroyed`,
          };
          continue;
        }
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
