// Writes expressions of the configuration language at random, mostly of the type that is wanted, so that most of them mean
// something. Used to compare our evaluation with OpenTofu's.

/** What an expression is to be. */
export type Kind =
  | 'string'
  | 'number'
  | 'bool'
  | { readonly of: 'list' | 'set' | 'map' | 'tuple' | 'object'; readonly item: Kind };

const TEXTS = [
  '""',
  '"a"',
  '"b"',
  '"Hello World"',
  '"über"',
  '"e\\u0301x"',
  '"👍🏽ok"',
  '"👨‍👩‍👧"',
  '"a,b,,c"',
  '"5"',
  '"007"',
  '"1.50"',
  '"-3"',
  '"true"',
  '"false"',
  '"  pad\\t"',
  '"x\\ny\\n"',
  '"x\\r\\n"',
  '"$${x} %%{y}"',
  '"a<b>&c"',
  '"quote\\" back\\\\"',
  '"straße ǆ"',
  '"don\'t stop-me_now 2nd"',
  '"arn:aws:s3:::b/*"',
  '"2026-01-31T10:00:00Z"',
  '"2026-01-31T23:30:00+02:00"',
  '"\\u2028"',
  '"{\\"b\\":[1,2.50,null],\\"a\\":\\"x\\"}"',
  '"aGVsbG8="',
];
const NUMBERS = [
  '0',
  '1',
  '2',
  '3',
  '7',
  '2.5',
  '0.1',
  '0.2',
  '10',
  '1.0e3',
  '100',
  '3.0',
  '-1',
  '-2.5',
  '1.25',
  '12345678',
  '0.0000001',
];
const KEYS = ['a', 'b', 'c', 'Zed', 'k1'];

/** Gives a number from 0 up to the one before `below`. */
export type Pick = (below: number) => number;

export class ExpressionWriter {
  #names = 0;

  constructor(
    private readonly pick: Pick,
    /** Names that may be used, and what they are. */
    private readonly known: readonly { readonly name: string; readonly kind: Kind }[] = [],
  ) {}

  #one<T>(items: readonly T[]): T {
    return items[this.pick(items.length)] as T;
  }

  /** An expression of no kind in particular. */
  any(depth: number): string {
    return this.expression(this.kind(2), depth);
  }

  kind(depth: number): Kind {
    const choice = this.pick(depth > 0 ? 10 : 4);
    if (choice < 2) return 'string';
    if (choice === 2) return 'number';
    if (choice === 3) return 'bool';
    const of = this.#one(['list', 'set', 'map', 'tuple', 'object'] as const);
    // Sets of collections have an order that only Terraform knows.
    return { of, item: this.kind(of === 'set' ? 0 : depth - 1) };
  }

  expression(kind: Kind, depth: number): string {
    // Now and then something else, which may be converted or refused.
    if (this.pick(40) === 0) return this.#written(this.kind(1), depth - 1);
    const fitting = this.known.filter((one) => JSON.stringify(one.kind) === JSON.stringify(kind));
    if (fitting.length > 0 && this.pick(4) === 0) return this.#one(fitting).name;
    if (depth <= 0) return this.#literal(kind, 0);
    switch (this.pick(12)) {
      case 0:
        return `(${this.expression('bool', depth - 1)} ? ${this.expression(kind, depth - 1)} : ${this.expression(kind, depth - 1)})`;
      case 1:
        return `[${this.#list(kind, depth)}][${this.pick(3)}]`;
      case 2:
        return `{ ${this.#entries(kind, depth)} }${this.#one(['.a', '["b"]', `[${this.#quotedKey()}]`])}`;
      case 3:
        return this.#one([
          `try(${this.any(depth - 1)}, ${this.expression(kind, depth - 1)})`,
          `coalesce(${this.expression(kind, depth - 1)}, ${this.expression(kind, depth - 1)})`,
          `element(${this.expression({ of: 'list', item: kind }, depth - 1)}, ${this.#one(['0', '1', '4', '-1', '-2'])})`,
          `lookup(${this.expression({ of: 'map', item: kind }, depth - 1)}, ${this.#quotedKey()}, ${this.expression(kind, depth - 1)})`,
          `one(${this.expression({ of: 'list', item: kind }, depth - 1)})`,
          `[for x in [${this.expression(kind, depth - 1)}] : x][0]`,
        ]);
      default:
        return this.#written(kind, depth);
    }
  }

  #written(kind: Kind, depth: number): string {
    if (kind === 'string') return this.#string(depth);
    if (kind === 'number') return this.#number(depth);
    if (kind === 'bool') return this.#bool(depth);
    return this.#collection(kind, depth);
  }

  #literal(kind: Kind, depth: number): string {
    if (kind === 'string') return this.#one(TEXTS);
    if (kind === 'number') return this.#one(NUMBERS);
    if (kind === 'bool') return this.#one(['true', 'false']);
    const inner =
      depth > 2
        ? ''
        : kind.of === 'map' || kind.of === 'object'
          ? this.#entries(kind.item, 0)
          : this.#list(kind.item, 0);
    switch (kind.of) {
      case 'list':
        return `tolist([${inner}])`;
      case 'set':
        return `toset([${inner}])`;
      case 'map':
        return `tomap({ ${inner} })`;
      case 'object':
        return `{ ${inner} }`;
      case 'tuple':
        return `[${inner}]`;
    }
  }

  #quotedKey(): string {
    return `"${this.#one(KEYS)}"`;
  }

  #list(item: Kind, depth: number): string {
    // What an empty list of lists holds is not for us to tell.
    const length = typeof item === 'string' ? this.pick(4) : 1 + this.pick(3);
    return Array.from({ length }, () => this.expression(item, depth - 1)).join(', ');
  }

  #entries(item: Kind, depth: number): string {
    return KEYS.slice(0, 2 + this.pick(3))
      .filter(() => this.pick(5) > 0)
      .map(
        (key) =>
          `${this.#one([key, `"${key}"`, `(${JSON.stringify(key)})`])} = ${this.expression(item, depth - 1)}`,
      )
      .join(', ');
  }

  #inside(item: Kind): { name: string; writer: ExpressionWriter } {
    const name = `x${this.#names++}`;
    return { name, writer: new ExpressionWriter(this.pick, [...this.known, { name, kind: item }]) };
  }

  #string(depth: number): string {
    const s = (): string => this.expression('string', depth - 1);
    const n = (): string => this.expression('number', depth - 1);
    const strings = (): string => this.expression({ of: 'list', item: 'string' }, depth - 1);
    const options: (() => string)[] = [
      () => this.#one(TEXTS),
      () => this.#quoted(depth),
      () => this.#quoted(depth),
      () => this.#heredoc(depth),
      () => `upper(${s()})`,
      () => `lower(${s()})`,
      () => `title(${s()})`,
      () => `trimspace(${s()})`,
      () => `chomp(${s()})`,
      () => `strrev(${s()})`,
      () => `join(${this.#one(TEXTS)}, ${strings()})`,
      () =>
        `substr(${s()}, ${this.#one(['0', '1', '-2', '-9', '3'])}, ${this.#one(['1', '2', '-1', '0', '50'])})`,
      () =>
        `replace(${s()}, ${this.#one(['"a"', '"l"', '","', '" "', '""'])}, ${this.#one(['""', '"$1"', '"zz"'])})`,
      () => `trim(${s()}, ${this.#one(['"a"', '" pad"', '"ü\\n"', '"[a-z]"'])})`,
      () => `trimprefix(${s()}, ${this.#one(['"a"', '"Hello"', '""'])})`,
      () => `trimsuffix(${s()}, ${this.#one(['"b"', '"World"', '""'])})`,
      () => `indent(${this.#one(['0', '2', '3'])}, ${s()})`,
      () => `jsonencode(${this.any(depth - 1)})`,
      () => `tostring(${this.#one([s(), n(), this.expression('bool', depth - 1)])})`,
      () => `base64encode(${s()})`,
      () => `base64decode(base64encode(${s()}))`,
      () => `urlencode(${s()})`,
      () => `md5(${s()})`,
      () => `sha1(${s()})`,
      () => `sha256(${s()})`,
      () =>
        `timeadd("2026-01-31T${this.#one(['10:00:00Z', '23:30:00+02:00', '00:00:00-05:30', '10:00:00.5Z'])}", ${this.#one(['"1h"', '"-36h"', '"90m30s"', '"1.5h"', '"720h"', '"500ms"', '"0s"'])})`,
      () =>
        `format(${this.#one(['"%s"', '"[%s]"', '"%q"', '"%5s|"', '"%-5s|"', '"%v"', '"100%% %s"'])}, ${s()})`,
      () => `format(${this.#one(['"%d"', '"%03d"', '"%5d"', '"%-5d|"', '"%s"', '"%v"', '"%05d"'])}, ${n()})`,
      () => `format(${this.#one(['"%t"', '"%s"', '"%v"'])}, ${this.expression('bool', depth - 1)})`,
      () => `format("%s-%s", ${s()}, ${this.#one([s(), n()])})`,
      () => `format("%v", ${this.any(depth - 1)})`,
    ];
    return this.#one(options)();
  }

  #quoted(depth: number): string {
    const parts = Array.from({ length: this.pick(4) }, () => this.#templatePart(depth, false));
    return `"${parts.join('')}"`;
  }

  #templatePart(depth: number, lines: boolean): string {
    const [open, close] = [this.#one(['${', '${', '${~ ']), this.#one([' }', '}', ' ~}'])];
    const [from, to] = [this.#one(['%{ ', '%{ ', '%{~ ']), this.#one([' }', ' }', ' ~}'])];
    const text = this.#one(
      lines
        ? ['a', '  b ', '\n', '\n  ', '\n\n', '\t', '"q"', '$${x}', 'c', '\\n', '-']
        : ['a', '  b ', '\\n', 'ü', '$${x}', '-', '%%{', ' '],
    );
    switch (this.pick(lines ? 6 : 7)) {
      case 0:
      case 1:
        return `${open}${this.expression(this.#one(['string', 'number', 'bool']), depth - 1)}${close}`;
      case 2:
        return `${from}if ${this.expression('bool', depth - 1)}${to}${text}${from}else${to}${this.#templatePart(depth - 1, lines)}${from}endif${to}`;
      case 3: {
        const { name, writer } = this.#inside('string');
        const list = this.expression(
          { of: this.#one(['list', 'set', 'map', 'tuple']), item: 'string' },
          depth - 1,
        );
        const index = this.#one([name, `i, ${name}`]);
        return `${from}for ${index} in ${list}${to}${text}\${${writer.expression('string', depth > 1 ? 1 : 0)}}${from}endfor${to}`;
      }
      default:
        return text;
    }
  }

  #heredoc(depth: number): string {
    const indent = this.#one(['', '  ', '    ']);
    const dash = this.pick(2) === 0;
    const lines = Array.from({ length: 1 + this.pick(3) }, () => {
      const parts = Array.from({ length: this.pick(3) }, () => this.#templatePart(depth, true));
      return `${this.#one([indent, indent, `${indent}  `, ''])}${parts.join('')}`;
    });
    return `(<<${dash ? '-' : ''}EOT\n${lines.join('\n')}\n${dash ? indent : ''}EOT\n)`;
  }

  #number(depth: number): string {
    const n = (): string => this.expression('number', depth - 1);
    const options: (() => string)[] = [
      () => this.#one(NUMBERS),
      () => `(${n()} ${this.#one(['+', '-', '*', '/', '%'])} ${n()})`,
      () => `(${n()} ${this.#one(['+', '-', '*'])} ${this.#one(['"5"', '"1.50"', '"-3"', 'null', 'true'])})`,
      () => `-${n()}`,
      () => `length(${this.expression(this.kind(1), depth - 1)})`,
      () => `length(${this.expression('string', depth - 1)})`,
      () => `${this.#one(['abs', 'ceil', 'floor', 'signum'])}(${n()})`,
      () => `${this.#one(['max', 'min'])}(${n()}, ${n()})`,
      () => `sum(${this.expression({ of: this.#one(['list', 'set', 'tuple']), item: 'number' }, depth - 1)})`,
      () =>
        `parseint(${this.#one(['"ff"', '"10"', '"-7"', '"z"', '"012"'])}, ${this.#one(['10', '16', '2', '36', '8'])})`,
      () =>
        `tonumber(${this.#one(['"5"', '"1.50"', '"0x1"', '" 1"', '"1e3"', '"a"', 'null', '".5"', '"5."', '"+5"'])})`,
      () => `pow(${this.#one(['2', '3', '10', '0.5'])}, ${this.#one(['0', '2', '3', '-1'])})`,
      () => `index(${this.expression({ of: 'list', item: 'string' }, depth - 1)}, ${this.#one(TEXTS)})`,
      () =>
        `timecmp("2026-01-31T10:00:00Z", ${this.#one(['"2026-01-31T12:00:00+02:00"', '"2025-01-31T10:00:00Z"', '"2027-01-31T10:00:00Z"'])})`,
    ];
    return this.#one(options)();
  }

  #bool(depth: number): string {
    const b = (): string => this.expression('bool', depth - 1);
    const s = (): string => this.expression('string', depth - 1);
    const kind = this.kind(1);
    const options: (() => string)[] = [
      () => this.#one(['true', 'false', '"true"', 'null']),
      () => `!${b()}`,
      () => `(${b()} ${this.#one(['&&', '||', '==', '!='])} ${b()})`,
      () =>
        `(${this.expression('number', depth - 1)} ${this.#one(['<', '<=', '>', '>=', '==', '!='])} ${this.expression('number', depth - 1)})`,
      () =>
        `(${this.expression(kind, depth - 1)} ${this.#one(['==', '!='])} ${this.expression(this.pick(3) === 0 ? this.kind(1) : kind, depth - 1)})`,
      () => `(${this.any(depth - 1)} == null)`,
      () => `can(${this.any(depth - 1)})`,
      () =>
        `contains(${this.expression({ of: this.#one(['list', 'set', 'tuple']), item: 'string' }, depth - 1)}, ${this.#one([s(), '"a"', '1'])})`,
      () => `startswith(${s()}, ${this.#one(TEXTS)})`,
      () => `endswith(${s()}, ${this.#one(TEXTS)})`,
      () => `strcontains(${s()}, ${this.#one(['"a"', '"lo"', '""'])})`,
      () => `alltrue([${this.#list('bool', depth)}])`,
      () => `anytrue([${this.#list('bool', depth)}])`,
      () => `tobool(${this.#one(['"true"', '"false"', '"1"', 'true', 'null', '"TRUE"'])})`,
    ];
    return this.#one(options)();
  }

  #collection(kind: Exclude<Kind, string>, depth: number): string {
    const { of, item } = kind;
    const same = (other: (typeof kind)['of']): string => this.expression({ of: other, item }, depth - 1);
    const plain = typeof item === 'string';
    const listed = (): string => same(this.#one(['list', plain ? 'set' : 'list', 'tuple', 'list']));
    const mapped = (): string => same(this.#one(['map', 'object']));
    const { name, writer } = this.#inside(item);
    const body = (): string => writer.expression(item, depth - 1);
    const filter = (): string => (this.pick(3) === 0 ? ` if ${writer.expression('bool', depth - 1)}` : '');
    const lists: (() => string)[] = [
      () => `tolist([${this.#list(item, depth)}])`,
      () => `concat(${listed()}, ${listed()})`,
      () => `distinct(${same('list')})`,
      () => `flatten([${listed()}, [${this.#list(item, depth)}]])`,
      () => `reverse(${listed()})`,
      () => `slice(${same('list')}, 0, ${this.pick(3)})`,
      () => `values(${mapped()})`,
      () => `tolist(${listed()})`,
      () => `[for ${name} in ${listed()} : ${body()}${filter()}]`,
      () => `[for i, ${name} in ${this.#one([listed, mapped])()} : ${body()}${filter()}]`,
      () => `${this.#one([listed, mapped])()}[*]`,
      () => `coalescelist(${same('list')}, ${same('list')})`,
      () => `[for x in [${this.#list({ of: 'object', item }, depth)}] : x][*].a`,
      () => `chunklist(${same('list')}, ${this.#one(['1', '2', '0'])})[0]`,
      () => `matchkeys(${same('list')}, ["a", "b"], ["b"])`,
    ];
    const strings: (() => string)[] = [
      () => `split(${this.#one(['","', '""', '" "', '"x"'])}, ${this.expression('string', depth - 1)})`,
      () => `sort(${this.expression({ of: this.#one(['list', 'set']), item: 'string' }, depth - 1)})`,
      () => `compact([null, ${this.#list('string', depth)}])`,
      () => `keys(${this.expression({ of: this.#one(['map', 'object']), item: 'string' }, depth - 1)})`,
      () =>
        `formatlist("%s-%s", ${this.expression({ of: 'list', item: 'string' }, depth - 1)}, ${this.expression('string', depth - 1)})`,
      () =>
        `[for k, v in ${this.expression({ of: this.#one(['map', 'object', 'list', 'set']), item: 'string' }, depth - 1)} : "\${k}=\${v}"]`,
    ];
    const sets: (() => string)[] = [
      () => `toset([${this.#list(item, depth)}])`,
      () => `toset(${listed()})`,
      () => `setunion(${same('set')}, ${same('set')})`,
      () => `setintersection(${same('set')}, ${same('set')})`,
      () => `setsubtract(${same('set')}, ${same('set')})`,
    ];
    const key = this.#one([`i`, `upper(i)`, `"\${i}"`, `"k\${length(i)}"`]);
    const maps: (() => string)[] = [
      () => `tomap({ ${this.#entries(item, depth)} })`,
      () => `merge(${mapped()}, ${mapped()})`,
      () => `tomap(${mapped()})`,
      () => `{ for i, ${name} in ${this.#one([listed, mapped])()} : ${key} => ${body()}${filter()} }`,
      () => `zipmap(["b", "a"], [${this.expression(item, depth - 1)}, ${this.expression(item, depth - 1)}])`,
      () => `merge([{ ${this.#entries(item, depth)} }, { ${this.#entries(item, depth)} }]...)`,
      () => `{ ${this.#entries(item, depth)} }`,
    ];
    const other: (() => string)[] = [
      () => `{ for i, ${name} in ${listed()} : "k\${length(tostring(i))}" => ${body()}... }`,
      () => `setproduct(${same('list')}, ["p", "q"])`,
      () => `transpose({ a = ["x", "y"], b = [${this.#one(TEXTS)}] })`,
      () => `range(${this.#one(['3', '1, 4', '10, 0, -3', '0', '4, 1'])})`,
      () => `jsondecode(jsonencode(${this.any(depth - 1)}))`,
      () =>
        `jsondecode(${this.#one(['"[1,2.5,\\"x\\"]"', '"{\\"a\\":null}"', '"1e2"', '"nope"', '"\\"s\\""'])})`,
    ];
    if (this.pick(12) === 0) return this.#one(other)();
    switch (of) {
      case 'list':
        return this.#one(item === 'string' ? [...lists, ...strings] : lists)();
      case 'tuple':
        return this.pick(2) === 0 ? `[${this.#list(item, depth)}]` : this.#one(lists)();
      case 'set':
        return this.#one(sets)();
      case 'map':
      case 'object':
        return this.#one(maps)();
    }
  }
}

/** A declared type and a value that can be converted to it, for variables. */
export function variableType(pick: Pick, depth: number): { readonly type: string; readonly value: string } {
  const one = <T>(items: readonly T[]): T => items[pick(items.length)] as T;
  const choice = pick(depth > 0 ? 10 : 4);
  const primitive = [
    { type: 'string', value: one([...TEXTS, '5', 'true', '2.50']) },
    { type: 'number', value: one([...NUMBERS, '"5"', '"1.50"']) },
    { type: 'bool', value: one(['true', 'false', '"true"']) },
    { type: 'any', value: one([...TEXTS, ...NUMBERS, '["a", 1]', '{ a = 1, b = "x" }']) },
  ] as const;
  if (choice < 4) return primitive[choice] as { type: string; value: string };
  const inner = variableType(pick, depth - 1);
  const again = (): string => one([inner.value, inner.value, 'null']);
  if (choice === 4) return { type: `list(${inner.type})`, value: `[${inner.value}, ${inner.value}]` };
  if (choice === 5) return { type: `set(${inner.type})`, value: `[${inner.value}, ${inner.value}]` };
  if (choice === 6)
    return { type: `map(${inner.type})`, value: `{ b = ${inner.value}, a = ${inner.value} }` };
  if (choice === 7) return { type: `tuple([${inner.type}, string])`, value: `[${inner.value}, 7]` };
  const second = variableType(pick, depth - 1);
  const fallback = one(['', `, ${second.value}`]);
  const given = one(['', `b = ${again()}`, `b = ${second.value}`]);
  return {
    type: `object({ a = ${inner.type}, b = optional(${second.type}${fallback}) })`,
    value: `{ a = ${inner.value}, extra = 1${given === '' || given.includes(inner.value) ? '' : `, ${given}`} }`,
  };
}
