// EKS access entries: what an IAM principal may do inside of a cluster.
// Policies: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html

import type { ResourceFacts } from '../catalog/types.js';
import type { Resource } from '../plan/model.js';
import { pathOf, read } from '../plan/value.js';
import type { ScopeVerdict } from '../policy/scope-verdict.js';
import { type Context, granteesOf } from './context.js';

const LEVELS: Readonly<Record<string, { level: ScopeVerdict; text: string }>> = {
  AmazonEKSClusterAdminPolicy: { level: 'unbounded', text: 'administers the cluster' },
  AmazonEKSAdminPolicy: { level: 'broad', text: 'administers namespaces, their roles included' },
  AmazonEKSEditPolicy: { level: 'broad', text: 'changes all workloads and reads all secrets' },
  AmazonEKSSecretReaderPolicy: { level: 'broad', text: 'reads all secrets' },
  AmazonEKSAdminViewPolicy: { level: 'broad', text: 'reads everything, secrets included' },
  AmazonEKSViewPolicy: { level: 'bounded', text: 'reads workloads, no secrets' },
};

export function addEksAccess(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (!facts.eksAccess) return;
  const policy = read(resource, pathOf(facts.eksAccess.policy), context.resolver);
  const name = policy.state === 'known' ? String(policy.value).split('/').at(-1) : undefined;
  const known = name !== undefined && Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined;
  const evidence = { address: resource.address, path: facts.eksAccess.policy };
  for (const identity of granteesOf(resource, facts.eksAccess.to, context).identities)
    identity.grants.push({
      address: resource.address,
      evidence,
      claim: known
        ? {
            language: 'judged',
            level: known.level,
            text: `${known.text} (${name})`,
            escalates: undefined,
            handsOutRights: false,
          }
        : { language: 'unknown', references: [name ?? `${resource.address} ${facts.eksAccess.policy}`] },
      end: { kind: 'none' },
      bearers: [resource],
    });
}
