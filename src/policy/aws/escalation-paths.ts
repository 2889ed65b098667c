// The known ways to raise rights in AWS, as data. `catalogue` holds the ids of the same way in the public catalogue.
// What IAM actions do: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html

interface Common {
  /** Stable name, for reports: `attach-role-policy`. */
  readonly id: string;
  readonly catalogue: readonly string[];
}

/** One action that writes what an identity may do, or gives out credentials for it. */
export interface RightsPath extends Common {
  readonly kind: 'rights';
  readonly action: string;
  /** Credentials for oneself raise nothing; policies for oneself do. */
  readonly gives: 'policies' | 'credentials';
  /** `can attach policies to` + target */
  readonly does: string;
  /** What the target is: `role`. */
  readonly noun: string;
  /** It takes away the very boundary that a condition on `iam:PermissionsBoundary` asks for. */
  readonly liftsBoundary?: true;
}

/** `iam:PassRole` with what makes a service act as the passed role. */
export interface PassRolePath extends Common {
  readonly kind: 'pass-role';
  /** Values of `iam:PassedToService`. */
  readonly services: readonly string[];
  /** One action of each list, on whatever resource. */
  readonly needs: readonly (readonly string[])[];
  /** `can` + does + `as any role` */
  readonly does: string;
}

/** Actions that take over something that already runs as a role; harmless on named targets. */
export interface TakeoverPath extends Common {
  readonly kind: 'takeover';
  /** ARN format of what is taken over, as in `Action.formats`. */
  readonly of: string;
  /** All of them; those that work on such a target, on every one. */
  readonly needs: readonly string[];
  /** It starts something with the caller's input, so that nothing follows for a caller whose input somebody else wrote. */
  readonly starts?: true;
  /** `can` + does */
  readonly does: string;
}

export type EscalationPath = RightsPath | PassRolePath | TakeoverPath;

export const RIGHTS_PATHS: readonly RightsPath[] = [
  rights('create-policy-version', 'iam:CreatePolicyVersion', 'can rewrite', 'policy', [
    'iam-001',
    'iam-016',
    'iam-020',
  ]),
  rights(
    'set-default-policy-version',
    'iam:SetDefaultPolicyVersion',
    'can put another version in force for',
    'policy',
    [],
  ),
  rights('attach-user-policy', 'iam:AttachUserPolicy', 'can attach policies to', 'user', [
    'iam-008',
    'iam-015',
  ]),
  rights('attach-role-policy', 'iam:AttachRolePolicy', 'can attach policies to', 'role', [
    'iam-009',
    'iam-014',
    'iam-019',
  ]),
  rights('attach-group-policy', 'iam:AttachGroupPolicy', 'can attach policies to', 'group', ['iam-010']),
  rights('put-user-policy', 'iam:PutUserPolicy', 'can write policies into', 'user', ['iam-007', 'iam-018']),
  rights('put-role-policy', 'iam:PutRolePolicy', 'can write policies into', 'role', [
    'iam-005',
    'iam-017',
    'iam-021',
  ]),
  rights('put-group-policy', 'iam:PutGroupPolicy', 'can write policies into', 'group', ['iam-011']),
  rights('update-assume-role-policy', 'iam:UpdateAssumeRolePolicy', 'can change who may become', 'role', [
    'iam-012',
  ]),
  rights('add-user-to-group', 'iam:AddUserToGroup', 'can add users to', 'group', ['iam-013']),
  {
    ...rights(
      'delete-role-boundary',
      'iam:DeleteRolePermissionsBoundary',
      'can lift the boundary of',
      'role',
      [],
    ),
    liftsBoundary: true,
  },
  {
    ...rights(
      'delete-user-boundary',
      'iam:DeleteUserPermissionsBoundary',
      'can lift the boundary of',
      'user',
      [],
    ),
    liftsBoundary: true,
  },
  rights('put-role-boundary', 'iam:PutRolePermissionsBoundary', 'can replace the boundary of', 'role', []),
  rights('put-user-boundary', 'iam:PutUserPermissionsBoundary', 'can replace the boundary of', 'user', []),
  credentials('create-access-key', 'iam:CreateAccessKey', 'can create access keys for', [
    'iam-002',
    'iam-003',
  ]),
  credentials('create-login-profile', 'iam:CreateLoginProfile', 'can give a password to', ['iam-004']),
  credentials('update-login-profile', 'iam:UpdateLoginProfile', 'can reset the password of', ['iam-006']),
  rights(
    'attach-to-permission-set',
    'sso:AttachManagedPolicyToPermissionSet',
    'can attach policies to',
    'permission set',
    [],
  ),
  rights(
    'attach-own-to-permission-set',
    'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
    'can attach policies to',
    'permission set',
    [],
  ),
  rights(
    'put-in-permission-set',
    'sso:PutInlinePolicyToPermissionSet',
    'can write policies into',
    'permission set',
    [],
  ),
  rights('assign-permission-set', 'sso:CreateAccountAssignment', 'can hand out', 'permission set', []),
];

export const PASS_ROLE_PATHS: readonly PassRolePath[] = [
  passRole(
    'ec2',
    'run an instance',
    ['ec2-001', 'ec2-003'],
    [['ec2:RunInstances', 'ec2:RequestSpotInstances', 'ec2:RequestSpotFleet', 'ec2:CreateFleet']],
    ['ec2', 'spotfleet'],
  ),
  passRole(
    'ec2-profile',
    'let a running instance act',
    [],
    [['ec2:AssociateIamInstanceProfile', 'ec2:ReplaceIamInstanceProfileAssociation']],
    ['ec2'],
  ),
  passRole(
    'autoscaling',
    'launch instances',
    [],
    [
      ['autoscaling:CreateLaunchConfiguration', 'ec2:CreateLaunchTemplate'],
      ['autoscaling:CreateAutoScalingGroup', 'autoscaling:UpdateAutoScalingGroup'],
    ],
    ['ec2', 'autoscaling'],
  ),
  passRole(
    'lambda',
    'run a function',
    ['lambda-001', 'lambda-002', 'lambda-006'],
    [['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration']],
    ['lambda'],
  ),
  passRole(
    'cloudformation',
    'create a stack',
    ['cloudformation-001', 'cloudformation-003', 'cloudformation-004', 'cloudformation-005'],
    [
      [
        'cloudformation:CreateStack',
        'cloudformation:UpdateStack',
        'cloudformation:CreateStackSet',
        'cloudformation:UpdateStackSet',
        'cloudformation:CreateChangeSet',
      ],
    ],
    ['cloudformation'],
  ),
  passRole(
    'codebuild',
    'run a build',
    ['codebuild-001', 'codebuild-004'],
    [
      ['codebuild:CreateProject', 'codebuild:UpdateProject'],
      ['codebuild:StartBuild', 'codebuild:StartBuildBatch'],
    ],
    ['codebuild'],
  ),
  passRole(
    'codepipeline',
    'run a pipeline',
    [],
    [['codepipeline:CreatePipeline', 'codepipeline:UpdatePipeline']],
    ['codepipeline'],
  ),
  passRole(
    'datapipeline',
    'run a data pipeline',
    ['datapipeline-001'],
    [
      ['datapipeline:CreatePipeline'],
      ['datapipeline:PutPipelineDefinition'],
      ['datapipeline:ActivatePipeline'],
    ],
    ['datapipeline', 'elasticmapreduce', 'ec2'],
  ),
  passRole(
    'ecs',
    'run a container',
    ['ecs-001', 'ecs-002', 'ecs-003', 'ecs-004', 'ecs-005'],
    [
      ['ecs:RegisterTaskDefinition'],
      ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService'],
    ],
    ['ecs-tasks', 'ecs'],
  ),
  passRole(
    'batch',
    'run a batch job',
    [],
    [['batch:RegisterJobDefinition'], ['batch:SubmitJob']],
    ['ecs-tasks', 'batch'],
  ),
  passRole(
    'glue',
    'run a Glue job',
    ['glue-001', 'glue-003', 'glue-004', 'glue-005', 'glue-006'],
    [['glue:CreateDevEndpoint', 'glue:CreateJob', 'glue:UpdateJob', 'glue:CreateSession']],
    ['glue'],
  ),
  passRole(
    'sagemaker',
    'run a notebook or a job',
    ['sagemaker-001', 'sagemaker-002', 'sagemaker-003'],
    [
      [
        'sagemaker:CreateNotebookInstance',
        'sagemaker:CreateTrainingJob',
        'sagemaker:CreateProcessingJob',
        'sagemaker:CreateHyperParameterTuningJob',
        'sagemaker:CreateAutoMLJob',
        'sagemaker:CreateDomain',
        'sagemaker:CreateUserProfile',
        'sagemaker:CreateModel',
        'sagemaker:CreatePipeline',
      ],
    ],
    ['sagemaker'],
  ),
  passRole(
    'bedrock-agentcore',
    'run an agent or its tools',
    ['bedrock-001'],
    [
      [
        'bedrock-agentcore:CreateCodeInterpreter',
        'bedrock-agentcore:CreateAgentRuntime',
        'bedrock-agentcore:UpdateAgentRuntime',
        'bedrock-agentcore:CreateBrowser',
      ],
    ],
    ['bedrock-agentcore'],
  ),
  passRole('bedrock', 'run an agent', [], [['bedrock:CreateAgent', 'bedrock:UpdateAgent']], ['bedrock']),
  passRole(
    'apprunner',
    'run a service',
    ['apprunner-001'],
    [['apprunner:CreateService', 'apprunner:UpdateService']],
    ['tasks.apprunner', 'build.apprunner', 'apprunner'],
  ),
  passRole(
    'stepfunctions',
    'run a state machine',
    [],
    [['states:CreateStateMachine', 'states:UpdateStateMachine']],
    ['states'],
  ),
  passRole(
    'events',
    'call targets',
    [],
    [
      [
        'events:PutTargets',
        'scheduler:CreateSchedule',
        'scheduler:UpdateSchedule',
        'pipes:CreatePipe',
        'pipes:UpdatePipe',
      ],
    ],
    ['events', 'scheduler', 'pipes'],
  ),
  passRole(
    'ssm-automation',
    'run an automation',
    [],
    [['ssm:StartAutomationExecution', 'ssm:RegisterTaskWithMaintenanceWindow', 'ssm:CreateAssociation']],
    ['ssm'],
  ),
  passRole('emr', 'run a cluster', [], [['elasticmapreduce:RunJobFlow']], ['elasticmapreduce', 'ec2']),
  passRole('emr-serverless', 'run a job', [], [['emr-serverless:StartJobRun']], ['emr-serverless']),
  passRole(
    'airflow',
    'run a workflow environment',
    [],
    [['airflow:CreateEnvironment', 'airflow:UpdateEnvironment']],
    ['airflow', 'airflow-env'],
  ),
  passRole(
    'kinesisanalytics',
    'run a stream application',
    [],
    [['kinesisanalytics:CreateApplication', 'kinesisanalytics:UpdateApplication']],
    ['kinesisanalytics'],
  ),
  passRole(
    'synthetics',
    'run a canary',
    [],
    [['synthetics:CreateCanary', 'synthetics:UpdateCanary']],
    ['synthetics', 'lambda'],
  ),
  passRole(
    'iot',
    'let devices and rules act',
    [],
    [['iot:CreateRoleAlias', 'iot:CreateTopicRule', 'iot:ReplaceTopicRule']],
    ['iot', 'credentials.iot'],
  ),
  passRole(
    'rolesanywhere',
    'sign in from outside',
    [],
    [['rolesanywhere:CreateTrustAnchor'], ['rolesanywhere:CreateProfile']],
    ['rolesanywhere'],
  ),
  passRole(
    'eks-pod-identity',
    'let pods act',
    [],
    [['eks:CreatePodIdentityAssociation', 'eks:UpdatePodIdentityAssociation']],
    ['pods.eks'],
  ),
  passRole('amplify', 'build an application', [], [['amplify:CreateApp', 'amplify:UpdateApp']], ['amplify']),
  passRole(
    'imagebuilder',
    'build an image',
    [],
    [
      ['imagebuilder:CreateInfrastructureConfiguration'],
      ['imagebuilder:CreateImage', 'imagebuilder:CreateImagePipeline'],
    ],
    ['ec2', 'imagebuilder'],
  ),
];

const INSTANCE = 'ec2:$:$:instance/$';
const FUNCTION = 'lambda:$:$:function:$';
const NOTEBOOK = 'sagemaker:$:$:notebook-instance/$';

export const TAKEOVER_PATHS: readonly TakeoverPath[] = [
  takeover(
    'update-function-code',
    FUNCTION,
    'replace the code of any function',
    ['lambda-003', 'lambda-004', 'lambda-005'],
    ['lambda:UpdateFunctionCode'],
  ),
  {
    ...takeover('send-command', INSTANCE, 'run commands on any instance', ['ssm-002'], ['ssm:SendCommand']),
    starts: true,
  },
  takeover('start-session', INSTANCE, 'open a shell on any instance', ['ssm-001'], ['ssm:StartSession']),
  takeover(
    'send-ssh-key',
    INSTANCE,
    'log in to any instance',
    ['ec2instanceconnect-003'],
    ['ec2-instance-connect:SendSSHPublicKey'],
  ),
  takeover(
    'rewrite-user-data',
    INSTANCE,
    'rewrite what any instance runs at start',
    ['ec2-002'],
    ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
  ),
  takeover(
    'rewrite-launch-template',
    'ec2:$:$:launch-template/$',
    'rewrite what new instances run at start',
    ['ec2-004'],
    ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
  ),
  {
    ...takeover(
      'start-build',
      'codebuild:$:$:project/$',
      'run its own commands in any build',
      ['codebuild-002', 'codebuild-003'],
      ['codebuild:StartBuild'],
    ),
    starts: true,
  },
  {
    ...takeover(
      'start-build-batch',
      'codebuild:$:$:project/$',
      'run its own commands in any build',
      ['codebuild-003'],
      ['codebuild:StartBuildBatch'],
    ),
    starts: true,
  },
  takeover(
    'update-stack',
    'cloudformation:$:$:stack/$/$',
    'change any stack with the rights of its role',
    ['cloudformation-002'],
    ['cloudformation:UpdateStack'],
  ),
  takeover(
    'execute-change-set',
    'cloudformation:$:$:stack/$/$',
    'change any stack with the rights of its role',
    ['cloudformation-005'],
    ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  ),
  takeover(
    'update-dev-endpoint',
    'glue:$:$:devEndpoint/$',
    'log in to any Glue endpoint',
    ['glue-002'],
    ['glue:UpdateDevEndpoint'],
  ),
  takeover(
    'update-apprunner-service',
    'apprunner:$:$:service/$/$',
    'replace what any App Runner service runs',
    ['apprunner-002'],
    ['apprunner:UpdateService'],
  ),
  takeover(
    'code-interpreter-session',
    'bedrock-agentcore:$:$:code-interpreter-custom/$',
    'run code in any interpreter',
    ['bedrock-002'],
    ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
  ),
  takeover(
    'open-notebook',
    NOTEBOOK,
    'open any notebook',
    ['sagemaker-004'],
    ['sagemaker:CreatePresignedNotebookInstanceUrl'],
  ),
  takeover(
    'rewrite-notebook-start',
    NOTEBOOK,
    'rewrite what any notebook runs at start',
    ['sagemaker-005'],
    [
      'sagemaker:CreateNotebookInstanceLifecycleConfig',
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ],
  ),
];

/** Becoming a role needs that role's consent, so it counts where the plan shows both. */
export const ASSUME_ROLE = { action: 'sts:AssumeRole', catalogue: ['sts-001'] } as const;

function rights(
  id: string,
  action: string,
  does: string,
  noun: string,
  catalogue: readonly string[],
): RightsPath {
  return { id, kind: 'rights', gives: 'policies', action, does, noun, catalogue };
}

function credentials(id: string, action: string, does: string, catalogue: readonly string[]): RightsPath {
  return { id, kind: 'rights', gives: 'credentials', action, does, noun: 'user', catalogue };
}

function passRole(
  service: string,
  does: string,
  catalogue: readonly string[],
  needs: readonly (readonly string[])[],
  principals: readonly string[],
): PassRolePath {
  const services = principals.map((name) => `${name}.amazonaws.com`);
  return { id: `pass-role-${service}`, kind: 'pass-role', services, needs, does, catalogue };
}

function takeover(
  id: string,
  of: string,
  does: string,
  catalogue: readonly string[],
  needs: readonly string[],
): TakeoverPath {
  return { id, kind: 'takeover', of, needs, does, catalogue };
}
