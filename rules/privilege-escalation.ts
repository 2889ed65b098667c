// Rights that can be turned into more rights.
import type { Identity, Opening } from '../src/graph/model.js';
import { helpOn } from '../src/lint/platform.js';
import { defineRule, ERROR } from '../src/lint/rule.js';
import { asAgent } from '../src/verdict/agent.js';
import { despiteBoundary } from '../src/verdict/boundary.js';
import type { Escalation } from '../src/verdict/model.js';

export default defineRule({
  id: 'privilege-escalation',
  category: 'privilege-escalation',
  title: "Identity can raise its own or another's rights",
  severity: ERROR,
  why: 'Whoever holds this identity can become administrator with a few calls, whatever its policies say today.',
  fix: 'Take the action away, name the one role or policy it is for, require a permissions boundary (`iam:PermissionsBoundary`), or pin the service a role may be passed to (`iam:PassedToService`) together with the role.',
  frameworks: ['NHI5:2025', 'ASI03', 'PR.AA-05', 'AC-6(5)', 'AC-6(1)'],
  references: [
    'https://pathfinding.cloud',
    'https://owasp.org/www-project-non-human-identities-top-10/2025/5-overprivileged-nhi/',
  ],
  since: '0.1.0',

  *check({ graph, identities }) {
    for (const { identity, scope, escalations } of identities) {
      const told =
        scope.verdict === 'unbounded' ? escalations.filter((one) => one.handsOutRights) : escalations;
      if (told.length === 0) continue;
      yield {
        identity: identity.address,
        address: identity.address,
        message: `${sentence(told)}${asAgent(identity)}${despiteBoundary(identity)}${opennessOf(identity, graph.openings)}`,
        help: helpOn(identity.kind, HELP),
        evidence: [...new Set(told.map((one) => one.evidence))],
      };
    }
  },
});

const HELP = {
  azure:
    'Assign a role without this right, at the one resource it is for. Who must assign roles gets a condition that names which ones, and to whom; who must manage applications owns just those (`Application.ReadWrite.OwnedBy`).',
  google:
    'Grant a role without this permission, on the one service account or resource it is for and not on its project.',
  kubernetes:
    'Take the verb away, or name the objects it is for (`resourceNames`) in a role of one namespace.',
};

const MOST_NAMED = 3;

/** `Can write policies into itself (iam:PutRolePolicy) [iam-005]; can …`; a long list is counted. */
function sentence(told: readonly Escalation[]): string {
  const ways = [...new Map(told.map((one) => [one.text, one])).values()];
  const more = ways.slice(MOST_NAMED);
  const text = ways
    .slice(0, MOST_NAMED)
    .map((one) => `${one.text}${known([one])}`)
    .join('; ');
  const rest = more.length > 0 ? `; and ${more.length} more ways${known(more)}` : '';
  return `${text[0]?.toUpperCase()}${text.slice(1)}${rest}`;
}

/** Who may set out: the easier it is to become the identity, the sooner somebody takes the way. */
function opennessOf({ address }: Identity, openings: readonly Opening[]): string {
  const open = openings.find((one) => one.identity === address);
  return open ? `; it is open at that: ${open.text}` : '';
}

/** The ids under which the ways can be looked up at pathfinding.cloud. */
function known(ways: readonly Escalation[]): string {
  const ids = [...new Set(ways.flatMap(({ catalogue }) => catalogue))];
  return ids.length > 0 ? ` [${ids.join(', ')}]` : '';
}
