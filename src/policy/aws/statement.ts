// One statement of an AWS IAM policy, whatever document it came from.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

/** Where a statement stands: the resource that carries it and the attribute path inside it. */
export interface Origin {
  /** Full plan address: `aws_iam_role_policy.batch`. */
  readonly address: string;
  /** Attribute path: `policy`, `inline_policy[0].policy`. */
  readonly path: string;
}

/** One `operator: { key: values }` entry of a Condition block. */
export interface Condition {
  /** As written: `StringEquals`, `ForAllValues:StringLike`, `DateLessThanIfExists`. */
  readonly operator: string;
  /** As written: `aws:SourceAccount`. Compare without case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Principals by type: `AWS`, `Service`, `Federated`, `CanonicalUser`; `Principal: "*"` is `AWS: ["*"]`. */
export type Principals = Readonly<Record<string, readonly string[]>>;

/**
 * A statement with every string list normalised to an array. Strings may hold symbols
 * (`src/plan/symbol.ts`) for values that are known only after apply.
 * Of `actions`/`notActions`, `resources`/`notResources`, `principals`/`notPrincipals` at most one is set.
 */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly conditions: readonly Condition[];
  /** A permissions boundary does not limit it: a resource's policy that names a user. */
  readonly beyondBoundary?: true;
  readonly origin: Origin;
  /** Place of the statement in its document, from 1. */
  readonly index: number;
}
