// Loads the maintained HCL grammar (tree-sitter, WebAssembly) from the package, once and only when a source is read.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

/** Published beside the program by the build; in the source tree they stand in their own packages. */
const FILES = {
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-terraform.wasm': '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
} as const;

let loading: Promise<Parser> | undefined;

/** A parser of native configuration syntax. */
export function loadGrammar(): Promise<Parser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Parser> {
  await Parser.init({ wasmBinary: bytesOf('web-tree-sitter.wasm') });
  const parser = new Parser();
  parser.setLanguage(await Language.load(bytesOf('tree-sitter-terraform.wasm')));
  return parser;
}

function bytesOf(name: keyof typeof FILES): Uint8Array {
  const published = new URL(`./data/${name}`, import.meta.url);
  return readFileSync(
    existsSync(published) ? published : createRequire(import.meta.url).resolve(FILES[name]),
  );
}
