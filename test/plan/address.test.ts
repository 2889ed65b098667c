// Addresses survive any instance key: dots, quotes, brackets, slashes, unicode.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctReferences, moduleAddress, moduleSteps, parseReference } from '../../src/plan/address.js';

const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/);
const key = fc.option(fc.oneof(fc.nat(1000), fc.string({ unit: 'grapheme', maxLength: 12 })), {
  nil: undefined,
});

describe('module addresses', () => {
  it('read what they write', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name, key }), { maxLength: 4 }), (path) => {
        expect(moduleSteps(moduleAddress(path))).toEqual(path);
      }),
    );
  });

  it('never fail on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void moduleSteps(text)));
  });
});

describe('references', () => {
  it.each([
    [
      'aws_iam_role.a.arn',
      {
        kind: 'resource',
        mode: 'managed',
        type: 'aws_iam_role',
        name: 'a',
        key: undefined,
        attribute: ['arn'],
      },
    ],
    [
      'aws_iam_role.a["x.y/z"].arn',
      {
        kind: 'resource',
        mode: 'managed',
        type: 'aws_iam_role',
        name: 'a',
        key: 'x.y/z',
        attribute: ['arn'],
      },
    ],
    [
      'aws_iam_role.a[*].arn',
      {
        kind: 'resource',
        mode: 'managed',
        type: 'aws_iam_role',
        name: 'a',
        key: undefined,
        attribute: ['arn'],
      },
    ],
    [
      'data.aws_iam_policy_document.d[0].json',
      {
        kind: 'resource',
        mode: 'data',
        type: 'aws_iam_policy_document',
        name: 'd',
        key: 0,
        attribute: ['json'],
      },
    ],
    [
      'azurerm_linux_web_app.w.identity[0].principal_id',
      {
        kind: 'resource',
        mode: 'managed',
        type: 'azurerm_linux_web_app',
        name: 'w',
        key: undefined,
        attribute: ['identity', 0, 'principal_id'],
      },
    ],
    ['module.a["k"].out', { kind: 'module', name: 'a', key: 'k', output: 'out' }],
    ['module.a', { kind: 'module', name: 'a', key: undefined, output: undefined }],
    ['var.x', { kind: 'var', name: 'x' }],
    ['each.value.prefix', { kind: 'each', name: 'value' }],
    ['count.index', { kind: 'count', name: 'index' }],
    ['path.module', { kind: 'other', name: 'path.module' }],
  ])('%s', (text, expected) => expect(parseReference(text)).toEqual(expected));

  it('lose the prefixes that Terraform adds', () => {
    expect(
      distinctReferences(['a_b.c.identity[0].id', 'a_b.c.identity[0]', 'a_b.c.identity', 'a_b.c', 'a_b.cd']),
    ).toEqual(['a_b.c.identity[0].id', 'a_b.cd']);
  });
});
