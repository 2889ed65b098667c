// AWS-managed policies: what they say, and what is agreed about them whatever they say.
// The documents are recorded by `scripts/generate-managed-policies.py`; one look-up parses one line.

import type { ScopeVerdict } from '../scope-verdict.js';
import { findData } from './data.js';
import { statementsOf } from './document.js';
import type { Origin, Statement } from './statement.js';

export interface ManagedPolicy {
  /** `AmazonS3ReadOnlyAccess` */
  readonly name: string;
  /** What it says. Empty where it is not recorded, or where `judged` stands in its place. */
  readonly statements: readonly Statement[];
  /** A verdict by its name; with statements beside it, the worse of both holds. */
  readonly judged: { readonly level: ScopeVerdict; readonly text: string } | undefined;
}

/** Agreed by name, first that fits. `byName` is used only where the content is not recorded. */
const AGREED: readonly { readonly name: RegExp; readonly level: ScopeVerdict; readonly byName?: true }[] = [
  { name: /^(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/, level: 'unbounded' },
  { name: /^AmazonSSMManagedInstanceCore$/, level: 'bounded' },
  { name: /_?FullAccess(V\d+|_v\d+)?$/i, level: 'broad' },
  { name: /ReadOnly|ViewOnly/i, level: 'bounded', byName: true },
  { name: /^/, level: 'undecided', byName: true },
];

/** Policies for services, in the folders of the service roles, are the platform's own measure. */
const BOUNDED_FOLDERS = /^(service-role|aws-service-role)\//;

/** `arn:aws:iam::aws:policy/service-role/NAME`, in any partition, also in one that is not known yet. */
const ARN =
  /^arn:(?:aws[\w-]*|[\uE000\uE001][^\uE002]*\uE002):iam::aws:policy\/((?:[\w+=,.@-]+\/)*)([\w+=,.@-]+)$/;

/** True for the ARN of a policy of AWS's own. */
export function isManagedPolicy(arn: string): boolean {
  return ARN.test(arn);
}

/**
 * The AWS-managed policy with this ARN; undefined where the ARN is not one of AWS's own.
 * @param origin where the policy is attached; its statements carry it
 */
export function managedPolicy(arn: string, origin: Origin): ManagedPolicy | undefined {
  const [, folder, name] = ARN.exec(arn) ?? [];
  if (folder === undefined || name === undefined) return undefined;
  const recorded = recordedPolicy(name);
  const path = recorded?.path ?? folder;
  if (BOUNDED_FOLDERS.test(path))
    return { name, statements: [], judged: { level: 'bounded', text: `AWS-managed ${path}${name}` } };

  const agreed = AGREED.find((one) => one.name.test(name));
  const level = agreed?.level ?? 'undecided';
  if (!recorded) {
    return {
      name,
      statements: [],
      judged: { level, text: `${name}, judged by its name: its content is not recorded` },
    };
  }
  if (agreed?.byName) return { name, statements: recorded.statements(origin), judged: undefined };
  return {
    name,
    statements: level === 'bounded' ? [] : recorded.statements(origin),
    judged: { level, text: `AWS-managed ${name}` },
  };
}

interface Recorded {
  /** `service-role/`; empty for `/`. */
  readonly path: string;
  statements(origin: Origin): readonly Statement[];
}

/** Found once: hundreds of roles may carry the same few. */
const found = new Map<string, Recorded | undefined>();

function recordedPolicy(name: string): Recorded | undefined {
  if (!found.has(name)) found.set(name, findPolicy(name));
  return found.get(name);
}

function findPolicy(name: string): Recorded | undefined {
  const found = findData('managed-policies.jsonl', name);
  if (found === undefined) return undefined;
  const [path, document] = found as [string, unknown];
  const read = statementsOf(document, { address: '', path: '' });
  const statements = 'statements' in read ? read.statements : [];
  return {
    path: path.slice(1),
    // The lists inside stay the same ones, so that what is known of them is known once.
    statements: (origin) => statements.map((statement) => ({ ...statement, origin })),
  };
}
