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

  *check({ identities, plan }) {
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
    const judged = new Set(
      identities.flatMap(({ identity }) =>
        [identity, ...identity.credentials, ...identity.grants].map(({ address }) => address),
      ),
    );
    for (const gap of plan.gaps ?? []) {
      const { address } = gap;
      if (gap.kind === 'module')
        yield {
          identity: null,
          address,
          message: 'The module is not there, so what it makes is not judged',
          help: 'Run `terraform init` in the folder first, or lint a plan.',
        };
      else if (gap.kind === 'file')
        yield {
          identity: null,
          address,
          message: `The file cannot be read from line ${gap.location.line} on, so what stands there is not judged`,
          help: 'Run `terraform validate` in the folder, or lint a plan.',
        };
      else if (judged.has(address))
        yield {
          identity: null,
          address,
          message: `How many of it there will be hangs on ${gap.reference}, which only a plan knows; one stands for all`,
          help: 'Lint a plan, or give the variable a default or a value in a tfvars file.',
        };
    }
  },
});
