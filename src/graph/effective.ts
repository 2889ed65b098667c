// The effective access of an identity: all its policies, minus denials, within its boundary. The one place where
// policies of several grants are put together.

import { type Access, effectiveAccess } from '../policy/aws/effective.js';
import type { Statement } from '../policy/aws/statement.js';
import type { Identity } from './model.js';

/** All IAM statements of the identity's grants, in the order of the grants. */
export function statementsOf({ grants }: Pick<Identity, 'grants'>): Statement[] {
  return grants.flatMap(({ claim }) => (claim.language === 'aws-iam' ? claim.statements : []));
}

/** What the identity may do in AWS, as far as the plan shows it. */
export function accessOf(identity: Pick<Identity, 'grants' | 'boundary'>): Access {
  return effectiveAccess(statementsOf(identity), identity.boundary);
}
