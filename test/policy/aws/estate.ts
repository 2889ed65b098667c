// The estate of the escalation fixtures: an admin role and an app role, something of every kind that runs as each of
// them, and the attacker. A fixture line becomes one statement of the attacker's policies.

import { type Planned, policy, resource, role } from '../../plans.js';

const ACCOUNT = '123456789012';

/** `iam:role/admin` → its ARN; what is short for nothing stays. */
function arn(text: string): string {
  const [, service, rest] = /^([a-z0-9-]+):(.+)$/.exec(text) ?? [];
  if (service === undefined || rest === undefined || service === 'arn') return text;
  const region = service === 'iam' ? '' : 'eu-west-1';
  // Documents of AWS belong to no account.
  const account = rest.startsWith('document/AWS-') ? '' : ACCOUNT;
  return `arn:aws:${service}:${region}:${account}:${rest}`;
}

/** One fixture line as a statement. */
export function statement(line: string): Record<string, unknown> {
  const [, deny, actions = '', resources = '', key, operator = '', value = ''] =
    /^(deny )?(.+?) on (.+?)(?: if (\S+) (\S+) (.+))?$/.exec(line) ?? [];
  return {
    Effect: deny === undefined ? 'Allow' : 'Deny',
    Action: actions.split(', '),
    Resource: resources.split(', ').map(arn),
    ...(key === undefined ? {} : { Condition: { [operator]: { [key]: arn(value) } } }),
  };
}

const SERVICES = [
  'bedrock-agentcore',
  'cloudformation',
  'codebuild',
  'datapipeline',
  'ec2',
  'ecs-tasks',
  'glue',
  'lambda',
  'sagemaker',
  'tasks.apprunner',
];

const forServices = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: SERVICES.map((name) => `${name}.amazonaws.com`) },
};
const forAccount = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: arn('iam:root') },
};

const TAGS = {
  owner: 'team-platform',
  purpose: 'Runs the platform',
  expires: '2027-03-31',
  team: 'platform',
};

function everythingRunBy(name: string): Planned[] {
  const roleArn = arn(`iam:role/${name}`);
  const known = (type: string, values: Planned['values']): Planned =>
    resource(`${type}.${name}`, { ...values, tags_all: TAGS }, {}, 'no-op');
  return [
    resource(`aws_iam_instance_profile.${name}`, { name, role: name }),
    known('aws_lambda_function', { function_name: name, role: roleArn }),
    known('aws_instance', { id: `i-${name}`, iam_instance_profile: name }),
    known('aws_launch_template', { id: `lt-${name}`, iam_instance_profile: [{ name }] }),
    known('aws_codebuild_project', { name, service_role: roleArn }),
    known('aws_cloudformation_stack', { name, iam_role_arn: roleArn }),
    known('aws_apprunner_service', {
      service_name: name,
      instance_configuration: [{ instance_role_arn: roleArn }],
    }),
    known('aws_sagemaker_notebook_instance', { name, role_arn: roleArn }),
    known('aws_glue_dev_endpoint', { name, role_arn: roleArn }),
    known('aws_bedrockagentcore_code_interpreter', {
      code_interpreter_id: name,
      execution_role_arn: roleArn,
    }),
  ];
}

const ESTATE: readonly Planned[] = [
  role('admin', forServices, { tags_all: TAGS }),
  resource('aws_iam_role_policy.admin', { role: 'admin', policy: policy(statement('* on *')) }),
  role('breakglass', forAccount, { tags_all: TAGS }),
  resource('aws_iam_role_policy.breakglass', { role: 'breakglass', policy: policy(statement('* on *')) }),
  role('app', [forServices, forAccount], { tags_all: TAGS }),
  resource('aws_iam_role_policy.app', {
    role: 'app',
    policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' }),
  }),
  ...['admin', 'app'].flatMap(everythingRunBy),
];

/** The address of the attacker. */
export function attackerAddress(as: 'user' | 'role'): string {
  return `aws_iam_${as}.attacker`;
}

/** The whole estate, and the attacker with each list of lines as a policy of its own. */
export function estate(as: 'user' | 'role', policies: readonly (readonly string[])[]): Planned[] {
  const attacker =
    as === 'role'
      ? role('attacker', {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'ec2.amazonaws.com' },
        })
      : resource('aws_iam_user.attacker', { name: 'attacker', path: '/', tags_all: TAGS });
  return [
    ...ESTATE,
    attacker,
    ...policies.map((lines, index) =>
      resource(`aws_iam_${as}_policy.attacker_${index}`, {
        [as]: 'attacker',
        policy: policy(lines.map(statement)),
      }),
    ),
  ];
}
