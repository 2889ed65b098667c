// The linter as the constructs call it at synth: at once, since synth waits for nothing. Bundled by itself as CommonJS,
// which every Node that we support can load in the middle of a call.

import { rmSync } from 'node:fs';
import { rules } from '../../rules/index.js';
import type { SynthFinding, SynthGate, SynthJudgement, SynthTerms } from '../access/synth-gate.js';
import { CONFIG_NAMES } from '../commands/load-config.js';
import { readPlan } from '../input/read-plan.js';
import { decode } from '../input/text.js';
import { parseBaseline } from '../lint/baseline.js';
import { waiversInCode } from '../lint/code-waivers.js';
import { openConfig } from '../lint/config.js';
import { expressionRule } from '../lint/expression-rule.js';
import { CATEGORIES, type Finding } from '../lint/finding.js';
import { toRule } from '../lint/own-rule.js';
import type { Rule } from '../lint/rule.js';
import { fails, run } from '../lint/run.js';
import { type Config, EMPTY_CONFIG } from '../lint/settings.js';
import { closest } from '../lint/suggest.js';
import { world } from './machine.js';

interface Configured {
  readonly config: Config;
  readonly rules: readonly Rule[];
  readonly path: string | undefined;
  readonly notes: readonly string[];
}

const machine = world();

export const judge: SynthGate['judge'] = (text, path, terms): SynthJudgement => {
  const { config, rules, path: configPath, notes } = configured(terms);
  const skip = terms.skipRules ?? [];
  for (const name of skip) checkName(name, rules);
  const failOn = terms.failOn ?? config.failOn ?? 'error';
  const baseline =
    config.baseline === undefined || configPath === undefined
      ? undefined
      : parseBaseline(config.baseline, textOf(machine.beside(configPath, config.baseline)));
  const read = readPlan(path, Buffer.from(text));
  for (const { rule } of waiversInCode(read.plan)) checkName(rule, rules);
  const [report] = run([{ ...read, now: terms.now ?? machine.clock() }], {
    profile: terms.profile ?? config.profile ?? 'recommended',
    // Whoever synthesises answers for the code; the gate before apply asks the configuration.
    config: { ...config, waiversInCode: config.waiversInCode ?? true },
    baseline,
    rules,
    only: [],
    skip,
    failOn,
    onlyChanged: false,
  });
  return {
    findings: (report?.findings ?? []).map((finding) => told(finding, fails([finding], failOn))),
    notes,
  };
};

export const discard: SynthGate['discard'] = (path) => rmSync(path, { force: true });

function told(finding: Finding, stops: boolean): SynthFinding {
  const { severity, rule, category, address, construct, location, message, help } = finding;
  return {
    severity,
    rule,
    category,
    address,
    construct: construct ?? undefined,
    source: location === null ? undefined : `${location.file}:${location.line}`,
    message,
    help,
    stops,
  };
}

function configured({ config: asked }: SynthTerms): Configured {
  const path = asked === false ? undefined : (asked ?? machine.findUpward(CONFIG_NAMES));
  if (path === undefined) return { config: EMPTY_CONFIG, rules, path, notes: [] };
  const { customRules, read } = openConfig(path, textOf(path));
  const own: Rule[] = [];
  for (const rule of customRules.expressions) {
    const known = new Set([...rules, ...own].map(({ id }) => id));
    own.push(toRule(expressionRule(rule), `${rule.location.file}:${rule.location.line}`, known));
  }
  const all = [...rules, ...own];
  const left = customRules.modules;
  const config = read({
    knownRules: left.length > 0 ? undefined : all.map(({ id }) => id),
    readFile: (relative) => textOf(machine.beside(path, relative)),
  });
  // A module is loaded asynchronously, and synth is not asynchronous.
  const notes = left.map((module) => `The rules of ${module} run in \`leasehold lint\` only, not at synth`);
  return { config, rules: all, path, notes };
}

function checkName(name: string, rules: readonly Rule[]): void {
  const known = [...rules.map(({ id }) => id), ...CATEGORIES];
  if (known.includes(name)) return;
  const guess = closest(name, known);
  throw new Error(
    `no rule or category has this name: "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
  );
}

function textOf(path: string): string {
  return decode(machine.readFile(path));
}
