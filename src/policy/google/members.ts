// Members of IAM policies: who a role is given to. https://cloud.google.com/iam/docs/principal-identifiers

import { hasSymbol } from '../../plan/symbol.js';

export type Member =
  | { readonly kind: 'service-account'; readonly email: string }
  /** A Kubernetes service account of a fleet or cluster: `project.svc.id.goog[namespace/name]`. */
  | { readonly kind: 'kubernetes'; readonly namespace: string; readonly name: string }
  /** What came through a workload identity pool; `attribute` is `subject`, `attribute.repository`, `group`, `*`. */
  | {
      readonly kind: 'federated';
      /** The pool's id, the last part of its name. */
      readonly pool: string;
      readonly attribute: string;
      readonly value: string;
    }
  /** `allUsers`, `allAuthenticatedUsers`, `domain:example.com`. */
  | { readonly kind: 'public'; readonly who: string }
  /** People, the owners of a project, and what is deleted. */
  | { readonly kind: 'person'; readonly who: string }
  | { readonly kind: 'unknown'; readonly text: string };

const POOL =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/(?:(?:projects\/[^/]+\/)?locations\/[^/]+\/workloadIdentityPools\/([^/]+)|([\uE000\uE001][^\uE002]*\uE002))\/(.+)$/;

/** Reads one member; symbols stay in its parts. */
export function readMember(text: string): Member {
  const member = text.trim();
  const account = /^serviceAccount:(.*)$/.exec(member)?.[1];
  if (account !== undefined) {
    const pod = /\.svc\.id\.goog\[([^\]/]+)\/([^\]]+)\]$/.exec(account);
    if (pod) return { kind: 'kubernetes', namespace: pod[1] as string, name: pod[2] as string };
    return { kind: 'service-account', email: account };
  }
  if (/^allUsers$|^allAuthenticatedUsers$|^domain:/.test(member)) return { kind: 'public', who: member };
  const pooled = POOL.exec(member);
  if (pooled) return federated(pooled[1] ?? pooled[2] ?? '', pooled[3] as string);
  if (/^principal(?:Set)?:/.test(member) && hasSymbol(member)) return { kind: 'unknown', text: member };
  if (/^(?:user|group|deleted|project(?:Owner|Editor|Viewer)|principal(?:Set)?|iamMember):/.test(member))
    return { kind: 'person', who: member };
  // `google_service_account.x.member` holds the prefix, `.email` alone does not.
  return hasSymbol(member) ? { kind: 'service-account', email: member } : { kind: 'unknown', text: member };
}

function federated(pool: string, rest: string): Member {
  if (pool.endsWith('.svc.id.goog')) {
    const pod = /^subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(rest);
    if (pod) return { kind: 'kubernetes', namespace: pod[1] as string, name: pod[2] as string };
    const namespace = /^namespace\/([^/]+)$/.exec(rest)?.[1];
    if (namespace !== undefined) return { kind: 'kubernetes', namespace, name: '*' };
    return { kind: 'kubernetes', namespace: '*', name: '*' };
  }
  if (rest === '*') return { kind: 'federated', pool, attribute: '*', value: '' };
  const slash = rest.indexOf('/');
  return slash < 0
    ? { kind: 'unknown', text: rest }
    : { kind: 'federated', pool, attribute: rest.slice(0, slash), value: rest.slice(slash + 1) };
}

/** The members of a policy as `google_iam_policy` and `policy_data` write it. */
export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition: string | undefined;
}
