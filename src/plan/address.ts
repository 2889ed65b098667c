// Terraform addresses and references: `module.a["x.y"].aws_iam_role.this[0].arn`, keys included.
// Syntax: https://developer.hashicorp.com/terraform/cli/state/resource-addressing

export type InstanceKey = string | number;

/** One dotted part with the index behind it: `team["eu.west"]` is `{ name: 'team', keys: ['eu.west'] }`. */
export interface Step {
  readonly name: string;
  readonly keys: readonly InstanceKey[];
}

/** One module call on the way to a module instance. */
export interface ModuleStep {
  readonly name: string;
  readonly key: InstanceKey | undefined;
}

export interface ResourceReference {
  readonly kind: 'resource';
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | undefined;
  /** What follows the resource: `['identity', 0, 'principal_id']`; empty for the resource as a whole. */
  readonly attribute: readonly (string | number)[];
}
export interface ModuleReference {
  readonly kind: 'module';
  readonly name: string;
  readonly key: InstanceKey | undefined;
  /** The output's name; undefined for the module as a whole. */
  readonly output: string | undefined;
}
export interface NamedReference {
  readonly kind: 'var' | 'local' | 'each' | 'count' | 'other';
  readonly name: string;
}
export type Reference = ResourceReference | ModuleReference | NamedReference;

/** Splits at dots outside of brackets and quotes. Linear; a malformed tail is dropped. */
export function steps(text: string): Step[] {
  const result: Step[] = [];
  let position = 0;
  while (position < text.length) {
    const start = position;
    while (position < text.length && text[position] !== '.' && text[position] !== '[') position++;
    const name = text.slice(start, position);
    const keys: InstanceKey[] = [];
    while (text[position] === '[') {
      const key = indexAt(text, position + 1);
      if (!key) return result;
      keys.push(key.value);
      position = key.end;
    }
    if (name !== '' || keys.length > 0) result.push({ name, keys });
    if (text[position] !== '.') break;
    position++;
  }
  return result;
}

function indexAt(text: string, start: number): { value: InstanceKey; end: number } | undefined {
  if (text[start] !== '"') {
    const end = text.indexOf(']', start);
    if (end < 0) return undefined;
    const raw = text.slice(start, end);
    return { value: /^\d+$/.test(raw) ? Number(raw) : raw, end: end + 1 };
  }
  let position = start + 1;
  while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  if (text[position] !== '"' || text[position + 1] !== ']') return undefined;
  const quoted = text.slice(start, position + 1);
  return { value: unquote(quoted), end: position + 2 };
}

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** `module.a["x"].module.b[0]` as steps; the root module is the empty list. */
export function moduleSteps(address: string): ModuleStep[] {
  const all = steps(address);
  const result: ModuleStep[] = [];
  for (let index = 0; index + 1 < all.length && all[index]?.name === 'module'; index += 2) {
    const step = all[index + 1] as Step;
    result.push({ name: step.name, key: step.keys[0] });
  }
  return result;
}

/** The parts of a resource instance's address; undefined for what is neither a resource nor a data source. */
export function addressOf(address: string):
  | {
      readonly module: readonly ModuleStep[];
      readonly mode: 'managed' | 'data';
      readonly type: string;
      readonly name: string;
      readonly key: InstanceKey | undefined;
    }
  | undefined {
  const module = moduleSteps(address);
  const rest = steps(address).slice(module.length * 2);
  const mode = rest.length === 3 && rest[0]?.name === 'data' ? 'data' : 'managed';
  const [type, named] = mode === 'data' ? rest.slice(1) : rest;
  if (!type || !named || rest.length !== (mode === 'data' ? 3 : 2)) return undefined;
  return { module, mode, type: type.name, name: named.name, key: named.keys[0] };
}

/** The address of a module instance; empty for the root. */
export function moduleAddress(path: readonly ModuleStep[]): string {
  return path.map((step) => `module.${step.name}${keySuffix(step.key)}`).join('.');
}

export function keySuffix(key: InstanceKey | undefined): string {
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key)}]`;
}

/** Joins a module address and what stands in it. */
export function inModule(module: string, local: string): string {
  return module === '' ? local : `${module}.${local}`;
}

/** Reads one entry of a `references` list of the plan's configuration. */
export function parseReference(text: string): Reference {
  const parts = steps(text);
  const [first, second, third] = parts;
  if (!first) return { kind: 'other', name: text };
  switch (first.name) {
    case 'var':
    case 'local':
    case 'each':
    case 'count':
      return { kind: first.name, name: second?.name ?? '' };
    case 'module':
      if (!second) return { kind: 'other', name: text };
      return { kind: 'module', name: second.name, key: second.keys[0], output: third?.name };
    case 'data':
      if (!second || !third) return { kind: 'other', name: text };
      return resourceReference('data', second.name, third, parts.slice(3));
    case 'path':
    case 'terraform':
    case 'self':
      return { kind: 'other', name: text };
    default:
      if (!second || !first.name.includes('_')) return { kind: 'other', name: text };
      return resourceReference('managed', first.name, second, parts.slice(2));
  }
}

function resourceReference(
  mode: 'managed' | 'data',
  type: string,
  named: Step,
  rest: readonly Step[],
): ResourceReference {
  const [key, ...moreKeys] = named.keys;
  const attribute: (string | number)[] = [...moreKeys];
  for (const step of rest) {
    if (step.name !== '') attribute.push(step.name);
    attribute.push(...step.keys);
  }
  // `aws_iam_role.x[*].arn` names all instances; the plan writes `aws_iam_role.x` for it, synth does not.
  return { kind: 'resource', mode, type, name: named.name, key: key === '*' ? undefined : key, attribute };
}

/** Drops the entries that Terraform adds as prefixes of the one before: `a.b.c`, `a.b` is `a.b.c`. */
export function distinctReferences(references: readonly string[]): string[] {
  const result: string[] = [];
  for (const reference of references) {
    const covered = result.some(
      (kept) => kept === reference || kept.startsWith(`${reference}.`) || kept.startsWith(`${reference}[`),
    );
    if (!covered) result.push(reference);
  }
  return result;
}
