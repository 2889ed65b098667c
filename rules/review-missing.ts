// Privileged access that nobody looks at again stays privileged.
import { defineRule, WARNING } from '../src/lint/rule.js';

export default defineRule({
  id: 'review-missing',
  category: 'review-missing',
  title: 'Privileged identity names no review',
  severity: WARNING,
  why: 'Administrator rights are given for a task and kept by habit. A named reviewer and a rhythm make somebody ask whether they are still needed.',
  fix: 'Say who reviews it and how often: `reviewer` and `review-every` tags, or the terms of its access package.',
  frameworks: ['NHI5:2025', 'PR.AA-05', 'AC-6(7)', 'AC-2', 'GOVERN 1.5'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/5-overprivileged-nhi/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, privileged, reviewed } of identities) {
      if (!privileged || reviewed || identity.labelsUnknown.length > 0) continue;
      yield {
        identity: identity.address,
        address: identity.address,
        message: 'Privileged, and nobody is named to review it',
      };
    }
  },
});
