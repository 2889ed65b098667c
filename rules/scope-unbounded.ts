// Administrator rights on a machine: the largest blast radius there is.
import { defineRule, ERROR } from '../src/lint/rule.js';
import { asAgent } from '../src/verdict/agent.js';
import { despiteBoundary } from '../src/verdict/boundary.js';
import { reasonsOf } from '../src/verdict/scope.js';

export default defineRule({
  id: 'scope-unbounded',
  category: 'scope-unbounded',
  title: 'Identity may do anything',
  severity: ERROR,
  why: 'One leaked credential of this identity is the whole account, subscription or cluster.',
  fix: 'List what it really does and grant that: named actions on named resources. Where administration is the job, use time-bound roles for people.',
  frameworks: ['NHI5:2025', 'ASI03', 'PR.AA-05', 'AC-6', 'CIS-AWS-3.0.0/1.16'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/5-overprivileged-nhi/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, scope } of identities) {
      if (scope.verdict !== 'unbounded') continue;
      const { text, evidence } = reasonsOf(scope);
      yield {
        identity: identity.address,
        address: identity.address,
        message: `May do ${text}${asAgent(identity)}${despiteBoundary(identity)}`,
        evidence,
      };
    }
  },
});
