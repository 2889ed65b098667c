// Access packages: which package an identity and each of its grants belong to, and what reaches it from outside.
// Membership is explicit: a marker on the thing itself, on what it is made of, or the configuration.

import { readLabels } from '../access/labels.js';
import { statementsOf } from '../graph/effective.js';
import type { Admission, Grant, Identity } from '../graph/model.js';
import { isObject, type Json, own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol } from '../plan/symbol.js';
import { effectiveAccess } from '../policy/aws/effective.js';
import { gainedOver } from '../policy/aws/widening.js';
import { labelsOf } from './labels.js';
import type { Coverage, JudgeOptions, PackageTerms } from './model.js';

/** The package that the identity's own marker, its construct, or the configuration names. */
export function packageOf(
  identity: Identity,
  options: JudgeOptions,
): { name: string | null; terms: PackageTerms | undefined } {
  const marker = labelsOf(identity, 'package', options).find((label) => !hasSymbol(label.value))?.value;
  const marked = marker ?? identity.resource.construct?.package;
  const addresses = [identity.address, ...identity.aliases];
  const terms = options.packages.find((one) =>
    marked === undefined ? addresses.some(one.matches) : one.name === marked,
  );
  return { name: marked ?? terms?.name ?? null, terms };
}

/** How much of the identity's access its package names. */
export function coverageOf(
  identity: Identity,
  name: string,
  admissions: readonly Admission[],
  packageAt: (address: string) => string | null,
  options: JudgeOptions,
): Coverage {
  const grants = new Map<string, Grant[]>();
  for (const grant of identity.grants)
    grants.set(grant.address, [...(grants.get(grant.address) ?? []), grant]);
  const own = new Set([identity.address, ...identity.aliases]);
  const outside: Coverage['outside'][number][] = [];
  let undecided = 0;
  for (const [address, parts] of grants) {
    const bearers = [...new Set(parts.flatMap((part) => part.bearers))];
    if (bearers.some((bearer) => own.has(bearer.address))) continue;
    const markers = bearers.map((bearer) => markerOf(bearer, options));
    if (markers.includes(name)) continue;
    if (markers.includes(UNKNOWN)) undecided++;
    else outside.push({ address, kind: 'grant', packages: markers.filter(isName), twice: false });
  }
  for (const { into, evidence } of admissions) {
    const other = packageAt(into);
    if (other === name) continue;
    outside.push({
      address: evidence.address,
      kind: 'admission',
      packages: other === null ? [] : [other],
      twice: false,
    });
  }
  const total = grants.size + admissions.length;
  const inside = total - outside.length - undecided;
  const strange = new Set(outside.map(({ address }) => address));
  const named = identity.grants.filter(({ address }) => !strange.has(address));
  return {
    total,
    inside,
    percent: total === 0 ? 100 : Math.floor((100 * inside) / total),
    outside: outside.map((one) =>
      one.packages.length > 0 && gives(named, grants.get(one.address) ?? []) ? { ...one, twice: true } : one,
    ),
  };
}

/** Pairs of patterns that are compared; what is larger is not looked at. */
const MOST_COMPARISONS = 10_000;

/** True where the grants give all that the others do. */
function gives(grants: readonly Grant[], others: readonly Grant[]): boolean {
  const [had, has] = [statementsOf({ grants }), statementsOf({ grants: others })];
  const judged = new Set(grants.map(({ claim }) => (claim.language === 'judged' ? claim.text : undefined)));
  return (
    others.length > 0 &&
    others.every(
      ({ claim }) => claim.language === 'aws-iam' || (claim.language === 'judged' && judged.has(claim.text)),
    ) &&
    had.length * has.length <= MOST_COMPARISONS &&
    gainedOver(effectiveAccess(had), effectiveAccess(has)).length === 0
  );
}

/** The package that a resource itself names, or that the configuration puts it into. */
export function markedPackage(resource: Resource, options: JudgeOptions): string | undefined {
  const marker = markerOf(resource, options);
  return marker !== undefined && isName(marker) ? marker : undefined;
}

const UNKNOWN = Symbol('known only after apply');

function isName(marker: string | typeof UNKNOWN | undefined): marker is string {
  return typeof marker === 'string';
}

/** Attributes that may carry the marker, whatever the provider. */
const LABEL_PATHS = [
  ['tags_all'],
  ['tags'],
  ['labels'],
  ['effective_labels'],
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
];

/** The package that a resource itself names; a symbol where its labels are known only after apply. */
function markerOf(resource: Resource, options: JudgeOptions): string | typeof UNKNOWN | undefined {
  let hidden = false;
  for (const path of LABEL_PATHS) {
    const [values, unknown] = path.reduce(
      ([value, flags]: readonly (Json | undefined)[], part) => [first(value, part), first(flags, part)],
      [resource.values, resource.unknown],
    );
    hidden ||= unknown === true && path.length === 1 && path[0] === 'tags';
    if (!isObject(values)) continue;
    const labels = Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'string' ? [{ key, value }] : [],
    );
    const [found] = readLabels(labels, 'package', options.keys.package);
    if (found) return found.value;
  }
  // Role assignments and service accounts have no tags, only a description; Google's bindings one of their condition.
  for (const text of [resource.values, first(resource.values, 'condition')].flatMap((one) =>
    strings(first(one, 'description')),
  )) {
    const pairs = text.slice(0, 1000).matchAll(/(?:^|[\s;,])([\w.:/-]{1,60})[:=]\s?([\w./-]{1,100})/g);
    const labels = [...pairs].map(([, key = '', value = '']) => ({ key, value }));
    const [found] = readLabels(labels, 'package', options.keys.package);
    if (found) return found.value;
  }
  const configured =
    resource.construct?.package ?? options.packages.find((one) => one.matches(resource.address))?.name;
  return configured ?? (hidden ? UNKNOWN : undefined);
}

function first(value: Json | undefined, part: string): Json | undefined {
  return own(Array.isArray(value) ? value[0] : value, part);
}
