// The page for reviewers: nothing a plan says becomes markup or script, nothing is loaded, and it works in a browser.

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import type { LintReport } from '../../src/lint/report.js';
import { renderHtml } from '../../src/reporters/html/render.js';
import { nobody } from '../../src/reporters/words.js';

const stacks = join(import.meta.dirname, '..', 'fixtures', 'stacks');
const NOW = new Date('2026-11-23T00:00:00Z');
const TOOL = { name: 'leasehold', version: '0.0.0' };

function reportOf(stack: string): LintReport {
  return lint(readFileSync(join(stacks, stack, 'plan.json')), {
    now: NOW,
    path: 'plan.json',
    withAccess: true,
  });
}

/** A report in which identities, owners and findings are called what they are given. */
function saying(report: LintReport, text: string): LintReport {
  return {
    ...report,
    input: { ...report.input, path: text },
    identities: report.identities.map((one) => ({
      ...one,
      package: text,
      owner: { ...one.owner, value: text },
      identity: { ...one.identity, address: text, name: text, workloads: [text] },
    })),
    findings: report.findings.map((one) => ({
      ...one,
      identity: text,
      address: text,
      message: text,
      help: text,
      evidence: [text],
      location: { file: text, line: 1, column: 1 },
    })),
    ...(report.access && {
      access: {
        change: {
          ...report.access.change,
          identities: report.access.change.identities.map((one) => ({
            ...one,
            address: text,
            changes: one.changes.map((change) => ({ ...change, effect: text, text })),
          })),
          resources: [
            { address: text, changes: [{ direction: 'more', effect: text, text, addresses: [text] }] },
          ],
        },
        routes: [
          { from: text, to: text, how: text, catalogue: [text], evidence: [{ address: text, path: text }] },
        ],
      },
    }),
  };
}

function tags(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-zA-Z!][a-zA-Z0-9]*)/g)].map((match) => match[1] ?? '');
}

/** Code spans and places to break come with the text. */
const isFixed = (tag: string): boolean => !/^(\/?code|wbr)$/.test(tag);

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<!--<script>',
  '__proto__',
  'a\u2028b\u2029c',
  '\ud800',
  '`<b>`',
  'a\tb\u0000c',
];

describe('the page', () => {
  const packages = reportOf('packages');

  it.each(readdirSync(stacks).filter((one) => existsSync(join(stacks, one, 'plan.json'))))(
    'of %s is the same twice and names no other place',
    (stack) => {
      const html = renderHtml([reportOf(stack)], TOOL);
      expect(renderHtml([reportOf(stack)], TOOL)).toBe(html);
      expect(html).not.toMatch(/<(?:link|img|iframe|object|embed|form|base)\b/i);
      expect(html).not.toMatch(/\s(?:src|style|on[a-z]+)=/i);
      for (const [, target] of html.matchAll(/\shref="([^"]*)"/g)) expect(target).toMatch(/^#/);
    },
  );

  it('runs and shows only what its policy names by hash', () => {
    const html = renderHtml([packages], TOOL);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(/);
  });

  it('keeps whatever a plan says as text', () => {
    const shape = tags(renderHtml([saying(packages, 'x')], TOOL));
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), fc.constantFrom(...HOSTILE)),
        (text) => {
          fc.pre(!/`[^`]+`/.test(text) || text === '`<b>`');
          const html = renderHtml([saying(packages, text)], TOOL);
          expect(tags(html).filter(isFixed)).toEqual(shape.filter(isFixed));
          const data = /data-part="details">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
          expect(data).not.toMatch(/[<>&\u2028\u2029]/);
          JSON.parse(data);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('tells findings and identities without its script', () => {
    const html = renderHtml([packages], TOOL).replace(/<script.*?<\/script>/gs, '');
    for (const { identity } of packages.identities)
      expect(html).toContain(identity.address.replaceAll('"', '&quot;'));
    expect(html.match(/<article class="finding/g)).toHaveLength(
      packages.findings.length + packages.waived.length,
    );
  });

  it('tells what the plan changes without its script as well', () => {
    const report = reportOf('lifecycle');
    const html = renderHtml([report], TOOL).replace(/<script.*?<\/script>/gs, '');
    expect(html).toContain('access grows for 4 of 11 identities');
    const told = report.access?.change.identities.filter(({ changes }) => changes.length > 0).length;
    expect(html.match(/class="plain changes"/g)).toHaveLength(told ?? 0);
    expect(html).toContain('Identities that this plan removes');
  });

  it('tells several plans in one table', () => {
    const html = renderHtml([packages, packages], TOOL);
    expect(html.match(/<tbody /g)).toHaveLength(2 * packages.identities.length);
    const ids = [...html.matchAll(/<tbody id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** `LEASEHOLD_NEED_CHROMIUM=1` makes a missing browser a failure. */
describe.skipIf(CHROMIUM === undefined && process.env.LEASEHOLD_NEED_CHROMIUM !== '1')(
  'in a browser',
  { timeout: 90_000 },
  () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const folder = mkdtempSync(join(tmpdir(), 'leasehold-html-'));
    let browser: Browser;
    const troubles: string[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM ?? 'chromium', args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true });
    });

    async function open(report: LintReport, hash = '', scheme: 'light' | 'dark' = 'light'): Promise<Page> {
      const file = join(folder, 'report.html');
      writeFileSync(file, renderHtml([report], TOOL));
      const page = await browser.newPage({ colorScheme: scheme });
      page.on('console', (message) => troubles.push(message.text()));
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('request', (request) => request.url().startsWith('file:') || troubles.push(request.url()));
      await page.goto(`${pathToFileURL(file).href}${hash}`);
      return page;
    }

    const addresses = (page: Page): Promise<string[]> =>
      page.locator('tbody:visible th button').allTextContents();

    /** Each of them as `rule: what`. */
    async function barriers(page: Page): Promise<string[]> {
      await page.evaluate(axe);
      return (await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
      )) as string[];
    }

    it('sorts, filters and searches', async () => {
      const report = reportOf('legacy-users');
      const all = report.identities.map(({ identity }) => identity.address);
      const page = await open(report);
      const first = await addresses(page);
      expect([...first].sort()).toEqual([...all].sort());

      await page.getByRole('button', { name: 'Identity', exact: true }).click();
      expect(await addresses(page)).toEqual([...all].sort());
      await page.getByRole('button', { name: 'Identity', exact: true }).press('Enter');
      expect(await addresses(page)).toEqual([...all].sort().reverse());
      expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');

      const status = page.getByRole('status');
      await page.getByLabel('Verdict').selectOption('owner:missing');
      const ownerless = report.identities.filter(({ owner }) => owner.verdict === 'missing').length;
      await expect.poll(() => status.textContent()).toBe(`${ownerless} of ${all.length} shown`);
      await page.getByRole('button', { name: 'Clear' }).click();
      expect(await addresses(page)).toHaveLength(all.length);

      const wanted = all[0] ?? '';
      await page.getByLabel('Search').fill(wanted);
      await expect.poll(() => addresses(page)).toContain(wanted);
      await page.getByLabel('Search').fill('nothing is called this');
      await expect.poll(() => addresses(page)).toEqual([]);
      await page.close();
      expect(troubles).toEqual([]);
    });

    it.each(['light', 'dark'] as const)(
      'opens an identity by its address, without barriers, %s',
      async (scheme) => {
        const report = reportOf('privesc');
        const address = report.findings.find(({ identity }) => identity !== null)?.identity ?? '';
        const page = await open(report, `#${encodeURIComponent(address)}`, scheme);
        expect(await page.locator('button[aria-expanded=true]').textContent()).toBe(address);
        const detail = page.locator('tr.detail');
        await expect.poll(() => detail.count()).toBe(1);
        expect(await detail.textContent()).toContain('What it may do');
        expect(await detail.locator('article').count()).toBe(
          report.findings.filter(({ identity }) => identity === address).length,
        );
        const back = await page.evaluate('getComputedStyle(document.body).backgroundColor');
        expect(back).toBe(scheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)');
        expect(await barriers(page)).toEqual([]);
        await page.close();
        expect(troubles).toEqual([]);
      },
    );

    it('tells what the plan changes, and where an identity leads', async () => {
      const page = await open(reportOf('packages'), '#aws_iam_role.reporting');
      const detail = page.locator('tr.detail');
      expect(await detail.locator('.changes').textContent()).toContain('acts as aws_iam_role.ledger_reader');
      await detail.getByRole('link', { name: 'aws_iam_role.ledger_reader' }).click();
      const opened = page.locator('tbody.here tr.detail');
      await expect.poll(() => opened.textContent()).toContain('Who gets here through other identities');
      expect(await opened.getByRole('link', { name: 'aws_iam_role.reporting' }).count()).toBe(1);
      await page.close();

      const other = await open(reportOf('lifecycle'));
      await other.getByRole('button', { name: 'This plan' }).click();
      expect(await other.locator('tbody:visible td:nth-child(6)').first().textContent()).toContain(
        'access grows',
      );
      await other.getByText('aws_iam_role.retired_batch').click();
      await expect.poll(() => other.locator('details .changes').first().textContent()).toContain('revoked');
      expect(await barriers(other)).toEqual([]);
      await other.close();
      expect(troubles).toEqual([]);
    });

    it.each([
      ['a tag that ends the script', '</script><img src=x onerror=document.title="taken">'],
      ['an attribute', '"\' onfocus=document.title="taken" autofocus x="'],
      ['marks that turn the text around', 'safe\u202etxt.exe\u2066 \u2028 \u0000'],
      ['a name of the language', '__proto__'],
      ['a long word', 'a'.repeat(5000)],
      ['a link', 'javascript:document.title="taken"'],
    ])('shows %s as text', async (_, text) => {
      const page = await open(saying(reportOf('packages'), text));
      await page.locator('tbody th button').first().click();
      const detail = page.locator('tr.detail').first();
      await expect.poll(() => detail.textContent()).toContain('What it may do');
      expect(await page.locator('img, [onfocus], [autofocus]').count()).toBe(0);
      expect(await page.title()).not.toBe('taken');
      const seen = await page.locator('body').innerText();
      expect(seen).not.toMatch(/[\u0000\u202a-\u202e\u2066-\u2069]/);
      expect(seen).toContain(text.slice(0, 4));
      for (const link of await page.locator('a').all()) expect(await link.getAttribute('href')).toMatch(/^#/);
      const width = await page.evaluate(
        'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth',
      );
      expect(width).toBe(0);
      await page.close();
      expect(troubles).toEqual([]);
    });

    it('filters by owner, package and severity, with the keyboard alone', async () => {
      const report = reportOf('packages');
      const page = await open(report);
      const all = report.identities.length;
      const status = page.getByRole('status');
      const expected = {
        owner: (owner: string) => report.identities.filter((one) => nobody(one) === owner).length,
        package: (name: string) => report.identities.filter((one) => (one.package ?? 'none') === name).length,
        severity: (severity: string) =>
          new Set(report.findings.filter((one) => one.severity === severity).map((one) => one.identity)).size,
      };
      for (const [label, count] of Object.entries(expected)) {
        const select = page.locator(`select[data-filter=${label}]`);
        const values = await select
          .locator('option')
          .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''));
        const value = values.find((one) => one !== '' && count(one) > 0) ?? '';
        expect(value, label).not.toBe('');
        await select.focus();
        for (let index = 0; index < values.indexOf(value); index++) await page.keyboard.press('ArrowDown');
        await expect.poll(() => status.textContent()).toBe(`${count(value)} of ${all} shown`);
        await page.getByRole('button', { name: 'Clear' }).press('Enter');
        await expect.poll(() => status.textContent()).toBe(`${all} of ${all} shown`);
      }
      const first = page.locator('tbody th button').first();
      await first.focus();
      await page.keyboard.press('Space');
      expect(await first.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Space');
      expect(await page.locator('tr.detail:visible').count()).toBe(0);
      await page.close();
      expect(troubles).toEqual([]);
    });

    it('prints everything, in the width of the paper', async () => {
      const report = reportOf('lifecycle');
      const page = await open(report);
      await page.locator('tbody th button').first().click();
      await page.setViewportSize({ width: 700, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      const text = await page.locator('body').innerText();
      for (const { message } of report.findings) expect(text).toContain(message.replaceAll('`', ''));
      expect(await page.getByLabel('Search').isVisible()).toBe(false);
      const width = await page.evaluate(
        'Math.max(...[...document.querySelectorAll("td, .box, .finding")].map((one) => one.getBoundingClientRect().right))',
      );
      expect(width).toBeLessThanOrEqual(700);
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
      await page.close();
      expect(troubles).toEqual([]);
    });

    it('holds two thousand identities', async () => {
      const report = reportOf('legacy-users');
      const [one] = report.identities;
      const many = Array.from({ length: 2000 }, (_, index) => ({
        ...one!,
        identity: { ...one!.identity, address: `aws_iam_user.many[${index}]` },
      }));
      const page = await open({ ...report, identities: many }, '#aws_iam_user.many[1999]');
      expect(await page.locator('tr.detail').count()).toBe(1);
      expect(await page.locator('tbody:visible').count()).toBe(201);
      await page.locator('[data-part=more]').click();
      expect(await page.locator('tbody:visible').count()).toBe(2000);
      await page.getByLabel('Search').fill('many[77]');
      await expect.poll(() => page.getByRole('status').textContent()).toBe('1 of 2000 shown');
      await page.close();
      expect(troubles).toEqual([]);
    });
  },
);
