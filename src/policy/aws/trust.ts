// Who can become a role, whom a resource lets in, and where that is more than it should be.

import { hasOpenSymbol, showSymbols, symbolsIn } from '../../plan/symbol.js';
import {
  claimText,
  type Flaw,
  flawOfMissingSubject,
  flawOfSpan,
  issuerOf,
  narrowest,
  reachOf,
  type Wanted,
  widest,
  wordsOf,
} from '../federation.js';
import { isAccountOfAws } from './aws-accounts.js';
import { callerHold, exceptsCallers, externalIdHold, type Hold, sourceHold } from './callers.js';
import { bindingOn, takesWildcards } from './conditions.js';
import { isDeputy } from './deputies.js';
import { covers, overlaps, splitOutside } from './pattern.js';
import type { Condition, Origin, Statement } from './statement.js';
import { deniesFrom, endOf, type Moment } from './time.js';

export interface TrustContext {
  /** Account ids of whoever applies the plan: twelve digits each. */
  readonly accounts: readonly string[];
  /** Account ids that the configuration names as known. */
  readonly knownAccounts: readonly string[];
}

export type WayKind = 'service' | 'account' | 'principal' | 'oidc' | 'saml' | 'anyone' | 'unknown';

/** One principal that a trust statement lets in. */
export interface TrustWay {
  /** For reviewers: `repository acme/shop, environment production (GitHub)`. May not hold symbols. */
  readonly who: string;
  readonly kind: WayKind;
  /** As written; may hold symbols. */
  readonly principal: string;
  readonly end: Moment;
  /** Place of the statement in its document, from 1. */
  readonly statement: number;
  readonly origin: Origin;
}

/** More is let in than should be. */
export interface TrustOpening extends Flaw {
  readonly statement: number;
  readonly origin: Origin;
}

export interface TrustReading {
  readonly ways: readonly TrustWay[];
  readonly openings: readonly TrustOpening[];
  /** References that hide who is let in. */
  readonly undecided: readonly string[];
}

/** What one principal of a statement amounts to. */
interface Judged {
  readonly who: string;
  readonly kind: WayKind;
  readonly flaw?: Flaw | undefined;
  readonly undecided?: readonly string[];
}

const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';
const SAML = 'sts:AssumeRoleWithSAML';
const ASSUME = 'sts:AssumeRole';

/** Reads a role's trust document. Never throws. */
export function readTrust(statements: readonly Statement[], context: TrustContext): TrustReading {
  const deniedFrom = denyEveryone(statements);
  const ways: TrustWay[] = [];
  const judged: { statement: Statement; judgements: readonly Judged[] }[] = [];
  for (const statement of statements) {
    if (statement.effect !== 'Allow' || !letsIn(statement)) continue;
    const principals = principalsOf(statement);
    const judgements = principals.map(([type, name]) =>
      judgeTrust(type, name, statement, statements, context),
    );
    judged.push({ statement, judgements });
    for (const [place, { who, kind }] of judgements.entries())
      ways.push({
        who,
        kind,
        principal: principals[place]?.[1] ?? '',
        end: sooner(endOf(statement), deniedFrom),
        statement: statement.index,
        origin: statement.origin,
      });
  }
  return { ways, ...collected(judged) };
}

/** Reads the policy of a bucket, queue, key or the like: who from outside is let in. Never throws. */
export function readResourcePolicy(
  statements: readonly Statement[],
  context: TrustContext,
): Pick<TrustReading, 'openings' | 'undecided'> {
  const judged = statements
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => ({
      statement,
      judgements: principalsOf(statement)
        .filter(([type]) => type === 'AWS' || type === NOT)
        .map(([type, name]) =>
          judgeCaller(type, name, statement, statements, context, 'reach this resource'),
        ),
    }));
  return collected(judged);
}

/** The principals that a resource policy names with an Allow: ARNs, account ids, and symbols for them. */
export function grantees(
  statements: readonly Statement[],
): { readonly principal: string; readonly statement: Statement }[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      const named = (statement.principals?.AWS ?? []).filter((name) => name !== '*');
      const bound = bindingOn(statement.conditions, (key) => key === 'aws:principalarn')
        .flatMap(({ values }) => values)
        .filter((value) => !/[*?]/.test(value));
      return [...new Set([...named, ...bound])].map((principal) => ({ principal, statement }));
    });
}

/** Stands for the type of principal where a statement names those that are left out. */
const NOT = 'NotPrincipal';

function principalsOf({ principals, notPrincipals }: Statement): [type: string, name: string][] {
  if (notPrincipals) return [[NOT, '*']];
  return Object.entries(principals ?? {}).flatMap(([type, names]) =>
    names.map((name): [string, string] => [type, name]),
  );
}

/** True where one of the actions is a way in; tagging a session alone is none. */
function letsIn(statement: Statement): boolean {
  return [ASSUME, WEB_IDENTITY, SAML].some((action) => mayDo(statement, action));
}

function mayDo({ actions, notActions }: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  if (actions) return actions.some((one) => overlaps(one.toLowerCase(), wanted));
  return !(notActions ?? []).some((one) => covers(one.toLowerCase(), wanted));
}

function judgeTrust(
  type: string,
  name: string,
  statement: Statement,
  all: readonly Statement[],
  context: TrustContext,
): Judged {
  if (type === 'Service') return judgeService(name, statement, context);
  if (type === 'Federated' || (name === '*' && type !== NOT && !mayDo(statement, ASSUME)))
    return judgeFederated(name, statement);
  return judgeCaller(type, name, statement, all, context, 'become this role');
}

function judgeService(name: string, { conditions }: Statement, context: TrustContext): Judged {
  const who = showSymbols(name);
  if (name === '*') return { who: 'every AWS service', kind: 'anyone', flaw: ANY_SERVICE };
  if (hasOpenSymbol(name)) return { who, kind: 'unknown', undecided: symbolsIn(name) };
  if (!isDeputy(name)) return { who, kind: 'service' };
  const hold = sourceHold(conditions);
  return { who, kind: 'service', ...verdict(hold, confusedDeputy(who, context)) };
}

function judgeFederated(name: string, statement: Statement): Judged {
  if (/:saml-provider\/|aws_iam_saml_provider/.test(name) || !mayDo(statement, WEB_IDENTITY))
    return { who: `users of ${lastPart(name)} (SAML)`, kind: 'saml' };
  const address = issuerAddress(name, statement.conditions);
  if (/^cognito-identity\./.test(address)) return judgeCognito(statement.conditions);
  const claims = bindingOn(statement.conditions, (key) => claimText(claimOf(key), '').length > 0);
  const wanted = claims.map((condition) => ({ condition, texts: wantedBy(condition) }));
  const issuer = issuerOf(address, wanted[0]?.texts[0]?.text);
  if (isServiceAccountOfGoogle(address, statement.conditions))
    return { who: 'a service account of Google Cloud', kind: 'oidc' };
  if (wanted.length === 0) {
    const hidden = statement.conditions.filter(({ key }) => hasOpenSymbol(claimOf(key)));
    const who = `any token of ${issuer.name || showSymbols(address) || 'the issuer'}`;
    if (hidden.length > 0)
      return { who, kind: 'unknown', undecided: hidden.flatMap(({ key }) => symbolsIn(key)) };
    return {
      who,
      kind: 'oidc',
      flaw: missingSubject(statement.conditions, flawOfMissingSubject(issuer, address)),
    };
  }
  const reaches = wanted.map(({ texts }) => widest(texts.map((one) => reachOf(issuer, one))));
  const reach = narrowest(reaches);
  const decisive = wanted[reaches.findIndex((one) => one === reach)] ?? wanted[0];
  const texts = decisive?.texts ?? [];
  const who = texts.map((one) => wordsOf(issuer, one)).join(', ');
  if (reach?.kind === 'unknown') return { who, kind: 'oidc', undecided: reach.references };
  if (reach?.kind !== 'many') return { who, kind: 'oidc' };
  const wide = texts.filter((one) => reachOf(issuer, one).kind === 'many').map(({ text }) => text);
  return { who, kind: 'oidc', flaw: flawOfSpan(issuer, reach.spans, wide) };
}

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
function issuerAddress(name: string, conditions: readonly Condition[]): string {
  const [, path] = /:oidc-provider\/(.+)$/.exec(name) ?? [];
  if (path !== undefined) return path;
  if (/^[\w-]+(?:\.[\w-]+)+$/.test(name)) return name;
  const key = conditions.find((one) => claimOf(one.key) !== '')?.key ?? '';
  return key.slice(0, Math.max(0, key.lastIndexOf(':')));
}

function lastPart(name: string): string {
  return showSymbols(name.split('/').at(-1) ?? name);
}

/** The unique id of a service account stands in the audience where nobody asked for another one. */
function isServiceAccountOfGoogle(address: string, conditions: readonly Condition[]): boolean {
  return (
    address === 'accounts.google.com' &&
    bindingOn(conditions, (key) => key === 'accounts.google.com:aud').some(({ values }) =>
      values.every((value) => /^\d{15,25}$/.test(value)),
    )
  );
}

/** A pool's identities come with the pool as audience, and say whether they have signed in. */
function judgeCognito(conditions: readonly Condition[]): Judged {
  const on = (claim: string): readonly Condition[] =>
    bindingOn(conditions, (key) => key === `cognito-identity.amazonaws.com:${claim}`).filter(
      (one) => !one.values.some((value) => /^[*?]*$/.test(value)),
    );
  if (on('aud').length === 0)
    return {
      who: 'users of any Cognito identity pool',
      kind: 'oidc',
      flaw: {
        id: 'cognito-pool-missing',
        text: 'Any identity pool of Cognito will do, those of other accounts included',
        help: 'Ask for your pool in cognito-identity.amazonaws.com:aud, and for authenticated in :amr',
      },
    };
  if (on('amr').length > 0 || on('sub').length > 0)
    return { who: 'users of a Cognito identity pool', kind: 'oidc' };
  return {
    who: 'users and guests of a Cognito identity pool',
    kind: 'oidc',
    flaw: {
      id: 'cognito-guests',
      text: 'Guests of the Cognito identity pool can become this role as users can',
      help: 'Add "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" }',
    },
  };
}

/** Judges a principal of type AWS: everybody, a whole account, or somebody by name. */
function judgeCaller(
  type: string,
  name: string,
  statement: Statement,
  all: readonly Statement[],
  context: TrustContext,
  does: string,
): Judged {
  const isTrust = does.startsWith('become');
  if (type === NOT) return { who: 'everybody but some', kind: 'anyone', flaw: everybodyBut(does) };
  if (type !== 'AWS') return { who: showSymbols(name), kind: 'principal' };
  const closed: Hold = all.some((one) => keepsOut(one, statement))
    ? { kind: 'held' }
    : callerHold(statement.conditions);
  const account = accountOf(name);
  if (name === '*' || account === '*')
    return {
      who: closed.kind === 'held' ? 'callers that the conditions name' : 'anyone',
      kind: 'anyone',
      ...verdict(closed, anyone(does)),
    };
  if (account === undefined) {
    if (hasOpenSymbol(name)) return { who: showSymbols(name), kind: 'unknown', undecided: symbolsIn(name) };
    return { who: lastPart(name) === '' ? name : showSymbols(name), kind: 'principal' };
  }
  const shown = showSymbols(account);
  const own = context.accounts.includes(account);
  if (own || context.knownAccounts.includes(account) || isAccountOfAws(account))
    return { who: own ? `this account (${shown})` : `account ${shown}`, kind: 'account' };
  const external = isTrust ? externalIdHold(statement.conditions) : LOOSE;
  const hold =
    [closed, external].find(({ kind }) => kind === 'held') ??
    [closed, external].find(({ kind }) => kind === 'unknown') ??
    LOOSE;
  const who = `account ${shown}${external.kind === 'held' ? ' with external id' : ''}`;
  if (hold.kind === 'held') return { who, kind: 'account' };
  if (hasOpenSymbol(account)) return { who, kind: 'unknown', undecided: symbolsIn(account) };
  // An id that the platform assigns belongs to something in the plan.
  if (symbolsIn(account).length > 0) return { who, kind: 'account' };
  return { who, kind: 'account', ...verdict(hold, foreignAccount(shown, isTrust)) };
}

const LOOSE: Hold = { kind: 'loose' };

/** The account where the principal is all of one: its id, or a symbol for it. */
function accountOf(name: string): string | undefined {
  if (/^\d{12}$/.test(name)) return name;
  const parts = splitOutside(name, ':', 6);
  const [, , service, , account, object] = parts;
  if (parts.length === 1 && symbolsIn(name).some((one) => one.endsWith('.account_id'))) return name;
  return parts.length === 6 && service === 'iam' && object === 'root' ? account : undefined;
}

/** A Deny for everybody but certain callers, over all that the statement allows. */
function keepsOut(deny: Statement, allow: Statement): boolean {
  if (deny.effect !== 'Deny' || !allow.actions) return false;
  const excepts =
    deny.notPrincipals !== undefined
      ? deny.conditions.length === 0
      : (deny.principals?.AWS ?? []).includes('*') && exceptsCallers(deny.conditions);
  const within = (wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean =>
    (narrow ?? []).every((one) =>
      (wide ?? []).some((other) => covers(other.toLowerCase(), one.toLowerCase())),
    );
  return excepts && within(deny.actions, allow.actions) && within(deny.resources, allow.resources);
}

/** From when on the document lets nobody in any more. */
function denyEveryone(statements: readonly Statement[]): Moment {
  return statements
    .filter(
      (one) =>
        (one.principals?.AWS ?? []).includes('*') &&
        (one.actions ?? []).some((action) => covers(action.toLowerCase(), 'sts:assumerole*')),
    )
    .map(deniesFrom)
    .reduce(sooner, undefined);
}

function sooner(one: Moment, other: Moment): Moment {
  if (one instanceof Date && other instanceof Date) return one < other ? one : other;
  if (one instanceof Date || other instanceof Date) return one instanceof Date ? one : other;
  return one ?? other;
}

function verdict(hold: Hold, flaw: Flaw): Pick<Judged, 'flaw' | 'undecided'> {
  if (hold.kind === 'unknown') return { undecided: hold.references };
  return hold.kind === 'held' ? {} : { flaw };
}

/** One opening for each reason and statement. */
function collected(
  judged: readonly { readonly statement: Statement; readonly judgements: readonly Judged[] }[],
): Pick<TrustReading, 'openings' | 'undecided'> {
  const openings = judged.flatMap(({ statement, judgements }) => {
    const flaws = new Map<string, Flaw>();
    for (const { flaw } of judgements) if (flaw) flaws.set(`${flaw.id} ${flaw.text}`, flaw);
    return [...flaws.values()].map((flaw) => ({
      ...flaw,
      statement: statement.index,
      origin: statement.origin,
    }));
  });
  const undecided = judged.flatMap(({ judgements }) => judgements.flatMap((one) => one.undecided ?? []));
  return { openings, undecided: [...new Set(undecided)] };
}

const ANY_SERVICE: Flaw = {
  id: 'any-service',
  text: 'Every AWS service can become this role',
  help: 'Name the service: { "Service": "lambda.amazonaws.com" }',
};

function anyone(does: string): Flaw {
  return {
    id: 'anyone',
    text: `Anyone can ${does}, from any AWS account`,
    help: 'Name the principals, or bind * with "StringEquals": { "aws:PrincipalOrgID": "o-…" }',
  };
}

function everybodyBut(does: string): Flaw {
  return {
    id: 'not-principal',
    text: `Everybody can ${does} but those that NotPrincipal names`,
    help: 'Name those who may with Principal; NotPrincipal is for Deny',
  };
}

function foreignAccount(account: string, isTrust: boolean): Flaw {
  return isTrust
    ? {
        id: 'foreign-account-without-external-id',
        text: `Whoever account ${account} lets can become this role, without an external id`,
        help: `Name one role of that account, or add "StringEquals": { "sts:ExternalId": "…" }; if the account is yours, add it to accounts in leasehold.yaml`,
      }
    : {
        id: 'foreign-account',
        text: `Whoever account ${account} lets can reach this resource`,
        help: `Name one role of that account; if the account is yours or known, add it to accounts in leasehold.yaml`,
      };
}

function confusedDeputy(service: string, { accounts }: TrustContext): Flaw {
  const account = accounts.length === 1 ? accounts[0] : 'your account id';
  return {
    id: 'confused-deputy',
    text: `${service} can be made to use this role for somebody else's resource`,
    help: `Add "StringEquals": { "aws:SourceAccount": "${account}" }, or aws:SourceArn with the one resource`,
  };
}

/** Why no subject binds: none is asked for, or only in a way that a token without it passes. */
function missingSubject(conditions: readonly Condition[], flaw: Flaw): Flaw {
  const idle = conditions.find(({ key }) => claimOf(key).toLowerCase() === 'sub');
  if (!idle) return flaw;
  return {
    id: 'oidc-subject-not-binding',
    text: `${flaw.text}; ${idle.operator} does not`,
    help: flaw.help.replace('Ask for', 'Use StringEquals or StringLike with'),
  };
}
