// The plan as the rest of the program sees it, whatever file it was read from.

import type { InstanceKey, ModuleStep } from './address.js';
import type { ConstructNote, NotedWaiver } from './construct-note.js';
import type { Json, JsonObject } from './json.js';

export type Action = 'create' | 'read' | 'update' | 'delete' | 'replace' | 'no-op' | 'forget';

/** An expression of the configuration: a constant, or the references it was made from. */
export type Expression = Json;

/** A resource block of the configuration, shared by all its instances. */
export interface ResourceConfig {
  /** Attribute name → expression; nested blocks are lists of the same. */
  readonly expressions: JsonObject;
  /** Left out where there is none. */
  readonly provisioners?: readonly Provisioner[];
  /** Key into the plan's `provider_config`: `aws.payments`. */
  readonly provider: string | undefined;
  readonly forEach: Expression | undefined;
  readonly count: Expression | undefined;
  /** What plan JSON does not tell, and the sources do. */
  readonly lifecycle?: Lifecycle;
  /** In comments at the block. */
  readonly waivers?: readonly NotedWaiver[];
  /** Where the attribute at a path is written, or the block around it; undefined where the sources are not known. */
  readonly locate?: (path: readonly (string | number)[]) => Location;
  /** Where a construct made it, from the comment of the block. */
  readonly construct?: ConstructNote;
  /** What the sources say about an attribute of one instance; undefined where they do not, or are not known. */
  readonly evaluate?: (
    path: readonly (string | number)[],
    instance: { readonly module: readonly ModuleStep[]; readonly key: InstanceKey | undefined },
  ) => Evaluated | undefined;
  /** When time takes one instance away; undefined where nothing says so for certain, or the sources are not known. */
  readonly removal?: (instance: {
    readonly module: readonly ModuleStep[];
    readonly key: InstanceKey | undefined;
  }) => Removal | undefined;
}

/** The first apply after a moment removes the resource, because `count` or `for_each` hangs on `plantimestamp()`. */
export interface Removal {
  readonly at: Date;
  /** What says so: `count`, `for_each of module.vendor`. */
  readonly path: string;
}

/** What runs when a resource is created or destroyed. */
export interface Provisioner {
  /** `local-exec`, `remote-exec`, `file` */
  readonly type: string;
  /** Of the same shape as those of the resource. */
  readonly expressions: JsonObject;
}

/** A value worked out from the sources before apply. */
export interface Evaluated {
  /** With symbols for what is known only after apply. */
  readonly value: Json;
  /** True where all of it is known only after apply. */
  readonly unknown: boolean;
  /** What it hangs on: `module.team.aws_iam_role.this.arn`, with the module in front. */
  readonly references: readonly string[];
}

/** Where something stands in the sources; line and column from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The `lifecycle` block of a resource. */
export interface Lifecycle {
  readonly preventDestroy: boolean;
  /** Names of attributes. */
  readonly ignoreChanges: readonly string[] | 'all';
  /** References. */
  readonly replaceTriggeredBy: readonly string[];
}

export interface ModuleConfig {
  /** `type.name` or `data.type.name` → block. */
  readonly resources: ReadonlyMap<string, ResourceConfig>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  /** Output name → its expression. */
  readonly outputs: ReadonlyMap<string, { expression: Expression; sensitive: boolean }>;
  /** Variable name → its default. */
  readonly variables: ReadonlyMap<string, Json | undefined>;
  /** In comments that stand at no resource. */
  readonly strayWaivers?: readonly NotedWaiver[];
}

export interface ModuleCall {
  readonly expressions: JsonObject;
  readonly module: ModuleConfig;
  readonly forEach: Expression | undefined;
  readonly count: Expression | undefined;
  /** In comments at the call. */
  readonly waivers?: readonly NotedWaiver[];
}

/** One resource instance, as it will stand when the plan has been applied. */
export interface Resource {
  readonly address: string;
  readonly module: readonly ModuleStep[];
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | undefined;
  /** The provider's type name: `aws`, `azurerm`. */
  readonly provider: string;
  readonly action: Action;
  /** Attribute values after apply; of a deleted or forgotten one, its last. Unknown ones are missing. */
  readonly values: JsonObject;
  /** The shape of `values` with `true` where a value is known only after apply. */
  readonly unknown: Json;
  /** The shape of `values` with `true` where a value is sensitive. */
  readonly sensitive: Json;
  /** Values before the change; null where it is created. */
  readonly before: JsonObject | null;
  /** Undefined where no block of the configuration declares it any more. */
  readonly config: ResourceConfig | undefined;
  readonly previousAddress: string | undefined;
  /** Where a construct made it: its path and `file:line`, from the metadata of synth. */
  readonly construct: ConstructNote | undefined;
}

export interface Output {
  readonly name: string;
  readonly expression: Expression | undefined;
  readonly value: Json | undefined;
  readonly unknown: boolean;
  readonly sensitive: boolean;
}

export type PlanKind = 'plan-json' | 'binary-plan' | 'terraform-json' | 'state-json' | 'configuration';

/** What a configuration without a plan does not tell. */
export type Gap =
  /** A module that is not there. */
  | { readonly kind: 'module'; readonly address: string }
  /** How many instances a resource will have. */
  | { readonly kind: 'count'; readonly address: string; readonly reference: string }
  /** A file that cannot be read to its end. */
  | { readonly kind: 'file'; readonly address: string; readonly location: Location };

export interface Plan {
  readonly kind: PlanKind;
  readonly formatVersion: string | undefined;
  readonly terraformVersion: string | undefined;
  /** Who made it, as far as the plan tells. */
  readonly producer: 'OpenTofu' | 'Terraform' | undefined;
  /** RFC 3339, when the plan was made. */
  readonly timestamp: string | undefined;
  readonly errored: boolean;
  /** False only where the plan says so. */
  readonly complete: boolean;
  readonly deferredChanges: number;
  /** Managed and data resources, sorted by address; deposed objects left out. */
  readonly resources: readonly Resource[];
  /** What a refresh found changed outside of Terraform. */
  readonly drift: readonly Resource[];
  readonly root: ModuleConfig;
  /** `provider_config` of the plan: key → expressions. */
  readonly providers: ReadonlyMap<string, JsonObject>;
  readonly outputs: readonly Output[];
  /** Values of the root module's variables that were given when planning. */
  readonly variables: ReadonlyMap<string, Json>;
  /** Only of a configuration without a plan. */
  readonly gaps?: readonly Gap[];
}

/** The plan cannot be read; `message` is one line that names the place. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
