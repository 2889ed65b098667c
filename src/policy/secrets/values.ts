// Values that are secrets: by a shape that an issuer publishes, or because a telling name holds something real.

import { hasSymbol } from '../../plan/symbol.js';
import { namesSecret } from './names.js';

/** Prefixes and forms that the issuers document, so that their own scanners find them. Linear, and anchored by letters. */
const SHAPES: readonly { readonly noun: string; readonly pattern: RegExp }[] = [
  { noun: 'AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { noun: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/ },
  { noun: 'GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20,255}/ },
  { noun: 'Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,255}/ },
  {
    noun: 'Slack webhook',
    pattern: /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{24}/,
  },
  { noun: 'Stripe key', pattern: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}/ },
  { noun: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { noun: 'PyPI token', pattern: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}/ },
  { noun: 'Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}\b/ },
  { noun: 'Google client secret', pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}\b/ },
  { noun: 'SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  { noun: 'DigitalOcean token', pattern: /\bdo[oprt]_v1_[a-f0-9]{64}\b/ },
  { noun: 'Vault token', pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,500}/ },
  { noun: 'HCP Terraform token', pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/ },
  {
    noun: 'OpenAI key',
    pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}/,
  },
  { noun: 'Anthropic key', pattern: /\bsk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{60,200}/ },
  { noun: 'Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/ },
  { noun: 'Azure shared key', pattern: /\bSharedAccessKey=[A-Za-z0-9+/]{43}=/ },
  { noun: 'private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  {
    noun: 'signed token (JWT)',
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,2000}/,
  },
];

const LONGEST = 64 * 1024;
/** Letters with which every shape begins: a text without any of them has none. */
const HINT =
  /AKIA|ASIA|gh[pousr]_|github_pat_|gl[a-z]{2,4}-|xox|hooks\.slack|[sr]k_|npm_|pypi-|AIza|GOCSPX|SG\.|do[oprt]_v1_|hv[sbr]\.|atlasv1|sk-|AccountKey|SharedAccessKey|PRIVATE KEY|eyJ|:\/\//;

/** False where JSON, however long, holds no well-formed secret for sure. */
export function mayHoldShape(json: string): boolean {
  if (!HINT.test(json)) return false;
  // Escapes are letters too, and would hide where a word begins.
  const text = json.replace(/\\[bfnrt]/g, ' ');
  return (
    SHAPES.some(({ pattern }) => pattern.test(text)) || /:\/\/[^\s:/@"]{0,100}:[^\s/@"]{1,200}@/.test(text)
  );
}

/** What a well-formed secret inside of a text is called; undefined where there is none. A published example is one too. */
export function shapeOf(text: string): string | undefined {
  const part = text.slice(0, LONGEST);
  if (!HINT.test(part)) return undefined;
  return SHAPES.find(({ pattern }) => pattern.test(part))?.noun ?? passwordInAddress(part);
}

/** `postgres://user:password@host` */
function passwordInAddress(text: string): string | undefined {
  for (const match of text.matchAll(
    /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:([^\s:/@"'<>]{1,200})@[^\s/@"'<>]{1,200}/gi,
  ))
    if (isReal(match[1] ?? '')) return 'password in an address';
  return undefined;
}

const STANDS_FOR =
  /^(?:change(?:[\s_-]?(?:me|it|this)\S*)?|replace[\s_-]?(?:me|it|this|with\S*)?|place[\s_-]?holder|to[\s_-]?do|tbd|fix[\s_-]?me|insert\S*|put[\s_-]\S*|your\S*|my[\s_-]?(?:password|secret|token|key)|example\S*|sample\S*|dummy\S*|fake\S*|mock\S*|test(?:ing)?|temp(?:orary)?|initial|default|unset|unused|unknown|none|null|nil|n\/?a|empty|redacted|masked|hidden|secret|password|passw0rd|token|string|value|true|false|yes|no|on|off|enabled|disabled|required|optional|foo|bar|baz|lorem\S*|ignored?|managed\S*|generated|rotated|set\S*(?:later|manually|outside)\S*)$/i;

/** What points to a secret kept elsewhere. */
const POINTS =
  /^(?:arn:|@Microsoft\.KeyVault|\/subscriptions\/|projects\/[^/]+\/secrets\/|(?:vault|ssm|op|aws-?sm|awssm|gcp-?sm|azure-?kv|keyvault|secretsmanager|secret|kms|sops|env|file|ref|doppler|infisical):|\{\{|\$\{|\$\(|\$[A-Z_]+$|%[A-Z_]+%$|<[^>]*>$|\[[^\]]*\]$|!(?:Ref|Sub)|data\.|var\.|local\.)/i;

/** True for a value that a person or machine put there as a secret: no placeholder, no pointer, no plain setting. */
export function isReal(value: string): boolean {
  const text = value.trim();
  if (text.length < 6 || text.length > LONGEST || hasSymbol(text)) return false;
  if (STANDS_FOR.test(text) || POINTS.test(text)) return false;
  if (/^(.)\1*$/.test(text) || /^[*x.\-_#]+$/i.test(text) || /\.{3}|…|\*{3}|x{4}/i.test(text)) return false;
  // Addresses, paths, numbers, sentences and names of secrets are settings.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^\.{0,2}\//.test(text) || /^[A-Z]:\\/.test(text))
    return false;
  if (/^-?\d{1,9}(\.\d+)?\s?[a-z]{0,7}$/i.test(text) || /^(\S+\s+){5,}\S+$/.test(text)) return false;
  if (/^[a-z0-9_.-]+(\/[a-z0-9_.-]+)+$/.test(text) || namesSecret(text)) return false;
  return (
    !/^-----BEGIN (?:CERTIFICATE|PUBLIC KEY|[A-Z ]*PUBLIC KEY)/.test(text) &&
    !/^ssh-(?:rsa|ed25519) /.test(text)
  );
}
