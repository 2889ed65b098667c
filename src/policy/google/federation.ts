// Who may come through a workload identity pool: what its providers admit, narrowed by what the binding names.
// https://cloud.google.com/iam/docs/workload-identity-federation

import { showSymbols } from '../../plan/symbol.js';
import {
  claimText,
  type Flaw,
  flawOfSpan,
  issuerOf,
  narrowest,
  type Reach,
  reachOf,
  subjectOf,
  type TokenSubject,
  type Wanted,
  widest,
  wordsOf,
} from '../federation.js';
import { type Issuer, OTHER_ISSUER } from '../oidc-issuers.js';
import { type Cel, parseCel, textOf } from './cel.js';

/** A provider of a pool. */
export interface Provider {
  readonly kind: 'oidc' | 'aws' | 'saml' | 'x509';
  /** Address of the issuer; empty where there is none, or where it is not known. */
  readonly issuer: string;
  /** `attribute_condition`; null where it is known only after apply. */
  readonly condition: string | undefined | null;
  /** `attribute.repository` → `assertion.repository`. */
  readonly mapping: Readonly<Record<string, string>>;
  /** The AWS account that it admits is known to be ours or a partner's. */
  readonly knownAccount?: boolean;
}

/** What a member names of a pool: `*`, `subject`, `group`, `attribute.repository`, with its value. */
export interface Entrance {
  readonly attribute: string;
  readonly value: string;
}

/** What a claim has to be; `fixed` where it is one value that cannot be read here. */
type Pin = Wanted | 'fixed';
/** Claims that must all hold; of one claim there may be several demands. */
type Pins = ReadonlyMap<string, readonly Pin[]>;

const MOST_ALTERNATIVES = 64;

/**
 * Issuers that sign tokens for anybody who has an account there, from one address for all.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 */
const SHARED =
  /^(?:token\.actions\.githubusercontent\.com|gitlab\.com|app(?:\.eu)?\.terraform\.io|agent\.buildkite\.com|oidc\.vercel\.com|accounts\.google\.com|auth\.pulumi\.com|api\.pulumi\.com\/oidc|oidc\.codefresh\.io|securetoken\.google\.com|oidc\.fly\.io|oidc\.scalr\.(?:com|io)|app\.harness\.io)$/;

/** Sets of claims of which one suffices to name one project, beside those that stand in the subject. */
const NAMES_ONE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  GitLab: [['project_id'], ['project_path']],
  'HCP Terraform': [
    ['terraform_workspace_id'],
    ['terraform_project_id'],
    ['terraform_full_workspace'],
    ['terraform_organization_name', 'terraform_workspace_name'],
    ['terraform_organization_id', 'terraform_workspace_name'],
    ['terraform_organization_name', 'terraform_project_name'],
    ['terraform_organization_id', 'terraform_project_name'],
  ],
  Buildkite: [['pipeline_id'], ['organization_slug', 'pipeline_slug'], ['organization_id', 'pipeline_slug']],
  CircleCI: [['oidc.circleci.com/project-id']],
  Bitbucket: [['repositoryUuid']],
  Vercel: [['project_id'], ['owner_id', 'project'], ['owner', 'project']],
  Spacelift: [['spaceId'], ['callerId']],
  Kubernetes: [['kubernetes.io.namespace']],
};
const NAMES_ONE_ANYWHERE = [
  ['email'],
  ['client_id'],
  ['azp'],
  ['oid'],
  ['appid'],
  ['arn'],
  ['aws_role'],
  ['user_id'],
];

/** Claims that hold an organisation, so that what is left open lies within one. */
const NAMES_OWNER =
  /^(?:repository_owner(?:_id)?|enterprise(?:_id)?|namespace_(?:id|path)|root_namespace_id|terraform_organization_(?:id|name)|organization_(?:id|slug)|owner(?:_id)?|workspaceUuid|oidc\.circleci\.com\/org-id|tid|hd|account|account_id)$/;

/** True where strangers hold tokens of the same issuer. */
export function isShared(provider: Provider): boolean {
  return provider.kind === 'oidc' && SHARED.test(plain(provider.issuer));
}

function plain(address: string): string {
  return address
    .replace(/^https:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
}

/** A provider that admits strangers to the pool, whatever is bound later; undefined where it does not. */
export function flawOfProvider(provider: Provider): Flaw | undefined {
  if (!isShared(provider) || provider.condition === null) return undefined;
  const issuer = issuerOf(provider.issuer);
  const name = issuer.name || plain(provider.issuer);
  if (provider.condition !== undefined && provider.condition.trim() !== '') {
    const alternatives = alternativesOf(provider.condition, provider.mapping);
    if (!alternatives || alternatives.every((pins) => pins.size > 0 && !isStrangers(issuer, pins)))
      return undefined;
  }
  return {
    id: 'pool-admits-strangers',
    text: `Anybody with an account at ${name} may enter the pool: ${
      provider.condition === undefined
        ? 'there is no attribute_condition'
        : 'attribute_condition names no owner'
    }`,
    help: `Admit your own alone: attribute_condition = "assertion.repository_owner_id == '1234567'", or the claim of ${name} that names your organisation`,
  };
}

/** True where tokens of any organisation fit. */
function isStrangers(issuer: Issuer, pins: Pins): boolean {
  if ([...pins].some(([claim, all]) => NAMES_OWNER.test(claim) && isExact(all))) return false;
  const reach = reachOfPins(issuer, pins);
  return reach.kind === 'many' && reach.spans === (issuer.levels[0]?.spans ?? 'subjects');
}

/** Who comes through the entrance, in words, and how many that are. */
export function readEntrance(
  { attribute, value }: Entrance,
  providers: readonly Provider[],
): {
  readonly who: string;
  readonly reach: Reach;
  readonly flaw: Flaw | undefined;
  /** What of the token is asked for by name. */
  readonly subjects: readonly TokenSubject[];
} {
  const readings = (providers.length > 0 ? providers : [undefined]).map((provider) =>
    throughProvider(attribute, value, provider),
  );
  const reach = widest(readings.map((reading) => reading.reach));
  const told = readings.find((reading) => reading.reach === reach) ?? readings[0];
  const issuer = told?.issuer ?? OTHER_ISSUER;
  return {
    who: told?.who ?? '',
    reach,
    subjects: told?.subjects ?? [],
    flaw: reach.kind === 'many' ? flawOf(attribute, value, reach.spans, issuer) : undefined,
  };
}

function flawOf(attribute: string, value: string, spans: string, issuer: Issuer): Flaw {
  const flaw = flawOfSpan(issuer, spans, [attribute === '*' ? 'principalSet …/*' : `${attribute}/${value}`]);
  const help = `Name one of them in the member: principalSet://iam.googleapis.com/POOL/attribute.repository/acme/shop, or in the provider's attribute_condition`;
  return attribute === '*'
    ? {
        id: 'pool-whole',
        text: `Everything that enters the pool may come: many ${spans}${issuer.name === '' ? '' : ` (${issuer.name})`}`,
        help,
      }
    : { ...flaw, help };
}

function throughProvider(
  attribute: string,
  value: string,
  provider: Provider | undefined,
): { who: string; reach: Reach; issuer: Issuer; subjects: TokenSubject[] } {
  const named = attribute === '*' ? new Map<string, Pin[]>() : pinsOfMember(attribute, value, provider);
  const issuer = issuerFor(provider, value, named);
  const who =
    attribute === '*'
      ? `all of the pool${issuer.name === '' ? '' : ` (${issuer.name})`}`
      : attribute === 'subject'
        ? wordsOf(issuer, { text: value, wildcards: false })
        : `${attribute.replace(/^attribute\./, '')} ${showSymbols(value)}${issuer.name === '' ? '' : ` (${issuer.name})`}`;
  const subjects = [...named].flatMap(([claim, pins]) =>
    pins
      .filter(isWanted)
      .flatMap((pin) => claimText(claim, pin.text).map((text) => subjectOf(issuer, { ...pin, text }))),
  );
  const one = { who, issuer, subjects, reach: { kind: 'one' } as Reach };
  if (attribute === 'group' || (provider?.kind === 'aws' && provider.knownAccount === true)) return one;
  // What an attribute of a pool elsewhere stands for is not known here, unless it has the name of a claim that says it.
  if (!provider && attribute !== '*' && !saysWho(issuer, named)) return one;
  const alternatives =
    provider?.condition === undefined || provider.condition === null || provider.condition.trim() === ''
      ? [new Map<string, Pin[]>()]
      : alternativesOf(provider.condition, provider.mapping);
  const hidden: Reach = { kind: 'unknown', references: [provider?.issuer ?? ''] };
  if (!alternatives) {
    const alone = reachOfPins(issuer, named);
    return { who, issuer, subjects, reach: alone.kind === 'many' ? hidden : alone };
  }
  const reach = widest(alternatives.map((pins) => reachOfPins(issuer, together(pins, named))));
  return {
    who,
    issuer,
    subjects,
    reach: reach.kind === 'many' && provider?.condition === null ? hidden : reach,
  };
}

function issuerFor(provider: Provider | undefined, value: string, named: Pins): Issuer {
  if (provider?.kind === 'aws') return AWS;
  if (provider && provider.kind !== 'oidc') return OTHER_ISSUER;
  const text = [...named].flatMap(([claim]) => claimText(claim, value))[0];
  return issuerOf(provider?.issuer ?? '', text ?? value);
}

/** Assumed roles of an AWS account. */
const AWS: Issuer = {
  name: 'AWS',
  levels: [{ fixed: /^arn:aws[\w-]*:sts::\d{12}:assumed-role\/[^/*?]+/, spans: 'roles' }],
  example: 'arn:aws:sts::111122223333:assumed-role/shop',
};

function saysWho(issuer: Issuer, pins: Pins): boolean {
  return [...pins].some(
    ([claim, all]) =>
      claim === 'sub' ||
      NAMES_OWNER.test(claim) ||
      (issuer !== OTHER_ISSUER && all.some((pin) => isWanted(pin) && claimText(claim, pin.text).length > 0)),
  );
}

function pinsOfMember(attribute: string, value: string, provider: Provider | undefined): Pins {
  const key = attribute === 'subject' ? 'google.subject' : attribute;
  const written = provider && Object.hasOwn(provider.mapping, key) ? provider.mapping[key] : undefined;
  const wanted: Wanted = { text: value, wildcards: false };
  if (written === undefined)
    return new Map([[attribute === 'subject' ? 'sub' : attribute.replace(/^attribute\./, ''), [wanted]]]);
  const parsed = parseCel(written);
  const claim = parsed && claimOf(parsed, provider?.mapping ?? {});
  if (claim !== undefined) return new Map([[claim, [wanted]]]);
  return new Map((parsed ? claimsIn(parsed) : []).map((one) => [one, ['fixed']] as const));
}

/** The claims that a text is put together from; what is cut out of a claim says less than the claim. */
function claimsIn(cel: Cel): string[] {
  if (cel.kind === 'path')
    return cel.path.startsWith('assertion.') ? [cel.path.slice('assertion.'.length)] : [];
  if (cel.kind === 'operation' && cel.operator === '+') return cel.args.flatMap(claimsIn);
  return [];
}

function reachOfPins(issuer: Issuer, pins: Pins): Reach {
  const sets = [
    ...(Object.hasOwn(NAMES_ONE, issuer.name) ? (NAMES_ONE[issuer.name] ?? []) : []),
    ...NAMES_ONE_ANYWHERE,
  ];
  if (sets.some((claims) => claims.every((claim) => isExact(pins.get(claim))))) return { kind: 'one' };
  const reaches = [...pins].flatMap(([claim, all]) => all.flatMap((pin) => reachOfPin(issuer, claim, pin)));
  const reach = narrowest(reaches);
  if (reach) return reach;
  const owned = [...pins].some(([claim, all]) => NAMES_OWNER.test(claim) && isExact(all));
  const level = owned ? issuer.levels.at(-1) : issuer.levels[0];
  return { kind: 'many', spans: level?.spans ?? 'subjects' };
}

/** Empty where the claim does not say who comes. */
function reachOfPin(issuer: Issuer, claim: string, pin: Pin): Reach[] {
  const textFor = (value: string): string[] =>
    issuer === AWS && /^(?:arn|aws_role)$/.test(claim) ? [value] : claimText(claim, value);
  if (isWanted(pin)) return textFor(pin.text).map((text) => reachOf(issuer, { ...pin, text }));
  return NAMES_OWNER.test(claim) ? [] : textFor('').map(() => ({ kind: 'one' }) as const);
}

function together(one: Pins, other: Pins): Pins {
  const result = new Map(one);
  for (const [claim, pins] of other) result.set(claim, [...(result.get(claim) ?? []), ...pins]);
  return result;
}

function isWanted(pin: Pin): pin is Wanted {
  return pin !== 'fixed';
}

function isExact(pins: readonly Pin[] | undefined): boolean {
  return pins?.some((pin) => pin === 'fixed' || !pin.wildcards) ?? false;
}

/** What the condition asks for: any one of these; undefined where it is not understood. */
function alternativesOf(condition: string, mapping: Provider['mapping']): readonly Pins[] | undefined {
  const parsed = parseCel(condition);
  const found = parsed && alternatives(parsed, mapping);
  return found && found.length <= MOST_ALTERNATIVES ? found : undefined;
}

/** An alternative without pins binds nothing. */
function alternatives(cel: Cel, mapping: Provider['mapping']): Pins[] | undefined {
  if (cel.kind === 'operation') {
    const [left, right] = cel.args;
    if (!left) return undefined;
    switch (cel.operator) {
      case '&&':
        return right && conjunction(alternatives(left, mapping), alternatives(right, mapping));
      case '||': {
        const either = [alternatives(left, mapping), right && alternatives(right, mapping)];
        return either[0] && either[1] && [...either[0], ...either[1]];
      }
      case '==': {
        const claim = claimOf(left, mapping) ?? (right && claimOf(right, mapping));
        const value = textOf(left) ?? textOf(right);
        if (claim !== undefined && value !== undefined)
          return [new Map([[claim, [{ text: value, wildcards: false }]]])];
        // A part that was cut out of a claim may bind as well as the claim.
        return cel.args.some(({ kind }) => kind === 'call') ? undefined : NOTHING;
      }
      case 'in': {
        const claim = claimOf(left, mapping);
        if (claim === undefined || right?.kind !== 'list') return NOTHING;
        const values = right.items.map(textOf);
        if (values.length > MOST_ALTERNATIVES) return undefined;
        return values.map(
          (value) => new Map([[claim, [value === undefined ? 'fixed' : { text: value, wildcards: false }]]]),
        );
      }
      case '!':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return NOTHING;
      default:
        return undefined;
    }
  }
  if (cel.kind === 'literal') return NOTHING;
  if (cel.kind !== 'call') return undefined;
  const claim = cel.target && claimOf(cel.target, mapping);
  const value = textOf(cel.args[0]);
  if (cel.name === 'has' || cel.name === 'size') return NOTHING;
  if (claim === undefined || value === undefined) return undefined;
  const text = patternOf(cel.name, value);
  return text === undefined ? undefined : [new Map([[claim, [{ text, wildcards: true }]]])];
}

const NOTHING: Pins[] = [new Map<string, Pin[]>()];

function conjunction(left: Pins[] | undefined, right: Pins[] | undefined): Pins[] | undefined {
  // What is not understood can only narrow.
  if (!left || !right) return undefined;
  if (left.length * right.length > MOST_ALTERNATIVES) return undefined;
  return left.flatMap((one) => right.map((other) => together(one, other)));
}

function patternOf(name: string, value: string): string | undefined {
  switch (name) {
    case 'startsWith':
      return `${value}*`;
    case 'endsWith':
      return `*${value}`;
    case 'contains':
      return `*${value}*`;
    case 'matches': {
      // Of regular expressions only those that are a text with `.*` in it.
      const inner = value.replace(/^\^/, '').replace(/\$$/, '');
      const text = inner.replace(/\.[*+]/g, '*').replace(/\\([./:-])/g, '$1');
      if (/[\\^$+?()[\]{}|]/.test(text)) return undefined;
      return `${value.startsWith('^') ? '' : '*'}${text}${value.endsWith('$') ? '' : '*'}`;
    }
    default:
      return undefined;
  }
}

/** The claim behind `assertion.x`, `attribute.x` or `google.subject`. */
function claimOf(cel: Cel, mapping: Provider['mapping'], depth = 0): string | undefined {
  if (cel.kind === 'call' && cel.name === 'lowerAscii' && cel.target)
    return claimOf(cel.target, mapping, depth);
  if (cel.kind !== 'path' || depth > 3) return undefined;
  if (cel.path.startsWith('assertion.')) return cel.path.slice('assertion.'.length);
  if (!/^(?:attribute\.|google\.subject$)/.test(cel.path)) return undefined;
  const written = Object.hasOwn(mapping, cel.path) ? mapping[cel.path] : undefined;
  const parsed = written === undefined ? undefined : parseCel(written);
  return parsed && claimOf(parsed, mapping, depth + 1);
}
