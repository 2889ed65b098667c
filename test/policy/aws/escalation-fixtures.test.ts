// Every path of the public catalogue, through the public `lint`: named on the attacker where it leads somewhere, scoped
// or not, in one policy or in several; and never told of its look-alikes.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../../src/policy/aws/escalation-catalogue.js';
import { lintPlan } from '../../plans.js';
import { FIXTURES, type Fixture } from './escalations.js';
import { attackerAddress, estate } from './estate.js';

/** What lint says of the attacker's escalation. */
function told(as: Fixture['as'], ...policies: readonly (readonly string[])[]): string[] {
  return lintPlan(estate(as, policies))
    .findings.filter(
      ({ category, identity }) => category === 'privilege-escalation' && identity === attackerAddress(as),
    )
    .map(({ message }) => message);
}

const names = (id: string) => expect.stringMatching(new RegExp(`[[ ]${id}[\\],]`));

test('every id of the catalogue has its fixture', () => {
  expect(FIXTURES.map(({ id }) => id).sort()).toEqual(Object.keys(CATALOGUE).sort());
});

describe.each(FIXTURES)('$id', ({ id, as, bad, harmless }) => {
  test('is named on the attacker', () => {
    expect(told(as, bad)).toEqual([names(id)]);
  });

  test('is named where it is split over policies', () => {
    const single = bad.flatMap((line) => {
      const [actions = '', rest = ''] = line.split(/(?= on )/);
      return actions.split(', ').map((action) => [`${action}${rest}`]);
    });
    expect(told(as, ...single)).toEqual([names(id)]);
  });

  test('is named on every resource', () => {
    const actions = CATALOGUE[id]?.join(', ');
    expect(told(as, [`${actions} on *`])).toEqual([names(id)]);
  });

  test.each(Object.entries(harmless))('look-alike: %s', (_, lines) => {
    expect(told(as, lines)).toEqual([]);
  });
});

describe('how it is written is nothing', () => {
  const roles = FIXTURES.filter(({ as }) => as === 'role');
  const lines = fc.constantFrom(
    ...roles.flatMap(({ bad, harmless }) => [bad, ...Object.values(harmless)]).flat(),
  );
  const some = fc.array(lines, { minLength: 1, maxLength: 6 });
  const sameTold = (change: (lines: readonly string[]) => readonly (readonly string[])[]): void => {
    fc.assert(
      fc.property(some, (all) => {
        expect(told('role', ...change(all))).toEqual(told('role', all));
      }),
      { numRuns: 15 },
    );
  };

  test('order', () => sameTold((all) => [all.toReversed()]));
  test('policies', () => sameTold((all) => all.map((line) => [line])));
  test('saying it twice', () => sameTold((all) => [all, all]));
  test('case of actions', () =>
    sameTold((all) => [
      all.map((line) =>
        line.replace(/^(deny )?(.*?) on /, (_, deny = '', actions) => `${deny}${actions.toUpperCase()} on `),
      ),
    ]));
  test('wildcards', () => sameTold((all) => [all.map((line) => line.replace(/\*(?=[,\s]|$)/g, '**'))]));
});
