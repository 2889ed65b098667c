// AI agents: whose identity is theirs, what is said of its rights, and what they work with.

import { describe, expect, it } from 'vitest';
import { lintPlan, type Planned, policy, resource, role, told } from '../plans.js';

const trust = {
  Effect: 'Allow',
  Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'aws:SourceAccount': '408215637904' } },
};
const lambdaTrust = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const agentRole = role('agent', [trust]);
const plainRole = (values: Planned['values'] = {}) => role('agent', [lambdaTrust], values);
const to = (attribute: string) => ({ [attribute]: ['aws_iam_role.agent.arn', 'aws_iam_role.agent'] });
const may = (Action: unknown, Resource: unknown) =>
  resource(
    'aws_iam_role_policy.p',
    { policy: policy([{ Effect: 'Allow', Action, Resource }]) },
    { role: ['aws_iam_role.agent.id', 'aws_iam_role.agent'] },
  );
const agent = resource(
  'aws_bedrockagent_agent.support',
  { agent_name: 'support' },
  to('agent_resource_role_arn'),
);
const runtime = resource('aws_bedrockagentcore_agent_runtime.r', { agent_runtime_name: 'r' }, to('role_arn'));
const lambda = resource('aws_lambda_function.f', { function_name: 'f' }, to('role'));

describe('an identity of its own', () => {
  it.each<[string, Planned[], number]>([
    ['an agent alone', [plainRole(), agent], 0],
    ['an agent and a function', [plainRole(), agent, lambda], 1],
    ['two agents', [plainRole(), agent, runtime], 1],
    [
      'two functions',
      [plainRole(), lambda, resource('aws_lambda_function.g', { function_name: 'g' }, to('role'))],
      0,
    ],
  ])('%s', (_, resources, count) => {
    const found = told(lintPlan(resources), 'shared-identity');
    expect(found).toHaveLength(count);
    if (count > 0) expect(found[0]).toContain('An AI agent shares it');
  });
});

describe('rights', () => {
  it.each<[string, Planned[], boolean]>([
    ['of a role that an agent runs as', [plainRole(), agent], true],
    ['of a role that AgentCore takes up', [agentRole], true],
    [
      'of a role with the prefix for agents',
      [plainRole({ name: 'AmazonBedrockExecutionRoleForAgents_x' })],
      true,
    ],
    [
      'of a role that a label calls one',
      [plainRole({ tags_all: { owner: 'team-a', kind: 'ai-agent' } })],
      true,
    ],
    ['of a function', [plainRole(), lambda], false],
  ])('%s', (_, resources, isAgent) => {
    const report = lintPlan([...resources, may('secretsmanager:GetSecretValue', '*')]);
    const found = told(report, 'scope-broad').filter((text) => text.startsWith('aws_iam_role.'));
    expect(found).toEqual([
      isAgent ? expect.stringContaining("it is an AI agent's") : expect.not.stringContaining("agent's"),
    ]);
  });

  it.each<[string, Planned['values'], boolean]>([
    ['none', {}, true],
    ['an empty list of them', { guardrail_configuration: [] }, true],
    ['one', { guardrail_configuration: [{ guardrail_identifier: 'gr-1', guardrail_version: '1' }] }, false],
  ])('are told with whether a guardrail stands between: %s', (_, values, missing) => {
    const guarded = { ...agent, values: { ...agent.values, ...values } };
    const [found] = told(lintPlan([plainRole(), guarded, may('*', '*')]), 'scope-unbounded');
    expect(found?.endsWith('and it has no guardrail')).toBe(missing);
  });

  it('of an agent without a guardrail are fine where they are few', () =>
    expect(
      lintPlan([
        plainRole(),
        agent,
        may('bedrock:InvokeModel', 'arn:aws:bedrock:eu-west-1::foundation-model/x'),
      ]).findings.filter(({ message }) => message.includes('guardrail')),
    ).toEqual([]));

  it('are told where they are all there are, and where they lead to more', () => {
    expect(told(lintPlan([agentRole, may('*', '*')]), 'scope-unbounded')[0]).toContain("it is an AI agent's");
    const raise = may('iam:PutRolePolicy', 'arn:aws:iam::408215637904:role/agent');
    expect(told(lintPlan([agentRole, raise]), 'privilege-escalation')[0]).toContain("it is an AI agent's");
  });

  it('of Azure AI are those of its identity', () => {
    const foundry = resource('azurerm_ai_foundry.hub', {
      name: 'hub',
      identity: [{ type: 'SystemAssigned' }],
    });
    const grant = resource(
      'azurerm_role_assignment.g',
      {
        role_definition_name: 'Contributor',
        scope: '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg',
      },
      {
        principal_id: [
          'azurerm_ai_foundry.hub.identity[0].principal_id',
          'azurerm_ai_foundry.hub.identity',
          'azurerm_ai_foundry.hub',
        ],
      },
    );
    expect(told(lintPlan([foundry, grant]), 'scope-broad')).toEqual([
      expect.stringContaining("it is an AI agent's (azurerm_ai_foundry.hub)"),
    ]);
  });
});

describe('what calls in', () => {
  const jwt = (values: object) => ({
    authorizer_configuration: [
      {
        custom_jwt_authorizer: [
          { discovery_url: 'https://id.example/.well-known/openid-configuration', ...values },
        ],
      },
    ],
  });
  const gateway = (values: object) => resource('aws_bedrockagentcore_gateway.g', { name: 'g', ...values });

  it.each<[string, Planned, string | undefined]>([
    ['without an authorizer', gateway({ authorizer_type: 'NONE' }), 'Anyone on the internet can call it'],
    ['with signatures', gateway({ authorizer_type: 'AWS_IAM' }), undefined],
    ['with any token', gateway({ authorizer_type: 'CUSTOM_JWT', ...jwt({}) }), 'Any token of'],
    [
      'with an audience',
      gateway({ authorizer_type: 'CUSTOM_JWT', ...jwt({ allowed_audience: ['g'] }) }),
      undefined,
    ],
    [
      'with a client',
      gateway({ authorizer_type: 'CUSTOM_JWT', ...jwt({ allowed_clients: ['c'] }) }),
      undefined,
    ],
    ['at a runtime that callers sign for', runtime, undefined],
    [
      'at a runtime with any token',
      resource('aws_bedrockagentcore_agent_runtime.r', { agent_runtime_name: 'r', ...jwt({}) }),
      'Any token of',
    ],
  ])('%s', (_, one, expected) => {
    const found = told(lintPlan([one]), 'trust-open');
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected)]);
  });
});

describe('tools', () => {
  const interpreter = (network_mode: string, type = 'code_interpreter') =>
    resource(
      `aws_bedrockagentcore_${type}.t`,
      { name: 't', network_configuration: [{ network_mode }] },
      to('execution_role_arn'),
    );
  const exposed = (resources: Planned[]) =>
    lintPlan(resources).findings.filter(({ rule }) => rule === 'agent-tool-exposed');

  it.each<[string, Planned[], number]>([
    ['broad, on the internet', [agentRole, may('s3:GetObject', '*'), interpreter('PUBLIC')], 1],
    ['a browser', [agentRole, may('s3:GetObject', '*'), interpreter('PUBLIC', 'browser')], 1],
    ['all rights, on the internet', [agentRole, may('*', '*'), interpreter('PUBLIC')], 1],
    [
      'rights that lead to more',
      [agentRole, may('iam:PutRolePolicy', 'arn:aws:iam::408215637904:role/agent'), interpreter('PUBLIC')],
      1,
    ],
    ['broad, in a sandbox', [agentRole, may('s3:GetObject', '*'), interpreter('SANDBOX')], 0],
    [
      'one bucket, on the internet',
      [agentRole, may('s3:GetObject', 'arn:aws:s3:::requests/*'), interpreter('PUBLIC')],
      0,
    ],
  ])('%s', (_, resources, count) => {
    const found = exposed(resources);
    expect(found).toHaveLength(count);
    for (const one of found) expect(one).toMatchObject({ identity: 'aws_iam_role.agent', severity: 'error' });
  });

  it.each<[string, number]>([
    ['aws_bedrockagentcore_api_key_credential_provider.k', 1],
    ['azurerm_cognitive_account_connection_api_key.k', 1],
    ['azurerm_cognitive_account_connection_custom_keys.k', 1],
    ['azurerm_cognitive_account_connection_entra_id.k', 0],
    ['aws_bedrockagentcore_oauth2_credential_provider.k', 0],
  ])('sign in by %s', (address, count) => {
    const found = lintPlan([resource(address, { name: 'k' })]).findings;
    expect(found.filter(({ rule }) => rule === 'agent-static-key')).toHaveLength(count);
  });
});
