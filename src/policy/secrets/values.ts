// Values that are secrets because a telling name holds something real: no placeholder, no pointer, no plain setting.

import { hasSymbol } from '../../plan/symbol.js';
import { namesSecret, toldBy, wordsOf } from './names.js';

const LONGEST = 64 * 1024;

/** Whole values that stand for one. */
const STANDS_FOR =
  /^(?:change(?:[\s_-]?(?:me|it|this)\S*)?|to[\s_-]?do|tbd|tba|insert\S*|put[\s_-]\S*|enter[\s_-]\S*|your\S*|my[\s_-]?(?:password|secret|token|key)|test(?:ing)?|temp(?:orary)?|initial|default|unset|unused|unknown|none|null|nil|n\/?a|empty|hidden|secret|password|passw0rd|token|string|value|true|false|yes|no|on|off|enabled|disabled|required|optional|days|hours|minutes|seconds|foobar|lorem\S*|set\S*(?:later|manually|outside)\S*)$/i;

/** Words that say of a value that it is none yet, wherever they stand. */
const NOT_YET =
  /(?:^|[^a-z0-9])(?:place-?holder|replace[sd]?|change-?me|to-be-(?:set|replaced|changed|filled|rotated)|not-?set|fix-?me|overrid(?:e|es|den)|over-?write|over-?written|dummy|fake|mock|sample|example|redacted|masked|ignored?|injected|populated|provided|supplied|managed|generated|rotated|runtime|bootstrap-only)(?:$|[^a-z0-9])/i;

/** What points to a secret kept elsewhere. */
const POINTS =
  /^(?:arn:|@Microsoft\.(?:KeyVault|AppConfiguration)|\/subscriptions\/|projects\/[^/]+\/secrets\/|(?:vault|ssm|sm|op|aws-?sm|awssm|gcp-?sm|azure-?kv|keyvault|keyvaultref|secretsmanager|secret|secretref|kms|sops|env|file|ref|doppler|infisical|bitwarden):|\$\(|\$[A-Z_]+$|%[A-Z_]+%$|<[^>]*>$|\[[^\]]*\]$|!(?:Ref|Sub)|(?:data|var|local|module|each|integration|method|context|stageVariables|secrets|github)\.)|\$\{[^}]*\}|\{\{/i;

/** True for a value that a person or machine put there as a secret. */
export function isReal(value: string): boolean {
  const text = value.trim();
  if (text.length < 6 || text.length > LONGEST || hasSymbol(text)) return false;
  if (STANDS_FOR.test(text) || NOT_YET.test(text.slice(0, 200).replace(/[\s_.]/g, '-')) || POINTS.test(text))
    return false;
  if (/^(.)\1*$/.test(text) || /^[*x.\-_#]+$/i.test(text) || /\.{3}|…|\*{3}|x{4}/i.test(text)) return false;
  // Addresses, paths, hosts, numbers, sentences and names of secrets are settings.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^\.{0,2}\//.test(text) || /^[A-Z]:\\/.test(text))
    return false;
  if (/^-?\d{1,9}(\.\d+)?\s?[a-z]{0,7}$/i.test(text) || /^(\S+\s+){5,}\S+$/.test(text)) return false;
  if (isPath(text) || isHost(text) || namesSecret(text)) return false;
  return (
    !/^-----BEGIN (?:CERTIFICATE|PUBLIC KEY|[A-Z ]{1,40}PUBLIC KEY)/.test(text) &&
    !/^(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-[a-z0-9-]{1,30}) /.test(text)
  );
}

/** True where a name and its value together make a secret: `DB_PASSWORD` and something real. */
export function isSecret(name: string, value: string): boolean {
  const told = toldBy(name);
  if (told === undefined) return false;
  if (told === 'connection') return passwordIn(value) !== undefined;
  if (!isReal(value) || wordsOf(value).join('') === wordsOf(name).join('')) return false;
  if (told === 'unless-id') return !ID.test(value.trim());
  return told === 'surely' || !isName(value);
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The password of `Server=…;User ID=app;Password=…`; those that sign in with an identity have none. */
export function passwordIn(text: string): string | undefined {
  const [, value = ''] =
    /(?:^|;)\s{0,9}(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature)\s{0,9}=\s{0,9}([^;]{1,400})/i.exec(
      text.slice(0, LONGEST),
    ) ?? [];
  return isReal(value) ? value.trim() : undefined;
}

/** `orders-db`, `Payments.Prod`: words, as names are made of; a run of letters and digits without words is none. */
function isName(value: string): boolean {
  const text = value.trim();
  if (ID.test(text)) return true;
  if (text.length > 80 || !/^[a-z][a-z0-9]*(?:[-_./:\s][a-z0-9]+)*$/i.test(text)) return false;
  return text.split(/[-_./:\s]/).every((word) => word.length < 16 || !/\d/.test(word));
}

/** `merchant/invoice-renderer/api-key`, `prod/Payments` */
function isPath(text: string): boolean {
  return (
    /^[a-z0-9_.-]+(\/[a-z0-9_.-]+)+$/.test(text) ||
    /^[A-Za-z][A-Za-z_.-]*\d{0,4}(?:\/[A-Za-z][A-Za-z_.-]*\d{0,4})+$/.test(text)
  );
}

function isHost(text: string): boolean {
  return /^(?:[a-z0-9-]{1,63}\.){1,10}(?:internal|local|com|net|org|io|example|cloud|dev|app|svc)$/.test(
    text,
  );
}
