// Text from plans on its way into a page: it stays text, in markup and in the data beside it.

import { showSymbols } from '../../plan/symbol.js';
import { clean } from '../text.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and quoted attributes. Controls and marks that reorder text are written out. */
export function escapeHtml(text: string): string {
  return shown(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** As people read it: `⟨aws_s3_bucket.raw.arn⟩/*`, nothing in it invisible. */
export function shown(text: string): string {
  return clean(showSymbols(text)).replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** JSON that cannot leave its script element. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Text of a narrow column: it breaks behind the `@` of a mail address, else behind a sign, rather than within a word. */
export function breakable(text: string): string {
  return escapeHtml(text).replace(text.includes('@') ? /@(?=.)/g : /[._/](?=[^\s._/])/g, '$&<wbr>');
}
