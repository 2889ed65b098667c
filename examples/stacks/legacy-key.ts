// The way out of a static key: the old exporter keeps one that is replaced every month and retired in February; the new one
// already comes with a certificate, and needs none.

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

export class LegacyKeyStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const ledger = new Resource(this, 'ledger', 'aws_s3_bucket', { bucket: 'acme-ledger' });
    const writes = AwsEntitlement.writeObjects(ledger.getStringAttribute('arn'), 'erp/');

    const access = new AwsAccessPackage(this, 'erp-export', {
      owner: 'finance-it@example.com',
      purpose: 'Exports the ledger of the ERP every night',
      expires: '2027-04-30',
      reviewers: ['finance-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [writes],
    });

    access.workload('exporter', {
      assumedBy: AwsPrincipal.certificate({
        trustAnchorArn:
          'arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11',
        spiffeId: 'spiffe://example.com/finance/erp-exporter',
      }),
    });

    access.legacyCredential('old', {
      reason: 'Release 9 of the ERP knows access keys only; release 10 takes certificates',
      compensatingControls: ['Works from the addresses of the data centre only', 'Writes, and reads nothing'],
      ticket: 'SEC-118',
      rotateEvery: '30d',
      retires: '2027-02-15',
      pgpKey: 'keybase:acme_finance',
      scope: [
        { ...writes, conditions: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/28', '203.0.113.16/28'] } } },
      ],
    });
  }
}
