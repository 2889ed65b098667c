// References lead through many modules, and through some of them many times.

import { expect, it } from 'vitest';
import { readPlan } from '../../src/input/read-plan.js';
import { Resolver } from '../../src/plan/resolve.js';

type Json = string | boolean | Json[] | { [key: string]: Json };

/** A role in the innermost module, and `config` around it. */
function planOf(module: string, root: Json): Buffer {
  const role = {
    address: `${module}aws_iam_role.r`,
    ...(module === '' ? {} : { module_address: module.slice(0, -1) }),
    mode: 'managed',
    type: 'aws_iam_role',
    name: 'r',
    provider_name: 'registry.opentofu.org/hashicorp/aws',
    change: { actions: ['create'], before: null, after: {}, after_unknown: {}, before_sensitive: false },
  };
  return Buffer.from(
    JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.10.10',
      resource_changes: [role],
      configuration: { provider_config: {}, root_module: root },
    }),
  );
}

const block = (expression: Json): Json => ({
  address: 'aws_iam_role.r',
  mode: 'managed',
  type: 'aws_iam_role',
  name: 'r',
  expressions: { name: expression },
});
const references = (...names: string[]): Json => ({ references: names });

function targetsOf(plan: Buffer): string[] {
  const read = readPlan('plan.json', plan).plan;
  const [role] = read.resources;
  if (!role) throw new Error('no role');
  const resolver = new Resolver(read);
  return resolver
    .targets(role.config?.expressions, resolver.placeOf(role))
    .flatMap(({ resources }) => resources.map(({ address }) => address));
}

it('follows what is handed on twice by each of sixty modules', () => {
  let inner: Json = { resources: [block(references('var.a', 'var.b'))] };
  for (let depth = 0; depth < 60; depth++)
    inner = {
      module_calls: {
        m: {
          module: inner,
          expressions:
            depth === 59
              ? { a: references('aws_iam_policy.p.arn'), b: references('module.m') }
              : { a: references('var.a', 'var.b'), b: references('var.b', 'var.a') },
        },
      },
      outputs: { role: { expression: references('module.m.role') } },
    };
  expect(targetsOf(planOf('module.m.'.repeat(60), inner))).toEqual([]);
});

it('ends where modules lead to each other', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  const outputs = Object.fromEntries(names.map((name) => [name, { expression: references(`var.${name}`) }]));
  const calls = Object.fromEntries(
    names.map((name) => [
      name,
      {
        module: { outputs, resources: [] },
        expressions: Object.fromEntries(
          names.map((input) => [input, references(...names.map((other) => `module.${other}`))]),
        ),
      },
    ]),
  );
  const root = { module_calls: calls, resources: [block(references('module.a', 'aws_iam_role.r.arn'))] };
  expect(targetsOf(planOf('', root))).toEqual(['aws_iam_role.r']);
});
