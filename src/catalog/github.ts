// What GitHub resources mean for access. Paths: the integrations/github provider's schema.

import { defineProvider } from './types.js';

export const github = defineProvider('github', () => ({
  types: {
    github_repository_deploy_key: {
      principal: { kind: 'github.deploy_key', name: ['title'], ids: ['id'], notes: ['title'] },
      credential: { form: 'static', noun: 'deploy key', replaceable: true },
      ownGrant: { reach: 'one repository' },
    },
    // People's keys.
    github_user_ssh_key: { known: true },
    github_user_gpg_key: { known: true },
    // Where an app that somebody installed may go; the app itself is no resource.
    github_app_installation_repository: { known: true },
    github_app_installation_repositories: { known: true },
  },
}));
