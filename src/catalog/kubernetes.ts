// What Kubernetes resources mean for access. Paths: the hashicorp/kubernetes provider's schema; every type has
// an older spelling without `_v1`.

import { type AttributePath, defineProvider, type ResourceFacts } from './types.js';

const serviceAccount = (name: readonly AttributePath[]): ResourceFacts => ({
  principal: {
    kind: 'kubernetes.service_account',
    name,
    ids: ['id', 'metadata.name'],
    labels: ['metadata.annotations', 'metadata.labels'],
  },
});
const SERVICE_ACCOUNT = serviceAccount(['metadata.name', 'metadata.generate_name']);
const DEFAULT_SERVICE_ACCOUNT = serviceAccount(['metadata.name']);
const TOKEN_SECRET: ResourceFacts = { kubernetesToken: true };
const TOKEN_REQUEST: ResourceFacts = {
  credential: {
    of: ['metadata.name'],
    form: 'ephemeral',
    noun: 'bound token',
    lifetime: [{ path: 'spec.expiration_seconds', unit: 'seconds' }],
  },
};

const PODS: ResourceFacts = { kubernetesPods: { account: 'spec.template.spec.service_account_name' } };
const JOBS: ResourceFacts = {
  kubernetesPods: { account: 'spec.job_template.spec.template.spec.service_account_name' },
};
const POD: ResourceFacts = { kubernetesPods: { account: 'spec.service_account_name' } };

/** `group/kind` of a manifest → the type that says the same; the core group has no name. */
export const MANIFEST_KINDS: Readonly<Record<string, string>> = {
  '/ServiceAccount': 'kubernetes_service_account_v1',
  '/Secret': 'kubernetes_secret_v1',
  '/Pod': 'kubernetes_pod_v1',
  'apps/Deployment': 'kubernetes_deployment_v1',
  'apps/StatefulSet': 'kubernetes_stateful_set_v1',
  'apps/DaemonSet': 'kubernetes_daemon_set_v1',
  'batch/Job': 'kubernetes_job_v1',
  'batch/CronJob': 'kubernetes_cron_job_v1',
  'rbac.authorization.k8s.io/Role': 'kubernetes_role_v1',
  'rbac.authorization.k8s.io/ClusterRole': 'kubernetes_cluster_role_v1',
  'rbac.authorization.k8s.io/RoleBinding': 'kubernetes_role_binding_v1',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'kubernetes_cluster_role_binding_v1',
};

export const kubernetes = defineProvider('kubernetes', () => ({
  types: {
    kubernetes_service_account: SERVICE_ACCOUNT,
    kubernetes_service_account_v1: SERVICE_ACCOUNT,
    kubernetes_default_service_account: DEFAULT_SERVICE_ACCOUNT,
    kubernetes_default_service_account_v1: DEFAULT_SERVICE_ACCOUNT,
    kubernetes_secret: TOKEN_SECRET,
    kubernetes_secret_v1: TOKEN_SECRET,
    kubernetes_token_request_v1: TOKEN_REQUEST,
    kubernetes_deployment: PODS,
    kubernetes_deployment_v1: PODS,
    kubernetes_stateful_set: PODS,
    kubernetes_stateful_set_v1: PODS,
    kubernetes_daemonset: PODS,
    kubernetes_daemon_set_v1: PODS,
    kubernetes_job_v1: PODS,
    kubernetes_cron_job_v1: JOBS,
    kubernetes_pod: POD,
    kubernetes_pod_v1: POD,
    kubernetes_role: { kubernetesRole: { cluster: false } },
    kubernetes_role_v1: { kubernetesRole: { cluster: false } },
    kubernetes_cluster_role: { kubernetesRole: { cluster: true } },
    kubernetes_cluster_role_v1: { kubernetesRole: { cluster: true } },
    kubernetes_role_binding: { kubernetesBinding: { cluster: false } },
    kubernetes_role_binding_v1: { kubernetesBinding: { cluster: false } },
    kubernetes_cluster_role_binding: { kubernetesBinding: { cluster: true } },
    kubernetes_cluster_role_binding_v1: { kubernetesBinding: { cluster: true } },
    kubernetes_manifest: { manifest: { path: 'manifest' } },
  },
}));
