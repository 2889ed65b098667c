// Emergency access beside the standing one: two people with a second factor may restart the payments service and empty its
// queue, for an hour, heard by everybody; the database password only because somebody else has agreed to it.

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
// In your own project: from 'leasehold/cdktf', or 'leasehold/cdktn'.
import { AwsAccessPackage, AwsEntitlement, AwsPrincipal, Provider } from '../../constructs/index.js';

const HERE = 'eu-west-1:123456789012';
const QUEUE = `arn:aws:sqs:${HERE}:settlements`;

export class BreakGlassStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const access = new AwsAccessPackage(this, 'payments', {
      owner: 'team-payments@example.com',
      purpose: 'Settles card payments from the settlements queue',
      ttl: '90d',
      starts: '2026-11-01',
      reviewers: ['payments-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['payments-leads@example.com'],
      environment: 'production',
      scope: [AwsEntitlement.receiveMessages(QUEUE)],
    });
    access.workload('worker', { assumedBy: AwsPrincipal.ecsTask() });

    access.breakGlass('incident', {
      purpose: 'Brings payments back when they stand still',
      users: [
        'arn:aws:iam::123456789012:user/emergency/anna',
        'arn:aws:iam::123456789012:user/emergency/boris',
      ],
      approvers: ['incident-managers@example.com'],
      notify: ['soc@example.com', 'payments-leads@example.com'],
      region: 'eu-west-1',
      scope: [
        AwsEntitlement.deployService(`arn:aws:ecs:${HERE}:service/payments/worker`),
        { actions: ['sqs:GetQueueAttributes', 'sqs:PurgeQueue'], resources: [QUEUE] },
      ],
      secrets: {
        approvers: ['ciso@example.com'],
        scope: [AwsEntitlement.readSecret(`arn:aws:secretsmanager:${HERE}:secret:payments/db-a1b2c3`)],
      },
    });
  }
}
