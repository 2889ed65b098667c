// What Cloudflare resources mean for access. Paths: the cloudflare/cloudflare provider's schema, of which version 5
// renamed `policy` to `policies`.

import { defineProvider, type ResourceFacts, type WordJudgement } from './types.js';

/** What a permission group may is in its name alone; by its id it is told through the data source that lists them. */
const judged = (policies: string): readonly WordJudgement[] => {
  const [groups, resources] = [`${policies}.permission_groups`, `${policies}.resources`];
  return [
    {
      level: 'broad',
      where: { [groups]: /API Tokens Write/i },
      text: 'it makes API tokens',
      escalates: 'may make API tokens with other permissions',
    },
    {
      level: 'broad',
      where: {
        [groups]: /\b(?:Write|Edit|Admin|Revoke)\b/i,
        [resources]: /\.api\.(?:account|account\.zone)\.\*/,
      },
      text: 'it changes every zone or account',
    },
    {
      level: 'bounded',
      where: { [resources]: /\.api\.(?:account|account\.zone|user)\.[0-9a-f]{32}/ },
      text: 'named zones and accounts',
    },
  ];
};

const token = (noun: string, ...policies: readonly string[]): ResourceFacts => ({
  principal: { kind: 'cloudflare.api_token', name: ['name'], ids: ['id'], notes: ['name'] },
  credential: { form: 'static', noun, end: ['expires_on'] },
  wordedGrant: { judged: policies.flatMap(judged), reach: 'its permissions' },
});

/** Lasts as long as its applications' policies let it in. */
const serviceToken: ResourceFacts = {
  principal: { kind: 'cloudflare.service_token', name: ['name'], ids: ['id'], notes: ['name'] },
  credential: { form: 'static', noun: 'service token', lifetime: [{ path: 'duration' }] },
  ownGrant: { reach: 'the applications whose policies name it' },
};

export const cloudflare = defineProvider('cloudflare', () => ({
  types: {
    cloudflare_api_token: token('API token', 'policies', 'policy'),
    cloudflare_account_token: token('account token', 'policies'),
    cloudflare_zero_trust_access_service_token: serviceToken,
    cloudflare_access_service_token: serviceToken,
    cloudflare_token_validation_config: { known: true },
    cloudflare_token_validation_rules: { known: true },
  },
}));
