// The door: reads requests, lets in what is signed, and answers at once.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isSigned, readTask } from '../../commands/run-task.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import type { Acceptance, Tasks } from './tasks.js';

export interface DoorOptions {
  readonly keys: readonly string[];
  readonly hosts: readonly string[];
  /** Milliseconds in which a request has to be here as a whole. */
  readonly patience: number;
}

/** A request of the platform has about two kilobytes; this many at once are held before anybody has signed anything. */
const LARGEST_BODY = 64 * 1024;
const MOST_CONNECTIONS = 1000;

const ANSWERS: Readonly<Record<Acceptance, number>> = {
  accepted: 200,
  repeated: 200,
  busy: 503,
  stopping: 503,
};

export function openDoor(options: DoorOptions, tasks: Tasks, log: Log, metrics: Metrics): Server {
  const server = createServer(
    {
      requestTimeout: options.patience,
      headersTimeout: options.patience,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = MOST_CONNECTIONS;
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/run-task') {
      if (request.method === 'POST') return await take(request, response);
      response.setHeader('Allow', 'POST');
      return end(response, 405, 'POST only');
    }
    if (request.method !== 'GET') return end(response, 404, 'not here');
    if (path === '/healthz')
      return end(response, tasks.stopping ? 503 : 200, tasks.stopping ? 'stopping' : 'ok');
    if (path === '/metrics') {
      metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss());
      response.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
      return end(response, 200, metrics.render());
    }
    end(response, 404, 'not here');
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const count = (outcome: string): void =>
      metrics.count('leasehold_requests_total', 'Requests to /run-task, by what became of them.', {
        outcome,
      });
    const refuse = (outcome: string, status: number, text: string): void => {
      count(outcome);
      log('warning', 'request refused', { why: text, status, from: request.socket.remoteAddress });
      // The rest of a body that nobody reads would be taken for the next request.
      response.setHeader('Connection', 'close');
      end(response, status, text);
    };
    const body = await bodyOf(request);
    if (body === 'cut') return count('cut');
    if (body === 'too large') return refuse('too_large', 413, 'the body is too large');
    const { 'x-tfc-task-signature': signature } = request.headers;
    if (!isSigned(body, typeof signature === 'string' ? signature : undefined, options.keys))
      return refuse('not_signed', 401, 'the signature is missing or wrong');
    const read = readTask(body, options.hosts);
    if (read.kind === 'refused') return refuse('malformed', 422, read.why);
    if (read.kind === 'test') {
      count('test');
      return end(response, 200, '');
    }
    const acceptance = tasks.accept(read.task);
    count(acceptance);
    const { id: task, run, workspace, organization, stage } = read.task;
    log('info', 'request', { what: acceptance, task, run, workspace, organization, stage });
    if (acceptance === 'busy') response.setHeader('Retry-After', '30');
    end(response, ANSWERS[acceptance], '');
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too large' | 'cut'> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return 'too large';
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > LARGEST_BODY) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut';
  }
  return Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, text: string): void {
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.statusCode = status;
  response.end(text === '' || text.endsWith('\n') ? text : `${text}\n`);
}
