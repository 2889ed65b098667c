// A label that says "expires" stops nobody.

import { expiryDefect, expiryNeed, what } from '../src/lint/expiry-need.js';
import { helpOn } from '../src/lint/platform.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'expiry-not-enforced',
  category: 'expiry-not-enforced',
  title: 'Nothing enforces the end of risky access',
  severity: ERROR,
  why: 'A tag does not disable a key or detach an administrator policy: on the day after the date everything still works. Static credentials need at least a rotation, privileged access an end that the platform keeps.',
  fix: 'Let the platform end it: an end date on the credential, `DateLessThan aws:CurrentTime` in the trust policy or in every statement, a time-bound role assignment; or take the risk away (workload identity instead of a key, a narrower policy).',
  frameworks: ['NHI7:2025', 'NHI1:2025', 'PR.AA-05', 'IA-5', 'SP800-207/3'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/7-long-lived-secrets/'],
  since: '0.1.0',

  *check({ identities, limits, profile }) {
    for (const judged of identities) {
      if (expiryDefect(judged, limits, profile) !== 'expiry-not-enforced') continue;
      const { identity, expiry } = judged;
      const need = expiryNeed(judged, limits, profile);
      const has =
        expiry.verdict !== 'scheduled'
          ? 'only a label says that it ends'
          : expiry.at === null
            ? 'only a rotation ends it'
            : `only the first apply after ${expiry.at.toISOString().slice(0, 10)} ends it`;
      const endless = expiry.endless.length > 0 ? `; ${what(expiry.endless)} without end` : '';
      yield {
        identity: identity.address,
        address: identity.address,
        message: `${need.because} must end by ${need.least === 'enforced' ? 'the platform itself' : 'rotation or by the platform'}, ${has}${endless}`,
        help: helpOn(identity.kind, HELP),
        evidence: expiry.evidence,
      };
    }
  },
});

const HELP = {
  aws: 'Let the platform end it: `DateLessThan aws:CurrentTime` in the trust policy or in every statement; or take the risk away (a role for the workload instead of a key, a narrower policy).',
  azure:
    'Let the platform end it: an end date on the credential, a time-bound role assignment; or take the risk away (a federated credential instead of a secret, a narrower role).',
  google:
    'Let the platform end it: `request.time < timestamp("…")` as the condition of every binding; or take the risk away (workload identity federation instead of a key, a narrower role).',
};
