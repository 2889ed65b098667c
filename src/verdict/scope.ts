// Is the access bounded, and can it raise itself? All grants of an identity are judged together, worst word wins.

import { accessOf, statementsOf } from '../graph/effective.js';
import { type Grant, type Identity, showEvidence } from '../graph/model.js';
import { own } from '../plan/json.js';
import { hasOpenSymbol, hasSymbol, showSymbols, symbol, symbolsIn } from '../plan/symbol.js';
import { judgeEscalation, type Self } from '../policy/aws/escalation.js';
import { judgeScope } from '../policy/aws/scope.js';
import type { Origin, Statement } from '../policy/aws/statement.js';
import { SCOPE_VERDICTS, type ScopeVerdict, worse } from '../policy/scope-verdict.js';
import type { Escalation, ScopeJudgement, ScopeReason } from './model.js';

export function judgeAccess(
  identity: Identity,
  rolesOfPlan: ReadonlySet<string>,
): { scope: ScopeJudgement; escalations: Escalation[] } {
  const statements = statementsOf(identity);
  const iam = judgeIam(identity, statements, rolesOfPlan);
  const judged = identity.grants.filter((grant) => !isCutByBoundary(grant, identity));
  const reasons = [
    ...iam.reasons,
    ...judged.flatMap(judgedReason),
    ...identity.grants.flatMap(unknownReason),
  ];
  const verdict = reasons.reduce<ScopeVerdict>((worst, { level }) => worse(worst, level), 'bounded');
  const told = reasons.filter((reason) => reason.level === verdict);
  return {
    scope: {
      verdict,
      reasons: SCOPE_VERDICTS.toReversed().flatMap((level) =>
        reasons.filter((reason) => reason.level === level),
      ),
      evidence: distinct((told.length > 0 ? told : reasons).map((reason) => reason.evidence)),
      unknown: [
        ...statements.flatMap(openParts),
        ...identity.grants.flatMap((grant) =>
          grant.claim.language === 'unknown' ? grant.claim.references : [],
        ),
      ],
    },
    escalations: [...iam.escalations, ...identity.grants.flatMap(judgedEscalation)],
  };
}

/** Sorted, without a place that a more exact one names too: `a policy_arn` beside `a policy_arn, statement 1`. */
function distinct(evidence: readonly string[]): string[] {
  const all = [...new Set(evidence)].sort();
  return all.filter((one) => !all.some((other) => other.startsWith(`${one}, `)));
}

/** A policy known by name and by content is judged by its content where a boundary cuts it. */
function isCutByBoundary(grant: Grant, identity: Identity): boolean {
  if (!identity.boundary || grant.claim.language !== 'judged') return false;
  return identity.grants.some(
    ({ address, claim }) => address === grant.address && claim.language === 'aws-iam',
  );
}

/** References behind the resources of a statement that may turn out to be anything. */
function openParts({ resources = [], actions = [] }: Statement): string[] {
  return [...resources, ...actions].filter(hasOpenSymbol).flatMap(symbolsIn);
}

function judgeIam(
  identity: Identity,
  statements: readonly Statement[],
  rolesOfPlan: ReadonlySet<string>,
): { reasons: ScopeReason[]; escalations: Escalation[] } {
  if (statements.length === 0) return { reasons: [], escalations: [] };
  const access = accessOf(identity);
  const reasons = judgeScope(access).reasons.map(({ level, text, origin, index }) => ({
    level,
    text,
    evidence: place(origin, index),
    address: origin.address,
  }));
  const escalations = judgeEscalation(access, { ...selfOf(identity), rolesOfPlan }).map(
    ({ text, catalogue, origins }) => ({
      text,
      catalogue,
      evidence: [...new Set(origins.map(showEvidence))].join(' + '),
      handsOutRights: false,
    }),
  );
  return { reasons, escalations };
}

function place(origin: Origin, index: number): string {
  return `${showEvidence(origin)}, statement ${index}`;
}

function selfOf(identity: Identity): Self {
  const arn = own(identity.resource.values, 'arn');
  return {
    arn:
      typeof arn === 'string' ? arn : symbol(`${identity.resource.type}.${identity.resource.name}.arn`, true),
    ...(hasSymbol(identity.name) ? {} : { name: identity.name }),
    kind: identity.kind === 'aws.iam.user' ? 'user' : 'role',
    attachedPolicyArns: identity.attachedPolicyArns,
  };
}

function judgedReason({ claim, evidence, address }: Grant): ScopeReason[] {
  if (claim.language !== 'judged') return [];
  return [{ level: claim.level, text: claim.text, evidence: showEvidence(evidence), address }];
}

function unknownReason({ claim, evidence, address }: Grant): ScopeReason[] {
  if (claim.language !== 'unknown') return [];
  const through = [...new Set(claim.references.map(showSymbols))].slice(0, 3).join(', ');
  return [
    {
      level: 'undecided',
      text: `known only after apply, through ${through}`,
      evidence: showEvidence(evidence),
      address,
    },
  ];
}

function judgedEscalation({ claim, evidence }: Grant): Escalation[] {
  if (claim.language !== 'judged' || claim.escalates === undefined) return [];
  const { escalates: text, handsOutRights } = claim;
  return [{ text, catalogue: [], evidence: showEvidence(evidence), handsOutRights }];
}

/** The reasons that made the verdict, in one sentence with its evidence. */
export function reasonsOf(scope: ScopeJudgement): { text: string; evidence: readonly string[] } {
  const texts = [
    ...new Set(scope.reasons.filter((reason) => reason.level === scope.verdict).map((reason) => reason.text)),
  ];
  const more = texts.length > 3 ? ` and ${texts.length - 3} more` : '';
  return { text: `${texts.slice(0, 3).join('; ')}${more}`, evidence: scope.evidence };
}
