// Certificates and keys that Terraform makes itself. Paths: the hashicorp/tls provider's schema. They are nobody until a
// platform takes them as a credential; that then ends with the certificate.

import { defineProvider, type ResourceFacts } from './types.js';

const CERTIFICATE: ResourceFacts = {
  certificate: {
    end: ['validity_end_time'],
    lifetime: [{ path: 'validity_period_hours', unit: 'hours' }],
  },
};

export const tls = defineProvider('tls', () => ({
  types: {
    tls_self_signed_cert: CERTIFICATE,
    tls_locally_signed_cert: CERTIFICATE,
    tls_private_key: { known: true },
    tls_cert_request: { known: true },
  },
}));
