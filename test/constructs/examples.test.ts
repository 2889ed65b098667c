// What the constructs write is what the linter wants to read: the examples pass its stricter profile.

import { type App, TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { AwsAccessPackage, AwsPrincipal, Provider, Resource } from '../../constructs/index.js';
import { CustomerPortalStack } from '../../examples/stacks/customer-portal.js';
import { InvoiceReaderStack } from '../../examples/stacks/invoice-reader.js';
import { PaymentsWorkerStack } from '../../examples/stacks/payments-worker.js';
import { type LintReport, lint } from '../../src/index.js';
import { synthesiseStack } from './synth.js';

const NOW = new Date('2026-11-23T00:00:00Z');

function linted(build: (app: App) => TerraformStack): LintReport {
  return lint(JSON.stringify(synthesiseStack(build)), { profile: 'strict', now: NOW });
}

describe('the linter', () => {
  it.each([
    ['payments-worker', PaymentsWorkerStack, 'aws.iam.role', 'payments', '2027-01-30T00:00:00Z'],
    [
      'invoice-reader',
      InvoiceReaderStack,
      'azurerm.user_assigned_identity',
      'invoices',
      '2027-01-31T23:59:59Z',
    ],
  ])('finds nothing in the example %s', (name, Stack, kind, inPackage, at) => {
    const report = linted((app) => new Stack(app, name));
    expect(report.findings).toEqual([]);
    expect(report.decision).toBe('pass');
    expect(report.identities).toMatchObject([
      {
        identity: { kind },
        package: inPackage,
        owner: { verdict: 'declared' },
        expiry: { verdict: 'enforced', at: new Date(at) },
        scope: { verdict: 'bounded' },
      },
    ]);
  });

  it('finds nothing in an app on Azure and its pipeline', () => {
    const report = linted((app) => new CustomerPortalStack(app, 'customer-portal'));
    expect(report.findings).toEqual([]);
    expect(report.identities).toMatchObject([
      {
        identity: { kind: 'azuread.application' },
        package: 'portal-deployment',
        owner: { verdict: 'declared', value: 'team-portal@example.com' },
        expiry: { verdict: 'enforced', at: new Date('2026-12-15T23:59:59Z') },
        scope: { verdict: 'bounded' },
      },
      {
        identity: { kind: 'azurerm.user_assigned_identity' },
        package: 'portal',
        expiry: { verdict: 'enforced', at: new Date('2027-01-31T23:59:59Z') },
        scope: { verdict: 'bounded' },
      },
    ]);
  });

  it('leads from what it finds back to construct and line', () => {
    const { findings } = linted((app) => {
      const stack = new TerraformStack(app, 'stack');
      new Provider(stack, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
      const access = new AwsAccessPackage(stack, 'payments', {
        owner: 'team-payments@example.com',
        ttl: '90d',
        starts: '2026-11-01',
        scope: [{ actions: ['s3:GetObject'], resources: ['*'] }],
      });
      access.workload('worker', { assumedBy: AwsPrincipal.lambda() });
      return stack;
    });
    const found = findings.find((one) => one.category === 'scope-broad');
    expect(found).toMatchObject({
      construct: 'stack/payments/worker/Role',
      location: { file: 'test/constructs/examples.test.ts' },
    });
  });

  it('sees through a boundary that something wide was attached later', () => {
    const { identities } = linted((app) => {
      const stack = new PaymentsWorkerStack(app, 'payments-worker');
      new Resource(stack, 'later', 'aws_iam_role_policy_attachment', {
        role: 'payments-worker-production',
        policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      });
      return stack;
    });
    expect(identities).toMatchObject([{ expiry: { verdict: 'enforced' }, scope: { verdict: 'bounded' } }]);
  });
});
