// Access packages as infrastructure: what `leasehold/cdktf` and `leasehold/cdktn` export.

export {
  AccessPackage,
  type AccessPackageProps,
  type AccessPackageTerms,
  type Problem,
} from './access-package.js';
export { AwsAccessPackage, type AwsAccessPackageProps } from './aws.js';
export {
  type AwsApiCall,
  type AwsDatabaseUser,
  AwsEntitlement,
  type AwsEventKind,
} from './aws-entitlement.js';
export {
  type AwsConditions,
  AwsPrincipal,
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
