// What the constructs write is what the linter wants to read: the examples pass its stricter profile.

import { type App, TerraformStack } from 'cdktf';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AwsAccessPackage, AwsPrincipal, Provider, Resource } from '../../constructs/index.js';
import { PaymentsWorkerStack } from '../../examples/stacks/payments-worker.js';
import { type LintReport, lint } from '../../src/index.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';
import { EXAMPLES, type ExamplePackage } from './example-stacks.js';
import { isAllowed, render } from './iam.js';
import { faultsOf } from './iam-reference.js';
import { type Synthesised, synthesiseStack } from './synth.js';

const NOW = new Date('2026-11-23T00:00:00Z');

/** The key of the legacy example is waived next to it; a project has to say that it accepts such waivers. */
const CONFIG = { ...EMPTY_CONFIG, waiversInCode: true };

function linted(build: (app: App) => TerraformStack): LintReport {
  return lint(JSON.stringify(synthesiseStack(build)), { profile: 'strict', now: NOW, config: CONFIG });
}

afterEach(() => vi.useRealTimers());

describe.each(Object.entries(EXAMPLES))('the example %s', (name, { Stack, packages }) => {
  const json = synthesiseStack((app) => new Stack(app, name));
  const report = linted((app) => new Stack(app, name));

  it('has nothing that the linter finds', () => {
    expect(report.findings).toEqual([]);
    expect(report.decision).toBe('pass');
    const found = report.identities.map(({ identity, package: inPackage, owner, expiry, scope }) => ({
      kind: identity.kind,
      package: inPackage,
      verdicts: [owner.verdict, expiry.verdict, scope.verdict],
      at: expiry.at,
    }));
    const expected = Object.entries(packages).map(([inPackage, { kind, end }]) => ({
      kind,
      package: inPackage,
      verdicts: ['declared', 'enforced', 'bounded'],
      at: new Date(end),
    }));
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('is written the same on another day', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-24T18:00:00Z') });
    expect(JSON.stringify(synthesiseStack((app) => new Stack(app, name)))).toBe(JSON.stringify(json));
  });

  it('has policies that AWS understands', async () => {
    const documents: Synthesised[] = Object.values(json.data?.aws_iam_policy_document ?? {});
    const statements = documents.flatMap((one) => one.statement).filter((one) => one.resources?.[0] !== '*');
    for (const { actions, resources, condition = [] } of statements.filter((one) => one.resources)) {
      const conditions = condition.map((one: Synthesised) => one.variable);
      expect(await faultsOf({ actions, resources, conditions })).toEqual([]);
    }
  });

  it.each(Object.entries(packages).filter(([, one]) => one.may))(
    'lets %s do what it is for, while it is for it',
    (inPackage, { may = [], mayNot = [], opens, end }: ExamplePackage) => {
      const boundary = boundaryOf(json, inPackage);
      const second = (moment: string, by: number) =>
        new Date(Date.parse(moment) + by * 1000).toISOString().replace('.000Z', 'Z');
      for (const wish of may) {
        expect(isAllowed(boundary, { ...wish, at: second(end, -1) }), wish.action).toBe(true);
        expect(isAllowed(boundary, { ...wish, at: end }), wish.action).toBe(false);
        if (opens === undefined) continue;
        expect(isAllowed(boundary, { ...wish, at: opens }), wish.action).toBe(true);
        expect(isAllowed(boundary, { ...wish, at: second(opens, -1) }), wish.action).toBe(false);
      }
      for (const wish of mayNot)
        expect(isAllowed(boundary, { ...wish, at: second(end, -1) }), wish.action).toBe(false);
      // Every entitlement was asked for.
      const allows = boundary.filter((one) => one.Effect === 'Allow');
      const asked = allows.filter((one) =>
        may.some((wish) => isAllowed([one], { ...wish, at: second(end, -1) })),
      );
      expect(asked).toEqual(allows);
    },
  );
});

/** The statements of the boundary that every identity of a package has. */
function boundaryOf(json: Synthesised, inPackage: string): ReturnType<typeof render> {
  const policies: Synthesised[] = Object.values(json.resource.aws_iam_policy);
  const policy = policies.find((one) => one.tags['leasehold:package'] === inPackage);
  const document = /aws_iam_policy_document\.(.+)\[0\]\.json/.exec(policy.policy)?.[1] ?? '';
  const [address] = Object.entries(json.resource.aws_iam_policy).find(([, one]) => one === policy) ?? [];
  const identities: Synthesised[] = ['aws_iam_role', 'aws_iam_user']
    .flatMap((type) => Object.values(json.resource[type] ?? {}))
    .filter((one) => (one as Synthesised).tags['leasehold:package'] === inPackage);
  expect(identities.map((one) => one.permissions_boundary)).toEqual([`\${aws_iam_policy.${address}[0].arn}`]);
  return render(json.data.aws_iam_policy_document[document]);
}

describe('the linter', () => {
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
