// A naming convention as a rule: the name of a role begins with the team that its owner label names.

// With leasehold installed beside it, `import { defineRule } from 'leasehold'` gives this object its type.
export default {
  id: 'role-name-has-team',
  category: 'owner-invalid',
  title: 'Role is not named after its team',
  severity: 'warning',
  why: 'In the console only the name is seen: it should say whom to ask.',
  fix: 'Begin the name with that of the team: orders-exporter.',
  frameworks: ['NHI1:2025'],

  *check({ identities }) {
    for (const { identity, owner } of identities) {
      if (identity.kind !== 'aws.iam.role' || owner.value === null) continue;
      const team = owner.value.replace(/@.*/, '').replace(/^team-/, '');
      if (identity.name.startsWith(`${team}-`)) continue;
      yield {
        identity: identity.address,
        address: identity.address,
        message: `The name should begin with "${team}-"`,
      };
    }
  },
};
