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
}

const ENVIRONMENT = 'the environment';
const USER_DATA = 'the user data';
const SETTINGS = 'the app settings';

const KUBERNETES_PODS = (template: string): Sink[] => [
  { path: `${template}container`, form: 'settings', noun: ENVIRONMENT },
  { path: `${template}init_container`, form: 'settings', noun: ENVIRONMENT },
];

const WEB_APP: readonly Sink[] = [{ path: 'app_settings', form: 'settings', noun: SETTINGS }];

/** Places that anyone who may read the resource can read. */
export const SINKS: Readonly<Record<string, readonly Sink[]>> = {
  aws_lambda_function: [{ path: 'environment.variables', form: 'settings', noun: ENVIRONMENT }],
  aws_ecs_task_definition: [{ path: 'container_definitions', form: 'settings', noun: ENVIRONMENT }],
  aws_batch_job_definition: [{ path: 'container_properties', form: 'settings', noun: ENVIRONMENT }],
  aws_codebuild_project: [{ path: 'environment.environment_variable', form: 'settings', noun: ENVIRONMENT }],
  aws_apprunner_service: [
    {
      path: 'source_configuration.image_repository.image_configuration.runtime_environment_variables',
      form: 'settings',
      noun: ENVIRONMENT,
    },
  ],
  aws_amplify_app: [{ path: 'environment_variables', form: 'settings', noun: ENVIRONMENT }],
  aws_amplify_branch: [{ path: 'environment_variables', form: 'settings', noun: ENVIRONMENT }],
  aws_elastic_beanstalk_environment: [{ path: 'setting', form: 'settings', noun: ENVIRONMENT }],
  aws_glue_job: [{ path: 'default_arguments', form: 'settings', noun: 'the job arguments' }],
  aws_sagemaker_model: [{ path: 'primary_container.environment', form: 'settings', noun: ENVIRONMENT }],
  aws_instance: [
    { path: 'user_data', form: 'script', noun: USER_DATA },
    { path: 'user_data_base64', form: 'script', noun: USER_DATA },
  ],
  aws_spot_instance_request: [{ path: 'user_data', form: 'script', noun: USER_DATA }],
  aws_launch_template: [{ path: 'user_data', form: 'script', noun: USER_DATA }],
  aws_launch_configuration: [
    { path: 'user_data', form: 'script', noun: USER_DATA },
    { path: 'user_data_base64', form: 'script', noun: USER_DATA },
  ],
  aws_lightsail_instance: [{ path: 'user_data', form: 'script', noun: USER_DATA }],
  aws_cloudformation_stack: [{ path: 'parameters', form: 'settings', noun: 'the stack parameters' }],
  aws_ssm_document: [{ path: 'content', form: 'settings', noun: 'the document' }],
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
  azurerm_static_web_app: WEB_APP,
  azurerm_container_group: [{ path: 'container.environment_variables', form: 'settings', noun: ENVIRONMENT }],
  azurerm_container_app: [{ path: 'template.container', form: 'settings', noun: ENVIRONMENT }],
  azurerm_container_app_job: [{ path: 'template.container', form: 'settings', noun: ENVIRONMENT }],
  azurerm_linux_virtual_machine: [
    { path: 'custom_data', form: 'script', noun: 'the custom data' },
    { path: 'user_data', form: 'script', noun: USER_DATA },
  ],
  azurerm_windows_virtual_machine: [
    { path: 'custom_data', form: 'script', noun: 'the custom data' },
    { path: 'user_data', form: 'script', noun: USER_DATA },
  ],
  azurerm_linux_virtual_machine_scale_set: [
    { path: 'custom_data', form: 'script', noun: 'the custom data' },
    { path: 'user_data', form: 'script', noun: USER_DATA },
  ],
  azurerm_app_configuration_key: [{ path: 'value', form: 'settings', noun: 'the configuration key' }],
  google_cloud_run_service: [{ path: 'template.spec.containers', form: 'settings', noun: ENVIRONMENT }],
  google_cloud_run_v2_service: [{ path: 'template.containers', form: 'settings', noun: ENVIRONMENT }],
  google_cloud_run_v2_job: [{ path: 'template.template.containers', form: 'settings', noun: ENVIRONMENT }],
  google_cloudfunctions_function: [{ path: 'environment_variables', form: 'settings', noun: ENVIRONMENT }],
  google_cloudfunctions2_function: [
    { path: 'service_config.environment_variables', form: 'settings', noun: ENVIRONMENT },
  ],
  google_compute_instance: [
    { path: 'metadata', form: 'settings', noun: 'the metadata' },
    { path: 'metadata_startup_script', form: 'script', noun: 'the startup script' },
  ],
  google_compute_instance_template: [
    { path: 'metadata', form: 'settings', noun: 'the metadata' },
    { path: 'metadata_startup_script', form: 'script', noun: 'the startup script' },
  ],
  kubernetes_config_map: [{ path: 'data', form: 'settings', noun: 'the config map' }],
  kubernetes_config_map_v1: [{ path: 'data', form: 'settings', noun: 'the config map' }],
  kubernetes_deployment: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_deployment_v1: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_stateful_set: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_stateful_set_v1: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_daemonset: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_daemon_set_v1: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_cron_job_v1: KUBERNETES_PODS('spec.job_template.spec.template.spec.'),
  kubernetes_job_v1: KUBERNETES_PODS('spec.template.spec.'),
  kubernetes_pod: KUBERNETES_PODS('spec.'),
  kubernetes_pod_v1: KUBERNETES_PODS('spec.'),
  helm_release: [
    { path: 'set', form: 'settings', noun: 'the values of the release' },
    { path: 'values', form: 'script', noun: 'the values of the release' },
  ],
  local_file: [{ path: 'content', form: 'script', noun: 'a local file' }],
  github_actions_variable: [{ path: 'value', form: 'settings', noun: 'a pipeline variable' }],
  github_actions_organization_variable: [{ path: 'value', form: 'settings', noun: 'a pipeline variable' }],
  github_actions_environment_variable: [{ path: 'value', form: 'settings', noun: 'a pipeline variable' }],
  null_resource: [{ path: 'triggers', form: 'settings', noun: 'the triggers' }],
  terraform_data: [{ path: 'input', form: 'settings', noun: 'the input' }],
};

/** Attributes that hold a secret under a name that does not tell so. */
export const STORES: Readonly<Record<string, readonly AttributePath[]>> = {
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  azurerm_key_vault_secret: ['value'],
  google_secret_manager_secret_version: ['secret_data'],
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
  gitlab_project_variable: ['value'],
  gitlab_group_variable: ['value'],
  gitlab_instance_variable: ['value'],
};

/** Attributes that give a secret away under a name that does not tell so. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_access_key: ['secret', 'ses_smtp_password_v4'],
  aws_iam_service_specific_credential: ['service_password'],
  aws_kms_secrets: ['plaintext'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_secretsmanager_random_password: ['random_password'],
  azuread_application_password: ['value'],
  azuread_service_principal_password: ['value'],
  azurerm_key_vault_secret: ['value'],
  google_secret_manager_secret_version: ['secret_data'],
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
};

/** Secrets that a resource makes and that the state then keeps: type → what a reviewer calls them. */
export const KEPT_IN_STATE: Readonly<
  Record<string, { readonly noun: string; readonly unless?: AttributePath }>
> = {
  aws_iam_access_key: { noun: 'secret access key', unless: 'pgp_key' },
  aws_iam_service_specific_credential: { noun: 'service password' },
  azuread_application_password: { noun: 'client secret' },
  azuread_service_principal_password: { noun: 'client secret' },
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

/** The argument that keeps a secret out of the state, where the provider offers one. */
export const WRITE_ONLY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_db_instance: { password: 'password_wo' },
  aws_rds_cluster: { master_password: 'master_password_wo' },
  aws_redshift_cluster: { master_password: 'master_password_wo' },
  aws_secretsmanager_secret_version: { secret_string: 'secret_string_wo' },
  aws_ssm_parameter: { value: 'value_wo' },
  azurerm_key_vault_secret: { value: 'value_wo' },
  azurerm_mssql_server: { administrator_login_password: 'administrator_login_password_wo' },
  azurerm_mysql_flexible_server: { administrator_password: 'administrator_password_wo' },
  azurerm_postgresql_flexible_server: { administrator_password: 'administrator_password_wo' },
  google_secret_manager_secret_version: { secret_data: 'secret_data_wo' },
  google_sql_user: { password: 'password_wo' },
  kubernetes_secret_v1: { data: 'data_wo' },
  vault_kv_secret_v2: { data_json: 'data_json_wo' },
};
