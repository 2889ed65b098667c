// Lints one plan and keeps what V8 compiled on the way: `node compile-command.cjs COMMAND PLAN` writes
// `command-V8.cache` beside the command, for the version of V8 that runs this.

const { readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { Script } = require('node:vm');

const [file, plan] = process.argv.slice(2).map((path) => resolve(path));
const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file });
const command = new Module(file, module);
command.filename = file;
process.argv = [process.execPath, file, 'lint', plan, '--no-config'];
script.runInThisContext().call(command.exports, command.exports, require, command, file, dirname(file));
process.on('exit', () => {
  process.exitCode = 0;
  writeFileSync(join(dirname(file), `command-${process.versions.v8}.cache`), script.createCachedData());
});
