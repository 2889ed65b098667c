// A large plan in the shape that `terraform show -json` prints: `node bench/generate-plan.mjs 50MB plan.json [share]`.
// Addresses are distinct, most resources stand already (as in any grown estate), half of them in modules with `for_each`
// and half at the root with a block each. `share` is how many of the resources are identities; default 0.03.

import { closeSync, openSync, writeSync } from 'node:fs';

const [wanted, path, share = '0.03'] = process.argv.slice(2);
const size = /^(\d+(?:\.\d+)?)(kB|MB|GB)$/.exec(wanted ?? '');
if (!size || !path) {
  console.error(
    'usage: node bench/generate-plan.mjs SIZE PATH [SHARE OF IDENTITIES]   (SIZE: 500kB, 50MB, 1.2GB)',
  );
  process.exit(2);
}
const bytes = Number(size[1]) * { kB: 1e3, MB: 1e6, GB: 1e9 }[size[2]];
const identities = Number(share);

const ACCOUNT = '418293047715';
const PROVIDER = 'registry.terraform.io/hashicorp/aws';
const PER_MODULE = 20;
const TEAMS = ['checkout', 'ledger', 'search', 'billing', 'media', 'risk'];

/** Resource number `i`: what it is, and its attributes once it stands. The same number gives the same resource. */
function resourceAt(i) {
  const team = TEAMS[i % TEAMS.length];
  const name = `${team}-${i.toString(36).padStart(5, '0')}`;
  const wrong = i % 7 === 0;
  const tags = {
    environment: i % 3 === 0 ? 'staging' : 'production',
    ...(wrong ? {} : { owner: `team-${team}@northgate.example`, expires: '2027-06-30' }),
    repository: `${team}-infrastructure`,
  };
  const isIdentity = Math.floor((i + 1) * identities) > Math.floor(i * identities);
  const [type, own] = isIdentity ? identityAt(i, name, wrong) : OTHERS[(i * 7) % OTHERS.length](i, name);
  return { type, name, values: { ...own, tags, tags_all: tags } };
}

function identityAt(i, name, wrong) {
  const id = `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const allow = (action, resource) =>
    JSON.stringify({
      Statement: [{ Action: action, Effect: 'Allow', Resource: resource }],
      Version: '2012-10-17',
    });
  const trust = {
    Action: 'sts:AssumeRole',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    ...(wrong ? {} : { Condition: { DateLessThan: { 'aws:CurrentTime': '2027-06-30T00:00:00Z' } } }),
  };
  return [
    'aws_iam_role',
    {
      arn: id,
      assume_role_policy: JSON.stringify({ Statement: [trust], Version: '2012-10-17' }),
      create_date: '2025-03-11T09:12:44Z',
      description: '',
      force_detach_policies: false,
      id: name,
      inline_policy: [
        {
          name: 'access',
          policy: wrong
            ? allow('s3:*', '*')
            : allow(
                ['s3:GetObject', 's3:ListBucket'],
                [`arn:aws:s3:::northgate-${name}/*`, `arn:aws:s3:::northgate-${name}`],
              ),
        },
      ],
      managed_policy_arns: [],
      max_session_duration: 3600,
      name,
      name_prefix: '',
      path: '/',
      permissions_boundary: '',
      unique_id: `AROA${i.toString(36).toUpperCase().padStart(17, 'X')}`,
    },
  ];
}

const OTHERS = [
  (i, name) => [
    'aws_security_group_rule',
    {
      cidr_blocks: [`10.${i % 250}.0.0/16`],
      description: `From ${name}`,
      from_port: 443,
      id: `sgrule-${2900000000 + i}`,
      ipv6_cidr_blocks: [],
      prefix_list_ids: [],
      protocol: 'tcp',
      security_group_id: `sg-0${(i * 7919).toString(16).padStart(16, '0')}`,
      self: false,
      source_security_group_id: null,
      timeouts: null,
      to_port: 443,
      type: 'ingress',
    },
  ],
  (i, name) => [
    'aws_route53_record',
    {
      alias: [],
      fqdn: `${name}.northgate.example`,
      health_check_id: '',
      id: `Z0${i}_${name}_CNAME`,
      multivalue_answer_routing_policy: false,
      name,
      records: [`${name}.eu-west-1.elb.amazonaws.com`],
      set_identifier: '',
      ttl: 300,
      type: 'CNAME',
      zone_id: 'Z05521472DSKQ8V2T4YQJ',
    },
  ],
  (_, name) => [
    'aws_cloudwatch_metric_alarm',
    {
      actions_enabled: true,
      alarm_actions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall`],
      alarm_description: 'The error rate of the last five minutes is above what the "gold" objective allows',
      alarm_name: `${name}-errors`,
      arn: `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:${name}-errors`,
      comparison_operator: 'GreaterThanThreshold',
      dimensions: { ApiName: name, Stage: 'live' },
      evaluation_periods: 5,
      id: `${name}-errors`,
      metric_name: '5XXError',
      namespace: 'AWS/ApiGateway',
      period: 60,
      statistic: 'Sum',
      threshold: 5,
      treat_missing_data: 'missing',
    },
  ],
  (_, name) => [
    'aws_cloudwatch_log_group',
    {
      arn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/lambda/${name}`,
      id: `/aws/lambda/${name}`,
      kms_key_id: '',
      log_group_class: 'STANDARD',
      name: `/aws/lambda/${name}`,
      name_prefix: '',
      retention_in_days: 30,
      skip_destroy: false,
    },
  ],
  (i, name) => [
    'aws_subnet',
    {
      arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:subnet/subnet-0${i.toString(16).padStart(16, '0')}`,
      assign_ipv6_address_on_creation: false,
      availability_zone: 'eu-west-1a',
      availability_zone_id: 'euw1-az2',
      cidr_block: `10.${i % 250}.${i % 251}.0/24`,
      enable_dns64: false,
      id: `subnet-0${i.toString(16).padStart(16, '0')}`,
      ipv6_cidr_block: '',
      ipv6_native: false,
      map_public_ip_on_launch: false,
      outpost_arn: '',
      owner_id: ACCOUNT,
      private_dns_hostname_type_on_launch: 'ip-name',
      timeouts: null,
      vpc_id: `vpc-0b1c2d3e4f5a6b7c8`,
      description: name,
    },
  ],
  (i, name) => [
    'aws_sqs_queue',
    {
      arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`,
      content_based_deduplication: false,
      delay_seconds: 0,
      fifo_queue: false,
      id: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`,
      kms_data_key_reuse_period_seconds: 300,
      kms_master_key_id: '',
      max_message_size: 262144,
      message_retention_seconds: 345600 + (i % 9),
      name,
      policy: '',
      receive_wait_time_seconds: 0,
      redrive_policy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}-dead`,
        maxReceiveCount: 5,
      }),
      sqs_managed_sse_enabled: true,
      url: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`,
      visibility_timeout_seconds: 30,
    },
  ],
  (i, name) => [
    'aws_instance',
    {
      ami: 'ami-0c38b837cd80f13bb',
      arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0${i.toString(16).padStart(16, '0')}`,
      associate_public_ip_address: false,
      availability_zone: 'eu-west-1b',
      cpu_core_count: 2,
      disable_api_termination: false,
      ebs_block_device: [],
      ebs_optimized: false,
      iam_instance_profile: '',
      id: `i-0${i.toString(16).padStart(16, '0')}`,
      instance_state: 'running',
      instance_type: 't3.medium',
      metadata_options: [
        {
          http_endpoint: 'enabled',
          http_put_response_hop_limit: 1,
          http_tokens: 'required',
          instance_metadata_tags: 'disabled',
        },
      ],
      monitoring: true,
      private_dns: `ip-10-0-${i % 250}-${i % 251}.eu-west-1.compute.internal`,
      private_ip: `10.0.${i % 250}.${i % 251}`,
      root_block_device: [
        {
          delete_on_termination: true,
          device_name: '/dev/xvda',
          encrypted: true,
          iops: 3000,
          volume_size: 40,
          volume_type: 'gp3',
        },
      ],
      subnet_id: 'subnet-0a1b2c3d4e5f60718',
      user_data: null,
      volume_tags: null,
      vpc_security_group_ids: ['sg-0fedcba9876543210'],
      hibernation: false,
      key_name: name,
    },
  ],
  (_, name) => [
    'aws_s3_bucket',
    {
      arn: `arn:aws:s3:::northgate-${name}`,
      bucket: `northgate-${name}`,
      bucket_domain_name: `northgate-${name}.s3.amazonaws.com`,
      bucket_prefix: '',
      force_destroy: false,
      hosted_zone_id: 'Z1BKCTXD74EZPE',
      id: `northgate-${name}`,
      object_lock_enabled: false,
      policy: '',
      region: 'eu-west-1',
      request_payer: 'BucketOwner',
      server_side_encryption_configuration: [
        {
          rule: [
            {
              apply_server_side_encryption_by_default: [{ kms_master_key_id: '', sse_algorithm: 'AES256' }],
              bucket_key_enabled: false,
            },
          ],
        },
      ],
      timeouts: null,
      versioning: [{ enabled: true, mfa_delete: false }],
    },
  ],
];

/** Known only after apply where it is yet to be made. */
const COMPUTED = [
  'arn',
  'id',
  'unique_id',
  'create_date',
  'fqdn',
  'url',
  'private_ip',
  'private_dns',
  'instance_state',
];

/** Where resource number `i` stands: half at the root, half in modules of twenty. */
function placeAt(i) {
  const block = Math.floor(i / PER_MODULE);
  if (block % 2 === 0) return { module: undefined, label: `r${i}` };
  return { module: `module.service["svc-${block}"]`, label: `r${i % PER_MODULE}` };
}

function stateOf(i) {
  return i % 10 === 3 || i % 10 === 7 ? 'create' : i % 10 === 5 ? 'update' : 'no-op';
}

function addressOf(i, type) {
  const { module, label } = placeAt(i);
  return `${module === undefined ? '' : `${module}.`}${type}.${label}`;
}

function valuesEntry(i) {
  const { type, values } = resourceAt(i);
  const { label } = placeAt(i);
  return {
    address: addressOf(i, type),
    mode: 'managed',
    type,
    name: label,
    provider_name: PROVIDER,
    schema_version: 1,
    values: stateOf(i) === 'create' ? written(values) : values,
    sensitive_values: { tags: {}, tags_all: {} },
  };
}

function written(values) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !COMPUTED.includes(key)));
}

function changeEntry(i) {
  const { type, values } = resourceAt(i);
  const { module, label } = placeAt(i);
  const state = stateOf(i);
  const unknown = Object.fromEntries(COMPUTED.filter((key) => key in values).map((key) => [key, true]));
  return {
    address: addressOf(i, type),
    ...(module === undefined ? {} : { module_address: module }),
    mode: 'managed',
    type,
    name: label,
    provider_name: PROVIDER,
    change: {
      actions: [state],
      before: state === 'create' ? null : state === 'update' ? { ...values, tags: {}, tags_all: {} } : values,
      after: state === 'create' ? written(values) : values,
      after_unknown: state === 'create' ? { ...unknown, tags: {}, tags_all: {} } : {},
      before_sensitive: state === 'create' ? false : { tags: {}, tags_all: {} },
      after_sensitive: { tags: {}, tags_all: {} },
    },
  };
}

function configEntry(type, label, values) {
  const expressions = Object.fromEntries(
    Object.entries(written(values))
      .filter(([key, value]) => value !== null && value !== '' && key !== 'tags_all' && !Array.isArray(value))
      .map(([key, value]) => [key, { constant_value: value }]),
  );
  return {
    address: `${type}.${label}`,
    mode: 'managed',
    type,
    name: label,
    provider_config_key: 'aws',
    expressions,
    schema_version: 1,
  };
}

const file = openSync(path, 'w');
let pending = [];
let pendingBytes = 0;

function write(text) {
  pending.push(text);
  pendingBytes += text.length;
  if (pendingBytes > 4e6) flush();
}

function flush() {
  writeSync(file, pending.join(''));
  pending = [];
  pendingBytes = 0;
}

function list(items, entry) {
  write('[');
  let isFirst = true;
  for (const item of items) {
    write(`${isFirst ? '' : ','}${JSON.stringify(entry(item))}`);
    isFirst = false;
  }
  write(']');
}

/** Resources at the root, then a child module for each block of twenty. */
function moduleTree(keep) {
  write('{"resources":');
  list(
    numbers((i) => placeAt(i).module === undefined && keep(i)),
    valuesEntry,
  );
  write(',"child_modules":[');
  let isFirst = true;
  for (let start = PER_MODULE; start < count; start += 2 * PER_MODULE) {
    const inside = [];
    for (let i = start; i < Math.min(start + PER_MODULE, count); i++) if (keep(i)) inside.push(i);
    write(`${isFirst ? '' : ','}{"address":${JSON.stringify(placeAt(start).module)},"resources":`);
    list(inside, valuesEntry);
    write('}');
    isFirst = false;
  }
  write(']}');
}

function* numbers(keep) {
  for (let i = 0; i < count; i++) if (keep(i)) yield i;
}

/** Bytes that one resource takes in all places together, taken from the first few. */
function bytesPerResource() {
  const sample = 800;
  let sum = 0;
  for (let i = 0; i < sample; i++) {
    const { type, values } = resourceAt(i);
    const entry = JSON.stringify(valuesEntry(i)).length;
    sum += JSON.stringify(changeEntry(i)).length + entry * (stateOf(i) === 'create' ? 1 : 2);
    if (placeAt(i).module === undefined) sum += JSON.stringify(configEntry(type, 'r', values)).length;
  }
  return sum / sample;
}

const count = Math.max(1, Math.round(bytes / bytesPerResource()));
write('{"format_version":"1.2","terraform_version":"1.9.8","planned_values":{"root_module":');
moduleTree(() => true);
write('},"resource_changes":');
list(
  numbers(() => true),
  changeEntry,
);
write(',"prior_state":{"format_version":"1.0","terraform_version":"1.9.8","values":{"root_module":');
moduleTree((i) => stateOf(i) !== 'create');
write(
  '}},"configuration":{"provider_config":{"aws":{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws"}},"root_module":{"resources":',
);
list(
  numbers((i) => placeAt(i).module === undefined),
  (i) => {
    const { type, values } = resourceAt(i);
    return configEntry(type, placeAt(i).label, values);
  },
);
// One block of the module for each type that stands under a label in any of its instances.
const blocks = new Map();
for (const i of numbers((one) => placeAt(one).module !== undefined)) {
  const { type, values } = resourceAt(i);
  const key = `${type}.${placeAt(i).label}`;
  if (!blocks.has(key)) blocks.set(key, configEntry(type, placeAt(i).label, values));
}
write(
  ',"module_calls":{"service":{"source":"./service","expressions":{},"for_each_expression":{"references":["var.services"]},"module":{"resources":',
);
list(blocks.values(), (block) => block);
write('}}}}},"timestamp":"2026-11-23T00:00:00Z","applyable":true,"complete":true,"errored":false}');
flush();
closeSync(file);
console.error(`${path}: ${count} resources, ${Math.round(count * identities)} of them identities`);
