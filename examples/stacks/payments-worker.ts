// A worker on AWS that settles payments: it takes messages from one queue and reads the secrets under one path, until
// the end of its term.

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
// In your own project: from 'leasehold/cdktf', or 'leasehold/cdktn'.
import {
  AwsAccessPackage,
  AwsEntitlement,
  AwsPrincipal,
  Provider,
  Resource,
} from '../../constructs/index.js';

export class PaymentsWorkerStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const queue = new Resource(this, 'settlements', 'aws_sqs_queue', { name: 'settlements' });

    const access = new AwsAccessPackage(this, 'payments', {
      owner: 'team-payments@example.com',
      purpose: 'Settles card payments from the settlements queue',
      ttl: '90d',
      starts: '2026-11-01',
      reviewers: ['payments-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [
        AwsEntitlement.receiveMessages(queue.getStringAttribute('arn')),
        AwsEntitlement.readSecretsUnder(
          'arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/worker',
        ),
      ],
    });

    const worker = access.workload('worker', { assumedBy: AwsPrincipal.ecsTask() });

    new Resource(this, 'task', 'aws_ecs_task_definition', {
      family: 'payments-worker',
      requires_compatibilities: ['FARGATE'],
      network_mode: 'awsvpc',
      cpu: '256',
      memory: '512',
      task_role_arn: worker.roleArn,
      container_definitions: JSON.stringify([
        { name: 'worker', image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments-worker:1.8.2' },
      ]),
    });
  }
}
