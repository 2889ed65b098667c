// Kubernetes RBAC rules: how far they reach, and which of them raise rights.
// https://kubernetes.io/docs/concepts/security/rbac-good-practices/ names the ways to more rights.

import { hasOpenSymbol, showSymbols } from '../../plan/symbol.js';
import { type ScopeVerdict, worse } from '../scope-verdict.js';

/** One rule of a Role or ClusterRole. An empty list of names means all of them. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
  readonly nonResourceUrls?: readonly string[];
}

/** Where a binding gives the rules: in the whole cluster, in its namespace, or nobody knows. */
export type Where = 'cluster' | 'namespace' | 'unknown';

export interface RbacEscalation {
  /** `impersonate` */
  readonly id: string;
  readonly text: string;
}

export interface RbacVerdict {
  readonly level: ScopeVerdict;
  /** What made the verdict, in one sentence. */
  readonly text: string;
  /** Ways to more rights; empty where the rules are all rights already. */
  readonly escalates: readonly RbacEscalation[];
}

interface Reason {
  readonly level: ScopeVerdict;
  readonly text: string;
}

interface Path extends RbacEscalation {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** A way only where it reaches other namespaces, or objects that lie in none. */
  readonly clusterOnly?: true;
}

const CHANGES = ['create', 'update', 'patch'];

const PATHS: readonly Path[] = [
  {
    id: 'impersonate',
    text: 'may impersonate others',
    groups: ['', 'authentication.k8s.io'],
    resources: ['users', 'groups', 'userextras', 'uids'],
    verbs: ['impersonate'],
    clusterOnly: true,
  },
  {
    id: 'impersonate',
    text: 'may impersonate others',
    groups: [''],
    resources: ['serviceaccounts'],
    verbs: ['impersonate'],
  },
  {
    id: 'bind',
    text: 'may bind roles that it does not hold',
    groups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'clusterroles'],
    verbs: ['bind'],
  },
  {
    id: 'escalate',
    text: 'may write rights that it does not hold into roles',
    groups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'clusterroles'],
    verbs: ['escalate'],
  },
  {
    id: 'pods-exec',
    text: 'may run commands in the pods of others, with their service accounts',
    groups: [''],
    resources: ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'],
    verbs: ['create', 'get', 'update', 'patch'],
  },
  {
    id: 'nodes-proxy',
    text: 'may run commands in any pod through the kubelet',
    groups: [''],
    resources: ['nodes/proxy'],
    verbs: ['create', 'get'],
    clusterOnly: true,
  },
  {
    id: 'token-request',
    text: 'may create tokens of service accounts',
    groups: [''],
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
  },
  {
    id: 'csr-approval',
    text: 'may approve certificates for any identity',
    groups: ['certificates.k8s.io'],
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    clusterOnly: true,
  },
  {
    id: 'admission-webhooks',
    text: 'may read and rewrite whatever is sent to the cluster',
    groups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations'],
    verbs: CHANGES,
    clusterOnly: true,
  },
  {
    id: 'workloads',
    text: 'may start pods with any service account of any namespace',
    groups: [''],
    resources: ['pods', 'replicationcontrollers'],
    verbs: ['create'],
    clusterOnly: true,
  },
  {
    id: 'workloads',
    text: 'may start pods with any service account of any namespace',
    groups: ['apps', 'batch'],
    resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets', 'jobs', 'cronjobs'],
    verbs: CHANGES,
    clusterOnly: true,
  },
];

const READS = ['get', 'list', 'watch'];
/** Changed by nearly every controller, or only questions: `create` of a review asks what is allowed. */
const HARMLESS = /\/(status|finalizers)$|^events$|^leases$|reviews$/;

/** Every verb on everything. */
const ADMIN: Readonly<Record<Where, ScopeVerdict>> = {
  cluster: 'unbounded',
  namespace: 'broad',
  unknown: 'undecided',
};
/** Changes to every object of a kind. */
const WIDE: Readonly<Record<Where, ScopeVerdict>> = {
  cluster: 'broad',
  namespace: 'bounded',
  unknown: 'undecided',
};

/** The verdict on all rules of a role together. */
export function judgeRules(rules: readonly Rule[], where: Where): RbacVerdict {
  const resourceRules = rules.filter((rule) => rule.resources.length > 0 && rule.verbs.length > 0);
  const reasons = resourceRules.map((rule) => judgeRule(rule, where));
  const level = reasons.reduce<ScopeVerdict>((worst, reason) => worse(worst, reason.level), 'bounded');
  const texts = [...new Set(reasons.filter((reason) => reason.level === level).map((reason) => reason.text))];
  return {
    level,
    text: texts.length === 0 ? 'no rule' : texts.slice(0, 3).join('; '),
    escalates: level === 'unbounded' ? [] : escalations(resourceRules, where),
  };
}

function judgeRule(rule: Rule, where: Where): Reason {
  const text = `${show(rule.verbs)} on ${show(rule.resources)}${placeOf(rule, where)}`;
  const all = covers(rule.apiGroups, '*') && covers(rule.resources, '*') && covers(rule.verbs, '*');
  if (all) return { level: ADMIN[where], text };
  if ([...rule.verbs, ...rule.resources, ...rule.apiGroups].some(hasOpenSymbol))
    return { level: 'undecided', text };
  if (rule.resourceNames.length > 0) return { level: 'bounded', text };
  if (readsSecrets(rule) || (covers(rule.resources, '*') && rule.verbs.some(changes)))
    return { level: 'broad', text };
  const wide = rule.verbs.some(changes) && rule.resources.some((resource) => !HARMLESS.test(resource));
  if (!wide && !PATHS.some((path) => opens(rule, path))) return { level: 'bounded', text };
  return { level: WIDE[where], text };
}

function escalations(rules: readonly Rule[], where: Where): RbacEscalation[] {
  const open = PATHS.filter(
    (path) =>
      (where === 'cluster' || !path.clusterOnly) &&
      rules.some((rule) => rule.resourceNames.length === 0 && opens(rule, path)),
  );
  return [...new Map(open.map(({ id, text }) => [id, { id, text }])).values()];
}

function opens(rule: Rule, path: Path): boolean {
  return (
    path.groups.some((group) => covers(rule.apiGroups, group)) &&
    path.resources.some((resource) => covers(rule.resources, resource)) &&
    path.verbs.some((verb) => covers(rule.verbs, verb))
  );
}

function readsSecrets(rule: Rule): boolean {
  return (
    covers(rule.apiGroups, '') &&
    covers(rule.resources, 'secrets') &&
    READS.some((verb) => covers(rule.verbs, verb))
  );
}

function changes(verb: string): boolean {
  return !READS.includes(verb);
}

/** An asterisk names everything; one before a slash, that subresource of everything. */
function covers(listed: readonly string[], wanted: string): boolean {
  if (listed.includes('*') || listed.includes(wanted)) return true;
  const slash = wanted.indexOf('/');
  return slash > 0 && listed.includes(`*${wanted.slice(slash)}`);
}

function placeOf(rule: Rule, where: Where): string {
  if (rule.resourceNames.length > 0) return ` named ${show(rule.resourceNames)}`;
  return { cluster: ' in the whole cluster', namespace: ' in one namespace', unknown: '' }[where];
}

function show(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${names.slice(0, 5).map(showSymbols).join(', ')}${more}`;
}
