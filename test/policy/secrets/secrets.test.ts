// What is a secret and what only looks like one. Every name and value that was once judged wrongly stands here.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellsSecret } from '../../../src/policy/secrets/names.js';
import { secretsInSettings, secretsInText } from '../../../src/policy/secrets/script.js';
import { shapeOf } from '../../../src/policy/secrets/shapes.js';
import { isReal } from '../../../src/policy/secrets/values.js';

describe('a name', () => {
  it.each([
    'password',
    'DB_PASSWORD',
    'db-password',
    'dbPassword',
    'administrator_login_password',
    'WEBHOOK_SIGNING_SECRET',
    'clientSecret',
    'API_KEY',
    'apiKey',
    'AWS_SECRET_ACCESS_KEY',
    'GITHUB_TOKEN',
    'private_key_pem',
    'primary_connection_string',
    'PASSWORD_1',
    'redis_auth_token',
    'SMTP_PASSWD',
  ])('%s tells of a secret', (name) => expect(tellsSecret(name)).toBe(true));

  it.each([
    'PASSWORD_MIN_LENGTH',
    'restrict_create_platform_apikey',
    'TOKEN_URL',
    'SECRET_ID',
    'API_KEY_PARAMETER',
    'SECRET_NAME',
    'secret_arn',
    'TOKEN_TTL',
    'password_wo_version',
    'kms_key_id',
    'KEY',
    'public_key',
    'SSH_PUBLIC_KEY',
    'TOKEN_ISSUER',
    'secret_permissions',
    'http_tokens',
    'token_expiry',
    'PASSWORD_RESET_URL',
    'AWS_ACCESS_KEY_ID',
    'partition_key',
    'sort_key',
    's3_key',
    'password_policy',
    'NO_PASSWORD',
    'monkey',
    '',
  ])('%s does not', (name) => expect(tellsSecret(name)).toBe(false));
});

describe('a value under a telling name', () => {
  it.each([
    'correct-horse-battery-staple-0',
    'tr0ub4dor-and-three',
    'open-sesame-1234',
    'mellon-speak-friend',
    'rumpelstiltskin-42',
    'swordfish-swordfish-swordfish',
    'P@ssw0rd!2024',
    'aGVsbG8gd29ybGQgaGVsbG8=',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'hunter2hunter2',
  ])('%s is a secret', (value) => expect(isReal(value)).toBe(true));

  it.each([
    '',
    'changeme',
    'CHANGE_ME',
    'change-me-later',
    '<token>',
    'REPLACE_ME',
    'replace-with-real-value',
    'placeholder',
    'your-api-key-here',
    'xxxxxxxxxxxx',
    '************',
    '${var.password}',
    '{{ secret }}',
    '$DB_PASSWORD',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf',
    '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/smtp)',
    'projects/acme/secrets/db/versions/1',
    'ssm:/app/db/password',
    'vault:secret/data/db#password',
    '/merchant/invoice-renderer/api-key',
    'merchant/invoice-renderer/smtp',
    'prod/payments/db',
    'partner-sftp-password',
    'db-credentials',
    'https://login.northgate.example/oauth2/token',
    '3600',
    '14',
    '30d',
    'true',
    'example-password',
    'dummy',
    'none',
    'managed-outside',
    '-----BEGIN CERTIFICATE-----',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB',
    'The password is set by the operations team after the first boot',
  ])('%s is none', (value) => expect(isReal(value)).toBe(false));
});

describe('a shape', () => {
  // Put together here, so that no scanner takes this file for a leak.
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  it.each([
    ['AWS access key id', `AKIA${'IOSFODNN7EXAMPLE'}`],
    ['GitHub token', `ghp_${letters}`],
    ['GitLab token', `glpat-${letters.slice(0, 20)}`],
    ['Slack token', `xoxb-${letters}`],
    ['Google API key', `AIza${letters.slice(0, 35)}`],
    ['private key', `-----BEGIN RSA ${'PRIVATE KEY'}-----`],
    ['private key', `-----BEGIN ${'PRIVATE KEY'}-----`],
    ['Azure storage key', `AccountName=a;AccountKey=${'A'.repeat(86)}==`],
    ['password in an address', 'postgres://app:tr0ub4dor@db.internal:5432/app'],
  ])('%s', (noun, text) => expect(shapeOf(`x ${text} y`)).toBe(noun));

  it.each([
    'postgres://app:${PASSWORD}@db.internal/app',
    'postgres://app:changeme@db.internal/app',
    'https://example.org/a:b@c',
    'arn:aws:iam::123456789012:role/deploy',
    'sha256-AKIA',
    'task_sk_runner',
    'ghp_short',
  ])('not %s', (text) => expect(shapeOf(text)).toBeUndefined());
});

describe('a script', () => {
  it.each([
    ['#!/bin/sh\nexport GATEWAY_DB_PASSWORD=open-sesame-1234\n', 'GATEWAY_DB_PASSWORD'],
    ["mysql --password='tr0ub4dor-and-three'", 'password'],
    ['db:\n  password: "tr0ub4dor-and-three"\n', 'password'],
    ['{"clientSecret": "tr0ub4dor-and-three"}', 'clientSecret'],
  ])('%s', (text, what) => expect(secretsInText(text)).toEqual([{ what }]));

  it.each([
    'export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)',
    'export DB_PASSWORD="$SECRET"',
    'aws secretsmanager get-secret-value --secret-id merchant/db --query SecretString > /run/db.json',
    'TOKEN_URL=https://login.example.org/token',
    'curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/',
    'echo "password=" > /etc/app',
  ])('nothing in %s', (text) => expect(secretsInText(text)).toEqual([]));
});

describe('settings', () => {
  it('are read as maps, as pairs and as JSON', () => {
    const secret = 'tr0ub4dor-and-three';
    expect(secretsInSettings({ DB_PASSWORD: secret, REGION: 'eu-west-1' })).toEqual([
      { what: 'DB_PASSWORD' },
    ]);
    expect(secretsInSettings([{ name: 'DB_PASSWORD', value: secret }])).toEqual([{ what: 'DB_PASSWORD' }]);
    expect(
      secretsInSettings(JSON.stringify([{ environment: [{ name: 'DB_PASSWORD', value: secret }] }])),
    ).toEqual([{ what: 'DB_PASSWORD' }]);
    expect(
      secretsInSettings([{ name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/db' }]),
    ).toEqual([]);
  });
});

it('never shows the value, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: 'binary' }), (value) => {
      for (const { what } of [
        ...secretsInText(`export DB_PASSWORD='${value}'`),
        ...secretsInSettings({ DB_PASSWORD: value }),
      ])
        expect(['DB_PASSWORD', ...NOUNS]).toContain(what.replace(/ in DB_PASSWORD$/, ''));
    }),
  );
});

const NOUNS = ['password in an address', 'private key'];

it('takes linear time', () => {
  const long = `${'a'.repeat(50_000)}=${'://'.repeat(20_000)}${'eyJ'.repeat(20_000)}${'-----BEGIN '.repeat(5000)}`;
  expect(shapeOf(long)).toBeUndefined();
  expect(secretsInText(long)).toEqual([]);
});
