// Waivers in comments of the sources: where they may stand, what they must say, and who decides whether they count.

import { describe, expect, it } from 'vitest';
import type { LintReport } from '../../src/lint/report.js';
import { EMPTY_CONFIG } from '../../src/lint/settings.js';
import { type Files, planOf, reportOn } from '../configurations.js';

function judged(files: Files, waiversInCode: boolean | undefined): LintReport {
  return reportOn(planOf(files), {
    config: { ...EMPTY_CONFIG, waiversInCode },
    only: ['owner-missing', 'waiver-invalid'],
  });
}

const WAIVER =
  'leasehold:waive owner-missing owner=team-shop expires=2027-03-31 ticket=SEC-118 reason="Handed over in March"';
const role = (name: string, inside = ''): string =>
  `resource "aws_iam_role" "${name}" {\n  name = "${name}"\n${inside}  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })\n}\n`;
const told = ({ findings }: LintReport): string[] =>
  findings.map(({ rule, severity, address, message }) =>
    rule === 'owner-missing' ? `${rule} ${address}` : `${severity}: ${message}`,
  );

describe('a waiver in a comment', () => {
  it.each<[string, string]>([
    ['above', `# ${WAIVER}\n${role('a')}`],
    ['above, with others below it', `// ${WAIVER}\n# It is the old one.\n${role('a')}`],
    ['inside', role('a', `  # ${WAIVER}\n`)],
    ['in a block comment', `/* ${WAIVER} */\n${role('a')}`],
  ])('holds for the resource it stands at: %s', (_, text) => {
    const report = judged({ 'main.tf': `${text}\n${role('b')}` }, true);
    expect(told(report)).toEqual(['owner-missing aws_iam_role.b']);
    expect(report.waived.map(({ address, waiver }) => [address, waiver])).toEqual([
      [
        'aws_iam_role.a',
        { reason: 'Handed over in March', owner: 'team-shop', expires: '2027-03-31', ticket: 'SEC-118' },
      ],
    ]);
  });

  it('holds in a module, and there only', () => {
    const files = {
      'main.tf': `module "a" {\n  source = "./m"\n}\n${role('a')}`,
      'm/main.tf': `# ${WAIVER}\n${role('a')}`,
    };
    const report = judged(files, true);
    expect(told(report)).toEqual(['owner-missing aws_iam_role.a']);
    expect(report.waived.map(({ address }) => address)).toEqual(['module.a.aws_iam_role.a']);
  });

  it('holds at the call of a module for all that is in it', () => {
    const files = {
      'main.tf': `# ${WAIVER}\nmodule "a" {\n  source = "./m"\n  count = 2\n}\nmodule "b" {\n  source = "./m"\n}\n${role('a')}`,
      'm/main.tf': `module "n" {\n  source = "../n"\n}\n${role('r')}`,
      'n/main.tf': role('deep'),
    };
    const report = judged(files, true);
    expect(told(report)).toEqual([
      'owner-missing aws_iam_role.a',
      'owner-missing module.b.aws_iam_role.r',
      'owner-missing module.b.module.n.aws_iam_role.deep',
    ]);
    expect(report.waived.map(({ address }) => address)).toEqual([
      'module.a[0].aws_iam_role.r',
      'module.a[0].module.n.aws_iam_role.deep',
      'module.a[1].aws_iam_role.r',
      'module.a[1].module.n.aws_iam_role.deep',
    ]);
  });

  it('at a module in which there is nothing to waive says so', () => {
    const files = {
      'main.tf': `module "a" {\n  # ${WAIVER}\n  source = "./m"\n}\n`,
      'm/main.tf': 'locals {\n  x = 1\n}\n',
    };
    const report = judged(files, true);
    expect(told(report)).toEqual(['error: The waiver of "owner-missing" for module.a matches no finding']);
    expect(report.findings[0]?.location).toEqual({ file: 'main.tf', line: 2, column: 1 });
  });

  it.each<[string, string, string]>([
    [
      'mistyped',
      WAIVER.replace('owner-missing', 'owner-mising'),
      'error: The waiver of "owner-mising" for aws_iam_role.a silences nothing: no rule or category has this name; did you mean "owner-missing"?',
    ],
    [
      'of no linter',
      WAIVER.replace('owner-missing', 'CKV_AWS_40'),
      'error: The waiver of "CKV_AWS_40" for aws_iam_role.a silences nothing: no rule or category has this name; `leasehold rules` lists them',
    ],
    ['left out', 'leasehold:waive', 'error: A waiver for aws_iam_role.a names no rule, and silences nothing'],
  ])('whose rule is %s silences nothing, and says so', (_, comment, message) => {
    const report = judged({ 'main.tf': `# ${comment}\n${role('a')}` }, true);
    expect(told(report)).toEqual(['owner-missing aws_iam_role.a', message]);
  });

  it.each([undefined, false])('counts for nothing unless the configuration says so (%s)', (accepted) => {
    const report = judged({ 'main.tf': `# ${WAIVER}\n${role('a')}` }, accepted);
    expect(told(report)).toEqual([
      'owner-missing aws_iam_role.a',
      'note: The code of aws_iam_role.a waives "owner-missing", and the configuration does not accept waivers in code',
    ]);
    expect(report.findings.at(-1)?.location).toEqual({ file: 'main.tf', line: 1, column: 1 });
  });

  it.each<[string, string, string]>([
    ['no reason', WAIVER.replace(/ reason=.*/, ''), 'gives a placeholder for a reason'],
    ['no owner', WAIVER.replace('owner=team-shop ', ''), 'names a placeholder for an owner'],
    ['no end', WAIVER.replace('expires=2027-03-31 ', ''), 'says no day on which it ends'],
    ['an end that is no date', WAIVER.replace('2027-03-31', 'never'), 'says no day on which it ends'],
    ['an end in the past', WAIVER.replace('2027', '2025'), 'expired on 2025-03-31'],
    ['an end too far away', WAIVER.replace('2027', '2047'), 'longer than a waiver may'],
    ['another rule', WAIVER.replace('owner-missing', 'waiver-invalid'), 'cannot be waived'],
  ])('silences nothing with %s, and says so', (_, comment, why) => {
    const report = judged({ 'main.tf': `# ${comment}\n${role('a')}` }, true);
    expect(told(report)).toEqual(['owner-missing aws_iam_role.a', expect.stringContaining(why)]);
  });

  it.each<[string, string]>([
    ['an empty line between', `# ${WAIVER}\n\n${role('a')}`],
    ['at the end', `${role('a')}\n# ${WAIVER}`],
    ['at what is no resource', `# ${WAIVER}\nlocals {\n  x = 1\n}\n${role('a')}`],
  ])('that stands at no resource silences nothing, and says so: %s', (_, text) => {
    const report = judged({ 'main.tf': text }, true);
    expect(told(report)).toEqual([
      'owner-missing aws_iam_role.a',
      'error: The waiver of "owner-missing" for main.tf matches no finding',
    ]);
  });

  it.each<[string, string]>([
    ['a text', role('a', `  description = "# ${WAIVER.replaceAll('"', "'")}"\n`)],
    ['other words', `# see leasehold:waive owner-missing\n${role('a')}`],
    ['an access package', `# leasehold:package = "x"\n${role('a')}`],
  ])('is none in %s', (_, text) =>
    expect(told(judged({ 'main.tf': text }, true))).toEqual(['owner-missing aws_iam_role.a']),
  );
});
