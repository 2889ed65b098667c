// At synth the same rules as before apply: what they reject stops it, at the construct and the line that made it.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, Aspects, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AwsAccessPackage,
  AwsEntitlement,
  AwsPrincipal,
  type EnforceOptions,
  Governance,
  Provider,
  Resource,
} from '../../constructs/index.js';
import { InvoiceReaderStack } from '../../examples/stacks/invoice-reader.js';
import { PaymentsWorkerStack } from '../../examples/stacks/payments-worker.js';

const ASKED: EnforceOptions = { now: new Date('2026-11-23T00:00:00Z'), config: false };

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'leasehold-governance-'));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

const output = (stack: string): string => join(outdir, 'stacks', stack, 'cdk.tf.json');

/** As an earlier synth left it. */
function leave(stack: string): void {
  mkdirSync(dirname(output(stack)), { recursive: true });
  writeFileSync(output(stack), '{"resource": {}}');
}

function newApp(options = {}): App {
  return new App({ outdir, ...options });
}

/** A stack with a user that nobody owns and whose key never ends. */
class LegacyStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
    const billing = new Construct(this, 'billing');
    const user = new Resource(billing, 'user', 'aws_iam_user', { name: 'billing' });
    new Resource(billing, 'key', 'aws_iam_access_key', { user: user.getStringAttribute('name') });
  }
}

function complaint(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('governance of an app', () => {
  it('stops synth, and says what, where and in which line', () => {
    const app = newApp();
    Governance.of(app).enforce(ASKED);
    new LegacyStack(app, 'legacy');
    const message = complaint(app);
    expect(message).toMatch(/\[legacy\] test\/constructs\/governance\.test\.ts:\d+: owner-missing: /);
    expect(message).toContain('at legacy/billing/user (aws_iam_user.billing_user_');
    const line = Number(/governance\.test\.ts:(\d+): owner-missing/.exec(message)?.[1]);
    expect(readFileSync(import.meta.filename, 'utf8').split('\n')[line - 1]).toContain("'aws_iam_user'");
  });

  it('says of a package with wrong terms only what is wrong with them', () => {
    const app = newApp();
    Governance.of(app).enforce(ASKED);
    const stack = new LegacyStack(app, 'legacy');
    const access = new AwsAccessPackage(stack, 'orders', {
      owner: 'nobody',
      ttl: '90 dayz',
      starts: '2026-11-23',
      scope: [AwsEntitlement.receiveMessages('arn:aws:sqs:eu-west-1:111122223333:orders')],
    });
    access.workload('worker', { assumedBy: AwsPrincipal.lambda() });
    const message = complaint(app);
    expect(message).toMatch(/governance\.test\.ts:\d+: owner: "nobody"/);
    expect(message).toMatch(/governance\.test\.ts:\d+: ttl: "90 dayz"/);
    expect(message).not.toContain('legacy/orders/worker');
    expect(message).toContain('at legacy/billing/user');
  });

  it('leaves nothing that could be taken for a good synth', () => {
    for (const stack of ['payments-worker', 'legacy', 'invoice-reader']) leave(stack);
    const app = newApp();
    new PaymentsWorkerStack(app, 'payments-worker');
    new LegacyStack(app, 'legacy');
    new InvoiceReaderStack(app, 'invoice-reader');
    Governance.of(app).enforce(ASKED);
    expect(complaint(app)).toContain('owner-missing');
    expect(JSON.parse(readFileSync(output('payments-worker'), 'utf8')).resource.aws_iam_role).toBeDefined();
    expect(existsSync(output('legacy'))).toBe(false);
    expect(existsSync(output('invoice-reader'))).toBe(false);
  });

  it('leaves nothing either where it is another validation that stops synth', () => {
    leave('stack');
    const app = newApp();
    Governance.of(app).enforce(ASKED);
    const stack = new TerraformStack(app, 'stack');
    new Provider(stack, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
    stack.node.addValidation({ validate: () => ['something else'] });
    expect(complaint(app)).toContain('something else');
    expect(existsSync(output('stack'))).toBe(false);
  });

  it('lets through what the linter lets through', () => {
    const app = newApp();
    Governance.of(app).enforce({ ...ASKED, profile: 'strict' });
    new PaymentsWorkerStack(app, 'payments-worker');
    new InvoiceReaderStack(app, 'invoice-reader');
    expect(complaint(app)).toBe('');
    expect(existsSync(output('payments-worker'))).toBe(true);
  });

  it('judges what aspects have added', () => {
    const app = newApp();
    Governance.of(app).enforce(ASKED);
    const stack = new PaymentsWorkerStack(app, 'payments-worker');
    let done = false;
    Aspects.of(stack).add({
      visit: () => {
        if (!done) new Resource(stack, 'late', 'aws_iam_user', { name: 'late' });
        done = true;
      },
    });
    expect(complaint(app)).toContain('payments-worker/late');
  });

  it('writes the line of every resource where the linter finds it, and the same bytes twice', () => {
    const synthesised = (): string => {
      const app = newApp();
      Governance.of(app).enforce({
        ...ASKED,
        skipRules: ['owner-missing', 'expiry-missing'],
        failOn: 'error',
      });
      new LegacyStack(app, 'legacy');
      complaint(app);
      return existsSync(output('legacy')) ? readFileSync(output('legacy'), 'utf8') : '';
    };
    const text = synthesised();
    const [user] = Object.values(JSON.parse(text).resource.aws_iam_user) as { '//': { leasehold: object } }[];
    expect(user?.['//'].leasehold).toEqual({
      source: expect.stringMatching(/^test\/constructs\/governance\.test\.ts:\d+$/),
    });
    expect(synthesised()).toBe(text);
  });

  it('is switched off with all other validations', () => {
    const app = newApp({ skipValidation: true });
    Governance.of(app).enforce(ASKED);
    new LegacyStack(app, 'legacy');
    expect(complaint(app)).toBe('');
  });
});

describe('governance of a stack', () => {
  it('is its own, beside that of the app', () => {
    const app = newApp();
    Governance.of(app).enforce(ASKED);
    const stack = new LegacyStack(app, 'legacy');
    Governance.of(stack).enforce({ ...ASKED, skipRules: ['owner-missing', 'expiry-missing'] });
    expect(complaint(app)).toBe('');
    expect(stack.node.metadata.some(({ type }) => type === '@cdktf/warn')).toBe(false);
    const warned = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => /warn/.test(type)));
    expect(warned.map(({ data }) => data).join()).toContain('static-credential');
  });

  it('leaves other stacks alone', () => {
    const app = newApp();
    new LegacyStack(app, 'legacy');
    Governance.of(new PaymentsWorkerStack(app, 'payments-worker')).enforce(ASKED);
    expect(complaint(app)).toBe('');
  });

  it('cannot be that of a construct inside of it', () => {
    const stack = new LegacyStack(newApp(), 'legacy');
    expect(() => Governance.of(stack.node.findChild('billing'))).toThrow('legacy/billing: governance is of');
  });
});

describe('the configuration', () => {
  it('is the one that the command reads', () => {
    const config = join(outdir, 'leasehold.yaml');
    writeFileSync(
      config,
      'rules:\n  owner-missing: "off"\n  expiry-missing: warning\n  purpose-missing: error\n',
    );
    const app = newApp();
    Governance.of(app).enforce({ ...ASKED, config });
    new LegacyStack(app, 'legacy');
    const message = complaint(app);
    expect(message).toContain('purpose-missing');
    expect(message).not.toContain('owner-missing');
    expect(message).not.toContain('expiry-missing');
  });

  it('is told in one line where it is wrong', () => {
    const config = join(outdir, 'leasehold.yaml');
    writeFileSync(config, 'profile: lenient\n');
    const app = newApp();
    Governance.of(app).enforce({ ...ASKED, config });
    new LegacyStack(app, 'legacy');
    expect(complaint(app)).toContain('leasehold.yaml:1:');
    expect(complaint(app)).not.toContain('\n');
  });
});
