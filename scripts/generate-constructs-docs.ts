// Writes docs/constructs.md, the reference of `leasehold/cdktf` and `leasehold/cdktn`, from the comments of what they export.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'constructs');

const INTRODUCTION = `# Constructs

Access packages as infrastructure, for CDKTF (\`leasehold/cdktf\`) and CDK Terrain (\`leasehold/cdktn\`). Both export the same:

\`\`\`ts
import { App } from 'cdktn';
import { AwsAccessPackage, AwsEntitlement, AwsPrincipal, Governance } from 'leasehold/cdktn';
\`\`\`

\`leasehold init cdktn\` writes an app that works; [examples/stacks](../examples/stacks) holds more. Without an owner, an end and a scope no package
compiles, and none is synthesised. Types of resources come from no provider package: they are checked against the schemas of the providers in our tests.

`;

/** By the beginning of the file; the first that fits. */
const PARTS: readonly (readonly [prefix: string, title: string])[] = [
  ['aws', 'AWS'],
  ['azure', 'Azure and Entra'],
  ['governance', 'At synth'],
  ['waiver', 'At synth'],
  ['', 'On every platform'],
];

interface Exported {
  readonly name: string;
  readonly part: string;
  readonly text: string;
}

const index = parse('index.ts');
const exported: Exported[] = index.statements.flatMap((statement) => {
  if (!ts.isExportDeclaration(statement) || !statement.exportClause || !statement.moduleSpecifier) return [];
  if (!ts.isNamedExports(statement.exportClause)) return [];
  const file = (statement.moduleSpecifier as ts.StringLiteral).text.replace('./', '').replace(/\.js$/, '.ts');
  const source = parse(file);
  const part = PARTS.find(([prefix]) => file.startsWith(prefix))?.[1] ?? '';
  return statement.exportClause.elements.map(({ name }) => ({
    name: name.text,
    part,
    text: described(name.text, source, file),
  }));
});

const titles = ['On every platform', ...new Set(PARTS.map(([, title]) => title))];
const sections = [...new Set(titles)].map((title) => {
  const own = exported.filter(({ part }) => part === title);
  const list = own.map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`).join(' · ');
  return `## ${title}\n\n${list}\n\n${own.map(({ name, text }) => `### ${name}\n\n${text}`).join('\n')}`;
});
writeFileSync(join(root, 'docs', 'constructs.md'), `${INTRODUCTION}${sections.join('\n')}`);

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

function described(name: string, source: ts.SourceFile, file: string): string {
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement) && statement.name?.text === name) return ofClass(statement);
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name)
      return `${commentOf(statement)}${extended(statement)}${table(statement.members)}`;
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return `${commentOf(statement)}${ofType(statement.type)}`;
    if (ts.isVariableStatement(statement)) {
      const [one] = statement.declarationList.declarations;
      if (one?.name.getText() === name) return `${commentOf(statement)}\`${one.getText()}\`\n`;
    }
  }
  throw new Error(`constructs/${file} does not declare ${name}`);
}

function ofClass(node: ts.ClassDeclaration): string {
  const name = node.name?.text ?? '';
  const shown = node.members.filter(isPublic);
  const methods = shown.filter(ts.isMethodDeclaration);
  const properties = shown.filter(
    (one) => ts.isPropertyDeclaration(one) || ts.isGetAccessorDeclaration(one),
  ) as (ts.PropertyDeclaration | ts.GetAccessorDeclaration)[];
  const made = shown.find(ts.isConstructorDeclaration);
  const calls = [
    ...(made ? [call(`new ${name}`, made)] : []),
    ...methods.map((one) => call(`${isStatic(one) ? name : ''}.${one.name.getText()}`, one)),
  ];
  return [
    commentOf(node),
    extended(node),
    calls.length > 0 ? `${calls.join('\n')}\n\n` : '',
    table([...(made?.parameters.filter(isPublicParameter) ?? []), ...properties]),
  ].join('');
}

/** `- \`.workload(id, props: AwsWorkloadProps)\`: what it does.` */
function call(name: string, node: ts.MethodDeclaration | ts.ConstructorDeclaration): string {
  const parameters = node.parameters.map((one) => {
    const label = ts.isIdentifier(one.name) ? one.name.text : 'props';
    const type = oneLine(one.type?.getText() ?? '');
    const rest = one.dotDotDotToken ? '...' : '';
    const optional = one.questionToken || one.initializer ? '?' : '';
    return `${rest}${label}${optional}${type === '' || type === 'string' ? '' : `: ${type}`}`;
  });
  const returned = ts.isMethodDeclaration(node) && node.type ? oneLine(node.type.getText()) : '';
  const returns = returned === '' || returned === 'void' ? '' : `: ${returned}`;
  const tags = ts
    .getJSDocTags(node)
    .filter((tag) => ts.isJSDocParameterTag(tag) || tag.tagName.text === 'throws')
    .map((tag) => {
      const text = oneLine(ts.getTextOfJSDocComment(tag.comment) ?? '');
      return ts.isJSDocParameterTag(tag) ? ` \`${tag.name.getText()}\`: ${text}.` : ` Throws ${text}.`;
    });
  const said = oneLine(commentOf(node));
  return `- \`${name}(${parameters.join(', ')})${returns}\`${said === '' ? '' : `<br>${said}`}${tags.join('')}`;
}

function ofType(type: ts.TypeNode): string {
  const literals = literalsIn(type);
  if (literals.length === 0) return `\`\`\`ts\n${type.getText()}\n\`\`\`\n`;
  const names = referencesIn(type);
  const extended = names.length > 0 ? `Everything of ${names.join(' and ')}, and:\n\n` : '';
  const seen = new Set<string>();
  const members = literals
    .flatMap(({ members }) => [...members])
    // Of alternatives that exclude each other, the one that may be written.
    .filter((one) => ts.isPropertySignature(one) && one.type?.kind !== ts.SyntaxKind.NeverKeyword)
    .filter((one) => {
      const name = one.name?.getText() ?? '';
      return !seen.has(name) && seen.add(name);
    });
  const either = type.kind === ts.SyntaxKind.UnionType ? 'One of several forms; together they have:\n\n' : '';
  return `${extended}${either}${table(members)}`;
}

function literalsIn(type: ts.TypeNode): ts.TypeLiteralNode[] {
  if (ts.isTypeLiteralNode(type)) return [type];
  if (ts.isParenthesizedTypeNode(type)) return literalsIn(type.type);
  if (ts.isIntersectionTypeNode(type) || ts.isUnionTypeNode(type)) return type.types.flatMap(literalsIn);
  return [];
}

function referencesIn(type: ts.TypeNode): string[] {
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap(referencesIn);
  return ts.isTypeReferenceNode(type) ? [code(type.getText())] : [];
}

function extended(node: ts.ClassDeclaration | ts.InterfaceDeclaration): string {
  const names = (node.heritageClauses ?? []).flatMap(({ types }) => types.map((one) => code(one.getText())));
  return names.length === 0 ? '' : `Extends ${names.join(' and ')}.\n\n`;
}

type Member = ts.TypeElement | ts.ClassElement | ts.ParameterDeclaration;

function table(members: readonly Member[]): string {
  if (members.length === 0) return '';
  const rows = members.map((one) => {
    const { type } = one as { type?: ts.TypeNode };
    const isOptional = (one as ts.PropertySignature).questionToken !== undefined;
    const fallback = ts.getJSDocTags(one).find(({ tagName }) => tagName.text === 'default');
    const said = oneLine(ts.getTextOfJSDocComment(fallback?.comment) ?? '').replace(/^- /, '');
    const cells = [
      `\`${one.name?.getText() ?? ''}${isOptional ? '?' : ''}\``,
      code(type?.getText() ?? 'string'),
      oneLine(commentOf(one)),
      said,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const title = '| name | type | | default |\n| --- | --- | --- | --- |';
  return `${title}\n${rows.join('\n')}\n`;
}

/** The text of the comment above, without its tags, and a blank line. */
function commentOf(node: ts.Node): string {
  const comments = (node as { jsDoc?: ts.JSDoc[] }).jsDoc ?? [];
  const text = ts.getTextOfJSDocComment(comments.at(-1)?.comment) ?? '';
  return text === '' ? '' : `${text}\n\n`;
}

function code(type: string): string {
  return `\`${oneLine(type.replaceAll('readonly ', ''))}\``;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function isPublic(node: ts.ClassElement): boolean {
  const hidden = [
    ts.SyntaxKind.PrivateKeyword,
    ts.SyntaxKind.ProtectedKeyword,
    // What a framework calls is explained there.
    ts.SyntaxKind.OverrideKeyword,
  ];
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return (
    !modifiers.some(({ kind }) => hidden.includes(kind)) && !(node.name && ts.isPrivateIdentifier(node.name))
  );
}

function isPublicParameter(node: ts.ParameterDeclaration): boolean {
  return (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword);
}

function isStatic(node: ts.MethodDeclaration): boolean {
  return (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}
