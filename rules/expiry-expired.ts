// The date has passed and the access is still in the code.

import { expiryDefect } from '../src/lint/expiry-need.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'expiry-expired',
  category: 'expiry-expired',
  title: 'End of the access has passed',
  severity: ERROR,
  why: 'Somebody decided when this access should end. The plan keeps or creates it after that day.',
  fix: 'Remove the identity, or have its owner decide on a new end.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2(3)'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ identities, limits, profile }) {
    for (const judged of identities) {
      if (expiryDefect(judged, limits, profile) !== 'expiry-expired') continue;
      const { identity, expiry } = judged;
      yield {
        identity: identity.address,
        address: identity.address,
        message: `Ended on ${expiry.at?.toISOString().slice(0, 10)}, and the plan keeps it`,
        evidence: expiry.evidence,
      };
    }
  },
});
