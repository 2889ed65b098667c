// The access graph with its verdicts as plain data: the documented shape that expressions of users are written against.
// Names here are public: they are added to, never renamed. Moments are RFC 3339; what is known only after apply stands
// as ⟨reference⟩.

import type { Claim, Credential, End, Grant, Graph, Way } from '../graph/model.js';
import { showSymbols } from '../plan/symbol.js';
import type { Statement } from '../policy/aws/statement.js';
import type { JudgedIdentity } from './model.js';

export interface EndView {
  readonly kind: 'enforced' | 'scheduled' | 'unknown' | 'none';
  readonly at: string | null;
  /** From one rotation to the next. */
  readonly everySeconds: number | null;
}

export interface CredentialView {
  readonly address: string;
  /** `static`, `federated`, `ephemeral`. */
  readonly form: string;
  /** `access key` */
  readonly noun: string;
  readonly end: EndView;
}

export interface WayView {
  /** Resource that lets in. */
  readonly address: string;
  /** `lambda.amazonaws.com`; `repository acme/shop, environment production (GitHub)` */
  readonly who: string;
  readonly end: EndView;
}

/** A statement of an AWS policy; of each pair one list is empty. */
export interface StatementView {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Keys of its conditions: `aws:SourceArn`. */
  readonly conditionKeys: readonly string[];
}

export interface GrantView {
  readonly address: string;
  /** `bounded`, `broad`, `unbounded`, `undecided` where it was judged by itself; `policy` where the statements say it. */
  readonly level: string;
  /** What it gives, in words; empty for a policy. */
  readonly text: string;
  readonly statements: readonly StatementView[];
  readonly end: EndView;
}

export interface IdentityView {
  readonly address: string;
  /** `aws.iam.role` */
  readonly kind: string;
  readonly name: string;
  /** What the plan does with it: `create`, `update`, `no-op` … */
  readonly action: string;
  readonly package: string | null;
  readonly owner: { readonly verdict: string; readonly value: string | null };
  readonly expiry: {
    readonly verdict: string;
    readonly at: string | null;
    readonly ttlSeconds: number | null;
  };
  readonly scope: { readonly verdict: string; readonly reasons: readonly string[] };
  readonly purpose: string | null;
  /** Unbounded, or able to escalate. */
  readonly privileged: boolean;
  /** Holds a long-lived secret. */
  readonly staticCredentials: boolean;
  /** A label names a reviewer or a rhythm. */
  readonly reviewed: boolean;
  /** Tags, labels and annotations by their key as written. */
  readonly labels: Readonly<Record<string, string>>;
  /** False where the plan hides some of them. */
  readonly labelsKnown: boolean;
  readonly credentials: readonly CredentialView[];
  readonly ways: readonly WayView[];
  readonly grants: readonly GrantView[];
  /** Addresses of what runs as it. */
  readonly workloads: readonly string[];
  /** Environments that it serves: `production`. */
  readonly environments: readonly string[];
  /** What shows that it is an AI agent's; null where nothing does. */
  readonly agent: string | null;
}

/** The whole graph of one plan: the output of `leasehold graph --format json`, `graph.schema.json`. */
export interface GraphView {
  readonly schema: string;
  readonly version: 1;
  readonly input: { readonly path: string; readonly kind: string; readonly sha256: string };
  readonly now: string;
  readonly identities: readonly IdentityView[];
  /** Who in the plan can act as whom. */
  readonly routes: readonly { readonly from: string; readonly to: string; readonly how: string }[];
  /** More can become an identity, or reach a resource, than should. */
  readonly openings: readonly {
    readonly id: string;
    readonly address: string;
    readonly identity: string | null;
    readonly text: string;
  }[];
  /** Secrets whose value stands in the open; without the value. */
  readonly exposures: readonly {
    readonly address: string;
    readonly path: string;
    readonly identity: string | null;
    readonly what: string;
    readonly where: string;
  }[];
  /** Resources that look like identities and are not judged. */
  readonly notCovered: readonly { readonly address: string; readonly type: string }[];
}

export const GRAPH_SCHEMA = 'urn:leasehold:schema:graph:1';

export function graphView(
  graph: Graph,
  identities: readonly JudgedIdentity[],
  { input, now }: { readonly input: GraphView['input']; readonly now: Date },
): GraphView {
  return {
    schema: GRAPH_SCHEMA,
    version: 1,
    input: { path: input.path, kind: input.kind, sha256: input.sha256 },
    now: moment(now),
    identities: identities.map(viewOf),
    routes: graph.routes.map(({ from, to, how }) => ({ from, to, how: showSymbols(how) })),
    openings: graph.openings.map(({ id, identity, text, evidence }) => ({
      id,
      address: evidence.address,
      identity,
      text: showSymbols(text),
    })),
    exposures: graph.exposures.map(({ address, path, identity, what, where }) => ({
      address,
      path,
      identity,
      what: what.join(', '),
      where,
    })),
    notCovered: graph.uncovered.map(({ address, type }) => ({ address, type })),
  };
}

export function viewOf(judged: JudgedIdentity): IdentityView {
  const { identity, owner, expiry, scope } = judged;
  return {
    address: identity.address,
    kind: identity.kind,
    name: showSymbols(identity.name),
    action: identity.resource.action,
    package: judged.package,
    owner: { verdict: owner.verdict, value: owner.value },
    expiry: { verdict: expiry.verdict, at: moment(expiry.at), ttlSeconds: expiry.ttlSeconds },
    scope: { verdict: scope.verdict, reasons: scope.reasons.map(({ text }) => showSymbols(text)) },
    purpose: judged.purpose,
    privileged: judged.privileged,
    staticCredentials: judged.staticCredentials,
    reviewed: judged.reviewed,
    labels: labelsOf(judged),
    labelsKnown: identity.labelsUnknown.length === 0,
    credentials: identity.credentials.map(credential),
    ways: identity.ways.map(way),
    grants: identity.grants.map(grant),
    workloads: [...identity.workloads],
    environments: identity.environments.map(({ environment }) => environment),
    agent: identity.agent ?? null,
  };
}

/** The first of labels with one key wins; `fromEntries` takes `__proto__` for a key like any other. */
function labelsOf({ identity }: JudgedIdentity): Record<string, string> {
  const labels = [...identity.labels].reverse();
  return Object.fromEntries(labels.map(({ key, value }) => [key, showSymbols(value)]));
}

function credential({ address, form, noun, end }: Credential): CredentialView {
  return { address, form, noun, end: endOf(end) };
}

function way({ who, evidence, end }: Way): WayView {
  return { address: evidence.address, who: showSymbols(who), end: endOf(end) };
}

function grant({ address, claim, end }: Grant): GrantView {
  return { address, ...claimed(claim), end: endOf(end) };
}

function claimed(claim: Claim): Pick<GrantView, 'level' | 'text' | 'statements'> {
  if (claim.language === 'aws-iam')
    return { level: 'policy', text: '', statements: claim.statements.map(statement) };
  if (claim.language === 'judged')
    return { level: claim.level, text: showSymbols(claim.text), statements: [] };
  return { level: 'undecided', text: '', statements: [] };
}

function statement(one: Statement): StatementView {
  return {
    effect: one.effect,
    actions: shown(one.actions),
    notActions: shown(one.notActions),
    resources: shown(one.resources),
    notResources: shown(one.notResources),
    conditionKeys: shown(one.conditions.map(({ key }) => key)),
  };
}

function shown(texts: readonly string[] = []): string[] {
  return texts.map(showSymbols);
}

function endOf(end: End): EndView {
  return {
    kind: end.kind === 'removed' ? 'scheduled' : end.kind,
    at: 'at' in end ? moment(end.at) : null,
    everySeconds: end.kind === 'scheduled' && end.every !== undefined ? Math.round(end.every / 1000) : null,
  };
}

/** RFC 3339, without fractions of a second. */
export function moment<T extends Date | null>(date: T): T extends Date ? string : string | null;
export function moment(date: Date | null): string | null {
  return date === null ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
