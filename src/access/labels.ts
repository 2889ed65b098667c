// Which tag or label says what: keys are compared without case, separators, and prefixes.

export type LabelKind = 'owner' | 'expiry' | 'purpose' | 'review' | 'approval' | 'package';

/** Default keys in the order in which they win. */
export const LABEL_KEYS: Readonly<Record<LabelKind, readonly string[]>> = {
  owner: ['owner', 'ownedby', 'owneremail', 'ownerteam', 'team', 'contact'],
  expiry: [
    'expires',
    'expiresat',
    'expireson',
    'expiry',
    'expirydate',
    'expiration',
    'validuntil',
    'ttl',
    'accessttl',
  ],
  purpose: ['purpose', 'businesspurpose', 'justification', 'function'],
  review: ['reviewby', 'reviewevery', 'reviewer', 'reviewers'],
  approval: ['approvedby', 'approver', 'approvers', 'ticket'],
  package: ['leaseholdpackage', 'accesspackage'],
};

/** `Team.Example.com/Owner-Email`, `leasehold:owner_email` and `OwnerEmail` are all `owneremail`. */
export function normalisedKey(key: string): string {
  const local = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/(.+)$/i.exec(key)?.[1] ?? key;
  const plain = local.toLowerCase().replace(/[-_:./\s]/g, '');
  // A tag that is only called `package` marks something else.
  if (plain === 'leaseholdpackage') return plain;
  return plain.startsWith('leasehold') && plain.length > 'leasehold'.length
    ? plain.slice('leasehold'.length)
    : plain;
}

const PLACEHOLDERS = new Set(
  '? - -- x xx xxx na n/a none null nil nobody unknown unowned undefined tbd tba todo fixme changeme change-me replaceme placeholder owner team email admin administrator root terraform test example default'.split(
    ' ',
  ),
);

/** True for an owner or purpose that nobody filled in. */
export function isPlaceholder(value: string): boolean {
  const plain = value.trim().toLowerCase();
  return plain === '' || PLACEHOLDERS.has(plain) || PLACEHOLDERS.has(plain.replace(/[<>[\](){}"'._\s]/g, ''));
}

/** True for a description that says nothing of its own: `Managed by Terraform`. */
export function isBoilerplate(value: string): boolean {
  const plain = value
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
  return (
    isPlaceholder(plain) ||
    /^(managed|created|provisioned|deployed|generated) (by|with|using) (terraform|opentofu|cdktf|cdk|iac|pulumi)\b/.test(
      plain,
    ) ||
    /^allows? \S.{0,60} to call aws services on your behalf$/.test(plain) ||
    /^(test|temp|tmp|dummy|role|user|policy|service account|iam role|iam user|description)$/.test(plain)
  );
}

/** A tag, label or annotation. */
interface Labelled {
  readonly key: string;
  readonly value: string;
}

/**
 * The labels that say one thing, trimmed, in the order in which they win; empty ones are absent.
 * `more` are keys beside the defaults, and win over them.
 */
export function readLabels<One extends Labelled>(
  labels: readonly One[],
  kind: LabelKind,
  more: readonly string[] = [],
): One[] {
  const order = [...more.map(normalisedKey), ...LABEL_KEYS[kind]];
  return labels
    .map((label) => ({ label, rank: order.indexOf(normalisedKey(label.key)) }))
    .filter(({ label, rank }) => rank >= 0 && label.value.trim() !== '')
    .sort((a, b) => a.rank - b.rank)
    .map(({ label }) => ({ ...label, value: label.value.trim() }));
}
