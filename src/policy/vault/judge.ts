// How far the rules of a Vault policy reach, and which of them raise rights.

import { showSymbols } from '../../plan/symbol.js';
import { SCOPE_VERDICTS, type ScopeVerdict } from '../scope-verdict.js';
import type { PathRule } from './document.js';

export interface VaultVerdict {
  readonly level: ScopeVerdict;
  /** What made the verdict, in one sentence. */
  readonly text: string;
  /** How it can raise its own rights; undefined where it cannot, or has them all already. */
  readonly escalates: string | undefined;
}

const WRITES = new Set(['create', 'update', 'patch', 'delete', 'sudo']);

/** What the word after a mount stands for: no folder of its own, all of it is meant. */
const KINDS =
  /^(?:data|metadata|delete|undelete|destroy|subkeys|creds|static-creds|creds-static|sts|token|key|issue|sign|sign-verbatim|role|roles|decrypt|encrypt|hmac|rewrap|datakey|export|\+)$/;

/**
 * Paths by which somebody who writes there gives rights to whom they like.
 * https://developer.hashicorp.com/vault/docs/concepts/policies#root-protected-api-endpoints
 */
const RAISING: readonly { readonly path: RegExp; readonly text: string }[] = [
  { path: /^sys\/(?:\*|\+|policy(?:\/|\*|$)|policies\/(?:acl|\*|\+))/, text: 'may write policies' },
  { path: /^sys\/auth(?:\/|\*|$)/, text: 'may mount ways to sign in' },
  {
    path: /^auth\/(?:\*|[^/]+\/(?:\*|\+$|(?:role|roles|users|groups|map|certs)\/[^/]*$))/,
    text: 'may change who signs in with which policies',
  },
  {
    path: /^identity\/(?:\*|\+|(?:entity|group)(?:\/|\*|-|$))/,
    text: 'may give policies to entities and groups',
  },
];

export function judgeVaultPolicy(rules: readonly PathRule[]): VaultVerdict {
  const denied = new Set(
    rules.filter(({ capabilities }) => capabilities.includes('deny')).map(({ path }) => path),
  );
  const judged = rules.filter(({ path }) => !denied.has(path)).map(judgeRule);
  const worst = SCOPE_VERDICTS.toReversed().find((level) => judged.some((one) => one.level === level));
  const decisive = judged.filter((one) => one.level === worst);
  const raising = judged.find(({ escalates }) => escalates !== undefined);
  return {
    level: worst ?? 'bounded',
    text: [...new Set(decisive.map(({ text }) => text))].slice(0, 3).join('; ') || 'no paths',
    escalates: worst === 'unbounded' ? undefined : raising?.escalates,
  };
}

function judgeRule({ path: written, capabilities }: PathRule): VaultVerdict {
  const path = written.replace(/^\//, '');
  const text = `${capabilities.join(', ')} on ${showSymbols(path)}`;
  const writes = capabilities.some((one) => WRITES.has(one));
  const sudo = capabilities.includes('sudo') && !path.startsWith('sys/leases/');
  const everything = /^(?:\+\/)*\*$/.test(path);
  // Whoever makes tokens with sudo is bound by no policy of their own.
  const rules = sudo && (/[*+]/.test(path) || path === 'auth/token/create');
  if ((everything && writes) || rules) return { level: 'unbounded', text, escalates: undefined };
  const raising = writes ? RAISING.find((one) => one.path.test(path)) : undefined;
  const wide = everything || spansMount(path, writes);
  return {
    level: sudo || (wide && (writes || capabilities.includes('read'))) ? 'broad' : 'bounded',
    text,
    escalates: raising && `${raising.text}: ${text}`,
  };
}

/**
 * True where nothing but the mount stands fast: `secret/*`, `secret/data/*`, `database/creds/*`. Below it a folder, or
 * the beginning of one, has to: `secret/data/shop/*`.
 */
function spansMount(path: string, writes: boolean): boolean {
  if (!/[*+]/.test(path)) return false;
  const [mount = '', kind = '', ...rest] = path.split('/');
  if (/[*+]/.test(mount)) return true;
  // What tells of the server and of secrets is not what they hold.
  if ((mount === 'sys' || kind === 'metadata') && !writes) return false;
  const [folder = ''] = KINDS.test(kind) && rest.length > 0 ? rest : [kind];
  return folder === '*' || folder === '+';
}
