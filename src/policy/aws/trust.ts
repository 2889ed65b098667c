// Who can become a role, whom a resource lets in, and where that is more than it should be.

import { hasOpenSymbol, showSymbols, symbolsIn } from '../../plan/symbol.js';
import type { Flaw, TokenSubject } from '../federation.js';
import { flawOfEnded, type Vendor, vendorOf, vendorOfIssuer } from '../vendors.js';
import { isAccountOfAws } from './aws-accounts.js';
import {
  callerHold,
  certificateHold,
  exceptsCallers,
  externalIdHold,
  type Hold,
  narrowerHold,
  sourceHold,
} from './callers.js';
import { bindingOn } from './conditions.js';
import { CERTIFICATES, isDeputy } from './deputies.js';
import { covers, overlaps, splitOutside } from './pattern.js';
import type { Origin, Statement } from './statement.js';
import { deniesFrom, endOf, type Moment } from './time.js';
import {
  ANY_CERTIFICATE,
  ANY_SERVICE,
  anyone,
  confusedDeputy,
  type Deed,
  everybodyBut,
  foreignAccount,
  sentByOthers,
} from './trust-flaws.js';
import { tokenHolders } from './web-identity.js';

export interface TrustContext {
  /** Account ids of whoever applies the plan: twelve digits each. */
  readonly accounts: readonly string[];
  /** Account ids that the configuration names as known. */
  readonly knownAccounts: readonly string[];
  /** Third parties that the configuration names. */
  readonly vendors?: readonly Vendor[];
  /** Contracts end before or after this moment. */
  readonly now?: Date;
}

export type WayKind = 'service' | 'account' | 'principal' | 'oidc' | 'saml' | 'anyone' | 'unknown';

/** One principal that a trust statement lets in. */
export interface TrustWay {
  /** For reviewers: `repository acme/shop, environment production (GitHub)`. Holds no symbols. */
  readonly who: string;
  readonly kind: WayKind;
  /** Undefined where it cannot be told. */
  readonly by: 'person' | 'workload' | undefined;
  /** Subjects of the tokens that are asked for. */
  readonly subjects: readonly TokenSubject[];
  /** As written; may hold symbols. */
  readonly principal: string;
  /** When the way closes by itself. */
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
  readonly by?: 'person' | 'workload';
  readonly subjects?: readonly TokenSubject[];
  readonly flaw?: Flaw;
  readonly undecided?: readonly string[];
}

interface Judgement {
  readonly statement: Statement;
  readonly principal: string;
  readonly judged: Judged;
}

const ASSUME = 'sts:AssumeRole';
const WITH_TOKEN = 'sts:AssumeRoleWithWebIdentity';
const WITH_SAML = 'sts:AssumeRoleWithSAML';
const WAYS_IN = [ASSUME, WITH_TOKEN, WITH_SAML];

const BY_KIND: ReadonlyMap<WayKind, 'person' | 'workload'> = new Map([
  ['service', 'workload'],
  ['saml', 'person'],
]);
/** Roles that IAM Identity Center makes for people who sign in. */
const SIGN_ON = /\/AWSReservedSSO_/;

/** Stands for the type of principal where a statement names those that are left out. */
const ALL_BUT = 'NotPrincipal';

/** Reads a role's trust document. Never throws. */
export function readTrust(statements: readonly Statement[], context: TrustContext): TrustReading {
  const judgements = allowed(statements)
    .filter(({ statement, type }) => isWayIn(statement, type))
    .map(({ statement, type, principal }) => {
      const judged = judgeWay(type, principal, { statement, statements, context, deed: 'become this role' });
      return { statement, principal, judged };
    });
  const ways = judgements.map(({ statement, principal, judged }) => ({
    who: judged.who,
    kind: judged.kind,
    by: judged.by ?? BY_KIND.get(judged.kind) ?? (SIGN_ON.test(principal) ? 'person' : undefined),
    subjects: judged.subjects ?? [],
    principal,
    end: sooner(endOf(statement), deniedFrom(statement, statements)),
    statement: statement.index,
    origin: statement.origin,
  }));
  return { ways, ...collected(judgements) };
}

/** Reads the policy of a bucket, queue, key or the like: who from outside is let in. Never throws. */
export function readResourcePolicy(
  statements: readonly Statement[],
  context: TrustContext,
): Pick<TrustReading, 'openings' | 'undecided'> {
  const judgements = allowed(statements)
    .filter(({ type }) => type === 'AWS' || type === ALL_BUT)
    .map(({ statement, type, principal }) => {
      const judged = judgeCaller(type, principal, {
        statement,
        statements,
        context,
        deed: 'reach this resource',
      });
      return { statement, principal, judged };
    });
  return collected(judgements);
}

/** Reads what attributes say instead of a policy; there every service can be sent by anybody. Never throws. */
export function readCallers(
  statements: readonly Statement[],
  context: TrustContext,
): Pick<TrustReading, 'openings' | 'undecided'> {
  const judgements = allowed(statements).map(({ statement, type, principal }) => {
    const place: Place = { statement, statements, context, deed: 'reach this resource' };
    const judged: Judged =
      type === 'Service'
        ? {
            who: showSymbols(principal),
            kind: 'service',
            ...unlessHeld(sourceHold(statement.conditions), sentByOthers(showSymbols(principal))),
          }
        : judgeCaller(type, principal, place);
    return { statement, principal, judged };
  });
  return collected(judgements);
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

/** Every principal of every Allow. */
function allowed(
  statements: readonly Statement[],
): { readonly statement: Statement; readonly type: string; readonly principal: string }[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      statement.notPrincipals
        ? [{ statement, type: ALL_BUT, principal: '*' }]
        : Object.entries(statement.principals ?? {}).flatMap(([type, names]) =>
            names.map((principal) => ({ statement, type, principal })),
          ),
    );
}

/** True where the statement allows such a principal to come; tagging a session alone is no way in. */
function isWayIn(statement: Statement, type: string): boolean {
  const actions = type === 'Service' ? [ASSUME] : type === 'Federated' ? [WITH_TOKEN, WITH_SAML] : WAYS_IN;
  return actions.some((action) => mayDo(statement, action));
}

function mayDo({ actions, notActions }: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  if (actions) return actions.some((one) => overlaps(one.toLowerCase(), wanted));
  return !(notActions ?? []).some((one) => covers(one.toLowerCase(), wanted));
}

/** A statement among the others of its document. */
interface Place {
  readonly statement: Statement;
  readonly statements: readonly Statement[];
  readonly context: TrustContext;
  readonly deed: Deed;
}

function judgeWay(type: string, name: string, place: Place): Judged {
  const { statement } = place;
  if (type === 'Service') return judgeService(name, place);
  const withToken = mayDo(statement, WITH_TOKEN);
  if (type === 'Federated') {
    const issuer = vendorOfIssuer(/:oidc-provider\/(.+)$/.exec(name)?.[1] ?? '', place.context.vendors ?? []);
    const ended = issuer && flawAfter(issuer, place);
    return withToken && !/:saml-provider\/|\baws_iam_saml_provider\b/.test(name)
      ? { ...tokenHolders(name, statement.conditions), kind: 'oidc', ...ended }
      : { who: `users of ${showSymbols(name.split('/').at(-1) ?? name)} (SAML)`, kind: 'saml' };
  }
  // Everybody who has a token, where nothing but a token counts.
  if (name === '*' && type === 'AWS' && withToken && !mayDo(statement, ASSUME))
    return { ...tokenHolders(name, statement.conditions), kind: 'oidc' };
  return judgeCaller(type, name, place);
}

function judgeService(name: string, { statement, context }: Place): Judged {
  const who = showSymbols(name);
  if (name === '*') return { who: 'every AWS service', kind: 'anyone', flaw: ANY_SERVICE };
  if (hasOpenSymbol(name)) return { who, kind: 'unknown', undecided: symbolsIn(name) };
  if (name.toLowerCase() === CERTIFICATES)
    return { who, kind: 'service', ...unlessHeld(certificateHold(statement.conditions), ANY_CERTIFICATE) };
  if (!isDeputy(name)) return { who, kind: 'service' };
  const own = context.accounts.length === 1 ? context.accounts[0] : undefined;
  return { who, kind: 'service', ...unlessHeld(sourceHold(statement.conditions), confusedDeputy(who, own)) };
}

/** Judges a principal of type AWS: everybody, a whole account, or somebody by name. */
function judgeCaller(type: string, name: string, place: Place): Judged {
  const { statement, statements, deed } = place;
  if (type === ALL_BUT) return { who: 'everybody but some', kind: 'anyone', flaw: everybodyBut(deed) };
  if (type !== 'AWS') return { who: showSymbols(name), kind: 'principal' };
  const account = accountOf(name);
  const kept = statements.some((one) => keepsOut(one, statement));
  if (name === '*' || account === '*') {
    const hold = kept ? HELD : callerHold(statement.conditions);
    const who = hold.kind === 'held' ? 'whom the conditions name' : 'anyone';
    return { who, kind: 'anyone', ...unlessHeld(hold, anyone(deed)) };
  }
  const vendor = vendorOf(account ?? splitOutside(name, ':', 6)[4] ?? '', place.context.vendors ?? []);
  const ended = vendor && flawAfter(vendor, place);
  if (ended) return { who: `${vendor.name} (${showSymbols(name)})`, kind: 'principal', ...ended };
  if (account !== undefined) return judgeAccount(account, kept, place);
  if (hasOpenSymbol(name)) return { who: showSymbols(name), kind: 'unknown', undecided: symbolsIn(name) };
  return { who: showSymbols(name), kind: 'principal' };
}

function judgeAccount(account: string, kept: boolean, { statement, context, deed }: Place): Judged {
  const { accounts, knownAccounts, vendors = [] } = context;
  const shown = showSymbols(account);
  // An id that a platform will assign, or has assigned to the caller, belongs to something of this plan.
  const own = accounts.includes(account) || (symbolsIn(account).length > 0 && !hasOpenSymbol(account));
  if (own) return { who: `this account (${shown})`, kind: 'account' };
  // A vendor serves others too: only the external id tells for whom it comes.
  const served = deed !== 'become this role' && vendorOf(account, vendors) !== undefined;
  if (served || knownAccounts.includes(account) || isAccountOfAws(account))
    return { who: `account ${shown}`, kind: 'account' };
  const external = deed === 'become this role' ? externalIdHold(statement.conditions) : LOOSE;
  const hold = kept ? HELD : firmest([narrowerHold(statement.conditions), external]);
  const who = `account ${shown}${external.kind === 'held' ? ' with external id' : ''}`;
  if (hold.kind === 'held') return { who, kind: 'account' };
  if (hasOpenSymbol(account)) return { who, kind: 'unknown', undecided: symbolsIn(account) };
  return { who, kind: 'account', ...unlessHeld(hold, foreignAccount(shown, deed)) };
}

/** What to tell of a vendor whose contract is over. */
function flawAfter(vendor: Vendor, { context, deed }: Place): { readonly flaw: Flaw } | undefined {
  const flaw = context.now && flawOfEnded(vendor, context.now, deed);
  return flaw && { flaw };
}

const HELD: Hold = { kind: 'held' };
const LOOSE: Hold = { kind: 'loose' };

function firmest(holds: readonly Hold[]): Hold {
  return holds.find(({ kind }) => kind === 'held') ?? holds.find(({ kind }) => kind === 'unknown') ?? LOOSE;
}

function unlessHeld(hold: Hold, flaw: Flaw): Pick<Judged, 'flaw' | 'undecided'> {
  if (hold.kind === 'unknown') return { undecided: hold.references };
  return hold.kind === 'held' ? {} : { flaw };
}

/** The account where the principal is all of one: its id, its root, or a symbol for them. */
function accountOf(name: string): string | undefined {
  if (/^\d{12}$/.test(name)) return name;
  const parts = splitOutside(name, ':', 6);
  const [, , service, , account, object] = parts;
  if (parts.length === 1 && symbolsIn(name).some((one) => one.endsWith('.account_id'))) return name;
  return parts.length === 6 && service === 'iam' && object === 'root' ? account : undefined;
}

/** A Deny for everybody but certain callers, over all that the statement allows. */
function keepsOut(deny: Statement, allow: Statement): boolean {
  if (deny.effect !== 'Deny') return false;
  const excepts = deny.notPrincipals
    ? deny.conditions.length === 0
    : isForEverybody(deny) && exceptsCallers(deny.conditions);
  return excepts && takesAwayAll(deny, allow);
}

/** From when on Deny statements take away all that the statement allows. */
function deniedFrom(allow: Statement, statements: readonly Statement[]): Moment {
  return statements
    .filter((one) => one.effect === 'Deny' && isForEverybody(one) && takesAwayAll(one, allow))
    .map(deniesFrom)
    .reduce(sooner, undefined);
}

function isForEverybody({ principals }: Statement): boolean {
  return (principals?.AWS ?? []).includes('*');
}

function takesAwayAll(deny: Statement, allow: Statement): boolean {
  const within = (wide: readonly string[] = [], narrow: readonly string[] = []): boolean =>
    narrow.every((one) => wide.some((other) => covers(other.toLowerCase(), one.toLowerCase())));
  // Without a way in, tagging a session or naming its source is worth nothing.
  const actions = allow.actions?.filter(
    (one) => !/^sts:(?:TagSession|SetSourceIdentity|SetContext)$/i.test(one),
  );
  return actions !== undefined && within(deny.actions, actions) && within(deny.resources, allow.resources);
}

function sooner(one: Moment, other: Moment): Moment {
  if (one instanceof Date && other instanceof Date) return one < other ? one : other;
  if (one instanceof Date) return one;
  return other instanceof Date ? other : (one ?? other);
}

/** Each reason once per statement. */
function collected(judgements: readonly Judgement[]): Pick<TrustReading, 'openings' | 'undecided'> {
  const openings = new Map<string, TrustOpening>();
  for (const { statement, judged } of judgements)
    if (judged.flaw)
      openings.set(`${statement.index} ${judged.flaw.id} ${judged.flaw.text}`, {
        ...judged.flaw,
        statement: statement.index,
        origin: statement.origin,
      });
  const undecided = judgements.flatMap(({ judged }) => judged.undecided ?? []);
  return { openings: [...openings.values()], undecided: [...new Set(undecided)] };
}
