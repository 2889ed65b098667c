// Rebuilds the IAM document that an attribute will hold, where the plan itself shows only "known after apply".
// An `aws_iam_policy_document` that is deferred to apply still shows its statements; what cannot be rebuilt
// is told with the reference that hides it.
// Merging of documents: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document

import { blocks, type Json, type JsonObject, own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import type { Resolver } from '../plan/resolve.js';
import { hasSymbol } from '../plan/symbol.js';
import { expressionAt, type Path, read, showPath } from '../plan/value.js';
import { parsePolicy } from '../policy/aws/document.js';
import type { Condition, Origin, Principals, Statement } from '../policy/aws/statement.js';
import { withMoments } from './offsets.js';

/** The statements of a document, and the references that hide the rest of it. */
export interface Document {
  readonly statements: readonly Statement[];
  readonly unknown: readonly string[];
  /** Set where the text is no policy at all. */
  readonly problem: string | undefined;
}

const DEEPEST_SOURCE = 20;
const EMPTY: Document = { statements: [], unknown: [], problem: undefined };

/** Reads the document at `path`; undefined where the attribute is absent or empty. */
export function documentAt(resource: Resource, path: Path, resolver: Resolver): Document | undefined {
  const value = read(resource, path, resolver);
  const origin = { address: resource.address, path: showPath(path) };
  if (value.state === 'absent') return undefined;
  if (value.state === 'known') {
    if (typeof value.value !== 'string') return undefined;
    if (value.value.trim() === '') return undefined;
    const rebuilt = hasSymbol(value.value) ? rebuild(resource, path, origin, resolver, 0) : undefined;
    return rebuilt ?? parsed(withMoments(value.value, resource, resolver), origin);
  }
  return (
    rebuild(resource, path, origin, resolver, 0) ?? {
      ...EMPTY,
      unknown: value.references,
    }
  );
}

function parsed(text: string, origin: Origin): Document {
  const result = parsePolicy(text, origin);
  if ('statements' in result) return { ...EMPTY, statements: result.statements };
  return { ...EMPTY, problem: result.problem };
}

/** Follows the attribute to exactly one policy document of the configuration. */
function rebuild(
  resource: Resource,
  path: Path,
  origin: Origin,
  resolver: Resolver,
  depth: number,
): Document | undefined {
  if (depth > DEEPEST_SOURCE) return undefined;
  const targets = resolver.targets(expressionAt(resource, path), resolver.placeOf(resource));
  const [target] = targets;
  const source = target?.resources[0];
  if (!target || targets.length !== 1 || target.resources.length !== 1 || target.vague || !source)
    return undefined;
  if (source.type !== 'aws_iam_policy_document' || source.mode !== 'data') {
    // Another resource's document: an `aws_iam_policy` by reference.
    const attribute = target.attribute.filter((part) => part !== '');
    if (attribute.length === 0 || source === resource) return undefined;
    const value = read(source, attribute, resolver);
    if (value.state === 'known' && typeof value.value === 'string' && value.value.includes('Statement'))
      return parsed(value.value, origin);
    return value.state === 'unknown' ? rebuild(source, attribute, origin, resolver, depth + 1) : undefined;
  }
  return documentOf(source, origin, resolver, depth);
}

/** Renders an `aws_iam_policy_document` as the provider would, with symbols for what is unknown. */
function documentOf(data: Resource, origin: Origin, resolver: Resolver, depth: number): Document {
  const json = read(data, ['json'], resolver);
  if (json.state === 'known' && typeof json.value === 'string') return parsed(json.value, origin);

  const unknown: string[] = [];
  const problems: string[] = [];
  const sources = (names: readonly string[]): Statement[] =>
    names.flatMap((name) => {
      const value = read(data, [name], resolver);
      if (value.state === 'absent') return [];
      const documents = partsOf(data, name, origin, resolver, depth);
      unknown.push(...documents.flatMap((document) => document.unknown));
      problems.push(...documents.flatMap((document) => document.problem ?? []));
      return documents.flatMap((document) => document.statements);
    });
  const before = sources(['source_json', 'source_policy_documents']);
  const written = read(data, ['statement'], resolver);
  if (written.state === 'unknown')
    unknown.push(...(written.references.length > 0 ? written.references : [`${data.address} statement`]));
  const own =
    written.state === 'known'
      ? blocks(written.value).map((block, index) =>
          statementOf(block, index, origin, (text) => withMoments(text, data, resolver)),
        )
      : [];
  const overrides = sources(['override_policy_documents', 'override_json']);
  return { statements: merged([...before, ...own], overrides), unknown, problem: problems[0] };
}

/** A later statement replaces an earlier one of the same sid. */
function merged(base: readonly Statement[], overrides: readonly Statement[]): Statement[] {
  const replaced = new Map(overrides.filter((one) => one.sid).map((one) => [one.sid, one]));
  const kept = base.map((one) => (one.sid ? (replaced.get(one.sid) ?? one) : one));
  const extra = overrides.filter((one) => !one.sid || !base.some((other) => other.sid === one.sid));
  return [...kept, ...extra].map((one, index) => ({ ...one, index: index + 1 }));
}

/** The documents in a list such as `source_policy_documents`: known text, or references to other documents. */
function partsOf(
  data: Resource,
  name: string,
  origin: Origin,
  resolver: Resolver,
  depth: number,
): Document[] {
  const value = read(data, [name], resolver);
  const known = value.state === 'known' ? strings(value.value) : [];
  const readable = known
    .filter((text) => !hasSymbol(text) && text.trim() !== '')
    .map((text) => parsed(text, origin));
  const hidden = value.state === 'unknown' || known.some(hasSymbol);
  if (!hidden) return readable;
  const targets = resolver.targets(expressionAt(data, [name]), resolver.placeOf(data));
  const found: Document[] = [];
  for (const target of targets) {
    const [source] = target.resources;
    if (
      depth < DEEPEST_SOURCE &&
      source?.type === 'aws_iam_policy_document' &&
      target.resources.length === 1 &&
      !target.vague
    )
      found.push(documentOf(source, origin, resolver, depth + 1));
    else found.push({ ...EMPTY, unknown: [target.text] });
  }
  // All of them were followed, those that are known included.
  if (found.length > 0) return found;
  return [
    ...readable,
    { ...EMPTY, unknown: value.state === 'unknown' ? value.references : [`${data.address} ${name}`] },
  ];
}

function statementOf(
  block: JsonObject,
  index: number,
  origin: Origin,
  told: (text: string) => string,
): Statement {
  const list = (name: string): readonly string[] | undefined => {
    const found = strings(own(block, name));
    return found.length > 0 ? found.map(awsVariables) : undefined;
  };
  const sid = own(block, 'sid');
  const actions = list('actions');
  const notActions = list('not_actions');
  const resources = list('resources');
  const notResources = list('not_resources');
  const principals = principalsOf(own(block, 'principals'));
  const notPrincipals = principalsOf(own(block, 'not_principals'));
  return {
    effect: own(block, 'effect') === 'Deny' ? 'Deny' : 'Allow',
    ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
    ...(actions ? { actions } : {}),
    ...(notActions ? { notActions } : {}),
    ...(resources ? { resources } : {}),
    ...(notResources ? { notResources } : {}),
    ...(principals ? { principals } : {}),
    ...(notPrincipals ? { notPrincipals } : {}),
    conditions: blocks(own(block, 'condition')).flatMap((one) => conditionOf(one, told)),
    origin,
    index: index + 1,
  };
}

/** The data source writes policy variables as `&{aws:username}`. */
function awsVariables(text: string): string {
  return text.replaceAll('&{', '${');
}

function principalsOf(value: Json | undefined): Principals | undefined {
  const result: Record<string, string[]> = Object.create(null);
  for (const block of blocks(value)) {
    const type = own(block, 'type');
    if (typeof type !== 'string') continue;
    const key = type === '*' ? 'AWS' : type;
    result[key] = [...(result[key] ?? []), ...strings(own(block, 'identifiers'))];
  }
  return Object.keys(result).length > 0 ? result : undefined;
}

function conditionOf(block: JsonObject, told: (text: string) => string): Condition[] {
  const operator = own(block, 'test');
  const key = own(block, 'variable');
  if (typeof operator !== 'string' || typeof key !== 'string') return [];
  return [{ operator, key, values: strings(own(block, 'values')).map(awsVariables).map(told) }];
}
