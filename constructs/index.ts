// Access packages as infrastructure: what `leasehold/cdktf` and `leasehold/cdktn` export.

export {
  AccessPackage,
  type AccessPackageProps,
  type AccessPackageTerms,
  type Problem,
} from './access-package.js';
export { AwsAccessPackage, type AwsAccessPackageProps } from './aws.js';
export { AwsAgent, type AwsAgentProps, type AwsAgentTerms } from './aws-agent.js';
export {
  AwsBreakGlass,
  type AwsBreakGlassProps,
  type AwsBreakGlassSecrets,
  type AwsBreakGlassTerms,
} from './aws-break-glass.js';
export { AwsDeployment, type AwsDeploymentProps, type AwsDeploymentTerms } from './aws-deployment.js';
export {
  type AwsApiCall,
  type AwsDatabaseUser,
  AwsEntitlement,
  type AwsEventKind,
} from './aws-entitlement.js';
export {
  AwsLegacyCredential,
  type AwsLegacyCredentialProps,
  type AwsLegacyCredentialTerms,
} from './aws-legacy-credential.js';
export { type AwsDenied, AwsPackage, type AwsPackagePolicy } from './aws-package.js';
export {
  type AwsConditions,
  AwsPrincipal,
  type AwsTerm,
  type BedrockAgent,
  type Binding,
  type BoundRole,
  type CertificateHolder,
  type EksPod,
  type EksServiceAccount,
  type GitHubWorkflow,
  type GitLabPipeline,
  type HcpTerraformRun,
  type OpenIdConnect,
  type Partner,
  type ServiceSource,
} from './aws-principal.js';
export {
  type AwsExistingRole,
  type AwsRoleDetails,
  AwsWorkload,
  type AwsWorkloadProps,
} from './aws-workload.js';
export {
  AzureAccessPackage,
  type AzureAccessPackageProps,
  type AzureFederation,
  AzureWorkload,
  type AzureWorkloadProps,
} from './azure.js';
export { AzureApplication, type AzureApplicationProps, type AzureSecret } from './azure-application.js';
export {
  type AzureCustomRole,
  AzureEntitlement,
  type AzureScopeEntry,
  type EntraAppRole,
  type EntraGroupMembership,
  MICROSOFT_GRAPH,
} from './azure-entitlement.js';
export type { AzureAssignment } from './azure-grants.js';
export { AzurePeople, type AzurePeopleProps, type AzureReviewFrequency } from './azure-people.js';
export { type EnforceOptions, Governance } from './governance.js';
export { FIRST_APPLY, type Lease } from './lease.js';
export { type Arguments, type BlockOptions, DataSource, Provider, Resource } from './terraform.js';
export { type WaivedFinding, Waiver } from './waiver.js';
