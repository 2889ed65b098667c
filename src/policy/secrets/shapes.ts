// Secrets by a shape that their issuers publish, so that scanners find them: a prefix, a length, an alphabet. A key of
// such a shape is one even where it is a published example. Every expression is linear and begins with letters.

import { isReal, passwordIn } from './values.js';

interface Shape {
  readonly noun: string;
  readonly pattern: RegExp;
}

const SHAPES: readonly Shape[] = [
  { noun: 'AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { noun: 'Bedrock API key', pattern: /\bABSK[A-Za-z0-9+/]{80,400}={0,2}/ },
  { noun: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/ },
  { noun: 'GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_-]{20,255}/ },
  { noun: 'Slack token', pattern: /\bxox[abeprs]-[A-Za-z0-9-]{10,255}/ },
  { noun: 'Slack token', pattern: /\bxapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-f0-9]{60,80}/ },
  {
    noun: 'Slack webhook',
    pattern: /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{24}/,
  },
  {
    noun: 'Discord webhook',
    pattern: /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,80}/,
  },
  { noun: 'Stripe key', pattern: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}/ },
  { noun: 'Stripe webhook secret', pattern: /\bwhsec_[A-Za-z0-9]{32,64}/ },
  { noun: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { noun: 'PyPI token', pattern: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}/ },
  { noun: 'RubyGems key', pattern: /\brubygems_[a-f0-9]{48}\b/ },
  { noun: 'Docker token', pattern: /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,64}/ },
  { noun: 'Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}\b/ },
  { noun: 'Google client secret', pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}\b/ },
  { noun: 'SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  { noun: 'Mailgun key', pattern: /\bkey-[a-f0-9]{32}\b/ },
  { noun: 'DigitalOcean token', pattern: /\bdo[oprt]_v1_[a-f0-9]{64}\b/ },
  { noun: 'Vault token', pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,500}/ },
  { noun: 'HCP Terraform token', pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/ },
  { noun: 'Pulumi token', pattern: /\bpul-[a-f0-9]{40}\b/ },
  { noun: 'Doppler token', pattern: /\bdp\.(?:pt|st|sa|ct|scim|audit)\.[A-Za-z0-9_.-]{40,80}/ },
  { noun: 'Grafana token', pattern: /\bgl(?:sa_[A-Za-z0-9]{32}_[a-f0-9]{8}|c_[A-Za-z0-9+/]{32,400})/ },
  { noun: 'New Relic key', pattern: /\bNRAK-[A-Z0-9]{27}\b/ },
  { noun: 'Sentry token', pattern: /\bsntry[su]_[A-Za-z0-9+/=_]{40,400}/ },
  { noun: 'Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/ },
  { noun: 'Databricks token', pattern: /\bdapi[a-f0-9]{32}(?:-\d)?\b/ },
  { noun: 'Hugging Face token', pattern: /\bhf_[A-Za-z]{34}\b/ },
  { noun: 'Atlassian token', pattern: /\bATATT3[A-Za-z0-9_=-]{100,300}/ },
  { noun: 'Buildkite token', pattern: /\bbk(?:ua|pt)_[a-f0-9]{40}\b/ },
  { noun: 'CircleCI token', pattern: /\bCCIPAT_[A-Za-z0-9]{22}_[a-f0-9]{40}/ },
  { noun: 'Linear key', pattern: /\blin_api_[A-Za-z0-9]{40}\b/ },
  { noun: 'Postman key', pattern: /\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b/ },
  { noun: 'Square token', pattern: /\bsq0(?:atp-[A-Za-z0-9_-]{22}|csp-[A-Za-z0-9_-]{43})/ },
  { noun: 'age key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/ },
  {
    noun: 'OpenAI key',
    pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}/,
  },
  { noun: 'Anthropic key', pattern: /\bsk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{60,200}/ },
  { noun: 'Azure client secret', pattern: /\b[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/ },
  { noun: 'Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/ },
  { noun: 'Azure shared key', pattern: /\bSharedAccessKey=[A-Za-z0-9+/]{43}=/ },
  { noun: 'Azure shared access signature', pattern: /[?&;]sig=[A-Za-z0-9%+/]{40,100}(?:=|%3[dD])/ },
  { noun: 'private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  {
    noun: 'signed token (JWT)',
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,2000}/,
  },
];

/** How far a text is read. */
export const LONGEST = 64 * 1024;

/** Letters of which every shape has some: a text without any of them has none. */
const HINT =
  /AKIA|ASIA|ABSK|gh[pousr]_|github_pat_|gl[a-z]{1,5}[-_]|xox|xapp-|hooks\.slack|discord|[sr]k_|whsec_|npm_|pypi-|rubygems_|dckr_|AIza|GOCSPX|SG\.|key-|do[oprt]_v1_|hv[sbr]\.|atlasv1|pul-|dp\.|NRAK|sntry|shp[a-z]{2}_|dapi|hf_|ATATT|bk[a-z]{2}_|CCIPAT|lin_api|PMAK|sq0|AGE-|sk-|Q~|AccountKey|SharedAccessKey|sig=|PRIVATE KEY|eyJ|:\/\/|[Pp](?:ass)?[Ww](?:or)?d=/;

/** A well-formed secret inside of a text. */
export interface Shaped {
  /** What such a secret is called. */
  readonly noun: string;
  readonly secret: string;
}

/** What a well-formed secret inside of a text is called; undefined where there is none. */
export function shapeOf(text: string): string | undefined {
  return shapeIn(text)?.noun;
}

/** The first well-formed secret inside of a text; undefined where there is none. */
export function shapeIn(text: string): Shaped | undefined {
  const part = text.slice(0, LONGEST);
  if (!HINT.test(part)) return undefined;
  for (const { noun, pattern } of SHAPES) {
    const found = pattern.exec(part);
    if (found) return { noun, secret: noun === 'private key' ? keyFrom(part.slice(found.index)) : found[0] };
  }
  for (const [, password = ''] of part.matchAll(ADDRESS))
    if (isReal(password)) return { noun: 'password in an address', secret: password };
  const password = CONNECTION.test(part) ? passwordIn(part) : undefined;
  return password === undefined ? undefined : { noun: 'password in a connection string', secret: password };
}

/** A private key to its end, however its lines are broken and indented: its first line is that of every key. */
function keyFrom(text: string): string {
  return (text.split('-----END')[0] ?? '').replace(/\\n|\s/g, '');
}

/** `postgres://user:password@host` */
const ADDRESS = /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:([^\s:/@"'<>]{1,200})@[^\s/@"'<>]{1,200}/gi;

/** What else stands in a connection string. */
const CONNECTION = /(?:^|;)\s{0,9}(?:server|data source|host|user id|uid|username|user)\s{0,9}=/i;

/** False where JSON, however long, holds no well-formed secret for sure. */
export function mayHoldShape(json: string): boolean {
  if (!HINT.test(json)) return false;
  // Escapes are letters too, and would hide where a word begins.
  const text = json.replace(/\\[bfnrt]/g, ' ');
  return (
    SHAPES.some(({ pattern }) => pattern.test(text)) ||
    /:\/\/[^\s:/@"]{0,100}:[^\s/@"]{1,200}@|[Pp](?:ass)?[Ww](?:or)?d=/.test(text)
  );
}
