// Calls to the platform: the plan, and the result. Only to configured hosts, with the token of the request, and again
// where the platform is busy or broken.

import { setTimeout as sleep } from 'node:timers/promises';
import { allowedUrl, type RunTask } from '../../commands/run-task.js';
import { Limit } from './limit.js';
import { reasonOf } from './log.js';
import type { Metrics } from './metrics.js';

export interface PlatformOptions {
  readonly hosts: readonly string[];
  /** Of one plan, in bytes. */
  readonly maxPlan: number;
  /** Milliseconds before the second attempt; doubles with each. */
  readonly backoff: number;
  /** Milliseconds that one attempt may take. */
  readonly patience: number;
}

/** The message is for the log and for the user of the platform. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  constructor(
    message: string,
    readonly again: boolean,
    /** Milliseconds that the platform asks to wait. */
    readonly after?: number,
  ) {
    super(message);
  }
}

const ATTEMPTS = 7;
const LONGEST_WAIT = 60_000;
const MOST_REDIRECTS = 3;
/** Calls back at once; plans are bounded by who judges them. */
const MOST_CALLS = 20;

export class Platform {
  readonly #options: PlatformOptions;
  readonly #metrics: Metrics;
  readonly #calls = new Limit(MOST_CALLS);

  constructor(options: PlatformOptions, metrics: Metrics) {
    this.#options = options;
    this.#metrics = metrics;
  }

  /** The plan as JSON. @throws PlatformError */
  async plan(url: URL, token: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return await this.#insist('plan', signal, async (once) => {
      const response = await this.#follow(url, token, once);
      if (response.status === 204) throw new PlatformError('the plan is not there yet', true);
      return await this.#read(response);
    });
  }

  /** @param attempts how often to try @throws PlatformError */
  async report(
    { callbackUrl, token }: RunTask,
    body: string,
    signal: AbortSignal,
    attempts = ATTEMPTS,
  ): Promise<void> {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' };
    await this.#insist(
      'result',
      signal,
      (once) =>
        this.#calls.run(async () => {
          const response = await fetch(callbackUrl, {
            method: 'PATCH',
            headers,
            body,
            redirect: 'manual',
            signal: once,
          });
          await response.body?.cancel();
          this.#check(response);
          if (response.status >= 300) throw new PlatformError('the callback leads elsewhere', false);
        }),
      attempts,
    );
  }

  /** The answer behind redirects, which stay on configured hosts; the token stays where it was meant for. */
  async #follow(start: URL, token: string, signal: AbortSignal): Promise<Response> {
    let url = start;
    for (let step = 0; step <= MOST_REDIRECTS; step++) {
      const headers = url.origin === start.origin ? { Authorization: `Bearer ${token}` } : {};
      const response = await fetch(url, { headers, redirect: 'manual', signal });
      this.#check(response);
      if (response.status < 300) return response;
      await response.body?.cancel();
      const location = response.headers.get('location');
      const next = location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      const allowed = allowedUrl(next?.href, this.#options.hosts);
      if (!allowed)
        throw new PlatformError(
          `the plan lies on ${next?.host ?? 'no host'}, which is not a configured host`,
          false,
        );
      url = allowed;
    }
    throw new PlatformError('the plan is behind too many redirects', false);
  }

  #check({ status, headers }: Response): void {
    if (status < 400) return;
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    throw new PlatformError(
      `the platform answered ${status}`,
      status >= 500 || status === 429 || status === 408,
      Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
    );
  }

  async #read(response: Response): Promise<Uint8Array<ArrayBuffer>> {
    const { maxPlan } = this.#options;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > maxPlan)
        throw new PlatformError(`the plan is larger than ${Math.round(maxPlan / 2 ** 20)} MB`, false);
      chunks.push(chunk);
    }
    const bytes = new Uint8Array(length);
    let offset = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return bytes;
  }

  async #insist<T>(
    what: 'plan' | 'result',
    signal: AbortSignal,
    work: (once: AbortSignal) => Promise<T>,
    attempts = ATTEMPTS,
  ): Promise<T> {
    const { backoff, patience } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await work(AbortSignal.any([signal, AbortSignal.timeout(patience)]));
        this.#count(what, 'ok');
        return result;
      } catch (error) {
        this.#count(what, 'failed');
        const told =
          error instanceof PlatformError
            ? error
            : new PlatformError(`the platform cannot be reached (${reasonOf(error)})`, true);
        if (!told.again || attempt >= attempts || signal.aborted) throw told;
        const wait = told.after ?? backoff * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
        await sleep(Math.min(wait, LONGEST_WAIT), undefined, { signal }).catch(() => {
          throw told;
        });
      }
    }
  }

  #count(what: string, result: string): void {
    this.#metrics.count('leasehold_platform_calls_total', 'Calls to the platform.', { what, result });
  }
}
