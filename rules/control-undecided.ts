// Neither silence nor accusation: what cannot be known before apply is said, with the reason.
import { defineRule, WARNING } from '../src/lint/rule.js';
import { showSymbols } from '../src/plan/symbol.js';

export default defineRule({
  id: 'control-undecided',
  category: 'undecided',
  title: 'Owner, end, scope or trust is known only after apply',
  severity: WARNING,
  why: 'A control that depends on a value nobody has seen yet has not been reviewed.',
  fix: 'Make the value known to the plan (a literal, a variable, a data source read while planning), or check it after apply.',
  frameworks: ['PR.AA-05', 'CM-3'],
  references: [
    'https://developer.hashicorp.com/terraform/language/expressions/references#values-not-yet-known',
  ],
  since: '0.1.0',

  *check({ identities }) {
    for (const { identity, owner, expiry, scope } of identities) {
      const hidden = [...identity.waysUnknown, ...identity.callersUnknown];
      const trust = { verdict: hidden.length > 0 ? 'undecided' : 'bounded', unknown: hidden };
      for (const [control, { verdict, unknown }] of Object.entries({ owner, expiry, scope, trust })) {
        if (verdict !== 'undecided') continue;
        const names = [...new Set(unknown.map(showSymbols))].slice(0, 3).join(', ');
        const name = control === 'expiry' ? 'end' : control;
        yield {
          identity: identity.address,
          address: identity.address,
          message: `Its ${name} is known only after apply${names === '' ? '' : `, through ${names}`}`,
        };
      }
    }
  },
});
