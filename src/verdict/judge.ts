// Graph → judged identities: the three verdicts of each, and what follows from them together.

import { isBoilerplate } from '../access/labels.js';
import type { Admission, Graph, Identity } from '../graph/model.js';
import { judgeExpiry } from './expiry.js';
import { labelsOf } from './labels.js';
import type { JudgedIdentity, JudgeOptions, PackageTerms } from './model.js';
import { judgeOwner } from './owner.js';
import { coverageOf, packageOf } from './package.js';
import { judgeAccess } from './scope.js';

export function judge(graph: Graph, options: JudgeOptions): JudgedIdentity[] {
  const packages = new Map(graph.identities.map((one) => [one.address, packageOf(one, options)]));
  const admissions = new Map<string, Admission[]>();
  for (const one of graph.admissions)
    admissions.set(one.identity, [...(admissions.get(one.identity) ?? []), one]);
  return graph.identities.map((identity) => {
    const { name, terms } = packages.get(identity.address) ?? { name: null, terms: undefined };
    const { scope, escalations } = judgeAccess(identity);
    return {
      identity,
      package: name,
      coverage:
        name === null
          ? null
          : coverageOf(
              identity,
              name,
              admissions.get(identity.address) ?? [],
              (address) => packages.get(address)?.name ?? null,
              options,
            ),
      owner: judgeOwner(identity, terms, options),
      expiry: judgeExpiry(identity, terms, options),
      scope,
      escalations,
      privileged: scope.verdict === 'unbounded' || escalations.length > 0,
      staticCredentials: identity.credentials.some((credential) => credential.form === 'static'),
      purpose: purposeOf(identity, terms, options),
      reviewed: labelsOf(identity, 'review', options).length > 0,
    };
  });
}

function purposeOf(
  identity: Identity,
  terms: PackageTerms | undefined,
  options: JudgeOptions,
): string | null {
  const [label] = labelsOf(identity, 'purpose', options);
  const description = identity.descriptions.find((one) => !isBoilerplate(one.value));
  return label?.value ?? description?.value ?? terms?.purpose ?? null;
}
