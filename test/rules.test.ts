// Every rule's documented examples are its tests: the bad one raises the rule, the good one does not.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { lint } from '../src/index.js';
import { parseConfig } from '../src/lint/config.js';
import { CATEGORIES } from '../src/lint/finding.js';
import { controlOf } from '../src/lint/frameworks.js';
import { type Config, EMPTY_CONFIG } from '../src/lint/settings.js';

const NOW = new Date('2026-11-23T00:00:00Z');
const folder = join(import.meta.dirname, '..', 'examples', 'rules');

function configOf(rule: string, kind: string): Config {
  const path = join(folder, rule, `${kind}.yaml`);
  if (!existsSync(path)) return EMPTY_CONFIG;
  return parseConfig(path, readFileSync(path, 'utf8'), {
    knownRules: rules.map(({ id }) => id),
    readFile: () => '',
  });
}

describe.each(rules)('$id', (rule) => {
  const reported = (kind: 'bad' | 'good'): string[] => {
    const profile = rule.severity.recommended === 'off' ? 'strict' : 'recommended';
    const plan = readFileSync(join(folder, rule.id, `${kind}.plan.json`));
    return lint(plan, { now: NOW, profile, config: configOf(rule.id, kind) }).findings.map(
      (finding) => finding.rule,
    );
  };

  it('is raised by its bad example', () => expect(reported('bad')).toContain(rule.id));
  it('is not raised by its good example', () => expect(reported('good')).not.toContain(rule.id));
  it('says what it must', () => {
    expect(CATEGORIES).toContain(rule.category);
    expect(rule.why.length).toBeGreaterThan(40);
    expect(rule.fix.length).toBeGreaterThan(20);
    expect(rule.frameworks).not.toEqual([]);
    expect(rule.frameworks.filter((id) => !controlOf(id))).toEqual([]);
  });
});
