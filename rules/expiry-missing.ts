// Standing access is the default everywhere; this asks for an end.

import { expiryDefect, what } from '../src/lint/expiry-need.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'expiry-missing',
  category: 'expiry-missing',
  title: 'Access never ends',
  severity: ERROR,
  why: 'Access without an end outlives its workload, its owner and the reason it was given for.',
  fix: 'Give it an end: an end date on the credential, a date condition in the trust policy, a rotation, or at least an `expires` tag.',
  frameworks: ['NHI1:2025', 'NHI7:2025', 'PR.AA-05', 'AC-2(3)', 'SP800-207/3'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/7-long-lived-secrets/'],
  since: '0.1.0',

  *check({ identities, limits, profile }) {
    for (const judged of identities) {
      if (expiryDefect(judged, limits, profile) !== 'expiry-missing') continue;
      const { identity, expiry } = judged;
      const endless = expiry.endless.length > 0 ? `; ${what(expiry.endless)} without end` : '';
      const unread =
        expiry.evidence.length > 0
          ? 'Its label holds no date or duration that can be read'
          : 'Nothing ends this access';
      yield {
        identity: identity.address,
        address: identity.address,
        message: `${unread}${endless}`,
        evidence: expiry.evidence,
      };
    }
  },
});
