// Compiles the configuration schema to plain code: compiling it at run time would double the start-up of every run.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const SCHEMA = 'src/lint/config.schema.json';
const HEADER = '// Generated from config.schema.json by `npm run generate`; do not edit.\n';

const DECLARATION = `${HEADER}
/** One way in which a configuration breaks its schema. */
export interface SchemaError {
  /** JSON pointer to the offending value: \`/waivers/0/expires\`. */
  readonly instancePath: string;
  /** Schema keyword that failed: \`additionalProperties\`, \`enum\`, \`required\`. */
  readonly keyword: string;
  /** What the keyword asked for: \`{ allowedValues }\`, \`{ additionalProperty }\`, \`{ missingProperty }\`. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** True if the value fits; otherwise \`validate.errors\` holds every reason. */
export declare const validate: { (value: unknown): boolean; errors?: readonly SchemaError[] | null };
`;

if (existsSync(SCHEMA)) {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const code = standalone.default(ajv, ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8'))));
  // The compiler leaves `require` calls for ajv's own helpers; bundled here, the file runs unbuilt too.
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd(), sourcefile: 'config.validate.js' },
    bundle: true,
    // Else the text would depend on where node_modules really is.
    preserveSymlinks: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  writeFileSync('src/lint/config.validate.js', HEADER + outputFiles[0]!.text);
  writeFileSync('src/lint/config.validate.d.ts', DECLARATION);
}
