// Graph → judged identities: the three verdicts of each, and what follows from them together.

import { isBoilerplate } from '../access/labels.js';
import type { Admission, Graph, Identity } from '../graph/model.js';
import { judgeExpiry } from './expiry.js';
import { labelsOf } from './labels.js';
import type { JudgedIdentity, JudgeOptions, PackageTerms } from './model.js';
import { judgeOwner } from './owner.js';
import { coverageOf, packageOf } from './package.js';
import { waysToPrivilege } from './reach.js';
import { judgeAccess, reasonsOf } from './scope.js';

export function judge(graph: Graph, options: JudgeOptions): JudgedIdentity[] {
  const packages = new Map(graph.identities.map((one) => [one.address, packageOf(one, options)]));
  const admissions = new Map<string, Admission[]>();
  for (const one of graph.admissions)
    admissions.set(one.identity, [...(admissions.get(one.identity) ?? []), one]);
  const roles = new Set(graph.identities.filter((one) => one.kind === 'aws.iam.role').map((one) => one.name));
  const accesses = new Map(graph.identities.map((one) => [one.address, judgeAccess(one, roles)]));
  const ways = waysToPrivilege(graph.routes, privilegesIn(accesses));
  return graph.identities.map((identity) => {
    const { name, terms } = packages.get(identity.address) ?? { name: null, terms: undefined };
    const { scope, escalations: own } = accesses.get(identity.address) ?? judgeAccess(identity, roles);
    const way = ways.get(identity.address);
    const escalations = way ? [...own, way] : own;
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

/** What each privileged identity is able to do by itself. */
function privilegesIn(accesses: ReadonlyMap<string, ReturnType<typeof judgeAccess>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [address, { scope, escalations }] of accesses) {
    const [first] = escalations;
    if (scope.verdict === 'unbounded') found.set(address, `has ${reasonsOf(scope).text}`);
    else if (first) found.set(address, first.text);
  }
  return found;
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
