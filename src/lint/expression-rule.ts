// Rules as one CEL expression each, from `leasehold.yaml`. Loaded only where one is configured.
// The language: https://github.com/google/cel-spec

import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { JudgedIdentity } from '../verdict/model.js';
import {
  type CredentialView,
  type GrantView,
  type IdentityView,
  viewOf,
  type WayView,
} from '../verdict/view.js';
import { addressGlob } from './address-glob.js';
import { ConfigError } from './config-file.js';
import type { Category, Location, Severity } from './finding.js';
import type { OwnRule } from './own-rule.js';
import type { Report, Subject } from './rule.js';

/** One of `customRules.expressions`, checked against the schema. */
export interface ExpressionRule {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly severity?: Severity;
  readonly for: 'identities' | 'credentials' | 'ways' | 'grants';
  /** True for what is to be rejected. */
  readonly deny: string;
  readonly message: string;
  readonly why?: string;
  readonly fix?: string;
  readonly frameworks?: readonly string[];
  /** Where `deny` stands. */
  readonly location: Location;
}

/** @throws ConfigError that names file and line of an expression that is none, or does not fit the graph */
export function expressionRule(rule: ExpressionRule): OwnRule {
  const deny = compile(rule);
  return {
    ...rule,
    *check({ identities, now }: Subject) {
      for (const judged of identities) {
        const identity = celOf(judged);
        for (const { address, variables } of SUBJECTS[rule.for](identity)) {
          if (!deny({ now, identity, ...variables })) continue;
          yield { identity: identity.address, address, message: rule.message } satisfies Report;
        }
      }
    },
  };
}

/** What is looked at one by one, and the variables that stand for it beside `identity` and `now`. */
const SUBJECTS: Readonly<
  Record<ExpressionRule['for'], (identity: IdentityView) => { address: string; variables: Variables }[]>
> = {
  identities: ({ address }) => [{ address, variables: {} }],
  credentials: ({ credentials }) =>
    credentials.map((credential) => ({ address: credential.address, variables: { credential } })),
  ways: ({ ways }) => ways.map((way) => ({ address: way.address, variables: { way } })),
  grants: ({ grants }) => grants.map((grant) => ({ address: grant.address, variables: { grant } })),
};

interface Variables {
  readonly credential?: CredentialView;
  readonly way?: WayView;
  readonly grant?: GrantView;
}

/** All expressions look at the same identities. */
const converted = new WeakMap<JudgedIdentity, IdentityView>();

/** The view of an identity with its numbers and moments as the language knows them. */
function celOf(judged: JudgedIdentity): IdentityView {
  const known = converted.get(judged);
  if (known) return known;
  const identity = toCel(viewOf(judged)) as IdentityView;
  converted.set(judged, identity);
  return identity;
}

const LIMITS = {
  maxAstNodes: 500,
  maxDepth: 40,
  maxListElements: 200,
  maxMapEntries: 50,
  maxCallArguments: 8,
};

/** Fields by type. A mistyped one is found when the file is read; `dyn` may be null. */
const TYPES = {
  End: { kind: 'string', at: 'dyn', everySeconds: 'dyn' },
  Credential: { address: 'string', form: 'string', noun: 'string', end: 'End' },
  Way: { address: 'string', who: 'string', end: 'End' },
  Statement: {
    effect: 'string',
    actions: 'list<string>',
    notActions: 'list<string>',
    resources: 'list<string>',
    notResources: 'list<string>',
    conditionKeys: 'list<string>',
  },
  Grant: { address: 'string', level: 'string', text: 'string', statements: 'list<Statement>', end: 'End' },
  Identity: {
    address: 'string',
    kind: 'string',
    name: 'string',
    action: 'string',
    package: 'dyn',
    owner: { verdict: 'string', value: 'dyn' },
    expiry: { verdict: 'string', at: 'dyn', ttlSeconds: 'dyn' },
    scope: { verdict: 'string', reasons: 'list<string>' },
    purpose: 'dyn',
    privileged: 'bool',
    staticCredentials: 'bool',
    reviewed: 'bool',
    labels: 'map<string, string>',
    labelsKnown: 'bool',
    credentials: 'list<Credential>',
    ways: 'list<Way>',
    grants: 'list<Grant>',
    workloads: 'list<string>',
    environments: 'list<string>',
    agent: 'dyn',
  },
};

function environmentFor(subject: ExpressionRule['for']): Environment {
  const environment = new Environment({ limits: LIMITS });
  for (const [name, schema] of Object.entries(TYPES)) environment.registerType({ name, schema });
  environment
    .registerVariable('now', 'google.protobuf.Timestamp')
    .registerVariable('identity', 'Identity')
    .registerFunction('string.glob(string): bool', (text: string, glob: string) => addressGlob(glob)(text));
  if (subject === 'credentials') environment.registerVariable('credential', 'Credential');
  if (subject === 'ways') environment.registerVariable('way', 'Way');
  if (subject === 'grants') environment.registerVariable('grant', 'Grant');
  return environment;
}

type Variable = Variables & { readonly now: Date; readonly identity: IdentityView };

function compile({ id, deny, location, for: subject }: ExpressionRule): (variables: Variable) => boolean {
  const wrong = (error: unknown): ConfigError =>
    new ConfigError(location, `"deny" of the rule "${id}": ${summaryOf(error)}`);
  let expression: ParseResult;
  try {
    expression = environmentFor(subject).parse(deny);
  } catch (error) {
    throw wrong(error);
  }
  const { valid, type, error } = expression.check();
  if (!valid) throw wrong(error);
  if (type !== 'bool' && type !== 'dyn') throw wrong(new Error(`must be true or false, and is ${type}`));
  const depth = loopDepth(expression.ast);
  const splits = calls(expression.ast, 'split');
  if (calls(expression.ast, 'matches'))
    throw wrong(new Error('matches() may take any time; use glob, contains, startsWith or endsWith'));
  return (variables) => {
    if (depth > 1 && longest(variables.identity, splits) ** depth > MOST_STEPS)
      throw new Error(`${shown(variables.identity)} has too much to go through in nested loops`);
    try {
      return expression({ ...variables }) === true;
    } catch (error) {
      throw new Error(`${failureOf(error, deny)}, at ${shown(variables.identity)}`);
    }
  };
}

/** The library's message quotes the expression over several lines; its summary is one sentence. */
function summaryOf(error: unknown): string {
  const { summary, message } = error as { summary?: string; message?: string };
  return (summary ?? message ?? 'is not valid').replace(/\s*\n[\s\S]*$/, '');
}

/** What failed and in which part of the expression; the library's words may quote a value of the plan. */
function failureOf(error: unknown, deny: string): string {
  const { code, range } = error as { code?: string; range?: { start: number; end: number } };
  const part = range ? deny.slice(range.start, range.end).replace(/\s+/g, ' ') : '';
  const what = (code ?? 'it cannot be evaluated').replaceAll('_', ' ');
  return part === '' ? what : `${what} in ${part.length > 80 ? `${part.slice(0, 79)}…` : part}`;
}

/** Keys of instances are text from the plan. */
function shown({ address }: IdentityView): string {
  return address.slice(0, 200).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

const MOST_STEPS = 10_000_000;
const LOOPS = ['all', 'exists', 'exists_one', 'map', 'filter'];

/** How deep loops over lists stand in one another. */
function loopDepth(node: unknown): number {
  const inner = Math.max(0, ...children(node).map(loopDepth));
  return isCallOf(node, LOOPS) ? inner + 1 : inner;
}

function calls(node: unknown, name: string): boolean {
  return isCallOf(node, [name]) || children(node).some((child) => calls(child, name));
}

function isCallOf(node: unknown, names: readonly string[]): boolean {
  if (!isNode(node) || (node.op !== 'call' && node.op !== 'rcall')) return false;
  return names.includes(node.args[0]);
}

function children(node: unknown): unknown[] {
  if (Array.isArray(node)) return node;
  if (!isNode(node)) return [];
  return Array.isArray(node.args) ? node.args : [node.args];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** The length of the longest list or map, and of texts that are split into one: the most that one loop goes through. */
function longest(value: unknown, texts: boolean): number {
  if (typeof value === 'string') return texts ? value.length : 1;
  if (typeof value !== 'object' || value === null || value instanceof Date) return 1;
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.reduce<number>((most, item) => Math.max(most, longest(item, texts)), items.length);
}

const MOMENTS: readonly string[] = ['at'];

/** JSON as the language knows it: whole numbers, and moments that can be compared. */
function toCel(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return BigInt(Math.round(value));
  if (typeof value === 'string' && MOMENTS.includes(key)) return new Date(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => toCel(item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, key === 'labels' ? item : toCel(item, name)]),
  );
}
