// Is somebody accountable? Labels of the identity first, then its package, then the directory's word on it.

import { isPlaceholder } from '../access/labels.js';
import type { Identity, Label } from '../graph/model.js';
import { showEvidence } from '../graph/model.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import { labelsOf } from './labels.js';
import type { JudgeOptions, OwnerJudgement, PackageTerms } from './model.js';

export function judgeOwner(
  identity: Identity,
  terms: PackageTerms | undefined,
  options: JudgeOptions,
): OwnerJudgement {
  const labels = [
    ...labelsOf(identity, 'owner', options),
    ...identity.owners,
    ...packageOwner(identity, terms),
  ];
  const known = labels.filter((label) => !hasSymbol(label.value));
  const real = known.filter((label) => !isPlaceholder(label.value));
  const unknown = [
    ...labels.filter((label) => hasSymbol(label.value)).flatMap((label) => symbolsIn(label.value)),
    ...identity.ownersUnknown,
    ...(real.length === 0 ? identity.labelsUnknown : []),
  ];
  const evidence = (some: readonly Label[]): string[] => some.map((label) => showEvidence(label.evidence));

  const verified = options.directory ? real.filter((label) => options.directory?.has(label.value)) : [];
  const [first] = verified.length > 0 ? verified : real;
  if (first) {
    const verdict = options.directory ? (verified.length > 0 ? 'verified' : 'invalid') : 'declared';
    return { verdict, value: first.value, evidence: evidence([first]), unknown: [] };
  }
  if (unknown.length > 0) return { verdict: 'undecided', value: null, evidence: evidence(labels), unknown };
  const [placeholder] = known;
  if (placeholder)
    return { verdict: 'invalid', value: placeholder.value, evidence: evidence(known), unknown: [] };
  return { verdict: 'missing', value: null, evidence: [], unknown: [] };
}

function packageOwner(identity: Identity, terms: PackageTerms | undefined): Label[] {
  if (terms?.owner === undefined) return [];
  return [
    {
      key: 'owner',
      value: terms.owner,
      evidence: { address: identity.address, path: `package ${terms.name}` },
    },
  ];
}
