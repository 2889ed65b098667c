// What permissions of Google Cloud add up to. A role is judged by these few powers, not by its thousands of permissions.

/** Each power's letter in the table of roles. */
export const POWERS = {
  /** Hands out roles on projects, folders or the organisation. */
  grantsRoles: 'H',
  /** Gives itself a service account: its policy, its keys, its tokens, or work that runs as it. */
  ownsServiceAccounts: 'P',
  createsKeys: 'K',
  mintsTokens: 'T',
  actsAs: 'A',
  /** Changes custom roles, those it holds included. */
  editsRoles: 'R',
  /** Runs as the Google APIs service agent, which is an editor of its project. */
  deploysAsAgent: 'D',
  /** Says which outsiders may enter. */
  opensPools: 'F',
  /** Gives itself the use of keys that it may not use. */
  ownsKmsKeys: 'C',
  writes: 'W',
  readsData: 'S',
} as const;

export type Power = keyof typeof POWERS;

/** Permissions that give a power by themselves. https://cloud.google.com/iam/docs/permissions-reference */
const TELLING: readonly { readonly permission: RegExp; readonly power: Power }[] = [
  { permission: /^resourcemanager\.(?:projects|folders|organizations)\.setIamPolicy$/, power: 'grantsRoles' },
  { permission: /^iam\.serviceAccounts\.setIamPolicy$/, power: 'ownsServiceAccounts' },
  { permission: /^iam\.serviceAccountKeys\.(?:create|upload)$/, power: 'createsKeys' },
  { permission: /^storage\.hmacKeys\.create$/, power: 'createsKeys' },
  {
    permission: /^iam\.serviceAccounts\.(?:getAccessToken|implicitDelegation|signBlob|signJwt)$/,
    power: 'mintsTokens',
  },
  { permission: /^iam\.serviceAccounts\.actAs$/, power: 'actsAs' },
  { permission: /^iam\.roles\.update$/, power: 'editsRoles' },
  { permission: /^deploymentmanager\.deployments\.(?:create|update)$/, power: 'deploysAsAgent' },
  {
    permission: /^iam\.(?:googleapis\.com\/)?workloadIdentityPoolProviders\.(?:create|update)$/,
    power: 'opensPools',
  },
  { permission: /^cloudkms\.(?:cryptoKeys|keyRings)\.setIamPolicy$/, power: 'ownsKmsKeys' },
];

/**
 * Permissions that write, but only telemetry or work of their own, and that Google offers on a project as a whole:
 * nobody can ask for less. https://cloud.google.com/iam/docs/resource-types-with-policies
 */
const ONLY_ON_PROJECTS =
  /^(?:logging\.(?:logEntries|logs)\.(?:create|route|download)|monitoring\.(?:timeSeries|metricDescriptors|dashboards?)\.create|monitoring\.metricsScopes\.link|cloudtrace\.traces\.patch|cloudprofiler\.profiles\.(?:create|update)|errorreporting\.errorEvents\.create|clouddebugger\..*|opsconfigmonitoring\.resourceMetadata\.write|stackdriver\.resourceMetadata\.write|telemetry\..*\.write|bigquery\.(?:jobs\.create|readsessions\..*|reservations\.use|connections\.use)|serviceusage\..*\.use|cloudsql\.instances\.connect|cloudtasks\.tasks\.fullView|recommender\..*|autoscaling\.sites\.(?:readRecommendations|writeMetrics|writeState))$/;

/** Verbs that change something. */
const WRITES =
  /^(?:create|update|delete|set|patch|insert|import|write|put|undelete|remove|add|move|restore|stop|start|suspend|resume|reset|deploy|undeploy|run$|execute|invoke|cancel|approve|publish|attach|detach|enable|disable|purge|destroy|rollback|upload|push|mutate|manage|install|uninstall|bind|unbind|grant|revoke|login|exec|ssh|osLogin|osAdminLogin|egress|accessViaIAP|impersonate|escalate|allowAllActions|modify|batch(?:Create|Update|Delete|Write)|send|seek|truncate|rename|replace|clone|copy|migrate|failover|promote|switchover|resize|rotate|admin|sourceCodeSet|use$|useExternalIp|connect|setIamPolicy|commit|register|share|trigger|apply|edit|upgrade|provision|activate|link|assign|ingest|submit|close|open|lock|trash|sign|generateAccessToken|predict$|actAs|begin)/;

/** Reads that return what is stored, secrets and data, and not only settings. */
const READS_DATA =
  /^(?:secretmanager\.versions\.access|storage\.(?:objects\.(?:get|list)$|hmacKeys\.get$).*|bigquery\.(?:tables\.(?:getData|export|createSnapshot|replicateData)|models\.getData|rowAccessPolicies\.getFilteredData|readsessions\.getData|objectRefs\.read)|datastore\.(?:entities\.(?:get|list)|databases\.export)|spanner\.(?:databases\.(?:read|select|useDataBoost)|sessions\.create)|bigtable\.\w+\.(?:readRows|read|executeQuery)|pubsub\.subscriptions\.consume|cloudkms\.cryptoKeyVersions\.(?:useTo\w+|viewPublicKeyRaw)|cloudkms\.cryptoKeys\.useTo\w+|cloudsql\.(?:instances|backupRuns)\.(?:export|executeSql)|alloydb\.(?:clusters\.export|instances\.executeSql\w*)|firebasedatabase\.instances\.get$|firebaseauth\.users\.get|firebasestorage\..*\.get|healthcare\.(?:fhirResources|dicomStores|hl7V2Messages|consents)\.(?:get|list|search\w*|dicomWebRead|query\w*)|container\.(?:secrets|configMaps)\.(?:get|list)|logging\.(?:privateLogEntries\.list|views\.access|fields\.access)|runtimeconfig\.variables\.get|parametermanager\.parameterVersions\.render|apikeys\.keys\.getKeyString|dlp\.\w+\.reidentify|redis\.instances\.(?:getAuthString|export)|memcache\..*\.export|notebooks\.\w+\.readFile|compute\.(?:instances\.getSerialPortOutput|images\.useReadOnly|snapshots\.useReadOnly|disks\.useReadOnly)|cloudfunctions\.functions\.sourceCodeGet|source\.repos\.get$|connectors\.\w+\.getSecret|aiplatform\.\w+\.(?:readFeatureValues|exportFeatureValues)|bigquerydatapolicy\.maskedDataPolicies\..*|datacatalog\.categories\.fineGrainedGet|iam\.serviceAccounts\.getOpenIdToken|pubsublite\.(?:topics|subscriptions)\.(?:subscribe|consume)|appengine\.memcache\.get|clientauthconfig\.clients\.getWithSecret)$/;

/**
 * What the permissions of one role add up to.
 * @param permissions `storage.objects.get`; in lists of Google's own, `storage.objects.*` may stand for all of a type.
 */
export function powersOf(permissions: readonly string[]): Set<Power> {
  const powers = new Set<Power>();
  for (const permission of permissions) {
    const telling = TELLING.find((one) => one.permission.test(permission));
    if (telling) powers.add(telling.power);
    if (READS_DATA.test(permission)) powers.add('readsData');
    else if (!ONLY_ON_PROJECTS.test(permission) && WRITES.test(verbOf(permission))) powers.add('writes');
  }
  // Who may use the keys already wins nothing by changing who may.
  if (permissions.some((one) => /^cloudkms\.cryptoKeyVersions\.useToDecrypt$/.test(one)))
    powers.delete('ownsKmsKeys');
  return powers;
}

function verbOf(permission: string): string {
  return permission.slice(permission.lastIndexOf('.') + 1);
}
