// What stays when a plan destroys what it was for: told where it is certain, and nowhere else.

import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import { lintPlan, type Planned, plan, policy, resource, role, told } from '../plans.js';

const IAM = 'arn:aws:iam::123456789012';
const of = (planned: Planned, action: NonNullable<Planned['action']>): Planned => ({ ...planned, action });
const serves = (name: string) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: name },
});
const ran = (values: Planned['values'] = {}, trust: unknown = serves('lambda.amazonaws.com')): Planned =>
  of(role('export', trust, { arn: `${IAM}:role/export`, ...values }), 'no-op');
const lambda = (name: string, action: NonNullable<Planned['action']>): Planned =>
  resource(`aws_lambda_function.${name}`, { function_name: name, role: `${IAM}:role/export` }, {}, action);
const LEFT =
  'aws_iam_role.export: Stays while this plan destroys aws_lambda_function.nightly, which ran as it; nothing else in this plan uses it';
const left = (...resources: readonly Planned[]): string[] => told(lintPlan(resources), 'unrevocable');

describe('the role of a workload that goes', () => {
  it('is told', () => expect(left(ran(), lambda('nightly', 'delete'))).toEqual([LEFT]));

  it('is told where its policies stay with it', () =>
    expect(
      left(
        ran(),
        lambda('nightly', 'delete'),
        resource(
          'aws_iam_role_policy.export',
          {
            role: 'export',
            policy: policy([{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::x/*' }]),
          },
          { role: ['aws_iam_role.export.name', 'aws_iam_role.export'] },
          'no-op',
        ),
      ),
    ).toEqual([LEFT]));

  it('is told through its instance profile', () =>
    expect(
      left(
        ran({}, serves('ec2.amazonaws.com')),
        resource('aws_iam_instance_profile.export', { name: 'export', role: 'export' }, {}, 'delete'),
        resource('aws_instance.export', { id: 'i-0', iam_instance_profile: 'export' }, {}, 'delete'),
      ),
    ).toHaveLength(1));

  it.each<[string, readonly Planned[]]>([
    ['goes too', [of(ran(), 'delete'), lambda('nightly', 'delete')]],
    ['is run by another one', [ran(), lambda('nightly', 'delete'), lambda('hourly', 'no-op')]],
    [
      'is run by the one that takes its place',
      [ran(), lambda('nightly', 'delete'), lambda('renamed', 'create')],
    ],
    ['ran what is only scaled down', [ran(), lambda('nightly', 'scaled')]],
    [
      "is somebody else's as well",
      [
        ran({}, [
          serves('lambda.amazonaws.com'),
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `${IAM}:role/ci` } },
        ]),
        lambda('nightly', 'delete'),
      ],
    ],
    [
      'is named by something that may run as it',
      [
        ran(),
        lambda('nightly', 'delete'),
        resource(
          'aws_mwaa_environment.x',
          { name: 'x' },
          { execution_role_arn: ['aws_iam_role.export.arn', 'aws_iam_role.export'] },
          'no-op',
        ),
      ],
    ],
    [
      'has a profile that something may use',
      [
        ran({}, serves('ec2.amazonaws.com')),
        resource('aws_iam_instance_profile.export', { name: 'export', role: 'export' }, {}, 'no-op'),
        resource(
          'aws_emr_cluster.x',
          { name: 'x' },
          { service_role: ['aws_iam_instance_profile.export.arn', 'aws_iam_instance_profile.export'] },
          'no-op',
        ),
        resource('aws_instance.export', { id: 'i-0', iam_instance_profile: 'export' }, {}, 'delete'),
      ],
    ],
    [
      'has the name of another profile',
      [
        ran({}, serves('ec2.amazonaws.com')),
        resource('aws_instance.x', { id: 'i-0', iam_instance_profile: 'export' }, {}, 'delete'),
      ],
    ],
  ])('is not told where it %s', (_, resources) => expect(left(...resources)).toEqual([]));

  it('is not told where an output names it', () => {
    const document = JSON.parse(plan(ran(), lambda('nightly', 'delete')));
    document.output_changes = { role: { actions: ['no-op'], before: 'x', after: 'x', after_unknown: false } };
    document.configuration.root_module.outputs = {
      role: { expression: { references: ['aws_iam_role.export.arn', 'aws_iam_role.export'] } },
    };
    expect(told(lint(JSON.stringify(document)), 'unrevocable')).toEqual([]);
  });
});

describe('a user that goes', () => {
  const user = (values: Planned['values'] = {}): Planned =>
    resource('aws_iam_user.bot', { name: 'bot', arn: `${IAM}:user/bot`, ...values }, {}, 'delete');
  const key = (action: NonNullable<Planned['action']>, name = 'bot'): Planned =>
    resource('aws_iam_access_key.bot', { user: name, id: 'key' }, {}, action);

  it.each(['forget', 'no-op'] as const)('is kept from it by its key (%s)', (action) =>
    expect(left(user(), key(action))).toEqual([
      'aws_iam_access_key.bot: Stays while this plan destroys aws_iam_user.bot, which the platform refuses as long as this is there',
    ]),
  );

  it.each<[string, readonly Planned[]]>([
    ['the key goes too', [user(), key('delete')]],
    ['the provider takes the key away', [user({ force_destroy: true }), key('forget')]],
    ["the key is another one's", [user(), key('no-op', 'other')]],
    [
      'another one of the name stays',
      [user(), of(resource('aws_iam_user.again', { name: 'bot' }), 'no-op'), key('no-op')],
    ],
  ])('is not where %s', (_, resources) =>
    expect(left(...resources).filter((one) => one.startsWith('aws_iam_access_key.bot: Stays'))).toEqual([]),
  );
});

describe("Google's service account that goes", () => {
  const email = 'export@shop.iam.gserviceaccount.com';
  const account = (action: NonNullable<Planned['action']>): Planned =>
    resource('google_service_account.export', { account_id: 'export', email }, {}, action);
  const member = resource(
    'google_project_iam_member.export',
    { project: 'shop', role: 'roles/storage.objectViewer', member: `serviceAccount:${email}` },
    {},
    'no-op',
  );
  const still =
    'google_project_iam_member.export: Still names google_service_account.export, which this plan destroys';

  it('is still named', () => expect(left(account('delete'), member)).toEqual([still]));
  it('is not where it stays', () => expect(left(account('no-op'), member)).toEqual([]));
});

describe('a policy that goes', () => {
  const arn = `${IAM}:policy/export`;
  const attached = (action: NonNullable<Planned['action']>): Planned =>
    resource('aws_iam_role_policy_attachment.export', { role: 'other', policy_arn: arn }, {}, action);
  const gone = resource('aws_iam_policy.export', { name: 'export', arn, policy: policy([]) }, {}, 'delete');

  it('is kept from it by an attachment that is only forgotten', () =>
    expect(left(gone, attached('forget'))).toHaveLength(1));
  it('is not by one that goes too', () => expect(left(gone, attached('delete'))).toEqual([]));
});

describe('what access was given to', () => {
  const bucket = (action: NonNullable<Planned['action']>, name = 'old'): Planned =>
    resource(`aws_s3_bucket.${name}`, { bucket: name, arn: `arn:aws:s3:::${name}` }, {}, action);
  const grant = (on: unknown, effect = 'Allow', action: NonNullable<Planned['action']> = 'no-op'): Planned =>
    resource(
      'aws_iam_role_policy.export',
      { role: 'export', policy: policy([{ Effect: effect, Action: 's3:PutObject', Resource: on }]) },
      {},
      action,
    );
  const still =
    'aws_iam_role_policy.export: Still gives access to aws_s3_bucket.old, which this plan destroys, and so to whatever has its name next';

  it.each(['arn:aws:s3:::old', 'arn:aws:s3:::old/*'])('goes, and %s is still granted', (on) =>
    expect(left(ran(), bucket('delete'), grant(['arn:aws:s3:::new/*', on]))).toEqual([still]),
  );

  it.each<[string, readonly Planned[]]>([
    ['stays', [bucket('no-op'), grant('arn:aws:s3:::old/*')]],
    ['is forgotten', [bucket('forget'), grant('arn:aws:s3:::old/*')]],
    ['is only scaled down', [bucket('scaled'), grant('arn:aws:s3:::old/*')]],
    ['moves to another address', [bucket('delete'), bucket('create', 'moved'), grant('arn:aws:s3:::old/*')]],
    ['was granted by a pattern', [bucket('delete'), grant('arn:aws:s3:::o*')]],
    ['has a name that begins the same', [bucket('delete'), grant('arn:aws:s3:::older/*')]],
    ['is only denied', [bucket('delete'), grant('arn:aws:s3:::old/*', 'Deny')]],
    ['goes with the grant', [bucket('delete'), grant('arn:aws:s3:::old/*', 'Allow', 'delete')]],
  ])('is not told where it %s', (_, resources) => expect(left(ran(), ...resources)).toEqual([]));
});
