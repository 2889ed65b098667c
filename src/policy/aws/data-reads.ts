// Reads that hand out what is stored: data, messages, logs, secrets, keys. The access level of AWS does not tell
// them from reads of settings, so they are listed. Actions that AWS counts as writes (`kms:Decrypt`) need no entry.

/** Action patterns by service; compared without case. */
const DATA_READS: Readonly<Record<string, readonly string[]>> = {
  acm: ['ExportCertificate'],
  athena: ['GetQueryResults', 'GetQueryResultsStream'],
  'bedrock-agentcore': ['GetResourceApiKey', 'GetResourceOauth2Token', 'GetMemoryRecord', 'GetEvent'],
  cassandra: ['Select*', 'GetRecords'],
  'cloudfront-keyvaluestore': ['GetKey'],
  cloudtrail: ['GetQueryResults', 'GetEventDataStoreData'],
  codecommit: ['GitPull', 'GetBlob', 'GetFile'],
  dax: ['GetItem', 'BatchGetItem', 'Query', 'Scan'],
  dynamodb: ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PartiQLSelect', 'GetRecords'],
  ebs: ['GetSnapshotBlock'],
  ec2: ['GetPasswordData'],
  es: ['ESHttpGet'],
  glue: ['GetEntityRecords'],
  healthlake: ['ReadResource', 'Search*', 'GetExportedFile'],
  iot: ['GetRetainedMessage', 'GetThingShadow'],
  'kafka-cluster': ['ReadData'],
  kendra: ['Query', 'Retrieve'],
  kinesis: ['GetRecords', 'SubscribeToShard'],
  kinesisvideo: ['GetMedia', 'GetClip', 'GetMediaForFragmentList', 'GetImages'],
  logs: ['GetLogEvents', 'FilterLogEvents', 'GetLogRecord', 'StartQuery', 'StartLiveTail', 'Unmask'],
  mediastore: ['GetObject'],
  'neptune-db': ['ReadDataViaQuery', 'GetStreamRecords'],
  'neptune-graph': ['ReadDataViaQuery'],
  qldb: ['PartiQLSelect', 'GetBlock', 'GetRevision'],
  'rds-data': ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteSql'],
  'redshift-data': ['GetStatementResult', 'GetStatementResultV2'],
  s3: [
    'GetObject',
    'GetObjectVersion',
    'GetObjectTorrent',
    'GetObjectVersionTorrent',
    'GetObjectVersionForReplication',
    'GetDataAccess',
  ],
  's3-object-lambda': ['GetObject', 'GetObjectVersion'],
  's3-outposts': ['GetObject', 'GetObjectVersion', 'GetObjectVersionForReplication'],
  s3express: ['CreateSession'],
  s3tables: ['GetTableData'],
  sagemaker: ['GetRecord', 'BatchGetRecord'],
  sdb: ['Select', 'GetAttributes'],
  secretsmanager: ['GetSecretValue', 'BatchGetSecretValue'],
  sqs: ['ReceiveMessage'],
  ssm: ['GetParameter', 'GetParameters', 'GetParametersByPath', 'GetParameterHistory'],
  timestream: ['Select'],
  workmailmessageflow: ['GetRawMessageContent'],
};

const exact = new Set<string>();
const prefixes: string[] = [];
for (const [service, names] of Object.entries(DATA_READS)) {
  for (const name of names) {
    const action = `${service}:${name.toLowerCase()}`;
    if (action.endsWith('*')) prefixes.push(action.slice(0, -1));
    else exact.add(action);
  }
}

/** True for an action that returns data or secrets, not only settings. */
export function readsData(action: string): boolean {
  const name = action.toLowerCase();
  return exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
