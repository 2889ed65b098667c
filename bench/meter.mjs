// Measures whole processes, and puts what was measured into the README beside this file.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const METER = `
import json, resource, subprocess, sys, time
def seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
# Where python3 is a script that starts another, this process has children already.
start, before = time.perf_counter(), seconds()
with open(sys.argv[1], 'wb') as output:
    done = subprocess.run(sys.argv[2:], stdout=output, stderr=subprocess.PIPE)
wall = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
told = done.stderr.decode(errors='replace')
print(json.dumps([done.returncode, seconds() - before, wall, memory, told]))
`;

/**
 * What one command costs, with all processes that it waited for: user and system seconds, seconds by the clock, and the
 * peak memory of its largest process. Exit 1 is an answer (findings); anything above throws.
 */
export function run(name, command, { output = '/dev/null', env = process.env, ...options } = {}) {
  const measured = execFileSync('python3', ['-c', METER, output, ...command], {
    encoding: 'utf8',
    // Where it is set, Node reads all of these certificates at each start, which is more than its start itself.
    env: { ...env, NODE_EXTRA_CA_CERTS: undefined },
    ...options,
  });
  const [status, cpu, wall, kilobytes, stderr] = JSON.parse(measured);
  if (status > 1 || status < 0) throw new Error(`${name} could not do its work (exit ${status}): ${stderr}`);
  return { status, cpu, wall, kilobytes, stderr };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Prints a table and puts it between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function publish(name, table) {
  console.log(table);
  const readme = join(import.meta.dirname, 'README.md');
  const [head, rest = ''] = readFileSync(readme, 'utf8').split(`<!-- ${name} -->`);
  const tail = rest.split(`<!-- /${name} -->`)[1] ?? '\n';
  writeFileSync(readme, `${head}<!-- ${name} -->\n\n${table}\n\n<!-- /${name} -->${tail}`);
}
