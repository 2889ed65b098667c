// The credentials of an inventory as a cryptographic bill of materials: https://cyclonedx.org/docs/1.6/json/
// Only they are assets that the standard knows; the identity that each proves stands in its properties.

import type { Inventory, ListedIdentity } from '../verdict/inventory.js';
import type { CredentialView } from '../verdict/view.js';
import type { Tool } from './json.js';

export function renderCycloneDx({ identities }: Inventory, { name, version }: Tool): string {
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { tools: { components: [{ type: 'application', name, version }] } },
    components: identities.flatMap((identity) =>
      identity.credentials.map((credential) => component(identity, credential)),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function component(identity: ListedIdentity, credential: CredentialView): object {
  const [{ path } = { path: '' }] = identity.sources;
  const { owner, expiry, scope } = identity;
  const properties = {
    identity: identity.address,
    'identity:id': identity.id,
    'identity:kind': identity.kind,
    package: identity.package,
    owner: owner.value,
    'owner:verdict': owner.verdict,
    'expiry:verdict': expiry.verdict,
    'scope:verdict': scope.verdict,
    'credential:end': credential.end.kind,
    'credential:rotation': credential.end.everySeconds === null ? null : `PT${credential.end.everySeconds}S`,
    source: path,
  };
  return {
    type: 'cryptographic-asset',
    // An identity has one source with its id, so this is one credential of one file.
    'bom-ref': JSON.stringify([path, identity.address, identity.id, credential.address, credential.noun]),
    name: credential.address,
    description: `${credential.noun} of ${identity.name}`,
    cryptoProperties: asset(credential),
    properties: Object.entries(properties).flatMap(([name, value]) =>
      value === null ? [] : [{ name: `leasehold:${name}`, value }],
    ),
  };
}

function asset({ noun, end }: CredentialView): object {
  if (/certificate/i.test(noun))
    return {
      assetType: 'certificate',
      certificateProperties: end.at === null ? {} : { notValidAfter: end.at },
    };
  const type = MATERIALS.find(([pattern]) => pattern.test(noun))?.[1] ?? 'credential';
  return {
    assetType: 'related-crypto-material',
    relatedCryptoMaterialProperties: { type, ...(end.at !== null && { expirationDate: end.at }) },
  };
}

/** What the standard calls a credential by what reviewers call it; the first that fits. */
const MATERIALS = [
  [/password/i, 'password'],
  [/token|jwt/i, 'token'],
  [/private key|key pair|ssh key|deploy key|account key/i, 'private-key'],
  [/hmac|shared key|secret key/i, 'secret-key'],
] as const;
