// More can become this identity, or reach this resource, than should.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'trust-open',
  category: 'trust-open',
  title: 'Trust is open to more than intended',
  severity: ERROR,
  why: 'Scope and expiry are worth nothing where a stranger can take the identity: any repository of an organisation, any pod of a cluster, any customer of a vendor.',
  fix: 'Pin who may come: the exact subject of the token, the external id of the partner, the source account of the service.',
  frameworks: ['NHI4:2025', 'NHI6:2025', 'NHI3:2025', 'PR.AA-05', 'IA-9', 'SA-9', 'SP800-207/6'],
  references: [
    'https://owasp.org/www-project-non-human-identities-top-10/2025/6-insecure-cloud-deployment-configurations/',
  ],
  since: '0.1.0',

  *check({ graph, identities }) {
    const judged = new Set(identities.map(({ identity }) => identity.address));
    for (const { identity, text, help, evidence } of graph.openings) {
      // The trust of a person's or the platform's identity is nobody's finding.
      if (identity !== null && !judged.has(identity)) continue;
      yield {
        identity,
        address: identity ?? evidence.address,
        message: text,
        help,
        evidence: [`${evidence.address} ${evidence.path}`],
      };
    }
  },
});
