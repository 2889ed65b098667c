// One key for many doors cannot be taken from one of them.
import type { Identity } from '../src/graph/model.js';
import { defineRule, WARNING } from '../src/lint/rule.js';
import { unrelatedAmong } from '../src/verdict/workloads.js';

const MOST = 2;

export default defineRule({
  id: 'shared-identity',
  category: 'shared-identity',
  title: 'Several unrelated workloads or environments share one identity',
  severity: WARNING,
  why: 'Each of them can do what any of them may; none can be revoked, narrowed or rotated without breaking the others, and a break-in in development is one in production.',
  fix: 'Give each workload and each environment an identity of its own with just its rights.',
  frameworks: ['NHI9:2025', 'NHI8:2025', 'NHI10:2025', 'ASI03', 'PR.AA-05', 'AC-2(9)'],
  references: [
    'https://owasp.org/www-project-non-human-identities-top-10/2025/9-nhi-reuse/',
    'https://owasp.org/www-project-non-human-identities-top-10/2025/8-environment-isolation/',
  ],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity } of identities) {
      const message =
        acrossEnvironments(identity) ??
        withAgents(identity) ??
        withPeople(identity) ??
        acrossWorkloads(identity);
      if (message !== undefined) yield { identity: identity.address, address: identity.address, message };
    }
  },
});

function acrossEnvironments({ environments }: Identity): string | undefined {
  if (environments.length < 2) return undefined;
  const shown = environments.map(({ environment, by }) => `${environment} (${by})`);
  return `Serves ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** An agent does what its input makes it do, so what it may must be its own. */
function withAgents({ agents, workloads }: Identity): string | undefined {
  const [agent] = agents;
  const other = workloads.find((one) => one !== agent && withoutKeys(one) !== withoutKeys(agent ?? ''));
  if (agent === undefined || other === undefined) return undefined;
  return `An AI agent shares it with another workload: ${agent}, ${other}`;
}

function withPeople({ ways }: Identity): string | undefined {
  const person = ways.find(({ by }) => by === 'person');
  const workload = ways.find(({ by }) => by === 'workload');
  return person && workload ? `People and workloads share it: ${person.who}, ${workload.who}` : undefined;
}

function acrossWorkloads({ workloads, ways }: Identity): string | undefined {
  const blocks = [...new Set(workloads.map(withoutKeys))];
  const sources = new Map(
    ways.flatMap(({ who, subjects = [] }) => subjects.map(({ source }): [string, string] => [source, who])),
  );
  const users = [...blocks, ...sources.keys()];
  if (unrelatedAmong(blocks) + sources.size <= MOST) return undefined;
  const more = users.length > 3 ? ` and ${users.length - 3} more` : '';
  return `Used by ${users.length} workloads: ${users.slice(0, 3).join(', ')}${more}`;
}

/** Instances of one block are one workload. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}
