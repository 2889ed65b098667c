// The example policy in Rego, run by a real Open Policy Agent over the graph of recorded stacks. OPA is a Go module;
// its first build takes some minutes, so it is kept in Go's own cache, and where Go is missing the test is left out.

import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const hasGo = spawnSync('go', ['version']).status === 0;
const BUILD_TIME = 900_000;

function evaluate(stack: string, query: string): string[] {
  const graph = execFileSync(process.execPath, [
    join(root, 'dist', 'cli.js'),
    'graph',
    join(root, 'test', 'fixtures', 'stacks', stack, 'plan.json'),
  ]);
  const policy = join(root, 'examples', 'opa');
  const text = execFileSync(
    'go',
    ['tool', 'opa', 'eval', '--format', 'json', '--data', policy, '--stdin-input', query],
    {
      cwd: import.meta.dirname,
      input: graph,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  const { result } = JSON.parse(text) as { result: { expressions: { value: string[] }[] }[] };
  return result[0]?.expressions[0]?.value ?? [];
}

describe.skipIf(!hasGo)('the example policy', () => {
  it(
    'denies keys that never end',
    () => {
      const denied = evaluate('legacy-users', 'data.main.deny');
      expect(denied).toContain(
        'aws_iam_user.erp_export: access key aws_iam_access_key.erp_export never ends',
      );
    },
    BUILD_TIME,
  );

  it(
    'denies nothing where all is governed',
    () => expect(evaluate('payments-batch', 'data.main.deny')).toEqual([]),
    BUILD_TIME,
  );

  it(
    'warns of administrators outside of packages',
    () => expect(evaluate('privesc', 'data.main.warn').length).toBeGreaterThan(0),
    BUILD_TIME,
  );
});
