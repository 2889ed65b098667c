// The text between the marks of a template: escapes, strip markers and the indentation of heredocs.
// Language: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates

import type { Expression, TemplatePart } from './syntax.js';

/** What a template is made of, before directives are put around what they hold. */
export type TemplateToken = (
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'interpolation'; readonly of: Expression }
  | { readonly kind: 'if'; readonly condition: Expression }
  | { readonly kind: 'else' | 'endif' | 'endfor' }
  | {
      readonly kind: 'for';
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly collection: Expression;
    }
) & { readonly stripBefore?: boolean; readonly stripAfter?: boolean };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The text of a quoted literal. */
export function unescapeQuoted(text: string): string {
  if (!/[\\$%]/.test(text)) return text;
  return text.replace(
    /\$\$\{|%%\{|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([nrt"\\])/g,
    (whole: string, short?: string, long?: string, escaped?: string) => {
      if (escaped !== undefined) return ESCAPES[escaped] as string;
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (Number.isNaN(code)) return whole.slice(1);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
    },
  );
}

/** The text of a heredoc, which knows no backslash. */
export function unescapeHeredoc(text: string): string {
  return text.replace(/([$%])\1\{/g, '$1{');
}

/** Lines of a heredoc are literals of their own: a strip marker reaches to the end of its line. */
export function linesOf(text: string): TemplateToken[] {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => ({ kind: 'text', text: line }));
}

/** `~` takes the white space of the literal beside it. */
export function strip(tokens: readonly TemplateToken[]): void {
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    if (token.stripBefore && before?.kind === 'text') before.text = before.text.trimEnd();
    if (token.stripAfter && after?.kind === 'text') after.text = after.text.trimStart();
  });
}

/** `<<-` takes the indentation that all lines share; blank lines do not count. */
export function outdent(tokens: readonly TemplateToken[]): void {
  const starts: { text: string }[] = [];
  let least = Number.POSITIVE_INFINITY;
  let atStart = true;
  for (const token of tokens) {
    if (atStart) {
      const indent = token.kind === 'text' ? token.text.length - token.text.trimStart().length : 0;
      const blank = token.kind === 'text' && token.text.trim() === '' && token.text.endsWith('\n');
      if (!blank) {
        least = Math.min(least, indent);
        if (token.kind === 'text') starts.push(token);
      }
    }
    atStart = token.kind === 'text' && token.text.endsWith('\n');
  }
  if (least > 0) for (const token of starts) token.text = token.text.slice(least);
}

/** Puts `if` and `for` around what stands between them and their ends. */
export function nest(tokens: readonly TemplateToken[]): readonly TemplatePart[] {
  const position = { index: 0 };
  return partsUntil(tokens, position, []);
}

function partsUntil(
  tokens: readonly TemplateToken[],
  position: { index: number },
  ends: readonly TemplateToken['kind'][],
): TemplatePart[] {
  const result: TemplatePart[] = [];
  for (let token = tokens[position.index]; token; token = tokens[position.index]) {
    if (ends.includes(token.kind)) return result;
    position.index++;
    if (token.kind === 'text') {
      if (token.text !== '') result.push({ kind: 'text', text: token.text });
    } else if (token.kind === 'interpolation') result.push({ kind: 'interpolation', of: token.of });
    else if (token.kind === 'if') {
      const yes = partsUntil(tokens, position, ['else', 'endif']);
      const hasElse = tokens[position.index]?.kind === 'else';
      if (hasElse) position.index++;
      const no = hasElse ? partsUntil(tokens, position, ['endif']) : [];
      position.index++;
      result.push({ kind: 'if', condition: token.condition, yes, no });
    } else if (token.kind === 'for') {
      const { keyName, valueName, collection } = token;
      const body = partsUntil(tokens, position, ['endfor']);
      position.index++;
      result.push({ kind: 'for', keyName, valueName, collection, body });
    }
  }
  return result;
}
