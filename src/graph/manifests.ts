// A manifest of Kubernetes says in one attribute what a typed resource says in several, so it is read as that resource.

import { MANIFEST_KINDS } from '../catalog/kubernetes.js';
import type { ManifestFacts } from '../catalog/types.js';
import { isObject, type Json, type JsonObject, own, ownString } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import type { Resolver } from '../plan/resolve.js';
import { pathOf, read } from '../plan/value.js';

/**
 * The typed resource that a manifest comes down to, under the manifest's own address; undefined where its kind takes no part
 * in access, or is known only after apply.
 */
export function fromManifest(
  resource: Resource,
  { path }: ManifestFacts,
  resolver: Resolver,
): Resource | undefined {
  const manifest = read(resource, pathOf(path), resolver);
  if (manifest.state !== 'known' || !isObject(manifest.value)) return undefined;
  const kind = `${groupOf(manifest.value)}/${ownString(manifest.value, 'kind') ?? ''}`;
  const type = Object.hasOwn(MANIFEST_KINDS, kind) ? MANIFEST_KINDS[kind] : undefined;
  if (type === undefined) return undefined;
  return { ...resource, type, values: valuesOf(manifest.value), unknown: {}, config: undefined };
}

/** `rbac.authorization.k8s.io` of `rbac.authorization.k8s.io/v1`; the core group has no name. */
function groupOf(manifest: JsonObject): string {
  const [group = '', version] = (ownString(manifest, 'apiVersion') ?? '').split('/');
  return version === undefined ? '' : group;
}

/** Names and labels are the writer's own; all other keys are Kubernetes', which the provider spells with underscores. */
function valuesOf(manifest: JsonObject): JsonObject {
  return {
    metadata: own(manifest, 'metadata') ?? {},
    type: own(manifest, 'type') ?? null,
    rule: respelt(own(manifest, 'rules')),
    aggregation_rule: respelt(own(manifest, 'aggregationRule')),
    role_ref: respelt(own(manifest, 'roleRef')),
    subject: respelt(own(manifest, 'subjects')),
    spec: respelt(own(manifest, 'spec')),
  };
}

function respelt(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(respelt);
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [underscored(key), respelt(item)]));
}

/** `nonResourceURLs` → `non_resource_urls` */
function underscored(key: string): string {
  return key.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);
}
