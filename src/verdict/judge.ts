// Graph → judged identities: the three verdicts of each, and what follows from them together.

import { isBoilerplate } from '../access/labels.js';
import type { Graph, Identity } from '../graph/model.js';
import { hasSymbol } from '../plan/symbol.js';
import { judgeExpiry } from './expiry.js';
import { labelsOf } from './labels.js';
import type { JudgedIdentity, JudgeOptions, PackageTerms } from './model.js';
import { judgeOwner } from './owner.js';
import { judgeAccess } from './scope.js';

export function judge(graph: Graph, options: JudgeOptions): JudgedIdentity[] {
  return graph.identities.map((identity) => judgeIdentity(identity, options));
}

function judgeIdentity(identity: Identity, options: JudgeOptions): JudgedIdentity {
  const declared = packageOf(identity, options);
  const { name, terms } = declared;
  const { scope, escalations } = judgeAccess(identity);
  return {
    identity,
    package: name,
    owner: judgeOwner(identity, terms, options),
    expiry: judgeExpiry(identity, terms, options),
    scope,
    escalations,
    privileged: scope.verdict === 'unbounded' || escalations.length > 0,
    staticCredentials: identity.credentials.some((credential) => credential.form === 'static'),
    purpose: purposeOf(identity, terms, options),
    reviewed: labelsOf(identity, 'review', options).length > 0,
  };
}

/** The package that the identity's own marker, its construct, or the configuration names. */
function packageOf(
  identity: Identity,
  options: JudgeOptions,
): { name: string | null; terms: PackageTerms | undefined } {
  const marker = labelsOf(identity, 'package', options).find((label) => !hasSymbol(label.value))?.value;
  const marked = marker ?? identity.resource.construct?.package;
  const addresses = [identity.address, ...identity.aliases];
  const terms = options.packages.find((one) =>
    marked === undefined ? addresses.some(one.matches) : one.name === marked,
  );
  return { name: marked ?? terms?.name ?? null, terms };
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
