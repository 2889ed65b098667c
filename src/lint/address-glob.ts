// Globs on plan addresses. Path matchers are for paths: they read the brackets, quotes and slashes of instance keys
// as syntax, and they compile to regular expressions that backtrack. Here only `*` and `**` are special.

/**
 * `*` is any text within one dotted part, its instance key included; `**` is any text; `**.` is any number of parts.
 * Everything else stands for itself: `module.team*.aws_iam_role.*`, `aws_iam_role.legacy["billing"]`, `**.aws_iam_user.*`.
 * The work is bounded by the length of the glob times the length of the address.
 */
export function addressGlob(glob: string): (address: string) => boolean {
  if (!glob.includes('*')) return (address) => address === glob;
  const tokens = tokensOf(withSeparators(glob));
  return (address) => fits(tokens, withSeparators(address));
}

/** Stands for the dots between parts; an address holds no such character. */
const SEPARATOR = '\u0000';

const WITHIN_PART = 'within part';
const ANYTHING = 'anything';
/** `**.`: nothing at all, or … */
const PARTS = 'parts';
/** … any text that ends with a separator. */
const MORE_PARTS = 'more parts';

/** Tells the dots between parts from those inside of instance keys. */
function withSeparators(address: string): string {
  let result = '';
  let inKey = false;
  let inQuotes = false;
  for (let index = 0; index < address.length; index++) {
    const character = address[index] as string;
    if (inQuotes && character === '\\') {
      result += character + (address[++index] ?? '');
      continue;
    }
    if (character === '"') inQuotes = inKey && !inQuotes;
    else if (!inQuotes && character === '[') inKey = true;
    else if (!inQuotes && character === ']') inKey = false;
    result += character === '.' && !inKey ? SEPARATOR : character;
  }
  return result;
}

/** One character each, or the name of a wildcard. */
function tokensOf(glob: string): string[] {
  const tokens: string[] = [];
  for (let index = 0; index < glob.length; index++) {
    const startsPart = index === 0 || glob[index - 1] === SEPARATOR;
    if (startsPart && glob.startsWith(`**${SEPARATOR}`, index)) {
      tokens.push(PARTS, MORE_PARTS);
      index += 2;
    } else if (glob.startsWith('**', index)) {
      tokens.push(ANYTHING);
      index++;
    } else tokens.push(glob[index] === '*' ? WITHIN_PART : (glob[index] as string));
  }
  return tokens;
}

/** Follows all readings of the glob at once: `open[n]` is set where the text so far fits the first n tokens. */
function fits(tokens: readonly string[], text: string): boolean {
  let open = new Uint8Array(tokens.length + 1);
  open[0] = 1;
  skipWildcards(tokens, open);
  for (const character of text.split('')) {
    const next = new Uint8Array(tokens.length + 1);
    for (const [index, token] of tokens.entries()) {
      if (!open[index]) continue;
      const separates = character === SEPARATOR;
      if (token === ANYTHING || token === MORE_PARTS || (token === WITHIN_PART && !separates))
        next[index] = 1;
      if (token === character || (token === MORE_PARTS && separates)) next[index + 1] = 1;
    }
    skipWildcards(tokens, next);
    open = next;
  }
  return open[tokens.length] === 1;
}

/** Wildcards fit no text too. */
function skipWildcards(tokens: readonly string[], open: Uint8Array): void {
  for (const [index, token] of tokens.entries()) {
    if (!open[index]) continue;
    if (token === ANYTHING || token === WITHIN_PART || token === PARTS) open[index + 1] = 1;
    if (token === PARTS) open[index + 2] = 1;
  }
}
