// A rotation that is wired to something that never changes is a comment.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'rotation-missing',
  category: 'rotation-missing',
  title: 'Wired rotation never fires',
  severity: ERROR,
  why: 'The code looks as if the credential were replaced regularly, so nobody watches it; in fact it stays the same.',
  fix: 'Wire it to something that changes: `rotate_when_changed = { rotation = time_rotating.x.id }`, or `replace_triggered_by` through a resource that is replaced or updated.',
  frameworks: ['NHI7:2025', 'PR.AA-01', 'IA-5', 'SC-12', 'CIS-AWS-3.0.0/1.14'],
  references: ['https://registry.terraform.io/providers/hashicorp/time/latest/docs/resources/rotating'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity } of identities) {
      for (const { address, noun, idleRotation } of identity.credentials) {
        if (idleRotation === undefined) continue;
        yield {
          identity: identity.address,
          address,
          message: `Rotation of the ${noun} never fires: ${idleRotation}`,
        };
      }
    }
  },
});
