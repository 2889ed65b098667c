// All providers that the graph knows, and what it says of the types it does not.

import { aws } from './aws.js';
import { azuread, azurerm } from './azure.js';
import { cloudflare } from './cloudflare.js';
import { confluent } from './confluent.js';
import { datadog } from './datadog.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { google } from './google.js';
import { grafana } from './grafana.js';
import { kubernetes } from './kubernetes.js';
import { mongodbatlas } from './mongodbatlas.js';
import { okta } from './okta.js';
import { snowflake } from './snowflake.js';
import { tls } from './tls.js';
import type { ProviderCatalog, ResourceFacts } from './types.js';
import { vault } from './vault.js';

export const providers: readonly ProviderCatalog[] = [
  aws,
  azuread,
  azurerm,
  cloudflare,
  confluent,
  datadog,
  github,
  gitlab,
  google,
  grafana,
  kubernetes,
  mongodbatlas,
  okta,
  snowflake,
  tls,
  vault,
];

const byProvider = new Map(providers.map((catalog) => [catalog.provider, catalog]));

/** All that is known of a type, the provider-wide facts first. */
export function factsOf(resource: {
  provider: string;
  mode: 'managed' | 'data';
  type: string;
}): ResourceFacts[] {
  // A provider may come under another local name; a type's prefix is its own.
  const catalog = byProvider.get(resource.type.split('_')[0] ?? '') ?? byProvider.get(resource.provider);
  if (!catalog) return [];
  const { types, data, everyType } = catalog.tables();
  const table = resource.mode === 'data' ? data : types;
  const own = table && Object.hasOwn(table, resource.type) ? table[resource.type] : undefined;
  const every = resource.mode === 'managed' && !own?.principal ? everyType : undefined;
  return [own, every].filter((facts) => facts !== undefined);
}

/** Type names that suggest an identity or a credential. */
const SMELLS =
  /(^|_)(service_account|service_principal|iam_(role|user|member|binding)|(access|api|application|deploy|ssh|hmac|account|auth)_?keys?|tokens?|credentials?|passwords?|machine_user|service_user|robot|bot|app_registration|oauth_(client|app)|managed_identity|workload_identity\w*)($|_)/;

/** What such names hold without being one. */
const HARMLESS =
  /^(random_|time_|tls_|null_|local_)|_(kms|public)_key$|token_(policy|lifetime)|_policy$|password_policy|_rotation$|_version$|_attachment$/;

/** True for a type that smells of identity while the catalog does not know it: it is told as not covered. */
export function isUncovered(resource: { provider: string; mode: 'managed' | 'data'; type: string }): boolean {
  if (resource.mode === 'data') return false;
  const catalog = byProvider.get(resource.type.split('_')[0] ?? '');
  if (catalog && Object.hasOwn(catalog.tables().types, resource.type)) return false;
  return SMELLS.test(resource.type) && !HARMLESS.test(resource.type);
}
