// Somebody opened it by hand, and the code does not know.

import { showEvidence } from '../src/graph/model.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'drift-widened',
  category: 'drift-widened',
  title: 'Access was widened outside of Terraform',
  severity: ERROR,
  why: 'A change by hand has no review and no owner. This plan may put it right, or keep it without a word; either way somebody should know why it was made.',
  fix: 'Find out who changed it and why (the audit log of the cloud tells). Apply to put it right, or write the wider access into the code for review.',
  frameworks: ['NHI5:2025', 'CM-3', 'PR.AA-05'],
  references: ['https://developer.hashicorp.com/terraform/tutorials/state/resource-drift'],
  since: '0.1.0',

  *check({ graph }) {
    for (const { identity, more, evidence } of graph.widenings) {
      const named = more.slice(0, 3).join(', ');
      const rest = more.length > 3 ? ` and ${more.length - 3} more` : '';
      yield {
        identity,
        address: evidence.address,
        message: `Changed outside of Terraform, and now allows ${named}${rest}`,
        evidence: [showEvidence(evidence)],
      };
    }
  },
});
