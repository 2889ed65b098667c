// Vault's policies: what is read of them, how far they reach, and who may sign in to a role.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVaultPolicy } from '../../src/policy/vault/document.js';
import { judgeVaultPolicy } from '../../src/policy/vault/judge.js';
import { readBound, readClusterLogin, readJwtLogin, readRoleId } from '../../src/policy/vault/login.js';

describe('a policy', () => {
  it('is read with its comments, shorthands and templates', () => {
    const text = `
      # path "secret/*" { capabilities = ["sudo"] }
      path "secret/data/{{identity.entity.name}}/*" { // theirs
        capabilities = ["read", "list"] /* no more */
        allowed_parameters = { "ttl" = ["1h"], "path" = [] }
      }
      path "auth/token/renew-self" { policy = "write" }`;
    expect(readVaultPolicy(text)).toEqual([
      { path: 'secret/data/{{identity.entity.name}}/*', capabilities: ['read', 'list'] },
      { path: 'auth/token/renew-self', capabilities: ['create', 'read', 'update', 'delete', 'list'] },
    ]);
  });

  it('is the same in JSON', () => {
    expect(
      readVaultPolicy('{"path":{"kv/*":{"capabilities":["read"]},"sys/health":{"policy":"sudo"}}}'),
    ).toEqual([
      { path: 'kv/*', capabilities: ['read'] },
      { path: 'sys/health', capabilities: ['create', 'read', 'update', 'delete', 'list', 'sudo'] },
    ]);
  });

  it.each(['path "a" {', 'no policy', '}', '{"path":'])('is none in %j', (text) => {
    expect(readVaultPolicy(text)).toBeUndefined();
  });

  it('never throws, whatever is read', () => {
    const piece = fc.constantFrom(
      'path ',
      '"a/*"',
      '{',
      '}',
      'capabilities',
      '=',
      '[',
      ']',
      '"sudo"',
      '/*',
      '*/',
      '#',
      '\n',
      '"',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const rules = readVaultPolicy(pieces.join(''));
        expect(rules === undefined || Array.isArray(rules)).toBe(true);
      }),
    );
  });

  it('is read in time that grows with its length', () => {
    for (const text of ['/*'.repeat(100_000), '"\\'.repeat(100_000), 'path "a" {'.repeat(30_000)])
      expect(readVaultPolicy(text)).toBeUndefined();
  });
});

describe('its reach', () => {
  it.each<[string, string[], string, string | undefined]>([
    ['*', ['create', 'read', 'update', 'delete', 'list', 'sudo'], 'unbounded', undefined],
    ['*', ['read'], 'broad', undefined],
    ['+/*', ['update'], 'unbounded', undefined],
    ['sys/*', ['sudo', 'read'], 'unbounded', undefined],
    ['auth/token/create', ['create', 'update', 'sudo'], 'unbounded', undefined],
    ['sys/leases/lookup/database/creds/shop/*', ['list', 'sudo'], 'bounded', undefined],
    ['secret/*', ['read'], 'broad', undefined],
    ['secret/data/*', ['create', 'update'], 'broad', undefined],
    ['secret/+/*', ['read'], 'broad', undefined],
    ['secret/data/+/config', ['read'], 'broad', undefined],
    ['database/creds/*', ['read'], 'broad', undefined],
    ['secret*', ['read'], 'broad', undefined],
    ['secret/data/shop/*', ['create', 'read', 'update', 'delete'], 'bounded', undefined],
    ['secret/+/shop/*', ['read'], 'bounded', undefined],
    ['secret/data/shop-*', ['read'], 'bounded', undefined],
    ['secret/metadata/*', ['list', 'read'], 'bounded', undefined],
    ['secret/*', ['list'], 'bounded', undefined],
    ['secret/*', ['deny'], 'bounded', undefined],
    ['database/creds/shop', ['read'], 'bounded', undefined],
    ['sys/mounts/*', ['read'], 'bounded', undefined],
    ['auth/token/renew-self', ['update'], 'bounded', undefined],
    ['auth/approle/role/shop/secret-id', ['update'], 'bounded', undefined],
    ['transit/encrypt/shop', ['update'], 'bounded', undefined],
    ['sys/policies/acl/*', ['create', 'update'], 'bounded', 'may write policies'],
    ['sys/policies/password/*', ['create', 'update'], 'bounded', undefined],
    ['auth/*', ['update'], 'broad', 'may change who signs in with which policies'],
    ['auth/+/role/*', ['update'], 'bounded', 'may change who signs in with which policies'],
    ['auth/approle/role/shop', ['update'], 'bounded', 'may change who signs in with which policies'],
    ['identity/entity/id/*', ['update'], 'bounded', 'may give policies to entities and groups'],
    ['identity/oidc/token/shop', ['read'], 'bounded', undefined],
  ])('%s with %j is %s', (path, capabilities, level, escalates) => {
    const verdict = judgeVaultPolicy([{ path, capabilities }]);
    expect(verdict.level).toBe(level);
    expect(verdict.escalates?.split(':')[0]).toBe(escalates);
  });

  it('is that of its worst path, and denials of a path take it away', () => {
    const read = { path: 'secret/*', capabilities: ['read'] };
    const shop = { path: 'secret/data/shop/*', capabilities: ['read'] };
    expect(judgeVaultPolicy([shop, read])).toMatchObject({ level: 'broad', text: 'read on secret/*' });
    expect(judgeVaultPolicy([shop, read, { path: 'secret/*', capabilities: ['deny'] }]).level).toBe(
      'bounded',
    );
    expect(judgeVaultPolicy([])).toEqual({ level: 'bounded', text: 'no paths', escalates: undefined });
  });
});

describe('signing in with a JWT', () => {
  const GITHUB = 'https://token.actions.githubusercontent.com';
  const login = (claims: Record<string, string>, wildcards = false, issuer = GITHUB) =>
    readJwtLogin({
      issuer,
      subject: undefined,
      wildcards,
      claims: Object.entries(claims).map(([claim, value]) => ({ claim, values: value.split(',') })),
    });
  const flaws = (reading: { openings: readonly { id: string }[] }) => reading.openings.map(({ id }) => id);

  it.each<[Record<string, string>, boolean, string, string[]]>([
    [{}, false, GITHUB, ['oidc-subject-missing']],
    [{ repository: 'acme/shop' }, false, GITHUB, []],
    [{ repository: 'acme/shop,acme/portal' }, false, GITHUB, []],
    [{ repository: 'acme/*' }, true, GITHUB, ['oidc-subject-spans-repositories']],
    [{ repository_owner: 'acme' }, false, GITHUB, ['oidc-subject-spans-repositories']],
    [{ repository_owner: 'acme', repository: 'acme/shop' }, false, GITHUB, []],
    [{ sub: 'repo:acme/shop:*' }, true, GITHUB, []],
    [{ sub: 'repo:*' }, true, GITHUB, ['oidc-subject-spans-organisations']],
    [{ project_path: 'acme/shop', ref: 'main' }, false, 'https://gitlab.com', []],
    [{ namespace_path: 'acme' }, false, 'https://gitlab.com', ['oidc-subject-spans-projects']],
    [{ ref: 'main' }, false, 'https://gitlab.com', []],
    [{}, false, 'https://login.acme.example', []],
    [{}, false, '', []],
    [{ sub: 'organization:acme:*' }, true, 'https://app.terraform.io', ['oidc-subject-spans-projects']],
  ])('%j (wildcards: %s) of %s is told as %j', (claims, wildcards, issuer, ids) => {
    expect(flaws(login(claims, wildcards, issuer))).toEqual(ids);
  });
});

describe('signing in otherwise', () => {
  it('spans namespaces where one is left open', () => {
    expect(readClusterLogin({ namespaces: ['*'], names: ['shop'] }).openings).toHaveLength(1);
    expect(readClusterLogin({ namespaces: ['shop', 'portal'], names: ['*'] }).openings).toEqual([]);
  });
  it('needs more than a role id', () => {
    expect(readRoleId(true, []).openings).toEqual([]);
    expect(readRoleId(false, ['10.0.0.0/16']).openings).toEqual([]);
    expect(readRoleId(false, ['0.0.0.0/0']).openings).toHaveLength(1);
  });
  it('names somebody', () => {
    expect(readBound('AWS principals', ['arn:aws:iam::111122223333:role/shop']).openings).toEqual([]);
    expect(readBound('AWS principals', ['arn:aws:iam::*:role/shop']).openings).toHaveLength(1);
    expect(readBound('service accounts of Google', ['*']).openings).toHaveLength(1);
  });
});
