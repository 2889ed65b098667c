// The labels of an identity that say one thing, the configured keys included.

import { type LabelKind, readLabels } from '../access/labels.js';
import type { Identity, Label } from '../graph/model.js';
import type { JudgeOptions } from './model.js';

/** In the order in which they win. */
export function labelsOf(identity: Identity, kind: LabelKind, { keys }: Pick<JudgeOptions, 'keys'>): Label[] {
  const configured: Partial<Record<LabelKind, readonly string[]>> = keys;
  return readLabels(identity.labels, kind, configured[kind]);
}
