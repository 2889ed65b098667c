// What Snowflake resources mean for access. Paths: the snowflakedb/snowflake provider's schema.

import { type CredentialFacts, defineProvider, type ResourceFacts } from './types.js';

const user = (credential: Pick<CredentialFacts, 'noun' | 'where' | 'replaceable'>): ResourceFacts => ({
  principal: {
    kind: 'snowflake.service_user',
    name: ['name'],
    ids: ['id', 'fully_qualified_name'],
    notes: ['comment'],
    description: ['comment'],
  },
  // The user as a whole ends then, so every credential does.
  credential: { form: 'static', ...credential, lifetime: [{ path: 'days_to_expiry', unit: 'days' }] },
});

export const snowflake = defineProvider('snowflake', () => ({
  types: {
    snowflake_service_user: user({ noun: 'key pair', where: { path: 'rsa_public_key', equals: '*' } }),
    // Its password is what the type is for; a service user has keys or a workload identity.
    snowflake_legacy_service_user: user({ noun: 'password', replaceable: true }),
    snowflake_user_public_keys: {
      credential: { of: ['name'], form: 'static', noun: 'key pair' },
    },
    snowflake_user_programmatic_access_token: {
      principal: {
        kind: 'snowflake.access_token',
        name: ['name'],
        ids: ['id'],
        notes: ['comment'],
        description: ['comment'],
        sameAs: { paths: ['user'], types: ['snowflake_service_user', 'snowflake_legacy_service_user'] },
      },
      credential: {
        form: 'static',
        noun: 'access token',
        lifetime: [{ path: 'days_to_expiry', unit: 'days' }],
        rotation: ['keeper'],
      },
      wordedGrant: {
        judged: [
          {
            level: 'unbounded',
            where: { role_restriction: /^"?(?:ACCOUNTADMIN|SECURITYADMIN)"?$/i },
            text: 'everything in the account, through an administrator role',
          },
        ],
        reach: 'the roles of its user',
      },
    },
    snowflake_grant_account_role: {
      wordedGrant: {
        to: ['user_name'],
        judged: [
          {
            level: 'unbounded',
            where: { role_name: /^"?(?:ACCOUNTADMIN|SECURITYADMIN|ORGADMIN|GLOBALORGADMIN)"?$/i },
            text: 'everything in the account, through an administrator role',
          },
          {
            level: 'broad',
            where: { role_name: /^"?SYSADMIN"?$/i },
            text: 'SYSADMIN: every database and warehouse',
          },
          {
            level: 'broad',
            where: { role_name: /^"?USERADMIN"?$/i },
            text: 'USERADMIN: every user and role',
            escalates: 'may make users and roles',
          },
        ],
        reach: 'one role',
      },
    },
    snowflake_user_authentication_policy_attachment: { known: true },
    snowflake_user_password_policy_attachment: { known: true },
  },
}));
