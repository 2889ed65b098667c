// Help and completion come from the commands as they are: each command has examples, and bash completes what there is.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandWords, completionScript } from '../src/commands/completion.js';

const cli = join(import.meta.dirname, '../dist/cli.js');
const leasehold = (...args: string[]): string =>
  spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' }).stdout;

const commands = [...leasehold('--help').matchAll(/^ {2}([a-z]+) .*/gm)]
  .map(([, name]) => name as string)
  .filter((name) => name !== 'help');

describe('the help', () => {
  it.each(commands)('of %s says what it does, and shows examples that are of it', (name) => {
    const page = leasehold(name, '--help');
    const [usage, , description = ''] = page.split('\n');
    expect(usage).toContain(`Usage: leasehold ${name}`);
    expect(description).not.toBe('');
    const examples = page.split('\nExamples:\n')[1] ?? '';
    expect(examples).toContain(`leasehold ${name}`);
  });

  it('names every command', () => expect(commands.length).toBeGreaterThan(10));
});

const TREE: CommandWords[] = [
  { path: '', description: 'all', options: [option(['-V', '--version'])], arguments: [] },
  {
    path: 'lint',
    description: "it's [a] test: of \\ text",
    options: [option(['-f', '--format'], ['json', 'html']), option(['--source'], []), option(['--strict'])],
    arguments: [],
  },
  { path: 'evidence', description: 'e', options: [], arguments: [] },
  { path: 'evidence verify', description: 'v', options: [option(['--plan'], [])], arguments: [] },
  { path: 'explain', description: 'x', options: [], arguments: ['trust-open', 'scope-broad'] },
];

function option(flags: string[], choices?: string[]): CommandWords['options'][number] {
  return { flags, description: "what's it", value: choices && { choices } };
}

describe('completion', () => {
  const script = completionScript('bash', TREE);
  const typed = (...words: string[]): string =>
    spawnSync(
      'bash',
      [
        '-c',
        `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _leasehold; echo "\${COMPREPLY[*]}"`,
        'bash',
        'leasehold',
        ...words,
      ],
      { encoding: 'utf8' },
    ).stdout.trim();

  it.each([
    [[''], 'lint evidence explain'],
    [['l'], 'lint'],
    [['-'], '-V --version'],
    [['lint', '--f'], '--format'],
    [['lint', '-f', ''], 'json html'],
    [['lint', '-f', 'json', 'h'], ''],
    [['lint', '--source', ''], ''],
    [['evidence', ''], 'verify'],
    [['evidence', 'verify', '--'], '--plan'],
    [['explain', 't'], 'trust-open'],
    [['--version', 'explain', ''], 'trust-open scope-broad'],
  ])('of %j in bash', (words, expected) => expect(typed(...words)).toBe(expected));

  it('quotes what it describes for zsh and fish', () => {
    expect(completionScript('zsh', TREE)).toContain("'lint:it'\\''s \\[a\\] test\\: of \\\\ text'");
    expect(completionScript('fish', TREE)).toContain("-a lint -d 'it\\'s [a] test: of \\\\ text'");
  });

  const here = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

  it.skipIf(!here('zsh'))('loads in zsh, and is what completes the command', () => {
    const load = 'autoload -U compinit; compinit -D; eval "$1"; print $_comps[leasehold]';
    const run = spawnSync('zsh', ['-fc', load, 'zsh', leasehold('completion', 'zsh')], { encoding: 'utf8' });
    expect(run).toMatchObject({ stdout: '_leasehold\n', stderr: '' });
  });

  it.skipIf(!here('fish')).each([
    ['leasehold li', 'lint'],
    ['leasehold lint --format s', 'sarif'],
    ['leasehold explain trust-o', 'trust-open'],
    ['leasehold evidence ver', 'verify'],
  ])('of "%s" in fish', (typedSoFar, expected) => {
    const load = 'source (echo $argv[1] | psub); complete -C $argv[2]';
    const run = spawnSync('fish', ['--no-config', '-c', load, leasehold('completion', 'fish'), typedSoFar], {
      encoding: 'utf8',
      env: { ...process.env, HOME: '/nonexistent' },
    });
    expect(run.stdout.split('\n').map((line) => line.split('\t')[0])).toContain(expected);
  });

  it.each(['bash', 'zsh', 'fish'])('knows every command in %s', (shell) => {
    const page = leasehold('completion', shell);
    for (const name of commands) expect(page).toContain(name);
    expect(page).toContain('sarif');
    expect(page).toContain('privilege-escalation');
  });
});
