// Starts the command. What V8 made of it when it was built lies beside it, one file for each version of V8 it was built
// with; with it nothing has to be compiled again. Any other version compiles the text, which takes a little longer.
// Node's own compile cache lies where other users of the machine may write, and what is in it runs unseen: not for a gate.

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, 'command.cjs');
const compiled = join(__dirname, `command-${process.versions.v8}.cache`);
const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;

// The function that Node would make of a CommonJS module; the build has written it out, since joining a megabyte takes time.
new Script(readFileSync(file, 'latin1'), { filename: file, cachedData }).runInThisContext()(
  exports,
  require,
  module,
  file,
  __dirname,
);
