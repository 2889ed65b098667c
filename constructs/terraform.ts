// The one file that names the framework. Everything else is built from these three blocks, which need no provider
// package: those weigh hundreds of megabytes, and an access package uses a handful of resource types.

import {
  Annotations,
  App,
  Aspects,
  type IResolvable,
  ref,
  TerraformDataSource,
  TerraformProvider,
  TerraformResource,
  type TerraformResourceConfig,
  TerraformStack,
  Token,
} from 'cdktf';
import type { Construct, IConstruct } from 'constructs';

export type { TerraformProvider };
export { Annotations, App, Aspects, TerraformStack };

/** Arguments and blocks of a Terraform block by their Terraform names: `{ max_session_duration: 3600 }`. A block is a list. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What holds for any block, beside its arguments. */
export interface BlockOptions {
  /**
   * The provider configuration that manages it, where there are several.
   * @default - the default configuration of the provider that the type belongs to
   */
  readonly provider?: TerraformProvider | undefined;
  /**
   * What is written under `//.leasehold` of a resource, where Terraform reads nothing and `leasehold lint` finds its
   * way back to the code.
   * @default - nothing
   */
  readonly note?: Arguments | undefined;
  /**
   * Arguments whose differences are left alone.
   * @default - none
   */
  readonly ignoreChanges?: readonly string[] | undefined;
  /**
   * Addresses whose replacement replaces this: `terraform_data.turn`.
   * @default - none
   */
  readonly replaceTriggeredBy?: readonly string[] | undefined;
  /**
   * Whether a replacement is made before what it replaces goes.
   * @default false
   */
  readonly createBeforeDestroy?: boolean | undefined;
  /**
   * How many there are, as Terraform writes it: an expression that is 1 or 0.
   * @default - one
   */
  readonly count?: string | undefined;
}

/**
 * Any resource of any provider: `new Resource(this, 'Queue', 'aws_sqs_queue', { name: 'payments' })`.
 * Read an attribute of it with `getStringAttribute('arn')`.
 */
export class Resource extends TerraformResource {
  readonly #written: Arguments;
  readonly #count: string | undefined;
  #adopted: string | undefined;

  public constructor(
    scope: Construct,
    id: string,
    type: string,
    args: Arguments,
    options: BlockOptions = {},
  ) {
    super(scope, id, { terraformResourceType: type, ...metaArguments(options) });
    this.#written = options.note === undefined ? args : { ...args, '//': { leasehold: options.note } };
    this.#count = options.count;
    if (options.count !== undefined) this.addOverride('count', options.count);
  }

  /** Its address, with the index where it is counted: `aws_iam_role.worker[0]`. */
  public get address(): string {
    const address = `${this.terraformResourceType}.${this.friendlyUniqueId}`;
    return this.#count ? `${address}[0]` : address;
  }

  /** For what comes and goes with it; what stays reads `whileThere`. */
  public override interpolationForAttribute(attribute: string): IResolvable {
    return ref(`${this.address}.${attribute}`, this.cdktfStack);
  }

  /** An attribute for what may stay when this has gone: null then. */
  public whileThere(attribute: string): string {
    if (!this.#count) return this.getStringAttribute(attribute);
    const all = `${this.terraformResourceType}.${this.friendlyUniqueId}[*].${attribute}`;
    return Token.asString(ref(`one(${all})`, this.cdktfStack));
  }

  /**
   * Takes over something that is there already, under its id: what the provider's `terraform import` asks for. Terraform
   * and OpenTofu do so from 1.7 on.
   */
  public adopt(id: string): void {
    this.#adopted = id;
  }

  public override toTerraform(): object {
    const written = super.toTerraform();
    if (this.#adopted === undefined) return written;
    // Once it is not to be there any more, an import of it would be an error.
    const gate = this.#count && { for_each: this.#count.replace(ONE_OR_NONE, '? toset(["0"]) : toset([])') };
    return { ...written, import: [{ ...gate, to: this.address, id: this.#adopted }] };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#written };
  }

  protected override synthesizeHclAttributes(): never {
    throw noHcl(this.node.path);
  }
}

/** Any data source of any provider. */
export class DataSource extends TerraformDataSource {
  readonly #written: Arguments;
  readonly #count: string | undefined;

  public constructor(
    scope: Construct,
    id: string,
    type: string,
    args: Arguments,
    options: BlockOptions = {},
  ) {
    super(scope, id, { terraformResourceType: type, ...metaArguments(options) });
    this.#written = args;
    this.#count = options.count;
    if (options.count !== undefined) this.addOverride('count', options.count);
  }

  /** For what comes and goes with it. */
  public override interpolationForAttribute(attribute: string): IResolvable {
    const address = `data.${this.terraformResourceType}.${this.friendlyUniqueId}${this.#count ? '[0]' : ''}`;
    return ref(`${address}.${attribute}`, this.cdktfStack);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#written };
  }

  protected override synthesizeHclAttributes(): never {
    throw noHcl(this.node.path);
  }
}

/** A provider configuration: `new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' })`. */
export class Provider extends TerraformProvider {
  readonly #written: Arguments;

  /**
   * @param source registry address; its last part is the provider's local name
   * @param version a constraint: `>= 6.0`
   */
  public constructor(scope: Construct, id: string, source: string, args: Arguments, version?: string) {
    const name = source.slice(source.lastIndexOf('/') + 1);
    super(scope, id, {
      terraformResourceType: name,
      terraformProviderSource: source,
      terraformGeneratorMetadata: {
        providerName: name,
        ...(version === undefined ? {} : { providerVersionConstraint: version }),
      },
    });
    this.#written = args;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#written };
  }

  protected override synthesizeHclAttributes(): never {
    throw noHcl(this.node.path);
  }
}

/** True for a value that the framework fills in at synth or Terraform at apply. */
export function isToken(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** True for a resource or a data source, whichever package made it. */
export function isBlock(construct: IConstruct): construct is TerraformResource | TerraformDataSource {
  return (
    TerraformResource.isTerraformResource(construct) || TerraformDataSource.isTerraformDataSource(construct)
  );
}

/**
 * The `count` of what is there until `end` and gone with the first apply after it; undefined where the end is itself
 * known only at apply, because Terraform must know a count before.
 */
export function countUntil(end: string): string | undefined {
  return isToken(end) ? undefined : `\${timecmp(plantimestamp(), "${end}") < 0 ? 1 : 0}`;
}

const ONE_OR_NONE = '? 1 : 0';

function metaArguments(options: BlockOptions): Partial<TerraformResourceConfig> {
  const { provider, ignoreChanges, replaceTriggeredBy, createBeforeDestroy } = options;
  const lifecycle = {
    ...(ignoreChanges && { ignoreChanges: [...ignoreChanges] }),
    ...(replaceTriggeredBy && { replaceTriggeredBy: [...replaceTriggeredBy] }),
    ...(createBeforeDestroy === undefined ? {} : { createBeforeDestroy }),
  };
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
  };
}

/** HCL output needs the type of every argument; a block without its arguments would be access without its limits. */
function noHcl(path: string): Error {
  return new Error(`${path} can be written as Terraform JSON only: leave \`hclOutput\` of the App off`);
}
