// What Confluent Cloud resources mean for access. Paths: the confluentinc/confluent provider's schema.

import { defineProvider } from './types.js';

export const confluent = defineProvider('confluent', () => ({
  types: {
    confluent_service_account: {
      principal: {
        kind: 'confluent.service_account',
        name: ['display_name'],
        ids: ['id'],
        notes: ['description'],
        description: ['description'],
      },
    },
    confluent_api_key: {
      principal: {
        kind: 'confluent.api_key',
        name: ['display_name'],
        ids: ['id'],
        notes: ['description'],
        description: ['description'],
        sameAs: { paths: ['owner.id'], types: ['confluent_service_account'] },
      },
      // An identity pool takes the tokens that workloads have anyway.
      credential: { form: 'static', noun: 'API key', end: ['expires_at'], replaceable: true },
    },
    confluent_role_binding: {
      wordedGrant: {
        to: ['principal'],
        judged: [
          {
            level: 'unbounded',
            where: { role_name: /^OrganizationAdmin$/ },
            text: 'everything in the organisation, as OrganizationAdmin',
          },
          {
            level: 'broad',
            where: { role_name: /^(?:AccountAdmin|ResourceKeyAdmin)$/ },
            text: 'every account or key of the organisation',
            escalates: 'may make accounts or keys of others',
          },
          {
            level: 'broad',
            where: { role_name: /^(?:EnvironmentAdmin|CloudClusterAdmin)$/ },
            text: 'everything in an environment or cluster',
          },
          {
            level: 'broad',
            where: {
              role_name: /^(?:ResourceOwner|DeveloperManage|DeveloperWrite|DeveloperRead)$/,
              crn_pattern: /=\*$/,
            },
            text: 'every topic, group or subject of a cluster',
          },
        ],
        reach: 'one role',
      },
    },
    confluent_kafka_acl: {
      wordedGrant: {
        to: ['principal'],
        judged: [
          {
            level: 'bounded',
            where: { permission: /^DENY$/ },
            text: 'a denial',
          },
          {
            level: 'broad',
            where: {
              resource_name: /^\*$/,
              resource_type: /^(?:TOPIC|ANY)$/,
              operation: /^(?:ALL|READ|WRITE|DELETE|ALTER)$/,
            },
            text: 'every topic of a cluster',
          },
          {
            level: 'broad',
            where: { resource_type: /^CLUSTER$/, operation: /^(?:ALL|ALTER)$/ },
            text: 'a whole cluster',
          },
        ],
        reach: 'named topics and groups',
      },
    },
    confluent_identity_pool: {
      principal: {
        kind: 'confluent.identity_pool',
        name: ['display_name'],
        ids: ['id'],
        notes: ['description'],
        description: ['description'],
      },
    },
  },
}));
