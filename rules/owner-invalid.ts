// A placeholder in the owner tag passes every tag policy and helps nobody.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'owner-invalid',
  category: 'owner-invalid',
  title: 'Owner is a placeholder or nobody the directory knows',
  severity: ERROR,
  why: 'An owner such as `todo` or a team that has been dissolved cannot be reached when the access has to be reviewed or revoked.',
  fix: 'Replace it by a team or person that exists. With an owner directory in `leasehold.yaml` the name is checked against it.',
  frameworks: ['NHI1:2025', 'PR.AA-01', 'AC-2', 'PS-4', 'GOVERN 2.1'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, owner } of identities) {
      if (owner.verdict !== 'invalid') continue;
      yield {
        identity: identity.address,
        address: identity.address,
        message: `Owner "${owner.value ?? ''}" is a placeholder, or not in the owner directory`,
        evidence: owner.evidence,
      };
    }
  },
});
