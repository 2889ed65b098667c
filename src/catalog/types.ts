// What a resource type can be in the access graph. One type may play several parts: an `aws_iam_role` is a
// principal, carries a trust, and may carry grants. Attribute paths are the provider schema's own.

/** An attribute path in dotted form: `metadata.name`, `identity.principal_id`; a block's first entry needs no index. */
export type AttributePath = string;

/** An identity that can act. */
export interface PrincipalFacts {
  /** Kind in the report: `aws.iam.role`. */
  readonly kind: string;
  /** Where its name stands; the first that is known wins. */
  readonly name: readonly AttributePath[];
  /** Attributes by which other resources name it. */
  readonly ids: readonly AttributePath[];
  /** Maps of tags, labels or annotations, first one wins per key. */
  readonly labels?: readonly AttributePath[];
  /** Lists of strings or free text that may hold `key:value` or `key=value`. */
  readonly notes?: readonly AttributePath[];
  /** Free text that tells the purpose. */
  readonly description?: readonly AttributePath[];
  /** List of accountable principals' ids. */
  readonly owners?: AttributePath;
  /** It belongs to the platform, and gets no verdict, where the attribute begins so. */
  readonly platform?: { readonly path: AttributePath; readonly prefix: string };
  /** It is an identity only where one of these strings stands in the attribute. */
  readonly where?: { readonly path: AttributePath; readonly contains: string };
  /** It is another face of the identity that the attribute points to, where that one is in the plan. */
  readonly sameAs?: { readonly paths: readonly AttributePath[]; readonly types: readonly string[] };
  /** It only takes over what a vendor or the platform made, so it is listed only with a grant of its own. */
  readonly adopted?: AttributePath;
  /** Nobody declares it, the platform made it: it is listed only with a grant of its own. */
  readonly found?: true;
  /** The platform destroys it only without credentials, unless this is true: then they go with it. */
  readonly destroyedWithCredentials?: AttributePath;
  /** ARN of the policy that limits it. */
  readonly permissionsBoundary?: AttributePath;
}

/** Something that proves an identity. */
export interface CredentialFacts {
  /** The identity it proves, newest spelling first; undefined where the resource is the identity itself. */
  readonly of?: readonly AttributePath[];
  readonly form: 'static' | 'federated' | 'ephemeral';
  /** What a reviewer calls it: `access key`. */
  readonly noun: string;
  /** Absolute ends, enforced by the platform. */
  readonly end?: readonly AttributePath[];
  /** Ends as a duration from apply, enforced by the platform; `unit` for bare numbers. */
  readonly lifetime?: readonly {
    readonly path: AttributePath;
    readonly unit?: 'seconds' | 'hours' | 'days' | 'months';
  }[];
  /** Where the certificate stands whose own end is the credential's, where none of the above says sooner. */
  readonly certificate?: AttributePath;
  /** Changes here make the provider replace the credential. */
  readonly rotation?: readonly AttributePath[];
  /** The credential exists only where the attribute has this value; with a `*` at its end, begins so. */
  readonly where?: { readonly path: AttributePath; readonly equals: string };
  /** The platform offers a workload identity in its place. */
  readonly replaceable?: boolean;
}

/** A document in the IAM policy language on a resource. */
export interface ResourcePolicyFacts {
  readonly document: AttributePath;
  /** The resource that the policy protects, where it is another one. */
  readonly of?: AttributePath;
  /**
   * A policy for everybody lets no outsider in where the protected resource has one of these attributes: it stands in a
   * network. With `unless`, where the attribute does not hold that value: everybody reaches it anyway, or nobody does.
   * With `here` the resource that carries the policy is asked instead.
   */
  readonly everybodyIsFine?: readonly {
    readonly path: AttributePath;
    readonly unless?: string;
    readonly here?: true;
  }[];
}

/** Principals let in by attributes instead of a policy. */
export interface CallersFacts {
  /** Account ids, ARNs, services, and the words for everybody. */
  readonly principals: readonly AttributePath[];
  /** Attributes that stand for conditions of a policy, by the condition's key. */
  readonly conditions?: Readonly<Record<string, AttributePath>>;
  /** Everybody is told at an endpoint of this type instead, where one of the plan names the same at `path`. */
  readonly endpoint?: { readonly type: string; readonly path: AttributePath };
  /** Nobody outside comes where the resource behind `through` has `false` at `path`. */
  readonly inside?: readonly { readonly through: AttributePath; readonly path: AttributePath }[];
}

/** Where others call in over the network. */
export interface EndpointFacts {
  /** Names the kind of authorisation; everybody may call where it holds `NONE`. */
  readonly authorizer?: AttributePath;
  /** Where tokens are taken: who issues them, and what of them is asked for. */
  readonly tokens?: { readonly issuer: AttributePath; readonly asked: readonly AttributePath[] };
}

/** Terms on which access is given to whoever asks for it. */
export interface RequestFacts {
  /** True where somebody has to agree. */
  readonly approval: AttributePath;
  /** The role that is given, where just privileged ones need an approval. */
  readonly role?: AttributePath;
  /** Who may ask: of Entra's kinds of requestors. */
  readonly askedBy?: AttributePath;
  /** What is given ends where one of these is set. */
  readonly end?: readonly AttributePath[];
  readonly review?: {
    readonly enabled: AttributePath;
    /** `Self` lets everybody review their own access. */
    readonly by: AttributePath;
    /** `keepAccess` leaves it to whoever does not answer. */
    readonly unanswered: AttributePath;
  };
}

/** What an AI agent works with. */
export interface AgentToolFacts {
  /** It signs in elsewhere with a static key: what reviewers call that key. */
  readonly staticKey?: string;
  /** It runs what the agent writes or finds as this identity … */
  readonly runsAs?: AttributePath;
  /** … and reaches the internet where this holds `PUBLIC`. */
  readonly network?: AttributePath;
}

/** Keeps everybody out of a resource, or of all in the account, whatever their policies say. */
export interface FenceFacts {
  /** The resource; undefined where it is the account. */
  readonly of?: AttributePath;
  /** Types of the policies that it holds against. */
  readonly types: readonly string[];
  /** With these it refuses policies for everybody. */
  readonly refuses: readonly AttributePath[];
  /** With these it overrules them. */
  readonly overrules: readonly AttributePath[];
}

/** An identity policy, or the reference to one. */
export interface IamGrantFacts {
  /** Who gets it; undefined where the resource itself is the principal. */
  readonly to?: readonly AttributePath[];
  readonly document?: AttributePath;
  /** Repeated blocks that hold a document each. */
  readonly blocks?: { readonly path: AttributePath; readonly document: AttributePath };
  readonly policyArns?: AttributePath;
}

export interface MembershipFacts {
  readonly group: AttributePath;
  readonly members: AttributePath;
}

/** A resource that runs as an identity. */
export interface WorkloadFacts {
  readonly runsAs: readonly AttributePath[];
  /** An AI agent, or a tool that runs what an agent writes. */
  readonly agent?: true;
  /** Where what goes into the agent, and comes out of it, is filtered. */
  readonly guardrail?: AttributePath;
  /** How policies name it: the ARN format of the table of actions, `lambda:$:$:function:$`, and where the first `$` of its name stands. */
  readonly arn?: { readonly format: string; readonly name?: AttributePath };
  /** It borrows the identity for whoever uses it, so that several may. */
  readonly onBehalf?: true;
  /** Nothing else lets it in, no trust document: running as the identity is the way to become it. */
  readonly way?: true;
}

/** Federated credential: a subject of an outside issuer may become the identity. */
export interface SubjectTrustFacts {
  /** Newest spelling first. */
  readonly into: readonly AttributePath[];
  readonly issuer: AttributePath;
  readonly subject?: AttributePath;
  readonly expression?: AttributePath;
}

export interface AzureGrantFacts {
  readonly to: AttributePath;
  readonly role: readonly AttributePath[];
  readonly scope: AttributePath;
  readonly condition?: AttributePath;
  /** Ends of a schedule. */
  readonly end?: readonly AttributePath[];
  readonly lifetime?: CredentialFacts['lifetime'];
}

/** Google: `_iam_member`, `_iam_binding` or `_iam_policy`, whose attributes are the same on all that they stand on. */
export interface GooglePolicyFacts {
  readonly level: 'organization' | 'folder' | 'project' | 'service-account' | 'resource';
  /** Where the members stand. */
  readonly members: 'member' | 'members' | 'policy_data';
  /** What the policy stands on. */
  readonly on: AttributePath;
}

/** Google: a provider of a workload identity pool. */
export interface GoogleProviderFacts {
  readonly pool: AttributePath;
  readonly issuer: AttributePath;
  readonly awsAccount: AttributePath;
  readonly condition: AttributePath;
  readonly mapping: AttributePath;
}

/** Google: access lists from before IAM, whose entries name who they let in. */
export interface GoogleAclFacts {
  readonly role?: AttributePath;
  /** Repeated blocks that hold an entry each. */
  readonly block?: AttributePath;
  readonly entities: readonly AttributePath[];
}

/** A grant in words of its platform: roles, scopes, an access level. */
export interface WordedGrantFacts {
  /** Who gets it, newest spelling first; undefined where the resource itself is the identity. */
  readonly to?: readonly AttributePath[];
  /** The first that fits decides; where none does, the grant is bounded. */
  readonly judged: readonly WordJudgement[];
  /** What it reaches then: `one project`. */
  readonly reach: string;
  /** Absolute ends, enforced by the platform. */
  readonly end?: readonly AttributePath[];
}

export interface WordJudgement {
  readonly level: 'bounded' | 'broad' | 'unbounded';
  /** Fits where each attribute holds such a word, or none at all where it says `unset`. */
  readonly where: Readonly<Record<AttributePath, RegExp | 'unset'>>;
  /** What that means: `may act as any user`. */
  readonly text: string;
  /** How it can raise rights. */
  readonly escalates?: string;
}

/** Vault: a role of a way to sign in, or a token, with the policies it carries. */
export interface VaultRoleFacts {
  readonly policies: readonly AttributePath[];
  /**
   * How one comes to it: with a JWT of the backend's issuer, as a service account of a cluster, with a secret id, by
   * holding the token itself, or as somebody whom the attributes in `bound` name.
   */
  readonly login:
    | 'jwt'
    | 'kubernetes'
    | 'secret-id'
    | 'token'
    | { readonly who: string; readonly bound: readonly AttributePath[] };
}

export interface ResourceFacts {
  readonly principal?: PrincipalFacts;
  readonly credential?: CredentialFacts;
  /** IAM trust document of a principal. */
  readonly trust?: { readonly document: AttributePath };
  readonly subjectTrust?: SubjectTrustFacts;
  /** Another way into the identity, without a document: pod identity, Roles Anywhere. */
  readonly way?: { readonly into: AttributePath; readonly who: string };
  readonly iamGrants?: readonly IamGrantFacts[];
  /** A managed policy that grants refer to. */
  readonly iamPolicy?: { readonly document: AttributePath; readonly ids: readonly AttributePath[] };
  readonly resourcePolicy?: ResourcePolicyFacts;
  readonly callers?: CallersFacts;
  readonly fence?: FenceFacts;
  readonly endpoint?: EndpointFacts;
  readonly agentTool?: AgentToolFacts;
  readonly requests?: RequestFacts;
  /** Ids of the third party that it lets in: a tenant, an application. */
  readonly thirdParty?: readonly AttributePath[];
  /** Operations on one resource handed to a principal. */
  readonly operationGrant?: {
    readonly to: AttributePath;
    readonly service: string;
    readonly operations: AttributePath;
    readonly on: AttributePath;
  };
  readonly azureGrant?: AzureGrantFacts;
  readonly azureRole?: { readonly ids: readonly AttributePath[] };
  readonly vaultPolicy?: { readonly to: AttributePath; readonly vault: AttributePath };
  readonly entraGrant?: {
    readonly to: AttributePath;
    readonly permission?: AttributePath;
    readonly directoryRole?: AttributePath;
  };
  readonly kubernetesBinding?: { readonly cluster: boolean };
  readonly kubernetesRole?: { readonly cluster: boolean };
  /** Runs pods: where their account's name stands, which is one of the same namespace. */
  readonly kubernetesPods?: { readonly account: AttributePath };
  /** A secret that may hold the token of a service account. */
  readonly kubernetesToken?: true;
  readonly eksAccess?: { readonly to: AttributePath; readonly policy: AttributePath };
  readonly group?: { readonly ids: readonly AttributePath[]; readonly members?: AttributePath };
  readonly membership?: MembershipFacts;
  /** Names an accountable principal of the identity. */
  readonly ownership?: { readonly of: AttributePath; readonly owner: AttributePath };
  /** Marks the identity as a person's. */
  readonly person?: { readonly of: AttributePath };
  readonly workload?: WorkloadFacts;
  /** Stands between a workload and its identity: an instance profile. */
  readonly carrier?: { readonly ids: readonly AttributePath[]; readonly to: AttributePath };
  /** The grant stands on the resource itself and is as narrow as this text says. */
  readonly ownGrant?: { readonly reach: string };
  readonly googlePolicy?: GooglePolicyFacts;
  readonly googleRole?: { readonly ids: readonly AttributePath[]; readonly permissions: AttributePath };
  readonly googlePool?: { readonly ids: readonly AttributePath[] };
  readonly googleProvider?: GoogleProviderFacts;
  readonly googleAcl?: GoogleAclFacts;
  /** The key reaches every API that is enabled, unless it names its targets. */
  readonly apiKey?: { readonly targets: AttributePath };
  /** A certificate that credentials may be made of. */
  readonly certificate?: Pick<CredentialFacts, 'end' | 'lifetime'>;
  readonly wordedGrant?: WordedGrantFacts;
  readonly vaultRole?: VaultRoleFacts;
  /** Vault: a policy, by the name that roles carry. */
  readonly vaultAcl?: { readonly name: AttributePath; readonly document: AttributePath };
  readonly manifest?: ManifestFacts;
  readonly storeRotation?: StoreRotationFacts;
  /** It takes part in access, but plays no part in the graph; listed so that it is not told as uncovered. */
  readonly known?: true;
}

/** A rotation of a secret that a store keeps, whatever the secret is. */
export interface StoreRotationFacts {
  /** The secret, here and in its versions. */
  readonly of: AttributePath;
  /** The type that writes a value into the secret, and where. */
  readonly versions: string;
  readonly written: readonly AttributePath[];
  /** How often: days, or an expression of the store. */
  readonly days: AttributePath;
  readonly schedule: AttributePath;
}

/** Kubernetes: any object in one attribute, which is read as the resource type that says the same. */
export interface ManifestFacts {
  readonly path: AttributePath;
}

/** What a provider's types mean for access, by their names. */
export interface ProviderTables {
  readonly types: Readonly<Record<string, ResourceFacts>>;
  /** Data sources that carry facts. */
  readonly data?: Readonly<Record<string, ResourceFacts>>;
  /** Facts of every managed resource of the provider, beside its own. */
  readonly everyType?: ResourceFacts;
}

export interface ProviderCatalog {
  /** The provider's type name: `aws`. */
  readonly provider: string;
  /** Made when a plan first asks for it: most plans have two or three of all providers. */
  tables(): ProviderTables;
}

export function defineProvider(provider: string, make: () => ProviderTables): ProviderCatalog {
  let made: ProviderTables | undefined;
  return {
    provider,
    tables: () => {
      made ??= make();
      return made;
    },
  };
}
