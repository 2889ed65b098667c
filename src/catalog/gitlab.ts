// What GitLab resources mean for access. Paths: the gitlabhq/gitlab provider's schema. Tokens that no service account
// of the plan holds are identities of their own: GitLab makes a bot user for each.

import {
  type AttributePath,
  type CredentialFacts,
  defineProvider,
  type ResourceFacts,
  type WordJudgement,
} from './types.js';

const SERVICE_ACCOUNTS = ['gitlab_group_service_account', 'gitlab_instance_service_account'];

const serviceAccount: ResourceFacts = {
  principal: {
    kind: 'gitlab.service_account',
    name: ['name', 'username'],
    ids: ['service_account_id', 'id'],
    notes: ['name'],
  },
};

const ENDS: Pick<CredentialFacts, 'end' | 'lifetime'> = {
  end: ['expires_at'],
  lifetime: [{ path: 'rotation_configuration.expiration_days', unit: 'days' }],
};

const SUDO: WordJudgement = {
  level: 'unbounded',
  where: { scopes: /^(?:sudo|admin_mode)$/ },
  text: 'everything that any user of the instance may, by the scope sudo or admin_mode',
};

/** `api` is everything that the level lets it do. */
const api = (levels: RegExp, where: string): WordJudgement => ({
  level: 'broad',
  where: { scopes: /^api$/, access_level: levels },
  text: `the scope api with a writing access level in ${where}`,
});

const token = (
  noun: string,
  judged: readonly WordJudgement[],
  reach: string,
  description: readonly AttributePath[] = [],
): ResourceFacts => ({
  principal: {
    kind: 'gitlab.access_token',
    name: ['name'],
    ids: ['user_id', 'id'],
    notes: ['name', ...description],
    description,
    sameAs: { paths: ['user_id'], types: SERVICE_ACCOUNTS },
  },
  credential: { form: 'static', noun, ...ENDS },
  wordedGrant: { judged, reach },
});

const USER_TOKEN: readonly WordJudgement[] = [
  SUDO,
  {
    level: 'broad',
    where: { scopes: /^api$/ },
    text: 'the scope api: everything that its user may do, everywhere',
  },
];

const deployToken = (end: readonly AttributePath[]): ResourceFacts => ({
  principal: { kind: 'gitlab.deploy_token', name: ['name'], ids: ['id'], notes: ['name'] },
  credential: { form: 'static', noun: 'deploy token', end },
  ownGrant: { reach: 'repository and packages of one project or group' },
});

const membership = (to: AttributePath, judged: readonly WordJudgement[], reach: string): ResourceFacts => ({
  wordedGrant: { to: [to], judged, reach, end: ['expires_at'] },
});

const runner: ResourceFacts = {
  principal: {
    kind: 'gitlab.runner',
    name: ['description'],
    ids: ['id'],
    notes: ['description', 'maintenance_note', 'tag_list'],
    description: ['description'],
  },
  credential: { form: 'static', noun: 'runner token' },
  ownGrant: { reach: 'jobs that it takes' },
};

export const gitlab = defineProvider('gitlab', () => ({
  types: {
    gitlab_group_service_account: serviceAccount,
    gitlab_instance_service_account: serviceAccount,
    gitlab_group_service_account_access_token: token('access token', USER_TOKEN, 'its scopes'),
    gitlab_personal_access_token: token('personal access token', USER_TOKEN, 'its scopes', ['description']),
    gitlab_user_impersonation_token: {
      principal: { kind: 'gitlab.access_token', name: ['name'], ids: ['id'], notes: ['name'] },
      credential: { form: 'static', noun: 'impersonation token', end: ['expires_at'] },
      wordedGrant: { judged: USER_TOKEN, reach: 'its scopes' },
    },
    gitlab_project_access_token: token(
      'project access token',
      [api(/^(?:maintainer|owner)$/, 'one project')],
      'one project',
      ['description'],
    ),
    gitlab_group_access_token: token(
      'group access token',
      [api(/^(?:developer|maintainer|owner)$/, 'a whole group')],
      'one group',
      ['description'],
    ),
    gitlab_group_membership: membership(
      'user_id',
      [{ level: 'broad', where: { access_level: /^(?:maintainer|owner)$/ }, text: 'it runs a whole group' }],
      'member of one group',
    ),
    gitlab_project_membership: membership(
      'user_id',
      [{ level: 'broad', where: { access_level: /^owner$/ }, text: 'it owns a project' }],
      'member of one project',
    ),
    gitlab_deploy_token: deployToken(['expires_at']),
    gitlab_project_deploy_token: deployToken(['expires_at']),
    gitlab_group_deploy_token: deployToken(['expires_at']),
    gitlab_deploy_key: {
      principal: {
        kind: 'gitlab.deploy_key',
        name: ['title'],
        ids: ['deploy_key_id', 'id'],
        notes: ['title'],
      },
      credential: { form: 'static', noun: 'deploy key', end: ['expires_at'] },
      ownGrant: { reach: 'the repository of one project' },
    },
    gitlab_deploy_key_enable: { known: true },
    gitlab_pipeline_trigger: {
      principal: {
        kind: 'gitlab.pipeline_trigger',
        name: ['description'],
        ids: ['id'],
        notes: ['description'],
        description: ['description'],
      },
      credential: { form: 'static', noun: 'trigger token' },
      ownGrant: { reach: 'pipelines of one project' },
    },
    gitlab_cluster_agent: {
      principal: { kind: 'gitlab.cluster_agent', name: ['name'], ids: ['id', 'agent_id'], notes: ['name'] },
    },
    gitlab_cluster_agent_token: {
      credential: { of: ['agent_id'], form: 'static', noun: 'agent token' },
    },
    gitlab_runner: runner,
    gitlab_user_runner: runner,
    gitlab_application: {
      principal: {
        kind: 'gitlab.application',
        name: ['name'],
        ids: ['application_id', 'id'],
        notes: ['name'],
      },
      credential: { form: 'static', noun: 'client secret' },
      wordedGrant: {
        judged: [
          SUDO,
          {
            level: 'broad',
            where: { scopes: /^api$/ },
            text: 'the scope api: everything that its users may do',
          },
        ],
        reach: 'its scopes',
      },
    },
    gitlab_user_sshkey: { known: true },
    gitlab_project_job_token_scope: { known: true },
    gitlab_project_job_token_scopes: { known: true },
  },
}));
