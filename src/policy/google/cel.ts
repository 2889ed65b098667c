// Reads the part of CEL that IAM conditions and workload identity providers are written in, symbols inside of strings
// included. An expression outside of it is not guessed at.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md

/** An expression. Member access by name or by constant key is one path: `assertion.sub`, `assertion['sub']`. */
export type Cel =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Cel[] }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'call'; readonly target: Cel | undefined; readonly name: string; readonly args: Cel[] }
  /** `&&`, `||`, `!`, `?:`, a comparison or arithmetic. */
  | { readonly kind: 'operation'; readonly operator: string; readonly args: readonly Cel[] };

const LONGEST = 8192;
const DEEPEST = 60;

const TOKEN =
  /\s*(?:([rR]?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(&&|\|\||[=!<>]=|[-+*/%<>!?:.,()[\]])|([\uE000\uE001][^\uE002]*\uE002))/y;

interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
}

/** From loose to tight. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Undefined where the text is no expression that is understood here. */
export function parseCel(text: string): Cel | undefined {
  const tokens = text.length > LONGEST ? undefined : tokensOf(text);
  if (!tokens) return undefined;
  let place = 0;
  let depth = 0;
  const peek = (): Token => tokens[place] ?? { kind: 'end', text: '' };
  const isSign = (sign: string): boolean => peek().kind === 'sign' && peek().text === sign;
  const take = (sign: string): void => {
    if (!isSign(sign)) throw new NotUnderstood();
    place++;
  };

  const expression = (): Cel => {
    if (++depth > DEEPEST) throw new NotUnderstood();
    const condition = binary(0);
    if (isSign('?')) {
      place++;
      const yes = expression();
      take(':');
      depth--;
      return { kind: 'operation', operator: '?:', args: [condition, yes, expression()] };
    }
    depth--;
    return condition;
  };
  const binary = (level: number): Cel => {
    const operators = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while ((peek().kind === 'sign' || peek().text === 'in') && operators.includes(peek().text)) {
      const operator = peek().text;
      place++;
      left = { kind: 'operation', operator, args: [left, binary(level + 1)] };
    }
    return left;
  };
  const unary = (): Cel => {
    if (!isSign('!') && !isSign('-')) return member(primary());
    if (++depth > DEEPEST) throw new NotUnderstood();
    const operator = peek().text;
    place++;
    const inner = unary();
    depth--;
    return { kind: 'operation', operator, args: [inner] };
  };
  const list = (close: string): Cel[] => {
    const items: Cel[] = [];
    while (!isSign(close)) {
      items.push(expression());
      if (!isSign(close)) take(',');
    }
    take(close);
    return items;
  };
  const primary = (): Cel => {
    const token = peek();
    place++;
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'name') {
      if (token.text in CONSTANTS) return { kind: 'literal', value: CONSTANTS[token.text] ?? null };
      if (!isSign('(')) return { kind: 'path', path: token.text };
      place++;
      return { kind: 'call', target: undefined, name: token.text, args: list(')') };
    }
    if (token.text === '[') return { kind: 'list', items: list(']') };
    if (token.text !== '(') throw new NotUnderstood();
    const inner = expression();
    take(')');
    return inner;
  };
  const member = (start: Cel): Cel => {
    let current = start;
    for (;;) {
      if (isSign('.')) {
        place++;
        const { kind, text: name } = peek();
        if (kind !== 'name') throw new NotUnderstood();
        place++;
        if (isSign('(')) {
          place++;
          current = { kind: 'call', target: current, name, args: list(')') };
        } else current = joined(current, name);
      } else if (isSign('[')) {
        place++;
        const [key, ...more] = list(']');
        if (key?.kind !== 'literal' || more.length > 0) throw new NotUnderstood();
        current = joined(current, String(key.value));
      } else return current;
    }
  };

  try {
    const result = expression();
    return peek().kind === 'end' ? result : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

const CONSTANTS: Readonly<Record<string, boolean | null>> = Object.assign(Object.create(null), {
  true: true,
  false: false,
  null: null,
});

function joined(target: Cel, name: string): Cel {
  return target.kind === 'path'
    ? { kind: 'path', path: `${target.path}.${name}` }
    : { kind: 'call', target, name: '.', args: [{ kind: 'literal', value: name }] };
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const [all, string, number, name, sign, symbol] = TOKEN.exec(source) ?? [];
    if (all === undefined) return undefined;
    if (string !== undefined) tokens.push({ kind: 'string', text: unquoted(string) });
    // What is known only after apply stands for a value.
    else if (symbol !== undefined) tokens.push({ kind: 'string', text: symbol });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

function unquoted(literal: string): string {
  if (/^r/i.test(literal)) return literal.slice(2, -1);
  return literal.slice(1, -1).replace(/\\(.)/g, (_, one: string) => ESCAPES.get(one) ?? one);
}

/** The text of a literal; undefined for anything else. */
export function textOf(cel: Cel | undefined): string | undefined {
  return cel?.kind === 'literal' && typeof cel.value === 'string' ? cel.value : undefined;
}
