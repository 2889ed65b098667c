// Neither silence nor accusation: what cannot be known before apply is said, with the reason.
import type { HiddenCallers } from '../src/graph/model.js';
import { defineRule, type Report, WARNING } from '../src/lint/rule.js';
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

  *check({ graph, identities, plan }) {
    for (const { identity, owner, expiry, scope } of identities) {
      const hidden = [...identity.waysUnknown, ...identity.callersUnknown];
      const trust = { verdict: hidden.length > 0 ? 'undecided' : 'bounded', unknown: hidden };
      for (const [control, { verdict, unknown }] of Object.entries({ owner, expiry, scope, trust })) {
        if (verdict !== 'undecided') continue;
        const names = fewOf(unknown);
        const name = control === 'expiry' ? 'end' : control;
        yield {
          identity: identity.address,
          address: identity.address,
          message: `Its ${name} is known only after apply${names === '' ? '' : `, through ${names}`}`,
        };
      }
    }
    for (const { evidence, references } of graph.hiddenCallers.filter(({ named }) => named))
      yield {
        identity: null,
        address: evidence.address,
        message: `Whom its ${evidence.path} lets in is known only after apply, through ${fewOf(references)}`,
      };
    yield* hiddenWhole(graph.hiddenCallers.filter(({ named }) => !named));
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

/** The first three of the references, each once. */
function fewOf(references: readonly string[]): string {
  return [...new Set(references.map(showSymbols))].slice(0, 3).join(', ');
}

/** Without the source every policy with an ARN in it is hidden: that is one thing to know, not many. */
function* hiddenWhole([first, ...others]: readonly HiddenCallers[]): Iterable<Report> {
  if (!first) return;
  const { address, path } = first.evidence;
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  const too =
    others.length > 0
      ? `; the same holds for ${fewOf(others.map(({ evidence }) => evidence.address))}${more}`
      : '';
  yield {
    identity: null,
    address,
    message: `Whom its ${path} lets in is known only after apply, through ${fewOf(first.references)}${too}`,
    help: 'Lint the plan file itself, which holds the sources, or give `--source`; or check this after apply.',
  };
}
