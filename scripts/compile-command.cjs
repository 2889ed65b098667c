// Lints a few plans and keeps what V8 compiled on the way: `node compile-command.cjs COMMAND PLAN…` writes
// `command-V8.cache` beside the command, for the version of V8 that runs this.

const { readFileSync, writeFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const v8 = require('node:v8');
const { Script } = require('node:vm');

// What is compiled holds for the flags of its moment, and the command starts without any.
v8.setFlagsFromString = () => {};

const [file, ...plans] = process.argv.slice(2).map((path) => resolve(path));
const script = new Script(readFileSync(file, 'latin1'), { filename: file });
process.argv = [process.execPath, file, 'lint', ...plans, '--no-config'];
script.runInThisContext()(exports, require, module, file, dirname(file));
process.on('exit', () => {
  process.exitCode = 0;
  writeFileSync(join(dirname(file), `command-${process.versions.v8}.cache`), script.createCachedData());
});
