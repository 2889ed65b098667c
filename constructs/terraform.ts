// The one file that names the framework. Everything else is built from these three blocks, which need no provider
// package: those weigh hundreds of megabytes, and an access package uses a handful of resource types.

import {
  Annotations,
  App,
  Aspects,
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
}

/**
 * Any resource of any provider: `new Resource(this, 'Queue', 'aws_sqs_queue', { name: 'payments' })`.
 * Read an attribute of it with `getStringAttribute('arn')`.
 */
export class Resource extends TerraformResource {
  readonly #written: Arguments;

  public constructor(
    scope: Construct,
    id: string,
    type: string,
    args: Arguments,
    options: BlockOptions = {},
  ) {
    super(scope, id, { terraformResourceType: type, ...metaArguments(options) });
    this.#written = options.note === undefined ? args : { ...args, '//': { leasehold: options.note } };
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

  public constructor(
    scope: Construct,
    id: string,
    type: string,
    args: Arguments,
    options: BlockOptions = {},
  ) {
    super(scope, id, { terraformResourceType: type, ...metaArguments(options) });
    this.#written = args;
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

function metaArguments({ provider, ignoreChanges }: BlockOptions): Partial<TerraformResourceConfig> {
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(ignoreChanges === undefined ? {} : { lifecycle: { ignoreChanges: [...ignoreChanges] } }),
  };
}

/** HCL output needs the type of every argument; a block without its arguments would be access without its limits. */
function noHcl(path: string): Error {
  return new Error(`${path} can be written as Terraform JSON only: leave \`hclOutput\` of the App off`);
}
