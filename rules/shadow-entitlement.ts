// Revoking the package would leave it behind.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'shadow-entitlement',
  category: 'shadow-entitlement',
  title: 'Access from outside of the access package',
  severity: ERROR,
  why: 'The package says what the identity may do and until when. What reaches it from elsewhere was approved by nobody who approved the package, and is still there when the package is revoked.',
  fix: 'Bring it into the package: mark it with the same `leasehold:package`, or map it to the package in `leasehold.yaml`. Else remove it.',
  frameworks: ['NHI5:2025', 'PR.AA-05', 'AC-2', 'AC-6'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/5-overprivileged-nhi/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, package: name, coverage } of identities) {
      if (name === null || coverage === null) continue;
      const named = `${coverage.inside} of ${coverage.total} entitlements (${coverage.percent} %)`;
      for (const { address, kind, packages, twice } of coverage.outside) {
        const deed = kind === 'grant' ? 'Access is given' : 'It may become another identity';
        const other = packages.length > 0 ? ` by ${packages.join(', ')}` : '';
        yield {
          identity: identity.address,
          address,
          message: `${deed}${other} outside of its package ${name}, which names ${named}${twice ? `; ${name} gives all of that too, so revoking one of them does not take it away` : ''}`,
        };
      }
    }
  },
});
