// What somebody changed outside of Terraform on Google Cloud: members, conditions and permissions that the state did
// not remember.

import { factsOf } from '../catalog/index.js';
import { blocks, type Json, type JsonObject, own, ownString, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { readMember } from '../policy/google/members.js';
import type { Context } from './context.js';
import { googleIndex } from './google-index.js';
import type { Widening } from './model.js';

/** Role and member, with the condition they stand under. */
interface Held {
  readonly role: string;
  readonly member: string;
  readonly condition: string;
}

export function googleWidenings(changed: Resource, context: Context): Widening[] {
  const { before, address } = changed;
  if (!before) return [];
  return factsOf(changed).flatMap(({ googlePolicy, googleRole }): Widening[] => {
    if (googleRole) {
      const { permissions: path } = googleRole;
      const known = new Set(strings(own(before, path)));
      const more = strings(own(changed.values, path)).filter((permission) => !known.has(permission));
      return more.length === 0 ? [] : [{ identity: null, more, evidence: { address, path } }];
    }
    if (!googlePolicy) return [];
    const old = heldIn(before, googlePolicy.members);
    const wider = heldIn(changed.values, googlePolicy.members).filter(
      ({ role, member, condition }) =>
        !old.some(
          (one) =>
            one.role === role &&
            one.member === member &&
            (one.condition === condition || one.condition === ''),
        ),
    );
    if (wider.length === 0) return [];
    return [
      {
        identity: identityOf(wider, context),
        more: [...new Set(wider.map(({ role, member }) => `${role} for ${member}`))].sort(),
        evidence: { address, path: googlePolicy.members },
      },
    ];
  });
}

function heldIn(values: JsonObject, path: 'member' | 'members' | 'policy_data'): Held[] {
  const bindings =
    path === 'policy_data' ? blocks(own(parsed(ownString(values, path)), 'bindings')) : [values];
  return bindings.flatMap((binding) => {
    const role = ownString(binding, 'role') ?? '';
    const condition = ownString(blocks(own(binding, 'condition'))[0], 'expression') ?? '';
    return strings(own(binding, path === 'member' ? 'member' : 'members')).map((member) => ({
      role,
      member,
      condition,
    }));
  });
}

function parsed(text: string | undefined): Json {
  try {
    return JSON.parse(text ?? '') as Json;
  } catch {
    return null;
  }
}

/** The identity of the plan that gained, where it is one. */
function identityOf(wider: readonly Held[], context: Context): string | null {
  const { accounts } = googleIndex(context);
  const gained = new Set(
    wider.flatMap(({ member }) => {
      const read = readMember(member);
      const draft = read.kind === 'service-account' ? accounts.get(read.email.toLowerCase()) : undefined;
      return draft ? [draft.resource.address] : [];
    }),
  );
  const [only, ...others] = gained;
  return only !== undefined && others.length === 0 ? only : null;
}
