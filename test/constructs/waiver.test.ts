// A waiver next to the code holds where it is synthesised; the gate before apply asks the configuration.

import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import {
  type EnforceOptions,
  Governance,
  Provider,
  Resource,
  type WaivedFinding,
  Waiver,
} from '../../constructs/index.js';
import { rules } from '../../rules/index.js';
import { type Config, type LintReport, lint } from '../../src/index.js';
import { withSources } from '../../src/input/attach-sources.js';
import { readPlan } from '../../src/input/read-plan.js';
import { run } from '../../src/lint/run.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';
import { loadGrammar } from '../../src/source/grammar.js';
import { folderOf } from '../folder.js';
import { type Synthesised, synthesiseStack } from './synth.js';

const NOW = new Date('2026-11-23T00:00:00Z');
const ENFORCED: EnforceOptions = { now: NOW, config: false };
const ACCEPTED: Config = { ...EMPTY_CONFIG, waiversInCode: true };
const OWNER: WaivedFinding = {
  rule: 'owner-missing',
  reason: 'The team is being formed',
  owner: 'cto@example.com',
  expires: '2027-01-31',
};
const END: WaivedFinding = { ...OWNER, rule: 'expiry-missing', controls: ['One queue'], ticket: 'SEC-118' };

/** A machine user whose owner and end are missing, and the waivers that stand beside it. */
function legacy(
  waivers: readonly WaivedFinding[],
  governed: EnforceOptions | undefined = ENFORCED,
): Synthesised {
  return synthesiseStack((app) => {
    if (governed) Governance.of(app).enforce(governed);
    const stack = new TerraformStack(app, 'legacy');
    new Provider(stack, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
    const billing = new Construct(stack, 'billing');
    for (const waiver of waivers) Waiver.of(billing, waiver);
    const user = new Resource(billing, 'user', 'aws_iam_user', { name: 'billing' });
    new Resource(billing, 'key', 'aws_iam_access_key', { user: user.getStringAttribute('name') });
    return stack;
  });
}

const linted = (json: Synthesised, config: Config): LintReport =>
  lint(JSON.stringify(json), { now: NOW, config });
const rulesOf = (report: LintReport): string[] =>
  report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);

describe('a waiver in code', () => {
  it('lets synth pass', () => {
    expect(() => legacy([OWNER])).toThrow('expiry-missing');
    expect(() => legacy([OWNER, END])).not.toThrow();
  });

  it('holds before apply where the configuration says so, and tells who accepts what', () => {
    const report = linted(legacy([OWNER, END]), ACCEPTED);
    expect(rulesOf(report)).toEqual([]);
    const { reason, owner, expires } = OWNER;
    const [billing] = report.identities;
    expect(report.waived).toMatchObject([
      {
        rule: 'expiry-missing',
        waiver: { reason, owner, expires, controls: ['One queue'], ticket: 'SEC-118' },
      },
      { rule: 'owner-missing', identity: billing?.identity.address, waiver: { reason, owner, expires } },
    ]);
  });

  it('holds nowhere else, and that is told at its line', () => {
    const report = linted(legacy([OWNER, END]), EMPTY_CONFIG);
    expect(rulesOf(report)).toEqual(['expiry-missing', 'owner-missing']);
    const told = report.findings.filter(({ rule }) => rule === 'waiver-invalid');
    expect(told.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'note',
        'The code of legacy/billing waives "expiry-missing", and the configuration does not accept waivers in code',
      ],
      [
        'note',
        'The code of legacy/billing waives "owner-missing", and the configuration does not accept waivers in code',
      ],
    ]);
    expect(told[0]?.location).toMatchObject({ file: 'test/constructs/waiver.test.ts' });
  });

  it('silences nothing that cannot be waived', () => {
    expect(() => legacy([{ ...OWNER, rule: 'waiver-invalid' }, OWNER, END])).toThrow('cannot be waived');
  });

  it.each<[string, Partial<WaivedFinding>, string]>([
    ['no reason', { reason: 'todo' }, 'waiver reason: says nothing'],
    ['nobody', { owner: '' }, 'waiver owner: says nothing'],
    ['no date', { expires: 'never' }, 'waiver expires: "never" is no date'],
    ['a day that has passed', { expires: '2026-11-01' }, 'expired on 2026-11-01'],
    ['ten years', { expires: '2036-11-01' }, 'longer than a waiver may'],
    ['what is not found', { rule: 'trust-open' }, 'matches no finding'],
    ['a rule that does not exist', { rule: 'owner-mising' }, 'did you mean "owner-missing"?'],
  ])('with %s is told at synth', (_, changes, message) => {
    expect(() => legacy([{ ...OWNER, ...changes }, OWNER, END])).toThrow(message);
  });

  it('is of what stands under its construct alone', () => {
    const json = synthesiseStack((app) => {
      const stack = new TerraformStack(app, 'legacy');
      new Provider(stack, 'aws', 'hashicorp/aws', { region: 'eu-west-1' });
      const user = new Resource(stack, 'billing', 'aws_iam_user', { name: 'billing' });
      Waiver.of(user, OWNER);
      new Resource(stack, 'reports', 'aws_iam_user', { name: 'reports' });
      return stack;
    });
    const report = linted(json, ACCEPTED);
    expect(report.waived.map(({ construct }) => construct)).toEqual(['legacy/billing']);
    expect(
      report.findings.filter(({ rule }) => rule === 'owner-missing').map(({ construct }) => construct),
    ).toEqual(['legacy/reports']);
  });
});

describe('a plan of a synthesised stack', () => {
  it('is led back to constructs, lines and waivers by the stack', async () => {
    const json = legacy([OWNER, END]);
    const [name] = Object.keys(json.resource.aws_iam_user);
    const address = `aws_iam_user.${name}`;
    const values = { name: 'billing', path: '/', tags: null, tags_all: {} };
    const plan = {
      format_version: '1.2',
      terraform_version: '1.10.0',
      planned_values: { root_module: {} },
      resource_changes: [
        {
          address,
          mode: 'managed',
          type: 'aws_iam_user',
          name,
          provider_name: 'registry.opentofu.org/hashicorp/aws',
          change: {
            actions: ['create'],
            before: null,
            after: values,
            after_unknown: {},
            after_sensitive: {},
          },
        },
      ],
      configuration: {
        root_module: {
          resources: [{ address, mode: 'managed', type: 'aws_iam_user', name, expressions: {} }],
        },
      },
    };
    const read = readPlan('plan.json', Buffer.from(JSON.stringify(plan)));
    const folder = folderOf({ 'cdk.tf.json': JSON.stringify(json) });
    const { plan: sourced } = withSources(read.plan, folder, await loadGrammar(), (path) => path);
    const judged = (config: Config): LintReport =>
      run([{ ...read, plan: sourced, now: NOW }], {
        profile: 'recommended',
        config,
        rules,
        only: ['owner-missing'],
        skip: [],
        failOn: 'error',
        onlyChanged: false,
      })[0] as LintReport;
    expect(judged(EMPTY_CONFIG).findings).toMatchObject([
      {
        rule: 'owner-missing',
        construct: 'legacy/billing/user',
        location: { file: 'test/constructs/waiver.test.ts' },
      },
    ]);
    expect(judged(ACCEPTED)).toMatchObject({
      findings: [],
      waived: [{ waiver: { owner: 'cto@example.com' } }],
    });
  });
});
