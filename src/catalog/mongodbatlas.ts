// What MongoDB Atlas resources mean for access. Paths: the mongodb/mongodbatlas provider's schema.

import { defineProvider, type ResourceFacts, type WordJudgement } from './types.js';

const ORG_OWNER = (path: string): WordJudgement => ({
  level: 'unbounded',
  where: { [path]: /^ORG_OWNER$/ },
  text: 'everything in the organisation, as ORG_OWNER',
});
const PROJECT_OWNER = (path: string): WordJudgement => ({
  level: 'broad',
  where: { [path]: /^(?:GROUP_OWNER|ORG_GROUP_CREATOR|GROUP_DATABASE_ACCESS_ADMIN)$/ },
  text: 'it runs a whole project, its database users included',
});

/** A service account of Atlas has tokens of an hour instead. */
const apiKey = (path: string): ResourceFacts => ({
  principal: {
    kind: 'mongodbatlas.api_key',
    name: ['description'],
    ids: ['api_key_id', 'id'],
    notes: ['description'],
    description: ['description'],
  },
  credential: { form: 'static', noun: 'API key', replaceable: true },
  wordedGrant: { judged: [ORG_OWNER(path), PROJECT_OWNER(path)], reach: 'its roles' },
});

export const mongodbatlas = defineProvider('mongodbatlas', () => ({
  types: {
    mongodbatlas_api_key: apiKey('role_names'),
    mongodbatlas_project_api_key: apiKey('project_assignment.role_names'),
    mongodbatlas_api_key_project_assignment: {
      wordedGrant: {
        to: ['api_key_id'],
        judged: [PROJECT_OWNER('roles')],
        reach: 'its roles in one project',
      },
    },
    mongodbatlas_access_list_api_key: { known: true },
    mongodbatlas_database_user: {
      principal: {
        kind: 'mongodbatlas.database_user',
        name: ['username'],
        ids: ['id'],
        labels: ['labels'],
        notes: ['description'],
        description: ['description'],
      },
      // aws_iam_type and oidc_auth_type need none.
      credential: {
        form: 'static',
        noun: 'password',
        where: { path: 'password', equals: '*' },
        replaceable: true,
      },
      wordedGrant: {
        judged: [
          {
            level: 'unbounded',
            where: { 'roles.role_name': /^(?:atlasAdmin|root|__system)$/ },
            text: 'everything in every database, as atlasAdmin',
          },
          {
            level: 'broad',
            where: { 'roles.role_name': /AnyDatabase$/ },
            text: 'a role in every database',
          },
        ],
        reach: 'its roles in single databases',
      },
    },
    mongodbatlas_x509_authentication_database_user: {
      credential: {
        of: ['username'],
        form: 'static',
        noun: 'certificate',
        lifetime: [{ path: 'months_until_expiration', unit: 'months' }],
      },
    },
  },
}));
