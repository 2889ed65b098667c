// The threads that judge. One that dies or takes too long is replaced; its plan counts as not judged.

import { Worker } from 'node:worker_threads';
import type { Answer, JudgeSettings, Question } from './judge.js';
import { Limit } from './limit.js';

/** The message is for the log and for the user of the platform. */
export class JudgeError extends Error {
  override readonly name = 'JudgeError';
}

export interface JudgesOptions {
  readonly threads: number;
  /** Of one thread, in megabytes. */
  readonly memory: number;
  /** Milliseconds for one plan. */
  readonly patience: number;
}

export class Judges {
  readonly #options: JudgesOptions;
  readonly #settings: JudgeSettings;
  readonly #limit: Limit;
  readonly #idle: Worker[] = [];
  #closed = false;

  constructor(options: JudgesOptions, settings: JudgeSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#limit = new Limit(options.threads);
  }

  /** The bytes of the plan are handed over, and empty afterwards. @throws JudgeError */
  async judge(
    question: Question & { readonly plan: Uint8Array<ArrayBuffer> },
    signal: AbortSignal,
  ): Promise<Exclude<Answer, { problem: string }>> {
    return await this.#limit.run(async () => {
      signal.throwIfAborted();
      const worker = this.#idle.pop() ?? this.#hire();
      try {
        const answer = await this.#ask(worker, question, signal);
        this.#idle.push(worker);
        if (this.#closed) void worker.terminate();
        if ('problem' in answer)
          throw new JudgeError(answer.ours ? `a bug of leasehold: ${answer.problem}` : answer.problem);
        return answer;
      } catch (error) {
        if (!this.#idle.includes(worker)) void worker.terminate();
        throw error;
      }
    });
  }

  close(): void {
    this.#closed = true;
    for (const worker of this.#idle.splice(0)) void worker.terminate();
  }

  #hire(): Worker {
    const { memory } = this.#options;
    return new Worker(new URL('./judge.mjs', import.meta.url), {
      workerData: this.#settings,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
  }

  #ask(
    worker: Worker,
    question: Question & { readonly plan: Uint8Array<ArrayBuffer> },
    signal: AbortSignal,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        // What still comes from a thread that is given up is nobody's business.
        worker.on('error', () => undefined);
        finish();
      };
      const onMessage = (answer: Answer): void => settle(() => resolve(answer));
      const onError = (error: NodeJS.ErrnoException): void => {
        const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        const why = memory ? 'needs more memory than it may have' : 'stopped the thread that judged it';
        settle(() => reject(new JudgeError(`the plan ${why}`)));
      };
      const onExit = (): void => settle(() => reject(new JudgeError('the thread that judged it ended')));
      const onAbort = (): void => settle(() => reject(signal.reason));
      const timer = setTimeout(
        () => settle(() => reject(new JudgeError('judging it takes too long'))),
        this.#options.patience,
      );
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      signal.addEventListener('abort', onAbort);
      worker.postMessage(question, [question.plan.buffer]);
    });
  }
}
