// The lock stays when the key is melted.
import { showEvidence } from '../src/graph/model.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'principal-orphaned',
  category: 'unrevocable',
  title: 'Access outlives the identity it was given to',
  severity: ERROR,
  why: 'The plan destroys an identity, and what let it in stays. Nobody will remember why it is there, and some platforms refuse to save a policy that names who is gone.',
  fix: 'Take the identity out of the policy, grant or assignment in the same plan.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2(3)'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ graph }) {
    for (const { principal, evidence } of graph.orphans) {
      yield {
        identity: null,
        address: evidence.address,
        message: `Still names ${principal}, which this plan destroys`,
        evidence: [showEvidence(evidence)],
      };
    }
  },
});
