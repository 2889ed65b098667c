// An end in ten years is no end.

import { expiryDefect, expiryNeed } from '../src/lint/expiry-need.js';
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'expiry-too-long',
  category: 'expiry-too-long',
  title: 'Access lasts longer than its risk allows',
  severity: ERROR,
  why: 'The longer access lasts, the longer a leak can be used and the less likely it is that anybody remembers why it was given.',
  fix: 'Move the end closer, or renew it deliberately: at most 90 days for static credentials, 30 for privileged access, 365 for everything else (`limits` in `leasehold.yaml`).',
  frameworks: ['NHI7:2025', 'PR.AA-05', 'IA-5', 'CIS-AWS-3.0.0/1.14'],
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/7-long-lived-secrets/'],
  since: '0.1.0',

  *check({ identities, limits, profile }) {
    for (const judged of identities) {
      if (expiryDefect(judged, limits, profile) !== 'expiry-too-long') continue;
      const { identity, expiry } = judged;
      const need = expiryNeed(judged, limits, profile);
      yield {
        identity: identity.address,
        address: identity.address,
        message: `Lasts ${inWords(Math.floor((expiry.ttlSeconds ?? 0) / 86_400))}; ${need.because.toLowerCase()} may last ${need.days} days`,
        evidence: expiry.evidence,
      };
    }
  },
});

function inWords(days: number): string {
  return days < 1000 ? `${days} days` : `${Math.round(days / 365)} years`;
}
