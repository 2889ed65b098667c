// A service in a Kubernetes cluster on AWS: its pods read and write one table and send one kind of event.

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

export class EksServiceStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const carts = new Resource(this, 'carts', 'aws_dynamodb_table', {
      name: 'carts',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'customer',
      attribute: [{ name: 'customer', type: 'S' }],
    });

    const access = new AwsAccessPackage(this, 'cart', {
      owner: 'team-shop@example.com',
      purpose: 'Keeps the carts of customers',
      ttl: '90d',
      starts: '2026-11-01',
      reviewers: ['shop-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [
        AwsEntitlement.readItems(carts.getStringAttribute('arn')),
        AwsEntitlement.writeItems(carts.getStringAttribute('arn')),
        AwsEntitlement.putEvents('arn:aws:events:eu-west-1:123456789012:event-bus/shop', {
          source: 'shop.cart',
        }),
      ],
    });

    // The association with the service account comes with it.
    access.workload('service', {
      assumedBy: AwsPrincipal.eksPod({
        clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/main',
        namespace: 'shop',
        serviceAccount: 'cart',
      }),
    });
  }
}
