// What resources of Amazon Bedrock mean for access: agents, and what they work with.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs (Bedrock Agents, Bedrock AgentCore)

import type { ResourceFacts } from './types.js';

const JWT = 'authorizer_configuration.custom_jwt_authorizer';
const TOKENS = {
  issuer: `${JWT}.discovery_url`,
  asked: ['allowed_audience', 'allowed_clients', 'allowed_scopes', 'custom_claim'].map(
    (name) => `${JWT}.${name}`,
  ),
};

/** Runs what the agent writes, or opens what it finds. */
const RUNS_CODE: ResourceFacts = {
  workload: { runsAs: ['execution_role_arn'], agent: true },
  agentTool: { runsAs: 'execution_role_arn', network: 'network_configuration.network_mode' },
};

export const agents: Readonly<Record<string, ResourceFacts>> = {
  aws_bedrockagent_agent: {
    workload: { runsAs: ['agent_resource_role_arn'], agent: true, guardrail: 'guardrail_configuration' },
  },
  aws_bedrockagent_flow: { workload: { runsAs: ['execution_role_arn'], agent: true } },
  aws_bedrockagent_knowledge_base: { workload: { runsAs: ['role_arn'] } },
  aws_bedrockagentcore_agent_runtime: {
    workload: { runsAs: ['role_arn'], agent: true },
    // Without a JWT authorizer, callers sign their requests.
    endpoint: { tokens: TOKENS },
  },
  aws_bedrockagentcore_gateway: {
    workload: { runsAs: ['role_arn'], agent: true },
    endpoint: { authorizer: 'authorizer_type', tokens: TOKENS },
  },
  aws_bedrockagentcore_code_interpreter: {
    ...RUNS_CODE,
    workload: {
      runsAs: ['execution_role_arn'],
      arn: { format: 'bedrock-agentcore:$:$:code-interpreter-custom/$', name: 'code_interpreter_id' },
      agent: true,
    },
  },
  aws_bedrockagentcore_browser: RUNS_CODE,
  aws_bedrockagentcore_memory: { known: true },
  aws_bedrockagentcore_api_key_credential_provider: { agentTool: { staticKey: 'API key' } },
  aws_bedrockagentcore_oauth2_credential_provider: { known: true },
  aws_bedrockagentcore_workload_identity: { known: true },
  aws_bedrockagentcore_token_vault_cmk: { known: true },
};
