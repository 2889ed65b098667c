// Where a secret stands in the open or in the state, and the look-alikes beside which nothing is told.

import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import { lintPlan, type Planned, plan, resource, told } from '../plans.js';

const SECRET = 'tr0ub4dor-and-three';
const PASSWORD = resource('random_password.db', { length: 32 });
const RESULT = ['random_password.db.result', 'random_password.db'];

const exposed = (...resources: Planned[]) => told(lintPlan(resources), 'secret-exposed');

/** A Lambda function whose environment holds this; arrays are references known only after apply. */
function lambda(variables: Readonly<Record<string, string | readonly string[]>>): Planned {
  const known = Object.entries(variables).filter(([, value]) => typeof value === 'string');
  const unknown = Object.entries(variables).filter(([, value]) => typeof value !== 'string');
  return {
    address: 'aws_lambda_function.api',
    values: { function_name: 'api' },
    nested: {
      unknown: { environment: [{ variables: Object.fromEntries(unknown.map(([name]) => [name, true])) }] },
      expressions: {
        environment: [
          {
            variables:
              unknown.length === 0
                ? { constant_value: Object.fromEntries(known) }
                : { references: unknown.flatMap(([, references]) => references) },
          },
        ],
      },
    },
  };
}

describe('a secret in the open', () => {
  it.each<[string, Planned[], string[]]>([
    [
      'a literal in the environment',
      [lambda({ DB_PASSWORD: SECRET, REGION: 'eu-west-1' })],
      ['aws_lambda_function.api: DB_PASSWORD stands in the environment as a literal'],
    ],
    [
      'several literals are one finding',
      [lambda({ DB_PASSWORD: SECRET, API_KEY: 'a1b2c3d4e5f6a7b8', SMTP_PASSWORD: 'mellon-speak-friend' })],
      [
        'aws_lambda_function.api: DB_PASSWORD, API_KEY and SMTP_PASSWORD stand in the environment as literals',
      ],
    ],
    [
      'literals in what jsonencode() makes for a secret',
      [
        {
          ...resource('aws_secretsmanager_secret_version.db', {
            secret_string: JSON.stringify({ user: 'app', password: SECRET }),
          }),
          nested: { unknown: {}, expressions: { secret_string: {} } },
        },
      ],
      ['aws_secretsmanager_secret_version.db: password stands in the configuration as a literal'],
    ],
    [
      'a generated password in the environment',
      [PASSWORD, lambda({ DB_PASSWORD: RESULT })],
      ['aws_lambda_function.api: random_password.db.result flows into the environment'],
    ],
    [
      'a generated password in a variable of the pipeline',
      [
        PASSWORD,
        resource(
          'github_actions_variable.db',
          { variable_name: 'DB', repository: 'shop' },
          { value: RESULT },
        ),
      ],
      ['github_actions_variable.db: random_password.db.result flows into a pipeline variable'],
    ],
    [
      'a literal in a variable that is not masked',
      [resource('gitlab_project_variable.db', { key: 'DB_PASSWORD', value: SECRET, masked: false })],
      [
        'gitlab_project_variable.db: DB_PASSWORD stands in a pipeline variable that is not masked as a literal',
      ],
    ],
    [
      'a literal in a variable that is masked',
      [resource('gitlab_project_variable.db', { key: 'DB_PASSWORD', value: SECRET, masked: true })],
      ['gitlab_project_variable.db: DB_PASSWORD stands in the configuration as a literal'],
    ],
    [
      'a generated password in a local file',
      [PASSWORD, resource('local_file.env', { filename: '.env' }, { content: RESULT })],
      ['local_file.env: random_password.db.result flows into a local file'],
    ],
    [
      'a literal in the second block',
      [
        {
          address: 'azuredevops_variable_group.shop',
          values: {
            variable: [
              { name: 'REGION', value: 'westeurope' },
              { name: 'DB_PASSWORD', value: SECRET },
            ],
          },
          nested: {
            unknown: {},
            expressions: {
              variable: [
                { name: { constant_value: 'REGION' }, value: { constant_value: 'westeurope' } },
                { name: { constant_value: 'DB_PASSWORD' }, value: { constant_value: SECRET } },
              ],
            },
          },
        },
      ],
      ['azuredevops_variable_group.shop: DB_PASSWORD stands in the configuration as a literal'],
    ],
    [
      'a generated password in the second block',
      [
        PASSWORD,
        {
          address: 'azuredevops_variable_group.shop',
          values: { name: 'shop' },
          nested: {
            unknown: { variable: [{}, { value: true }] },
            expressions: {
              variable: [
                { name: { constant_value: 'REGION' }, value: { constant_value: 'westeurope' } },
                { name: { constant_value: 'DB' }, value: { references: RESULT } },
              ],
            },
          },
        },
      ],
      [
        'azuredevops_variable_group.shop: random_password.db.result flows into a pipeline variable that is not secret',
      ],
    ],
    [
      'a generated password in a variable that is not secured',
      [
        PASSWORD,
        resource('bitbucket_repository_variable.db', { key: 'DB', secured: false }, { value: RESULT }),
        resource(
          'tfe_variable.db',
          { key: 'db', category: 'terraform', sensitive: false },
          { value: RESULT },
        ),
      ],
      [
        'bitbucket_repository_variable.db: random_password.db.result flows into a pipeline variable that is not secured',
        'tfe_variable.db: random_password.db.result flows into a variable of the workspace that is not sensitive',
      ],
    ],
    [
      'a literal in a local file that is sensitive',
      [resource('local_sensitive_file.env', { filename: '.env', content: `DB_PASSWORD=${SECRET}\n` })],
      ['local_sensitive_file.env: DB_PASSWORD stands in the configuration as a literal'],
    ],
    [
      'a literal in the settings of a build',
      [
        resource('aws_codebuild_project.shop', {
          name: 'shop',
          environment: [{ environment_variable: [{ name: 'NPM_TOKEN', value: SECRET, type: 'PLAINTEXT' }] }],
        }),
      ],
      ['aws_codebuild_project.shop: NPM_TOKEN stands in the environment as a literal'],
    ],
    [
      'a header under a telling name',
      [
        resource('aws_cloudfront_distribution.web', {
          origin: [{ custom_header: [{ name: 'X-Origin-Secret', value: SECRET }] }],
        }),
      ],
      ['aws_cloudfront_distribution.web: X-Origin-Secret stands in the configuration as a literal'],
    ],
    [
      'a key in a tag',
      [resource('aws_s3_bucket.logs', { tags: { note: `AKIA${'IOSFODNN7EXAMPLE'}` } })],
      ['aws_s3_bucket.logs: AWS access key id in note stands in a tag as a literal'],
    ],
  ])('%s', (_name, resources, messages) => expect(exposed(...resources)).toEqual(messages));
});

describe('no secret', () => {
  it.each<[string, Planned[]]>([
    [
      'settings that speak of secrets',
      [
        lambda({
          DB_PASSWORD_SECRET_ID: 'prod/shop/db',
          TOKEN_URL: 'https://login.northgate.example/oauth2/token',
          PASSWORD_MIN_LENGTH: '14',
          API_KEY_HEADER: 'X-Api-Key',
          DB_SECRET: 'shop-db-credentials',
          API_KEY: '${ssm:/shop/api-key}',
          JWT_SECRET: 'changeme',
          CLIENT_TOKEN: 'idempotency-2026',
        }),
      ],
    ],
    [
      'the ARN of a secret in the environment',
      [
        resource('aws_secretsmanager_secret.db', { name: 'db' }),
        lambda({ SECRET_ARN: ['aws_secretsmanager_secret.db.arn', 'aws_secretsmanager_secret.db'] }),
      ],
    ],
    [
      'the length of a password in the environment',
      [PASSWORD, lambda({ LENGTH: ['random_password.db.length', 'random_password.db'] })],
    ],
    [
      'the hash of a password in the environment',
      [PASSWORD, lambda({ DB_HASH: ['random_password.db.bcrypt_hash', 'random_password.db'] })],
    ],
    [
      'a generated password in what is made to hold secrets',
      [
        PASSWORD,
        resource('aws_secretsmanager_secret_version.db', { secret_id: 'db' }, { secret_string: RESULT }),
        resource(
          'github_actions_secret.db',
          { secret_name: 'DB', repository: 'shop' },
          { plaintext_value: RESULT },
        ),
        resource('gitlab_project_variable.db', { key: 'DB_PASSWORD', masked: true }, { value: RESULT }),
      ],
    ],
    [
      'a generated password in a variable that is secret',
      [
        PASSWORD,
        {
          address: 'azuredevops_variable_group.shop',
          values: { name: 'shop' },
          nested: {
            unknown: { variable: [{ secret_value: true }] },
            expressions: {
              variable: [
                {
                  name: { constant_value: 'DB_PASSWORD' },
                  is_secret: { constant_value: true },
                  secret_value: { references: RESULT },
                },
              ],
            },
          },
        },
        resource('bitbucket_repository_variable.db', { key: 'DB', secured: true }, { value: RESULT }),
        resource('tfe_variable.db', { key: 'db', sensitive: true }, { value: RESULT }),
        resource('circleci_context_environment_variable.db', { name: 'DB' }, { value: RESULT }),
        resource('local_sensitive_file.db', { filename: 'db' }, { content: RESULT }),
      ],
    ],
    [
      'the name of a parameter in a build',
      [
        resource('aws_codebuild_project.shop', {
          name: 'shop',
          environment: [
            {
              environment_variable: [
                { name: 'NPM_TOKEN', value: 'shop-npm-7f3a9', type: 'PARAMETER_STORE' },
                { name: 'DB_PASSWORD', value: 'shop/db:password::', type: 'SECRETS_MANAGER' },
              ],
            },
          ],
        }),
      ],
    ],
    [
      'a plain variable of the pipeline',
      [
        resource('gitlab_project_variable.region', { key: 'AWS_REGION', value: 'eu-west-1', masked: false }),
        resource('github_actions_variable.role', {
          variable_name: 'DEPLOY_ROLE',
          value: 'arn:aws:iam::210987654321:role/deploy',
        }),
        resource('github_actions_variable.id', {
          variable_name: 'ARM_CLIENT_ID',
          value: '0f8fad5b-d9cb-469f-a165-70867728950e',
        }),
      ],
    ],
    [
      'a public key and a certificate in local files',
      [
        resource('tls_private_key.ssh', { algorithm: 'ED25519' }),
        resource(
          'local_file.key',
          { filename: 'id.pub' },
          { content: ['tls_private_key.ssh.public_key_openssh', 'tls_private_key.ssh'] },
        ),
      ],
    ],
    [
      'what every browser gets',
      [
        resource('azurerm_application_insights.web', { name: 'web' }),
        resource(
          'azurerm_linux_web_app.web',
          { name: 'web' },
          {
            app_settings: [
              'azurerm_application_insights.web.connection_string',
              'azurerm_application_insights.web',
            ],
          },
        ),
      ],
    ],
  ])('%s', (_name, resources) => expect(exposed(...resources)).toEqual([]));
});

describe('a provisioner', () => {
  const withProvisioners = (provisioners: unknown[], ...others: Planned[]): string[] => {
    const document = JSON.parse(plan(resource('null_resource.deploy', {}), ...others));
    document.configuration.root_module.resources[0].provisioners = provisioners;
    return told(lint(JSON.stringify(document)), 'secret-exposed');
  };
  const exec = (expressions: unknown, type = 'local-exec') => ({ type, expressions });

  it.each<[string, unknown, string[]]>([
    [
      'shows a generated password in its command',
      exec({ command: { references: RESULT } }),
      ['null_resource.deploy: random_password.db.result flows into the command of a provisioner'],
    ],
    [
      'holds a literal in its command',
      exec({ command: { constant_value: `mysql --password='${SECRET}' < schema.sql` } }),
      ['null_resource.deploy: password stands in a provisioner as a literal'],
    ],
    [
      'holds a literal in its environment',
      exec({
        command: { constant_value: './migrate' },
        environment: { constant_value: { DB_PASSWORD: SECRET } },
      }),
      ['null_resource.deploy: DB_PASSWORD stands in a provisioner as a literal'],
    ],
    [
      'holds a literal in a script for a machine',
      exec({ inline: { constant_value: ['set -e', `export API_KEY=${SECRET}`] } }, 'remote-exec'),
      ['null_resource.deploy: API_KEY stands in a provisioner as a literal'],
    ],
    [
      'hands it over in the environment',
      exec({ command: { constant_value: './migrate' }, environment: { references: RESULT } }),
      [],
    ],
    ['brings it to a machine', exec({ content: { references: RESULT } }, 'file'), []],
    [
      'names what is no secret',
      exec({ command: { references: ['random_password.db.id', 'random_password.db'] } }),
      [],
    ],
    [
      'reads it where it runs',
      exec({
        command: { constant_value: 'mysql --password="$(aws ssm get-parameter --name /db)" < schema.sql' },
      }),
      [],
    ],
    [
      'tells a machine where it stands',
      exec({ inline: { constant_value: ['export DB_PASSWORD_FILE=/run/secrets/db'] } }, 'remote-exec'),
      [],
    ],
  ])('%s', (_name, provisioner, messages) =>
    expect(withProvisioners([provisioner], PASSWORD)).toEqual(messages),
  );
});

describe('a secret in the state', () => {
  const kept = (...resources: Planned[]) => told(lintPlan(resources), 'secret-in-state');
  const generated = 'random_password.db: The generated password is kept in the state in plain text';

  it.each<[string, Planned[], string[]]>([
    ['is told where it is made', [PASSWORD], [generated]],
    [
      'is told once, with what it is given to',
      [PASSWORD, resource('aws_db_instance.db', { identifier: 'db' }, { password: RESULT })],
      [
        `${generated}, and again as \`password\` of aws_db_instance.db, where \`password_wo\` would not be kept`,
      ],
    ],
    [
      'is told once, wherever it goes',
      [
        PASSWORD,
        resource('aws_db_instance.db', { identifier: 'db' }, { password: RESULT }),
        resource('aws_secretsmanager_secret_version.db', { secret_id: 'db' }, { secret_string: RESULT }),
      ],
      [
        `${generated}, and again as \`password\` of aws_db_instance.db and in 1 more, where \`password_wo\` would not be kept`,
      ],
    ],
    [
      'is told where it comes from outside',
      [PASSWORD, resource('aws_db_instance.db', { identifier: 'db' }, { password: ['var.db_password'] })],
      ['aws_db_instance.db: `password` is kept in the state, while `password_wo` would not be', generated],
    ],
    [
      'is told with the file that it is written to',
      [
        resource('tls_private_key.ssh', { algorithm: 'ED25519' }),
        resource(
          'local_sensitive_file.key',
          { filename: 'id' },
          { content: ['tls_private_key.ssh.private_key_openssh', 'tls_private_key.ssh'] },
        ),
      ],
      [
        'tls_private_key.ssh: The private key is kept in the state in plain text, and again as `content` of local_sensitive_file.key',
      ],
    ],
    [
      'is not there: the platform makes it, the argument is write-only or empty, the parameter is no secret',
      [
        resource('aws_db_instance.managed', { identifier: 'db', manage_master_user_password: true }),
        resource('aws_db_instance.empty', { identifier: 'db', password: null }),
        resource(
          'aws_db_instance.written',
          { identifier: 'db' },
          { password_wo: ['ephemeral.random_password.db.result'] },
        ),
        resource('aws_ssm_parameter.region', { name: '/shop/region', type: 'String', value: 'eu-west-1' }),
        resource('local_sensitive_file.env', { filename: '.env', content: 'REGION=eu-west-1' }),
      ],
      [],
    ],
  ])('%s', (_name, resources, messages) => expect(kept(...resources)).toEqual(messages));
});

describe('one secret in several places', () => {
  const variable = (name: string, value: string, key = 'DB_PASSWORD'): Planned =>
    resource(`gitlab_project_variable.${name}`, { key, value, masked: false });
  const at = (name: string, key: string, rest = ''): string =>
    `gitlab_project_variable.${name}: ${key} stands in a pipeline variable that is not masked as a literal${rest}`;
  const KEY = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7';

  it.each<[string, Planned[], string[]]>([
    [
      'is told at each of them',
      [variable('a', SECRET), variable('b', SECRET, 'SMTP_PASSWORD'), variable('c', `${SECRET}!`)],
      [
        at('a', 'DB_PASSWORD', '; the same value also stands at gitlab_project_variable.b'),
        at('b', 'SMTP_PASSWORD', '; the same value also stands at gitlab_project_variable.a'),
        at('c', 'DB_PASSWORD'),
      ],
    ],
    [
      'names the first by address and counts the rest',
      [variable('d', SECRET), variable('c', SECRET), variable('a', SECRET), variable('b', SECRET)],
      ['a', 'b', 'c', 'd'].map((name) =>
        at(
          name,
          'DB_PASSWORD',
          `; the same value also stands at gitlab_project_variable.${name === 'a' ? 'b' : 'a'} and 2 more`,
        ),
      ),
    ],
    [
      'is found among several',
      [lambda({ DB_PASSWORD: SECRET, API_KEY: 'a1b2c3d4e5f6a7b8' }), variable('a', SECRET)],
      [
        'aws_lambda_function.api: DB_PASSWORD and API_KEY stand in the environment as literals; one of these values also stands at gitlab_project_variable.a',
        at('a', 'DB_PASSWORD', '; the same value also stands at aws_lambda_function.api'),
      ],
    ],
    [
      'is found inside of addresses and connection strings',
      [
        variable('a', `postgres://shop:${SECRET}@db.internal/shop`, 'DATABASE_URL'),
        variable('b', `Server=db;User ID=shop;Password=${SECRET};`, 'CONNECTION_STRING'),
      ],
      [
        at('a', 'DATABASE_URL', '; the same value also stands at gitlab_project_variable.b').replace(
          'DATABASE_URL',
          'password in an address in DATABASE_URL',
        ),
        at('b', 'CONNECTION_STRING', '; the same value also stands at gitlab_project_variable.a'),
      ],
    ],
    [
      'twice in one resource is one place',
      [lambda({ DB_PASSWORD: SECRET, SMTP_PASSWORD: SECRET })],
      ['aws_lambda_function.api: DB_PASSWORD and SMTP_PASSWORD stand in the environment as literals'],
    ],
    [
      'is not another private key',
      [
        variable('a', `${KEY}one\n-----END PRIVATE KEY-----`, 'CI_KEY'),
        variable('b', `${KEY}two\n-----END PRIVATE KEY-----`, 'CI_KEY'),
        variable('c', `  ${KEY}one\n-----END PRIVATE KEY-----`.replace('\n', '\\n'), 'CI_KEY'),
      ],
      [
        at('a', 'private key in CI_KEY', '; the same value also stands at gitlab_project_variable.c'),
        at('b', 'private key in CI_KEY'),
        at('c', 'private key in CI_KEY', '; the same value also stands at gitlab_project_variable.a'),
      ],
    ],
  ])('%s', (_, resources, findings) => expect(exposed(...resources)).toEqual(findings));

  it('leaves nothing behind that tells of the value, and is the same in every run', () => {
    const text = plan(variable('a', SECRET), variable('b', SECRET), lambda({ DB_PASSWORD: SECRET }));
    const shown = (): string => JSON.stringify(lint(text));
    const first = shown();
    expect(first).toContain('the same value also stands at');
    // A keyed hash would differ from run to run, wherever it stood.
    for (let run = 0; run < 5; run++) expect(shown()).toBe(first);
    expect(first).not.toContain(SECRET);
    expect(first).not.toContain('"mark');
  });
});
