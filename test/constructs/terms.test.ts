import { describe, expect, it } from 'vitest';
import {
  AwsAccessPackage,
  type AwsAccessPackageProps,
  AwsPrincipal,
  AzureAccessPackage,
  type AzureAccessPackageProps,
} from '../../constructs/index.js';
import { only, synthesise } from './synth.js';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:settlements';
const AWS = {
  owner: 'team-payments@example.com',
  purpose: 'Settles card payments',
  ttl: '90d',
  starts: '2026-11-01',
  scope: [{ actions: ['sqs:ReceiveMessage'], resources: [QUEUE] }],
} satisfies AwsAccessPackageProps;
const AZURE = {
  owner: 'team-billing@example.com',
  purpose: 'Prints invoices',
  expires: '2027-01-31',
  scope: [
    { role: 'Reader', scope: '/subscriptions/0f3c1d52-6a39-4f6e-9a57-1f0d4a8a7c11/resourceGroups/billing' },
  ],
} satisfies AzureAccessPackageProps;

/** What synth says about a package that was written without the compiler's help. */
function complaint(changes: object, skipValidation = false): string {
  try {
    synthesise(
      (stack) => new AwsAccessPackage(stack, 'payments', { ...AWS, ...changes } as never),
      skipValidation,
    );
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the compiler', () => {
  it('asks for owner, term and scope', () => {
    const { owner: _owner, ...nobody } = AWS;
    const { ttl: _ttl, starts: _starts, ...endless } = AWS;
    const { starts: _start, ...floating } = AWS;
    const { scope: _scope, ...boundless } = AWS;
    const { owner: _azureOwner, ...azureNobody } = AZURE;
    const { expires: _expires, ...azureEndless } = AZURE;
    const { scope: _azureScope, ...azureBoundless } = AZURE;
    const refused: (AwsAccessPackageProps | AzureAccessPackageProps)[] = [];
    const aws = (props: AwsAccessPackageProps): void => void refused.push(props);
    const azure = (props: AzureAccessPackageProps): void => void refused.push(props);
    // @ts-expect-error owner is missing
    aws(nobody);
    // @ts-expect-error neither ttl nor expires
    aws(endless);
    // @ts-expect-error a ttl counts from a start
    aws(floating);
    // @ts-expect-error two ends
    aws({ ...AWS, expires: '2027-01-31' });
    // @ts-expect-error scope is missing
    aws(boundless);
    // @ts-expect-error owner is missing
    azure(azureNobody);
    // @ts-expect-error neither ttl nor expires
    azure(azureEndless);
    // @ts-expect-error scope is missing
    azure(azureBoundless);
    // @ts-expect-error a role on AWS is no scope on Azure
    azure({ ...AZURE, scope: AWS.scope });
    expect(refused).toHaveLength(9);
  });
});

describe('the compiler, of the kinds of access beside the standing one', () => {
  it('asks for what each of them hangs on', () => {
    const written = (access: AwsAccessPackage): void => {
      const { scope } = AWS;
      const assumedBy = AwsPrincipal.lambda();
      const glass = { users: [], notify: [], region: 'eu-west-1', scope };
      // @ts-expect-error nobody approves
      access.breakGlass('a', glass);
      // @ts-expect-error the window never closes
      access.deployment('b', { opens: '2026-12-01T20:00:00Z', assumedBy, scope });
      // @ts-expect-error a scope is no list of tools
      access.agent('c', { purpose: 'Answers', assumedBy, scope });
      // @ts-expect-error no purpose
      access.agent('d', { tools: {}, assumedBy });
      const key = { reason: 'Old', compensatingControls: [], rotateEvery: '30d', pgpKey: 'keybase:a', scope };
      // @ts-expect-error never retires
      access.legacyCredential('e', key);
    };
    expect(written).toBeInstanceOf(Function);
  });
});

describe('synth', () => {
  it('takes a package that has them', () => {
    expect(complaint({})).toBe('');
    expect(complaint({ environment: 'production', tier: 'critical' })).toBe('');
    expect(() => synthesise((stack) => new AzureAccessPackage(stack, 'invoices', AZURE))).not.toThrow();
  });

  it.each([
    ['owner', { owner: undefined }],
    ['owner', { owner: 'todo' }],
    ['ttl', { ttl: undefined, starts: undefined }],
    ['ttl', { ttl: 'never' }],
    ['ttl', { ttl: '0d' }],
    ['starts', { starts: undefined }],
    ['starts', { starts: 'yesterday' }],
    ['starts', { starts: '90d' }],
    ['ttl', { expires: '2027-01-31' }],
    ['expires', { ttl: undefined, starts: undefined, expires: '2027-02-29' }],
    ['expires', { ttl: undefined, starts: undefined, expires: '90d' }],
    ['scope', { scope: undefined }],
    ['scope', { scope: [] }],
    ['scope[0]', { scope: [{ actions: [], resources: [QUEUE] }] }],
    ['scope[0]', { scope: [{ actions: ['sqs:ReceiveMessage'], resources: [] }] }],
    [
      'scope[0]',
      {
        scope: [
          { ...AWS.scope[0], conditions: { DateLessThan: { 'AWS:CurrentTime': '2099-01-01T00:00:00Z' } } },
        ],
      },
    ],
    ['packageName', { packageName: 'a b' }],
    ['purpose', { purpose: 'Settles payments, and more' }],
  ])('names the construct, the line and %s', (field, changes) => {
    const message = complaint(changes);
    expect(message).toMatch(/\[stack\/payments\] test\/constructs\/terms\.test\.ts:\d+: /);
    expect(message).toContain(`: ${field}: `);
  });

  it('wants a scope that is one', () => {
    expect(complaint({ scope: [{ actions: ['*'], resources: ['*'] }] })).toContain('scope');
    expect(complaint({ scope: [{ actions: ['s3:*'], resources: ['*'] }] })).toContain('scope');
  });

  it('wants the terms written out', () => {
    expect(complaint({ owner: '${TfToken[TOKEN.0]}' })).toContain('owner: is not known at synth');
  });

  it('wants names that the platforms take', () => {
    const named = (roleName: string) => () =>
      synthesise((stack) => {
        new AwsAccessPackage(stack, 'payments', AWS).workload('worker', {
          assumedBy: AwsPrincipal.lambda(),
          roleName,
        });
      });
    expect(named('a/b')).toThrow(
      /\[stack\/payments\/worker\] test\/constructs\/terms\.test\.ts:\d+: roleName: /,
    );
    expect(named('r'.repeat(65))).toThrow('roleName');
    expect(() =>
      synthesise(
        (stack) =>
          new AzureAccessPackage(stack, 'invoices', {
            ...AZURE,
            scope: [{ role: 'Reader', scope: 'billing' }],
          }),
      ),
    ).toThrow('scope[0]: "billing" is no id of an Azure resource');
  });

  it('gives nothing where validation is switched off and the terms are not there', () => {
    const json = synthesise((stack) => new AwsAccessPackage(stack, 'payments', {} as never), true);
    const statements = only(json.data, 'aws_iam_policy_document').statement;
    expect(statements).toMatchObject([
      {
        effect: 'Deny',
        actions: ['*'],
        condition: [{ test: 'DateGreaterThanEquals', values: ['1970-01-01T00:00:00Z'] }],
      },
    ]);
  });
});
