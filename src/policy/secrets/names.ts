// Names that tell of a secret: `DB_PASSWORD`, `clientSecret`, `api-key`. What only stands beside one, such as
// `PASSWORD_MIN_LENGTH`, `TOKEN_URL` or `SECRET_ID`, is none.

/** `webhookSigningSecret`, `WEBHOOK_SIGNING_SECRET` and `webhook-signing-secret` are the same words. */
export function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Last words of names whose value is a secret. */
const ALONE = new Set(
  (
    'password passwd pwd passphrase passcode secret secrets token apikey accesstoken authtoken clientsecret ' +
    'secretkey privatekey psk sas'
  ).split(' '),
);

/** `PGPASSWORD`, `dbpassword`, `appsecret`: written without a separator. */
const RUN_TOGETHER = /(?:password|passwd|apikey|secretkey|privatekey|clientsecret|authtoken|accesstoken)$/;

/** What makes a `key` or a `string` a secret. */
const PAIRS = new Set([
  'api key',
  'account key',
  'jwt key',
  'license key',
  'preshared key',
  'private key',
  'secret key',
  'secret access',
  'secret string',
  'shared key',
  'key base',
  'basic auth',
  'kube config',
]);

/** The key itself, or the id of one that a platform keeps. */
const KEYS_OR_IDS = new Set(['encryption key', 'master key', 'signing key']);

/** Such a name may as well hold the name of a key, a column or a secret: only a value that looks random is one. */
const UNSURE_PAIRS = new Set([
  'access key',
  'auth key',
  'client key',
  'function key',
  'host key',
  'integration key',
  'primary key',
  'secondary key',
  'service key',
  'storage key',
]);

/** `DB_SECRET`, `TLS_SECRET`: often the name under which the secret is kept. */
const KEEPERS = new Set(
  (
    'auth aws azure bucket ca cert certificate cluster config credentials database db docker external gcp helm image ' +
    'ingress k8s kafka kubernetes manager mongo mongodb my mysql pg postgres pull rds redis registry repository ssl ' +
    'ssm target tls vault'
  ).split(' '),
);

/** `private_key_pem`, `AWS_SECRET_ACCESS_KEY` */
const LONGER = /\b(?:private key (?:pem|openssh|base64)|secret access key|pre shared key|secret key base)\b/;

/** After one of these the name speaks of something beside the secret. */
const BESIDE = new Set(
  (
    'age algorithm alias allowed arn audience bucket checksum class count created days description digest dir directory ' +
    'duration enabled endpoint env etag expiration expires expiry field file filename fingerprint flag format hash ' +
    'header host hours id ids interval issuer kind label last4 length lifetime limit location manager max maximum md5 ' +
    'metadata min minimum minutes mode name namespace param parameter path pattern period policy prefix provider ' +
    'recovery ref reference region regex required reset resource retention role rotation rule rules scope seconds ' +
    'selector service set sha sha1 sha256 sha512 size source ssm status store strength suffix table thumbprint timeout ' +
    'ttl type uri url user username usernames valid validity vault version versions window wo'
  ).split(' '),
);

/** A `token` after one of these only marks a request, a page or a version. */
const MARKS = new Set(
  'client continuation creation delimiter end event idempotency next page request source start sync update'.split(
    ' ',
  ),
);

/** `restrict_create_platform_apikey`, `allow_access_token`: whether it may be, not what it is. */
const PERMITS = new Set('allow deny disable enable force forbid permit require restrict'.split(' '));

/** Keys of telemetry that are made to be handed out: they only write, and every browser has them. */
const TELEMETRY = /\b(?:application insights|applicationinsights|appinsights|insights)\b/;

/**
 * `unless-id`: the secret itself, or the id of a key. `perhaps`: the secret or a name. `connection`: a text that may hold a
 * secret among other things.
 */
export type Told = 'surely' | 'unless-id' | 'perhaps' | 'connection';

/** Each name that tells of a secret has one of these in it, which most names have not. */
export const KEYWORDS = 'pass|pwd|secret|token|key|conn|psk|sas|auth|kube';
const KEYWORD = new RegExp(KEYWORDS, 'i');

/** How far a name tells that its value is a secret; undefined where it does not. */
export function toldBy(name: string): Told | undefined {
  if (!KEYWORD.test(name)) return undefined;
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (words.length === 0 || BESIDE.has(last) || words.includes('public') || words.includes('no'))
    return undefined;
  if (words.length > 1 && PERMITS.has(words[0] as string)) return undefined;
  // `PASSWORD_1`
  const end = /^\d+$/.test(last) ? words.slice(0, -1) : words;
  const tail = end.at(-1) ?? '';
  const pair = end.slice(-2).join(' ');
  if (/^(?:connection|conn) (?:string|str)$|^connectionstring$/.test(pair) || tail === 'connectionstring')
    return TELEMETRY.test(words.join(' ')) ? undefined : 'connection';
  if (tail === 'secret' || tail === 'secrets') {
    const before = end.at(-2);
    return before === undefined || KEEPERS.has(before) || tail === 'secrets' ? 'perhaps' : 'surely';
  }
  if (tail === 'token' && MARKS.has(end.at(-2) ?? '')) return undefined;
  if (ALONE.has(tail) || RUN_TOGETHER.test(tail) || PAIRS.has(pair) || LONGER.test(end.slice(-4).join(' ')))
    return 'surely';
  if (KEYS_OR_IDS.has(pair)) return 'unless-id';
  return UNSURE_PAIRS.has(pair) ? 'perhaps' : undefined;
}

/** A plan has few names of attributes and many places where each stands. */
const asked = new Map<string, boolean>();
const MOST_ASKED = 20_000;

/** True for a name whose value is a secret. */
export function tellsSecret(name: string): boolean {
  if (!KEYWORD.test(name)) return false;
  const known = asked.get(name);
  if (known !== undefined) return known;
  const tells = toldBy(name) !== undefined;
  if (asked.size < MOST_ASKED) asked.set(name, tells);
  return tells;
}

/** True for a name that speaks of something beside a secret: `password_hash`, `token_version`. */
export function isBeside(name: string): boolean {
  return BESIDE.has(wordsOf(name).at(-1) ?? '');
}

/** True for words such as `partner-sftp-password`: the name of a secret, not the secret. */
export function namesSecret(value: string): boolean {
  if (!/^[a-z][a-z0-9]*([-_./][a-z0-9]+)+$/.test(value)) return false;
  const words = value.split(/[-_./]/);
  // `acme-api-key-9f8e7d6c5b4a` has the secret behind its name.
  if (words.some((word) => word.length >= 10 && word.replace(/\D/g, '').length >= 3)) return false;
  return words.some((word) => ALONE.has(word) || /^(?:keys?|credentials?|creds|cert)$/.test(word));
}
