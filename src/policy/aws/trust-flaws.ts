// What a reviewer is told where a policy lets in more than it should, and how to mend it.

import { showSymbols } from '../../plan/symbol.js';
import type { Flaw } from '../federation.js';

/** What those who are let in can do: `become this role`. */
export type Deed = 'become this role' | 'reach this resource';

export function anyone(deed: Deed): Flaw {
  return {
    id: 'anyone',
    text: `Anyone can ${deed}, from any AWS account`,
    help: 'Name the principals, or bind * with "StringEquals": { "aws:PrincipalOrgID": "o-…" }',
  };
}

export function everybodyBut(deed: Deed): Flaw {
  return {
    id: 'not-principal',
    text: `Everybody can ${deed} but those that NotPrincipal names`,
    help: 'Name those who may with Principal; NotPrincipal is for Deny',
  };
}

export const ANY_SERVICE: Flaw = {
  id: 'any-service',
  text: 'Every AWS service can become this role',
  help: 'Name the service: { "Service": "lambda.amazonaws.com" }',
};

const KNOWN = 'if you know the account, add it to accounts in leasehold.yaml';

export function foreignAccount(account: string, deed: Deed): Flaw {
  return deed === 'become this role'
    ? {
        id: 'foreign-account-without-external-id',
        text: `Whomever account ${account} chooses can become this role: no external id is asked for`,
        help: `Name one role of that account, or add "StringEquals": { "sts:ExternalId": "…" }; ${KNOWN}`,
      }
    : {
        id: 'foreign-account',
        text: `Whomever account ${account} chooses can reach this resource`,
        help: `Name one role of that account; ${KNOWN}`,
      };
}

/** `account` is the own one, where only one is known. */
export function confusedDeputy(service: string, account: string | undefined): Flaw {
  return {
    id: 'confused-deputy',
    text: `${service} can be made to use this role for somebody else's resource`,
    help: `Add "StringEquals": { "aws:SourceAccount": "${account ?? 'your account id'}" }, or aws:SourceArn with the one resource`,
  };
}

/** https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
export const ANY_CERTIFICATE: Flaw = {
  id: 'any-certificate',
  text: 'Whoever has a certificate of any trust anchor in the account can become this role',
  help: 'Ask for the anchor with "ArnEquals": { "aws:SourceArn": "…" }, and for the holder with "StringEquals": { "aws:PrincipalTag/x509Subject/CN": "…" }',
};

/** A service that calls whatever anybody's resource tells it to. */
export function sentByOthers(service: string): Flaw {
  return {
    id: 'confused-deputy',
    text: `${service} calls it for anybody's resource, whatever account that is in`,
    help: 'Set source_arn to the one resource that calls it, or source_account to your account',
  };
}

/** An endpoint that asks nobody who they are. */
export function noAuthorizer(attribute: string): Flaw {
  return {
    id: 'no-authorizer',
    text: `Anyone on the internet can call it: ${attribute} is NONE`,
    help: `Ask callers to sign their requests (AWS_IAM), or for tokens where ${attribute} offers that`,
  };
}

/** An endpoint that takes tokens, whoever they were made for. */
export function anyToken(issuer: string): Flaw {
  return {
    id: 'oidc-audience-missing',
    text: `Any token of ${showSymbols(issuer)} will do: neither its audience nor its client is asked for`,
    help: 'Set allowed_audience or allowed_clients to those that may call',
  };
}

export const ANY_POOL: Flaw = {
  id: 'cognito-pool-missing',
  text: 'Any identity pool of Cognito will do, those of other accounts included',
  help: 'Ask for your pool in cognito-identity.amazonaws.com:aud, and for authenticated in :amr',
};

export const GUESTS: Flaw = {
  id: 'cognito-guests',
  text: 'Guests of the Cognito identity pool can become this role as its users can',
  help: 'Add "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" }',
};
