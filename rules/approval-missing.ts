// Access for the asking is standing access with one more click.
import { defineRule, WARNING } from '../src/lint/rule.js';

export default defineRule({
  id: 'approval-missing',
  category: 'approval-missing',
  title: 'Access is given to whoever asks',
  severity: WARNING,
  why: 'Access on request is meant to need a reason and a second pair of eyes. Where nobody has to agree, one stolen session takes it up as easily as its owner.',
  fix: 'Ask for the approval of somebody else: `approval_settings` with `approval_required` and a `primary_approver`; for Privileged Identity Management `require_approval` in `activation_rules`.',
  frameworks: ['NHI5:2025', 'PR.AA-05', 'AC-2', 'AC-5'],
  references: [
    'https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-approval-policy',
    'https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings',
  ],
  since: '0.1.0',

  *check({ graph }) {
    for (const { evidence, role, approved, outsiders, ends } of graph.requestTerms) {
      if (approved) continue;
      const what = role === undefined ? 'This access' : `The role ${role}`;
      const whom = outsiders ? ', people outside included' : '';
      yield {
        identity: null,
        address: evidence.address,
        message: `${what} is given to whoever asks${whom}, and nobody has to agree${ends ? '' : '; it never ends'}`,
        evidence: [`${evidence.address} ${evidence.path}`],
      };
    }
  },
});
