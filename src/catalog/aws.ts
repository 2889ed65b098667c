// What AWS resources mean for access. Paths: the hashicorp/aws provider's schema.

import { agents } from './aws-agents.js';
import { amazonGrafana } from './grafana.js';
import { defineProvider, type ResourceFacts } from './types.js';

const TAGS = ['tags_all', 'tags'];

/** Resources whose own attribute holds a policy about themselves. */
function policyOn(
  document: string,
  of?: string,
  everybodyIsFine?: NonNullable<ResourceFacts['resourcePolicy']>['everybodyIsFine'],
): ResourceFacts {
  return {
    resourcePolicy: {
      document,
      ...(of === undefined ? {} : { of }),
      ...(everybodyIsFine ? { everybodyIsFine } : {}),
    },
  };
}

const IN_VPC = [{ path: 'vpc_options.subnet_ids' }];
/** An access point blocks public policies unless it is told not to. */
const ACCESS_POINT = [
  { path: 'vpc_configuration.vpc_id', here: true },
  { path: 'public_access_block_configuration.restrict_public_buckets', unless: 'false', here: true },
] as const;
const OF_ACCESS_POINT = ACCESS_POINT.map(({ here: _, ...one }) => one);
/** A public API is called by everybody; a private one by every VPC of any account that its policy lets in. */
const PUBLIC_API = [{ path: 'endpoint_configuration.types', unless: 'PRIVATE' }];

function runsAs(...paths: string[]): ResourceFacts {
  return { workload: { runsAs: paths } };
}

/** The same for what policies can name, and whoever may change it acts as its role. */
function targetAs(runsAs: string[], format: string, name?: string): ResourceFacts {
  return { workload: { runsAs, arn: { format, ...(name === undefined ? {} : { name }) } } };
}

export const aws = defineProvider('aws', () => ({
  types: {
    ...agents,
    ...amazonGrafana,
    aws_iam_role: {
      principal: {
        kind: 'aws.iam.role',
        name: ['name', 'name_prefix'],
        ids: ['arn', 'name', 'id', 'unique_id'],
        labels: TAGS,
        description: ['description'],
        platform: { path: 'path', prefix: '/aws-service-role/' },
        permissionsBoundary: 'permissions_boundary',
      },
      trust: { document: 'assume_role_policy' },
      iamGrants: [
        { blocks: { path: 'inline_policy', document: 'policy' } },
        { policyArns: 'managed_policy_arns' },
      ],
    },
    aws_iam_user: {
      principal: {
        kind: 'aws.iam.user',
        name: ['name'],
        ids: ['arn', 'name', 'id', 'unique_id'],
        labels: TAGS,
        destroyedWithCredentials: 'force_destroy',
        permissionsBoundary: 'permissions_boundary',
      },
    },
    aws_iam_service_linked_role: { known: true },
    aws_iam_group: { group: { ids: ['arn', 'name', 'id'] } },
    aws_iam_group_membership: { membership: { group: 'group', members: 'users' } },
    aws_iam_user_group_membership: { membership: { group: 'groups', members: 'user' } },

    aws_iam_policy: { iamPolicy: { document: 'policy', ids: ['arn', 'id'] } },
    aws_iam_role_policy: { iamGrants: [{ to: ['role'], document: 'policy' }] },
    aws_iam_user_policy: { iamGrants: [{ to: ['user'], document: 'policy' }] },
    aws_iam_group_policy: { iamGrants: [{ to: ['group'], document: 'policy' }] },
    aws_iam_role_policy_attachment: { iamGrants: [{ to: ['role'], policyArns: 'policy_arn' }] },
    aws_iam_user_policy_attachment: { iamGrants: [{ to: ['user'], policyArns: 'policy_arn' }] },
    aws_iam_group_policy_attachment: { iamGrants: [{ to: ['group'], policyArns: 'policy_arn' }] },
    aws_iam_policy_attachment: {
      iamGrants: [{ to: ['roles', 'users', 'groups'], policyArns: 'policy_arn' }],
    },
    aws_iam_role_policy_attachments_exclusive: {
      iamGrants: [{ to: ['role_name'], policyArns: 'policy_arns' }],
    },
    aws_iam_user_policy_attachments_exclusive: {
      iamGrants: [{ to: ['user_name'], policyArns: 'policy_arns' }],
    },
    aws_iam_group_policy_attachments_exclusive: {
      iamGrants: [{ to: ['group_name'], policyArns: 'policy_arns' }],
    },
    aws_iam_role_policies_exclusive: { known: true },
    aws_iam_user_policies_exclusive: { known: true },
    aws_iam_group_policies_exclusive: { known: true },

    aws_iam_access_key: {
      credential: { of: ['user'], form: 'static', noun: 'access key', replaceable: true },
    },
    aws_iam_service_specific_credential: {
      credential: {
        of: ['user_name'],
        form: 'static',
        noun: 'service-specific credential',
        lifetime: [{ path: 'credential_age_days', unit: 'days' }],
        replaceable: true,
      },
    },
    aws_iam_user_ssh_key: {
      credential: { of: ['username'], form: 'static', noun: 'SSH key', replaceable: true },
    },
    aws_iam_signing_certificate: {
      credential: {
        of: ['user_name'],
        form: 'static',
        noun: 'signing certificate',
        certificate: 'certificate_body',
        replaceable: true,
      },
    },
    aws_iam_user_login_profile: { person: { of: 'user' } },
    aws_iam_virtual_mfa_device: { known: true },
    aws_iam_instance_profile: { carrier: { ids: ['arn', 'name', 'id'], to: 'role' } },
    aws_iam_openid_connect_provider: { known: true },
    aws_iam_saml_provider: { known: true },
    aws_iam_server_certificate: { known: true },
    aws_iam_account_alias: { known: true },
    aws_iam_account_password_policy: { known: true },
    aws_iam_organizations_features: { known: true },
    aws_iam_security_token_service_preferences: { known: true },
    aws_rolesanywhere_profile: {
      way: { into: 'role_arns', who: 'a certificate of the Roles Anywhere trust anchor' },
    },
    aws_rolesanywhere_trust_anchor: { known: true },
    aws_eks_pod_identity_association: {
      workload: { runsAs: ['role_arn'] },
      way: { into: 'role_arn', who: 'a Kubernetes service account (pod identity)' },
    },
    aws_eks_access_entry: { known: true },
    aws_eks_access_policy_association: {
      eksAccess: { to: 'principal_arn', policy: 'policy_arn' },
    },
    aws_ssoadmin_permission_set: { known: true },
    aws_ssoadmin_account_assignment: { known: true },
    aws_ssoadmin_managed_policy_attachment: { known: true },
    aws_ssoadmin_customer_managed_policy_attachment: { known: true },
    aws_ssoadmin_permission_set_inline_policy: { known: true },
    aws_ssoadmin_permissions_boundary_attachment: { known: true },
    aws_identitystore_user: { known: true },
    aws_identitystore_group: { known: true },
    aws_identitystore_group_membership: { known: true },

    aws_kms_grant: {
      operationGrant: { to: 'grantee_principal', service: 'kms', operations: 'operations', on: 'key_id' },
    },
    aws_kms_key: policyOn('policy'),
    aws_kms_external_key: policyOn('policy'),
    aws_kms_replica_key: policyOn('policy'),
    aws_kms_key_policy: policyOn('policy', 'key_id'),
    aws_s3_bucket: policyOn('policy'),
    aws_s3_bucket_policy: policyOn('policy', 'bucket'),
    aws_s3_access_point: policyOn('policy', 'bucket', ACCESS_POINT),
    aws_s3control_access_point_policy: policyOn('policy', 'access_point_arn', OF_ACCESS_POINT),
    aws_s3control_bucket_policy: policyOn('policy', 'bucket'),
    aws_s3control_multi_region_access_point_policy: policyOn('details.policy'),
    aws_s3control_object_lambda_access_point_policy: policyOn('policy', 'name'),
    aws_s3control_access_grants_instance_resource_policy: policyOn('policy'),
    aws_s3_bucket_public_access_block: {
      fence: {
        of: 'bucket',
        types: ['aws_s3_bucket', 'aws_s3_bucket_policy'],
        refuses: ['block_public_policy'],
        overrules: ['restrict_public_buckets'],
      },
    },
    aws_s3_account_public_access_block: {
      fence: {
        types: ['aws_s3_bucket', 'aws_s3_bucket_policy', 'aws_s3_access_point'],
        refuses: ['block_public_policy'],
        overrules: ['restrict_public_buckets'],
      },
    },
    aws_sqs_queue: policyOn('policy'),
    aws_sqs_queue_policy: policyOn('policy', 'queue_url'),
    aws_sns_topic: policyOn('policy'),
    aws_sns_topic_policy: policyOn('policy', 'arn'),
    aws_secretsmanager_secret: policyOn('policy'),
    aws_secretsmanager_secret_policy: policyOn('policy', 'secret_arn'),
    aws_secretsmanager_secret_rotation: {
      storeRotation: {
        of: 'secret_id',
        versions: 'aws_secretsmanager_secret_version',
        written: ['secret_string'],
        days: 'rotation_rules.automatically_after_days',
        schedule: 'rotation_rules.schedule_expression',
      },
    },
    aws_ecr_repository_policy: policyOn('policy', 'repository'),
    aws_ecrpublic_repository_policy: policyOn('policy', 'repository_name'),
    aws_dynamodb_resource_policy: policyOn('policy', 'resource_arn'),
    aws_kinesis_resource_policy: policyOn('policy', 'resource_arn'),
    aws_backup_vault_policy: policyOn('policy', 'backup_vault_name'),
    aws_efs_file_system_policy: policyOn('policy', 'file_system_id'),
    aws_elasticsearch_domain: policyOn('access_policies', undefined, IN_VPC),
    aws_elasticsearch_domain_policy: policyOn('access_policies', 'domain_name', IN_VPC),
    aws_opensearch_domain: policyOn('access_policies', undefined, IN_VPC),
    aws_opensearch_domain_policy: policyOn('access_policies', 'domain_name', IN_VPC),
    aws_cloudwatch_event_bus_policy: policyOn('policy', 'event_bus_name'),
    aws_codeartifact_domain_permissions_policy: policyOn('policy_document', 'domain'),
    aws_codeartifact_repository_permissions_policy: policyOn('policy_document', 'repository'),
    aws_glacier_vault: policyOn('access_policy'),
    aws_media_store_container_policy: policyOn('policy', 'container_name'),
    aws_sesv2_email_identity_policy: policyOn('policy', 'email_identity'),
    aws_ses_identity_policy: policyOn('policy', 'identity'),
    aws_cloudwatch_log_destination_policy: policyOn('access_policy', 'destination_name'),
    aws_schemas_registry_policy: policyOn('policy', 'registry_name'),

    aws_api_gateway_rest_api: policyOn('policy', undefined, PUBLIC_API),
    aws_api_gateway_rest_api_policy: policyOn('policy', 'rest_api_id', PUBLIC_API),
    aws_ecr_registry_policy: policyOn('policy'),
    aws_glue_resource_policy: policyOn('policy'),
    aws_codebuild_resource_policy: policyOn('policy', 'resource_arn'),
    aws_redshift_resource_policy: policyOn('policy', 'resource_arn'),
    aws_acmpca_policy: policyOn('policy', 'resource_arn'),
    aws_organizations_resource_policy: policyOn('content'),
    aws_sagemaker_model_package_group_policy: policyOn('resource_policy', 'model_package_group_name'),
    aws_cloudwatch_log_resource_policy: policyOn('policy_document'),
    aws_msk_cluster_policy: policyOn('policy', 'cluster_arn'),
    aws_networkfirewall_resource_policy: policyOn('policy', 'resource_arn'),
    aws_s3tables_table_bucket_policy: policyOn('resource_policy', 'table_bucket_arn'),
    aws_s3tables_table_policy: policyOn('resource_policy', 'table_bucket_arn'),
    aws_vpclattice_resource_policy: policyOn('policy', 'resource_arn'),
    aws_oam_sink_policy: policyOn('policy', 'sink_identifier'),
    aws_redshiftserverless_resource_policy: policyOn('policy', 'resource_arn'),
    aws_xray_resource_policy: policyOn('policy_document'),

    aws_lambda_permission: {
      callers: {
        principals: ['principal'],
        conditions: {
          'aws:SourceArn': 'source_arn',
          'aws:SourceAccount': 'source_account',
          'aws:PrincipalOrgID': 'principal_org_id',
          'lambda:EventSourceToken': 'event_source_token',
        },
        endpoint: { type: 'aws_lambda_function_url', path: 'function_name' },
      },
    },
    aws_lambda_function_url: { endpoint: { authorizer: 'authorization_type' } },
    aws_lambda_layer_version_permission: {
      callers: { principals: ['principal'], conditions: { 'aws:PrincipalOrgID': 'organization_id' } },
    },
    aws_cloudwatch_event_permission: {
      callers: { principals: ['principal'], conditions: { 'aws:PrincipalOrgID': 'condition.value' } },
    },
    aws_ami_launch_permission: { callers: { principals: ['account_id', 'group'] } },
    aws_snapshot_create_volume_permission: { callers: { principals: ['account_id'] } },
    aws_db_snapshot: { callers: { principals: ['shared_accounts'] } },
    aws_db_cluster_snapshot: { callers: { principals: ['shared_accounts'] } },
    aws_ram_principal_association: {
      callers: {
        principals: ['principal'],
        inside: [{ through: 'resource_share_arn', path: 'allow_external_principals' }],
      },
    },

    aws_lambda_function: targetAs(['role'], 'lambda:$:$:function:$', 'function_name'),
    aws_ecs_task_definition: runsAs('task_role_arn', 'execution_role_arn'),
    aws_instance: targetAs(['iam_instance_profile'], 'ec2:$:$:instance/$', 'id'),
    aws_launch_template: targetAs(
      ['iam_instance_profile.arn', 'iam_instance_profile.name'],
      'ec2:$:$:launch-template/$',
      'id',
    ),
    aws_sfn_state_machine: runsAs('role_arn'),
    aws_scheduler_schedule: runsAs('target.role_arn'),
    aws_codebuild_project: targetAs(['service_role'], 'codebuild:$:$:project/$', 'name'),
    aws_codepipeline: runsAs('role_arn'),
    aws_glue_job: runsAs('role_arn'),
    aws_batch_job_definition: { known: true },
    aws_apprunner_service: targetAs(
      ['instance_configuration.instance_role_arn'],
      'apprunner:$:$:service/$/$',
      'service_name',
    ),
    aws_sagemaker_notebook_instance: targetAs(['role_arn'], 'sagemaker:$:$:notebook-instance/$', 'name'),
    aws_glue_dev_endpoint: targetAs(['role_arn'], 'glue:$:$:devEndpoint/$', 'name'),
    aws_cloudformation_stack: {
      workload: {
        runsAs: ['iam_role_arn'],
        arn: { format: 'cloudformation:$:$:stack/$/$', name: 'name' },
        onBehalf: true,
      },
    },
  },
  data: {
    aws_iam_policy: { iamPolicy: { document: 'policy', ids: ['arn', 'id'] } },
    aws_kms_secrets: { known: true },
  },
}));
