// Roles of Google Cloud: predefined ones by name, custom ones by their permissions. Most of the two thousand predefined
// roles are what their name says; the tables hold those that are not.

import { hasOpenSymbol } from '../../plan/symbol.js';
import { POWERS, type Power, powersOf } from './powers.js';

/** A role's powers by the letters of `POWERS`, for those that can raise rights. Recorded from Google's role reference. */
const RAISING: Readonly<Record<string, string>> = {
  'resourcemanager.organizationAdmin': 'HW',
  'resourcemanager.folderAdmin': 'HW',
  'resourcemanager.folderIamAdmin': 'HW',
  'resourcemanager.projectIamAdmin': 'HW',
  'iam.securityAdmin': 'HW',
  'iam.admin': 'PKARFW',
  'iam.editor': 'KAW',
  'iam.devOps': 'PAWS',
  'iam.serviceAccountAdmin': 'PW',
  'iam.serviceAccountKeyAdmin': 'KW',
  'iam.serviceAccountTokenCreator': 'TW',
  'iam.workloadIdentityUser': 'TW',
  'iam.serviceAccountUser': 'AW',
  'iam.dataScientist': 'AWS',
  'iam.databasesAdmin': 'AWS',
  'iam.roleAdmin': 'RW',
  'iam.organizationRoleAdmin': 'RW',
  'iam.workloadIdentityPoolAdmin': 'FW',
  'backupdr.computeEngineOperator': 'AWS',
  'cloudkms.admin': 'CW',
  'deploymentmanager.admin': 'DW',
  'deploymentmanager.editor': 'DW',
  'storage.hmacKeyAdmin': 'KW',
  'storage.editor': 'KWS',
  'securitycenter.admin': 'KW',
  'earthengine.appsPublisher': 'PW',
};

/** Roles that read data or secrets although their name sounds like settings, or says nothing of writing. */
const DATA = new Set(
  `bigquery.dataViewer bigquery.filteredDataViewer bigquery.objectRefReader bigquery.routineDataViewer
  bigtable.reader cloudkms.cryptoKeyDecrypter cloudkms.cryptoKeyDecrypterViaDelegation
  cloudkms.cryptoKeyEncrypterDecrypter cloudkms.cryptoKeyEncrypterDecrypterViaDelegation cloudkms.cryptoOperator
  cloudkms.decapsulator cloudkms.signer cloudkms.signerVerifier composer.environmentAndStorageObjectViewer
  datacatalog.categoryFineGrainedReader dataplex.storageDataReader datastore.viewer firebase.developViewer
  firebase.viewer firebaseauth.viewer firebasedatabase.viewer firebasestorage.viewer healthcare.consentReader
  healthcare.dicomViewer healthcare.fhirResourceReader healthcare.hl7V2Consumer iam.serviceAccountOpenIdTokenCreator
  logging.privateLogViewer parametermanager.parameterAccessor runtimeconfig.viewer secretmanager.secretAccessor
  serviceusage.apiKeysViewer source.reader spanner.databaseReader spanner.databaseReaderWithDataBoost
  storage.legacyObjectReader storage.objectViewer pubsub.subscriber`.split(/\s+/),
);

/**
 * Roles that leave nothing behind but telemetry and work of their own, or that Google grants on projects alone, as the
 * least a workload of that kind can have.
 */
const HARMLESS = new Set(
  `alloydb.client analyticshub.subscriber autoscaling.editor autoscaling.metricsWriter
  autoscaling.stateWriter batch.agentReporter bigquery.connectionUser bigquery.jobUser
  bigquery.readSessionUser bigquery.resourceViewer binaryauthorization.attestorsVerifier
  binaryauthorization.policyEvaluator clouddebugger.agent cloudprofiler.agent cloudprofiler.user
  cloudsql.client cloudsql.instanceUser cloudtrace.agent cloudtrace.user composer.worker connectors.listener
  container.defaultNodeServiceAccount container.nodeServiceAccount dataflow.worker dataproc.worker dlp.user
  dns.peer documentai.apiUser errorreporting.user errorreporting.writer eventarc.eventReceiver
  firebaseappcheck.tokenVerifier logging.bucketWriter logging.logWriter mcp.toolUser modelarmor.user
  monitoring.metricWriter monitoring.metricsScopesAdmin networkconnectivity.hubUser
  opsconfigmonitoring.resourceMetadata.writer recommender.exporter servicemanagement.checker
  servicemanagement.reporter servicemanagement.serviceController serviceusage.serviceUsageConsumer
  spanner.databaseRoleUser spanner.fineGrainedAccessUser stackdriver.resourceMetadata.writer
  telemetry.editor telemetry.logsWriter telemetry.metricsWriter telemetry.tracesWriter telemetry.writer
  trafficdirector.client vpcaccess.user workflows.invoker`.split(/\s+/),
);

/** Names of roles that only read settings, or accept and dismiss recommendations. */
const READS = /(?:viewer|reader|browser|auditor|reviewer|readonly)(?:v\d)?$|^recommender\./i;

/** The basic roles: any action of every service. */
const BASIC = new Set(['owner', 'editor', 'admin', 'writer']);

export type Role =
  | { readonly kind: 'predefined'; readonly name: string }
  | { readonly kind: 'custom'; readonly name: string; readonly permissions: readonly string[] };

/** True for `roles/owner`, `roles/editor` and their newer spellings. */
export function isEverything(role: Role): boolean {
  return role.kind === 'predefined' && BASIC.has(role.name.replace(/^roles\//, ''));
}

/** What the role may do; undefined where its permissions may turn out to be anything. */
export function powersOfRole(role: Role): ReadonlySet<Power> | undefined {
  if (role.kind === 'custom')
    return role.permissions.some(hasOpenSymbol) ? undefined : powersOf(role.permissions);
  const name = role.name.replace(/^roles\//, '');
  const letters = Object.hasOwn(RAISING, name) ? RAISING[name] : undefined;
  if (letters !== undefined)
    return new Set((Object.keys(POWERS) as Power[]).filter((power) => letters.includes(POWERS[power])));
  if (BASIC.has(name)) return new Set(['writes', 'readsData']);
  if (DATA.has(name)) return new Set(['readsData']);
  if (HARMLESS.has(name) || READS.test(name)) return new Set();
  return new Set(['writes']);
}
