// `leasehold rules`: all rules as a table, or as JSON.

import type { Control } from '../lint/frameworks.js';
import type { Rule } from '../lint/rule.js';
import { painter } from '../reporters/color.js';

export interface ListOptions {
  readonly color: boolean;
  readonly format: 'pretty' | 'json';
  /** Only rules that answer to one of these. */
  readonly controls?: readonly Control[] | undefined;
}

export function listRules(all: readonly Rule[], { color, format, controls }: ListOptions): string {
  const rules = controls
    ? all.filter(({ frameworks }) => controls.some(({ id }) => frameworks.includes(id)))
    : all;
  if (format === 'json') {
    const listed = rules.map(
      ({ id, category, title, severity, why, fix, frameworks, references, since, origin, waivable }) => ({
        id,
        category,
        title,
        severity,
        why,
        fix,
        frameworks,
        references,
        since,
        waivable: waivable !== false,
        ...(origin !== undefined && { origin }),
      }),
    );
    return `${JSON.stringify(listed, null, 2)}\n`;
  }
  const paint = painter(color);
  const rows = rules.map((rule) => [rule.id, rule.severity.recommended, rule.severity.strict, rule.title]);
  const head = ['rule', 'recommended', 'strict', 'what it finds'];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint.dim(line(head)), ...rows.map(line), ''].join('\n');
}
