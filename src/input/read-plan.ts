// Bytes of one file → Plan. Decides what kind of file it is, and says what to do about the kinds it cannot read.

import { createHash } from 'node:crypto';
import { isObject, own, ownString } from '../plan/json.js';
import { type Plan, PlanError } from '../plan/model.js';
import { isPlanJson, readPlanJson } from '../plan/plan-json.js';
import { isStateFile, stateJsonOf } from '../plan/state-file.js';
import { isStateJson, readStateJson } from '../plan/state-json.js';
import { isTerraformJson, readTerraformJson } from '../plan/terraform-json.js';
import type { Folder } from './folder.js';
import { JsonError, parseJson } from './json.js';
import type { ByteSource } from './json-scanner.js';
import { type Interest, readLargePlan } from './large-plan.js';
import { decode } from './text.js';

/** The input cannot be linted; the message is one line: file, place, what is wrong, what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** What the report says about the file. */
export interface Input {
  readonly path: string;
  readonly kind: Plan['kind'];
  readonly sha256: string;
  readonly terraformVersion: string | null;
  /** `OpenTofu` or `Terraform`, as far as the plan tells. */
  readonly producer: string | null;
}

/**
 * Reads the plan file itself.
 * @param beside where the files are that its expressions read
 * @param shown the path of a source file as a report names it
 * @throws PlanError
 */
export type PlanFileReader = (bytes: Uint8Array, beside?: Folder, shown?: (path: string) => string) => Plan;

/** True for a binary plan, which `readPlan` needs a reader for. */
export function isPlanFile(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * @param planFile reads binary plans; `loadPlanFileReader` of `plan-file.ts` gives it
 * @param states whether a state will do as well, its JSON or its file
 * @throws InputError
 */
export function readPlan(
  path: string,
  bytes: Uint8Array,
  planFile?: PlanFileReader,
  states: 'with-states' | 'plans-only' = 'plans-only',
): { input: Input; plan: Plan } {
  if (bytes.byteLength === 0) throw new InputError(`${path}: the file is empty`);
  const plan = told(path, () => toPlan(bytes, planFile, states));
  return { plan, input: inputOf(path, plan, createHash('sha256').update(bytes).digest('hex')) };
}

/** Plan JSON of more bytes is read in parts; below it reading the whole costs less. */
export const LARGE = 2 * 1024 * 1024;

/**
 * Reads plan JSON of any size in flat memory, without what nobody asks for.
 * @returns undefined where it is anything but plan JSON in UTF-8: read it whole, which says what to do about it
 * @throws InputError
 */
export function readInParts(
  path: string,
  source: ByteSource,
  interest: Interest,
): { input: Input; plan: Plan } | undefined {
  if (!beginsAsObject(source)) return undefined;
  const hash = createHash('sha256');
  return told(path, () => {
    const document = readLargePlan(source, interest, (bytes) => void hash.update(bytes));
    if (!isPlanJson(document)) return undefined;
    const plan = readPlanJson(document);
    return { plan, input: inputOf(path, plan, hash.digest('hex')) };
  });
}

function beginsAsObject(source: ByteSource): boolean {
  const bytes = Buffer.alloc(64);
  const text = bytes.toString('latin1', 0, source.read(bytes, 0));
  return /^\s*\{\s*"/.test(text);
}

/** @param sha256 of what was read */
export function inputOf(path: string, plan: Plan, sha256: string): Input {
  return {
    path,
    kind: plan.kind,
    sha256,
    terraformVersion: plan.terraformVersion ?? null,
    producer: plan.producer ?? null,
  };
}

function toPlan(bytes: Uint8Array, planFile: PlanFileReader | undefined, states: string): Plan {
  if (isPlanFile(bytes)) {
    if (!planFile) throw new PlanError('this is a binary plan; pass the reader of `loadPlanFileReader`');
    return planFile(bytes);
  }
  const document = parseJson(decode(bytes));
  if (isPlanJson(document) && isObject(document)) return readPlanJson(document);
  if (isTerraformJson(document) && isObject(document)) return readTerraformJson(document);
  if (states === 'with-states' && isObject(document)) {
    if (isStateJson(document)) return readStateJson(document);
    if (isStateFile(document)) return readStateJson(stateJsonOf(document));
  }
  throw new PlanError(wrongKind(document));
}

/** Tells what is wrong with a file by its name. */
function told<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JsonError)
      throw new InputError(`${path}:${error.line}:${error.column}: ${error.message}`);
    if (error instanceof PlanError) throw new InputError(`${path}: ${error.message}`);
    if (error instanceof RangeError) throw new InputError(`${path}: too large to be read at once`);
    throw error;
  }
}

function wrongKind(document: unknown): string {
  const wanted = 'expected the output of `terraform show -json PLAN` (or tofu), or a cdk.tf.json';
  if (!isObject(document)) return `this is JSON, but not a plan; ${wanted}`;
  if (own(document, 'format_version') !== undefined && own(document, 'values') !== undefined)
    return `this is a state, not a plan; ${wanted}`;
  const version = own(document, 'version');
  if (typeof version === 'number' && version < 4 && own(document, 'serial') !== undefined)
    return 'this is a state file of a Terraform before 0.12, which nobody reads any more';
  if (typeof version === 'number' && own(document, 'serial') !== undefined)
    return `this is a state file, not a plan; ${wanted}`;
  // A plan has an empty lineage.
  if (own(document, 'encrypted_data') !== undefined && ownString(document, 'lineage'))
    return 'this state is encrypted by OpenTofu; decrypt it where the key is: `tofu state pull`';
  if (own(document, 'encrypted_data') !== undefined)
    return 'this plan is encrypted by OpenTofu; convert it where the key is: `tofu show -json PLAN > plan.json`';
  if (ownString(document, 'remote_plan_format') !== undefined || own(document, 'run_id') !== undefined)
    return `this is the bookmark of a cloud plan, which holds no plan; download the run's JSON plan`;
  if (ownString(document, '@level') !== undefined)
    return `this is the log of \`terraform plan -json\`, not a plan; ${wanted}`;
  if (own(document, 'provider_schemas') !== undefined)
    return `these are provider schemas, not a plan; ${wanted}`;
  return `this is JSON, but not a plan; ${wanted}`;
}
