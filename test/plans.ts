// Plans written by hand, in the shape that `show -json` prints: for what no recorded stack holds.

import { type LintOptions, type LintReport, lint } from '../src/index.js';
import type { Finding } from '../src/lint/finding.js';

export interface Planned {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Attributes known only after apply, with what the configuration refers to there; nothing where it is the platform's. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /** A deleted or forgotten one has no block any more, unless it is `scaled` down. */
  readonly action?: 'create' | 'update' | 'no-op' | 'delete' | 'forget' | 'scaled';
  /** What of nested blocks is known only after apply, and their expressions, as plans write both. */
  readonly nested?: {
    readonly unknown: Readonly<Record<string, unknown>>;
    readonly expressions: Readonly<Record<string, unknown>>;
  };
}

const NAMES = { tags_all: { owner: 'team-shop', purpose: 'Serves the shop', expires: '2027-03-31' } };

/** A resource of the root module: `resource('aws_iam_role.deploy', { … })`. */
export function resource(
  address: string,
  values: Planned['values'],
  references: NonNullable<Planned['references']> = {},
  action: Planned['action'] = 'create',
): Planned {
  return { address, values, references, action };
}

/** A policy document that is read during apply, since it names what does not exist yet; each text is a reference. */
export function deferredDocument(
  name: string,
  ...statements: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[]
): Planned {
  return {
    address: `data.aws_iam_policy_document.${name}`,
    values: { statement: statements.map(({ actions }) => ({ effect: 'Allow', actions, sid: '' })) },
    nested: {
      unknown: {
        json: true,
        id: true,
        statement: statements.map(({ resources }) => ({ resources: resources.map(() => true) })),
      },
      expressions: {
        statement: statements.map(({ actions, resources }) => ({
          actions: { constant_value: actions },
          resources: { references: resources.flatMap((one) => [one, one.replace(/\.[^.]*$/, '')]) },
        })),
      },
    },
  };
}

/** A role with an owner, a purpose and an end, so that only its trust is left to tell of. */
export function role(name: string, trust: unknown, values: Planned['values'] = {}): Planned {
  return resource(`aws_iam_role.${name}`, {
    name,
    path: '/',
    ...NAMES,
    assume_role_policy: typeof trust === 'string' ? trust : policy(trust),
    ...values,
  });
}

/** The text of a policy with these statements. */
export function policy(statements: unknown): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** The text of a plan that holds the resources. */
export function plan(...resources: readonly Planned[]): string {
  const parts = resources.map((one) => {
    const mode = one.address.startsWith('data.') ? 'data' : 'managed';
    const [type = '', name = ''] = one.address.replace(/^data\./, '').split('.');
    return { ...one, mode, type, name, ...splitKey(name) };
  });
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.10.10',
    timestamp: '2026-11-23T00:00:00Z',
    complete: true,
    errored: false,
    resource_changes: parts.map((part) => {
      const { address, mode, type, block, values, references = {}, nested, action = 'create' } = part;
      return {
        address,
        mode,
        type,
        name: block,
        provider_name: `registry.opentofu.org/hashicorp/${type.split('_')[0]}`,
        change: {
          actions: [mode === 'data' ? 'read' : action === 'scaled' ? 'delete' : action],
          before: action === 'create' ? null : values,
          after: goes(action) ? null : values,
          after_unknown: {
            ...Object.fromEntries(
              Object.keys(references)
                .filter((attribute) => !(attribute in values))
                .map((attribute) => [attribute, true]),
            ),
            ...nested?.unknown,
          },
          before_sensitive: false,
          after_sensitive: {},
        },
      };
    }),
    configuration: {
      provider_config: {},
      root_module: {
        resources: parts
          .filter(({ action }) => action === 'scaled' || !goes(action))
          .map(({ mode, type, block, values, references = {}, nested }) => ({
            address: `${mode === 'data' ? 'data.' : ''}${type}.${block}`,
            mode,
            type,
            name: block,
            provider_config_key: type.split('_')[0],
            expressions: {
              ...Object.fromEntries(
                Object.entries(values)
                  .filter(([attribute]) => attribute !== 'tags_all')
                  .map(([attribute, value]) => [attribute, { constant_value: value }]),
              ),
              ...Object.fromEntries(
                Object.entries(references)
                  .filter(([, list]) => list.length > 0)
                  .map(([attribute, list]) => [attribute, { references: list }]),
              ),
              ...nested?.expressions,
            },
            schema_version: 0,
          })),
      },
    },
  });
}

function goes(action: Planned['action']): boolean {
  return action === 'delete' || action === 'forget' || action === 'scaled';
}

function splitKey(name: string): { block: string } {
  return { block: name.replace(/\[.*\]$/, '') };
}

/** What lint says of the resources. */
export function lintPlan(resources: readonly Planned[], options: LintOptions = {}): LintReport {
  return lint(plan(...resources), options);
}

/** The findings of one category, as `address: message`. */
export function told(report: LintReport, category: Finding['category']): string[] {
  return report.findings
    .filter((finding) => finding.category === category)
    .map(({ address, message }) => `${address}: ${message}`);
}
