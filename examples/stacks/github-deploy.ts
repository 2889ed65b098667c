// A pipeline on GitHub Actions: every day it pushes images of one repository; what replaces the running service, it may do
// only in the window of a release.

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

const HERE = 'eu-west-1:123456789012';

export class GitHubDeployStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const images = new Resource(this, 'images', 'aws_ecr_repository', {
      name: 'shop',
      image_tag_mutability: 'IMMUTABLE',
    });
    const github = AwsPrincipal.gitHub({
      providerArn: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
      repository: 'acme/shop',
      environment: 'production',
    });

    const access = new AwsAccessPackage(this, 'shop-pipeline', {
      owner: 'team-shop@example.com',
      purpose: 'Builds and releases the shop',
      ttl: '90d',
      starts: '2026-11-01',
      reviewers: ['shop-leads@example.com'],
      reviewEvery: '30d',
      approvers: ['security@example.com'],
      environment: 'production',
      scope: [AwsEntitlement.signInToRegistry(), AwsEntitlement.pushImages(images.getStringAttribute('arn'))],
    });
    access.workload('build', { assumedBy: github });

    access.deployment('release-42', {
      purpose: 'Rolls out release 42 of the shop',
      ticket: 'CHG-4711',
      opens: '2026-12-01T20:00:00Z',
      closes: '2026-12-01T23:00:00Z',
      assumedBy: github,
      scope: [
        AwsEntitlement.deployService(`arn:aws:ecs:${HERE}:service/shop/cart`),
        AwsEntitlement.passRole('arn:aws:iam::123456789012:role/shop-cart', 'ecs-tasks.amazonaws.com'),
      ],
    });
  }
}
