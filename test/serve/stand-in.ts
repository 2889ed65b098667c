// A stand-in for HCP Terraform, written from its public protocol of run tasks, and what it takes to run the service.

import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const KEY = 'correct horse battery staple';

export interface Callback {
  readonly status: string;
  readonly message: string;
  readonly outcomes: { readonly type: string; readonly attributes: Record<string, unknown> }[];
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export class StandIn {
  readonly #server: Server;
  readonly #callbacks = new Map<string, Callback[]>();
  readonly #waiting = new Map<string, (callback: Callback) => void>();
  /** Answers for a plan id in place of the usual redirect. */
  readonly plans = new Map<string, Handler>();
  /** Bytes behind the redirect, for all other plans. */
  plan: Buffer = Buffer.from('{}');
  /** Runs before a callback is taken; true where it has answered. */
  beforeCallback: (task: string, response: ServerResponse) => boolean = () => false;
  /** Tokens that came with requests for the plan itself. */
  readonly tokensAtArchive: (string | undefined)[] = [];

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<StandIn> {
    const standIn = new StandIn();
    await new Promise<void>((resolve) => standIn.#server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The body of a request, as the platform writes it. */
  payload(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      payload_version: 1,
      stage: 'post_plan',
      access_token: `token-of-${id}.atlasv1.secret`,
      capabilities: { outcomes: true },
      is_speculative: false,
      organization_name: 'northgate',
      plan_json_api_url: `${this.origin}/api/v2/plans/${id}/json-output`,
      run_id: `run-${id}`,
      run_message: 'Triggered via UI',
      task_result_callback_url: `${this.origin}/api/v2/task-results/${id}/callback`,
      task_result_enforcement_level: 'mandatory',
      task_result_id: id,
      vcs_branch: null,
      workspace_name: 'payments',
      ...changes,
    };
  }

  callbacks(id: string): readonly Callback[] {
    return this.#callbacks.get(id) ?? [];
  }

  /** The final result of a task. */
  async result(id: string): Promise<Callback> {
    const there = this.callbacks(id).find(({ status }) => status !== 'running');
    return there ?? (await new Promise((resolve) => this.#waiting.set(id, resolve)));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, plan] = /^\/api\/v2\/plans\/([^/]+)\/json-output$/.exec(request.url ?? '') ?? [];
    if (plan !== undefined) {
      const special = this.plans.get(plan);
      if (special) return special(request, response);
      if (request.headers.authorization !== `Bearer token-of-${plan}.atlasv1.secret`)
        return void response.writeHead(401).end();
      return void response.writeHead(307, { Location: '/archive' }).end();
    }
    if (request.url === '/archive') {
      this.tokensAtArchive.push(request.headers.authorization);
      return void response.end(this.plan);
    }
    const [, task] = /^\/api\/v2\/task-results\/([^/]+)\/callback$/.exec(request.url ?? '') ?? [];
    if (task === undefined || request.method !== 'PATCH') return void response.writeHead(404).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (this.beforeCallback(task, response)) return;
    const { data } = JSON.parse(Buffer.concat(chunks).toString());
    const callback: Callback = {
      ...data.attributes,
      outcomes: data.relationships?.outcomes.data ?? [],
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
    };
    this.#callbacks.set(task, [...this.callbacks(task), callback]);
    response.end();
    if (callback.status !== 'running') this.#waiting.get(task)?.(callback);
  }
}

export interface LogLine extends Record<string, unknown> {
  readonly level: string;
  readonly message: string;
}

export class Service {
  readonly log: LogLine[] = [];
  readonly process: ChildProcess;
  /** All that it wrote. */
  text = '';
  origin = '';
  readonly ended: Promise<number | null>;

  private constructor(args: readonly string[], env: Record<string, string>) {
    const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
    this.process = spawn(process.execPath, [cli, 'serve', '--port', '0', ...args], {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', LEASEHOLD_HMAC_KEY: KEY, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => this.process.on('close', resolve));
  }

  /** @throws where it does not come up, with what it said */
  static async start(args: readonly string[], env: Record<string, string> = {}): Promise<Service> {
    const service = new Service(args, env);
    let rest = '';
    await new Promise<void>((resolve, reject) => {
      service.process.stderr?.on('data', (chunk) => {
        service.text += chunk;
      });
      service.process.stdout?.on('data', (chunk) => {
        service.text += chunk;
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const entry = JSON.parse(line) as LogLine;
          service.log.push(entry);
          if (entry.message === 'listening') {
            service.origin = `http://${entry.address}:${entry.port}`;
            resolve();
          }
        }
      });
      void service.ended.then((code) => reject(new Error(`exit ${code}: ${service.text}`)));
    });
    return service;
  }

  /** Sends a payload as the platform does; `signature` in place of the right one. */
  async ask(payload: unknown, signature?: string | null): Promise<Response> {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const right = createHmac('sha512', KEY).update(body).digest('hex');
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
      'User-Agent': 'TFC/1.0 (+https://app.terraform.io; TFC)',
      ...(signature === null ? {} : { 'X-TFC-Task-Signature': signature ?? right }),
    };
    return await fetch(`${this.origin}/run-task`, { method: 'POST', headers, body });
  }

  async metric(sample: string): Promise<number> {
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(`${sample} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    return await this.ended;
  }
}

export function newId(): string {
  return `taskrs-${randomBytes(8).toString('hex')}`;
}
