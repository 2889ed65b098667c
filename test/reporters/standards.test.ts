// What others read keeps to what they demand: GitHub, GitLab and CI systems by rules written from their documentation;
// SARIF and CycloneDX also by the official schemas and validators, where `node scripts/fetch-validators.mjs` has run.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { lint, loadPlanFileReader } from '../../src/index.js';
import type { LintReport } from '../../src/lint/report.js';
import { type Format, render } from '../../src/reporters/formats.js';

const root = join(import.meta.dirname, '..', '..');
const stacks = join(root, 'test', 'fixtures', 'stacks');
const validators = join(root, 'tmp', 'validators');
const folder = mkdtempSync(join(tmpdir(), 'leasehold-standards-'));
afterAll(() => rmSync(folder, { recursive: true }));

const planFile = await loadPlanFileReader();
const reports: LintReport[] = readdirSync(stacks).map((stack) => {
  const path = existsSync(join(stacks, stack, 'tfplan')) ? 'tfplan' : 'plan.json';
  return lint(readFileSync(join(stacks, stack, path)), {
    now: new Date('2026-11-23T00:00:00Z'),
    path: `${stack}/${path}`,
    planFile,
  });
});
const LONG = '</script>"\'`\u202e\u0000 '.repeat(500);
const hostile: LintReport[] = reports.slice(0, 2).map((report) => ({
  ...report,
  findings: report.findings.map((finding) => ({
    ...finding,
    message: LONG,
    address: LONG,
    help: LONG,
    location: null,
    construct: LONG,
  })),
}));

async function rendered(format: Format, which: readonly LintReport[]): Promise<string> {
  return render(format, which, {
    tool: { name: 'leasehold', version: '1.2.3' },
    rules,
    display: { color: false, width: 100, unicode: true },
    quiet: false,
    failOn: 'error',
  });
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
  readonly automationDetails: { readonly id: string };
  readonly results: readonly SarifResult[];
}
interface SarifRule {
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity': string };
}
interface SarifResult {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
}

const sarifRuns = async (which: readonly LintReport[]): Promise<SarifRun[]> =>
  JSON.parse(await rendered('sarif', which)).runs;

describe('SARIF, as GitHub takes it', () => {
  it('keeps to its limits, in every rule and result', async () => {
    const runs = await sarifRuns([...reports.slice(2, 7), ...hostile]);
    expect(new Set(runs.map(({ automationDetails }) => automationDetails.id)).size).toBe(7);
    for (const { tool, results } of runs) {
      for (const { shortDescription, fullDescription, help, properties } of tool.driver.rules) {
        expect(shortDescription.text.length).toBeLessThanOrEqual(1024);
        expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
        expect(help.text).not.toBe('');
        expect(properties.tags.length).toBeLessThanOrEqual(20);
        expect(properties.tags).toContain('security');
        expect(Number(properties['security-severity'])).toBeLessThanOrEqual(10);
      }
      for (const { locations, message } of results) {
        expect(locations).toHaveLength(1);
        expect(message.text).not.toBe('');
        expect(locations[0]?.physicalLocation.artifactLocation.uri).not.toMatch(/^[a-z]:|\\|\s|^\.\.?\//i);
      }
    }
  });

  it('has one run for each plan, and one for all where there are more than GitHub takes', async () => {
    expect(await sarifRuns(reports.slice(0, 3))).toHaveLength(3);
    const many = Array.from({ length: 21 }, (_, index) => reports[index % reports.length] as LintReport);
    const [run, ...others] = await sarifRuns(many);
    expect(others).toEqual([]);
    expect(run?.results).toHaveLength(many.reduce((sum, { findings }) => sum + findings.length, 0));
  });

  it('tells apart what stands at one line, and what stands at none', async () => {
    const [report] = reports.filter(({ findings }) => findings.length > 3);
    if (!report) throw new Error('no findings');
    const [one, other, third, fourth] = report.findings.map((finding, index) => ({
      ...finding,
      rule: 'owner-missing',
      fingerprint: `print-${index}`,
      location: index === 3 ? null : { file: 'main.tf', line: index === 2 ? 9 : 1, column: 1 },
    }));
    const findings = [one, other, third, fourth].filter((finding) => finding !== undefined);
    const [run] = await sarifRuns([{ ...report, findings }]);
    expect(
      run?.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash),
    ).toEqual(['print-0:1', 'print-1:1', undefined, 'print-3:1']);
  });

  it('keeps a fingerprint where lines move', async () => {
    const source = readFileSync(join(root, 'docs', 'tutorial.md'), 'utf8').match(
      /^```hcl\n([\s\S]*?)^```/m,
    )?.[1];
    const prints = (text: string): { line: number; print: string }[] => {
      const place = mkdtempSync(join(folder, 'shift-'));
      writeFileSync(join(place, 'main.tf'), text);
      const { stdout } = spawnSync(
        process.execPath,
        [join(root, 'dist', 'cli.js'), 'lint', '.', '--now', '2026-11-23', '--format', 'sarif'],
        { cwd: place, encoding: 'utf8' },
      );
      return JSON.parse(stdout).runs[0].results.map((result: SarifResult) => ({
        line: result.locations[0]?.physicalLocation.region.startLine,
        print: result.partialFingerprints['leasehold/v1'],
      }));
    };
    const [before, after] = [prints(source ?? ''), prints(`# moved\n\n\n${source}`)];
    expect(before.length).toBeGreaterThan(2);
    expect(after).toEqual(before.map(({ line, print }) => ({ line: line + 3, print })));
  });
});

const words = { type: 'string', minLength: 1 };
const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});

describe('GitLab', () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const problems = (schema: object, text: string) => {
    const fits = ajv.compile(schema);
    fits(JSON.parse(text));
    return fits.errors ?? [];
  };
  const all = [...reports, ...hostile];

  it('takes the security report', async () => {
    const time = { type: 'string', pattern: '^\\d{4}(-\\d\\d){2}T\\d\\d(:\\d\\d){2}$' };
    const made = object({ id: words, name: words, version: words, vendor: object({ name: words }) });
    const schema = object({
      version: { type: 'string', pattern: '^15\\.\\d+\\.\\d+$' },
      scan: object({
        analyzer: made,
        scanner: made,
        type: { const: 'sast' },
        start_time: time,
        end_time: time,
        status: { enum: ['success', 'failure'] },
      }),
      vulnerabilities: {
        type: 'array',
        items: object(
          {
            id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
            name: { ...words, maxLength: 255 },
            description: { ...words, maxLength: 1_048_576 },
            severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
            solution: { type: 'string', maxLength: 7000 },
            location: object({ file: words, start_line: { type: 'integer', minimum: 1 } }, { class: words }),
            identifiers: {
              type: 'array',
              minItems: 1,
              items: object({ type: words, name: words, value: words }),
            },
          },
          { links: { type: 'array', items: object({ url: { type: 'string', pattern: '^https?://.+' } }) } },
        ),
      },
    });
    expect(problems(schema, await rendered('gitlab-sast', all))).toEqual([]);
  });

  it('takes the report on code quality, and drops none of it', async () => {
    const entry = object(
      {
        description: words,
        check_name: words,
        fingerprint: words,
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: object({
          path: { type: 'string', pattern: '^(?!\\./|/).' },
          lines: object({ begin: { type: 'integer', minimum: 1 } }),
        }),
      },
      { type: { const: 'issue' }, categories: { type: 'array' }, content: object({ body: words }) },
    );
    const text = await rendered('gitlab', all);
    expect(problems({ type: 'array', items: entry }, text)).toEqual([]);
    const [report] = reports.filter(({ findings }) => findings.length > 0);
    if (!report) throw new Error('no findings');
    const other = { ...report, input: { ...report.input, path: 'other/tfplan' } };
    for (const [format, key] of [
      ['gitlab', (one: Record<string, unknown>) => one.fingerprint],
      ['gitlab-sast', (one: Record<string, unknown>) => one.id],
    ] as const) {
      const parsed = JSON.parse(await rendered(format, [report, other]));
      const entries: Record<string, unknown>[] = parsed.vulnerabilities ?? parsed;
      expect(new Set(entries.map(key)).size).toBe(2 * report.findings.length);
    }
  });
});

describe('JUnit', () => {
  const COUNTS = ['tests', 'failures', 'errors', 'skipped', 'time'];
  const ALLOWED: Record<string, { attributes: string[]; children: string[] }> = {
    testsuites: { attributes: ['name', ...COUNTS], children: ['testsuite'] },
    testsuite: { attributes: ['name', ...COUNTS], children: ['testcase'] },
    testcase: {
      attributes: ['name', 'classname', 'time', 'file', 'line'],
      children: ['failure', 'skipped', 'system-out'],
    },
    failure: { attributes: ['message', 'type'], children: ['#text'] },
    skipped: { attributes: ['message'], children: [] },
    'system-out': { attributes: [], children: ['#text'] },
  };
  type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

  it('has the elements and attributes that CI systems know, in their places', async () => {
    const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
    const seen = new Set<string>();
    const walk = (node: Node): void => {
      const name = Object.keys(node).find((key) => key !== ':@') ?? '';
      if (name.startsWith('?') || name === '#text') return;
      seen.add(name);
      const { attributes, children } = ALLOWED[name] ?? { attributes: [], children: [] };
      expect(attributes, name).toEqual(expect.arrayContaining(Object.keys(node[':@'] ?? {})));
      const inner = node[name] as Node[];
      const names = inner.map((one) => Object.keys(one).find((key) => key !== ':@') ?? '');
      expect(children, name).toEqual(expect.arrayContaining(names));
      inner.forEach(walk);
    };
    for (const node of parser.parse(await rendered('junit', [...reports, ...hostile]))) walk(node);
    expect([...seen]).toEqual(expect.arrayContaining(['testsuites', 'testsuite', 'testcase', 'failure']));
  });
});

/** `LEASEHOLD_NEED_VALIDATORS=1` makes missing ones a failure. */
const there = (path: string): boolean =>
  existsSync(join(validators, path)) || process.env.LEASEHOLD_NEED_VALIDATORS === '1';

const multitool = join('sarif', process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool');

it.skipIf(!there(multitool))(
  "SARIF passes the official schema and Microsoft's rules",
  { timeout: 60_000 },
  async () => {
    const cases = {
      plain: reports,
      waived: reports.map((report) => ({
        ...report,
        findings: [],
        waived: report.findings.map((finding) => ({
          ...finding,
          waiver: { reason: 'known', owner: 'team', expires: '2027-01-01', source: 'config' as const },
        })),
      })),
      hostile,
      nothing: [],
    };
    mkdirSync(join(folder, 'sarif'));
    for (const [name, which] of Object.entries(cases))
      writeFileSync(join(folder, 'sarif', `${name}.sarif`), await rendered('sarif', which as LintReport[]));
    const { stdout, error } = spawnSync(
      join(validators, multitool),
      [
        'validate',
        join(folder, 'sarif', '*.sarif'),
        ...['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning'],
      ],
      { encoding: 'utf8', timeout: 50_000 },
    );
    expect(error).toBeUndefined();
    expect(stdout.split('\n').filter((line) => /: (error|warning) /.test(line))).toEqual([]);
    expect(stdout).toContain(`${Object.keys(cases).length} files scanned`);
  },
);

it.skipIf(!there('cyclonedx'))('CycloneDX passes the official schema', () => {
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(validators, 'cyclonedx/res/schema', name), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json'])
    ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}` });
  const fits = ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'));
  const plans = readdirSync(stacks).map((stack) => join(stacks, stack, 'plan.json'));
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'inventory', ...plans, '-f', 'cyclonedx'],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const document = JSON.parse(stdout);
  expect(document.components.length).toBeGreaterThan(10);
  fits(document);
  expect(fits.errors ?? []).toEqual([]);
});
