// What constructs ask of the linter at synth, and what it answers. Both sides import these words and not each other: the
// linter is a bundle of its own, loaded when a stack is judged, so that importing the constructs stays cheap.

/** How a stack is judged. */
export interface SynthTerms {
  /** Undefined leaves it to the configuration, then to the linter's own default. */
  readonly profile?: 'recommended' | 'strict' | undefined;
  /** Findings at or over this stop synth. */
  readonly failOn?: 'error' | 'warning' | 'note' | undefined;
  /** Path of a `leasehold.yaml`; false for none; undefined for the first from the working directory upward. */
  readonly config?: string | false | undefined;
  /** Ends lie before or after this moment; undefined is the clock's. */
  readonly now?: Date | undefined;
  /** Rules or categories to leave out. */
  readonly skipRules?: readonly string[] | undefined;
}

/** One finding, ready to be told at the construct that it is about. */
export interface SynthFinding {
  readonly severity: 'error' | 'warning' | 'note';
  readonly rule: string;
  readonly category: string;
  readonly address: string;
  /** Path of the construct; undefined for what no construct made. */
  readonly construct: string | undefined;
  /** `stacks/payments.ts:12`. */
  readonly source: string | undefined;
  readonly message: string;
  readonly help: string;
  /** At or over the severity that stops synth. */
  readonly stops: boolean;
}

export interface SynthJudgement {
  readonly findings: readonly SynthFinding[];
  /** What could not be looked at, in words. */
  readonly notes: readonly string[];
}

export interface SynthGate {
  /**
   * Runs the rules over one stack as the command would over its `cdk.tf.json`.
   * @param text the stack as Terraform JSON
   * @param path what messages call it
   * @throws Error with one line where the configuration or the stack cannot be read
   */
  judge(text: string, path: string, terms: SynthTerms): SynthJudgement;
  /** Removes a file of an earlier synth, where there is one. */
  discard(path: string): void;
}
