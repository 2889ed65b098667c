// An identity whose purpose is written down can be judged; one without can only be kept.
import { defineRule, WARNING } from '../src/lint/rule.js';

export default defineRule({
  id: 'purpose-missing',
  category: 'purpose-missing',
  title: 'Identity has no stated purpose',
  severity: WARNING,
  why: 'A reviewer who does not know what an identity is for can neither narrow nor remove its access.',
  fix: 'Say in a sentence what it does: a `purpose` tag or label, a description, or the notes of an Entra application.',
  frameworks: ['NHI1:2025', 'PR.AA-01', 'AC-2'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, purpose } of identities) {
      if (purpose !== null || identity.labelsUnknown.length > 0) continue;
      yield {
        identity: identity.address,
        address: identity.address,
        message: 'Nothing says what this identity is for',
      };
    }
  },
});
