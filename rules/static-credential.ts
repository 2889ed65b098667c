// A secret that is copied once is a secret for ever.
import { defineRule, WARNING } from '../src/lint/rule.js';

export default defineRule({
  id: 'static-credential',
  category: 'static-credential',
  title: 'Long-lived secret where a workload identity is on offer',
  severity: WARNING,
  why: 'Keys and passwords are copied into pipelines, laptops and backups; federated and workload identities have nothing that could be copied.',
  fix: "Use the platform's workload identity: a role for the workload, OIDC federation for pipelines, a managed identity, Roles Anywhere for machines outside.",
  frameworks: ['NHI4:2025', 'NHI7:2025', 'PR.AA-03', 'IA-5', 'CIS-AWS-3.0.0/1.18'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/4-insecure-authentication/'],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity } of identities) {
      for (const { address, form, noun, replaceable } of identity.credentials) {
        if (form !== 'static' || !replaceable) continue;
        yield {
          identity: identity.address,
          address,
          message: `${noun[0]?.toUpperCase()}${noun.slice(1)} of ${identity.name}: a long-lived secret`,
        };
      }
    }
  },
});
