// Which identities are AI agents', and what agents work with. An agent does what its input makes it do, so its rights
// are judged by who can write to it.

import { normalisedKey } from '../access/labels.js';
import { factsOf } from '../catalog/index.js';
import type { ResourceFacts } from '../catalog/types.js';
import { blocks } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { byAddress } from '../plan/plan-json.js';
import { pathOf, read } from '../plan/value.js';
import { type Context, granteesOf, type Part } from './context.js';
import type { Draft } from './draft.js';
import type { AgentTool } from './model.js';

/** What shows that an identity is an agent's: a workload, a label, whom it trusts; undefined where nothing does. */
export function agentOf({ agents, labels, resource, ways, name }: Draft): string | undefined {
  const [workload] = [...agents].sort();
  if (workload !== undefined) return workload;
  if (factsOf(resource).some((facts) => facts.workload?.agent)) return resource.address;
  const label = labels.find(
    ({ key, value }) => normalisedKey(key) === 'aiagent' || /^ai[-_ ]?agent$/i.test(value.trim()),
  );
  if (label) return `label ${label.key}`;
  if (ways.some(({ who }) => who === 'bedrock-agentcore.amazonaws.com')) return 'trusts Bedrock AgentCore';
  // The service asks for this prefix: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
  return name.startsWith('AmazonBedrockExecutionRoleForAgents_') ? `named ${name}` : undefined;
}

/** True where the agent could have a guardrail and the configuration gives it none. */
export function isUnguarded(
  resource: Resource,
  { guardrail }: NonNullable<ResourceFacts['workload']>,
  context: Context,
): boolean {
  if (guardrail === undefined) return false;
  const value = read(resource, pathOf(guardrail), context.resolver);
  return value.state === 'absent' || (value.state === 'known' && blocks(value.value).length === 0);
}

/** Tools that sign in with a static key, or that run what an agent writes. */
export function agentToolsIn(parts: readonly Part[], context: Context): AgentTool[] {
  return parts
    .flatMap(({ resource, facts: { agentTool } }) => {
      if (!agentTool) return [];
      const { staticKey, runsAs, network } = agentTool;
      const mode = network === undefined ? undefined : read(resource, pathOf(network), context.resolver);
      const identities = runsAs === undefined ? [] : granteesOf(resource, runsAs, context).identities;
      return [
        {
          evidence: { address: resource.address, path: runsAs ?? '' },
          staticKey,
          onInternet: mode?.state === 'known' && mode.value === 'PUBLIC',
          runsAs: identities.map((one) => one.resource.address).sort(),
        },
      ];
    })
    .sort((a, b) => byAddress(a.evidence, b.evidence));
}
