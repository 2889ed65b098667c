// One key for many doors cannot be taken from one of them.
import { defineRule, WARNING } from '../src/lint/rule.js';

const MOST = 2;

export default defineRule({
  id: 'shared-identity',
  category: 'shared-identity',
  title: 'Several unrelated workloads share one identity',
  severity: WARNING,
  why: 'Each of them can do what any of them may; none can be revoked, narrowed or rotated without breaking the others.',
  fix: 'Give each workload an identity of its own with just its rights.',
  frameworks: ['NHI9:2025', 'NHI8:2025', 'PR.AA-05', 'AC-2(9)'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/9-nhi-reuse/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity } of identities) {
      const blocks = new Set(identity.workloads.map(withoutKeys));
      if (blocks.size <= MOST) continue;
      const named = [...blocks].slice(0, 3).join(', ');
      const more = blocks.size > 3 ? ` and ${blocks.size - 3} more` : '';
      yield {
        identity: identity.address,
        address: identity.address,
        message: `Used by ${blocks.size} workloads: ${named}${more}`,
      };
    }
  },
});

/** Instances of one block are one workload. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}
