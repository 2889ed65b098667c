// Runs a module of the user. It stands alone because the command is compiled from V8's code cache, where `import()` does
// not work in Node 20.

module.exports = (url) => import(url);
