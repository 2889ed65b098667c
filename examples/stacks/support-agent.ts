// An AI agent that answers customers: it looks up orders and asks for refunds, by one function each, and nothing else.

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
// In your own project: from 'leasehold/cdktf', or 'leasehold/cdktn'.
import { AwsAgent, AwsEntitlement, AwsPrincipal, Provider, Resource } from '../../constructs/index.js';

const FUNCTIONS = 'arn:aws:lambda:eu-west-1:123456789012:function';
const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';

export class SupportAgentStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const agent = new AwsAgent(this, 'support-agent', {
      owner: 'team-support@example.com',
      purpose: 'Answers questions about orders and asks for refunds',
      ttl: '30d',
      starts: '2026-11-10',
      reviewers: ['support-leads@example.com'],
      reviewEvery: '14d',
      approvers: ['ai-board@example.com'],
      environment: 'production',
      // The service asks for this prefix.
      roleName: 'AmazonBedrockExecutionRoleForAgents_support',
      assumedBy: AwsPrincipal.bedrockAgent({ account: '123456789012', region: 'eu-west-1' }),
      tools: {
        think: [AwsEntitlement.invokeModel(`arn:aws:bedrock:eu-west-1::foundation-model/${MODEL}`)],
        'look-up-order': [AwsEntitlement.invokeFunction(`${FUNCTIONS}:look-up-order:live`)],
        'ask-for-refund': [AwsEntitlement.invokeFunction(`${FUNCTIONS}:ask-for-refund:live`)],
      },
    });

    // An agent cannot be without a role, so it goes when its access does.
    new Resource(
      this,
      'agent',
      'aws_bedrockagent_agent',
      { agent_name: 'support', foundation_model: MODEL, agent_resource_role_arn: agent.roleArn },
      { count: agent.countUntilEnd },
    );
  }
}
