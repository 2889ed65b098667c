// An approval that the one who asks gives is none.
import { accessOf } from '../src/graph/effective.js';
import { defineRule, WARNING } from '../src/lint/rule.js';
import { showSymbols } from '../src/plan/symbol.js';
import { conflictsOf } from '../src/policy/aws/duties.js';
import { conflictsIn } from '../src/policy/google/duties.js';

export default defineRule({
  id: 'approves-itself',
  category: 'approval-missing',
  title: 'Identity can approve its own change',
  severity: WARNING,
  why: 'A step that waits for a person protects nothing when the machine that brings the change may also let it through: whoever gets hold of it ships what nobody has seen.',
  fix: 'Give the approval to people, or to an identity that cannot bring changes.',
  frameworks: ['NHI5:2025', 'PR.AA-05', 'AC-5'],
  references: [
    'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html',
    'https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-override-approval-rules.html',
    'https://cloud.google.com/deploy/docs/promote-release',
  ],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, scope } of identities) {
      // Who may do anything may do this: one finding is enough.
      if (scope.verdict === 'unbounded') continue;
      const held = identity.grants.flatMap(({ duties = [] }) => duties);
      for (const { approve, change, on } of [...conflictsOf(accessOf(identity)), ...conflictsIn(held)])
        yield {
          identity: identity.address,
          address: identity.address,
          message: `May bring a change (${change}) and let it through (${approve}) on ${showSymbols(on)}`,
        };
    }
  },
});
