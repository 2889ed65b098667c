// Attributes that make a destroy leave the thing in the cloud, whatever its type.

import type { Json } from '../plan/json.js';

export interface Retention {
  readonly attribute: string;
  readonly value: Json;
}

/** As the providers document them: `skip_destroy` (AWS), `deletion_policy` (Google), `retain_on_delete`, `retain_stack` (AWS). */
export const RETENTIONS: readonly Retention[] = [
  { attribute: 'skip_destroy', value: true },
  { attribute: 'retain_on_delete', value: true },
  { attribute: 'retain_stack', value: true },
  { attribute: 'deletion_policy', value: 'ABANDON' },
];
