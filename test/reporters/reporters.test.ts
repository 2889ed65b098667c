// What people and machines read: snapshots of real reports, the published schema, and nothing that a plan could slip
// into a terminal.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import type { LintReport } from '../../src/lint/report.js';
import { renderJson } from '../../src/reporters/json.js';
import { type PrettyOptions, renderPretty } from '../../src/reporters/pretty.js';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', 'fixtures', 'stacks');
const NOW = new Date('2026-11-23T00:00:00Z');
const TOOL = { name: 'leasehold', version: '0.0.0' };
const stacks = readdirSync(folder);
const reportOf = (stack: string, change = (text: string): string => text): LintReport =>
  lint(change(readFileSync(join(folder, stack, 'plan.json'), 'utf8')), { now: NOW, path: 'plan.json' });
const PLAIN: PrettyOptions = { color: false, width: 80, unicode: true, quiet: false, failOn: 'error' };

describe('JSON', () => {
  const schema = JSON.parse(readFileSync(join(root, 'src', 'lint', 'report.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, validateFormats: false }).compile(schema);
  const problems = (text: string): unknown => (validate(JSON.parse(text)) ? [] : validate.errors);

  it.each(stacks)('of %s keeps to the published schema', (stack) => {
    expect(problems(renderJson([reportOf(stack)], TOOL))).toEqual([]);
  });

  it('of several plans keeps to it too', () => {
    expect(
      problems(
        renderJson(
          stacks.map((stack) => reportOf(stack)),
          TOOL,
        ),
      ),
    ).toEqual([]);
  });

  it('names what the contract names', () => {
    const report = JSON.parse(renderJson([reportOf('payments-batch')], TOOL));
    expect(report).toMatchObject({
      version: 1,
      tool: TOOL,
      decision: 'pass',
      summary: { identities: 1, errors: 0 },
      findings: [],
      waived: [],
    });
    expect(report.identities[0]).toMatchSnapshot();
  });
});

describe('the report for people', () => {
  it.each(['legacy-users', 'data-lake', 'ci-oidc', 'clusters'])('of %s', (stack) => {
    expect(renderPretty([reportOf(stack)], PLAIN)).toMatchSnapshot();
  });

  it('without colour and without unicode says the same', () => {
    const ascii = renderPretty([reportOf('clusters')], { ...PLAIN, unicode: false });
    expect(ascii).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('in colour differs in nothing but colour', () => {
    const colored = renderPretty([reportOf('clusters')], { ...PLAIN, color: true });
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderPretty([reportOf('clusters')], PLAIN));
  });

  it('when quiet shows what breaks the run, and no table', () => {
    const quiet = renderPretty([reportOf('legacy-users')], { ...PLAIN, quiet: true });
    expect(quiet).toContain('owner-missing');
    expect(quiet).not.toContain('static-credential');
    expect(quiet).not.toContain('reach');
  });

  it.each([40, 60, 80, 120, 200])('fits %d columns, but for whole addresses', (width) => {
    for (const stack of stacks) {
      const lines = renderPretty([reportOf(stack)], { ...PLAIN, width }).split('\n');
      expect(
        lines.filter(
          (line) =>
            line.length > width &&
            line.startsWith(' ') &&
            line
              .trim()
              .split(' ')
              .filter((word) => word.length > 12).length > 1,
        ),
      ).toEqual([]);
    }
  });

  it('lets no control character of a plan through', () => {
    const strange = fc.constantFrom('\\u001b[31m', '\\u0007', '\\u202e', '\\u0000', '\\u009b', '\\r', '\\n');
    fc.assert(
      fc.property(strange, (text) => {
        const report = reportOf('legacy-users', (plan) =>
          plan.replaceAll('svc-erp-export', `svc${text}x`).replaceAll('TODO', `to${text}do`),
        );
        expect(renderPretty([report], PLAIN)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
        );
      }),
      { numRuns: 7 },
    );
  });
});
