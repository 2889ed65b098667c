// A waiver that has run out, or silences nothing, is a decision nobody stands by any more.
import { defineRule, ERROR } from '../src/lint/rule.js';

export default defineRule({
  id: 'waiver-invalid',
  category: 'waiver-invalid',
  title: 'Waiver is expired or too long, matches nothing, or silences what must not be silenced',
  severity: ERROR,
  why: 'Accepted risks are accepted for a time and for a reason. A stale waiver hides the next finding of its kind.',
  fix: 'Remove the waiver, or have its owner renew it with a new end.',
  frameworks: ['CM-3'],
  references: [
    'https://csrc.nist.gov/projects/cprt/catalog#/cprt/framework/version/SP_800_53_5_1_1/home?element=CM-3',
  ],
  since: '0.1.0',
  waivable: false,

  // Waivers are known only after the findings: the run reports their problems under this rule.
  *check() {},
});
