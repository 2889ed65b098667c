// Names that tell of a secret: `DB_PASSWORD`, `clientSecret`, `api-key`. What only stands beside one, such as
// `PASSWORD_MIN_LENGTH`, `TOKEN_URL` or `SECRET_ID`, is none.

/** `webhookSigningSecret`, `WEBHOOK_SIGNING_SECRET` and `webhook-signing-secret` are the same words. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const ALONE = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  'secret',
  'secrets',
  'token',
  'apikey',
  'accesstoken',
  'authtoken',
  'clientsecret',
  'secretkey',
  'privatekey',
  'psk',
  'sas',
]);

/** What makes a `key` or a `string` a secret. */
const PAIRS = new Set([
  'api key',
  'access key',
  'account key',
  'auth key',
  'encryption key',
  'function key',
  'host key',
  'integration key',
  'master key',
  'preshared key',
  'primary key',
  'private key',
  'secondary key',
  'secret key',
  'secret access',
  'secret string',
  'service key',
  'shared key',
  'signing key',
  'storage key',
  'connection string',
  'conn string',
  'kube config',
  'basic auth',
]);

/** After one of these the name speaks of something beside the secret. */
const BESIDE = new Set(
  (
    'age algorithm alias allowed arn audience bucket class count days description dir directory duration enabled ' +
    'endpoint env expiration expires expiry field file filename flag format header host hours id ids interval issuer ' +
    'kind label length lifetime limit location manager max maximum metadata min minimum minutes mode name namespace ' +
    'param parameter path period policy prefix provider recovery ref reference region required reset resource retention role ' +
    'rotation scope seconds service set size source ssm status store strength suffix table timeout ttl type uri url user username ' +
    'valid validity vault version window wo hash sha256 fingerprint thumbprint pattern rule rules regex'
  ).split(' '),
);

/** True for a name whose value is a secret. */
export function tellsSecret(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (words.length === 0 || BESIDE.has(last) || words.includes('public') || words.includes('no'))
    return false;
  // `PASSWORD_1`, `primary_connection_string_alias`.
  const end = /^\d+$/.test(last) ? words.slice(0, -1) : words;
  const tail = end.at(-1) ?? '';
  if (ALONE.has(tail)) return true;
  const pair = end.slice(-2).join(' ');
  if (PAIRS.has(pair)) return true;
  // `private_key_pem`, `secret_access_key`
  return /\b(private key (pem|openssh|base64)|secret access key|pre shared key)\b/.test(
    end.slice(-4).join(' '),
  );
}

/** True for words such as `partner-sftp-password`: the name of a secret, not the secret. */
export function namesSecret(value: string): boolean {
  if (!/^[a-z][a-z0-9]*([-_./][a-z0-9]+)+$/.test(value)) return false;
  return value
    .split(/[-_./]/)
    .some((word) => ALONE.has(word) || /^(key|keys|credential|credentials|creds|cert|secret)$/.test(word));
}
