// Who may sign in to a role of Vault with a token of somebody else: a JWT, or a service account of a cluster.
// https://developer.hashicorp.com/vault/docs/auth/jwt · https://developer.hashicorp.com/vault/docs/auth/kubernetes

import { showSymbols } from '../../plan/symbol.js';
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

export interface JwtBindings {
  /** Address of the issuer; undefined where the backend is not in the plan. */
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
  /** What each claim has to be; one of several values will do. */
  readonly claims: readonly { readonly claim: string; readonly values: readonly string[] }[];
  /** `*` in the values of claims stands for anything. */
  readonly wildcards: boolean;
}

export interface LoginReading {
  /** For reviewers. */
  readonly who: string;
  readonly subjects: readonly TokenSubject[];
  readonly openings: readonly Flaw[];
}

/** All bindings have to hold, so the narrowest decides. */
export function readJwtLogin({
  issuer: address = '',
  subject,
  claims,
  wildcards,
}: JwtBindings): LoginReading {
  const asked: Wanted[][] = [
    ...(subject ? [[{ text: subject, wildcards: false }]] : []),
    ...claims
      .map(({ claim, values }) =>
        values.flatMap((value) => wantedBy(claim.replace(/^\//, ''), value, wildcards)),
      )
      .filter((wanted) => wanted.length > 0),
  ];
  const issuer = issuerOf(address, asked[0]?.[0]?.text);
  if (asked.length === 0) {
    const who = `any token of ${issuer.name || address || 'the issuer'}`;
    // An issuer of one's own gives tokens to one's own people; what binds them is not known here.
    const open = issuer.name !== '' && claims.length === 0;
    return { who, subjects: [], openings: open ? [flawOfMissingSubject(issuer, address)] : [] };
  }
  const reaches = asked.map((texts) => widest(texts.map((one) => reachOf(issuer, one))));
  const reach = narrowest(reaches);
  const texts = asked[reach ? reaches.indexOf(reach) : 0] ?? [];
  const wide = texts.filter((one) => reachOf(issuer, one).kind === 'many').map(({ text }) => text);
  return {
    who: texts.map((one) => wordsOf(issuer, one)).join(', '),
    subjects: texts.map((one) => subjectOf(issuer, one)),
    openings: reach?.kind === 'many' && issuer.name !== '' ? [flawOfSpan(issuer, reach.spans, wide)] : [],
  };
}

/** The part of a subject that a claim stands for; nothing where it does not say who comes. */
function wantedBy(claim: string, value: string, wildcards: boolean): Wanted[] {
  // GitLab tells the project in claims of their own, beside the subject.
  if (claim === 'project_path') return [{ text: `project_path:${value}`, wildcards }];
  if (claim === 'namespace_path') return [{ text: `project_path:${value}/*`, wildcards: true }];
  return claimText(claim, value).map((text) => ({ text, wildcards }));
}

/** A `*` stands for every namespace, or every service account. */
export function readClusterLogin({
  namespaces,
  names,
}: {
  readonly namespaces: readonly string[];
  readonly names: readonly string[];
}): LoginReading {
  const issuer = issuerOf('', 'system:serviceaccount:');
  const wanted = namespaces.flatMap((namespace) =>
    names.map((name) => ({ text: `system:serviceaccount:${namespace}:${name}`, wildcards: true })),
  );
  const wide = wanted.filter((one) => reachOf(issuer, one).kind === 'many').map(({ text }) => text);
  return {
    who: wanted.map((one) => wordsOf(issuer, one)).join(', ') || 'service accounts',
    subjects: wanted.map((one) => subjectOf(issuer, one)),
    openings: wide.length > 0 ? [flawOfSpan(issuer, 'namespaces', wide)] : [],
  };
}

/** AppRole: whoever knows the role id, where no secret id is asked for. */
export function readRoleId(secretIdNeeded: boolean, cidrs: readonly string[]): LoginReading {
  if (secretIdNeeded) return { who: '', subjects: [], openings: [] };
  const anywhere = cidrs.length === 0 || cidrs.some((cidr) => cidr.endsWith('/0'));
  const open: Flaw = {
    id: 'vault-role-id-alone',
    text: 'Whoever knows the role id may sign in: no secret id is asked for, and no network',
    help: 'Leave bind_secret_id on, or name the networks in token_bound_cidrs; a role id is no secret',
  };
  return { who: 'whoever knows the role id', subjects: [], openings: anywhere ? [open] : [] };
}

/** Somebody of another platform, by name; a name that is all wildcard is anybody there. */
export function readBound(who: string, names: readonly string[]): LoginReading {
  const anybody = names.filter((name) => /^\*$|^arn:[\w-]*:(?:iam|sts)::\*/.test(name));
  return {
    who: names.length > 0 ? `${who} ${names.map(showSymbols).join(', ')}` : who,
    subjects: [],
    openings:
      anybody.length === 0
        ? []
        : [
            {
              id: 'vault-bound-to-anybody',
              text: `Any of the ${who} may sign in: ${anybody.join(', ')} binds nobody`,
              help: 'Name the principals that may sign in, without a wildcard for their account',
            },
          ],
  };
}
