// What the plan shows is not what stands.
import { factsOf } from '../src/catalog/index.js';
import { defineRule, WARNING } from '../src/lint/rule.js';
import type { Resource } from '../src/plan/model.js';

export default defineRule({
  id: 'changes-ignored',
  category: 'undecided',
  title: 'Changes to access or its terms are ignored',
  severity: WARNING,
  why: '`ignore_changes` on a policy, a trust, an end or the tags keeps whatever somebody sets by hand: the verdict is about the code, and the cloud may say something else for good.',
  fix: 'Take these attributes out of `ignore_changes`, so that a change by hand is shown and put right.',
  frameworks: ['NHI5:2025', 'CM-3', 'PR.AA-05'],
  references: ['https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes'],
  since: '0.1.0',

  *check({ identities, plan }) {
    const resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
    const told = new Set<string>();
    for (const { identity } of identities) {
      const parts = [identity, ...identity.credentials, ...identity.grants].map(({ address }) => address);
      for (const address of parts) {
        const resource = resources.get(address);
        const ignored = resource && ignoredIn(resource);
        if (!ignored || told.has(address)) continue;
        told.add(address);
        yield {
          identity: identity.address,
          address,
          message: `\`ignore_changes\` keeps what is set by hand in ${ignored}`,
          evidence: [`${address} lifecycle.ignore_changes`],
        };
      }
    }
  },
});

/** The ignored attributes that say who may come, what is allowed, until when, or who answers for it. */
function ignoredIn(resource: Resource): string | undefined {
  const ignored = resource.config?.lifecycle?.ignoreChanges ?? [];
  if (ignored === 'all') return 'all attributes';
  const deciding = new Set(factsOf(resource).flatMap(decidingPaths));
  const found = ignored.filter((name) => deciding.has(name));
  return found.length > 0 ? found.join(', ') : undefined;
}

function decidingPaths({
  principal,
  credential,
  trust,
  iamGrants,
  azureGrant,
  resourcePolicy,
}: ReturnType<typeof factsOf>[number]): string[] {
  const paths = [
    ...(principal ? [...(principal.labels ?? []), principal.owners, principal.permissionsBoundary] : []),
    ...(credential
      ? [
          ...(credential.end ?? []),
          ...(credential.rotation ?? []),
          ...(credential.lifetime ?? []).map(({ path }) => path),
        ]
      : []),
    trust?.document,
    resourcePolicy?.document,
    ...(iamGrants ?? []).flatMap(({ document, blocks, policyArns }) => [document, blocks?.path, policyArns]),
    ...(azureGrant
      ? [azureGrant.scope, ...azureGrant.role, azureGrant.condition, ...(azureGrant.end ?? [])]
      : []),
  ];
  return paths.flatMap((path) => (path === undefined ? [] : [path.split('.')[0] as string]));
}
