// Access that belongs to no package cannot be revoked as a whole.
import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  id: 'package-missing',
  category: 'package-missing',
  title: 'Identity is in no access package',
  severity: { recommended: 'off', strict: 'error' },
  why: 'Outside of a package nobody can say what belongs together, so nobody can take it away together.',
  fix: 'Mark it and its grants with `leasehold:package`, or map its module to a package in `leasehold.yaml`.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const judged of identities) {
      if (judged.package !== null || judged.identity.labelsUnknown.length > 0) continue;
      yield {
        identity: judged.identity.address,
        address: judged.identity.address,
        message: 'In no access package',
      };
    }
  },
});
