// ClusterRoles that every cluster brings along, by name.
// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings

import type { ScopeVerdict } from '../scope-verdict.js';
import type { RbacEscalation, RbacVerdict, Where } from './rbac.js';

interface DefaultRole {
  /** The verdict where a binding gives it in the whole cluster, and in one namespace. */
  readonly cluster: ScopeVerdict;
  readonly namespace: ScopeVerdict;
  readonly does: string;
  /** Ways to more rights where it is given in the whole cluster. */
  readonly escalates?: readonly RbacEscalation[];
}

const READS_SECRETS_AND_STARTS_PODS: readonly RbacEscalation[] = [
  { id: 'pods-exec', text: 'may run commands in the pods of others, with their service accounts' },
  { id: 'workloads', text: 'may start pods with any service account of any namespace' },
];

const DEFAULT_ROLES: Readonly<Record<string, DefaultRole>> = {
  'cluster-admin': { cluster: 'unbounded', namespace: 'broad', does: 'every verb on everything' },
  admin: {
    cluster: 'broad',
    namespace: 'broad',
    does: 'changes nearly everything in a namespace, secrets, roles and bindings included',
    escalates: READS_SECRETS_AND_STARTS_PODS,
  },
  edit: {
    cluster: 'broad',
    namespace: 'broad',
    does: 'changes nearly everything in a namespace, secrets included',
    escalates: READS_SECRETS_AND_STARTS_PODS,
  },
  view: { cluster: 'bounded', namespace: 'bounded', does: 'reads everything but secrets and roles' },
  'system:auth-delegator': {
    cluster: 'bounded',
    namespace: 'bounded',
    does: 'asks who somebody is and what they may do',
  },
  'system:basic-user': { cluster: 'bounded', namespace: 'bounded', does: 'asks what it may do itself' },
  'system:discovery': { cluster: 'bounded', namespace: 'bounded', does: 'reads which APIs there are' },
  'system:public-info-viewer': { cluster: 'bounded', namespace: 'bounded', does: 'reads the version' },
  'system:monitoring': { cluster: 'bounded', namespace: 'bounded', does: 'reads metrics and health' },
  'system:kube-controller-manager': {
    cluster: 'broad',
    namespace: 'broad',
    does: 'reads all secrets and creates tokens of service accounts',
    escalates: [{ id: 'token-request', text: 'may create tokens of service accounts' }],
  },
};

/**
 * The verdict on a ClusterRole that every cluster has; undefined for others.
 * @param name `cluster-admin`
 * @param where what kind of binding gives it
 */
export function clusterRole(name: string, where: Where): RbacVerdict | undefined {
  const role = Object.hasOwn(DEFAULT_ROLES, name) ? DEFAULT_ROLES[name] : undefined;
  if (!role) return undefined;
  const level = where === 'unknown' && role.cluster !== role.namespace ? 'undecided' : role[wider(where)];
  return {
    level,
    text: `ClusterRole ${name} ${where === 'namespace' ? 'in one namespace' : 'in the whole cluster'}: ${role.does}`,
    escalates: where === 'namespace' ? [] : (role.escalates ?? []),
  };
}

function wider(where: Where): 'cluster' | 'namespace' {
  return where === 'namespace' ? 'namespace' : 'cluster';
}
