// A credential that is a certificate ends with it, whoever made it.

import { describe, expect, it } from 'vitest';
import { lintPlan, type Planned, resource } from '../plans.js';

/** Self-signed, until 2027-01-15; nobody has its key. */
const PEM = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBjTCCATOgAwIBAgIUBzaTZ+oP1BVMUfOYn0YzY27gsaAwCgYIKoZIzj0EAwIw',
  'HDEaMBgGA1UEAwwRc2hvcC5hY21lLmV4YW1wbGUwHhcNMjYxMTIzMDg1NTEzWhcN',
  'MjcwMTE1MDg1NTEzWjAcMRowGAYDVQQDDBFzaG9wLmFjbWUuZXhhbXBsZTBZMBMG',
  'ByqGSM49AgEGCCqGSM49AwEHA0IABOV6QJ42TN5e/R5qf+v2UoAIBDmMMDk+HAG5',
  'IL7knPUxRLnQrm47kJFoSYoCA3Vlz5ue6akBSK1j2wRK4+tyGxujUzBRMB0GA1Ud',
  'DgQWBBQ8/GVe7U5XILCXixhxpD8xiqTB5DAfBgNVHSMEGDAWgBQ8/GVe7U5XILCX',
  'ixhxpD8xiqTB5DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIEIL',
  'HEOioQXhA4UnVoGKR0Qj6SY5qW13X6406BMMzA/8AiEAjeTRoofgrYS2G1+Kuby4',
  '5THMgQk8X/ShQiKiBIiH+7M=',
  '-----END CERTIFICATE-----',
  '',
].join('\n');

const ref = (address: string, attribute: string) => [`${address}.${attribute}`, address];
const credential = (values: Planned['values'], references: Planned['references'] = {}) =>
  resource(
    'azuread_application_certificate.shop',
    { type: 'AsymmetricX509Cert', ...values },
    { application_id: ref('azuread_application.shop', 'id'), ...references },
  );
const certificate = (hours: number) =>
  resource(
    'tls_self_signed_cert.shop',
    { validity_period_hours: hours, allowed_uses: ['client_auth'], early_renewal_hours: 0 },
    { private_key_pem: ref('tls_private_key.shop', 'private_key_pem'), cert_pem: [], validity_end_time: [] },
  );
const taken = { value: ref('tls_self_signed_cert.shop', 'cert_pem') };

function expiry(...resources: Planned[]) {
  const report = lintPlan([
    resource('azuread_application.shop', {
      display_name: 'shop',
      owners: ['5b3c2a10-0000-4000-8000-000000000001'],
    }),
    ...resources,
  ]);
  const [identity] = report.identities;
  return {
    verdict: identity?.expiry.verdict,
    at: identity?.expiry.at?.toISOString(),
    evidence: identity?.expiry.evidence,
    errors: report.findings.filter(({ severity }) => severity === 'error').map(({ category }) => category),
  };
}

describe('a certificate of an application', () => {
  it('that Terraform makes ends when its validity does', () => {
    expect(expiry(certificate(720), credential({}, taken))).toEqual({
      verdict: 'enforced',
      at: '2026-12-23T00:00:00.000Z',
      evidence: ['tls_self_signed_cert.shop validity_period_hours'],
      errors: [],
    });
    expect(expiry(certificate(87600), credential({}, taken)).errors).toEqual(['expiry-too-long']);
  });

  it('ends sooner where the platform is told so', () => {
    const told = credential({ end_date: '2026-12-31T00:00:00Z' }, taken);
    expect(expiry(certificate(87600), told).at).toBe('2026-12-31T00:00:00.000Z');
  });

  it('that stands in the code says itself when it ends', () => {
    expect(expiry(credential({ value: PEM }))).toMatchObject({ verdict: 'enforced', errors: [] });
    expect(expiry(credential({ value: PEM })).at).toMatch(/^2027-01-15T/);
  });

  it('that cannot be read does not end', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(expiry(credential({ value: broken })).verdict).toBe('missing');
    expect(expiry(credential({ value: 'bm90IGEgY2VydGlmaWNhdGU=' })).verdict).toBe('missing');
  });
});

describe('a signing certificate of a user', () => {
  it('ends with the certificate', () => {
    const report = lintPlan([
      resource('aws_iam_user.legacy', { name: 'legacy', tags_all: { owner: 'team-shop' } }),
      resource(
        'aws_iam_signing_certificate.legacy',
        {},
        {
          user_name: ref('aws_iam_user.legacy', 'name'),
          certificate_body: ref('tls_self_signed_cert.shop', 'cert_pem'),
        },
      ),
      certificate(720),
    ]);
    expect(report.identities[0]?.expiry.verdict).toBe('enforced');
  });
});
