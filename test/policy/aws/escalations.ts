// The public catalogue of AWS escalation paths as fixtures: for each id a bad case in which every resource is scoped,
// and look-alikes that are harmless. One line is one statement:
//   [deny] ACTION[, ACTION…] on RESOURCE[, RESOURCE…] [if CONDITION-KEY OPERATOR VALUE]
// A resource `iam:role/admin` is short for its whole ARN. The estate in which they stand is in `estate.ts`.

export interface Fixture {
  readonly id: string;
  readonly as: 'user' | 'role';
  readonly bad: readonly string[];
  readonly harmless: Readonly<Record<string, readonly string[]>>;
}

const SELF = { role: 'iam:role/attacker', user: 'iam:user/attacker' } as const;
const AGREED = 'if iam:PermissionsBoundary StringEquals iam:policy/limit';
const READER = 'if iam:PolicyARN ArnEquals iam:policy/reader';

function fixture(
  id: string,
  as: Fixture['as'],
  bad: readonly string[],
  harmless: Fixture['harmless'],
): Fixture {
  return { id, as, bad, harmless };
}

/** A role passed to a service that then runs what the attacker says. */
function pass(id: string, service: string, ...uses: readonly string[]): Fixture {
  return fixture(id, 'role', ['iam:PassRole on iam:role/admin', ...uses], {
    'a role that may do little': ['iam:PassRole on iam:role/app', ...uses],
    'to another service only': [
      'iam:PassRole on iam:role/admin if iam:PassedToService StringEquals transfer.amazonaws.com',
      ...uses,
    ],
    'a role that does not trust the service': ['iam:PassRole on iam:role/breakglass', ...uses],
    'nothing to run with it': [
      `iam:PassRole on iam:role/admin if iam:PassedToService StringEquals ${service}.amazonaws.com`,
    ],
    'the role may not be passed': ['iam:PassRole on iam:role/*', 'deny iam:PassRole on *', ...uses],
    'only roles of another team': [
      'iam:PassRole on * if iam:ResourceTag/team StringEquals analytics',
      ...uses,
    ],
  });
}

/** What runs as the admin role is changed; the same on what runs as the app role is harmless. */
function takeover(
  id: string,
  actions: string,
  target: (owner: string) => string,
  more: string[] = [],
): Fixture {
  return fixture(id, 'role', [`${actions} on ${target('admin')}`, ...more], {
    'what runs with few rights': [`${actions} on ${target('app')}`, ...more],
    'only what another team runs': [
      `${actions} on * if aws:ResourceTag/team StringEquals analytics`,
      ...more,
    ],
    'spared by a denial': [
      `${actions} on ${target('admin')}`,
      ...more,
      `deny ${actions} on * if aws:ResourceTag/team StringNotEquals analytics`,
    ],
  });
}

const INSTANCE = (owner: string): string => `ec2:instance/i-${owner}`;
const FUNCTION = (owner: string): string => `lambda:function:${owner}`;
const PROJECT = (owner: string): string => `codebuild:project/${owner}`;
const STACK = (owner: string): string => `cloudformation:stack/${owner}/*`;
const NOTEBOOK = (owner: string): string => `sagemaker:notebook-instance/${owner}`;

export const FIXTURES: readonly Fixture[] = [
  fixture('iam-001', 'role', ['iam:CreatePolicyVersion on iam:policy/attacker'], {
    'versions are only read': ['iam:GetPolicyVersion, iam:ListPolicyVersions on *'],
    'denied elsewhere': ['iam:CreatePolicyVersion on iam:policy/attacker', 'deny iam:Create* on *'],
  }),
  fixture('iam-002', 'role', ['iam:CreateAccessKey on iam:user/breakglass'], {
    'keys are only listed': ['iam:ListAccessKeys, iam:GetAccessKeyLastUsed on *'],
    'no user is meant': ['iam:CreateAccessKey on iam:role/admin'],
  }),
  fixture('iam-003', 'user', ['iam:CreateAccessKey, iam:DeleteAccessKey on iam:user/breakglass'], {
    'its own keys': ['iam:CreateAccessKey, iam:DeleteAccessKey on iam:user/${aws:username}'],
  }),
  fixture('iam-004', 'role', ['iam:CreateLoginProfile on iam:user/breakglass'], {
    'passwords are only taken': ['iam:DeleteLoginProfile on *'],
  }),
  fixture('iam-005', 'role', [`iam:PutRolePolicy on ${SELF.role}`], {
    'only with the boundary': [`iam:PutRolePolicy on iam:role/* ${AGREED}`],
    'denied without the boundary': [
      'iam:PutRolePolicy on iam:role/*',
      'deny iam:PutRolePolicy on * if iam:PermissionsBoundary StringNotEquals iam:policy/limit',
    ],
    'policies are only taken': ['iam:DeleteRolePolicy on iam:role/app'],
  }),
  fixture('iam-006', 'user', ['iam:UpdateLoginProfile on iam:user/breakglass'], {
    'its own password': ['iam:UpdateLoginProfile on iam:user/${aws:username}'],
  }),
  fixture('iam-007', 'user', [`iam:PutUserPolicy on ${SELF.user}`], {
    'only with the boundary': [`iam:PutUserPolicy on iam:user/* ${AGREED}`],
  }),
  fixture('iam-008', 'user', ['iam:AttachUserPolicy on iam:user/${aws:username}'], {
    'one agreed policy': [`iam:AttachUserPolicy on iam:user/* ${READER}`],
  }),
  fixture('iam-009', 'role', [`iam:AttachRolePolicy on ${SELF.role}`], {
    'one agreed policy': [`iam:AttachRolePolicy on iam:role/* ${READER}`],
    'denied unless it is the agreed policy': [
      'iam:AttachRolePolicy on iam:role/*',
      'deny iam:AttachRolePolicy on * if iam:PolicyARN ArnNotEquals iam:policy/reader',
    ],
    'only with the boundary': [`iam:AttachRolePolicy on iam:role/* ${AGREED}`],
  }),
  fixture('iam-010', 'user', ['iam:AttachGroupPolicy on iam:group/staff'], {
    'one agreed policy': [`iam:AttachGroupPolicy on iam:group/* ${READER}`],
  }),
  fixture('iam-011', 'user', ['iam:PutGroupPolicy on iam:group/staff'], {
    'policies are only taken': ['iam:DeleteGroupPolicy on iam:group/staff'],
  }),
  fixture('iam-012', 'role', ['iam:UpdateAssumeRolePolicy on iam:role/admin'], {
    'its words are only changed': ['iam:UpdateRoleDescription, iam:TagRole on iam:role/admin'],
    'denied elsewhere': ['iam:UpdateAssumeRolePolicy on iam:role/*', 'deny iam:Update* on iam:role/*'],
  }),
  fixture('iam-013', 'user', ['iam:AddUserToGroup on iam:group/admins'], {
    'users are only taken out': ['iam:RemoveUserFromGroup on iam:group/*'],
  }),
  fixture('iam-014', 'role', ['iam:AttachRolePolicy, sts:AssumeRole on iam:role/app'], {
    'one agreed policy': [`iam:AttachRolePolicy on iam:role/app ${READER}`, 'sts:AssumeRole on iam:role/app'],
  }),
  fixture('iam-015', 'role', ['iam:AttachUserPolicy, iam:CreateAccessKey on iam:user/app'], {
    'users are only made': [
      'iam:CreateUser on iam:user/apps/*',
      `iam:AttachUserPolicy on iam:user/apps/* ${READER}`,
    ],
  }),
  fixture(
    'iam-016',
    'role',
    ['iam:CreatePolicyVersion on iam:policy/app', 'sts:AssumeRole on iam:role/app'],
    {
      'versions are only taken': [
        'iam:DeletePolicyVersion on iam:policy/app',
        'sts:AssumeRole on iam:role/app',
      ],
    },
  ),
  fixture('iam-017', 'role', ['iam:PutRolePolicy, sts:AssumeRole on iam:role/app'], {
    'only with the boundary': [
      `iam:PutRolePolicy on iam:role/app ${AGREED}`,
      'sts:AssumeRole on iam:role/app',
    ],
  }),
  fixture('iam-018', 'role', ['iam:PutUserPolicy, iam:CreateAccessKey on iam:user/app'], {
    'only with the boundary': [`iam:PutUserPolicy on iam:user/app ${AGREED}`],
  }),
  fixture('iam-019', 'role', ['iam:AttachRolePolicy, iam:UpdateAssumeRolePolicy on iam:role/app'], {
    'one agreed policy': [`iam:AttachRolePolicy on iam:role/app ${READER}`],
  }),
  fixture(
    'iam-020',
    'role',
    ['iam:CreatePolicyVersion on iam:policy/app', 'iam:UpdateAssumeRolePolicy on iam:role/app'],
    { 'policies are only made': ['iam:CreatePolicy on iam:policy/apps/*', 'iam:TagRole on iam:role/app'] },
  ),
  fixture('iam-021', 'role', ['iam:PutRolePolicy, iam:UpdateAssumeRolePolicy on iam:role/app'], {
    'only with the boundary': [`iam:PutRolePolicy on iam:role/app ${AGREED}`],
  }),
  fixture('sts-001', 'role', ['sts:AssumeRole on iam:role/breakglass'], {
    'a role that may do little': ['sts:AssumeRole on iam:role/app'],
    'a role that does not let it in': ['sts:AssumeRole on iam:role/admin'],
    'denied elsewhere': ['sts:AssumeRole on iam:role/breakglass', 'deny sts:* on *'],
    'only with a second factor': [
      'sts:AssumeRole on iam:role/breakglass if aws:MultiFactorAuthPresent Bool true',
    ],
    'only roles of its team': [
      'sts:AssumeRole on * if aws:ResourceTag/team StringEquals ${aws:PrincipalTag/team}',
    ],
  }),

  pass('apprunner-001', 'tasks.apprunner', 'apprunner:CreateService on apprunner:service/shop/*'),
  pass(
    'bedrock-001',
    'bedrock-agentcore',
    'bedrock-agentcore:CreateCodeInterpreter on *',
    'bedrock-agentcore:StartCodeInterpreterSession, bedrock-agentcore:InvokeCodeInterpreter on bedrock-agentcore:code-interpreter-custom/shop',
  ),
  pass('cloudformation-001', 'cloudformation', `cloudformation:CreateStack on ${STACK('shop')}`),
  pass(
    'cloudformation-003',
    'cloudformation',
    'cloudformation:CreateStackSet, cloudformation:CreateStackInstances on cloudformation:stackset/shop:*',
  ),
  pass(
    'cloudformation-004',
    'cloudformation',
    'cloudformation:UpdateStackSet on cloudformation:stackset/shop:*',
  ),
  pass('codebuild-001', 'codebuild', `codebuild:CreateProject, codebuild:StartBuild on ${PROJECT('shop')}`),
  pass(
    'codebuild-004',
    'codebuild',
    `codebuild:CreateProject, codebuild:StartBuildBatch on ${PROJECT('shop')}`,
  ),
  pass(
    'datapipeline-001',
    'datapipeline',
    'datapipeline:CreatePipeline on *',
    'datapipeline:PutPipelineDefinition, datapipeline:ActivatePipeline on datapipeline:pipeline/df-shop',
  ),
  pass('ec2-001', 'ec2', 'ec2:RunInstances on ec2:instance/*, ec2:subnet/subnet-1, ec2:image/ami-1'),
  pass('ec2-003', 'ec2', 'ec2:RequestSpotInstances on ec2:spot-instances-request/*, ec2:image/ami-1'),
  pass(
    'ecs-001',
    'ecs-tasks',
    'ecs:CreateCluster on ecs:cluster/shop',
    'ecs:RegisterTaskDefinition on ecs:task-definition/shop:*',
    'ecs:CreateService on ecs:service/shop/*',
  ),
  pass(
    'ecs-002',
    'ecs-tasks',
    'ecs:CreateCluster on ecs:cluster/shop',
    'ecs:RegisterTaskDefinition, ecs:RunTask on ecs:task-definition/shop:*',
  ),
  pass(
    'ecs-003',
    'ecs-tasks',
    'ecs:RegisterTaskDefinition on ecs:task-definition/shop:*',
    'ecs:CreateService on ecs:service/shop/*',
  ),
  pass('ecs-004', 'ecs-tasks', 'ecs:RegisterTaskDefinition, ecs:RunTask on ecs:task-definition/shop:*'),
  pass('ecs-005', 'ecs-tasks', 'ecs:RegisterTaskDefinition, ecs:StartTask on ecs:task-definition/shop:*'),
  pass('glue-001', 'glue', 'glue:CreateDevEndpoint on glue:devEndpoint/shop'),
  pass('glue-003', 'glue', 'glue:CreateJob, glue:StartJobRun on glue:job/shop'),
  pass('glue-004', 'glue', 'glue:CreateJob on glue:job/shop', 'glue:CreateTrigger on glue:trigger/shop'),
  pass('glue-005', 'glue', 'glue:UpdateJob, glue:StartJobRun on glue:job/shop'),
  pass('glue-006', 'glue', 'glue:UpdateJob on glue:job/shop', 'glue:CreateTrigger on glue:trigger/shop'),
  pass('lambda-001', 'lambda', 'lambda:CreateFunction, lambda:InvokeFunction on lambda:function:shop'),
  pass(
    'lambda-002',
    'lambda',
    'lambda:CreateFunction on lambda:function:shop',
    'lambda:CreateEventSourceMapping on *',
  ),
  pass('lambda-006', 'lambda', 'lambda:CreateFunction, lambda:AddPermission on lambda:function:shop'),
  pass('sagemaker-001', 'sagemaker', `sagemaker:CreateNotebookInstance on ${NOTEBOOK('shop')}`),
  pass('sagemaker-002', 'sagemaker', 'sagemaker:CreateTrainingJob on sagemaker:training-job/shop'),
  pass('sagemaker-003', 'sagemaker', 'sagemaker:CreateProcessingJob on sagemaker:processing-job/shop'),

  takeover('apprunner-002', 'apprunner:UpdateService', (owner) => `apprunner:service/${owner}/*`),
  takeover(
    'bedrock-002',
    'bedrock-agentcore:StartCodeInterpreterSession, bedrock-agentcore:InvokeCodeInterpreter',
    (owner) => `bedrock-agentcore:code-interpreter-custom/${owner}`,
  ),
  takeover('cloudformation-002', 'cloudformation:UpdateStack', STACK),
  takeover('cloudformation-005', 'cloudformation:CreateChangeSet, cloudformation:ExecuteChangeSet', STACK),
  takeover('codebuild-002', 'codebuild:StartBuild', PROJECT),
  takeover('codebuild-003', 'codebuild:StartBuildBatch', PROJECT),
  takeover('ec2-002', 'ec2:ModifyInstanceAttribute, ec2:StopInstances, ec2:StartInstances', INSTANCE),
  takeover(
    'ec2-004',
    'ec2:CreateLaunchTemplateVersion, ec2:ModifyLaunchTemplate',
    (owner) => `ec2:launch-template/lt-${owner}`,
  ),
  takeover('ec2instanceconnect-003', 'ec2-instance-connect:SendSSHPublicKey', INSTANCE, [
    'ec2:DescribeInstances on *',
  ]),
  takeover('glue-002', 'glue:UpdateDevEndpoint', (owner) => `glue:devEndpoint/${owner}`),
  takeover('lambda-003', 'lambda:UpdateFunctionCode', FUNCTION),
  takeover('lambda-004', 'lambda:UpdateFunctionCode, lambda:InvokeFunction', FUNCTION),
  takeover('lambda-005', 'lambda:UpdateFunctionCode, lambda:AddPermission', FUNCTION),
  takeover('sagemaker-004', 'sagemaker:CreatePresignedNotebookInstanceUrl', NOTEBOOK),
  takeover(
    'sagemaker-005',
    'sagemaker:StopNotebookInstance, sagemaker:UpdateNotebookInstance, sagemaker:StartNotebookInstance',
    NOTEBOOK,
    ['sagemaker:CreateNotebookInstanceLifecycleConfig on sagemaker:notebook-instance-lifecycle-config/shop'],
  ),
  takeover('ssm-001', 'ssm:StartSession', INSTANCE),
  takeover('ssm-002', 'ssm:SendCommand', INSTANCE, ['ssm:SendCommand on ssm:document/AWS-RunShellScript']),
];
