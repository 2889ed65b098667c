// A review that takes nothing away is a form to fill in.
import { defineRule, WARNING } from '../src/lint/rule.js';

export default defineRule({
  id: 'review-without-effect',
  category: 'review-missing',
  title: 'Nobody takes access away that is needed no more',
  severity: WARNING,
  why: 'Access is kept for years because the review asks those who have it, keeps what nobody answers for, or does not take place.',
  fix: 'Let others review it, and take it away where they do not answer: `review_type = "Reviewers"` and `access_review_timeout_behavior = "removeAccess"`; or give the access an end.',
  frameworks: ['NHI5:2025', 'NHI1:2025', 'PR.AA-05', 'AC-2', 'AC-6(7)'],
  references: [
    'https://learn.microsoft.com/entra/id-governance/entitlement-management-access-reviews-create',
  ],
  since: '0.1.0',

  *check({ graph }) {
    for (const { idleReview } of graph.requestTerms)
      if (idleReview)
        yield {
          identity: null,
          address: idleReview.address,
          message: idleReview.why,
          evidence: [`${idleReview.address} ${idleReview.path}`],
        };
  },
});
