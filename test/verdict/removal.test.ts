// Access that time takes away: `count` and `for_each` that hang on the clock of the plan. What is not certain is no end.

import { describe, expect, it } from 'vitest';
import { baselineOf, type RunOptions, run } from '../../src/lint/run.js';
import { asRead, type Files, NOW, OPTIONS, planOf, reportOn } from '../configurations.js';

const END = '2027-01-15T00:00:00Z';

const ENDS: RunOptions = { ...OPTIONS, only: ['expiry-too-long', 'expiry-not-enforced'] };

/** Verdict, end and first evidence of each identity of a folder. */
function expiries(files: Files, now: Date | string = NOW): Record<string, string> {
  const [report] = run([asRead(planOf(files), new Date(now))], ENDS);
  return Object.fromEntries(
    (report?.identities ?? []).map(({ identity, expiry }) => [
      identity.address,
      [expiry.verdict, expiry.at?.toISOString().replace('.000', ''), ...expiry.evidence.slice(0, 1)]
        .filter((part) => part !== undefined)
        .join(' '),
    ]),
  );
}

/** A user with one key, which is there as often as this says. */
const key = (gate: string, rest = '', name = 'a'): string =>
  `resource "aws_iam_user" "a" {\n  name = "${name}"\n}\nresource "aws_iam_access_key" "k" {\n  ${gate}\n  user = aws_iam_user.a.name\n}\n${rest}`;
const COND = `timecmp(plantimestamp(), "${END}") < 0`;
const SCHEDULED = (path = 'count', block = '[0]') => `scheduled ${END} aws_iam_access_key.k${block} ${path}`;

describe('a key ends with its count', () => {
  it.each<[string, string, string?]>([
    ['before a date', `count = ${COND} ? 1 : 0`],
    ['until and with it', `count = timecmp(plantimestamp(), "${END}") <= 0 ? 1 : 0`],
    ['the other way round', `count = timecmp("${END}", plantimestamp()) > 0 ? 1 : 0`],
    ['by the sign', `count = timecmp(plantimestamp(), "${END}") == -1 ? 1 : 0`],
    ['turned round', `count = timecmp(plantimestamp(), "${END}") >= 0 ? 0 : 1`],
    ['not after', `count = !(timecmp(plantimestamp(), "${END}") > 0) ? 1 : 0`],
    ['in another zone', 'count = timecmp(plantimestamp(), "2027-01-15T02:00:00+02:00") < 0 ? 1 : 0'],
    ['with a switch', `count = var.on && ${COND} ? 1 : 0`, 'variable "on" {\n  default = true\n}\n'],
    [
      'with a switch in front',
      `count = var.on ? (${COND} ? 1 : 0) : 0`,
      'variable "on" {\n  default = true\n}\n',
    ],
    ['as a number of a set', `count = length(${COND} ? ["a"] : [])`],
    [
      'by the earlier of two',
      `count = ${COND} && timecmp(plantimestamp(), "2028-01-01T00:00:00Z") < 0 ? 1 : 0`,
    ],
    [
      'by the later of two',
      `count = ${COND} || timecmp(plantimestamp(), "2026-12-01T00:00:00Z") < 0 ? 1 : 0`,
    ],
    [
      'of a variable',
      'count = timecmp(plantimestamp(), var.until) < 0 ? 1 : 0',
      `variable "until" {\n  default = "${END}"\n}\n`,
    ],
    [
      'counted from a day',
      'count = timecmp(plantimestamp(), timeadd("2027-01-01T00:00:00Z", "336h")) < 0 ? 1 : 0',
    ],
    [
      'through locals',
      'count = local.until.active ? 1 : 0',
      `locals {\n  now = plantimestamp()\n  end = "${END}"\n  until = { active = timecmp(local.now, local.end) < 0 }\n}\n`,
    ],
  ])('%s', (_, gate, rest = '') =>
    expect(expiries({ 'main.tf': key(gate, rest) })).toEqual({ 'aws_iam_user.a': SCHEDULED() }),
  );

  it.each<[string, string]>([
    ['a set', `for_each = ${COND} ? toset(["x"]) : toset([])`],
    ['an object', `for_each = ${COND} ? { x = 1 } : {}`],
    [
      'a filter',
      `for_each = { for name, end in { x = "${END}", y = "2020-01-01T00:00:00Z" } : name => end if timecmp(plantimestamp(), end) < 0 }`,
    ],
    [
      'a filtered set',
      `for_each = toset([for one in [{ n = "x", end = "${END}" }] : one.n if timecmp(plantimestamp(), one.end) < 0])`,
    ],
  ])('or with for_each: %s', (_, gate) =>
    expect(expiries({ 'main.tf': key(gate) })).toEqual({
      'aws_iam_user.a': SCHEDULED('for_each', '["x"]'),
    }),
  );

  it('or with the instances of what it is for', () => {
    const users = `locals {\n  live = { for name, end in { x = "${END}" } : name => end if timecmp(plantimestamp(), end) < 0 }\n}\n`;
    const text = `${users}resource "aws_iam_user" "a" {\n  for_each = local.live\n  name = each.key\n}\nresource "aws_iam_access_key" "k" {\n  for_each = aws_iam_user.a\n  user = each.value.name\n}\n`;
    expect(expiries({ 'main.tf': text })).toEqual({
      'aws_iam_user.a["x"]': SCHEDULED('for_each', '["x"]'),
    });
  });

  it('is past when the end is, and a longer key beside it is what counts', () => {
    const text = key(`count = ${COND} ? 1 : 0`);
    const other = (name: string, gate: string) =>
      `resource "aws_iam_access_key" "${name}" {\n  ${gate}\n  user = aws_iam_user.a.name\n}\n`;
    expect(expiries({ 'main.tf': text + other('b', '') })).toMatchObject({ 'aws_iam_user.a': 'missing' });
    expect(expiries({ 'main.tf': text }, '2027-03-01T00:00:00Z')['aws_iam_user.a']).toMatch(/^expired /);
    const later = 'count = timecmp(plantimestamp(), "2027-02-01T00:00:00Z") < 0 ? 1 : 0';
    expect(expiries({ 'main.tf': text + other('b', later) })['aws_iam_user.a']).toMatch(
      /^scheduled 2027-02-01T00:00:00Z /,
    );
  });
});

describe('is no end', () => {
  it.each<[string, string, string?]>([
    ['one remains', `count = ${COND} ? 2 : 1`],
    ['a beginning', `count = timecmp(plantimestamp(), "2020-01-01T00:00:00Z") > 0 ? 1 : 0`],
    ['an end that moves', 'count = timecmp(plantimestamp(), timeadd(plantimestamp(), "720h")) < 0 ? 1 : 0'],
    [
      'an end that moves, through a local',
      'count = timecmp(plantimestamp(), local.end) < 0 ? 1 : 0',
      'locals {\n  end = timeadd(plantimestamp(), "720h")\n}\n',
    ],
    ['a date that comes again', 'count = formatdate("MM", plantimestamp()) == "11" ? 1 : 0'],
    ['a date that is none', 'count = timecmp(plantimestamp(), "2027-01-15") < 0 ? 1 : 0'],
    [
      'an end that whoever plans has yet to give',
      'count = timecmp(plantimestamp(), var.until) < 0 ? 1 : 0',
      'variable "until" {}\n',
    ],
    [
      'an end that is read, or made anew',
      'count = timecmp(plantimestamp(), time_rotating.t.rotation_rfc3339) < 0 ? 1 : 0',
      'resource "time_rotating" "t" {\n  rotation_days = 30\n}\n',
    ],
    [
      'something else may keep it',
      `count = ${COND} || var.keep ? 1 : 0`,
      'variable "keep" {\n  default = true\n}\n',
    ],
    [
      'a switch that has nothing to do with time',
      'count = var.on ? 1 : 0',
      'variable "on" {\n  default = true\n}\n',
    ],
    ['a circle', `count = local.a ? 1 : 0`, `locals {\n  a = local.b && ${COND}\n  b = local.a\n}\n`],
    ['null, which is one', `count = ${COND} ? 1 : null`],
  ])('%s', (_, gate, rest = '') =>
    expect(Object.values(expiries({ 'main.tf': key(gate, rest) })).join()).not.toContain('scheduled'),
  );

  it('while another entry keeps the name', () => {
    const users = `{ a = { n = "x", end = "${END}" }, b = { n = "x", end = "9999-01-01T00:00:00Z" } }`;
    const gate = `for_each = toset([for one in ${users} : one.n if timecmp(plantimestamp(), one.end) < 0])`;
    expect(expiries({ 'main.tf': key(gate) })['aws_iam_user.a']).toMatch(/^scheduled 9999/);
  });
});

describe('a module around it', () => {
  const inside = {
    'm/main.tf': key(
      'count = timecmp(plantimestamp(), var.until) < 0 ? 1 : 0',
      'variable "until" {}\n',
      'a-${var.until}',
    ),
  };

  it('gives the end', () => {
    const main = `module "m" {\n  source = "./m"\n  until  = "${END}"\n}\n`;
    expect(expiries({ 'main.tf': main, ...inside })).toEqual({
      'module.m.aws_iam_user.a': `scheduled ${END} module.m.aws_iam_access_key.k[0] count`,
    });
  });

  it('gives each its own', () => {
    const main = `module "m" {\n  source   = "./m"\n  for_each = { x = "${END}", y = "2027-03-01T00:00:00Z" }\n  until    = each.value\n}\n`;
    expect(expiries({ 'main.tf': main, ...inside })).toEqual({
      'module.m["x"].aws_iam_user.a': `scheduled ${END} module.m["x"].aws_iam_access_key.k[0] count`,
      'module.m["y"].aws_iam_user.a':
        'scheduled 2027-03-01T00:00:00Z module.m["y"].aws_iam_access_key.k[0] count',
    });
  });

  it('goes as a whole', () => {
    const main = `module "m" {\n  source = "./m"\n  count  = ${COND} ? 1 : 0\n}\n`;
    expect(expiries({ 'main.tf': main, 'm/main.tf': key('') })).toEqual({
      'module.m[0].aws_iam_user.a': `scheduled ${END} module.m[0].aws_iam_access_key.k count of module.m[0]`,
    });
  });
});

describe('a role', () => {
  const role = (gate: string, attachment: string): string => `locals {
  on = ${COND}
}
resource "aws_iam_role" "r" {
  ${gate}
  name               = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy" "p" {
  ${attachment}
  role   = one(aws_iam_role.r[*].name)
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::a/*" }] })
}
`;
  const GATE = 'count = local.on ? 1 : 0';

  it('ends with its trust where all that hangs on it goes too', () =>
    expect(expiries({ 'main.tf': role(GATE, GATE) })).toEqual({
      'aws_iam_role.r[0]': `scheduled ${END} aws_iam_role.r[0] count`,
    }));

  it('ends with all that it may do', () =>
    expect(
      expiries({ 'main.tf': role('', GATE).replace('one(aws_iam_role.r[*].name)', 'aws_iam_role.r.name') }),
    ).toEqual({
      'aws_iam_role.r': `scheduled ${END} aws_iam_role_policy.p[0] count`,
    }));

  it('does not end while something that stays points to it: that apply would fail', () =>
    expect(
      expiries({
        'main.tf': role(GATE, '').replace('one(aws_iam_role.r[*].name)', 'aws_iam_role.r[0].name'),
      }),
    ).toEqual({
      'aws_iam_role.r[0]': 'missing',
    }));
});

describe('what is told of it', () => {
  const until = (end: string) => ({
    'main.tf': key(`count = timecmp(plantimestamp(), "${end}") < 0 ? 1 : 0`),
  });
  const told = (files: Files): string[] =>
    reportOn(planOf(files), ENDS).findings.map(({ rule, message }) => `${rule}: ${message}`);

  it('is nothing of a key that goes soon, and that it is long where it is', () => {
    expect(told(until(END))).toEqual([]);
    expect(told(until('2027-06-01T00:00:00Z'))).toEqual([
      'expiry-too-long: Lasts 190 days; a static credential may last 90 days',
    ]);
  });

  it('is that no platform ends it, where it is privileged', () => {
    const admin = `resource "aws_iam_user_policy_attachment" "a" {\n  user = aws_iam_user.a.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`;
    expect(told({ 'main.tf': key(`count = ${COND} ? 1 : 0`, admin) })).toEqual([
      'expiry-not-enforced: Privileged access must end by the platform itself, only the first apply after 2027-01-15 ends it',
    ]);
  });

  it('is new to a baseline when the end moves', () => {
    const deciding = (end: string) =>
      baselineOf([asRead(planOf(until(end)))], ENDS).map((entry) => entry.deciding);
    const [june, same, july] = ['2027-06-01', '2027-06-01', '2027-07-01'].map((day) =>
      deciding(`${day}T00:00:00Z`),
    );
    expect(june).toHaveLength(1);
    expect(june).toEqual(same);
    expect(june).not.toEqual(july);
  });
});
