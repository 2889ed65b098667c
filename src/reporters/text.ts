// Text from plans on its way to a terminal: nothing in it may move the cursor, and lines fit the width.

/** C0 and C1 controls, the marks that end a line or reorder what people read. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]/g;

/** The text with control characters written out. */
export function clean(text: string): string {
  return text.replace(HARMFUL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function shortenMiddle(text: string, width: number, unicode: boolean): string {
  if (text.length <= width) return text;
  const dots = unicode ? '…' : '..';
  const room = Math.max(width - dots.length, 2);
  const head = Math.floor(room / 3);
  return `${text.slice(0, head)}${dots}${text.slice(text.length - (room - head))}`;
}

export function shortenEnd(text: string, width: number, unicode: boolean): string {
  if (text.length <= width) return text;
  const dots = unicode ? '…' : '..';
  return `${text.slice(0, Math.max(width - dots.length, 1))}${dots}`;
}

/** Breaks at spaces; a word that is longer than the width stands alone. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
