import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/plan/symbol.js';
import { clusterRole } from '../../../src/policy/kubernetes/cluster-roles.js';
import { judgeRules, type Rule, type Where } from '../../../src/policy/kubernetes/rbac.js';

function rule(
  apiGroups: string | string[],
  resources: string | string[],
  verbs: string | string[],
  ...resourceNames: string[]
): Rule {
  return {
    apiGroups: [apiGroups].flat(),
    resources: [resources].flat(),
    verbs: [verbs].flat(),
    resourceNames,
  };
}

function short(rules: Rule[], where: Where): string {
  const { level, escalates } = judgeRules(rules, where);
  return [level, ...escalates.map(({ id }) => id)].join(' ');
}

describe('rules', () => {
  const READ = ['get', 'list', 'watch'];
  test.each<[what: string, rules: Rule[], where: Where, verdict: string]>([
    ['checkout: one named secret', [rule('', 'secrets', 'get', 'checkout-db')], 'namespace', 'bounded'],
    ['deployer: everything', [rule('*', '*', '*')], 'cluster', 'unbounded'],
    [
      'gateway: impersonation',
      [rule('', ['users', 'groups', 'serviceaccounts'], 'impersonate')],
      'cluster',
      'broad impersonate',
    ],
    [
      'everything in a namespace',
      [rule('*', '*', '*')],
      'namespace',
      'broad impersonate bind escalate pods-exec token-request',
    ],
    [
      'everything somewhere',
      [rule('*', '*', '*')],
      'unknown',
      'undecided impersonate bind escalate pods-exec token-request',
    ],
    [
      'everything of the core group',
      [rule('', '*', '*')],
      'cluster',
      'broad impersonate pods-exec nodes-proxy token-request workloads',
    ],
    ['all reads', [rule('*', '*', READ)], 'cluster', 'broad pods-exec nodes-proxy'],
    ['reads but secrets', [rule('', ['pods', 'configmaps'], READ)], 'cluster', 'bounded'],
    ['all secrets', [rule('', 'secrets', 'list')], 'cluster', 'broad'],
    ['all secrets of a namespace', [rule('', 'secrets', 'get')], 'namespace', 'broad'],
    ['secrets are only created', [rule('', 'secrets', 'create')], 'namespace', 'bounded'],
    ['secrets of another group', [rule('example.com', 'secrets', 'get')], 'cluster', 'bounded'],
    ['a whole group', [rule('apps', '*', ['get', 'patch'])], 'namespace', 'broad'],
    [
      'a deployer of one namespace',
      [rule('apps', 'deployments', ['get', 'update', 'patch'])],
      'namespace',
      'bounded',
    ],
    ['a deployer of all', [rule('apps', 'deployments', ['patch'])], 'cluster', 'broad workloads'],
    ['one deployment by name', [rule('apps', 'deployments', 'patch', 'shop')], 'cluster', 'bounded'],
    ['config maps of all', [rule('', 'configmaps', 'update')], 'cluster', 'broad'],
    [
      'events, leases and reviews',
      [
        rule('', 'events', ['create', 'patch']),
        rule('coordination.k8s.io', 'leases', '*'),
        rule('authorization.k8s.io', 'subjectaccessreviews', 'create'),
      ],
      'cluster',
      'bounded',
    ],
    ['status only', [rule('apps', 'deployments/status', 'patch')], 'cluster', 'bounded'],
    ['exec in a namespace', [rule('', 'pods/exec', 'create')], 'namespace', 'bounded pods-exec'],
    ['any subresource named exec', [rule('', '*/exec', 'create')], 'cluster', 'broad pods-exec'],
    ['kubelet', [rule('', 'nodes/proxy', 'get')], 'cluster', 'broad nodes-proxy'],
    ['kubelet through a namespace', [rule('', 'nodes/proxy', 'get')], 'namespace', 'bounded'],
    ['tokens', [rule('', 'serviceaccounts/token', 'create')], 'namespace', 'bounded token-request'],
    ['tokens of one', [rule('', 'serviceaccounts/token', 'create', 'ci')], 'namespace', 'bounded'],
    [
      'bind and escalate',
      [rule('rbac.authorization.k8s.io', 'clusterroles', ['bind', 'escalate'])],
      'cluster',
      'broad bind escalate',
    ],
    [
      'bind one role by name',
      [rule('rbac.authorization.k8s.io', 'clusterroles', 'bind', 'view')],
      'cluster',
      'bounded',
    ],
    [
      'certificates',
      [rule('certificates.k8s.io', 'certificatesigningrequests/approval', 'update')],
      'cluster',
      'broad csr-approval',
    ],
    [
      'webhooks',
      [rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'patch')],
      'cluster',
      'broad admission-webhooks',
    ],
    ['pods anywhere', [rule('', 'pods', 'create')], 'cluster', 'broad workloads'],
    ['pods in a namespace', [rule('', 'pods', 'create')], 'namespace', 'bounded'],
    ['a verb known after apply', [rule('', 'pods', symbol('var.verb', false))], 'cluster', 'undecided'],
    [
      'a name known after apply',
      [rule('', 'secrets', 'get', symbol('kubernetes_secret_v1.db.metadata[0].name', true))],
      'cluster',
      'bounded',
    ],
    ['urls only', [{ ...rule([], [], 'get'), nonResourceUrls: ['/metrics'] }], 'cluster', 'bounded'],
    ['nothing', [], 'cluster', 'bounded'],
    ['the worst rule decides', [rule('', 'pods', READ), rule('', 'secrets', 'get')], 'cluster', 'broad'],
  ])('%s', (_what, rules, where, verdict) => {
    expect(short(rules, where)).toBe(verdict);
  });

  test('are told in a sentence', () => {
    expect(judgeRules([rule('', 'pods', 'get'), rule('', 'secrets', ['get', 'list'])], 'cluster').text).toBe(
      'get, list on secrets in the whole cluster',
    );
    expect(judgeRules([rule('', 'secrets', 'get', symbol('var.name', false))], 'namespace').text).toBe(
      'get on secrets named ⟨var.name⟩',
    );
  });
});

describe('default ClusterRoles', () => {
  test.each<[name: string, where: Where, verdict: string | undefined]>([
    ['cluster-admin', 'cluster', 'unbounded'],
    ['cluster-admin', 'namespace', 'broad'],
    ['cluster-admin', 'unknown', 'undecided'],
    ['admin', 'cluster', 'broad pods-exec workloads'],
    ['admin', 'namespace', 'broad'],
    ['edit', 'namespace', 'broad'],
    ['view', 'cluster', 'bounded'],
    ['view', 'unknown', 'bounded'],
    ['system:auth-delegator', 'cluster', 'bounded'],
    ['acme-admin', 'cluster', undefined],
    ['constructor', 'cluster', undefined],
  ])('%s in %s', (name, where, verdict) => {
    const judged = clusterRole(name, where);
    expect(judged && [judged.level, ...judged.escalates.map(({ id }) => id)].join(' ')).toBe(verdict);
  });
});
