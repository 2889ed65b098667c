// A key that an agent's tool holds works for whoever gets the tool to use it, and for ever.
import { defineRule, WARNING } from '../src/lint/rule.js';

export default defineRule({
  id: 'agent-static-key',
  category: 'static-credential',
  title: "An AI agent's tool signs in with a static key",
  severity: WARNING,
  why: 'The key carries all the rights of its owner, whoever talks to the agent, and nothing takes it back when the task is over.',
  fix: 'Let the tool sign in with a token of its own: an OAuth2 credential provider, the role of the gateway, or a managed identity.',
  frameworks: ['ASI03', 'NHI4:2025', 'NHI7:2025', 'PR.AA-03', 'IA-5'],
  references: [
    'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-outbound-credential-provider.html',
  ],
  since: '0.1.0',

  *check({ graph }) {
    for (const { staticKey, evidence } of graph.agentTools)
      if (staticKey !== undefined)
        yield {
          identity: null,
          address: evidence.address,
          message: `An AI agent signs in elsewhere with a static ${staticKey}`,
        };
  },
});
