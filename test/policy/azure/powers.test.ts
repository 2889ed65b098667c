import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers } from '../../../src/policy/azure/powers.js';

describe('an action pattern', () => {
  test.each<[pattern: string, action: string, covered: boolean]>([
    ['*', 'Microsoft.Compute/virtualMachines/write', true],
    ['*/read', 'Microsoft.Compute/virtualMachines/read', true],
    ['*/read', 'Microsoft.Compute/virtualMachines/write', false],
    ['microsoft.compute/*', 'Microsoft.Compute/virtualMachines/write', true],
    ['Microsoft.*/write', 'Microsoft.Compute/virtualMachines/write', true],
    ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/roleAssignments/write', true],
    ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/write', false],
    ['a*a', 'a', false],
    ['a*b*c', 'a-c-b', false],
    ['Microsoft.Compute/virtualMachines/write', 'Microsoft.Compute/virtualMachines/writes', false],
  ])('%s, %s', (pattern, action, covered) => {
    expect(covers(pattern, action)).toBe(covered);
  });

  test('covers what fills its asterisks', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', '/', '.'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        fc.array(word, { minLength: 4, maxLength: 4 }),
        (parts, fill) => {
          const text = parts
            .map((part, index) => (index === 0 ? part : `${fill[index - 1] ?? ''}${part}`))
            .join('');
          expect(covers(parts.join('*'), text.toUpperCase())).toBe(true);
        },
      ),
    );
  });
});
