// `leasehold evidence`: writes down a decision about a plan; `evidence verify`: works it out again and compares.

import { basename, dirname, relative, resolve, sep } from 'node:path';
import { JsonError, parseJson } from '../input/json.js';
import { InputError } from '../input/read-plan.js';
import { decode } from '../input/text.js';
import {
  type ConfigurationFile,
  type Difference,
  differences,
  moment,
  PREDICATE,
  renderStatement,
  STATEMENT,
  type Statement,
  sha256,
  statementOf,
} from '../lint/evidence.js';
import type { Profile, Severity } from '../lint/finding.js';
import { type RunOptions, run } from '../lint/run.js';
import { type Json, own, ownArray, ownObject, ownString } from '../plan/json.js';
import { planTime } from '../plan/time.js';
import { painter } from '../reporters/color.js';
import { clean } from '../reporters/text.js';
import { type ConfigOptions, loadBaseline, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

/** What a decision is made of; to verify one, the same must be given again. */
export interface DecisionOptions extends ConfigOptions {
  readonly plan: string;
  readonly profile: Profile | undefined;
  readonly failOn: Severity | 'never' | undefined;
  readonly now: Date | undefined;
}

export interface EvidenceCommand extends DecisionOptions {
  /** Who approved. */
  readonly approvers: readonly string[];
  /** Default is the clock. */
  readonly decidedAt: Date | undefined;
}

/** Code 1 where the decision is `fail`: the statement says so too. @throws InputError, ConfigError */
export async function evidenceCommand(
  command: EvidenceCommand,
  world: World,
): Promise<{ stdout: string; code: 0 | 1 }> {
  const statement = await decide(command, world, {
    decidedAt: moment(command.decidedAt ?? world.clock()),
    approvers: [...new Set(command.approvers.map((one) => one.trim()))].sort(),
    claimedNow: undefined,
  });
  return { stdout: renderStatement(statement), code: statement.predicate.decision === 'pass' ? 0 : 1 };
}

export interface VerifyCommand extends DecisionOptions {
  /** The file with the statement. */
  readonly statement: string;
  /** All of these must have approved. */
  readonly approvers: readonly string[];
  /** Milliseconds since the decision that are too many. */
  readonly maxAge: number | undefined;
}

/** Code 1 where anything differs, or the decision was `fail`. @throws InputError, ConfigError */
export async function verifyCommand(
  command: VerifyCommand,
  world: World,
): Promise<{ stdout: string; code: 0 | 1 }> {
  const text = decode(world.readFile(command.statement));
  const claimed = readStatement(command.statement, text);
  const predicate = ownObject(claimed, 'predicate');
  const decidedAt = ownString(predicate, 'decidedAt') ?? '';
  const approvers = ownArray(predicate, 'approvers').filter((one) => typeof one === 'string');
  const found = await decide(command, world, {
    decidedAt,
    approvers,
    claimedNow: toDate(ownString(predicate, 'now')),
  });
  const paint = painter(world.display.color);
  const problems = [
    ...differing(text, claimed, found),
    ...circumstances(command, decidedAt, approvers, world.clock()),
  ];
  const name = clean(command.statement);
  if (problems.length > 0) {
    const lines = problems.map((one) => `  ${paint.bad('!')} ${clean(one)}\n`);
    return { stdout: `${paint.bad(`${name} is not what this plan comes to`)}\n\n${lines.join('')}`, code: 1 };
  }
  const { decision, identities } = found.predicate;
  const by = approvers.length > 0 ? `, approved by ${approvers.map(clean).join(', ')}` : '';
  const said = decision === 'pass' ? paint.good('pass') : paint.bad('fail');
  const facts = `${identities.length} identities, decided ${clean(decidedAt)}${by}`;
  return {
    stdout: `${name} is what ${clean(command.plan)} comes to: ${said} (${facts}). Its signature is yours to check.\n`,
    code: decision === 'pass' ? 0 : 1,
  };
}

async function decide(
  command: DecisionOptions,
  world: World,
  given: {
    readonly decidedAt: string;
    readonly approvers: readonly string[];
    readonly claimedNow: Date | undefined;
  },
): Promise<Statement> {
  const read = new Map<string, string>();
  const recording: World = {
    ...world,
    readFile: (path) => {
      const bytes = world.readFile(path);
      read.set(path, sha256(bytes));
      return bytes;
    },
    importModule: (path, shown) => {
      read.set(path, sha256(world.readFile(path)));
      return world.importModule(path, shown);
    },
  };
  const loaded = await loadConfig(command, recording);
  const baseline = await loadBaseline(undefined, loaded, recording);
  const [one, ...others] = await readPlans([command.plan], command.now, world);
  if (!one || others.length > 0 || world.isFolder(command.plan))
    throw new InputError(`${command.plan}: evidence is about one plan file, and this is a folder`);
  // A plan without a timestamp was judged by the clock of that moment, which only the statement knows.
  const timeless = command.now === undefined && planTime(one.plan) === undefined;
  const plan = { ...one, now: (timeless ? given.claimedNow : undefined) ?? one.now };
  const options: RunOptions = {
    profile: command.profile ?? loaded.config.profile ?? 'recommended',
    config: loaded.config,
    baseline,
    rules: loaded.rules,
    only: [],
    skip: [],
    failOn: command.failOn ?? loaded.config.failOn ?? 'error',
    onlyChanged: false,
  };
  const [report] = run([plan], options);
  if (!report) throw new InputError(`${command.plan}: there is no plan in it`);
  return statementOf(report, options, named(read, loaded.path), {
    name: command.plan === '-' ? '_' : basename(command.plan),
    decidedAt: given.decidedAt,
    approvers: given.approvers,
    version: world.version,
  });
}

/** Two checkouts lie in different folders, and their configuration is the same. */
function named(read: ReadonlyMap<string, string>, configuration: string | undefined): ConfigurationFile[] {
  const from = dirname(resolve(configuration ?? '.'));
  return [...read].map(([path, digest]) => ({
    name: relative(from, resolve(path)).split(sep).join('/'),
    digest: { sha256: digest },
  }));
}

/** @throws InputError */
function readStatement(path: string, text: string): Json {
  let document: Json;
  try {
    document = parseJson(text);
  } catch (error) {
    if (error instanceof JsonError)
      throw new InputError(`${path}:${error.line}:${error.column}: ${error.message}`);
    throw error;
  }
  if (ownString(document, '_type') !== STATEMENT || ownString(document, 'predicateType') !== PREDICATE) {
    const isEnvelope = own(document, 'payloadType') !== undefined;
    const hint = isEnvelope ? '; this is an envelope: pass the statement inside of it' : '';
    throw new InputError(`${path}: this is no statement of \`leasehold evidence\`${hint}`);
  }
  return document;
}

function differing(text: string, claimed: Json, found: Statement): string[] {
  const rendered = renderStatement(found);
  if (text === rendered) return [];
  const all = differences(claimed, JSON.parse(rendered) as Json).map(told);
  return all.length > 0 ? all : ['its text was changed: it says the same in other bytes'];
}

function told({ path, claimed, found }: Difference): string {
  if (claimed === undefined) return `${path} is left out; the plan gives ${found}`;
  if (found === undefined) return `${path} says ${claimed}; the plan gives nothing of the kind`;
  return `${path} says ${claimed}; the plan gives ${found}`;
}

function circumstances(
  { approvers: wanted, maxAge }: VerifyCommand,
  decidedAt: string,
  approvers: readonly string[],
  now: Date,
): string[] {
  const missing = wanted.filter((one) => !approvers.includes(one));
  const age = now.getTime() - (toDate(decidedAt)?.getTime() ?? Number.NaN);
  return [
    ...missing.map((one) => `${one} has not approved`),
    ...(Number.isNaN(age) ? ['predicate.decidedAt is no moment'] : []),
    ...(age < -CLOCKS_DIFFER ? [`predicate.decidedAt lies in the future: ${decidedAt}`] : []),
    ...(maxAge !== undefined && age > maxAge ? [`the decision of ${decidedAt} is too old`] : []),
  ];
}

const CLOCKS_DIFFER = 5 * 60_000;

function toDate(text: string | undefined): Date | undefined {
  const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text ?? '') ? new Date(text ?? '') : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
