// Objects of Kubernetes that stand in one attribute are judged like those that have a type of their own.

import { expect, it } from 'vitest';
import { lintPlan, type Planned, resource, told } from '../plans.js';

const RBAC = 'rbac.authorization.k8s.io';
const manifest = (name: string, apiVersion: string, kind: string, rest: object = {}): Planned =>
  resource(`kubernetes_manifest.${name}`, {
    manifest: { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...rest },
  });
const account = manifest('deployer', 'v1', 'ServiceAccount', {
  metadata: {
    name: 'deployer',
    namespace: 'shop',
    labels: { team: 'shop' },
    annotations: { 'example.com/expires': '2027-03-31' },
  },
});
const bind = (kind: string, name: string, subject: object = {}): Planned =>
  manifest('binding', `${RBAC}/v1`, 'ClusterRoleBinding', {
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'shop', ...subject }],
  });
const rules = (...list: object[]): Planned => manifest('rules', `${RBAC}/v1`, 'ClusterRole', { rules: list });

function verdicts(resources: readonly Planned[]) {
  return lintPlan(resources).identities.map(({ identity, owner, expiry, scope }) => [
    identity.address,
    owner.verdict,
    expiry.verdict,
    scope.verdict,
  ]);
}

it.each<[string, Planned[], string]>([
  ['an account without a grant', [account], 'bounded'],
  ['an administrator', [account, bind('ClusterRole', 'cluster-admin')], 'unbounded'],
  [
    'rights in a manifest of their own',
    [account, bind('ClusterRole', 'rules'), rules({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })],
    'unbounded',
  ],
  [
    'rights to named objects',
    [
      account,
      bind('ClusterRole', 'rules'),
      rules({ apiGroups: [''], resources: ['configmaps'], resourceNames: ['shop'], verbs: ['get'] }),
    ],
    'bounded',
  ],
  ['rights of somebody else', [account, bind('ClusterRole', 'cluster-admin', { name: 'other' })], 'bounded'],
  [
    'a binding that has a type',
    [
      account,
      resource('kubernetes_cluster_role_binding_v1.binding', {
        metadata: [{ name: 'binding' }],
        role_ref: [{ api_group: RBAC, kind: 'ClusterRole', name: 'cluster-admin' }],
        subject: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'shop' }],
      }),
    ],
    'unbounded',
  ],
])('%s', (_, resources, scope) => {
  expect(verdicts(resources)).toEqual([['kubernetes_manifest.deployer', 'declared', 'declared', scope]]);
});

it("a token that never ends is the account's", () => {
  const token = manifest('token', 'v1', 'Secret', {
    type: 'kubernetes.io/service-account-token',
    metadata: {
      name: 'token',
      namespace: 'shop',
      annotations: { 'kubernetes.io/service-account.name': 'deployer' },
    },
  });
  expect(told(lintPlan([account, token]), 'expiry-not-enforced')).toEqual([
    expect.stringContaining('kubernetes_manifest.token'),
  ]);
});

it('pods that run as one account share it', () => {
  const pods = (name: string) =>
    manifest(name, 'apps/v1', 'Deployment', {
      spec: { template: { spec: { serviceAccountName: 'deployer' } } },
    });
  const shared = told(lintPlan([account, pods('a'), pods('b'), pods('c')]), 'shared-identity');
  expect(shared).toHaveLength(1);
});

it('what takes no part in access, or is of another group, is left alone', () => {
  const other = [
    manifest('settings', 'v1', 'ConfigMap', { data: { kind: 'ServiceAccount' } }),
    manifest('own', 'example.com/v1', 'ServiceAccount'),
    resource('kubernetes_manifest.none', { manifest: null }),
    resource('kubernetes_manifest.odd', { manifest: { kind: ['ServiceAccount'], apiVersion: 1 } }),
  ];
  expect(verdicts(other)).toEqual([]);
});
