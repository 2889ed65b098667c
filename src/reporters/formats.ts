// Every format of the report, by the name that the command line gives it. Those that few runs need are loaded then.

import type { Severity } from '../lint/finding.js';
import type { LintReport } from '../lint/report.js';
import type { Rule } from '../lint/rule.js';
import { renderJson, type Tool } from './json.js';
import { type PrettyOptions, renderPretty } from './pretty.js';

export const FORMATS = [
  'pretty',
  'json',
  'sarif',
  'markdown',
  'junit',
  'gitlab',
  'gitlab-sast',
  'github',
  'azure-devops',
  'unix',
  'csv',
  'html',
] as const;
export type Format = (typeof FORMATS)[number];

/** What a report is rendered with. */
export interface RenderOptions {
  readonly tool: Tool;
  /** All rules that could run: their texts stand in some formats. */
  readonly rules: readonly Rule[];
  readonly display: Pick<PrettyOptions, 'color' | 'width' | 'unicode'>;
  readonly quiet: boolean;
  readonly failOn: Severity | 'never';
}

export async function render(
  format: Format,
  reports: readonly LintReport[],
  options: RenderOptions,
): Promise<string> {
  const { tool, rules } = options;
  switch (format) {
    case 'pretty':
      return renderPretty(reports, { ...options.display, quiet: options.quiet, failOn: options.failOn });
    case 'json':
      return renderJson(reports, tool);
    case 'sarif':
      return (await import('./sarif.js')).renderSarif(reports, tool, rules);
    case 'markdown':
      return (await import('./markdown-report.js')).renderMarkdown(reports);
    case 'junit':
      return (await import('./junit.js')).renderJunit(reports);
    case 'gitlab':
      return (await import('./gitlab.js')).renderCodeQuality(reports);
    case 'gitlab-sast':
      return (await import('./gitlab.js')).renderGitlabSast(reports, tool, rules);
    case 'github':
      return (await import('./annotations.js')).renderGithub(reports);
    case 'azure-devops':
      return (await import('./annotations.js')).renderAzureDevops(reports);
    case 'unix':
      return (await import('./annotations.js')).renderUnix(reports);
    case 'csv':
      return (await import('./csv.js')).renderCsv(reports);
    case 'html':
      return (await import('./html/render.js')).renderHtml(reports, tool);
  }
}
