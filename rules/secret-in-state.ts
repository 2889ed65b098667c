// The state is a file that many people and pipelines can read.
import { KEPT_IN_STATE, WRITE_ONLY } from '../src/catalog/secrets.js';
import { defineRule, WARNING } from '../src/lint/rule.js';
import { own } from '../src/plan/json.js';

export default defineRule({
  id: 'secret-in-state',
  category: 'secret-in-state',
  title: 'Secret is kept in the state',
  severity: WARNING,
  why: 'Terraform writes it into the state in plain text, where every pipeline and person with access to the state can read it for as long as it lives.',
  fix: 'Use a write-only argument or an ephemeral resource where the provider has one, let the platform make and rotate the secret, or do without: a workload identity needs none.',
  frameworks: ['NHI2:2025', 'IA-5', 'SC-12'],
  references: ['https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only'],
  since: '0.1.0',

  *check({ identities, graph, plan }) {
    const holders = new Map(
      identities.flatMap(({ identity }) =>
        identity.credentials.map(({ address }) => [address, identity.address] as const),
      ),
    );
    const exposed = new Set(graph.exposures.map(({ address }) => address));
    for (const resource of plan.resources) {
      if (resource.mode !== 'managed' || resource.action === 'delete' || exposed.has(resource.address))
        continue;
      const { address, type } = resource;
      const kept = Object.hasOwn(KEPT_IN_STATE, type) ? KEPT_IN_STATE[type] : undefined;
      if (kept && (kept.unless === undefined || (own(resource.values, kept.unless) ?? null) === null)) {
        yield {
          identity: holders.get(address) ?? null,
          address,
          message: `The ${kept.noun} is kept in the state in plain text`,
        };
        continue;
      }
      const offered = Object.hasOwn(WRITE_ONLY, type) ? WRITE_ONLY[type] : undefined;
      for (const [name, writeOnly] of Object.entries(offered ?? {})) {
        const isSecret = type !== 'aws_ssm_parameter' || own(resource.values, 'type') === 'SecureString';
        if (!isSecret || own(resource.config?.expressions, name) === undefined) continue;
        yield {
          identity: null,
          address,
          message: `\`${name}\` is kept in the state, while \`${writeOnly}\` would not be`,
        };
      }
    }
  },
});
