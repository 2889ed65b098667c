// The day it has to go, Terraform refuses.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'destroy-prevented',
  category: 'unrevocable',
  title: 'Access cannot be destroyed',
  severity: ERROR,
  why: 'With `prevent_destroy` every plan that would remove the access fails as a whole. When it has to be revoked in a hurry, somebody must first change code, have it reviewed and merged.',
  fix: 'Remove `prevent_destroy` from identities, credentials and grants; keep it for data.',
  frameworks: ['NHI1:2025', 'PR.AA-05', 'AC-2(3)'],
  references: ['https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy'],
  since: '0.1.0',

  *check({ identities, plan }) {
    const kept = new Set(
      plan.resources
        .filter((resource) => resource.config?.lifecycle?.preventDestroy)
        .map((resource) => resource.address),
    );
    const told = new Set<string>();
    for (const { identity } of identities) {
      const parts = [identity.address, ...identity.credentials, ...identity.grants].map((part) =>
        typeof part === 'string' ? part : part.address,
      );
      for (const address of parts) {
        if (!kept.has(address) || told.has(address)) continue;
        told.add(address);
        yield {
          identity: identity.address,
          address,
          message: `\`prevent_destroy\` keeps ${address === identity.address ? 'the identity' : address} from being revoked`,
        };
      }
    }
  },
});
