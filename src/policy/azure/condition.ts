// Conditions on role assignments (ABAC): what they forbid, and when they end.
// Format: https://learn.microsoft.com/azure/role-based-access-control/conditions-format

type Expression =
  | { readonly kind: 'and'; readonly terms: readonly Expression[] }
  | { readonly kind: 'or'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | Atom;

type Atom =
  /** `ActionMatches{'…'}` */
  | { readonly kind: 'action'; readonly pattern: string }
  /** `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {…}` */
  | {
      readonly kind: 'comparison';
      /** `request`, `resource`, `environment`, `principal` */
      readonly source: string;
      /** In lower case. */
      readonly attribute: string;
      /** Without its `ForAnyOf…:`, in lower case. */
      readonly operator: string;
      readonly values: readonly string[];
    }
  /** Anything else: sub-operations, `Exists`, attributes compared with attributes. */
  | { readonly kind: 'other' };

/** What an atom is worth in a supposed case; undefined where it may be either. */
type Oracle = (atom: Atom) => boolean | undefined;

const MAX_LENGTH = 16_384;
const MAX_DEPTH = 64;
const TOKEN = /\s*(?:([(){},!])|(&&|\|\|)|'((?:[^'\\]|\\.)*)'|@(\w+)\[([^\]]*)\]|([^\s(){},!&|'@]+))/y;

type Token =
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attribute'; readonly source: string; readonly text: string }
  | { readonly kind: 'word'; readonly text: string };

/** The condition as a tree; undefined where it does not follow the format. */
export function parseCondition(condition: string): Expression | undefined {
  const tokens = tokensOf(condition);
  if (!tokens || tokens.length === 0) return undefined;
  const parser = new Parser(tokens);
  const expression = parser.disjunction(0);
  return parser.atEnd ? expression : undefined;
}

/** Whether the condition forbids what the oracle supposes. */
export function forbids(condition: string, suppose: Oracle): boolean {
  const expression = parseCondition(condition);
  return expression !== undefined && evaluate(expression, suppose) === false;
}

/**
 * True where the condition keeps the holder from assigning each of these roles.
 * @param roleIds GUIDs in lower case
 */
export function forbidsAssigning(condition: string, roleIds: readonly string[]): boolean {
  return roleIds.every((role) =>
    forbids(condition, (atom) => {
      if (atom.kind === 'action') return isRoleAssignmentWrite(atom.pattern);
      if (atom.kind !== 'comparison' || atom.source !== 'request') return undefined;
      if (atom.attribute !== 'microsoft.authorization/roleassignments:roledefinitionid') return undefined;
      const named = atom.values.some((value) => value.toLowerCase() === role);
      if (atom.operator === 'guidequals') return named;
      return atom.operator === 'guidnotequals' ? !named : undefined;
    }),
  );
}

function isRoleAssignmentWrite(pattern: string): boolean {
  return /^(microsoft\.authorization\/roleassignments\/write|microsoft\.authorization\/roleassignments\/\*|\*)$/i.test(
    pattern,
  );
}

/** True where the condition names the objects that may be reached: another one is forbidden. */
export function pinsResource(condition: string): boolean {
  return forbids(condition, (atom) => {
    if (atom.kind === 'action') return true;
    if (atom.kind !== 'comparison' || (atom.source !== 'resource' && atom.source !== 'request'))
      return undefined;
    const pinned = /^string(equals|equalsignorecase|like|startswith)$/.test(atom.operator);
    return pinned && atom.values.every((value) => /[^*?]/.test(value)) ? false : undefined;
  });
}

/**
 * The moment after which the condition forbids whatever it speaks of; undefined where there is none.
 * @param everything asks for the moment after which it forbids all else, too: a condition on some actions has none
 */
export function conditionEnd(condition: string, everything = false): Date | undefined {
  const expression = parseCondition(condition);
  if (!expression) return undefined;
  const moments = atomsOf(expression)
    .flatMap((atom) => (isClock(atom) ? atom.values : []))
    .map(momentOf)
    .filter((moment) => moment !== undefined)
    .sort((one, other) => one - other);
  const end = moments.find(
    (moment) =>
      evaluate(expression, (atom) =>
        everything && atom.kind === 'action' ? undefined : afterwards(atom, moment),
      ) === false,
  );
  return end === undefined ? undefined : new Date(end);
}

/** Just after a moment: what the condition speaks of is tried, nothing else is known. */
function afterwards(atom: Atom, moment: number): boolean | undefined {
  if (atom.kind === 'action') return true;
  if (!isClock(atom)) return undefined;
  const bound = momentOf(atom.values[0] ?? '');
  if (bound === undefined) return undefined;
  if (/^datetimelessthan(equals)?$/.test(atom.operator)) return bound > moment;
  return /^datetimegreaterthan(equals)?$/.test(atom.operator) ? bound <= moment : undefined;
}

function isClock(atom: Atom): atom is Extract<Atom, { kind: 'comparison' }> {
  return atom.kind === 'comparison' && atom.source === 'environment' && atom.attribute === 'utcnow';
}

function momentOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/i.test(text)) return undefined;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}

function atomsOf(expression: Expression): Atom[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.terms.flatMap(atomsOf);
    case 'not':
      return atomsOf(expression.term);
    default:
      return [expression];
  }
}

function evaluate(expression: Expression, suppose: Oracle): boolean | undefined {
  switch (expression.kind) {
    case 'not': {
      const value = evaluate(expression.term, suppose);
      return value === undefined ? undefined : !value;
    }
    case 'and':
    case 'or': {
      const decisive = expression.kind === 'or';
      const values = expression.terms.map((term) => evaluate(term, suppose));
      if (values.includes(decisive)) return decisive;
      return values.includes(undefined) ? undefined : !decisive;
    }
    default:
      return suppose(expression);
  }
}

function tokensOf(condition: string): Token[] | undefined {
  const text = condition.trimEnd();
  if (text.length > MAX_LENGTH) return undefined;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    const [, mark, sign, quoted, source, attribute, word] = match;
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (sign !== undefined) tokens.push({ kind: 'word', text: sign === '&&' ? 'and' : 'or' });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/\\(.)/g, '$1') });
    else if (source !== undefined)
      tokens.push({
        kind: 'attribute',
        source: source.toLowerCase(),
        text: (attribute ?? '').trim().toLowerCase(),
      });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

/** Reads tokens by recursive descent; AND binds closer than OR. Each method answers undefined where it cannot read on. */
class Parser {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  disjunction(depth: number): Expression | undefined {
    return this.#chain('or', () => this.#chain('and', () => this.#term(depth)));
  }

  #chain(kind: 'and' | 'or', next: () => Expression | undefined): Expression | undefined {
    const terms: Expression[] = [];
    do {
      const term = next();
      if (!term) return undefined;
      terms.push(term);
    } while (this.#takeWord(kind));
    return terms.length === 1 ? terms[0] : { kind, terms };
  }

  #term(depth: number): Expression | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (this.#takeMark('!') || this.#takeWord('not')) {
      const term = this.#term(depth + 1);
      return term && { kind: 'not', term };
    }
    if (this.#takeMark('(')) {
      const inner = this.disjunction(depth + 1);
      return inner && this.#takeMark(')') ? inner : undefined;
    }
    const token = this.#tokens[this.#at];
    if (token?.kind === 'attribute') return this.#comparison(token);
    if (token?.kind !== 'word') return undefined;
    this.#at += 1;
    const word = token.text.toLowerCase();
    if (word === 'exists') return this.#take('attribute') && { kind: 'other' };
    const values = this.#values();
    if (!values) return undefined;
    const [pattern] = values;
    return word === 'actionmatches' && pattern !== undefined
      ? { kind: 'action', pattern }
      : { kind: 'other' };
  }

  #comparison({ source, text: attribute }: Extract<Token, { kind: 'attribute' }>): Expression | undefined {
    this.#at += 1;
    const word = this.#take('word');
    if (!word) return undefined;
    if (this.#take('attribute')) return { kind: 'other' };
    const values = this.#values();
    const operator = (word.text.split(':').at(-1) ?? '').toLowerCase();
    return values && { kind: 'comparison', source, attribute, operator, values };
  }

  /** `'one'`, `word`, or `{'one', 'two'}`. */
  #values(): string[] | undefined {
    const single = this.#take('text') ?? this.#take('word');
    if (single) return [single.text];
    if (!this.#takeMark('{')) return undefined;
    const values: string[] = [];
    while (!this.#takeMark('}')) {
      const value = this.#take('text') ?? this.#take('word');
      if (!value) return undefined;
      values.push(value.text);
      this.#takeMark(',');
    }
    return values;
  }

  #take(kind: Token['kind']): Token | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return undefined;
    this.#at += 1;
    return token;
  }

  #takeMark(text: string): boolean {
    return this.#tokens[this.#at]?.text === text && this.#take('mark') !== undefined;
  }

  #takeWord(word: string): boolean {
    return this.#tokens[this.#at]?.text.toLowerCase() === word && this.#take('word') !== undefined;
  }
}
