// The lock stays when the key is melted.
import { type Orphan, showEvidence } from '../src/graph/model.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'principal-orphaned',
  category: 'unrevocable',
  title: 'Access outlives what it was for',
  severity: ERROR,
  why: 'The plan destroys an identity, a workload or a resource, and the access stays: what let it in, its key, the role that it ran as, the grant on it. Nobody will remember why that is there, and a platform may refuse to destroy what something still hangs on.',
  fix: 'Take it away in the same plan; where somebody else uses it, say so: a reference, an output.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2(3)'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ graph }) {
    for (const orphan of graph.orphans) {
      yield {
        identity: orphan.identity,
        address: orphan.evidence.address,
        message: messageOf(orphan),
        evidence: [showEvidence(orphan.evidence)],
      };
    }
  },
});

function messageOf({ kind, gone }: Orphan): string {
  switch (kind) {
    case 'named':
      return `Still names ${gone}, which this plan destroys`;
    case 'blocking':
      return `Stays while this plan destroys ${gone}, which the platform refuses as long as this is there`;
    case 'target':
      return `Still gives access to ${gone}, which this plan destroys, and so to whatever has its name next`;
    case 'unused':
      return `Stays while this plan destroys ${gone}, which ran as it; nothing else in this plan uses it`;
  }
}
