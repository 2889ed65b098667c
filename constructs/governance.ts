// The linter's rules at synth, over everything in an app or a stack: what the gate before apply would reject is told here
// first, at the construct and the line that made it, and never becomes a `cdk.tf.json`.

import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import type { SynthFinding, SynthTerms } from '../src/access/synth-gate.js';
import { isOfRejectedPackage } from './access-package.js';
import { loadGate } from './gate.js';
import { listen } from './origins.js';
import { Annotations, App, Aspects, isBlock, TerraformStack } from './terraform.js';

/** How everything in an app or a stack is judged. */
export interface EnforceOptions {
  /**
   * `strict` asks for an end that the platform enforces, and makes warnings errors.
   * @default - the configuration's, or `recommended`
   */
  readonly profile?: 'recommended' | 'strict';
  /**
   * Findings at or over this stop synth; the others are told as annotations.
   * @default - the configuration's, or `error`
   */
  readonly failOn?: 'error' | 'warning' | 'note';
  /**
   * Path of a `leasehold.yaml`, relative to where synth runs; `false` for none.
   * @default - the first one from there upward, as `leasehold lint` finds it
   */
  readonly config?: string | false;
  /**
   * Rules or categories to leave out.
   * @default - none
   */
  readonly skipRules?: readonly string[];
  /**
   * Ends lie before or after this moment. It decides what is found, and nothing that is written.
   * @default - the clock
   */
  readonly now?: Date;
}

/** What was asked for at an app or a stack; the nearest holds. */
const terms = new WeakMap<IConstruct, EnforceOptions>();
const governed = new WeakSet<TerraformStack>();
const origins = new WeakMap<IConstruct, string>();

/**
 * The rules of `leasehold lint`, at synth.
 *
 * ```ts
 * const app = new App();
 * Governance.of(app).enforce();
 * new PaymentsStack(app, 'payments');
 * app.synth();
 * ```
 *
 * Called before the stacks are made, it also knows the line of every resource, whichever package made it.
 * Projects that set `skipValidation` switch it off with all other validations; keep `leasehold lint` before apply.
 */
export class Governance {
  /**
   * The governance of an app, or of one stack in it.
   * @throws Error for anything else
   */
  public static of(appOrStack: IConstruct): Governance {
    return new Governance(appOrStack);
  }

  readonly #subject: IConstruct;

  private constructor(subject: IConstruct) {
    if (!App.isApp(subject) && !TerraformStack.isStack(subject))
      throw new Error(
        `${subject.node.path}: governance is of an app or a stack, and this is a construct in one`,
      );
    this.#subject = subject;
  }

  /**
   * Judges every stack when it is synthesised. Findings at or over `failOn` stop synth, and what an earlier synth left in
   * place of the stack is taken away. A stack keeps to what was asked for itself, else to what was asked for its app.
   */
  public enforce(options: EnforceOptions = {}): void {
    terms.set(this.#subject, options);
    const root = this.#subject.node.root;
    listen(root, (element, source) => {
      if (source !== undefined) origins.set(element, source);
      if (terms.has(root)) govern(TerraformStack.of(element));
    });
    for (const construct of this.#subject.node.findAll())
      if (TerraformStack.isStack(construct)) govern(construct);
  }
}

function govern(stack: TerraformStack): void {
  if (governed.has(stack)) return;
  governed.add(stack);
  Aspects.of(stack).add({ visit: noteOrigin });
  stack.node.addValidation({ validate: () => judge(stack) });
}

/** Writes where Terraform reads nothing and the linter does, so that it knows the line when it judges the plan. */
function noteOrigin(construct: IConstruct): void {
  const source = origins.get(construct);
  if (source !== undefined && isBlock(construct)) construct.addOverride('//.leasehold.source', source);
}

/** What stops synth. The rest is told on the way. */
function judge(stack: TerraformStack): string[] {
  const gate = loadGate();
  for (const path of outputs(stack)) gate.discard(path);
  const asked: SynthTerms = terms.get(stack) ?? terms.get(stack.node.root) ?? {};
  const judged = gate.judge(JSON.stringify(stack.toTerraform()), `${stack.node.path}: cdk.tf.json`, asked);
  for (const note of judged.notes) Annotations.of(stack).addInfo(note);
  const byPath = new Map(stack.node.findAll().map((one) => [one.node.path, one]));
  const findings = judged.findings.filter(({ construct = '' }) => {
    const made = byPath.get(construct);
    return made === undefined || !isOfRejectedPackage(made);
  });
  for (const finding of findings.filter(({ stops }) => !stops)) {
    const place = Annotations.of(byPath.get(finding.construct ?? '') ?? stack);
    if (finding.severity === 'note') place.addInfo(inWords(finding));
    else place.addWarning(inWords(finding));
  }
  return findings.filter(({ stops }) => stops).map(inWords);
}

/**
 * What an earlier synth wrote for this stack. The first stack takes away the files of all: where it stops synth, the
 * others would keep theirs.
 */
function outputs(stack: TerraformStack): string[] {
  const { root } = stack.node;
  if (!App.isApp(root)) return [];
  const stacks = root.node.findAll().filter(TerraformStack.isStack);
  return (stacks[0] === stack ? stacks.filter((one) => governed.has(one)) : [stack]).map((one) =>
    join(root.outdir, root.manifest.forStack(one).synthesizedStackPath),
  );
}

function inWords({ source, message, rule, construct, address, help }: SynthFinding): string {
  const place = source === undefined ? '' : `${source}: `;
  const at = construct === undefined ? address : `${construct} (${address})`;
  return `${place}${rule}: ${message}\n      at ${at}\n      ${help}`;
}
