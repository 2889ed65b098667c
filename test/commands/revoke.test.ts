// Revoking an access package: what goes, and what a plan or a state would leave behind.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'leasehold-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const fixtures = join(root, 'test', 'fixtures', 'revoke');
const state = join(fixtures, 'packages-state.json');
const destroy = join(fixtures, 'packages-destroy.json');

function revoke(name: string, path: string, ...more: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'revoke', name, path, '--now', '2026-11-23', ...more],
    { encoding: 'utf8', cwd: fixtures },
  );
  return { status, stdout, stderr };
}

function survivors(name: string, path: string): Record<string, string> {
  const { survivors: all } = JSON.parse(revoke(name, path, '--format', 'json').stdout) as {
    survivors: { address: string; why: string }[];
  };
  return Object.fromEntries(all.map(({ address, why }) => [address, why]));
}

interface Change {
  address: string;
  change: { actions: string[]; before: Record<string, unknown>; after: unknown };
}

/** The destroy plan with some of its changes made another way. */
function changed(edit: (change: Change) => void): string {
  const plan = JSON.parse(readFileSync(destroy, 'utf8')) as { resource_changes: Change[] };
  for (const change of plan.resource_changes) edit(change);
  const path = join(mkdtempSync(join(scratch, 'in-')), 'plan.json');
  writeFileSync(path, JSON.stringify(plan));
  return path;
}

describe('a package that owns all its access', () => {
  it.each([
    ['a plan that destroys it', destroy],
    ['a state', state],
  ])('goes as a whole, by %s', (_what, path) => {
    expect(revoke('invoicing', path)).toMatchObject({ status: 0, stderr: '' });
    expect(revoke('invoicing', path).stdout).toContain('revokes invoicing as a whole: 5 members go');
  });
});

describe('a package with shadows around it', () => {
  it('leaves them behind, by a state', () => {
    expect(revoke('reporting', state).status).toBe(1);
    expect(survivors('reporting', state)).toEqual({
      'aws_iam_role.ledger_reader': 'lets aws_iam_role.reporting in, and is not part of the package',
      'aws_iam_role_policy_attachment.s3_read': 'still names aws_iam_role.reporting when it is gone',
      'aws_kms_grant.reporting': 'still names aws_iam_role.reporting when it is gone',
    });
  });

  it('goes where the plan destroys the shadows too', () =>
    expect(revoke('reporting', destroy).status).toBe(0));

  it('leaves what the plan keeps, forgets or cannot destroy', () => {
    const path = changed(({ address, change }) => {
      if (address === 'aws_kms_grant.reporting') change.actions = ['no-op'];
      if (address === 'aws_iam_role_policy.reporting') change.actions = ['forget'];
      if (address === 'aws_iam_role.reporting') change.before.skip_destroy = true;
    });
    expect(survivors('reporting', path)).toEqual({
      'aws_iam_role.reporting': 'stays in the cloud when it is destroyed: skip_destroy',
      'aws_iam_role_policy.reporting': 'leaves the state and stays in the cloud',
      'aws_kms_grant.reporting': 'still names aws_iam_role.reporting when it is gone',
    });
  });

  it('leaves all of it where the plan destroys nothing', () => {
    const path = changed(({ change }) => {
      change.actions = ['no-op'];
      change.after = change.before;
    });
    expect(survivors('reporting', path)['aws_iam_role.reporting']).toBe('is kept by this plan');
    expect(revoke('reporting', path).stdout).toContain('does not revoke reporting as a whole');
  });
});

it('a package that nothing belongs to cannot be judged', () => {
  expect(revoke('payroll', state)).toEqual({
    status: 2,
    stdout: '',
    stderr: `leasehold: ${state}: nothing that stands now belongs to the package payroll; it holds invoicing, reporting\n`,
  });
  expect(revoke('payroll', join(fixtures, 'nowhere.json')).status).toBe(2);
});
