// Writes docs/report.webp: the page for reviewers as Chromium shows it, for the README. Run after a build; not part of
// the gate, since every version of a browser draws other bytes.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'leasehold-picture-'));
const page = join(folder, 'report.html');
spawnSync(
  process.execPath,
  [join(root, 'dist/cli.js'), 'lint', 'tfplan', '--now', '2026-11-23', '--report', `html=${page}`],
  { cwd: join(root, 'test/fixtures/stacks/lifecycle') },
);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 1130 }, colorScheme: 'light' });
  await tab.goto(pathToFileURL(page).href);
  await tab.getByLabel('Search').fill('reporting');
  await tab.getByLabel('only what the plan changes').check();
  await tab.waitForTimeout(200); // the filter waits for the end of typing
  await tab.getByRole('button', { name: 'aws_iam_role.reporting' }).click();
  await tab.mouse.move(0, 0);
  await tab.evaluate('document.activeElement.blur()');
  const session = await tab.context().newCDPSession(tab);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
  writeFileSync(join(root, 'docs/report.webp'), Buffer.from(data, 'base64'));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
