// Text from plans on its way into Markdown: nothing in it may become markup, a mention or a link.

import { clean } from './text.js';

/** Escapes what Markdown and HTML read; `@` and `#` lose their meaning for GitHub and GitLab. */
export function escapeMarkdown(text: string): string {
  return clean(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/`/g, "'")
    .replace(/[\\*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}
