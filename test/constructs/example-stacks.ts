// The example stacks, and what whoever wrote each of them wants it to allow and not to allow: a second opinion on their
// policies, written by hand.

import type { App, TerraformStack } from 'cdktf';
import { BreakGlassStack } from '../../examples/stacks/break-glass.js';
import { CustomerPortalStack } from '../../examples/stacks/customer-portal.js';
import { EksServiceStack } from '../../examples/stacks/eks-service.js';
import { GitHubDeployStack } from '../../examples/stacks/github-deploy.js';
import { InvoiceReaderStack } from '../../examples/stacks/invoice-reader.js';
import { LegacyKeyStack } from '../../examples/stacks/legacy-key.js';
import { PartnerIntegrationStack } from '../../examples/stacks/partner-integration.js';
import { PaymentsWorkerStack } from '../../examples/stacks/payments-worker.js';
import { SupportAgentStack } from '../../examples/stacks/support-agent.js';
import type { Request } from './iam.js';

type Wish = Omit<Request, 'at'>;

/** A package of an example. */
export interface ExamplePackage {
  /** Kind of identity that has its access. */
  readonly kind: string;
  readonly end: string;
  /** @default - from the beginning */
  readonly opens?: string;
  /** Every entitlement of it once; on AWS. */
  readonly may?: readonly Wish[];
  /** What lies next to the scope. */
  readonly mayNot?: readonly Wish[];
}

/** An example: its stack, and its packages by name. */
export interface Example {
  readonly Stack: new (app: App, id: string) => TerraformStack;
  readonly packages: Readonly<Record<string, ExamplePackage>>;
}

const HERE = 'eu-west-1:123456789012';
const ROLE = 'aws.iam.role';
const SETTLEMENTS = `arn:aws:sqs:${HERE}:settlements`;
const DB_PASSWORD = `arn:aws:secretsmanager:${HERE}:secret:payments/db-a1b2c3`;
const ADMIN = { action: 'iam:CreateUser', resource: 'arn:aws:iam::123456789012:user/x' };
const erp = (sourceip: string) => ({
  action: 's3:PutObject',
  resource: '${aws_s3_bucket.ledger.arn}/erp/2026-11.csv',
  context: { 'aws:sourceip': sourceip },
});

export const EXAMPLES: Readonly<Record<string, Example>> = {
  'break-glass': {
    Stack: BreakGlassStack,
    packages: {
      payments: {
        kind: ROLE,
        end: '2027-01-30T00:00:00Z',
        may: [{ action: 'sqs:ReceiveMessage', resource: SETTLEMENTS }],
        mayNot: [{ action: 'sqs:PurgeQueue', resource: SETTLEMENTS }, ADMIN],
      },
      'payments-incident': {
        kind: ROLE,
        end: '2027-01-30T00:00:00Z',
        may: [
          { action: 'sqs:PurgeQueue', resource: SETTLEMENTS },
          { action: 'ecs:UpdateService', resource: `arn:aws:ecs:${HERE}:service/payments/worker` },
          { action: 'secretsmanager:GetSecretValue', resource: DB_PASSWORD },
        ],
        mayNot: [
          { action: 'ecs:UpdateService', resource: `arn:aws:ecs:${HERE}:service/payments/ledger` },
          { action: 'secretsmanager:GetSecretValue', resource: `${DB_PASSWORD}-other` },
          ADMIN,
        ],
      },
    },
  },
  'customer-portal': {
    Stack: CustomerPortalStack,
    packages: {
      portal: { kind: 'azurerm.user_assigned_identity', end: '2027-01-31T23:59:59Z' },
      'portal-deployment': { kind: 'azuread.application', end: '2026-12-15T23:59:59Z' },
    },
  },
  'eks-service': {
    Stack: EksServiceStack,
    packages: {
      cart: {
        kind: ROLE,
        end: '2027-01-30T00:00:00Z',
        may: [
          { action: 'dynamodb:GetItem', resource: '${aws_dynamodb_table.carts.arn}' },
          { action: 'dynamodb:PutItem', resource: '${aws_dynamodb_table.carts.arn}' },
          {
            action: 'events:PutEvents',
            resource: `arn:aws:events:${HERE}:event-bus/shop`,
            context: { 'events:source': 'shop.cart' },
          },
        ],
        mayNot: [
          { action: 'dynamodb:DeleteTable', resource: '${aws_dynamodb_table.carts.arn}' },
          { action: 'dynamodb:GetItem', resource: `arn:aws:dynamodb:${HERE}:table/orders` },
          {
            action: 'events:PutEvents',
            resource: `arn:aws:events:${HERE}:event-bus/shop`,
            context: { 'events:source': 'shop.payments' },
          },
        ],
      },
    },
  },
  'github-deploy': {
    Stack: GitHubDeployStack,
    packages: {
      'shop-pipeline': {
        kind: ROLE,
        end: '2027-01-30T00:00:00Z',
        may: [
          { action: 'ecr:GetAuthorizationToken', resource: '*' },
          { action: 'ecr:PutImage', resource: '${aws_ecr_repository.images.arn}' },
        ],
        mayNot: [
          { action: 'ecr:DeleteRepository', resource: '${aws_ecr_repository.images.arn}' },
          { action: 'ecs:UpdateService', resource: `arn:aws:ecs:${HERE}:service/shop/cart` },
        ],
      },
      'shop-pipeline-release-42': {
        kind: ROLE,
        opens: '2026-12-01T20:00:00Z',
        end: '2026-12-01T23:00:00Z',
        may: [
          { action: 'ecs:UpdateService', resource: `arn:aws:ecs:${HERE}:service/shop/cart` },
          {
            action: 'iam:PassRole',
            resource: 'arn:aws:iam::123456789012:role/shop-cart',
            context: { 'iam:passedtoservice': 'ecs-tasks.amazonaws.com' },
          },
        ],
        mayNot: [
          {
            action: 'iam:PassRole',
            resource: 'arn:aws:iam::123456789012:role/shop-cart',
            context: { 'iam:passedtoservice': 'ec2.amazonaws.com' },
          },
          { action: 'ecs:UpdateService', resource: `arn:aws:ecs:${HERE}:service/shop/search` },
        ],
      },
    },
  },
  'invoice-reader': {
    Stack: InvoiceReaderStack,
    packages: { invoices: { kind: 'azurerm.user_assigned_identity', end: '2027-01-31T23:59:59Z' } },
  },
  'legacy-key': {
    Stack: LegacyKeyStack,
    packages: {
      'erp-export': {
        kind: ROLE,
        end: '2027-04-30T23:59:59Z',
        may: [erp('192.0.2.1')],
        mayNot: [{ action: 's3:GetObject', resource: '${aws_s3_bucket.ledger.arn}/erp/2026-11.csv' }],
      },
      'erp-export-old': {
        kind: 'aws.iam.user',
        end: '2027-02-15T23:59:59Z',
        may: [erp('198.51.100.3'), erp('203.0.113.31')],
        mayNot: [erp('198.51.100.16'), erp('203.0.113.15'), erp('192.0.2.1')],
      },
    },
  },
  'partner-integration': {
    Stack: PartnerIntegrationStack,
    packages: {
      courier: {
        kind: ROLE,
        end: '2027-03-31T23:59:59Z',
        may: [
          { action: 's3:GetObject', resource: '${aws_s3_bucket.notes.arn}/outgoing/courier/1.pdf' },
          {
            action: 's3:ListBucket',
            resource: '${aws_s3_bucket.notes.arn}',
            context: { 's3:prefix': 'outgoing/courier/' },
          },
        ],
        mayNot: [
          { action: 's3:GetObject', resource: '${aws_s3_bucket.notes.arn}/outgoing/other/1.pdf' },
          { action: 's3:ListBucket', resource: '${aws_s3_bucket.notes.arn}', context: { 's3:prefix': '' } },
        ],
      },
    },
  },
  'payments-worker': {
    Stack: PaymentsWorkerStack,
    packages: {
      payments: {
        kind: ROLE,
        end: '2027-01-30T00:00:00Z',
        may: [
          { action: 'sqs:DeleteMessage', resource: '${aws_sqs_queue.settlements.arn}' },
          {
            action: 'secretsmanager:GetSecretValue',
            resource: `arn:aws:secretsmanager:${HERE}:secret:payments/worker/db-a1b2c3`,
          },
        ],
        mayNot: [
          { action: 'sqs:SendMessage', resource: '${aws_sqs_queue.settlements.arn}' },
          { action: 'secretsmanager:GetSecretValue', resource: DB_PASSWORD },
        ],
      },
    },
  },
  'support-agent': {
    Stack: SupportAgentStack,
    packages: {
      'support-agent': {
        kind: ROLE,
        end: '2026-12-10T00:00:00Z',
        may: [
          {
            action: 'lambda:InvokeFunction',
            resource: `arn:aws:lambda:${HERE}:function:look-up-order:live`,
          },
          {
            action: 'lambda:InvokeFunction',
            resource: `arn:aws:lambda:${HERE}:function:ask-for-refund:live`,
          },
          {
            action: 'bedrock:InvokeModel',
            resource: 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0',
          },
        ],
        mayNot: [
          { action: 'lambda:InvokeFunction', resource: `arn:aws:lambda:${HERE}:function:ask-for-refund` },
          {
            action: 'lambda:UpdateFunctionCode',
            resource: `arn:aws:lambda:${HERE}:function:ask-for-refund:live`,
          },
        ],
      },
    },
  },
};
