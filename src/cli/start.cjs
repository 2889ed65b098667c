// Starts the command. What V8 made of it when it was built lies beside it, one file for each version of V8 it was built
// with; with it nothing has to be compiled again. Any other version compiles the text, which takes a little longer.

const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const file = require.resolve('./command.cjs');
const { v8 } = process.versions;
const compiled = `${__dirname}/command-${v8}.cache`;

// Node's own compile cache lies where other users of the machine may write, and what is in it runs unseen: not for a gate.
if (!existsSync(compiled)) require(file);
else {
  const command = new Module(file, module);
  command.filename = file;
  command.paths = module.paths;
  new Script(Module.wrap(readFileSync(file, 'latin1')), {
    filename: file,
    cachedData: readFileSync(compiled),
  })
    .runInThisContext()
    .call(command.exports, command.exports, require, command, file, dirname(file));
}
