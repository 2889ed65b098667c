// The service behind a run task, over real HTTP, against a stand-in of the platform and its faults.

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY, newId, Service, StandIn } from './stand-in.js';

const stack = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'stacks', name, 'plan.json'));

const PATIENT = { timeout: 15_000 };

let platform: StandIn;
let other: StandIn;
let service: Service;

beforeAll(async () => {
  platform = await StandIn.open();
  other = await StandIn.open();
  platform.plan = stack('mixed-clean');
  other.plan = stack('mixed-clean');
  service = await Service.start([
    '--host',
    platform.origin,
    '--no-config',
    '--threads',
    '1',
    '--max-plan',
    '2',
  ]);
});
afterAll(async () => {
  await service.stop();
  platform.close();
  other.close();
});

/** Sends a task and waits for its result. */
async function run(plan: Buffer | undefined, changes: Record<string, unknown> = {}) {
  const id = newId();
  if (plan)
    platform.plans.set(id, (_, response) => {
      response.end(plan);
    });
  expect((await service.ask(platform.payload(id, changes))).status).toBe(200);
  return { id, result: await platform.result(id), callbacks: platform.callbacks(id) };
}

describe('a task', () => {
  it('passes where the plan is governed, with the token of the request', async () => {
    const { id, result, callbacks } = await run(undefined);
    expect(result).toMatchObject({
      status: 'passed',
      message: expect.stringMatching(/^8 machine identities, 0 errors, 1 warning$/),
      authorization: `Bearer token-of-${id}.atlasv1.secret`,
      contentType: 'application/vnd.api+json',
    });
    expect(callbacks.map(({ status }) => status)).toEqual(['running', 'passed']);
  });

  it('fails with an outcome for each identity, errors first', async () => {
    const { result } = await run(stack('legacy-users'));
    expect(result.status).toBe('failed');
    const outcomes = result.outcomes.map(({ type, attributes }) => {
      expect(type).toBe('task-result-outcomes');
      expect(Object.keys(attributes).sort()).toEqual(['body', 'description', 'outcome-id', 'tags']);
      return attributes as {
        'outcome-id': string;
        description: string;
        body: string;
        tags: Record<string, { label: string; level?: string }[]>;
      };
    });
    expect(outcomes.length).toBeGreaterThan(5);
    const levels = outcomes.map(({ tags }) => tags.Severity?.[0]?.level);
    expect(levels).toEqual([...levels].sort((a, b) => Number(b === 'error') - Number(a === 'error')));
    const [ownerless] = outcomes.filter((one) => one['outcome-id'] === 'aws_iam_user.erp_export');
    expect(ownerless?.body).toContain('- Owner: nobody');
    expect(ownerless?.tags.Status).toEqual([{ label: 'Rejected', level: 'error' }]);
  });

  it('has no outcomes where the platform takes none', async () => {
    const { result } = await run(stack('legacy-users'), { capabilities: {} });
    expect(result.outcomes).toEqual([]);
    expect(result.status).toBe('failed');
  });

  it('passes before there is a plan, and says so', async () => {
    const { result } = await run(undefined, { stage: 'pre_plan', plan_json_api_url: undefined });
    expect(result).toMatchObject({
      status: 'passed',
      message: expect.stringContaining('There is no plan yet'),
    });
  });

  it('is answered once, however often it is sent', async () => {
    const { id, callbacks } = await run(undefined);
    expect((await service.ask(platform.payload(id))).status).toBe(200);
    await run(undefined);
    expect(platform.callbacks(id)).toEqual(callbacks);
  });

  it('is only said hello to where the platform tries the address', async () => {
    const hello = platform.payload('taskrs-hello', { access_token: 'test-token', stage: 'test' });
    expect((await service.ask(hello)).status).toBe(200);
    expect(await service.metric('leasehold_requests_total{outcome="test"}')).toBe(1);
    expect(platform.callbacks('taskrs-hello')).toEqual([]);
  });
});

describe('a request is refused', () => {
  const body = (): string => JSON.stringify(platform.payload(newId()));
  const wrong = 'ab'.repeat(64);
  it.each<[string, number, () => Promise<Response>]>([
    ['without a signature', 401, () => service.ask(body(), null)],
    ['with an empty one', 401, () => service.ask(body(), '')],
    ['with a wrong one', 401, () => service.ask(body(), wrong)],
    ['with half of one', 401, () => service.ask(body(), wrong.slice(0, 64))],
    ['that is no JSON', 422, () => service.ask('{')],
    ['that is another one', 422, () => service.ask({ payload_version: 2 })],
    ['without an id', 422, () => service.ask({ ...platform.payload('x'), task_result_id: '../x' })],
    ['for another stage', 422, () => service.ask(platform.payload(newId(), { stage: 'apply' }))],
    ['that is too large', 413, () => service.ask(`{"a":"${'x'.repeat(300_000)}"}`)],
    ['that only asks', 405, () => fetch(`${service.origin}/run-task`)],
    ['elsewhere', 404, () => fetch(`${service.origin}/`, { method: 'POST', body: '{}' })],
  ])('%s', async (_, status, ask) => expect((await ask()).status).toBe(status));

  it.each(['plan_json_api_url', 'task_result_callback_url'])('whose %s leads elsewhere', async (key) => {
    for (const url of [
      `${other.origin}/api/v2/plans/x/json-output`,
      'https://app.terraform.io/api/v2/plans/x/json-output',
      platform.origin.replace('127.0.0.1', 'localhost'),
      platform.origin.replace('http:', 'https:'),
      platform.origin.replace('//', '//user:password@'),
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'nonsense',
    ]) {
      const response = await service.ask(platform.payload(newId(), { [key]: url }));
      expect(response.status, url).toBe(422);
      expect(await response.text()).toBe(`${key} is not on a configured host\n`);
    }
  });

  it('that ends in the middle, and the service goes on', async () => {
    const { port } = new URL(service.origin);
    const before = await service.metric('leasehold_requests_total{outcome="cut"}');
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /run-task HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"payload_version"');
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await expect
      .poll(() => service.metric('leasehold_requests_total{outcome="cut"}'), PATIENT)
      .toBe(before + 1);
  });
});

describe('a plan', () => {
  const failing = (id: string, handler: Parameters<typeof platform.plans.set>[1]) =>
    platform.plans.set(id, handler);
  const resultOf = async (id: string) => {
    expect((await service.ask(platform.payload(id))).status).toBe(200);
    return await platform.result(id);
  };

  it('is asked for again where the platform is busy, broken, or not done with it', async () => {
    const id = newId();
    const answers = ['cut', 204, 500, 429];
    failing(id, (_, response) => {
      const answer = answers.shift();
      if (answer === 'cut') {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{"format_version"', () => response.destroy());
      } else if (answer === undefined) response.end(platform.plan);
      else response.writeHead(Number(answer), { 'Retry-After': '0' }).end();
    });
    expect((await resultOf(id)).status).toBe('passed');
  }, 20_000);

  it.each<[string, string, (response: import('node:http').ServerResponse) => void]>([
    [
      'on another host',
      'which is not a configured host',
      (response) => response.writeHead(307, { Location: `${other.origin}/archive` }).end(),
    ],
    ['nowhere', 'which is not a configured host', (response) => response.writeHead(302).end()],
    [
      'behind itself',
      'too many redirects',
      (response) => response.writeHead(307, { Location: 'json-output' }).end(),
    ],
    ['that is forbidden', 'the platform answered 403', (response) => response.writeHead(403).end()],
    ['that is huge', 'larger than 2 MB', (response) => response.end(Buffer.alloc(3 * 2 ** 20, 32))],
    ['that is none', 'this is JSON, but not a plan', (response) => response.end('{}')],
    ['that is no JSON', 'plan.json:1:1: this is not JSON', (response) => response.end('hello')],
  ])('%s fails the task, and says why', async (_, why, answer) => {
    const id = newId();
    failing(id, (_request, response) => answer(response));
    const { status, message } = await resultOf(id);
    expect(status).toBe('failed');
    expect(message).toContain('The plan could not be judged: ');
    expect(message).toContain(why);
  });

  it('is not asked for anywhere else, and the token stays with the platform', () => {
    expect(other.tokensAtArchive).toEqual([]);
    expect(platform.tokensAtArchive.length).toBeGreaterThan(0);
  });
});

it('a result is sent again until it is taken', async () => {
  let refusals = 0;
  platform.beforeCallback = (_, response) => {
    if (refusals++ >= 3) return false;
    response.writeHead(503, { 'Retry-After': '0' }).end();
    return true;
  };
  const { result } = await run(undefined);
  platform.beforeCallback = () => false;
  expect(result.status).toBe('passed');
  expect(refusals).toBeGreaterThan(3);
});

it('operators see that it lives, and what it does', async () => {
  expect(await (await fetch(`${service.origin}/healthz`)).text()).toBe('ok\n');
  const text = await (await fetch(`${service.origin}/metrics`)).text();
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[\w+.]+"(,\w+="\w+")*\})? [\d.e+]+)$/);
  expect(await service.metric('leasehold_tasks_unfinished')).toBe(0);
  expect(await service.metric('leasehold_requests_total{outcome="not_signed"}')).toBe(4);
  expect(await service.metric('leasehold_requests_total{outcome="repeated"}')).toBe(1);
});

it('nothing that it writes holds a token, a key or a query', () => {
  expect(service.text).not.toMatch(/atlasv1|correct horse|archive|\?/);
  expect(service.log.every(({ level, message }) => level !== undefined && message !== undefined)).toBe(true);
});

describe('being stopped', () => {
  it('finishes what was accepted, takes no more, and exits 0', async () => {
    const mine = await Service.start(['--host', platform.origin, '--no-config', '--threads', '1']);
    const ids = Array.from({ length: 5 }, newId);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (const id of ids)
      platform.plans.set(id, async (_, response) => {
        await released;
        response.end(platform.plan);
      });
    for (const id of ids) expect((await mine.ask(platform.payload(id))).status).toBe(200);
    mine.process.kill('SIGTERM');
    await expect.poll(() => mine.log.some(({ message }) => message === 'stopping'), PATIENT).toBe(true);
    await expect(mine.ask(platform.payload(newId()))).rejects.toThrow();
    release();
    const results = await Promise.all(ids.map((id) => platform.result(id)));
    expect(results.map(({ status }) => status)).toEqual(ids.map(() => 'passed'));
    expect(await mine.ended).toBe(0);
  });

  it('tells the platform what it could not finish', async () => {
    const mine = await Service.start([
      '--host',
      platform.origin,
      '--no-config',
      '--threads',
      '1',
      '--grace',
      '0',
    ]);
    const ids = Array.from({ length: 4 }, newId);
    for (const id of ids) platform.plans.set(id, () => undefined); // never answers
    for (const id of ids) await mine.ask(platform.payload(id));
    const ended = mine.stop();
    for (const id of ids)
      expect(await platform.result(id)).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('run the task again'),
      });
    expect(await ended).toBe(0);
  });
});

describe('what is slow', () => {
  let mine: Service;
  beforeAll(async () => {
    mine = await Service.start(['--host', platform.origin, '--no-config', '--timeout', '1', '--grace', '0']);
  });
  afterAll(() => mine.stop());

  it('is given up where it is a request', async () => {
    const socket = connect(Number(new URL(mine.origin).port), '127.0.0.1');
    socket.write('POST /run-task HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
    const drip = setInterval(() => socket.write(' '), 100);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  });

  it('is asked for again where it is a plan', async () => {
    const id = newId();
    let calls = 0;
    platform.plans.set(id, (_, response) => {
      if (calls++ > 0) return void response.end(platform.plan);
      response.write('{');
    });
    expect((await mine.ask(platform.payload(id))).status).toBe(200);
    expect((await platform.result(id)).status).toBe('passed');
    expect(calls).toBe(2);
  });
});

it('more than it may take is sent back, for the platform to try again', async () => {
  const mine = await Service.start([
    '--host',
    platform.origin,
    '--no-config',
    '--queue',
    '1',
    '--grace',
    '0',
  ]);
  const id = newId();
  platform.plans.set(id, () => undefined);
  expect((await mine.ask(platform.payload(id))).status).toBe(200);
  const second = await mine.ask(platform.payload(newId()));
  expect({ status: second.status, retry: second.headers.get('retry-after') }).toEqual({
    status: 503,
    retry: '30',
  });
  await mine.stop();
});

describe('it does not start', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    [
      'without a key',
      [],
      { LEASEHOLD_HMAC_KEY: ' ' },
      'without an HMAC key anybody could ask: set LEASEHOLD_HMAC_KEY',
    ],
    ['with an empty file of keys', ['--key-file', '/dev/null'], {}, '/dev/null is empty'],
    [
      'without TLS to another machine',
      ['--host', 'http://tfe.example.com'],
      {},
      'without TLS only on this machine',
    ],
    ['with a path for a host', ['--host', 'tfe.example.com/x'], {}, 'expected a host'],
    [
      'with a configuration that is none',
      ['--config', '/nowhere.yaml'],
      {},
      '/nowhere.yaml: there is no such file',
    ],
    ['on an address that is not here', ['--listen', '192.0.2.1'], {}, 'cannot listen on 192.0.2.1:0'],
  ])('%s', async (_, args, env, message) => {
    const error = await Service.start(args, env).then(
      () => undefined,
      (one: Error) => one.message,
    );
    expect(error).toMatch(/^exit 2: leasehold: [^\n]+\n$/);
    expect(error).toContain(message);
    expect(error).not.toContain(KEY);
  });
});
