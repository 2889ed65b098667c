// `leasehold explain`: one rule as a page, or the rules of a category.

import { CATEGORIES } from '../lint/finding.js';
import { controlOf } from '../lint/frameworks.js';
import type { Rule } from '../lint/rule.js';
import { closest } from '../lint/suggest.js';
import { type Paint, painter } from '../reporters/color.js';
import { fold } from '../reporters/text.js';
import { ruleExamples } from './rule-examples.js';

export interface PageOptions {
  readonly color: boolean;
  readonly width: number;
}

/** The page; or what is wrong with the name, in one line. */
export function explainRule(
  rules: readonly Rule[],
  name: string,
  options: PageOptions,
): { text: string } | { problem: string } {
  const rule = rules.find((one) => one.id === name);
  if (rule) return { text: page(rule, options) };
  const ofCategory = rules.filter((one) => one.category === name);
  if (ofCategory.length > 0) return { text: ofCategory.map((one) => page(one, options)).join('\n') };
  const guess = closest(name, [...rules.map((one) => one.id), ...CATEGORIES]);
  return {
    problem: `no rule is called "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`} \`leasehold rules\` lists them`,
  };
}

function page(rule: Rule, { color, width }: PageOptions): string {
  const paint = painter(color);
  const paragraph = (text: string): string => fold(text, Math.min(width, 100)).join('\n');
  const severity = `${rule.severity.recommended}, with --strict ${rule.severity.strict}`;
  return [
    `${paint.strong(rule.id)}: ${rule.title}`,
    [`category ${rule.category}`, severity, ...source(rule)].join(' · '),
    '',
    ...(rule.why === '' ? [] : [paragraph(rule.why), '']),
    paint.strong('How to mend it'),
    paragraph(rule.fix),
    '',
    ...examplesOf(rule, paint),
    ...controlsOf(rule, paragraph),
    ...rule.references,
    '',
  ].join('\n');
}

function controlsOf({ frameworks }: Rule, paragraph: (text: string) => string): string[] {
  if (frameworks.length === 0) return [];
  const named = frameworks.map((id) => [id, controlOf(id)?.title].filter(Boolean).join(' '));
  return [paragraph(`Answers to ${named.join('; ')}.`), ''];
}

function source({ since, origin }: Rule): string[] {
  if (origin !== undefined) return [`your own, ${origin}`];
  return [`since ${since}`];
}

function examplesOf({ id }: Rule, paint: Paint): string[] {
  const examples = Object.hasOwn(ruleExamples, id) ? ruleExamples[id] : undefined;
  if (!examples) return [];
  const indented = (text: string): string[] =>
    text.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return [
    paint.bad('Rejected'),
    ...indented(examples.bad),
    '',
    paint.good('Accepted'),
    ...indented(examples.good),
    '',
  ];
}
