// Nothing checks the arguments of a generic block before a plan does, so they are held against the recorded schemas of
// the providers: names, what is required, and kinds.

import { describe, expect, it } from 'vitest';
import {
  AwsAccessPackage,
  AwsEntitlement,
  AwsPrincipal,
  AzureAccessPackage,
  FIRST_APPLY,
  MICROSOFT_GRAPH,
} from '../../constructs/index.js';
import schemas from '../fixtures/schemas/constructs.json' with { type: 'json' };
import { EXAMPLES } from './example-stacks.js';
import { type Synthesised, synthesise, synthesiseStack } from './synth.js';

interface Block {
  readonly attributes: Readonly<
    Record<string, { readonly required?: boolean; readonly optional?: boolean; readonly type?: unknown }>
  >;
  readonly block_types: Readonly<
    Record<string, { readonly max_items?: number; readonly min_items?: number; readonly block: Block }>
  >;
}

const GROUP = '00000000-0000-4000-8000-0000000000a1';
const META = new Set(['//', 'lifecycle', 'provider', 'depends_on', 'count', 'for_each']);

function problems(value: Synthesised, block: Block, path: string): string[] {
  const missing = Object.entries(block.attributes)
    .filter(([name, one]) => one.required && value[name] === undefined)
    .map(([name]) => `${path}.${name} is required`);
  const missingBlocks = Object.entries(block.block_types)
    .filter(([name, one]) => (one.min_items ?? 0) > (value[name]?.length ?? 0))
    .map(([name]) => `${path}.${name} is a required block`);
  const wrong = Object.entries(value)
    .filter(([name]) => !META.has(name))
    .flatMap(([name, one]) => {
      const at = `${path}.${name}`;
      const attribute = block.attributes[name];
      if (attribute) {
        if (!attribute.required && !attribute.optional) return [`${at} is read-only`];
        return fits(one, attribute.type) ? [] : [`${at} should be ${JSON.stringify(attribute.type)}`];
      }
      const nested = block.block_types[name];
      if (!nested) return [`${at} is unknown`];
      if (!Array.isArray(one)) return [`${at} should be a list of blocks`];
      if (nested.max_items !== undefined && one.length > nested.max_items)
        return [`${at} has too many blocks`];
      return one.flatMap((item) => problems(item, nested.block, at));
    });
  return [...missing, ...missingBlocks, ...wrong];
}

function fits(value: unknown, type: unknown): boolean {
  if (Array.isArray(type)) {
    if (type[0] === 'map')
      return typeof value === 'object' && Object.values(value ?? {}).every((one) => fits(one, type[1]));
    return Array.isArray(value) && value.every((one) => fits(one, type[1]));
  }
  return type === 'dynamic' || typeof value === (type === 'bool' ? 'boolean' : type);
}

function check(json: Synthesised): string[] {
  const sections = [
    [json.resource, schemas.resource_schemas],
    [json.data, schemas.data_source_schemas],
  ] as [Synthesised, Record<string, Block>][];
  return sections.flatMap(([section, known]) =>
    Object.entries(section ?? {}).flatMap(([type, blocks]) => {
      const schema = known[type];
      if (!schema) return [`${type} has no recorded schema`];
      return Object.values(blocks as object).flatMap((one) => problems(one, schema, type));
    }),
  );
}

describe('every argument is one of the provider', () => {
  it.each(Object.entries(EXAMPLES))('in the example %s', (name, { Stack }) => {
    expect(check(synthesiseStack((app) => new Stack(app, name)))).toEqual([]);
  });

  it('with every property set', () => {
    const json = synthesise((stack) => {
      const terms = {
        owner: 'team-payments@example.com',
        purpose: 'Settles card payments',
        expires: '2027-01-31T12:00:00+01:00',
        reviewers: ['a@example.com', 'b@example.com'],
        approvers: ['c@example.com'],
        reviewEvery: '30d',
        environment: 'production',
      };
      const aws = new AwsAccessPackage(stack, 'aws-package', {
        ...terms,
        scope: [
          {
            actions: ['sqs:ReceiveMessage'],
            resources: ['arn:aws:sqs:eu-west-1:123456789012:a'],
            conditions: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
          },
        ],
      });
      const source = {
        sourceAccount: '123456789012',
        sourceArn: 'arn:aws:scheduler:*:123456789012:schedule/nightly/*',
      };
      aws.workload('worker', {
        assumedBy: AwsPrincipal.service('scheduler.amazonaws.com', source),
        roleName: 'worker',
        session: '2h',
      });
      aws.workloadFromRole('node', { roleName: 'node', path: '/service/', assumedBy: AwsPrincipal.ec2() });
      aws.workload('till', {
        assumedBy: AwsPrincipal.certificate({
          trustAnchorArn: 'arn:aws:rolesanywhere:a:b:c',
          commonName: 'till',
        }),
      });
      new AwsAccessPackage(stack, 'later', {
        owner: 'team-payments@example.com',
        ttl: '36h',
        starts: FIRST_APPLY,
        scope: [AwsEntitlement.publish('arn:aws:sns:eu-west-1:123456789012:a')],
      });
      const azure = new AzureAccessPackage(stack, 'azure-package', {
        ...terms,
        scope: [
          {
            role: 'Reader',
            scope: '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/resourceGroups/billing',
          },
          {
            actions: ['Microsoft.Compute/virtualMachines/start/action'],
            dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
            scope: '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/resourceGroups/billing',
          },
          { group: GROUP },
          { appRole: 'Sites.Selected', of: MICROSOFT_GRAPH },
        ],
      });
      azure.application('export', {
        displayName: 'export',
        owners: [GROUP],
        federation: { ci: { issuer: 'https://gitlab.example.com', subject: 'project_path:a/b' } },
        secret: { reason: 'The ERP knows no federation', rotateEvery: '20d', overlap: '2d' },
      });
      azure.people('operators', {
        groups: [GROUP],
        requestors: [GROUP],
        approvers: [GROUP],
        reviewers: [GROUP],
        reviewFrequency: 'monthly',
        approvalTimeoutDays: 3,
      });
      new AzureAccessPackage(stack, 'direct-package', {
        ...terms,
        assignment: 'direct',
        scope: [{ role: 'Reader', scope: '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11' }],
      }).workload('reader', { resourceGroupName: 'billing', location: 'westeurope' });
      azure.workload('reader', {
        resourceGroupName: 'billing',
        location: 'westeurope',
        identityName: 'reader',
        federation: {
          github: {
            issuer: 'https://token.actions.githubusercontent.com',
            subject: 'repo:a/b:environment:c',
          },
        },
      });
    });
    expect(check(json)).toEqual([]);
  });

  it('or this test tells', () => {
    const known = {
      attributes: { name: { required: true, type: 'string' }, arn: { type: 'string' } },
      block_types: {},
    };
    expect(problems({ arn: 'x', nmae: 'y' }, known, 'a')).toEqual([
      'a.name is required',
      'a.arn is read-only',
      'a.nmae is unknown',
    ]);
    expect(problems({ name: 1 }, known, 'a')).toEqual(['a.name should be "string"']);
  });
});
