// What GitHub resources mean for access. Paths: the integrations/github provider's schema.

import { defineProvider } from './types.js';

export const github = defineProvider({
  provider: 'github',
  types: {
    github_repository_deploy_key: {
      principal: { kind: 'github.deploy_key', name: ['title'], ids: ['id'] },
      credential: { form: 'static', noun: 'deploy key', replaceable: true },
      ownGrant: { reach: 'one repository' },
    },
  },
});
