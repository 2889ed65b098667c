// Access as one thing that is given and taken back as a whole: somebody answers for it, it ends, and it is bounded.
// This half is the same on every platform; `aws.ts` and `azure.ts` make the platform keep it.

import { Construct, type IConstruct } from 'constructs';
import { PACKAGE_LABEL, writeMarker } from '../src/access/marker.js';
import { problemsIn } from '../src/access/terms.js';
import { endOfLease, type Lease, offsetOfLease, problemsOfLease } from './lease.js';
import { callerOf } from './source.js';
import { type BlockOptions, countUntil, isToken, Resource, type TerraformProvider } from './terraform.js';

/** What every access package has, whatever the platform. */
export interface AccessPackageTerms {
  /** Who answers for this access: a team or a person that can be reached. */
  readonly owner: string;
  /**
   * What the access is for, in a few words.
   * @default - none; the linter asks for one
   */
  readonly purpose?: string;
  /**
   * Who looks again at whether the access is still needed.
   * @default - nobody
   */
  readonly reviewers?: readonly string[];
  /**
   * How often they do: `30d`.
   * @default - not said
   */
  readonly reviewEvery?: string;
  /**
   * Who agreed to the access.
   * @default - nobody
   */
  readonly approvers?: readonly string[];
  /**
   * The environment it is for: `production`. It becomes part of the names of what the package makes.
   * @default - none
   */
  readonly environment?: string;
  /**
   * How much hangs on it, in your words: `critical`.
   * @default - not said
   */
  readonly tier?: string;
  /**
   * The package's name, under which everything that belongs to it is marked.
   * @default - the construct id
   */
  readonly packageName?: string;
  /**
   * The provider configuration that manages it, where the stack has several of the kind.
   * @default - the stack's default configuration
   */
  readonly provider?: TerraformProvider;
}

/** A package's terms and its end. */
export type AccessPackageProps = AccessPackageTerms & Lease;

/** One thing that is wrong with a package: the property, and what to write instead. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** In the past for good: a package whose end cannot be read gives no access, even where validation is switched off. */
const NEVER = '1970-01-01T00:00:00Z';
const PACKAGE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,49}$/;

const problemsOf = new WeakMap<IConstruct, () => readonly Problem[]>();

/** True for what belongs to a package that stops synth anyway: what else is wrong with it mostly follows from that. */
export function isOfRejectedPackage(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => (problemsOf.get(scope)?.() ?? []).length > 0);
}

/** The platform-neutral half of an access package. Use `AwsAccessPackage` or `AzureAccessPackage`. */
export abstract class AccessPackage extends Construct {
  /** The name that everything of this package is marked with. */
  public readonly packageName: string;
  /** When the access ends, in RFC 3339, UTC: `2027-01-30T00:00:00Z`; known at apply where it counts from the first one. */
  public readonly end: string;
  /**
   * `count` for what is to be there only as long as the access, and gone with the first apply after its end. Undefined
   * where the end is known only at apply.
   */
  public readonly countUntilEnd: string | undefined;
  /** Tags of everything that the package makes: its name, owner, end, purpose, who reviews it and who approved it. */
  public readonly tags: Readonly<Record<string, string>>;
  /** The package and its purpose in one line, for what has a text but no tags. */
  public readonly justification: string;
  readonly #props: AccessPackageProps;

  protected constructor(scope: Construct, id: string, props: AccessPackageProps) {
    super(scope, id);
    this.#props = props;
    this.packageName = props.packageName ?? id;
    const offset = offsetOfLease(props);
    this.end = offset === undefined ? (endOfLease(props) ?? NEVER) : endAfter(this, offset);
    this.countUntilEnd = countUntil(this.end);
    // The end is written, and not the duration, which tells nothing without its start. Where the end is not known yet,
    // it is the other way round: one tag that is known at apply would hide all others from whoever reads the plan.
    const { ttl = '', environment, tier, ...terms } = props;
    this.tags = {
      ...writeMarker(this.packageName, { ...terms, ...(offset ? { ttl } : { expires: this.end }) }),
      ...(environment === undefined ? {} : { environment }),
      ...(tier === undefined ? {} : { tier }),
    };
    this.justification = [
      `${PACKAGE_LABEL}=${this.packageName}`,
      ...(props.purpose ? [props.purpose] : []),
    ].join(', ');
    const problems = (): readonly Problem[] => [...this.#problems(), ...this.platformProblems()];
    problemsOf.set(this, problems);
    reportProblems(this, problems);
  }

  /** The scope in words, one line per permission, for the validator that the linter shares. */
  protected abstract entitlementsInWords(): readonly string[];

  /** What the platform would not take. */
  protected abstract platformProblems(): readonly Problem[];

  /** A name for something that the package makes, or for the only one: `payments-worker-production`. */
  public physicalName(part?: string): string {
    return [this.packageName, part, this.#props.environment].filter((one) => one !== undefined).join('-');
  }

  /** How the blocks that `construct` stands for are made: by the package's provider, with a note of where they come from. */
  public blockOptions(construct: Construct): BlockOptions {
    const note = { package: this.packageName, construct: construct.node.path, source: callerOf() };
    return { provider: this.#props.provider, note };
  }

  #problems(): readonly Problem[] {
    const { owner, ttl, starts, expires } = this.#props;
    const late = Object.entries({ packageName: this.packageName, owner, ttl, starts, expires })
      .filter(([, value]) => isToken(value))
      .map(([field]) => ({ field, message: 'is not known at synth, so nobody can check it: write it out' }));
    if (late.length > 0) return late;
    return [
      ...(PACKAGE_NAME.test(this.packageName)
        ? []
        : [{ field: 'packageName', message: noName(this.packageName) }]),
      ...problemsIn({ ...this.#props, scope: this.entitlementsInWords() }),
      ...problemsOfLease(this.#props),
    ];
  }
}

/** Counts from the first apply, and keeps the result in the state. */
function endAfter(scope: Construct, offset: Readonly<Record<string, number>>): string {
  return new Resource(scope, 'Term', 'time_offset', offset).getStringAttribute('rfc3339');
}

/** Makes synth fail with each problem, at the construct and the line of the user's code that made it. */
export function reportProblems(construct: Construct, problems: () => readonly Problem[]): void {
  const source = callerOf();
  const place = source === undefined ? '' : `${source}: `;
  construct.node.addValidation({
    validate: () => problems().map(({ field, message }) => `${place}${field}: ${message}`),
  });
}

function noName(text: string): string {
  return `"${text}" is no name: 50 letters, digits and . _ - at most`;
}

/** A value in a message: what stands for something later is no text that anybody wrote. */
export function inWords(value: string): string {
  return isToken(value) ? '(known at apply)' : value;
}
