// The state is a file that many people and pipelines can read.
import type { Copy } from '../src/graph/model.js';
import { defineRule, WARNING } from '../src/lint/rule.js';

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

  *check({ identities, graph }) {
    const holders = new Map(
      identities.flatMap(({ identity }) =>
        identity.credentials.map(({ address }) => [address, identity.address] as const),
      ),
    );
    const exposed = new Set(graph.exposures.map(({ address }) => address));
    for (const { address, noun, copies } of graph.kept) {
      if (exposed.has(address)) continue;
      const [copy] = copies;
      if (noun !== undefined)
        yield {
          identity: holders.get(address) ?? null,
          address,
          message: `The ${noun} is kept in the state in plain text${copy ? again(copy, copies.length) : ''}`,
        };
      else if (copy)
        yield {
          identity: null,
          address,
          message: `\`${copy.path}\` is kept in the state, while \`${copy.writeOnly}\` would not be`,
        };
    }
  },
});

function again({ address, path, writeOnly }: Copy, count: number): string {
  const more = count > 1 ? ` and in ${count - 1} more` : '';
  const instead = writeOnly === undefined ? '' : `, where \`${writeOnly}\` would not be kept`;
  return `, and again as \`${path}\` of ${address}${more}${instead}`;
}
