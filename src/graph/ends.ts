// When a credential or an assignment ends by itself: attributes the platform enforces, or a rotation that fires.

import { X509Certificate } from 'node:crypto';
import { parseDuration } from '../access/duration.js';
import { parseDate, parseEnd } from '../access/end.js';
import { factsOf } from '../catalog/index.js';
import type { CredentialFacts } from '../catalog/types.js';
import type { Resource } from '../plan/model.js';
import type { Resolver, Target } from '../plan/resolve.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, pathOf, read, readString } from '../plan/value.js';
import type { End, Evidence } from './model.js';
import { momentOf } from './offsets.js';

const DAY = 86_400_000;
const UNIT = { seconds: 1000, hours: 3_600_000, days: DAY, months: 30 * DAY } as const;

type EndFacts = Pick<CredentialFacts, 'end' | 'lifetime' | 'certificate' | 'rotation'>;

/** The end of a credential or assignment; `none` where nothing in the plan ends it. */
export function endOf(
  resource: Resource,
  facts: EndFacts,
  now: Date,
  resolver: Resolver,
): { end: End; idleRotation: string | undefined } {
  let unknown: End | undefined;
  for (const path of facts.end ?? []) {
    const found = absoluteEnd(resource, path, now, resolver);
    if (found?.kind === 'enforced') return { end: found, idleRotation: undefined };
    unknown ??= found;
  }
  for (const { path, unit } of facts.lifetime ?? []) {
    const found = relativeEnd(resource, path, unit, now, resolver);
    if (found?.kind === 'enforced') return { end: found, idleRotation: undefined };
    unknown ??= found;
  }
  if (facts.certificate !== undefined) {
    const found = certificateEnd(resource, facts.certificate, now, resolver);
    if (found?.kind === 'enforced') return { end: found, idleRotation: undefined };
    unknown ??= found;
  }
  let idleRotation: string | undefined;
  for (const path of facts.rotation ?? []) {
    const found = rotation(resource, path, now, resolver);
    if (typeof found === 'object') return { end: found, idleRotation: undefined };
    idleRotation ??= found;
  }
  const replaced = replacement(resource, resolver);
  if (typeof replaced === 'object') return { end: replaced, idleRotation: undefined };
  return { end: unknown ?? { kind: 'none' }, idleRotation: idleRotation ?? replaced };
}

/**
 * The rotation through `replace_triggered_by`, which only the sources show. It fires when what it names is planned
 * as an update or a replacement; a `time_rotating` that ran out is planned as a create, and fires nothing.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
 */
function replacement(resource: Resource, resolver: Resolver): End | string | undefined {
  const references = resource.config?.lifecycle?.replaceTriggeredBy ?? [];
  const evidence: Evidence = { address: resource.address, path: 'lifecycle.replace_triggered_by' };
  let idle: string | undefined;
  for (const target of resolver.targets({ references: [...references] }, resolver.placeOf(resource)))
    for (const trigger of target.resources) {
      if (trigger.type === 'time_rotating')
        idle ??= `replace_triggered_by names ${trigger.address} itself, and a time_rotating that ran out is planned as a create, which triggers nothing`;
      for (const cause of resolver.targets(trigger.config?.expressions, resolver.placeOf(trigger)))
        for (const source of cause.resources)
          if (source.type === 'time_rotating')
            return { kind: 'scheduled', every: timeLength(source, 'rotation', resolver), evidence };
    }
  return idle;
}

function absoluteEnd(resource: Resource, path: string, now: Date, resolver: Resolver): End | undefined {
  const value = read(resource, pathOf(path), resolver);
  const evidence: Evidence = { address: resource.address, path };
  if (value.state === 'absent') return undefined;
  const hidden = (references: readonly string[]): End =>
    throughTime(resource, path, now, resolver) ?? { kind: 'unknown', references, evidence };
  if (value.state === 'unknown') return hidden(value.references);
  if (typeof value.value !== 'string') return undefined;
  if (hasSymbol(value.value)) return hidden(symbolsIn(value.value));
  const end = parseEnd(value.value, now);
  return end?.form === 'date' ? { kind: 'enforced', at: end.at, evidence } : undefined;
}

/**
 * An end that a `time_offset`, `time_static` or `time_rotating` of the plan will fill in: the platform enforces
 * it, and how far away it is stands in the plan.
 */
function throughTime(resource: Resource, path: string, now: Date, resolver: Resolver): End | undefined {
  const evidence: Evidence = { address: resource.address, path };
  for (const target of resolver.targets(expressionAt(resource, pathOf(path)), resolver.placeOf(resource))) {
    const [source] = target.resources;
    if (!source || target.resources.length !== 1) continue;
    const moment = momentOf(target, resolver);
    const at = moment === undefined ? undefined : parseDate(moment);
    if (at) return { kind: 'enforced', at, evidence };
    const prefix =
      source.type === 'time_offset' ? 'offset' : source.type === 'time_rotating' ? 'rotation' : undefined;
    const length = prefix && timeLength(source, prefix, resolver);
    if (length !== undefined && length > 0)
      return { kind: 'enforced', at: new Date(now.getTime() + length), evidence };
  }
  return undefined;
}

/** The end of the certificate that stands in the attribute, or that another resource of the plan will make for it. */
function certificateEnd(resource: Resource, path: string, now: Date, resolver: Resolver): End | undefined {
  for (const target of resolver.targets(expressionAt(resource, pathOf(path)), resolver.placeOf(resource)))
    for (const made of target.resources)
      for (const { certificate } of factsOf(made)) {
        const found = certificate && endOf(made, certificate, now, resolver).end;
        if (found && found.kind !== 'none') return found;
      }
  const written = readString(resource, pathOf(path), resolver);
  const at = written === undefined ? undefined : notAfter(written);
  return at && { kind: 'enforced', at, evidence: { address: resource.address, path } };
}

/** When a certificate in PEM ends; undefined for any other text. RFC 5280, 4.1.2.5 */
function notAfter(text: string): Date | undefined {
  if (!text.includes('-----BEGIN CERTIFICATE-----') || text.length > 100_000) return undefined;
  try {
    const at = new Date(new X509Certificate(text).validTo);
    return Number.isNaN(at.getTime()) ? undefined : at;
  } catch {
    return undefined;
  }
}

/** Milliseconds of a `time_offset` (`offset_days` …) or a `time_rotating` (`rotation_days` …). */
function timeLength(
  resource: Resource,
  prefix: 'offset' | 'rotation',
  resolver: Resolver,
): number | undefined {
  const table = {
    years: 365 * DAY,
    months: 30 * DAY,
    days: DAY,
    hours: 3_600_000,
    minutes: 60_000,
    seconds: 1000,
  };
  let total: number | undefined;
  for (const [unit, milliseconds] of Object.entries(table)) {
    const value = read(resource, [`${prefix}_${unit}`], resolver);
    if (value.state === 'known' && typeof value.value === 'number')
      total = (total ?? 0) + value.value * milliseconds;
  }
  return total;
}

function relativeEnd(
  resource: Resource,
  path: string,
  unit: keyof typeof UNIT | undefined,
  now: Date,
  resolver: Resolver,
): End | undefined {
  const value = read(resource, pathOf(path), resolver);
  const evidence: Evidence = { address: resource.address, path };
  if (value.state === 'absent') return undefined;
  if (value.state === 'unknown') return { kind: 'unknown', references: value.references, evidence };
  const bare =
    typeof value.value === 'string' && /^\d{1,10}$/.test(value.value) ? Number(value.value) : value.value;
  const length =
    typeof bare === 'number' && unit !== undefined
      ? bare * UNIT[unit]
      : typeof bare === 'string'
        ? parseDuration(bare)
        : undefined;
  return length !== undefined && length > 0
    ? { kind: 'enforced', at: new Date(now.getTime() + length), evidence }
    : undefined;
}

/** The rotation that changes the attribute; a text where it is wired to something that never changes. */
function rotation(
  resource: Resource,
  path: string,
  _now: Date,
  resolver: Resolver,
): End | string | undefined {
  const parts = pathOf(path);
  const value = read(resource, parts, resolver);
  if (value.state === 'absent') return undefined;
  const evidence: Evidence = { address: resource.address, path };
  for (const target of resolver.targets(expressionAt(resource, parts), resolver.placeOf(resource)))
    for (const clock of clocksBehind(target, resolver))
      return { kind: 'scheduled', every: timeLength(clock, 'rotation', resolver), evidence };
  if (value.state === 'unknown') return { kind: 'unknown', references: value.references, evidence };
  return `${path} holds only constants, so nothing makes it change`;
}

/** What replaces a resource, so that its id and all else of it becomes new. */
const REPLACES = ['triggers', 'triggers_replace', 'keepers'];

/** The `time_rotating` whose turn changes what is referred to: itself, or what a resource is replaced with. */
function clocksBehind({ resources, attribute }: Target, resolver: Resolver): Resource[] {
  return resources.flatMap((source) => {
    if (source.type === 'time_rotating') return [source];
    const given = attribute[0] === 'output' ? [...REPLACES, 'input'] : REPLACES;
    return given
      .flatMap((name) => resolver.targets(expressionAt(source, [name]), resolver.placeOf(source)))
      .flatMap((target) => target.resources.filter(({ type }) => type === 'time_rotating'));
  });
}
