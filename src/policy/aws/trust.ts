// Who may become a role, and whom a resource lets in.
// Trust policies: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { hasOpenSymbol, hasSymbol, showSymbols, symbolsIn } from '../../plan/symbol.js';
import { issuerOf, missingSubject, subjectOpening } from '../federation.js';
import { expectsSource } from './deputies.js';
import type { Condition, Origin, Statement } from './statement.js';
import { endOf, type Moment } from './time.js';

export interface TrustContext {
  /** Account ids of our own. */
  readonly accounts: readonly string[];
  /** Account ids that the configuration knows. */
  readonly knownAccounts: readonly string[];
}

export interface TrustWay {
  /** In words: `lambda.amazonaws.com`, `account 704465093327 with external id`. */
  readonly who: string;
  readonly end: Moment;
  /** Place of the statement in its document, from 1. */
  readonly statement: number;
  readonly origin: Origin;
}

export interface TrustOpening {
  readonly id: string;
  readonly text: string;
  readonly help: string;
  readonly statement: number;
  readonly origin: Origin;
}

export interface TrustReading {
  readonly ways: readonly TrustWay[];
  readonly openings: readonly TrustOpening[];
  /** References that hide who may come. */
  readonly undecided: readonly string[];
}

interface Judgement {
  readonly who: string;
  readonly opening?: { readonly id: string; readonly text: string; readonly help: string };
  readonly undecided?: readonly string[];
}

/** Reads the trust document of a role. */
export function readTrust(statements: readonly Statement[], context: TrustContext): TrustReading {
  const ways: TrustWay[] = [];
  const openings: TrustOpening[] = [];
  const undecided: string[] = [];
  for (const statement of statements) {
    if (statement.effect !== 'Allow' || !assumes(statement)) continue;
    const end = endOf(statement);
    const place = { statement: statement.index, origin: statement.origin };
    for (const { who, opening, undecided: hidden } of judgePrincipals(statement, context)) {
      ways.push({ who, end, ...place });
      if (opening) openings.push({ ...opening, ...place });
      undecided.push(...(hidden ?? []));
    }
  }
  return { ways, openings, undecided };
}

/** `sts:TagSession` and `sts:SetSourceIdentity` alone let nobody in. */
function assumes({ actions }: Statement): boolean {
  return (
    actions === undefined ||
    actions.some((action) => /^(\*|sts:(\*|assume.*))$/i.test(action) || hasSymbol(action))
  );
}

function judgePrincipals(statement: Statement, context: TrustContext): Judgement[] {
  if (statement.notPrincipals)
    return [
      {
        who: 'everybody but a few',
        opening: anyone('Everybody but those in NotPrincipal can become this identity'),
      },
    ];
  return Object.entries(statement.principals ?? {}).flatMap(([type, names]) =>
    names.map((name) => {
      if (type === 'Service') return judgeService(name, statement);
      if (type === 'Federated') return judgeFederated(name, statement);
      return judgeAws(name, statement, context);
    }),
  );
}

function anyone(text: string): NonNullable<Judgement['opening']> {
  return {
    id: 'anyone',
    text,
    help: 'Name the principals: the account, role, service or identity provider that is meant',
  };
}

function judgeService(name: string, { conditions }: Statement): Judgement {
  const who = showSymbols(name);
  if (!expectsSource(name) || SOURCE_KEYS.some((key) => boundValues(conditions, key))) return { who };
  return {
    who,
    opening: {
      id: 'confused-deputy',
      text: `${who} may use this identity on behalf of anybody's resource: no condition on its source`,
      help: 'Add a condition on aws:SourceAccount (your account) and, where it is known, aws:SourceArn',
    },
  };
}

const SOURCE_KEYS = ['aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];
/** Conditions that say who the caller is. */
const CALLER_KEYS = [
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:userid',
  ...SOURCE_KEYS,
];

function judgeAws(name: string, statement: Statement, context: TrustContext): Judgement {
  const { conditions } = statement;
  const named = CALLER_KEYS.some((key) => boundValues(conditions, key));
  if (name === '*') {
    if (named) return { who: 'anybody who meets the conditions' };
    return { who: 'anybody', opening: anyone('Anybody can become this identity: principal *') };
  }
  const account = wholeAccount(name);
  if (account === undefined) {
    if (hasOpenSymbol(name)) return { who: showSymbols(name), undecided: hidden(name) };
    return { who: showSymbols(name) };
  }
  if (isOwn(account, context)) return { who: hasSymbol(account) ? 'this account' : `account ${account}` };
  if (hasSymbol(account)) return { who: `account ${showSymbols(account)}`, undecided: symbolsIn(account) };
  const external = boundValues(conditions, 'sts:ExternalId');
  if (external) return { who: `account ${account} with external id` };
  if (named) return { who: `account ${account}, limited by conditions` };
  return {
    who: `account ${account}`,
    opening: {
      id: 'foreign-account-without-external-id',
      text: `Everybody in account ${account}, which is not known here, can become this identity`,
      help: 'Ask for an external id (sts:ExternalId), name the one role that is meant, or list the account under `accounts` in leasehold.yaml',
    },
  };
}

/** The account of `arn:aws:iam::ID:root`, or of a bare id; undefined for a role, a user, or an assumed role. */
function wholeAccount(name: string): string | undefined {
  if (/^\d{12}$/.test(name)) return name;
  return /^arn:[\w-]+:iam::([^:]+):root$/.exec(name)?.[1];
}

function isOwn(account: string, { accounts, knownAccounts }: TrustContext): boolean {
  if (hasSymbol(account))
    return symbolsIn(account).every((reference) => /(^|\.)aws_caller_identity\./.test(reference));
  return accounts.includes(account) || knownAccounts.includes(account);
}

function hidden(text: string): string[] {
  return symbolsIn(text);
}

function judgeFederated(name: string, { conditions, actions }: Statement): Judgement {
  const shown = showSymbols(name);
  if (
    /:saml-provider\/|aws_iam_saml_provider\./.test(name) ||
    actions?.every((action) => /withsaml$/i.test(action))
  )
    return { who: `${shown.split('/').at(-1)} (SAML)` };
  const url = issuerUrl(name, conditions);
  const subjects = conditions.filter((condition) => binds(condition) && isSubject(condition, url));
  const issuer = issuerOf(url, subjects[0]?.values[0]);
  const claims = bindingConditions(conditions, (key) =>
    issuer.claims.some((claim) => claimOf(key, url) === claim.toLowerCase()),
  );
  const judged = [...subjects, ...claims];
  if (judged.length === 0) return { who: `anybody of ${issuer.name}`, opening: missingSubject(issuer) };
  // All conditions must hold, so the tightest decides; of the values of one, the loosest.
  const answers = judged.map((condition) => loosest(condition, isSubject(condition, url), issuer));
  const who = `${judged[0]?.values.map(showSymbols).join(' or ')} (${issuer.name})`;
  if (answers.some((answer) => answer === undefined)) return { who };
  if (answers.some((answer) => answer === 'undecided'))
    return { who, undecided: judged.flatMap(({ values }) => values.flatMap(symbolsIn)) };
  const [first] = answers;
  return first === undefined || first === 'undecided' ? { who } : { who, opening: first };
}

function issuerUrl(name: string, conditions: readonly Condition[]): string {
  const inArn = /:oidc-provider\/(.+)$/.exec(name)?.[1];
  if (inArn !== undefined && !hasSymbol(inArn)) return inArn;
  if (!name.startsWith('arn:') && !hasSymbol(name)) return name;
  const key = conditions
    .map((condition) => condition.key)
    .find((one) => /:(sub|aud|amr|repository|project_path)$/i.test(one));
  return key === undefined ? '' : key.slice(0, key.lastIndexOf(':'));
}

/** The claim of a key such as `token.actions.githubusercontent.com:sub`, in lower case. */
function claimOf(key: string, url: string): string | undefined {
  const lower = key.toLowerCase();
  const prefix = `${url.toLowerCase()}:`;
  if (url !== '' && lower.startsWith(prefix)) return lower.slice(prefix.length);
  // Issuer and key may both hold what is known only after apply.
  return lower.startsWith('aws:') || lower.startsWith('sts:') ? undefined : /:([\w-]+)$/.exec(lower)?.[1];
}

/**
 * A key may be known only after apply as a whole, where it is made from the issuer of a cluster that the plan creates.
 * Its values tell then: what is no audience is the subject.
 */
function isSubject({ key, values }: Condition, url: string): boolean {
  const claim = claimOf(key, url);
  if (claim !== undefined) return claim === 'sub';
  return (
    hasSymbol(key) && !values.every((value) => /^(sts\.amazonaws\.com|https:\/\/.*|api:\/\/.*)$/.test(value))
  );
}

function loosest(
  condition: Condition,
  isSub: boolean,
  issuer: ReturnType<typeof issuerOf>,
): ReturnType<typeof subjectOpening> {
  const wild = /Like$/i.test(condition.operator);
  const answers = condition.values.map((value) => {
    if (hasOpenSymbol(value)) return 'undecided' as const;
    if (!wild) return undefined;
    // Other claims are patterns of one name: a wildcard inside it spans.
    const opening = subjectOpening(issuer, isSub ? value : `repo:${value}:`);
    return isSub || opening === undefined || opening === 'undecided' || /[*?]/.test(value)
      ? opening
      : undefined;
  });
  return (
    answers.find((answer) => answer !== undefined && answer !== 'undecided') ??
    answers.find((answer) => answer === 'undecided')
  );
}

/** Conditions that really restrict a key: `…IfExists`, `ForAllValues:` and negations let a request without it pass. */
function bindingConditions(conditions: readonly Condition[], wanted: (key: string) => boolean): Condition[] {
  return conditions.filter((condition) => wanted(condition.key) && binds(condition));
}

function binds({ operator, values }: Condition): boolean {
  return BINDING.test(operator) && values.length > 0;
}

const BINDING =
  /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress|Numeric(?:Equals|LessThan|LessThanEquals)|Bool)$/i;

/** The values that bind a key; undefined where nothing does, or where a value lets everything through. */
function boundValues(conditions: readonly Condition[], key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  const tight = bindingConditions(conditions, (one) => one.toLowerCase() === wanted).filter(
    ({ operator, values }) => {
      const wild = /Like$|Arn/i.test(operator);
      return !values.some((value) => (wild && isWild(wanted, value)) || value === '');
    },
  );
  return tight[0]?.values;
}

/** `*`, or an ARN of any account. */
function isWild(key: string, value: string): boolean {
  if (/^[*?]+$/.test(value)) return true;
  return key === 'aws:principalarn' && /^arn:[^:]*:(iam|sts|\*):[^:]*:[^:]*[*?][^:]*:/.test(value);
}

/** Conditions that keep strangers away from a resource, beside those on the caller. */
const RESOURCE_KEYS = [
  ...CALLER_KEYS,
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceVpcArn',
  'aws:VpcSourceIp',
  'aws:SourceOwner',
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'kms:CallerAccount',
  's3:DataAccessPointAccount',
  's3:DataAccessPointArn',
  'elasticfilesystem:AccessedViaMountTarget',
];

/** Reads a policy on a resource: whom it lets in who should not come. */
export function readResourcePolicy(
  statements: readonly Statement[],
  context: TrustContext,
): Pick<TrustReading, 'openings'> {
  const openings: TrustOpening[] = [];
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    const place = { statement: statement.index, origin: statement.origin };
    const bound =
      RESOURCE_KEYS.some((key) => boundValues(statement.conditions, key)) ||
      fromKnownAddresses(statement.conditions);
    if (bound) continue;
    const names = statement.principals?.AWS ?? [];
    if (statement.notPrincipals || names.includes('*')) {
      const help = 'Name the principals, or bind it: aws:PrincipalOrgID, aws:SourceArn, aws:SourceVpce';
      openings.push({
        id: 'resource-open-to-anyone',
        text: 'Anybody is let in: principal * without a condition that binds',
        help,
        ...place,
      });
    }
    for (const name of names) {
      const account = wholeAccount(name);
      if (account === undefined || hasSymbol(account) || isOwn(account, context)) continue;
      openings.push({
        id: 'resource-open-to-foreign-account',
        text: `Everybody in account ${account}, which is not known here, is let in`,
        help: 'Name the one role that is meant, or list the account under `accounts` in leasehold.yaml',
        ...place,
      });
    }
  }
  return { openings };
}

function fromKnownAddresses(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ key, operator, values }) =>
      key.toLowerCase() === 'aws:sourceip' &&
      /^IpAddress$/i.test(operator) &&
      values.length > 0 &&
      !values.some((value) => /\/0$/.test(value)),
  );
}

/** Principals that a resource policy names with an Allow: ARNs, or symbols for them. */
export function grantees(statements: readonly Statement[]): { principal: string; statement: Statement }[] {
  return statements
    .filter((statement) => statement.effect === 'Allow')
    .flatMap((statement) =>
      (statement.principals?.AWS ?? [])
        .filter((principal) => principal !== '*' && wholeAccount(principal) === undefined)
        .map((principal) => ({ principal, statement })),
    );
}
