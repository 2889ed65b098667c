// Symbols stand inside strings for values that are known only after apply, so that a policy with
// one interpolated ARN stays readable. A symbol is delimited by private-use characters, which
// `withoutSymbols` strips from every input string first: a plan cannot forge one.

const CONCRETE = '\uE000';
const ANYTHING = '\uE001';
const END = '\uE002';

/**
 * A placeholder for a value known only after apply.
 * `concrete` symbols are ids, names or ARNs that a platform will assign to one object: never a wildcard.
 * The others may turn out to be anything, `*` included.
 */
export function symbol(reference: string, concrete: boolean): string {
  return `${concrete ? CONCRETE : ANYTHING}${reference}${END}`;
}

/** The delimiters, as characters or as escapes of any depth: JSON in a string is parsed later. */
const FORGED = /[\uE000-\uE002]|\\u[eE]00[0-2]/;

/** True where text that comes from outside could pass for a symbol. */
export function forgesSymbols(text: string): boolean {
  return FORGED.test(text);
}

/** Removes the delimiters from text that comes from outside. */
export function withoutSymbols(text: string): string {
  return FORGED.test(text) ? text.replace(new RegExp(FORGED, 'g'), '') : text;
}

/** True where any part of the text is known only after apply. */
export function hasSymbol(text: string): boolean {
  return text.includes(CONCRETE) || text.includes(ANYTHING);
}

/** True where the whole text is one symbol. */
export function isSymbol(text: string): boolean {
  return /^[\uE000\uE001][^\uE002]*\uE002$/.test(text);
}

/** True where a part of the text may turn out to be anything. */
export function hasOpenSymbol(text: string): boolean {
  return text.includes(ANYTHING);
}

const SYMBOL = /[\uE000\uE001]([^\uE002]*)\uE002/g;

/** The references that stand in the text, in order: `aws_s3_bucket.raw.arn`. */
export function symbolsIn(text: string): string[] {
  return [...text.matchAll(SYMBOL)].map((match) => match[1] ?? '');
}

/** The text with what `told` says in place of each symbol; where it says nothing the symbol stays. */
export function filledIn(text: string, told: (reference: string) => string | undefined): string {
  return text.replace(SYMBOL, (whole, reference: string) => told(reference) ?? whole);
}

/** The text as people read it: `⟨aws_s3_bucket.raw.arn⟩/landing/*`. */
export function showSymbols(text: string): string {
  return text.replace(/[\uE000\uE001]/g, '⟨').replace(/\uE002/g, '⟩');
}
