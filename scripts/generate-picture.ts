// Writes docs/report.svg: the first screen of a real report, for the README.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../src/index.js';
import { renderPretty } from '../src/reporters/pretty.js';

const root = join(import.meta.dirname, '..');
const COLUMNS = 104;
const ROWS = 36;
const CHARACTER = 8.4;
const LINE = 19;
const MARGIN = 22;

const plan = readFileSync(join(root, 'test', 'fixtures', 'stacks', 'data-lake', 'plan.json'));
const report = lint(plan, { path: 'plan.json', now: new Date('2026-11-23T00:00:00Z') });
const text = renderPretty([report], {
  color: true,
  width: COLUMNS,
  unicode: true,
  quiet: false,
  failOn: 'error',
});
const screen = ['\u001b[2m$\u001b[0m npx leasehold lint plan.json', '', ...text.split('\n')].slice(0, ROWS);

const COLORS: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '2': '#8b949e',
  '1': '#ffffff',
};

/** One terminal line as tspans; the only escapes in it are our own colours. */
function spans(line: string): string {
  return line
    .split('\u001b[')
    .map((part, index) => {
      if (index === 0) return escaped(part);
      const [, code = '0', rest = ''] = /^(\d+)m([\s\S]*)$/.exec(part) ?? [];
      const color = COLORS[code];
      if (rest === '') return '';
      return color === undefined
        ? escaped(rest)
        : `<tspan fill="${color}"${code === '1' ? ' font-weight="bold"' : ''}>${escaped(rest)}</tspan>`;
    })
    .join('');
}

function escaped(part: string): string {
  return part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const width = Math.round(COLUMNS * CHARACTER + 2 * MARGIN);
const height = screen.length * LINE + 2 * MARGIN;
const lines = screen.map(
  (line, row) =>
    `<text x="${MARGIN}" y="${MARGIN + 14 + row * LINE}" xml:space="preserve">${spans(line)}</text>`,
);
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(
  join(root, 'docs', 'report.svg'),
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A leasehold report: machine identities with owner, end and reach, then what to mend">`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#c9d1d9">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n'),
);
