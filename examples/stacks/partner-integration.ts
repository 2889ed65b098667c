// A partner that fetches delivery notes from an account of its own: one prefix of one bucket, for the term of the contract.

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

export class PartnerIntegrationStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const notes = new Resource(this, 'notes', 'aws_s3_bucket', { bucket: 'acme-delivery-notes' });
    const bucket = notes.getStringAttribute('arn');

    const access = new AwsAccessPackage(this, 'courier', {
      // Somebody inside answers for what others may do.
      owner: 'team-logistics@example.com',
      purpose: 'The courier fetches the delivery notes of the day',
      expires: '2027-03-31',
      reviewers: ['logistics-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['procurement@example.com'],
      environment: 'production',
      scope: [
        AwsEntitlement.listObjects(bucket, 'outgoing/courier/'),
        AwsEntitlement.readObjects(bucket, 'outgoing/courier/'),
      ],
    });

    access.workload('fetch', {
      assumedBy: AwsPrincipal.partner({
        principal: 'arn:aws:iam::210987654321:role/note-fetcher',
        externalId: 'acme-7f3a91c2',
      }),
    });
  }
}
