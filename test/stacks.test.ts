// The recorded stacks: every labelled identity gets the labelled verdicts, every labelled finding is reported, and
// nothing else of severity error is. What the labels say only the source can decide is asked of the binary plan, which
// holds it, and of plan JSON as far as that goes.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { lint, loadPlanFileReader } from '../src/index.js';

interface Label {
  address: string;
  aliases?: string[];
  needs?: 'source';
  needsFor?: string[];
  withoutSource?: Record<string, string>;
  owner: string | null;
  expiry: string | null;
  scope: string | null;
}
interface FindingLabel {
  address: string;
  category: string;
  identity?: string;
  also?: string[];
  needs?: 'source';
  optional?: boolean;
}
interface Labels {
  now: string;
  identities: Label[];
  findings: FindingLabel[];
  clean: string[];
  notIdentities: string[];
  ambiguous: { address: string; what: string }[];
}

const folder = join(import.meta.dirname, 'fixtures', 'stacks');
const covered = new Set<string>(rules.map((rule) => rule.category));
// Told at leisure: the labels list them without asking for them.
const NOT_COMPLETE = new Set([
  'undecided',
  'purpose-missing',
  'static-credential',
  'review-missing',
  'package-missing',
  'secret-in-state',
]);

const planFile = await loadPlanFileReader();
const cases = readdirSync(folder)
  .flatMap((stack) => [
    { stack, file: 'plan.json' },
    { stack, file: 'tfplan' },
  ])
  // Written by hand where no provider could be run: those have no binary plan.
  .filter(({ stack, file }) => existsSync(join(folder, stack, file)));

describe.each(cases)('$stack $file', ({ stack, file }) => {
  const labels = JSON.parse(readFileSync(join(folder, stack, 'labels.json'), 'utf8')) as Labels;
  const report = lint(readFileSync(join(folder, stack, file)), { now: new Date(labels.now), planFile });
  const hasSource = file === 'tfplan';
  const verdictOf = new Map(report.identities.map((one) => [one.identity.address, one]));
  const unsure = (address: string | null, what: string): boolean =>
    labels.ambiguous.some((one) => one.address === address && (one.what === '*' || one.what === what));

  it('lists the labelled identities and no others', () => {
    const wanted = labels.identities.map((one) => one.address).sort();
    expect(
      report.identities.map((one) => one.identity.address).filter((address) => !unsure(address, 'identity')),
    ).toEqual(wanted);
  });

  it.each(labels.identities.map((one) => [one.address, one] as const))('judges %s', (address, label) => {
    const judged = verdictOf.get(address);
    for (const facet of ['owner', 'expiry', 'scope'] as const) {
      if (label[facet] === null || unsure(address, facet)) continue;
      const sourceOnly = !hasSource && label.needs === 'source' && (label.needsFor?.includes(facet) ?? true);
      const wanted = sourceOnly ? label.withoutSource?.[facet] : label[facet];
      if (wanted !== undefined) expect(judged?.[facet].verdict, facet).toBe(wanted);
    }
  });

  it('reports every labelled finding', () => {
    const missed = labels.findings
      .filter(
        (label) =>
          !label.optional &&
          (hasSource || label.needs !== 'source') &&
          covered.has(label.category) &&
          !unsure(label.address, label.category),
      )
      .filter((label) => {
        const places = [label.address, label.identity, ...(label.also ?? [])];
        return !report.findings.some(
          (finding) =>
            finding.category === label.category &&
            (places.includes(finding.address) || places.includes(finding.identity ?? '')),
        );
      })
      .map((label) => `${label.category} at ${label.address}`);
    expect(missed).toEqual([]);
  });

  it('reports nothing else', () => {
    const needsSource = new Set(
      labels.identities.filter((one) => one.needs === 'source' && !hasSource).map((one) => one.address),
    );
    const extra = report.findings
      .filter((finding) => !NOT_COMPLETE.has(finding.category) && !needsSource.has(finding.identity ?? ''))
      .filter(
        (finding) =>
          !unsure(finding.identity, finding.category) && !unsure(finding.address, finding.category),
      )
      .filter(
        (finding) =>
          !labels.findings.some((label) => {
            const places = [label.address, label.identity, ...(label.also ?? [])];
            return (
              label.category === finding.category &&
              (places.includes(finding.address) || places.includes(finding.identity ?? ''))
            );
          }),
      )
      .map((finding) => `${finding.category} at ${finding.identity ?? finding.address}: ${finding.message}`);
    expect(extra).toEqual([]);
  });

  it('reports no error at a clean place', () => {
    const alarms = report.findings
      .filter((finding) => finding.severity === 'error')
      .filter((finding) =>
        labels.clean.some((address) => address === finding.address || address === finding.identity),
      );
    expect(alarms).toEqual([]);
  });
});
