// Findings that stood before anybody looked: listed in a file, told as accepted, and new again as soon as what decided
// them changes.

import { createHash } from 'node:crypto';
import type { Identity } from '../graph/model.js';
import { JsonError, parseJson } from '../input/json.js';
import { InputError } from '../input/read-plan.js';
import { isObject, type Json, own } from '../plan/json.js';
import type { Plan, Resource } from '../plan/model.js';
import type { JudgedIdentity } from '../verdict/model.js';
import type { Category, Finding, Waived } from './finding.js';

export interface BaselineEntry {
  /** Id of the rule. */
  readonly rule: string;
  readonly address: string;
  /** Of the attributes that decided the finding: 32 hexadecimal digits. */
  readonly deciding: string;
}

export interface Baseline {
  /** The file, for what is told about it. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineOutcome {
  /** What is not in the baseline, in the order it came. */
  readonly findings: Finding[];
  readonly waived: Waived[];
  /** Entries that some finding matches. */
  readonly used: ReadonlySet<BaselineEntry>;
}

/** What a report says in place of a waiver: nobody answers for a baseline, and it ends when the resource changes. */
const ACCEPTED: Waived['waiver'] = { reason: 'baseline', owner: null, expires: null };

/** True for what the baseline accepts, and no waiver. */
export function isKnown({ waiver }: Waived): boolean {
  return waiver.reason === ACCEPTED.reason && waiver.owner === null;
}

/** Moves findings that the baseline knows to the waived ones. */
export function applyBaseline(
  findings: readonly Finding[],
  { entries }: Baseline,
  entryOf: (finding: Finding) => BaselineEntry,
  waivable: (rule: string) => boolean,
): BaselineOutcome {
  const known = new Map(entries.map((entry) => [keyOf(entry), entry]));
  const used = new Set<BaselineEntry>();
  const outcome = { findings: [] as Finding[], waived: [] as Waived[], used };
  for (const finding of findings) {
    const entry = waivable(finding.rule) ? known.get(keyOf(entryOf(finding))) : undefined;
    if (entry) {
      used.add(entry);
      outcome.waived.push({ ...finding, waiver: ACCEPTED });
    } else outcome.findings.push(finding);
  }
  return outcome;
}

/** Writes entries for findings of one plan. */
export function entryWriter(
  plan: Plan,
  identities: readonly JudgedIdentity[],
): (finding: Finding) => BaselineEntry {
  const resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
  const byAddress = new Map(identities.map(({ identity }) => [identity.address, identity]));
  return (finding) => {
    const { rule, address } = finding;
    // A finding at a key or a grant is about that alone, whatever else its identity has.
    const identity = finding.identity === address ? byAddress.get(address) : undefined;
    return { rule, address, deciding: hash(decidingOf(finding, identity, resources)) };
  };
}

/**
 * The values of these are never hashed: a secret in an attribute that no provider marks as sensitive could be guessed
 * from the hash.
 */
const ABOUT_SECRETS: readonly Category[] = ['secret-exposed', 'secret-in-state', 'static-credential'];

function decidingOf(
  { identity: named, category, evidence }: Finding,
  identity: Identity | undefined,
  resources: ReadonlyMap<string, Resource>,
): Json {
  const read = evidence.length > 0 ? evidence : identity ? readFrom(identity) : [];
  const facts = read.map((text) => {
    const place = placeIn(text, resources);
    if (!place || ABOUT_SECRETS.includes(category)) return [text];
    return [place.resource.address, place.attribute, hashable(place)];
  });
  return {
    identity: named,
    // A new key, trust or grant makes a finding new, whatever it was read from.
    access: identity ? accessOf(identity) : [],
    labels: identity && evidence.length === 0 ? labelKeys(identity) : [],
    facts: [...new Set(facts.map((fact) => JSON.stringify(fact)))].sort(),
  };
}

/** Where a finding names no evidence, it is about what is missing: whatever could have held it decides. */
function readFrom({ descriptions, owners, ways }: Identity): string[] {
  return [...descriptions, ...owners, ...ways].map(({ evidence }) => `${evidence.address} ${evidence.path}`);
}

/** Of labels that hold nothing of what is asked for, the keys say enough. */
function labelKeys({ labels }: Identity): string[] {
  return [...new Set(labels.map(({ key }) => key))].sort();
}

function accessOf({ credentials, ways, grants, workloads }: Identity): string[] {
  const addresses = [
    ...credentials.map(({ address }) => `credential ${address}`),
    ...ways.map(({ evidence }) => `way ${evidence.address}`),
    ...grants.map(({ address }) => `grant ${address}`),
    ...workloads.map((address) => `workload ${address}`),
  ];
  return [...new Set(addresses)].sort();
}

interface Place {
  readonly resource: Resource;
  readonly attribute: string;
  /** `Owner` of `tags_all.Owner`. */
  readonly rest: string;
}

/** `aws_iam_role.batch tags_all.Owner` → its parts. Keys of instances may hold spaces. */
function placeIn(evidence: string, resources: ReadonlyMap<string, Resource>): Place | undefined {
  for (let space = evidence.indexOf(' '); space > 0; space = evidence.indexOf(' ', space + 1)) {
    const resource = resources.get(evidence.slice(0, space));
    if (!resource) continue;
    const path = evidence.slice(space + 1);
    const [attribute = ''] = path.split(/[.[,\s]/, 1);
    return { resource, attribute, rest: path.slice(attribute.length + 1) };
  }
  return undefined;
}

/** Of a map the one entry that was read, since its neighbours may hold anything; else the whole attribute. */
function hashable({ resource, attribute, rest }: Place): Json {
  // No value of the resource: of these the moment at which they take it away decides.
  if (attribute === 'count' || attribute === 'for_each')
    return resource.config?.removal?.(resource)?.at.toISOString() ?? null;
  let [value, sensitive, unknown] = [resource.values, resource.sensitive, resource.unknown].map((shape) =>
    own(shape, attribute),
  );
  if (isObject(value) && sensitive !== true && unknown !== true) {
    [value, sensitive, unknown] = [value, sensitive, unknown].map((shape) => own(shape, rest));
  }
  return visible(value ?? null, sensitive, unknown);
}

/** The value without what is sensitive, and in one spelling: keys sorted, JSON text read. */
function visible(value: Json, sensitive: Json | undefined, unknown: Json | undefined): Json {
  if (sensitive === true) return ['sensitive'];
  if (unknown === true) return ['unknown'];
  if (Array.isArray(value))
    return value.map((item, index) => visible(item, itemOf(sensitive, index), itemOf(unknown, index)));
  if (isObject(value)) {
    const keys = [...new Set([...Object.keys(value), ...Object.keys(isObject(unknown) ? unknown : {})])];
    return keys
      .sort()
      .map((key) => [key, visible(own(value, key) ?? null, own(sensitive, key), own(unknown, key))]);
  }
  return typeof value === 'string' && /^\s*[{[]/.test(value) ? document(value) : value;
}

function itemOf(shape: Json | undefined, index: number): Json | undefined {
  return Array.isArray(shape) ? shape[index] : undefined;
}

function document(text: string): Json {
  try {
    const parsed = parseJson(text);
    return isObject(parsed) || Array.isArray(parsed) ? visible(parsed, undefined, undefined) : text;
  } catch {
    return text;
  }
}

function hash(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

function keyOf({ rule, address, deciding }: BaselineEntry): string {
  return JSON.stringify([rule, address, deciding]);
}

/** The file: sorted, each entry on a line of its own, nothing in it that changes by itself. */
export function renderBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map(
    ({ address, rule, deciding }) => `    ${JSON.stringify({ address, rule, deciding })}`,
  );
  const sorted = [...new Set(lines)].sort();
  return `{\n  "version": 1,\n  "findings": [${sorted.length > 0 ? `\n${sorted.join(',\n')}\n  ` : ''}]\n}\n`;
}

/** Characters. */
const LARGEST = 20_000_000;

/** @throws InputError with one line that names the file and the place in it */
export function parseBaseline(path: string, text: string): Baseline {
  const wrong = (problem: string): InputError => new InputError(`${path}: ${problem}`);
  if (text.length > LARGEST) throw wrong('the baseline is larger than 20 MB');
  const file = parsed(path, text);
  const version = own(file, 'version');
  if (!isObject(file) || version === undefined)
    throw wrong('this is no baseline; `leasehold baseline PLAN` writes one');
  if (version !== 1) throw wrong('the baseline was written by another version of leasehold; write it anew');
  const findings = own(file, 'findings');
  if (!Array.isArray(findings)) throw wrong('"findings" must be a list');
  return {
    path,
    entries: findings.map((one, index) => entryIn(one, () => wrong(`findings[${index}] ${ENTRY}`))),
  };
}

const ENTRY = 'must have "rule", "address" and "deciding", as `leasehold baseline` writes them';

function entryIn(value: Json, wrong: () => InputError): BaselineEntry {
  const [rule, address, deciding] = [own(value, 'rule'), own(value, 'address'), own(value, 'deciding')];
  if (typeof rule !== 'string' || typeof address !== 'string' || typeof deciding !== 'string') throw wrong();
  if (!/^[0-9a-f]{32}$/.test(deciding)) throw wrong();
  return { rule, address, deciding };
}

function parsed(path: string, text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError)
      throw new InputError(`${path}:${error.line}:${error.column}: ${error.message}`);
    throw error;
  }
}
