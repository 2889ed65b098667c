import { describe, expect, it } from 'vitest';
import { environmentMap } from '../../src/access/environment.js';

describe('without a configuration', () => {
  const map = environmentMap();

  it.each([
    ['prod', 'production'],
    ['Production', 'production'],
    ['PRD', 'production'],
    ['live', 'production'],
    ['prod-2', 'production'],
    ['shop-prod', 'production'],
    ['shop_production', 'production'],
    ['prod-eu-west-1', 'production'],
    ['eu-prod', 'production'],
    ['staging', 'staging'],
    ['pre-prod', 'staging'],
    ['preproduction', 'staging'],
    ['uat', 'staging'],
    ['qa1', 'test'],
    ['dev', 'development'],
    ['non-prod', 'non-production'],
    ['nonprod', 'non-production'],
    ['dev-portal', undefined],
    ['test-results', undefined],
    ['prod-test', undefined],
    ['shared', undefined],
    ['github-pages', undefined],
    ['', undefined],
    ['product', undefined],
    ['a'.repeat(10_000), undefined],
  ])('%s: %s', (word, expected) => {
    expect(map.ofWord(word)).toBe(expected);
    expect(map.ofLabel('Environment', word)).toBe(expected);
  });

  it.each(['env', 'Environment', 'acme:env', 'stage', 'example.com/environment', 'leasehold:environment'])(
    'reads the label %s',
    (key) => expect(map.ofLabel(key, 'dev')).toBe(key === 'acme:env' ? undefined : 'development'),
  );

  it('knows no places', () => {
    expect(map.ofPlace('123456789012')).toBeUndefined();
    expect(map.ofName('shop-prod')).toBeUndefined();
    expect(map.ofLabel('owner', 'prod')).toBeUndefined();
  });
});

describe('with one', () => {
  const map = environmentMap([
    {
      name: 'blue',
      places: ['123456789012'],
      namespaces: ['payments'],
      values: ['b1'],
      matches: (name) => name.startsWith('blue-'),
    },
  ]);

  it('finds what it says', () => {
    expect(map.ofPlace('123456789012')).toBe('blue');
    expect(map.ofNamespace('payments')).toBe('blue');
    expect(map.ofNamespace('prod')).toBe('production');
    expect(map.ofLabel('env', 'B1')).toBe('blue');
    expect(map.ofLabel('env', 'Blue')).toBe('blue');
    expect(map.ofWord('blue-deploy')).toBe('blue');
    expect(map.ofName('blue-deploy')).toBe('blue');
  });
});
