// Where a configuration breaks its schema, in one sentence for whoever wrote it.

import schema from './config.schema.json' with { type: 'json' };
import { type SchemaError, validate } from './config.validate.js';
import { ConfigError, type ConfigFile, type Path, quoted } from './config-file.js';
import type { Location } from './finding.js';
import { closest } from './suggest.js';

/**
 * Checks a file against the schema of the configuration, or against the part of it that `below` leads to.
 * @throws ConfigError that names the first problem in the order of the file
 */
export function checkSchema(file: ConfigFile, below: readonly string[] = []): void {
  if (validate(below.reduceRight<unknown>((value, key) => ({ [key]: value }), file.value))) return;
  const errors = (validate.errors ?? []).slice(0, MOST_ERRORS);
  const mistyped = new Set(
    errors.filter(({ keyword }) => keyword === UNKNOWN).map((error) => error.instancePath),
  );
  let first: { place: Location; problem: string } | undefined;
  for (const error of errors) {
    // What is missing there is most likely what was mistyped.
    if (error.keyword === 'required' && mistyped.has(error.instancePath)) continue;
    const path = pointer(error.instancePath).slice(below.length);
    const place =
      error.keyword === UNKNOWN
        ? file.keyPlace([...path, String(error.params.additionalProperty)])
        : file.place(path);
    if (!first || isBefore(place, first.place))
      first = { place, problem: inWords(error, path, below, file.value) };
  }
  if (first) throw new ConfigError(first.place, first.problem);
}

/** `unknown key "prfile"; did you mean "profile"?` */
export function unknownName(kind: string, name: string, known: readonly string[], where: string): string {
  const near = closest(name, known);
  return `unknown ${kind} ${quoted(name)}; ${near === undefined ? where : `did you mean "${near}"?`}`;
}

/** `waivers[0].expires` */
export function nameOf(path: Path): string {
  const name = path
    .map((step) => {
      if (/^\d+$/.test(String(step))) return `[${step}]`;
      return /^[\w$-]{1,60}$/.test(String(step)) ? `.${step}` : `[${quoted(String(step))}]`;
    })
    .join('');
  return name === '' ? 'the file' : name.replace(/^\./, '');
}

/** `is not valid; an example: 90d` */
export function notLike(example: string): string {
  return `is not valid; an example: ${example}`;
}

const UNKNOWN = 'additionalProperties';
/** Finding the place of each takes time; a file with more is not a configuration. */
const MOST_ERRORS = 100;

function isBefore(one: Location, other: Location): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

function pointer(text: string): string[] {
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A part of the schema, as far as it is asked here. */
interface Part {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly additionalProperties?: Part | boolean;
  readonly examples?: readonly unknown[];
}

type Words = (params: SchemaError['params'], part: Part, value: unknown) => string;

/** What is wrong with a value, by keyword of the schema. */
const WORDS: Readonly<Record<string, Words>> = {
  required: ({ missingProperty }) => `has no ${quoted(String(missingProperty))}`,
  enum: ({ allowedValues }) => `must be ${listed(allowedValues as string[], 'or')}`,
  type: ({ type }, _, value) => {
    const types = [type].flat().map(String);
    if (types.includes('string') && typeof value === 'number')
      return 'must be text: put the number in quotes';
    return `must be ${listed(
      types.map((one) => TYPES[one] ?? one),
      'or',
    )}`;
  },
  minItems: () => 'is empty',
  minProperties: () => 'is empty',
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  // A pattern without an example only asks for some text.
  pattern: (_, { examples }) => (examples ? notLike(String(examples[0])) : 'is empty'),
};

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  array: 'a list',
  string: 'text',
  number: 'a number',
};

function inWords(error: SchemaError, path: Path, below: Path, root: unknown): string {
  const part = partAt([...below, ...path]);
  if (error.keyword === UNKNOWN) {
    const known = Object.keys(part.properties ?? {});
    return unknownName(
      'key',
      String(error.params.additionalProperty),
      known,
      `known here: ${listed(known, 'and')}`,
    );
  }
  const words = WORDS[error.keyword];
  const value = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], root);
  return `${nameOf(path)} ${words ? words(error.params, part, value) : 'is not valid'}`;
}

/** The schema for the value at a path. The validator's own pointers lead there only where it inlined definitions. */
function partAt(path: Path): Part {
  return path.reduce<Part>((part, step) => {
    const { properties = {}, items, additionalProperties } = part;
    const next = Object.hasOwn(properties, step) ? properties[step] : (items ?? additionalProperties);
    return resolved(typeof next === 'object' ? next : {});
  }, schema as Part);
}

function resolved(part: Part): Part {
  const definition = part.$ref?.split('/').at(-1);
  const definitions = schema.definitions as unknown as Readonly<Record<string, Part>>;
  return definition === undefined ? part : (definitions[definition] ?? part);
}

/** `a, b or c` */
function listed(items: readonly string[], word: 'and' | 'or'): string {
  return items.join(', ').replace(/, ([^,]*)$/, ` ${word} $1`);
}
