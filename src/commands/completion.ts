// `leasehold completion`: a script for a shell, from the commands as they are. It starts nothing when a key is pressed.

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export interface CommandWords {
  /** As typed after the program: `lint`, `evidence verify`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** Words for an argument; files complete by themselves where there are none. */
  readonly arguments: readonly string[];
}

export interface OptionWords {
  /** `-f`, `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for a switch; without choices it is a file or free text. */
  readonly value: { readonly choices: readonly string[] } | undefined;
}

/** @param commands the program first, each command before those below it */
export function completionScript(shell: Shell, commands: readonly CommandWords[]): string {
  return { bash, zsh, fish }[shell](commands);
}

/** What can be typed after a command: the commands below it, else the words for its argument. */
function wordsAfter({ path, arguments: words }: CommandWords, commands: readonly CommandWords[]): string[] {
  return [...below(path, commands).map(lastWord), ...words];
}

function below(path: string, commands: readonly CommandWords[]): CommandWords[] {
  const depth = path === '' ? 1 : path.split(' ').length + 1;
  return commands.filter(
    (one) =>
      one.path !== '' && one.path.split(' ').length === depth && one.path.startsWith(path && `${path} `),
  );
}

function lastWord({ path }: CommandWords): string {
  return path.slice(path.lastIndexOf(' ') + 1);
}

const HOW = {
  bash: 'leasehold completion bash > ~/.local/share/bash-completion/completions/leasehold',
  zsh: 'leasehold completion zsh > "${fpath[1]}/_leasehold"',
  fish: 'leasehold completion fish > ~/.config/fish/completions/leasehold.fish',
};

function bash(commands: readonly CommandWords[]): string {
  const named = commands.filter(({ path }) => path !== '');
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ flags, value }) =>
      value === undefined
        ? []
        : [
            `    ${flags.map((flag) => `'${path} ${flag}'`).join(' | ')}) words='${value.choices.join(' ')}' ;;`,
          ],
    ),
  );
  const words = commands.map((command) => {
    const flags = command.options.flatMap((option) => option.flags);
    return `    '${command.path}') words='${wordsAfter(command, commands).join(' ')}' flags='${flags.join(' ')}' ;;`;
  });
  return `# Completion of leasehold for bash: ${HOW.bash}
_leasehold() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} path='' word words='' flags=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${named.map(({ path }) => `'${path}'`).join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $prev" in
${values.join('\n')}
    *)
      case "$path" in
${words.map((line) => `    ${line}`).join('\n')}
      esac
      if [[ $cur == -* ]]; then words=$flags; fi
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _leasehold leasehold
`;
}

function zsh(commands: readonly CommandWords[]): string {
  const functions = [...commands].reverse().map((command) => zshFunction(command, commands));
  return `#compdef leasehold
# Completion of leasehold for zsh: ${HOW.zsh}
${functions.join('')}
if [ "$funcstack[1]" = _leasehold ]; then _leasehold "$@"; else compdef _leasehold leasehold; fi
`;
}

function zshFunction(command: CommandWords, commands: readonly CommandWords[]): string {
  const inner = below(command.path, commands);
  const specs = command.options.map(({ flags, description, value }) => {
    const text = zshText(description);
    const after =
      value === undefined
        ? ''
        : `:value:${value.choices.length > 0 ? `(${value.choices.join(' ')})` : '_files'}`;
    const head = flags.length > 1 ? `'(${flags.join(' ')})'{${flags.join(',')}}` : `${flags[0]}`;
    return `${head}'[${text}]${after}'`;
  });
  const words = command.arguments.length > 0 ? `(${command.arguments.join(' ')})` : '_files';
  const lines = [
    ...specs,
    ...(inner.length > 0
      ? [`'1: :${zshName(command.path)}__words'`, `'*:: :->rest'`]
      : [`'*:argument:${words}'`]),
  ];
  const dispatch = inner.map((one) => `      ${lastWord(one)}) ${zshName(one.path)} ;;`).join('\n');
  const choices =
    inner.length === 0
      ? ''
      : `${zshName(command.path)}__words() {
  local -a words=(${inner.map((one) => `'${lastWord(one)}:${zshText(one.description)}'`).join(' ')})
  _describe command words${command.path === '' ? '' : '\n  _files'}
}
`;
  const rest =
    inner.length === 0
      ? ''
      : `  if [ "$state" = rest ]; then
    case $words[1] in
${dispatch}
      *) _files ;;
    esac
  fi
`;
  return `${choices}${zshName(command.path)}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
    ${lines.join(' \\\n    ')}
${rest}}
`;
}

function zshName(path: string): string {
  return ['_leasehold', ...path.split(' ').filter(Boolean)].join('_').replaceAll('-', '_');
}

/** Within single quotes, and within a description of \`_arguments\`. */
function zshText(text: string): string {
  return oneLine(text)
    .replace(/[\\:[\]]/g, '\\$&')
    .replaceAll("'", "'\\''");
}

function fish(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap((command) => {
    const here = fishCondition(command, commands);
    const inner = below(command.path, commands);
    return [
      ...inner.map(
        (one) => `complete -c leasehold -n ${here} -a ${lastWord(one)} -d ${fishText(one.description)}`,
      ),
      ...command.options.map((option) => `complete -c leasehold -n ${here} ${fishOption(option)}`),
      ...(command.arguments.length > 0
        ? [`complete -c leasehold -n ${here} -f -a ${fishText(command.arguments.join(' '))}`]
        : []),
    ];
  });
  return `# Completion of leasehold for fish: ${HOW.fish}
${lines.join('\n')}
`;
}

function fishCondition({ path }: CommandWords, commands: readonly CommandWords[]): string {
  const seen = path
    .split(' ')
    .filter(Boolean)
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const inner = below(path, commands).map(lastWord);
  if (inner.length > 0) seen.push(`not __fish_seen_subcommand_from ${inner.join(' ')}`);
  return `'${seen.join('; and ')}'`;
}

function fishOption({ flags, description, value }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const after =
    value === undefined
      ? []
      : value.choices.length > 0
        ? [`-x -a ${fishText(value.choices.join(' '))}`]
        : ['-r'];
  return [...names, ...after, `-d ${fishText(description)}`].join(' ');
}

function fishText(text: string): string {
  return `'${oneLine(text).replace(/[\\']/g, '\\$&')}'`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
