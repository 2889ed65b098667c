// What Okta resources mean for access. Paths: the okta/okta provider's schema.

import { defineProvider } from './types.js';

export const okta = defineProvider('okta', () => ({
  types: {
    okta_app_oauth: {
      principal: {
        kind: 'okta.service_app',
        name: ['label'],
        ids: ['client_id', 'id'],
        notes: ['admin_note'],
        description: ['admin_note'],
        // People sign in to the others.
        where: { path: 'grant_types', contains: 'client_credentials' },
      },
      credential: {
        form: 'static',
        noun: 'client secret',
        where: { path: 'token_endpoint_auth_method', equals: 'client_secret_*' },
      },
    },
    okta_app_oauth_api_scope: {
      wordedGrant: {
        to: ['app_id'],
        judged: [
          {
            level: 'broad',
            where: {
              scopes:
                /^okta\.(?:roles|apps|users|groups|apiTokens|policies|authorizationServers|idps)\.manage$/,
            },
            text: 'it manages every object of a kind in the organisation',
          },
        ],
        reach: 'its scopes',
      },
    },
    okta_app_oauth_role_assignment: {
      wordedGrant: {
        to: ['client_id'],
        judged: [
          {
            level: 'unbounded',
            where: { type: /^SUPER_ADMIN$/ },
            text: 'everything in the organisation, as SUPER_ADMIN',
          },
          {
            level: 'broad',
            where: {
              type: /^(?:ORG_ADMIN|APP_ADMIN|API_ACCESS_MANAGEMENT_ADMIN|USER_ADMIN)$/,
              resource_set: 'unset',
            },
            text: 'an administrator role without a resource set',
          },
        ],
        reach: 'one role',
      },
    },
    // What people see of an app.
    okta_app_oauth_redirect_uri: { known: true },
    okta_app_oauth_post_logout_redirect_uri: { known: true },
  },
}));
