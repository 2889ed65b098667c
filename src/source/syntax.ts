// The syntax tree of Terraform's configuration language, whether a file was written natively or as JSON.
// Language: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

import type { JsonObject } from '../plan/json.js';

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type UnaryOperator = '-' | '!';
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&&'
  | '||';

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Text with interpolations and directives; one interpolation alone keeps the type of what stands in it. */
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
  /** `of[*].a[0].b`, or `of.*.a`, whose index applies to the list it makes. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: readonly SplatStep[] }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly Expression[];
      /** The last argument is a list of arguments: `merge(maps...)`. */
      readonly spread: boolean;
    }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | {
      readonly kind: 'for';
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly collection: Expression;
      /** Set where it makes an object. */
      readonly key: Expression | undefined;
      readonly value: Expression;
      readonly condition: Expression | undefined;
      /** `…` behind the value: values of one key are gathered in a list. */
      readonly grouped: boolean;
    }
  /** What the parser could not read. */
  | { readonly kind: 'unreadable' };

export interface ObjectEntry {
  /** A bare name as a key is a literal. */
  readonly key: Expression;
  readonly value: Expression;
}

export type SplatStep = { readonly name: string } | { readonly key: Expression };

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'interpolation'; readonly of: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly yes: readonly TemplatePart[];
      readonly no: readonly TemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly collection: Expression;
      readonly body: readonly TemplatePart[];
    };

export interface Attribute {
  readonly name: string;
  readonly expression: Expression;
  readonly at: Position;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly at: Position;
  /** The line it ends in; undefined where a file was written as JSON. */
  readonly end?: number;
  /** What a synth left under `//`: where the construct stands. */
  readonly metadata?: JsonObject;
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

export interface Comment {
  /** Without its marks. */
  readonly text: string;
  readonly at: Position;
}

export interface SourceFile {
  /** As the reader of a report would name it: `modules/team/main.tf`. */
  readonly path: string;
  readonly body: Body;
  readonly comments: readonly Comment[];
  /** Where the first thing stands that could not be read. */
  readonly broken: Position | undefined;
}
