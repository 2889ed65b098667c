// What an agent is talked into writing runs with these rights, and can send what it reads anywhere.
import { defineRule, ERROR } from '../src/lint/rule.js';
import { reasonsOf } from '../src/verdict/scope.js';

export default defineRule({
  id: 'agent-tool-exposed',
  category: 'scope-broad',
  title: "An AI agent's code runs with broad rights and the internet in reach",
  severity: ERROR,
  why: 'One sentence in a document that the agent reads becomes code; with broad rights it reads what it should not, and with the internet in reach it takes it away.',
  fix: 'Give the tool a role with the few reads it needs, or none; set network_mode to SANDBOX, or to VPC with an egress that names its destinations.',
  frameworks: ['ASI05', 'ASI02', 'NHI5:2025', 'PR.AA-05', 'AC-6'],
  references: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html'],
  since: '0.1.0',

  *check({ graph, identities }) {
    const judged = new Map(identities.map((one) => [one.identity.address, one]));
    for (const { onInternet, runsAs, evidence } of graph.agentTools) {
      const risky = runsAs
        .map((address) => judged.get(address))
        .find((one) => one?.privileged || one?.scope.verdict === 'broad');
      if (!onInternet || !risky) continue;
      const wide = risky.scope.verdict === 'broad' || risky.scope.verdict === 'unbounded';
      const may = wide ? `may do ${reasonsOf(risky.scope).text}` : risky.escalations[0]?.text;
      yield {
        identity: risky.identity.address,
        address: evidence.address,
        message: `Runs an AI agent's code on the public network as ${risky.identity.address}, which ${may}`,
      };
    }
  },
});
