// The labels of an identity that say one thing, in the order in which they win.

import { LABEL_KEYS, type LabelKind, normalisedKey } from '../access/labels.js';
import type { Identity, Label } from '../graph/model.js';
import type { JudgeOptions } from './model.js';

/** Labels of a kind, trimmed; empty ones are absent. */
export function labelsOf(identity: Identity, kind: LabelKind, options: Pick<JudgeOptions, 'keys'>): Label[] {
  const more = (options.keys as Partial<Record<LabelKind, readonly string[]>>)[kind] ?? [];
  const order = [...more.map(normalisedKey), ...LABEL_KEYS[kind]];
  return identity.labels
    .map((label) => ({ label, rank: order.indexOf(normalisedKey(label.key)) }))
    .filter(({ label, rank }) => rank >= 0 && label.value.trim() !== '')
    .sort((a, b) => a.rank - b.rank)
    .map(({ label }) => ({ ...label, value: label.value.trim() }));
}
