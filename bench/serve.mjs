// How much memory the run task service takes, and whether it loses an answer, under many large plans at once.
// node --import tsx bench/serve.mjs [requests] [megabytes] [threads]; build first.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { newId, Service, StandIn } from '../test/serve/stand-in.ts';

const [requests = 200, megabytes = 5, threads = 2] = process.argv.slice(2).map(Number);
const fixture = join(import.meta.dirname, '../test/fixtures/stacks/lambda-estate/plan.json');

const platform = await StandIn.open();
platform.plan = largePlan(megabytes * 2 ** 20);
const service = await Service.start(['--host', platform.origin, '--no-config', '--threads', String(threads)]);
const ids = Array.from({ length: requests }, newId);

const start = performance.now();
const since = () => (performance.now() - start) / 1000;
let slowestAnswer = 0;
await Promise.all(
  ids.map(async (id) => {
    const sent = performance.now();
    const response = await service.ask(platform.payload(id));
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    slowestAnswer = Math.max(slowestAnswer, performance.now() - sent);
  }),
);
const answered = since();

let slowestHealth = 0;
const health = setInterval(async () => {
  const sent = performance.now();
  await (await fetch(`${service.origin}/healthz`)).text();
  slowestHealth = Math.max(slowestHealth, performance.now() - sent);
}, 250);
const results = await Promise.all(ids.map((id) => platform.result(id)));
clearInterval(health);
const done = since();

const status = readFileSync(`/proc/${service.process.pid}/status`, 'utf8');
const peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
const exit = await service.stop();
platform.close();

const finals = ids.map((id) => platform.callbacks(id).filter((one) => one.status !== 'running').length);
console.log(
  [
    `${requests} requests at once, plans of ${(platform.plan.length / 2 ** 20).toFixed(1)} MB, ${threads} threads`,
    `answered: all after ${answered.toFixed(2)} s, the slowest in ${Math.round(slowestAnswer)} ms`,
    `results: ${results.length} after ${done.toFixed(1)} s; lost ${finals.filter((count) => count === 0).length}, doubled ${finals.filter((count) => count > 1).length}, not judged ${results.filter(({ message }) => message.includes('could not')).length}`,
    `while judging: /healthz at the slowest in ${Math.round(slowestHealth)} ms`,
    `memory at its peak: ${Math.round(peak)} MB; exit code ${exit}`,
  ].join('\n'),
);

/** A recorded plan, called as a module until it is so large. */
function largePlan(size) {
  const plan = JSON.parse(readFileSync(fixture, 'utf8'));
  const one = structuredClone(plan);
  const copies = Math.max(0, Math.round(size / JSON.stringify(one).length) - 1);
  const { root_module: values } = plan.planned_values;
  const { root_module: configuration } = plan.configuration;
  values.child_modules ??= [];
  configuration.module_calls ??= {};
  for (let index = 0; index < copies; index++) {
    const at = `module.copy_${index}`;
    const resources = one.planned_values.root_module.resources.map((resource) => ({
      ...resource,
      address: `${at}.${resource.address}`,
    }));
    values.child_modules.push({ address: at, resources });
    for (const change of one.resource_changes)
      plan.resource_changes.push({ ...change, address: `${at}.${change.address}`, module_address: at });
    configuration.module_calls[`copy_${index}`] = {
      source: './copy',
      module: one.configuration.root_module,
    };
  }
  return Buffer.from(JSON.stringify(plan));
}
