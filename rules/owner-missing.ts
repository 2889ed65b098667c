// Access that nobody answers for is access that nobody takes away.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'owner-missing',
  category: 'owner-missing',
  title: 'Identity has no owner',
  severity: ERROR,
  why: 'When a machine identity leaks or is no longer needed, somebody has to say so. Without an owner nobody can be asked, and it stays for ever.',
  fix: 'Name the team that answers for it: an `owner` tag or label (provider `default_tags` count), `owners` on an Entra application, or `packages` in `leasehold.yaml` where the platform has no place for labels.',
  frameworks: ['NHI1:2025', 'PR.AA-01', 'AC-2', 'GOVERN 2.1'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, owner } of identities) {
      if (owner.verdict !== 'missing') continue;
      yield {
        identity: identity.address,
        address: identity.address,
        message: 'Nobody is accountable: no owner tag, label or attribute',
      };
    }
  },
});
