// The formats that CI systems read: well-formed for every recorded stack, and deaf to whatever a plan calls its resources.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { lint, loadPlanFileReader } from '../../src/index.js';
import type { Finding } from '../../src/lint/finding.js';
import type { LintReport } from '../../src/lint/report.js';
import { FORMATS, type Format, render } from '../../src/reporters/formats.js';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', 'fixtures', 'stacks');
const NOW = new Date('2026-11-23T00:00:00Z');
const planFile = await loadPlanFileReader();
const stacks = readdirSync(folder);
const scratch = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function reportOf(stack: string): LintReport {
  const path = existsSync(join(folder, stack, 'tfplan')) ? 'tfplan' : 'plan.json';
  return lint(readFileSync(join(folder, stack, path)), { now: NOW, path, planFile });
}

function rendered(format: Format, reports: readonly LintReport[]): Promise<string> {
  return render(format, reports, {
    tool: { name: 'leasehold', version: '0.0.0' },
    rules,
    display: { color: false, width: 100, unicode: true },
    quiet: false,
    failOn: 'error',
  });
}

/** A report whose findings say what they are given. */
function saying(text: string): LintReport {
  const report = reportOf('packages');
  const change = (finding: Finding): Finding => ({
    ...finding,
    message: text,
    address: text,
    identity: text,
    help: text,
    location: { file: text, line: 1, column: 1 },
    construct: text,
  });
  return { ...report, input: { ...report.input, path: text }, findings: report.findings.map(change) };
}

describe.each(stacks)('%s', (stack) => {
  const report = reportOf(stack);

  it.each(['json', 'sarif', 'gitlab', 'gitlab-sast'] as const)('as %s is JSON', async (format) => {
    expect(() => JSON.parse('')).toThrow();
    expect(JSON.parse(await rendered(format, [report]))).toBeTruthy();
  });

  it('as JUnit counts what it holds', async () => {
    const text = await rendered('junit', [report]);
    expect(XMLValidator.validate(text)).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' }).parse(
      text,
    );
    const suite = parsed.testsuites.testsuite;
    const cases = (suite.testcase ?? []) as { failure?: unknown }[];
    expect(Number(suite['@_tests'])).toBe(cases.length);
    expect(Number(suite['@_failures'])).toBe(cases.filter((one) => one.failure !== undefined).length);
    expect(Number(suite['@_failures']) > 0).toBe(report.summary.errors > 0);
  });

  it('as SARIF names a rule, a place and a lasting fingerprint for each result', async () => {
    const [run] = JSON.parse(await rendered('sarif', [report])).runs;
    expect(run.results).toHaveLength(report.findings.length);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.partialFingerprints['leasehold/v1']).toMatch(/^[0-9a-f]{32}$/);
      expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    for (const rule of run.tool.driver.rules)
      expect(Number(rule.properties['security-severity'])).toBeGreaterThan(0);
  });

  it('as CSV has one width', async () => {
    const rows = (await rendered('csv', [report])).trimEnd().split('\r\n');
    const widths = rows.map((row) => (row.match(/"(?:[^"]|"")*"/g) ?? []).length);
    expect(new Set(widths).size).toBe(1);
    expect(rows.length).toBeGreaterThan(report.findings.length);
  });
});

describe('whatever a plan calls its resources', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '"]]><script>alert(1)</script>',
      '::error::x\n::set-output name=a::b',
      '=HYPERLINK("http://x")',
      '##vso[task.setvariable variable=x]y',
      '```\n# heading\n@all **b** [l](http://x) <img src=x onerror=y>',
      '|a|b|',
      '\u001b[31mred\u202e',
      '</details>',
    ),
  );

  it('stays text in every format', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        const report = saying(text);
        expect(XMLValidator.validate(await rendered('junit', [report]))).toBe(true);
        for (const format of ['json', 'sarif', 'gitlab', 'gitlab-sast'] as const)
          JSON.parse(await rendered(format, [report]));
        const count = report.findings.length;
        const commands = (await rendered('github', [report])).split('\n');
        expect(commands.filter((line) => line.startsWith('::'))).toHaveLength(count);
        expect(commands).toHaveLength(count + 1);
        const logs = (await rendered('azure-devops', [report])).split('\n');
        expect(logs).toHaveLength(count + 1);
        for (const line of logs.slice(0, -1)) expect(line).toMatch(/^##vso\[task\.logissue [^\]]*\][^\n]*$/);
        const unix = (await rendered('unix', [report])).split('\n');
        expect(unix).toHaveLength(count + 1);
        for (const line of unix.slice(0, -1))
          expect(line).toMatch(/:1:1: (error|warning|note): .* \[[a-z-]+\]$/u);
        const markdown = (await rendered('markdown', [report])).replace('<!-- leasehold-report -->', '');
        expect(markdown.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/<(?!\/?(details|summary)>)|@(?!\u200b)/);
        const outside = markdown.replaceAll(/`[^`\n]*`/g, '');
        expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
        for (const cell of (await rendered('csv', [report])).match(/(?<=^|,)"(?:[^"]|"")*"/gm) ?? [])
          expect(cell).not.toMatch(/^"[=+@\t\r-]/);
        const html = await rendered('html', [report]);
        expect(html.match(/<article class="finding/g)).toHaveLength(count);
        expect(html.match(/<script/g)).toHaveLength(2);
        expect(html).not.toMatch(/<img|<h1>[^<]*heading/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('size', () => {
  const [finding] = reportOf('packages').findings as [Finding];
  const many = (count: number): LintReport => ({
    ...reportOf('packages'),
    findings: Array.from({ length: count }, (_, index) => ({
      ...finding,
      address: `${finding.address}_${index}`,
    })),
  });

  it('of Markdown stays under what a comment holds, with all folds closed', async () => {
    const text = await rendered('markdown', [many(3000), many(3000)]);
    expect(text.length).toBeLessThan(65_536);
    expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  });

  it('of SARIF stays under what GitHub shows, and the rest is told', async () => {
    const [run] = JSON.parse(await rendered('sarif', [many(6000)])).runs;
    expect(run.results).toHaveLength(5000);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('1000 more results');
  });
});

describe('--report', () => {
  const cli = (...args: string[]) =>
    spawnSync(
      process.execPath,
      [
        join(root, 'dist', 'cli.js'),
        'lint',
        join(folder, 'packages', 'tfplan'),
        '--now',
        '2026-11-23',
        ...args,
      ],
      {
        encoding: 'utf8',
        timeout: 15_000,
        cwd: mkdtempSync(join(scratch, 'in-')),
      },
    );

  it('writes each file beside stdout, folders included', () => {
    const out = mkdtempSync(join(scratch, 'in-'));
    const reports = FORMATS.flatMap((format) => [
      '--report',
      `${format}=${join(out, 'deep', `${format}.out`)}`,
    ]);
    const { status, stdout } = cli(...reports);
    expect(status).toBe(1);
    expect(stdout).toContain('to reject before apply');
    expect(readdirSync(join(out, 'deep')).sort()).toEqual(FORMATS.map((format) => `${format}.out`).sort());
    expect(readFileSync(join(out, 'deep', 'pretty.out'), 'utf8')).not.toContain('\u001b');
  });

  it('that cannot be written ends the run, and leaves nothing', () => {
    const out = mkdtempSync(join(scratch, 'in-'));
    const { status, stdout, stderr } = cli('--report', `json=${out}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^leasehold: [^\n]+cannot be written[^\n]+\n$/);
    expect(existsSync(out)).toBe(true);
    expect(readdirSync(dirname(out)).filter((name) => name.startsWith(`${basename(out)}.`))).toEqual([]);
  });

  it.skipIf(!existsSync('/proc/self'))('into a folder that cannot be made ends the run', () => {
    const { status, stderr } = cli('--report', 'json=/proc/leasehold/deep/report.json');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'leasehold: /proc/leasehold/deep/report.json: cannot be written (ENOENT)\n',
    });
  });

  it.each(['sarif', 'sarif=', '=x', 'html5=x'])('%s is refused', (value) => {
    const { status, stderr } = cli('--report', value);
    expect(status).toBe(2);
    expect(stderr).toContain('expected FORMAT=PATH');
  });
});

it.each(FORMATS)('%s leads back to the construct and its line', async (format) => {
  const report = reportOf('packages');
  const findings = report.findings.map((finding) => ({
    ...finding,
    construct: 'shop/worker/role',
    location: { file: 'stacks/shop.ts', line: 37, column: 1 },
  }));
  const text = await rendered(format, [{ ...report, findings }]);
  expect(text).toContain('shop/worker/role');
  expect(text).toContain('stacks/shop.ts');
  expect(text).toContain('37');
});
