// Who can become a role with a token of an identity provider.
// Keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif

import { hasOpenSymbol, showSymbols, symbolsIn } from '../../plan/symbol.js';
import {
  claimText,
  type Flaw,
  flawOfMissingSubject,
  flawOfSpan,
  issuerOf,
  narrowest,
  reachOf,
  subjectOf,
  type TokenSubject,
  type Wanted,
  widest,
  wordsOf,
} from '../federation.js';
import { bindingOn, takesWildcards } from './conditions.js';
import type { Condition } from './statement.js';
import { ANY_POOL, GUESTS } from './trust-flaws.js';

/** Who comes with a token, and whether that is too many. */
export interface TokenHolders {
  /** For reviewers. */
  readonly who: string;
  /** People sign in to it; undefined where that cannot be told. */
  readonly by?: 'person' | 'workload';
  readonly subjects?: readonly TokenSubject[];
  readonly flaw?: Flaw;
  /** References that hide it. */
  readonly undecided?: readonly string[];
}

/** Reads the conditions of a statement that trusts the provider: an ARN, a symbol for one, or a domain of AWS's own. */
export function tokenHolders(provider: string, conditions: readonly Condition[]): TokenHolders {
  const address = addressOf(provider, conditions);
  if (address.startsWith('cognito-identity.')) return poolMembers(conditions);
  if (isServiceAccountOfGoogle(address, conditions))
    return { who: 'a service account (Google)', by: 'workload' };

  const asked = bindingOn(conditions, (key) => claimText(claimOf(key), '').length > 0).map(wantedBy);
  const issuer = issuerOf(address, asked[0]?.[0]?.text);
  if (asked.length === 0) {
    const who = `any token of ${issuer.name || showSymbols(address) || 'the issuer'}`;
    // The key itself is known only after apply, so it may be the one that is missed.
    const hidden = conditions.filter(({ key }) => hasOpenSymbol(claimOf(key)));
    return hidden.length > 0
      ? { who, undecided: hidden.flatMap(({ key }) => symbolsIn(key)) }
      : { who, flaw: withIdleOperator(flawOfMissingSubject(issuer, address), conditions) };
  }
  const reaches = asked.map((texts) => widest(texts.map((one) => reachOf(issuer, one))));
  const reach = narrowest(reaches);
  const texts = asked[reach ? reaches.indexOf(reach) : 0] ?? [];
  const who = texts.map((one) => wordsOf(issuer, one)).join(', ');
  const holders = {
    who,
    subjects: texts.map((one) => subjectOf(issuer, one)),
    ...(issuer.name === '' ? {} : { by: 'workload' as const }),
  };
  if (reach?.kind === 'unknown') return { ...holders, undecided: reach.references };
  if (reach?.kind !== 'many') return holders;
  const wide = texts.filter((one) => reachOf(issuer, one).kind === 'many').map(({ text }) => text);
  return { ...holders, flaw: flawOfSpan(issuer, reach.spans, wide) };
}

/** The subjects, or parts of them, that a condition lets pass. */
function wantedBy(condition: Condition): Wanted[] {
  const wildcards = takesWildcards(condition);
  return condition.values.flatMap((value) =>
    claimText(claimOf(condition.key), value).map((text) => ({ text, wildcards })),
  );
}

/** `token.actions.githubusercontent.com:sub` is the claim `sub`. AWS's own keys are no claims. */
function claimOf(key: string): string {
  const place = key.lastIndexOf(':');
  return /^(?:aws|sts|saml|iam|ec2)$/i.test(key.slice(0, place)) ? '' : key.slice(place + 1);
}

/** The issuer as the provider's ARN names it, or as the conditions do where the ARN is known only after apply. */
function addressOf(provider: string, conditions: readonly Condition[]): string {
  const path = /:oidc-provider\/(.+)$/.exec(provider)?.[1];
  if (path !== undefined) return path;
  if (/^[\w-]+(?:\.[\w-]+)+$/.test(provider)) return provider.toLowerCase();
  const key = conditions.find((one) => claimOf(one.key) !== '')?.key ?? '';
  return key.slice(0, Math.max(0, key.lastIndexOf(':')));
}

/** Where nobody asked for another audience, that of a service account's token is its own unique id. */
function isServiceAccountOfGoogle(address: string, conditions: readonly Condition[]): boolean {
  return (
    address === 'accounts.google.com' &&
    bindingOn(conditions, (key) => key === 'accounts.google.com:aud').some(({ values }) =>
      values.every((value) => /^\d{15,25}$/.test(value)),
    )
  );
}

/**
 * An identity pool is the audience of its tokens, which also say whether their holder has signed in.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
 */
function poolMembers(conditions: readonly Condition[]): TokenHolders {
  const asksFor = (claim: string): boolean =>
    bindingOn(conditions, (key) => key === `cognito-identity.amazonaws.com:${claim}`).some(
      ({ values }) => !values.some((value) => /^[*?]*$/.test(value)),
    );
  if (!asksFor('aud') && !asksFor('sub'))
    return { who: 'users of any Cognito identity pool', flaw: ANY_POOL };
  if (asksFor('amr') || asksFor('sub')) return { who: 'users of a Cognito identity pool', by: 'person' };
  return { who: 'users and guests of a Cognito identity pool', flaw: GUESTS };
}

/** A condition on the subject that a token without one passes is worth a word: it looks as if it did bind. */
function withIdleOperator(flaw: Flaw, conditions: readonly Condition[]): Flaw {
  const idle = conditions.find(({ key }) => claimOf(key).toLowerCase() === 'sub');
  if (!idle) return flaw;
  return {
    id: 'oidc-subject-not-binding',
    text: `${flaw.text}, since ${idle.operator} lets others pass`,
    help: flaw.help.replace('Ask for', 'With StringEquals or StringLike ask for'),
  };
}
