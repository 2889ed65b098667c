// The four answers to "is the access bounded?", shared by all policy languages.

/** Best first. */
export const SCOPE_VERDICTS = ['bounded', 'undecided', 'broad', 'unbounded'] as const;

export type ScopeVerdict = (typeof SCOPE_VERDICTS)[number];

/** The worse of two verdicts. */
export function worse(one: ScopeVerdict, other: ScopeVerdict): ScopeVerdict {
  return SCOPE_VERDICTS.indexOf(one) >= SCOPE_VERDICTS.indexOf(other) ? one : other;
}
