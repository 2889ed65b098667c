// A plan that is not whole cannot be passed.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'plan-incomplete',
  category: 'undecided',
  title: 'Plan is errored, incomplete or has deferred changes',
  severity: ERROR,
  why: 'What is missing from the plan is missing from this report: identities may be created that nobody has looked at.',
  fix: 'Plan again without errors, `-target` or deferral, and lint that plan.',
  frameworks: ['CM-3'],
  references: ['https://developer.hashicorp.com/terraform/internals/json-format#plan-representation'],
  since: '0.1.0',
  waivable: false,

  *check({ plan }) {
    if (plan.errored)
      yield {
        identity: null,
        address: 'plan',
        message: 'The plan ended with an error, so it does not show everything',
      };
    else if (plan.deferredChanges > 0)
      yield {
        identity: null,
        address: 'plan',
        message: `${plan.deferredChanges} changes are deferred to a later plan`,
      };
    else if (!plan.complete)
      yield {
        identity: null,
        address: 'plan',
        message: 'The plan is not complete: another one is needed after it',
      };
  },
});
