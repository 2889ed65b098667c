// The registry of controls: official ids, the names that teams still write, and what is told where there is none.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { lint } from '../../src/index.js';
import { FRAMEWORKS, selectControls } from '../../src/lint/frameworks.js';

const plan = readFileSync(join(import.meta.dirname, '../fixtures/stacks/legacy-users/plan.json'));
const NOW = new Date('2026-11-23T00:00:00Z');

function ids(...names: string[]): string[] {
  const selection = selectControls(names);
  if ('problem' in selection) throw new Error(selection.problem);
  return selection.controls.map(({ id }) => id);
}

test('ids stand once, with a title and a page of the publisher', () => {
  const all = FRAMEWORKS.flatMap(({ controls }) => controls);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, title, url } of all) {
    expect(title, id).not.toBe('');
    expect(URL.canParse(url), id).toBe(true);
  }
});

describe('a name', () => {
  it.each(FRAMEWORKS)('$id stands for all controls of its framework', ({ id, controls }) =>
    expect(ids(id)).toEqual(controls.map((control) => control.id)),
  );

  it.each([
    ['NHI5:2025', ['NHI5:2025']],
    ['nhi5', ['NHI5:2025']],
    ['NHI-01', ['NHI1:2025']],
    ['NHI-10', ['NHI10:2025']],
    ['NHI-03', ['NHI3:2025', 'NHI5:2025', 'NHI7:2025']],
    ['PR.AC-4', ['PR.AA-05']],
    ['pr.aa-05', ['PR.AA-05']],
    ['asi-03', ['ASI03']],
    ['A-04', ['ASI03']],
    ['AC-2(3)', ['AC-2(3)']],
    ['govern-1.5', ['GOVERN 1.5']],
  ])('%s stands for %j', (name, expected) => expect(ids(name)).toEqual(expected));

  it('that stands twice counts once', () => expect(ids('AC-6', 'ac-6')).toEqual(['AC-6']));

  it.each([
    ['NHI11:2025', 'did you mean "NHI1'],
    ['owasp-nih', 'did you mean "owasp-nhi"'],
    ['soc2-cc6', 'known frameworks: owasp-nhi, '],
    ['__proto__', 'known frameworks: '],
    ['', 'known frameworks: '],
  ])('%j is none, and says so', (name, hint) =>
    expect(selectControls([name])).toEqual({ problem: expect.stringContaining(hint) }),
  );
});

describe('a run for a framework', () => {
  const report = lint(plan, { now: NOW, frameworks: ['owasp-nhi'] });

  it('judges by its rules only', () => {
    const known = rules.filter(({ frameworks }) => frameworks.some((id) => id.startsWith('NHI')));
    const used = new Set(report.findings.map(({ rule }) => rule));
    expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining([...used]));
    const narrow = lint(plan, { now: NOW, frameworks: ['NHI9'] });
    expect(narrow.findings.every(({ frameworks }) => frameworks.includes('NHI9:2025'))).toBe(true);
  });

  it('sums by control, and tells what nothing checks', () => {
    expect(report.controls?.map(({ id }) => id)).toEqual(ids('owasp-nhi'));
    const overprivileged = report.controls?.find(({ id }) => id === 'NHI5:2025');
    const findings = report.findings.filter(({ frameworks }) => frameworks.includes('NHI5:2025'));
    expect(overprivileged?.errors).toBe(findings.filter(({ severity }) => severity === 'error').length);
    const unchecked = lint(plan, { now: NOW, frameworks: ['PR.AA-06'] });
    expect(unchecked.controls).toMatchObject([{ id: 'PR.AA-06', rules: 0, errors: 0 }]);
  });

  it('leaves a report without frameworks as it is', () =>
    expect(lint(plan, { now: NOW })).not.toHaveProperty('controls'));
});
