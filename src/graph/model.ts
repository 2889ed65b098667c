// The access graph: who can act, how they get in, what they may do, and when each of these ends.
// One provider-neutral model; the words are those of the contract.

import type { Resource } from '../plan/model.js';
import type { Statement } from '../policy/aws/statement.js';
import type { TokenSubject } from '../policy/federation.js';
import type { Duty } from '../policy/google/duties.js';
import type { ScopeVerdict } from '../policy/scope-verdict.js';

/** Where a fact was read: a resource address and the attribute path inside it. */
export interface Evidence {
  readonly address: string;
  readonly path: string;
}

export function showEvidence({ address, path }: Evidence): string {
  return path === '' ? address : `${address} ${path}`;
}

/** How one credential, trust or grant ends. */
export type End =
  /** The platform itself ends it. */
  | { readonly kind: 'enforced'; readonly at: Date; readonly evidence: Evidence }
  /** Something in the plan replaces it every so many milliseconds. */
  | { readonly kind: 'scheduled'; readonly every: number | undefined; readonly evidence: Evidence }
  /** The first apply after that moment removes it: `count` or `for_each` hangs on the clock of the plan. */
  | { readonly kind: 'removed'; readonly at: Date; readonly evidence: Evidence }
  /** Known only after apply. */
  | { readonly kind: 'unknown'; readonly references: readonly string[]; readonly evidence: Evidence }
  | { readonly kind: 'none' };

export interface Credential {
  readonly address: string;
  readonly form: 'static' | 'federated' | 'ephemeral';
  readonly noun: string;
  readonly end: End;
  readonly replaceable: boolean;
  /** A rotation is wired, but nothing in the plan makes it fire. */
  readonly idleRotation: string | undefined;
}

/** One way to become the identity without a stored secret: a trust statement, a federated subject. */
export interface Way {
  /** For reviewers: `lambda.amazonaws.com`, `repository acme/shop, environment production (GitHub)`. */
  readonly who: string;
  readonly end: End;
  readonly evidence: Evidence;
  /** Undefined where it cannot be told. */
  readonly by?: 'person' | 'workload' | undefined;
  /** Subjects of the tokens that are asked for. */
  readonly subjects?: readonly TokenSubject[];
  /** The account it comes from, where a principal names one. */
  readonly account?: string | undefined;
}

/** An environment that an identity serves, and what shows it. */
export interface Placement {
  /** `production` */
  readonly environment: string;
  /** An address, a subject, an account: `aws_lambda_function.checkout`, `repo:acme/shop:environment:production`. */
  readonly by: string;
}

/** More can become the identity, or reach the resource, than should. */
export interface Opening {
  /** `oidc-subject-missing` */
  readonly id: string;
  readonly text: string;
  readonly help: string;
  /** The identity; null for a resource that lets an outsider in. */
  readonly identity: string | null;
  readonly evidence: Evidence;
}

/** A resource that somebody may be let in to whom the plan does not show. */
export interface HiddenCallers {
  readonly evidence: Evidence;
  /** What hides them. */
  readonly references: readonly string[];
  /** True where a principal or its condition is hidden, false where the policy is, or a part of it. */
  readonly named: boolean;
}

/** What one grant gives. */
export type Claim =
  | { readonly language: 'aws-iam'; readonly statements: readonly Statement[] }
  /** Judged where it was read: Azure roles, Entra permissions, Kubernetes rules. */
  | {
      readonly language: 'judged';
      readonly level: ScopeVerdict;
      readonly text: string;
      /** How it can raise rights; undefined where it cannot. */
      readonly escalates: string | undefined;
      /** True for roles that hand out rights by their nature. */
      readonly handsOutRights: boolean;
    }
  | { readonly language: 'unknown'; readonly references: readonly string[] };

export interface Grant {
  readonly address: string;
  readonly evidence: Evidence;
  readonly claim: Claim;
  /** The end of the grant as a whole; statements of an IAM policy carry their own. */
  readonly end: End;
  /**
   * The resources whose marker says to which access package the grant belongs: its own, and what it is made of (an
   * attached policy, a group, the queue that names the identity). The identity itself where both live and die together.
   */
  readonly bearers: readonly Resource[];
  /** Of a role in Google Cloud that is given without condition: what of it others should hold. */
  readonly duties?: readonly Duty[];
}

/** One identity of the plan lets another one become it. */
export interface Admission {
  /** Address of the identity that is let in. */
  readonly identity: string;
  /** The one that it may become. */
  readonly into: string;
  readonly evidence: Evidence;
}

/** What one identity can do to act as another one: a step of a way to more rights. */
export interface Route {
  /** Address of the identity that takes it. */
  readonly from: string;
  /** Address of the identity that it acts as then. */
  readonly to: string;
  /** `sts:AssumeRole`, `lambda:UpdateFunctionCode on aws_lambda_function.report`. */
  readonly how: string;
  /** Ids of the way in the public catalogue of AWS paths: `sts-001`. */
  readonly catalogue: readonly string[];
  /** What lets it: the policies that allow it, the trust that lets it in. */
  readonly evidence: readonly Evidence[];
}

/** One label of an identity, as it was read. */
export interface Label {
  readonly key: string;
  /** May hold symbols. */
  readonly value: string;
  readonly evidence: Evidence;
}

export interface Identity {
  readonly address: string;
  /** Other resources of the plan that are the same identity. */
  readonly aliases: readonly string[];
  readonly kind: string;
  readonly name: string;
  readonly resource: Resource;
  readonly labels: readonly Label[];
  /** References that hide labels; empty where all labels are known. */
  readonly labelsUnknown: readonly string[];
  readonly descriptions: readonly Label[];
  /** Ids in an `owners` attribute or in owner resources. */
  readonly owners: readonly Label[];
  readonly ownersUnknown: readonly string[];
  readonly credentials: readonly Credential[];
  readonly ways: readonly Way[];
  /** References that hide trust statements as a whole. */
  readonly waysUnknown: readonly string[];
  /** References that hide whom a trust statement lets in. */
  readonly callersUnknown: readonly string[];
  readonly grants: readonly Grant[];
  /** Statements of the permissions boundary; undefined where there is none. */
  readonly boundary: readonly Statement[] | undefined;
  readonly boundaryUnknown: readonly string[];
  /** Attached policies of its own, for self-escalation. */
  readonly attachedPolicyArns: readonly string[];
  /** Resources that run as it. */
  readonly workloads: readonly string[];
  /** Those of them that are AI agents, or tools that run what an agent writes. */
  readonly agents: readonly string[];
  /** Those of them that could have a guardrail and have none. */
  readonly unguarded: readonly string[];
  /** What shows that it is an AI agent's: `aws_bedrockagent_agent.support`; undefined where nothing does. */
  readonly agent: string | undefined;
  /** Environments that it serves, sorted. */
  readonly environments: readonly Placement[];
}

/** A secret whose value stands in the open. The value itself is nowhere in the graph. */
export interface Exposure {
  /** Of the resource, or `output.NAME`, `var.NAME`. */
  readonly address: string;
  readonly path: string;
  /** The identity of the workload that holds it, or that the secret proves; null where there is none. */
  readonly identity: string | null;
  /** `GATEWAY_DB_PASSWORD`, `AWS access key id`, `random_password.db.result`; at least one. */
  readonly what: readonly string[];
  /** `the environment` */
  readonly where: string;
  /** The resource, variable or attribute that it flows from; undefined for a literal. */
  readonly from: string | undefined;
  /** Where else a literal that stands here stands too: addresses, sorted. */
  readonly alsoAt: readonly string[];
}

/** A secret that the state keeps in plain text. */
export interface Kept {
  /** Of what makes it, or of what it is given to where nothing in the plan makes it. */
  readonly address: string;
  /** `generated password`; undefined where nothing in the plan makes it. */
  readonly noun: string | undefined;
  /** Arguments that hold it too; at least one where nothing in the plan makes it. */
  readonly copies: readonly Copy[];
}

/** An argument that the state keeps. */
export interface Copy {
  readonly address: string;
  readonly path: string;
  /** The argument that would keep it out of the state; undefined for a file. */
  readonly writeOnly: string | undefined;
}

/** Something that stays although this plan destroys what it was for. */
export interface Orphan {
  /**
   * It names a principal that goes; it keeps a principal or a policy from going; nothing runs as it any more; it gives
   * access to what goes.
   */
  readonly kind: 'named' | 'blocking' | 'unused' | 'target';
  /** Address of what goes. */
  readonly gone: string;
  /** The identity that stays, or that has the access; null where it is no identity. */
  readonly identity: string | null;
  /** Where it stays. */
  readonly evidence: Evidence;
}

/** Access that was widened outside of Terraform. */
export interface Widening {
  readonly identity: string | null;
  /** `any action on any resource` */
  readonly more: readonly string[];
  readonly evidence: Evidence;
}

/** What an AI agent works with, where that is a risk of its own. */
export interface AgentTool {
  readonly evidence: Evidence;
  /** It signs in elsewhere with a static key: `API key`. */
  readonly staticKey: string | undefined;
  /** It runs what the agent writes, or opens what it finds, with the internet in reach. */
  readonly onInternet: boolean;
  /** Identities that it runs as. */
  readonly runsAs: readonly string[];
}

/** On which terms access is given to whoever asks for it. */
export interface RequestTerms {
  readonly evidence: Evidence;
  /** What is given: `Owner`; undefined where a package says so. */
  readonly role: string | undefined;
  /** Who may ask, where it is not just members of the own directory. */
  readonly outsiders: boolean;
  readonly approved: boolean;
  readonly ends: boolean;
  /** Why a review takes nothing away; undefined where one does, or where nothing tells. */
  readonly idleReview: (Evidence & { readonly why: string }) | undefined;
}

export interface Graph {
  /** Sorted by address. */
  readonly agentTools: readonly AgentTool[];
  /** Sorted by address. */
  readonly requestTerms: readonly RequestTerms[];
  /** Sorted by address. */
  readonly identities: readonly Identity[];
  /** Sorted by address. */
  readonly openings: readonly Opening[];
  /** Sorted by address. */
  readonly hiddenCallers: readonly HiddenCallers[];
  /** Sorted by the address of who is let in. */
  readonly admissions: readonly Admission[];
  /** Sorted by who takes them, then by where they lead. */
  readonly routes: readonly Route[];
  /** Sorted by address. */
  readonly exposures: readonly Exposure[];
  /** Sorted by address. */
  readonly kept: readonly Kept[];
  /** Sorted by address. */
  readonly orphans: readonly Orphan[];
  /** Sorted by address. */
  readonly widenings: readonly Widening[];
  /** Resources whose type smells of identity while the catalog does not know it. */
  readonly uncovered: readonly { readonly address: string; readonly type: string }[];
  /** Account ids that belong to whoever applies this plan. */
  readonly ownAccounts: readonly string[];
}
