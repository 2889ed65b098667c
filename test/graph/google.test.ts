// Google Cloud's grants in the forms that plans hold them in: members, bindings, whole policies, access lists, groups,
// with what is known only after apply.

import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import type { Graph } from '../../src/graph/model.js';
import { lint } from '../../src/index.js';
import { readPlan } from '../../src/input/read-plan.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface Given {
  readonly values?: { [key: string]: Json };
  readonly unknown?: { [key: string]: Json };
  /** Attribute → references, or a constant where it is no list. */
  readonly written?: { [key: string]: Json };
  readonly key?: string;
  readonly drifted?: { [key: string]: Json };
}

function planOf(resources: Record<string, Given>): Buffer {
  const parts = (address: string): { mode: string; type: string; name: string } => {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    return { mode: address.startsWith('data.') ? 'data' : 'managed', type, name };
  };
  const change = (address: string, { values = {}, unknown = {}, key }: Given, before: Json = null): Json => ({
    address: key === undefined ? address : `${address.replace(/\[.*/, '')}["${key}"]`,
    ...parts(address.replace(/\[.*/, '')),
    ...(key === undefined ? {} : { index: key }),
    provider_name: `registry.opentofu.org/hashicorp/${parts(address).type.split('_')[0]}`,
    change: {
      actions: [before === null ? 'create' : 'update'],
      before,
      after: values,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: {},
    },
  });
  const document = {
    format_version: '1.2',
    terraform_version: '1.10.10',
    resource_changes: Object.entries(resources).map(([address, given]) => change(address, given)),
    resource_drift: Object.entries(resources).flatMap(([address, given]) =>
      given.drifted
        ? [change(address, { ...given, values: { ...given.values, ...given.drifted } }, given.values ?? {})]
        : [],
    ),
    configuration: {
      provider_config: {},
      root_module: {
        resources: Object.entries(resources).map(([address, { written = {}, values = {}, key }]) => ({
          address: address.replace(/\[.*/, ''),
          ...parts(address.replace(/\[.*/, '')),
          provider_config_key: parts(address).type.split('_')[0],
          ...(key === undefined ? {} : { for_each_expression: { references: ['var.teams'] } }),
          expressions: {
            ...Object.fromEntries(
              Object.entries(values).map(([name, value]) => [name, { constant_value: value }]),
            ),
            ...Object.fromEntries(
              Object.entries(written).map(([name, references]) => [
                name,
                typeof (references as Json[])[0] === 'string' ? { references } : references,
              ]),
            ),
          },
        })),
      },
    },
  };
  return Buffer.from(JSON.stringify(document));
}

function graph(resources: Record<string, Given>): Graph {
  const { plan } = readPlan('plan.json', planOf(resources));
  return buildGraph(plan, { now: new Date('2026-11-23T00:00:00Z'), knownAccounts: [] });
}

const MADE = { email: true, id: true, member: true, name: true, unique_id: true };
function account(id: string, more: Given = {}): Given {
  return { values: { account_id: id, project: 'shop' }, unknown: MADE, ...more };
}
const email = (id: string): string => `serviceAccount:${id}@shop.iam.gserviceaccount.com`;

/** `level text, end` of every grant of the identity. */
function grants({ identities }: Graph, address: string): string[] {
  const found = identities.find((one) => one.address === address);
  return (found?.grants ?? []).map(({ claim, end }) =>
    [
      claim.language === 'judged' ? `${claim.level} ${claim.text}` : claim.language,
      end.kind === 'enforced' ? end.at.toISOString().slice(0, 10) : end.kind,
    ].join(', '),
  );
}

const A = 'google_service_account.a';
const B = 'google_service_account.b';

describe('a policy', () => {
  const policy = JSON.stringify({
    bindings: [
      { role: 'roles/viewer', members: [email('a'), 'user:x@acme.example'] },
      {
        role: 'roles/editor',
        members: [email('b')],
        condition: { title: 't', expression: 'request.time < timestamp("2026-12-01T00:00:00Z")' },
      },
    ],
  });

  it('that is known is read by its members', () => {
    const found = graph({
      [A]: account('a'),
      [B]: account('b'),
      'google_project_iam_policy.p': { values: { project: 'shop', policy_data: policy } },
    });
    expect(grants(found, A)).toEqual(['bounded roles/viewer on a project, none']);
    expect(grants(found, B)).toEqual([
      'unbounded roles/editor on a project: every action on every resource, 2026-12-01',
    ]);
  });

  it('that is known only after apply is read from google_iam_policy', () => {
    const found = graph({
      [A]: account('a'),
      'data.google_iam_policy.p': {
        values: { binding: [{ role: 'roles/owner', condition: [] }] },
        unknown: { policy_data: true, binding: [{ members: [true], condition: [] }] },
        written: {
          binding: [
            { role: { constant_value: 'roles/owner' }, members: { references: [`${A}.member`, A] } },
          ] as Json,
        },
      },
      'google_folder_iam_policy.p': {
        values: { folder: 'folders/1' },
        unknown: { policy_data: true },
        written: { policy_data: ['data.google_iam_policy.p.policy_data', 'data.google_iam_policy.p'] },
      },
    });
    expect(grants(found, A)).toEqual([
      'unbounded roles/owner on a folder of projects: every action on every resource, none',
    ]);
  });

  it('on a service account says who may become it', () => {
    const found = graph({
      [A]: account('a'),
      [B]: account('b'),
      'google_service_account_iam_policy.p': {
        values: {
          policy_data: JSON.stringify({
            bindings: [
              {
                role: 'roles/iam.serviceAccountTokenCreator',
                members: ['allAuthenticatedUsers', email('b')],
              },
              { role: 'roles/iam.serviceAccountViewer', members: ['user:x@acme.example'] },
            ],
          }),
        },
        unknown: { service_account_id: true },
        written: { service_account_id: [`${A}.name`, A] },
      },
    });
    expect(found.openings).toMatchObject([{ id: 'public-impersonation', identity: A }]);
    expect(found.admissions).toMatchObject([{ identity: B, into: A }]);
    expect(found.routes).toMatchObject([{ from: B, to: A, how: 'roles/iam.serviceAccountTokenCreator' }]);
    expect(found.identities.find(({ address }) => address === A)?.ways.map(({ who }) => who)).toEqual([
      'allAuthenticatedUsers',
      'service account b',
    ]);
  });

  it('that is no JSON is left alone', () => {
    expect(
      grants(
        graph({
          [A]: account('a'),
          'google_project_iam_policy.p': { values: { project: 'shop', policy_data: '{' } },
        }),
        A,
      ),
    ).toEqual([]);
  });
});

describe('members', () => {
  it('are found by email, by the email that Google will make, and by reference', () => {
    const found = graph({
      [A]: account('a'),
      [B]: { values: { account_id: 'b', project: 'shop', email: 'b@shop.iam.gserviceaccount.com' } },
      'google_service_account.c': account('c'),
      'google_project_iam_binding.x': {
        values: { project: 'shop', role: 'roles/browser' },
        unknown: { members: true },
        written: { members: ['google_service_account.c.member', 'google_service_account.c'] },
      },
      'google_project_iam_member.a': {
        values: { project: 'shop', role: 'roles/browser', member: email('a') },
      },
      'google_project_iam_member.b': {
        values: { project: 'shop', role: 'roles/browser', member: email('B') },
      },
    });
    for (const address of [A, B, 'google_service_account.c'])
      expect(grants(found, address)).toEqual(['bounded roles/browser on a project, none']);
  });

  it('beside known ones are found by their references', () => {
    const found = graph({
      [A]: account('a'),
      [B]: account('b'),
      'google_project_iam_binding.x': {
        values: { project: 'shop', role: 'roles/browser', members: [email('a'), null] },
        unknown: { members: [false, true] },
        written: { members: [`${A}.email`, A, `${B}.email`, B] },
      },
    });
    expect([...grants(found, A), ...grants(found, B)]).toHaveLength(2);
  });

  it('of which the plan does not say which one is meant are undecided', () => {
    const found = graph({
      'google_service_account.team["x"]': account('x', { key: 'x' }),
      'google_service_account.team["y"]': account('y', { key: 'y' }),
      'google_project_iam_member.m': {
        values: { project: 'shop', role: 'roles/owner' },
        unknown: { member: true },
        written: { member: ['google_service_account.team', 'var.which'] },
      },
    });
    expect(grants(found, 'google_service_account.team["x"]')).toEqual(['unknown, none']);
  });

  it('of a group are found through their membership', () => {
    const found = graph({
      [A]: { values: { account_id: 'a', email: 'a@shop.iam.gserviceaccount.com', project: 'shop' } },
      'google_cloud_identity_group.g': { values: { group_key: [{ id: 'robots@acme.example' }] } },
      'google_cloud_identity_group_membership.m': {
        values: { preferred_member_key: [{ id: 'a@shop.iam.gserviceaccount.com' }] },
        unknown: { group: true },
        written: { group: ['google_cloud_identity_group.g.id', 'google_cloud_identity_group.g'] },
      },
      'google_project_iam_member.m': {
        values: { project: 'shop', role: 'roles/browser', member: 'group:robots@acme.example' },
      },
    });
    expect(grants(found, A)).toEqual(['bounded roles/browser on a project, none']);
  });

  it('of Kubernetes are admitted, and hold what is given to them', () => {
    const pod = 'kubernetes_service_account_v1.checkout';
    const found = graph({
      [A]: account('a'),
      [pod]: { values: { metadata: [{ name: 'checkout', namespace: 'shop' }] } },
      'google_service_account_iam_member.m': {
        values: {
          role: 'roles/iam.workloadIdentityUser',
          member: 'serviceAccount:shop.svc.id.goog[shop/checkout]',
        },
        unknown: { service_account_id: true },
        written: { service_account_id: [`${A}.name`, A] },
      },
      'google_storage_bucket_iam_member.m': {
        values: {
          bucket: 'b',
          role: 'roles/storage.objectViewer',
          member:
            'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/shop.svc.id.goog/subject/ns/shop/sa/checkout',
        },
      },
    });
    expect(found.admissions).toMatchObject([{ identity: pod, into: A }]);
    expect(grants(found, pod)).toContain('bounded roles/storage.objectViewer on one resource, none');
  });
});

describe('a role', () => {
  it.each([
    ['projects/shop/roles/launcher', 'broad'],
    ['projects/shop/roles/elsewhere', 'unknown'],
  ])('named %s is %s', (role, expected) => {
    const found = graph({
      [A]: account('a'),
      'google_project_iam_custom_role.launcher': {
        values: { role_id: 'launcher', permissions: ['run.services.create'] },
        unknown: { id: true, name: true },
      },
      'google_project_iam_member.m': { values: { project: 'shop', role, member: email('a') } },
    });
    expect(grants(found, A)[0]).toMatch(new RegExp(`^${expected}`));
  });

  it('that is not known is bounded on one resource', () => {
    const found = graph({
      [A]: account('a'),
      'google_storage_bucket_iam_member.m': {
        values: { bucket: 'b', member: email('a') },
        unknown: { role: true },
        written: { role: ['var.role'] },
      },
    });
    expect(grants(found, A)[0]).toMatch(/^bounded/);
  });
});

describe('a condition that is known only after apply', () => {
  const claim = (reference: string, role: string): string[] =>
    grants(
      graph({
        [A]: account('a'),
        'time_offset.t': { values: { offset_days: 5 }, unknown: { rfc3339: true } },
        'google_storage_bucket.b': { values: {}, unknown: { name: true } },
        'google_project_iam_member.m': {
          values: { project: 'shop', role, member: email('a'), condition: [{ title: 't' }] },
          unknown: { condition: [{ expression: true }] },
          written: {
            condition: [{ expression: { references: [reference, reference.replace(/\.\w+$/, '')] } }],
          },
        },
      }),
      A,
    );
  it.each([
    ['google_storage_bucket.b.name', 'roles/storage.objectAdmin', 'unknown, unknown'],
    ['google_storage_bucket.b.name', 'roles/run.viewer', 'bounded roles/run.viewer on a project, unknown'],
    ['time_offset.t.rfc3339', 'roles/run.viewer', 'bounded roles/run.viewer on a project, 2026-11-28'],
    [
      'time_offset.t.rfc3339',
      'roles/storage.objectViewer',
      'broad roles/storage.objectViewer on a project: reads data or secrets, 2026-11-28',
    ],
  ])('through %s on %s', (reference, role, expected) => {
    expect(claim(reference, role)).toEqual([expected]);
  });
});

it('a service account is found by its name too', () => {
  const found = graph({
    [A]: account('a'),
    'google_service_account_iam_member.m': {
      values: {
        service_account_id: 'projects/shop/serviceAccounts/a@shop.iam.gserviceaccount.com',
        role: 'roles/iam.workloadIdentityUser',
        member:
          'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/*',
      },
    },
  });
  expect(found.openings).toMatchObject([{ id: 'pool-whole', identity: A }]);
});

it('everybody on an access list is told', () => {
  const found = graph({
    'google_storage_bucket_acl.a': {
      values: { bucket: 'b', role_entity: ['OWNER:user-a@acme.example', 'READER:allUsers'] },
    },
    'google_storage_bucket_access_control.b': {
      values: { bucket: 'b', role: 'READER', entity: 'allAuthenticatedUsers' },
    },
    'google_bigquery_dataset.d': {
      values: {
        dataset_id: 'd',
        access: [
          { role: 'READER', domain: 'acme.example' },
          { role: 'OWNER', special_group: 'projectOwners' },
        ],
      },
    },
    'google_project_iam_member.m': { values: { project: 'shop', role: 'roles/viewer', member: 'allUsers' } },
  });
  expect(found.openings.map(({ identity, evidence }) => [identity, evidence.address])).toEqual([
    [null, 'google_bigquery_dataset.d'],
    [null, 'google_project_iam_member.m'],
    [null, 'google_storage_bucket_access_control.b'],
    [null, 'google_storage_bucket_acl.a'],
  ]);
});

it('an API key that is bound to a service account is that account', () => {
  const found = graph({
    [A]: account('a'),
    'google_apikeys_key.k': {
      values: { name: 'k' },
      unknown: { service_account_email: true },
      written: { service_account_email: [`${A}.email`, A] },
    },
  });
  expect(
    found.identities.map(({ address, aliases, credentials }) => [address, aliases, credentials.length]),
  ).toEqual([[A, ['google_apikeys_key.k'], 1]]);
});

describe('what was changed outside of Terraform', () => {
  const held = {
    project: 'shop',
    role: 'roles/editor',
    members: [email('a')],
    condition: [{ expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' }],
  };
  it.each([
    [{ members: [email('a'), email('b')] }, [`roles/editor for ${email('b')}`], B],
    [{ condition: [] }, [`roles/editor for ${email('a')}`], A],
    [{ etag: 'x' }, undefined, undefined],
    [{ members: [] }, undefined, undefined],
  ])('%j widens %j', (drifted, more, identity) => {
    const found = graph({
      [A]: account('a'),
      [B]: account('b'),
      'google_project_iam_binding.x': { values: held, drifted },
    });
    expect(found.widenings).toMatchObject(more === undefined ? [] : [{ more, identity }]);
    expect(found.widenings).toHaveLength(more === undefined ? 0 : 1);
  });
});

describe('an access package', () => {
  const outside = (grant: { [key: string]: Json }): string[] =>
    lint(
      planOf({
        [A]: account('a', {
          values: {
            account_id: 'a',
            project: 'shop',
            description: 'owner: team-a@acme.example; expires: 2027-01-31; access-package: portal',
          },
        }),
        'google_storage_bucket_iam_member.m': {
          values: { bucket: 'b', role: 'roles/storage.objectViewer', member: email('a'), ...grant },
        },
      }),
      { now: new Date('2026-11-23T00:00:00Z') },
    )
      .findings.filter(({ category }) => category === 'shadow-entitlement')
      .map(({ address }) => address);

  it('takes in a binding whose condition names it', () => {
    const condition = [{ title: 'portal', description: 'access-package: portal', expression: 'true' }];
    expect(outside({ condition })).toEqual([]);
    expect(outside({})).toEqual(['google_storage_bucket_iam_member.m']);
  });
});
