// What Datadog resources mean for access. Paths: the DataDog/datadog provider's schema. Datadog has no tags on
// identities: a name may say whose it is.

import { type AttributePath, defineProvider, type ResourceFacts, type WordJudgement } from './types.js';

/** Role names and permissions, by name or as the data source lists them. */
const ROLES: readonly WordJudgement[] = [
  {
    level: 'unbounded',
    where: { roles: /^Datadog Admin Role$/i },
    text: 'everything in the organisation, as Datadog Admin Role',
  },
  {
    level: 'broad',
    where: { roles: /^Datadog Standard Role$/i },
    text: 'the Datadog Standard Role: it may change nearly everything in the organisation',
  },
];

const accountKey = (noun: string, end: readonly AttributePath[]): ResourceFacts => ({
  principal: {
    kind: 'datadog.application_key',
    name: ['name'],
    ids: ['id'],
    notes: ['name'],
    sameAs: { paths: ['service_account_id'], types: ['datadog_service_account'] },
  },
  credential: { form: 'static', noun, end },
});

export const datadog = defineProvider('datadog', () => ({
  types: {
    datadog_service_account: {
      principal: { kind: 'datadog.service_account', name: ['name', 'email'], ids: ['id'], notes: ['name'] },
      wordedGrant: { judged: ROLES, reach: 'its roles' },
    },
    datadog_service_account_application_key: accountKey('application key', []),
    datadog_service_access_token: accountKey('access token', ['expires_at']),
    datadog_api_key: {
      principal: { kind: 'datadog.api_key', name: ['name'], ids: ['id'], notes: ['name'] },
      credential: { form: 'static', noun: 'API key' },
      ownGrant: { reach: 'sending data to the organisation' },
    },
    datadog_application_key: {
      principal: { kind: 'datadog.application_key', name: ['name'], ids: ['id'], notes: ['name'] },
      credential: { form: 'static', noun: 'application key' },
      wordedGrant: {
        judged: [
          {
            level: 'broad',
            where: { scopes: 'unset' },
            text: 'an application key without scopes: everything that whoever made it may do',
          },
          {
            level: 'broad',
            where: { scopes: /^(?:org_management|user_access_manage|api_keys_write|user_app_keys)$/ },
            text: 'scopes that govern the organisation',
            escalates: 'may give access to others',
          },
        ],
        reach: 'its scopes',
      },
    },
    // People.
    datadog_user: { known: true },
  },
}));
