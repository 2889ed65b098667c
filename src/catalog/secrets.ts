// Where secrets come from, where they are kept, and where they stand in the open. Attribute names are the providers'
// own; beside these tables every attribute with a telling name counts (`password`, `client_secret`, …).

import type { AttributePath } from './types.js';

/** How a place holds values. */
export type SinkForm =
  /** A map of settings, a list of `{ name, value }`, or JSON of either. */
  | 'settings'
  /** A script or file; base64 is read through. */
  | 'script';

export interface Sink {
  readonly path: AttributePath;
  readonly form: SinkForm;
  /** What a reviewer calls it. */
  readonly noun: string;
  /** The attribute whose value says what a single value is: the name of a parameter. */
  readonly named?: AttributePath;
  /** What flows there is in the state only, always or where the attribute holds this value; a literal is exposed anyway. */
  readonly closed?: true | Condition;
}

/** True where the attribute holds this value. */
export interface Condition {
  readonly path: AttributePath;
  readonly equals: string | boolean;
}

const settings = (noun: string, ...paths: AttributePath[]): Sink[] =>
  paths.map((path) => ({ path, form: 'settings', noun }));
const script = (noun: string, ...paths: AttributePath[]): Sink[] =>
  paths.map((path) => ({ path, form: 'script', noun }));

const literalsOnly = (sink: Sink): Sink => ({ ...sink, closed: true });

const ENVIRONMENT = 'the environment';
const USER_DATA = 'the user data';
const SETTINGS = 'the app settings';

const PODS = (template: string): Sink[] =>
  settings(ENVIRONMENT, `${template}container`, `${template}init_container`);

const WEB_APP = [
  ...settings(SETTINGS, 'app_settings'),
  ...settings('the connection strings', 'connection_string'),
];
const MACHINE = [...script('the custom data', 'custom_data'), ...script(USER_DATA, 'user_data')];
const MANIFEST = { form: 'settings', noun: 'the config map' } as const;
/** A single value under a name. */
const value = (noun: string, named: AttributePath, closed?: Condition, path = 'value'): Sink[] => [
  { path, form: 'settings', noun, named, ...(closed && { closed }) },
];

const PIPELINE_VARIABLE = value('a pipeline variable', 'variable_name');
const GITLAB_VARIABLE = value('a pipeline variable that is not masked', 'key', {
  path: 'masked',
  equals: true,
});

const BITBUCKET_VARIABLE = value('a pipeline variable that is not secured', 'key', {
  path: 'secured',
  equals: true,
});

/** Places that anyone who may read the resource can read. */
export const SINKS: Readonly<Record<string, readonly Sink[]>> = {
  aws_lambda_function: settings(ENVIRONMENT, 'environment.variables'),
  aws_lambda_invocation: settings('the input', 'input'),
  aws_ecs_task_definition: settings(ENVIRONMENT, 'container_definitions'),
  aws_batch_job_definition: [
    ...settings(ENVIRONMENT, 'container_properties', 'node_properties', 'eks_properties'),
    ...settings('the job parameters', 'parameters'),
  ],
  aws_codebuild_project: [
    ...settings(ENVIRONMENT, 'environment.environment_variable'),
    ...script('the build', 'source.buildspec'),
  ],
  aws_apprunner_service: settings(
    ENVIRONMENT,
    'source_configuration.image_repository.image_configuration.runtime_environment_variables',
    'source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_variables',
  ),
  aws_amplify_app: settings(
    ENVIRONMENT,
    'environment_variables',
    'auto_branch_creation_config.environment_variables',
  ),
  aws_amplify_branch: settings(ENVIRONMENT, 'environment_variables'),
  aws_elastic_beanstalk_environment: settings(ENVIRONMENT, 'setting'),
  aws_elastic_beanstalk_configuration_template: settings(ENVIRONMENT, 'setting'),
  aws_glue_job: settings('the job arguments', 'default_arguments', 'non_overridable_arguments'),
  aws_glue_dev_endpoint: settings('the arguments', 'arguments'),
  aws_glue_workflow: settings('the run properties', 'default_run_properties'),
  aws_glue_trigger: settings('the job arguments', 'actions.arguments'),
  aws_sagemaker_model: settings(ENVIRONMENT, 'primary_container.environment', 'container.environment'),
  aws_sagemaker_notebook_instance_lifecycle_configuration: script(
    'the start script',
    'on_start',
    'on_create',
  ),
  aws_synthetics_canary: settings(ENVIRONMENT, 'run_config.environment_variables'),
  aws_lightsail_container_service_deployment_version: settings(ENVIRONMENT, 'container.environment'),
  aws_bedrockagentcore_agent_runtime: settings(ENVIRONMENT, 'environment_variables'),
  aws_api_gateway_stage: settings('the stage variables', 'variables'),
  aws_apigatewayv2_stage: settings('the stage variables', 'stage_variables'),
  aws_mwaa_environment: settings('the configuration', 'airflow_configuration_options'),
  aws_instance: script(USER_DATA, 'user_data', 'user_data_base64'),
  aws_spot_instance_request: script(USER_DATA, 'user_data', 'user_data_base64'),
  aws_spot_fleet_request: script(USER_DATA, 'launch_specification.user_data'),
  aws_launch_template: script(USER_DATA, 'user_data'),
  aws_launch_configuration: script(USER_DATA, 'user_data', 'user_data_base64'),
  aws_lightsail_instance: script(USER_DATA, 'user_data'),
  aws_imagebuilder_component: script('the component', 'data'),
  aws_imagebuilder_image_recipe: script(USER_DATA, 'user_data_base64'),
  aws_cloudformation_stack: [
    ...settings('the stack parameters', 'parameters'),
    ...script('the template', 'template_body'),
  ],
  aws_cloudformation_stack_set: [
    ...settings('the stack parameters', 'parameters'),
    ...script('the template', 'template_body'),
  ],
  aws_ssm_parameter: [
    ...value('a parameter that is not encrypted', 'name', { path: 'type', equals: 'SecureString' }),
    ...value('a parameter that is not encrypted', 'name', undefined, 'insecure_value'),
  ],
  aws_ssm_document: settings('the document', 'content'),
  aws_ssm_association: settings('the parameters', 'parameters'),
  aws_sfn_state_machine: settings('the state machine', 'definition'),
  aws_scheduler_schedule: settings('the input', 'target.input'),
  aws_cloudwatch_event_target: settings('the input', 'input'),
  aws_appconfig_hosted_configuration_version: script('the configuration', 'content'),
  aws_s3_object: script('the object', 'content', 'content_base64'),
  azurerm_linux_web_app: WEB_APP,
  azurerm_windows_web_app: WEB_APP,
  azurerm_linux_web_app_slot: WEB_APP,
  azurerm_windows_web_app_slot: WEB_APP,
  azurerm_linux_function_app: WEB_APP,
  azurerm_windows_function_app: WEB_APP,
  azurerm_linux_function_app_slot: WEB_APP,
  azurerm_windows_function_app_slot: WEB_APP,
  azurerm_function_app_flex_consumption: WEB_APP,
  azurerm_app_service: WEB_APP,
  azurerm_function_app: WEB_APP,
  azurerm_logic_app_standard: WEB_APP,
  azurerm_static_web_app: settings(SETTINGS, 'app_settings'),
  azurerm_container_group: settings(
    ENVIRONMENT,
    'container.environment_variables',
    'init_container.environment_variables',
  ),
  azurerm_container_app: settings(ENVIRONMENT, 'template.container', 'template.init_container'),
  azurerm_container_app_job: settings(ENVIRONMENT, 'template.container', 'template.init_container'),
  azurerm_linux_virtual_machine: MACHINE,
  azurerm_windows_virtual_machine: MACHINE,
  azurerm_linux_virtual_machine_scale_set: MACHINE,
  azurerm_windows_virtual_machine_scale_set: MACHINE,
  azurerm_orchestrated_virtual_machine_scale_set: [
    ...script(USER_DATA, 'user_data_base64'),
    ...script('the custom data', 'os_profile.custom_data'),
  ],
  azurerm_virtual_machine_extension: settings('the settings of the extension', 'settings'),
  azurerm_virtual_machine_scale_set_extension: settings('the settings of the extension', 'settings'),
  azurerm_virtual_machine_run_command: script('the command', 'source.script'),
  azurerm_app_configuration_key: value('the configuration key', 'key'),
  azurerm_automation_variable_string: value('a variable that is not encrypted', 'name', {
    path: 'encrypted',
    equals: true,
  }),
  azurerm_api_management_named_value: value('a named value that is not secret', 'display_name', {
    path: 'secret',
    equals: true,
  }),
  google_cloud_run_service: settings(ENVIRONMENT, 'template.spec.containers'),
  google_cloud_run_v2_service: settings(ENVIRONMENT, 'template.containers'),
  google_cloud_run_v2_job: settings(ENVIRONMENT, 'template.template.containers'),
  google_cloud_run_v2_worker_pool: settings(ENVIRONMENT, 'template.containers'),
  google_cloudfunctions_function: settings(
    ENVIRONMENT,
    'environment_variables',
    'build_environment_variables',
  ),
  google_cloudfunctions2_function: settings(
    ENVIRONMENT,
    'service_config.environment_variables',
    'build_config.environment_variables',
  ),
  google_compute_instance: [
    ...settings('the metadata', 'metadata'),
    ...script('the startup script', 'metadata_startup_script'),
  ],
  google_compute_instance_template: [
    ...settings('the metadata', 'metadata'),
    ...script('the startup script', 'metadata_startup_script'),
  ],
  google_compute_region_instance_template: [
    ...settings('the metadata', 'metadata'),
    ...script('the startup script', 'metadata_startup_script'),
  ],
  google_cloud_scheduler_job: settings('the headers', 'http_target.headers'),
  google_dataflow_job: settings('the parameters', 'parameters'),
  google_dataflow_flex_template_job: settings('the parameters', 'parameters'),
  kubernetes_config_map: [{ ...MANIFEST, path: 'data' }],
  kubernetes_config_map_v1: [{ ...MANIFEST, path: 'data' }],
  kubernetes_config_map_v1_data: [{ ...MANIFEST, path: 'data' }],
  kubernetes_deployment: PODS('spec.template.spec.'),
  kubernetes_deployment_v1: PODS('spec.template.spec.'),
  kubernetes_stateful_set: PODS('spec.template.spec.'),
  kubernetes_stateful_set_v1: PODS('spec.template.spec.'),
  kubernetes_daemonset: PODS('spec.template.spec.'),
  kubernetes_daemon_set_v1: PODS('spec.template.spec.'),
  kubernetes_cron_job: PODS('spec.job_template.spec.template.spec.'),
  kubernetes_cron_job_v1: PODS('spec.job_template.spec.template.spec.'),
  kubernetes_job: PODS('spec.template.spec.'),
  kubernetes_job_v1: PODS('spec.template.spec.'),
  kubernetes_pod: PODS('spec.'),
  kubernetes_pod_v1: PODS('spec.'),
  helm_release: [
    ...settings('the values of the release', 'set'),
    ...script('the values of the release', 'values'),
  ],
  local_file: script('a local file', 'content'),
  local_sensitive_file: script('a local file', 'content').map(literalsOnly),
  github_actions_variable: PIPELINE_VARIABLE,
  github_actions_organization_variable: PIPELINE_VARIABLE,
  github_actions_environment_variable: PIPELINE_VARIABLE,
  bitbucket_repository_variable: BITBUCKET_VARIABLE,
  bitbucket_workspace_variable: BITBUCKET_VARIABLE,
  bitbucket_deployment_variable: BITBUCKET_VARIABLE,
  azuredevops_variable_group: [
    ...settings('a pipeline variable that is not secret', 'variable').map(literalsOnly),
    ...settings('a pipeline variable that is not secret', 'variable.value'),
  ],
  tfe_variable: value('a variable of the workspace that is not sensitive', 'key', {
    path: 'sensitive',
    equals: true,
  }),
  gitlab_project_variable: GITLAB_VARIABLE,
  gitlab_group_variable: GITLAB_VARIABLE,
  gitlab_instance_variable: GITLAB_VARIABLE,
  null_resource: settings('the triggers', 'triggers').map(literalsOnly),
  terraform_data: settings('the input', 'input', 'triggers_replace').map(literalsOnly),
};

/** Of a provisioner, by its type: what everyone sees who lists the processes of the machine that runs it. */
export const COMMANDS: Readonly<Record<string, AttributePath>> = { 'local-exec': 'command' };

/** Attributes whose purpose is to hold a secret, under a name that does not tell so: a literal in them is one. */
export const STORES: Readonly<Record<string, readonly AttributePath[]>> = {
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_ssm_parameter: ['value'],
  azurerm_container_app: ['secret.value'],
  azurerm_container_app_job: ['secret.value'],
  azurerm_container_group: [
    'container.secure_environment_variables',
    'init_container.secure_environment_variables',
  ],
  azuredevops_variable_group: ['variable.secret_value'],
  azurerm_key_vault_secret: ['value'],
  google_secret_manager_secret_version: ['secret_data'],
  helm_release: ['set_sensitive.value'],
  kubernetes_secret: ['data'],
  kubernetes_secret_v1: ['data'],
  vault_generic_secret: ['data_json'],
  vault_kv_secret: ['data_json'],
  vault_kv_secret_v2: ['data_json'],
  github_actions_secret: ['plaintext_value'],
  github_actions_organization_secret: ['plaintext_value'],
  github_actions_environment_secret: ['plaintext_value'],
  github_dependabot_secret: ['plaintext_value'],
  github_codespaces_secret: ['plaintext_value'],
};

/** Types that hold a secret only where this is so. */
export const STORES_WHERE: Readonly<Record<string, Condition>> = {
  aws_ssm_parameter: { path: 'type', equals: 'SecureString' },
};

/** Attributes that give a secret away under a name that does not tell so. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  aws_appsync_api_key: ['key'],
  aws_iam_access_key: ['secret', 'ses_smtp_password_v4'],
  aws_iam_service_specific_credential: ['service_password', 'service_credential_secret'],
  aws_kms_secrets: ['plaintext'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_secretsmanager_random_password: ['random_password'],
  aws_ssm_parameter: ['value'],
  azuread_application_password: ['value'],
  azuread_service_principal_password: ['value'],
  azurerm_key_vault_secret: ['value'],
  google_apikeys_key: ['key_string'],
  google_secret_manager_secret_version: ['secret_data'],
  google_secret_manager_secret_version_access: ['secret_data'],
  google_service_account_key: ['private_key'],
  google_storage_hmac_key: ['secret'],
  kubernetes_secret: ['data'],
  kubernetes_secret_v1: ['data'],
  random_bytes: ['base64', 'hex'],
  random_password: ['result'],
  tls_private_key: ['private_key_pem', 'private_key_openssh', 'private_key_pem_pkcs8'],
  aws_grafana_workspace_api_key: ['key'],
  aws_grafana_workspace_service_account_token: ['key'],
  cloudflare_account_token: ['value'],
  cloudflare_api_token: ['value'],
  datadog_api_key: ['key'],
  datadog_application_key: ['key'],
  datadog_service_access_token: ['key'],
  datadog_service_account_application_key: ['key'],
  grafana_api_key: ['key'],
  grafana_cloud_stack_api_key: ['key'],
  grafana_cloud_stack_service_account_token: ['key'],
  grafana_cloud_stack_service_account_rotating_token: ['key'],
  grafana_service_account_token: ['key'],
  grafana_service_account_rotating_token: ['key'],
  vault_approle_auth_backend_role_secret_id: ['secret_id'],
  vault_generic_secret: ['data_json', 'data'],
  vault_kv_secret_v2: ['data_json', 'data'],
};

/** Attributes that sound like a secret and are handed out to everybody. */
export const HANDED_OUT: Readonly<Record<string, readonly string[]>> = {
  azurerm_application_insights: ['connection_string', 'instrumentation_key'],
};

/** Secrets that a resource makes and that the state then keeps: type → what a reviewer calls them. */
export const KEPT_IN_STATE: Readonly<
  Record<string, { readonly noun: string; readonly unless?: AttributePath }>
> = {
  aws_iam_access_key: { noun: 'secret access key', unless: 'pgp_key' },
  aws_iam_service_specific_credential: { noun: 'service password' },
  azuread_application_password: { noun: 'client secret' },
  azuread_service_principal_password: { noun: 'client secret' },
  azurerm_container_registry_token_password: { noun: 'registry password' },
  google_service_account_key: { noun: 'private key', unless: 'public_key_data' },
  google_storage_hmac_key: { noun: 'HMAC secret' },
  random_password: { noun: 'generated password' },
  tls_private_key: { noun: 'private key' },
  aws_grafana_workspace_api_key: { noun: 'API key' },
  aws_grafana_workspace_service_account_token: { noun: 'access token' },
  cloudflare_account_token: { noun: 'API token' },
  cloudflare_api_token: { noun: 'API token' },
  cloudflare_zero_trust_access_service_token: { noun: 'client secret' },
  confluent_api_key: { noun: 'API secret' },
  datadog_api_key: { noun: 'API key' },
  datadog_application_key: { noun: 'application key' },
  datadog_service_access_token: { noun: 'access token' },
  datadog_service_account_application_key: { noun: 'application key' },
  gitlab_cluster_agent_token: { noun: 'agent token' },
  gitlab_deploy_token: { noun: 'deploy token' },
  gitlab_group_access_token: { noun: 'access token' },
  gitlab_group_deploy_token: { noun: 'deploy token' },
  gitlab_group_service_account_access_token: { noun: 'access token' },
  gitlab_personal_access_token: { noun: 'access token' },
  gitlab_project_access_token: { noun: 'access token' },
  gitlab_project_deploy_token: { noun: 'deploy token' },
  gitlab_user_impersonation_token: { noun: 'impersonation token' },
  gitlab_user_runner: { noun: 'runner token' },
  grafana_cloud_access_policy_token: { noun: 'access token' },
  grafana_cloud_stack_service_account_token: { noun: 'access token' },
  grafana_service_account_token: { noun: 'access token' },
  mongodbatlas_api_key: { noun: 'private key' },
  mongodbatlas_project_api_key: { noun: 'private key' },
  snowflake_user_programmatic_access_token: { noun: 'access token' },
  vault_approle_auth_backend_role_secret_id: { noun: 'secret id', unless: 'wrapping_ttl' },
  vault_token: { noun: 'token', unless: 'wrapping_ttl' },
};

/** Files that are written for a secret, and lie beside the state. */
export const LEFT_IN_FILES: Readonly<Record<string, readonly AttributePath[]>> = {
  local_sensitive_file: ['content', 'content_base64'],
};

/** The argument that keeps a secret out of the state, where the provider offers one. */
export const WRITE_ONLY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_bedrockagentcore_api_key_credential_provider: { api_key: 'api_key_wo' },
  aws_db_instance: { password: 'password_wo' },
  aws_docdb_cluster: { master_password: 'master_password_wo' },
  aws_rds_cluster: { master_password: 'master_password_wo' },
  aws_redshift_cluster: { master_password: 'master_password_wo' },
  aws_redshiftserverless_namespace: { admin_user_password: 'admin_user_password_wo' },
  aws_secretsmanager_secret_version: { secret_string: 'secret_string_wo' },
  aws_ssm_parameter: { value: 'value_wo' },
  azurerm_key_vault_secret: { value: 'value_wo' },
  azurerm_mssql_job_credential: { password: 'password_wo' },
  azurerm_mssql_server: { administrator_login_password: 'administrator_login_password_wo' },
  azurerm_mysql_flexible_server: { administrator_password: 'administrator_password_wo' },
  azurerm_postgresql_flexible_server: { administrator_password: 'administrator_password_wo' },
  azurerm_postgresql_server: { administrator_login_password: 'administrator_login_password_wo' },
  google_secret_manager_secret_version: { secret_data: 'secret_data_wo' },
  google_sql_user: { password: 'password_wo' },
  kubernetes_secret: { data: 'data_wo', binary_data: 'binary_data_wo' },
  kubernetes_secret_v1: { data: 'data_wo', binary_data: 'binary_data_wo' },
  vault_gcp_secret_backend: { credentials: 'credentials_wo' },
  vault_kv_secret_v2: { data_json: 'data_json_wo' },
  vault_terraform_cloud_secret_backend: { token: 'token_wo' },
};
