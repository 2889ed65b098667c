// Holds the house in order: which way imports run, who may touch the outside world, and that nothing generated is stale.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Where a folder stands; each imports itself and what stands left of it. */
const STAGES = [
  'plan',
  'source', // the sources of a plan, as its configuration
  'input', // turns bytes into a Plan, so it needs the model
  'access',
  'policy',
  'catalog',
  'graph',
  'verdict',
  'lint',
  'rules',
  'reporters',
  'commands',
  'index.ts',
  'cli', // the commands as they are typed, and the machine they run on
  'cli.ts',
];

/** Beside the command, the only files that reach outside, and why. */
const OUTSIDE: Readonly<Record<string, { readonly uses: readonly string[]; readonly why: string }>> = {
  'src/policy/aws/data.ts': { uses: ['node:fs'], why: 'reads its tables from the package when first asked' },
  'src/source/grammar.ts': {
    uses: ['node:fs', 'node:module'],
    why: 'reads the grammar from the package when a source is to be read',
  },
  'constructs/gate.ts': { uses: ['node:module'], why: 'loads the linter when a stack is judged' },
  'constructs/source.ts': {
    uses: ['process'],
    why: 'names the line of a stack relative to where it is synthesised',
  },
};

/** Modules of Node that only compute. */
const PURE_MODULES = ['node:buffer', 'node:crypto', 'node:path', 'node:url', 'node:util', 'node:zlib'];
const OUTSIDE_NAMES = [
  'process',
  'console',
  'fetch',
  'performance',
  'setTimeout',
  'setInterval',
  'globalThis',
];

const product = [...sources('src'), ...sources('rules')];

describe('imports', () => {
  test('run one way: from the command towards the plan', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target !== undefined && stageOf(target) > stageOf(file))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('know every folder under src', () => {
    expect(
      readdirSync(join(root, 'src')).filter((name) => name !== 'DECISIONS.md' && !STAGES.includes(name)),
    ).toEqual([]);
  });

  test('form no circle between files', () => {
    const edges = new Map(
      product.map((file) => [
        file,
        importsOf(file)
          .filter(({ typeOnly }) => !typeOnly)
          .flatMap(({ target }) => target ?? []),
      ]),
    );
    expect(circleIn(edges)).toBeUndefined();
  });

  test('of the linter never reach the constructs or their frameworks', () => {
    const frameworks = /^(@?cdktf|@?cdktn|constructs)(\/|$)/;
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter(({ name, target }) => frameworks.test(name) || target?.startsWith('constructs/'))
        .map(({ name }) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('of the constructs take from src only the terms of access', () => {
    const wrong = sources('constructs').flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target?.startsWith('src/') && !target.startsWith('src/access/'))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

test('only the command (cli.ts and cli/) touches process, console, clock, network and files', () => {
  const wrong = [...product, ...sources('constructs')]
    .filter((file) => file !== 'src/cli.ts' && !file.startsWith('src/cli/'))
    .flatMap((file) =>
      outsideUses(file)
        .filter((use) => !OUTSIDE[file]?.uses.includes(use))
        .map((use) => `${file} uses ${use}`),
    );
  expect(wrong).toEqual([]);
});

test('no exception outlives its reason', () => {
  for (const [file, { uses }] of Object.entries(OUTSIDE)) {
    expect(outsideUses(file), file).toEqual(expect.arrayContaining([...uses]));
  }
});

test('every source file opens with why it exists', () => {
  const folders = ['src', 'rules', 'constructs', 'examples', 'scripts'];
  const silent = folders
    .flatMap(sources)
    .filter((file) => !/^(#!.*\n)?\/[/*]/.test(readFileSync(join(root, file), 'utf8')));
  expect(silent).toEqual([]);
});

test('generated files are fresh', { timeout: 60_000 }, () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

describe('every rule', () => {
  const rules = sources('rules')
    .map((file) => relative('rules', file).replace(/\.ts$/, ''))
    .filter((name) => name !== 'index');

  test('has its id for a file name, a bad and a good example, and an entry in the index', () => {
    expect(rules.length).toBeGreaterThan(0);
    const index = readFileSync(join(root, 'rules/index.ts'), 'utf8');
    const faults = rules.flatMap((id) => {
      const examples = join(root, 'examples/rules', id);
      const files = existsSync(examples) ? readdirSync(examples) : [];
      return [
        readFileSync(join(root, 'rules', `${id}.ts`), 'utf8').includes(`id: '${id}'`)
          ? []
          : [`${id}: another id inside`],
        files.some((name) => name.startsWith('bad')) ? [] : [`${id}: no bad example`],
        files.some((name) => name.startsWith('good')) ? [] : [`${id}: no good example`],
        index.includes(`'./${id}.js'`) ? [] : [`${id}: not in rules/index.ts`],
      ].flat();
    });
    expect(faults).toEqual([]);
  });

  test('is the reason for its example folder', () => {
    const folder = join(root, 'examples/rules');
    expect(readdirSync(folder).filter((name) => !rules.includes(name))).toEqual([]);
  });
});

/** TypeScript and JavaScript files below a folder, declarations left out; paths from the root, with `/`. */
function sources(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).split(sep).join('/'))
    .filter((path) => /\.(ts|mjs|js)$/.test(path) && !path.endsWith('.d.ts'))
    .sort();
}

function stageOf(file: string): number {
  const [top, second] = file.split('/');
  return STAGES.indexOf(top === 'src' ? second! : top!);
}

const parsed = new Map<string, ts.SourceFile>();

function parse(file: string): ts.SourceFile {
  let tree = parsed.get(file);
  if (!tree) {
    tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    parsed.set(file, tree);
  }
  return tree;
}

interface Import {
  /** As written: `../plan/value.js`, `yaml`. */
  readonly name: string;
  /** The file meant, for relative imports: `src/plan/value.ts`. */
  readonly target?: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const name = specifier.text;
    const path = join(file, '..', name).split(sep).join('/');
    const source = path.replace(/\.js$/, '.ts');
    if (!name.startsWith('.')) found.push({ name, typeOnly });
    else found.push({ name, typeOnly, target: existsSync(join(root, source)) ? source : path });
  };
  visit(parse(file), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/** What a file uses of the world outside, under the names of `OUTSIDE`. */
function outsideUses(file: string): string[] {
  const uses = importsOf(file)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('node:') && !PURE_MODULES.includes(name));
  visit(parse(file), (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
      uses.push('new Date()');
    if (ts.isCallExpression(node) && ['Date', 'Date.now', 'Math.random'].includes(node.expression.getText()))
      uses.push(`${node.expression.getText()}()`);
    if (ts.isIdentifier(node) && OUTSIDE_NAMES.includes(node.text) && isReference(node)) uses.push(node.text);
  });
  return [...new Set(uses)];
}

/** False for the `process` of `facts.process` or `{ process: … }`. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodDeclaration(parent)
  );
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** The first circle met, as a path that ends where it began. */
function circleIn(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of edges.get(file) ?? []) {
      const circle = walk(next, [...trail, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return undefined;
}
