import { describe, expect, it } from 'vitest';
import { AwsAccessPackage, AwsEntitlement, AwsPrincipal } from '../../constructs/index.js';
import { lint } from '../../src/index.js';
import { faultsOf } from './iam-reference.js';
import { synthesise } from './synth.js';

const HERE = 'eu-west-1:123456789012';
const BUCKET = 'arn:aws:s3:::acme-invoices';
const TABLE = `arn:aws:dynamodb:${HERE}:table/orders`;
const KEY = `arn:aws:kms:${HERE}:key/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11`;
const REPOSITORY = `arn:aws:ecr:${HERE}:repository/shop`;

const ALL: Readonly<Record<string, AwsEntitlement>> = {
  receiveMessages: AwsEntitlement.receiveMessages(`arn:aws:sqs:${HERE}:settlements`),
  sendMessages: AwsEntitlement.sendMessages(`arn:aws:sqs:${HERE}:settlements`),
  publish: AwsEntitlement.publish(`arn:aws:sns:${HERE}:settled`),
  readObjects: AwsEntitlement.readObjects(BUCKET, '2026/'),
  writeObjects: AwsEntitlement.writeObjects(BUCKET, '2026/'),
  deleteObjects: AwsEntitlement.deleteObjects(BUCKET, '2026/'),
  listObjects: AwsEntitlement.listObjects(BUCKET, '2026/'),
  readItems: AwsEntitlement.readItems(TABLE, 'by-customer'),
  writeItems: AwsEntitlement.writeItems(TABLE),
  readTableStream: AwsEntitlement.readTableStream(`${TABLE}/stream/2026-11-01T00:00:00.000`),
  readSecret: AwsEntitlement.readSecret(`arn:aws:secretsmanager:${HERE}:secret:payments/db-a1b2c3`),
  readSecretsUnder: AwsEntitlement.readSecretsUnder(`arn:aws:secretsmanager:${HERE}:secret:payments`),
  readParameter: AwsEntitlement.readParameter(`arn:aws:ssm:${HERE}:parameter/payments/limit`),
  readParametersUnder: AwsEntitlement.readParametersUnder(`arn:aws:ssm:${HERE}:parameter/payments`),
  decrypt: AwsEntitlement.decrypt(KEY, 'sqs.eu-west-1.amazonaws.com'),
  encrypt: AwsEntitlement.encrypt(KEY),
  sign: AwsEntitlement.sign(KEY),
  callApi: AwsEntitlement.callApi({
    executionArn: `arn:aws:execute-api:${HERE}:a1b2c3d4e5`,
    stage: 'live',
    method: 'GET',
    path: '/orders/*',
  }),
  invokeFunction: AwsEntitlement.invokeFunction(`arn:aws:lambda:${HERE}:function:quote`),
  startExecution: AwsEntitlement.startExecution(`arn:aws:states:${HERE}:stateMachine:refund`),
  readRecords: AwsEntitlement.readRecords(`arn:aws:kinesis:${HERE}:stream/clicks`),
  putRecords: AwsEntitlement.putRecords(`arn:aws:kinesis:${HERE}:stream/clicks`),
  putEvents: AwsEntitlement.putEvents(`arn:aws:events:${HERE}:event-bus/shop`, {
    source: 'shop.orders',
    detailTypes: ['OrderPlaced'],
  }),
  connectToDatabase: AwsEntitlement.connectToDatabase({
    region: 'eu-west-1',
    account: '123456789012',
    resourceId: 'db-ABCDEFGHIJKL01234',
    user: 'worker',
  }),
  signInToRegistry: AwsEntitlement.signInToRegistry(),
  pullImages: AwsEntitlement.pullImages(REPOSITORY),
  pushImages: AwsEntitlement.pushImages(REPOSITORY),
  invokeModel: AwsEntitlement.invokeModel(
    'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-v1:0',
  ),
  writeLogs: AwsEntitlement.writeLogs(`arn:aws:logs:${HERE}:log-group:/ecs/shop`),
  deployService: AwsEntitlement.deployService(`arn:aws:ecs:${HERE}:service/shop/cart`),
  passRole: AwsEntitlement.passRole('arn:aws:iam::123456789012:role/cart', 'ecs-tasks.amazonaws.com'),
  assumeRole: AwsEntitlement.assumeRole('arn:aws:iam::123456789012:role/cart-reader'),
};

const TERMS = { owner: 'team-shop@example.com', purpose: 'Sells things', expires: '2027-01-31' };

describe('an entitlement', () => {
  it.each(Object.entries(ALL))('%s is what AWS knows', async (_, { actions, resources, conditions = {} }) => {
    const keys = Object.values(conditions).flatMap((one) => Object.keys(one));
    expect(await faultsOf({ actions, resources, conditions: keys })).toEqual([]);
  });

  it('has a name for everything that has one', () => {
    const names = Object.getOwnPropertyNames(AwsEntitlement).filter(
      (name) => typeof AwsEntitlement[name as keyof typeof AwsEntitlement] === 'function',
    );
    expect(names.sort()).toEqual(Object.keys(ALL).sort());
  });

  it('is bounded in the eyes of the linter, each and all together', () => {
    const json = synthesise((stack) => {
      for (const [name, one] of Object.entries(ALL))
        new AwsAccessPackage(stack, name, { ...TERMS, scope: [one] }).workload('worker', {
          assumedBy: AwsPrincipal.lambda(),
        });
    });
    const { identities, findings } = lint(JSON.stringify(json), { now: new Date('2026-11-23T00:00:00Z') });
    expect(identities).toHaveLength(Object.keys(ALL).length);
    expect(identities.filter((one) => one.scope.verdict !== 'bounded')).toEqual([]);
    expect(findings).toEqual([]);
  });

  it('may be any other, written out', () => {
    const scope = [{ actions: ['glue:GetTable'], resources: [`arn:aws:glue:${HERE}:table/shop/orders`] }];
    const build = () => synthesise((stack) => new AwsAccessPackage(stack, 'glue', { ...TERMS, scope }));
    expect(build).not.toThrow();
  });
});
