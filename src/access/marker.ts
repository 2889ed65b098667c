// The marker that says to which access package something belongs, and the package's terms as labels beside it:
// written by the constructs, read back by the linter.

import { readLabels } from './labels.js';
import type { Terms } from './terms.js';

/** The label that names the package; `access-package` is read as well. */
export const PACKAGE_LABEL = 'leasehold:package';

/** Which label carries which term. */
const TERM_LABELS = {
  owner: 'owner',
  expires: 'expires',
  ttl: 'ttl',
  purpose: 'purpose',
  reviewers: 'reviewers',
  reviewEvery: 'review-every',
  approvers: 'approvers',
} as const satisfies Partial<Record<keyof Terms, string>>;

/** The labels of something that belongs to the package, in the order in which they are written. */
export function writeMarker(packageName: string, terms: Terms): Record<string, string> {
  const labels: Record<string, string> = { [PACKAGE_LABEL]: packageName };
  for (const [field, key] of Object.entries(TERM_LABELS)) {
    const value = terms[field as keyof typeof TERM_LABELS];
    const text = typeof value === 'object' ? value.join(' ') : value;
    if (text !== undefined && text !== '') labels[key] = text;
  }
  return labels;
}

/** The package that the labels name; undefined where they name none. */
export function readMarker(labels: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(labels).map(([key, value]) => ({ key, value }));
  return readLabels(entries, 'package')[0]?.value;
}
