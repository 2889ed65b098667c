// What becomes of access between two versions of a resource, one kind of change at a time.

import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { readPlan } from '../../src/input/read-plan.js';
import { planBefore } from '../../src/plan/before.js';
import type { Plan } from '../../src/plan/model.js';
import { type AccessChange, changesBetween, grows, mayGrow } from '../../src/verdict/change.js';
import { judge } from '../../src/verdict/judge.js';
import { policy } from '../plans.js';

type Values = Record<string, unknown>;

interface Side {
  readonly address: string;
  readonly before: Values | null;
  readonly after: Values | null;
  readonly actions?: readonly string[];
  /** Attributes known only after apply, with what they refer to. */
  readonly unknown?: Readonly<Record<string, string>>;
}

function changeOf(...sides: readonly Side[]): AccessChange {
  const parts = sides.map((side) => {
    const [type = '', name = ''] = side.address.split('.');
    return { ...side, mode: 'managed', type, name, provider: type.split('_')[0] ?? '' };
  });
  const actionsOf = ({ before, after, actions }: Side): readonly string[] => {
    if (actions) return actions;
    if (before && after) return JSON.stringify(before) === JSON.stringify(after) ? ['no-op'] : ['update'];
    return before ? ['delete'] : ['create'];
  };
  const document = {
    format_version: '1.2',
    terraform_version: '1.10.10',
    timestamp: '2026-11-23T00:00:00Z',
    resource_changes: parts.map(({ before, after, unknown = {}, provider, ...one }) => ({
      ...one,
      provider_name: `registry.terraform.io/hashicorp/${provider}`,
      change: {
        actions: actionsOf({ ...one, before, after }),
        before,
        after,
        after_unknown: Object.fromEntries(Object.keys(unknown).map((path) => [path, true])),
        before_sensitive: {},
        after_sensitive: {},
      },
    })),
    configuration: {
      provider_config: {},
      root_module: {
        resources: parts.map(({ address, mode, type, name, after, provider, unknown = {} }) => ({
          address,
          mode,
          type,
          name,
          provider_config_key: provider,
          expressions: {
            ...Object.fromEntries(
              Object.entries(after ?? {}).map(([path, value]) => [path, { constant_value: value }]),
            ),
            ...Object.fromEntries(
              Object.entries(unknown).map(([path, reference]) => [path, { references: [reference] }]),
            ),
          },
        })),
      },
    },
  };
  const now = new Date('2026-11-23');
  const { plan } = readPlan('plan.json', Buffer.from(JSON.stringify(document)));
  const judged = (one: Plan) => {
    const graph = buildGraph(one, { now, knownAccounts: [] });
    return { graph, identities: judge(graph, { now, keys: {}, directory: undefined, packages: [] }) };
  };
  return changesBetween(judged(planBefore(plan)), judged(plan), plan);
}

const SIGNS = { more: '+', unknown: '?', less: '-', other: '~' };

/** `+ granted: s3:GetObject on a` */
function lines(...sides: readonly Side[]): string[] {
  const { identities, resources } = changeOf(...sides);
  return [...identities, ...resources].flatMap(({ changes }) =>
    changes.map(({ direction, effect, text }) => `${SIGNS[direction]} ${effect}: ${text}`),
  );
}

const service = (name: string) => ({
  Effect: 'Allow',
  Principal: { Service: name },
  Action: 'sts:AssumeRole',
});
const TAGS = { owner: 'team-shop', purpose: 'Serves the shop', expires: '2027-03-31' };
const ROLE: Values = {
  name: 'batch',
  path: '/',
  arn: 'arn:aws:iam::111122223333:role/batch',
  tags_all: TAGS,
  assume_role_policy: policy([service('lambda.amazonaws.com')]),
};
const role = (after: Values = {}, more: Partial<Side> = {}): Side => ({
  address: 'aws_iam_role.batch',
  before: ROLE,
  after: { ...ROLE, ...after },
  ...more,
});
const rights = (before: unknown, after: unknown, unknown?: Side['unknown']): Side => ({
  address: 'aws_iam_role_policy.batch',
  before: { role: 'batch', policy: policy([before]) },
  after: { role: 'batch', ...(unknown ? {} : { policy: policy([after]) }) },
  ...(unknown ? { unknown } : {}),
});
const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const bucket = 'arn:aws:s3:::shop/*';

describe('nothing is told', () => {
  it('where nothing of access changes', () => {
    const same = allow('s3:GetObject', bucket);
    expect(changeOf(role({ max_session_duration: 7200 }), rights(same, same)).identities).toEqual([]);
  });

  it('where a policy is only written in another way', () =>
    expect(
      lines(
        role(),
        rights(
          allow(['s3:GetObject', 's3:PutObject'], bucket),
          allow(['S3:putobject', 's3:GetObject'], [bucket]),
        ),
      ),
    ).toEqual([]));
});

describe('grants', () => {
  it('of several actions and resources stand in one line', () => {
    const more = allow(['s3:GetObject', 's3:PutObject'], [bucket, 'arn:aws:s3:::till/*']);
    expect(
      lines(role(), rights(allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:x'), more)),
    ).toEqual([
      '+ granted: s3:GetObject, s3:PutObject on arn:aws:s3:::shop/*, arn:aws:s3:::till/*',
      '- revoked: sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:x',
    ]);
  });

  it('that the plan hides are neither kept nor revoked', () => {
    const found = changeOf(role(), rights(allow('s3:GetObject', bucket), null, { policy: 'var.policy' }));
    const [one] = found.identities;
    expect(one && mayGrow(one) && !grows(one)).toBe(true);
    expect(one?.changes.filter(({ effect }) => effect === 'revoked')).toEqual([]);
  });

  it('that a boundary comes to cover are revoked, and the boundary is named', () => {
    const arn = 'arn:aws:iam::111122223333:policy/limit';
    const limit: Values = { name: 'limit', arn, policy: policy([allow('s3:Get*', '*')]) };
    const sides: Side[] = [
      { address: 'aws_iam_policy.limit', before: limit, after: limit },
      rights(
        allow(['s3:GetObject', 's3:PutObject'], bucket),
        allow(['s3:GetObject', 's3:PutObject'], bucket),
      ),
    ];
    expect(lines(role({ permissions_boundary: arn }), ...sides)).toEqual([
      `- revoked: s3:PutObject on ${bucket}`,
      '- boundary: limits it from now on',
    ]);
    expect(lines(role({ permissions_boundary: '' }), ...sides)).toEqual([]);
    const bounded = { ...ROLE, permissions_boundary: arn };
    expect(lines({ address: 'aws_iam_role.batch', before: bounded, after: ROLE }, ...sides)).toEqual([
      `+ granted: s3:PutObject on ${bucket}`,
      '+ boundary: goes away',
    ]);
  });

  it('in words of their platform are told by what they mean', () => {
    const id = {
      id: '/x/batch',
      principal_id: '11111111-2222-3333-4444-555555555555',
      name: 'batch',
      tags: TAGS,
    };
    const assigned = (name: string): Values => ({
      scope: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop',
      role_definition_name: name,
      principal_id: id.principal_id,
    });
    expect(
      lines(
        { address: 'azurerm_user_assigned_identity.batch', before: id, after: id },
        {
          address: 'azurerm_role_assignment.batch',
          before: assigned('Reader'),
          after: assigned('Contributor'),
          actions: ['delete', 'create'],
        },
      )[0],
    ).toMatch(/^\+ reach: bounded → broad/);
  });
});

describe('who comes in', () => {
  const trust = (...names: string[]) => ({ assume_role_policy: policy(names.map(service)) });

  it('is told both ways', () =>
    expect(lines(role(trust('ecs-tasks.amazonaws.com')))).toEqual([
      '+ let in: ecs-tasks.amazonaws.com',
      '- shut out: lambda.amazonaws.com',
    ]));

  it('is not shut out by a trust that is hidden', () => {
    const { assume_role_policy: _, ...rest } = ROLE;
    const hidden = lines({
      address: 'aws_iam_role.batch',
      before: ROLE,
      after: rest,
      unknown: { assume_role_policy: 'var.trust' },
    });
    expect(hidden).toContain('? unknown: who may come in is known only after apply, through var.trust');
    expect(hidden.join()).not.toContain('shut out');
  });

  it('is told at the resource that opens', () => {
    const text = policy([{ ...allow('s3:GetObject', bucket), Principal: '*' }]);
    const { resources } = changeOf(role(), {
      address: 'aws_s3_bucket_policy.shop',
      before: {
        bucket: 'shop',
        policy: policy([{ ...allow('s3:GetObject', bucket), Principal: { AWS: '111122223333' } }]),
      },
      after: { bucket: 'shop', policy: text },
    });
    expect(resources.map(({ address, changes }) => [address, changes[0]?.effect])).toEqual([
      ['aws_s3_bucket_policy.shop', 'opened'],
    ]);
  });
});

describe('credentials and terms', () => {
  const user: Values = { name: 'bot', arn: 'arn:aws:iam::111122223333:user/bot', tags_all: TAGS };
  const key: Values = { user: 'bot', status: 'Active' };
  const stays: Side = { address: 'aws_iam_user.bot', before: user, after: user };
  const of = (side: Omit<Side, 'address'>): Side => ({ address: 'aws_iam_access_key.bot', ...side });

  it.each<[string, Omit<Side, 'address'>, string]>([
    ['added', { before: null, after: key }, '+ key added: access key aws_iam_access_key.bot, no end'],
    ['removed', { before: key, after: null }, '- key removed: access key aws_iam_access_key.bot'],
    [
      'replaced',
      { before: key, after: key, actions: ['create', 'delete'] },
      '~ key rotated: access key aws_iam_access_key.bot',
    ],
  ])('a key is %s', (_, side, expected) => expect(lines(stays, of(side))).toContain(expected));

  it('an end moves, an owner changes', () =>
    expect(lines(role({ tags_all: { ...TAGS, owner: 'team-till', expires: '2027-09-30' } }))).toEqual([
      '+ extended: all of it: 2027-03-31, only by label → 2027-09-30, only by label',
      '~ owner: team-shop → team-till',
    ]));

  it('a sooner end is no growth', () => {
    const [one] = changeOf(role({ tags_all: { ...TAGS, expires: '2027-01-31' } })).identities;
    expect(one && [grows(one), one.changes.map(({ effect }) => effect)]).toEqual([false, ['shortened']]);
  });
});
