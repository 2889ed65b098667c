// Wildcards where names would do.
import { helpOn } from '../src/lint/platform.js';
import { defineRule, ERROR } from '../src/lint/rule.js';
import { asAgent } from '../src/verdict/agent.js';
import { despiteBoundary } from '../src/verdict/boundary.js';
import { reasonsOf } from '../src/verdict/scope.js';

export default defineRule({
  id: 'scope-broad',
  category: 'scope-broad',
  title: 'Identity may do more than one job needs',
  severity: ERROR,
  why: 'Rights over every resource of a type, or over everything a service can do, turn a small leak into a large one.',
  fix: 'Name the resources (ARN, path, prefix) and the actions; where a resource cannot be named, pin it by a tag condition.',
  frameworks: ['NHI5:2025', 'ASI02', 'PR.AA-05', 'AC-6'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/5-overprivileged-nhi/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, scope } of identities) {
      if (scope.verdict !== 'broad') continue;
      const { text, evidence } = reasonsOf(scope);
      yield {
        identity: identity.address,
        address: identity.address,
        message: `Too broad: ${text}${asAgent(identity)}${despiteBoundary(identity)}`,
        help: helpOn(identity.kind, HELP),
        evidence,
      };
    }
  },
});

const HELP = {
  azure:
    'Assign a role for just this job, at the one resource it is for and not at its group or subscription. For Microsoft Graph, ask for the permission that is selected per site, mailbox or application.',
  google: 'Grant a role for just this job, on the one resource it is for and not on its project.',
  kubernetes: 'Name the verbs, the resources and, where it can be, the objects, in a role of one namespace.',
};
